"""The learned engine, alone and joined with the frames: what the model says of a Doc, as proposals."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import msgspec
import numpy as np
from spacy.tokens import Doc, Token

from dateline.coding.arguments import noun_slots, verb_slots
from dateline.coding.draft import Draft
from dateline.coding.engine import FramesEngine
from dateline.coding.learned.dates import choices
from dateline.coding.learned.model import Model, Told, shipped
from dateline.coding.learned.sample import Candidate, Proposed, Sample, near, pair_features, proposed_at, sample_of
from dateline.coding.proposal import Proposal
from dateline.coding.status import status_of
from dateline.coding.story import Placed

#: Words between which two triggers of one type are one phrase ("carried out an attack").
_PHRASE = 4


class LearnedEngine:
    """Proposes what the model finds; the frames have no say."""

    name = "learned"
    with_frames = False

    def __init__(self, model: Model | None = None) -> None:
        self._given = model

    @cached_property
    def model(self) -> Model:
        """The model, loaded at the first report."""
        return self._given or shipped()

    @cached_property
    def _frames(self) -> FramesEngine:
        return FramesEngine()

    def propose(self, doc: Doc) -> Iterator[Proposal]:
        """Proposals in text order, one a word."""
        if not len(doc):
            return
        framed = {p.trigger.i: p for p in self._frames.propose(doc)}
        seen = framed if self.with_frames else {}
        statuses = [p.status or status_of(p.trigger, p.clause).status for p in seen.values()]
        frames = proposed_at(doc, seen.values(), statuses)
        sample = sample_of(doc, frames)
        told = self._told = self.model.read(sample)
        sentence_at = [n for n, sentence in enumerate(doc.sents) for _ in sentence]
        import os

        self._lb = float(os.environ.get("FB", "0.8"))
        for word in self._triggers(doc, told, framed if self.with_frames else {}):
            yield self._proposal(doc, sample, frames, told, word, framed.get(word), sentence_at)

    def choose(self, doc: Doc, placed: list[Placed]) -> list[Draft]:
        """The tellings of the Doc that was proposed last, each with the days that the model takes for its own."""
        import os

        if "d" in os.environ.get("V", ""):
            return [p.draft for p in placed]
        return [self._dated(doc, p) for p in placed]

    def linked(self, one: int, other: int) -> float:
        """The chance that two triggers tell of one event."""
        return float(self.model.links(self._told, [one, other])[0, 1])

    def _dated(self, doc: Doc, placed: Placed) -> Draft:
        offered = choices(doc, placed)
        numbers = [self.model.card.vocabulary.date_ids(c.features) for c in offered]
        sure = self.model.dates(self._told, placed.draft.trigger, numbers)
        best = int(sure.argmax())
        if offered[best].when.interval == placed.draft.when.interval:
            return placed.draft
        when = offered[best].when
        reason = f"{when.reason} (learned {sure[best]:.2f}; the rules: {placed.draft.when.reason})"
        return msgspec.structs.replace(placed.draft, when=msgspec.structs.replace(when, reason=reason))

    def _triggers(self, doc: Doc, told: Told, framed) -> list[int]:
        """Words that tell events, each phrase by its likeliest one."""
        sure = 1 - told.types[:, 0]
        kinds = told.types[:, 1:].argmax(-1)
        kept: list[int] = []
        for word in sorted(
            np.flatnonzero(sure >= self.model.card.trigger_bar).tolist()
            + [w for w in framed if self._lb <= sure[w] < self.model.card.trigger_bar],
            key=lambda w: (-sure[w], w),
        ):
            if not any(kinds[word] == kinds[k] and _one_phrase(doc[word], doc[k]) for k in kept):
                kept.append(word)
        return sorted(kept)

    def _proposal(
        self,
        doc: Doc,
        sample: Sample,
        frames: dict[int, Proposed],
        told: Told,
        word: int,
        framed: Proposal | None,
        sentence_at: list[int],
    ) -> Proposal:
        card = self.model.card
        kind = int(told.types[word, 1:].argmax()) + 1
        name = card.types[kind]
        import os

        if (
            framed is not None
            and framed.type != name
            and self.with_frames
            and told.types[word, kind] < float(os.environ.get("TB", "0.0"))
        ):
            name = framed.type
            kind = card.types.index(name)
        modes = self.model.modes(told, [word])[0]
        of_type = [n for n, mode in enumerate(card.modes) if mode.startswith(f"{name}:")]
        mode = card.modes[max(of_type, key=lambda n: (modes[n], -n))].partition(":")[2]
        status = card.statuses[int(self.model.statuses(told, [word])[0].argmax())]
        candidates = near(doc, sample, word)
        actor, recipient = self._parts(doc, frames, told, word, kind, candidates, sentence_at)
        import os

        V = os.environ.get("V", "")
        if "a" in V and framed is not None and framed.type == name:
            actor = framed.actor or (actor if "b" in V else ())
            recipient = framed.recipient or (recipient if "b" in V else ())
            mode = framed.mode or mode if "m" in V else mode
            status = status_of(framed.trigger, framed.clause).status if "s" in V else status
        token = doc[word]
        agrees = framed is not None and framed.type == name
        if token.pos_ in ("NOUN", "PROPN"):
            clause, slots = self._frames.light_verb(token)[0], noun_slots(token)
        else:
            clause, slots = token, verb_slots(token)
        return Proposal(
            trigger=token,
            anchor=framed.anchor if framed is not None and agrees else (token,),
            clause=framed.clause if framed is not None and agrees else clause,
            type=name,  # type: ignore[arg-type]
            mode=None if mode == "-" else mode,
            actor=actor,
            recipient=recipient,
            rule=f"{self.name} {1 - told.types[word, 0]:.2f}",
            status=status,  # type: ignore[arg-type]
            slots=framed.slots if framed is not None and agrees else slots,
        )

    def _parts(
        self,
        doc: Doc,
        frames: dict[int, Proposed],
        told: Told,
        word: int,
        kind: int,
        candidates: list[Candidate],
        sentence_at: list[int],
    ) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
        """The words that name actor and recipient: of each entity that takes part, its likeliest mention."""
        if not candidates:
            return (), ()
        numbers = [
            self.model.card.vocabulary.pair_ids(pair_features(doc, frames, word, c, sentence_at)) for c in candidates
        ]
        sure = self.model.parts(told, word, kind, [c.head for c in candidates], numbers)
        sides: list[tuple[Token, ...]] = []
        for side in (0, 1):
            best: dict[int, tuple[float, int]] = {}
            for candidate, chance in zip(candidates, sure[:, side].tolist(), strict=True):
                if chance >= self.model.card.part_bar and chance > best.get(candidate.entity, (0.0, 0))[0]:
                    best[candidate.entity] = (chance, candidate.head)
            sides.append(tuple(doc[head] for head in sorted({head for _, head in best.values()})))
        return sides[0], sides[1]


class HybridEngine(LearnedEngine):
    """Proposes what the model finds with the frames' proposals before its eyes."""

    name = "hybrid"
    with_frames = True


def _one_phrase(one: Token, other: Token) -> bool:
    """Whether two words are of one phrase: near each other, and one hangs on the other."""
    if abs(one.i - other.i) > _PHRASE:
        return False
    return one.head == other or other.head == one or one.head.head == other or other.head.head == one
