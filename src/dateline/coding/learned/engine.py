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
from dateline.coding.learned.sample import Pairs, Proposed, Sample, near, proposed_at, sample_of
from dateline.coding.proposal import Proposal
from dateline.coding.reach import Dater, daters
from dateline.coding.status import status_of
from dateline.coding.story import Placed

#: Words between which two triggers of one type are one phrase ("carried out an attack").
_PHRASE = 4
#: Words between triggers from which the model is not asked whether they tell of one event (training texts are no
#: longer), and the chance that then leaves the matter to the rules.
_FAR, _UNDECIDED = 1000, 0.3
#: The chance of an event from which the hybrid keeps what the frames propose, and the chance of another type from which
#: it takes that type instead of the frames' (both set on dev, among steps of a fifth).
_FRAMED, _OVERRULED = 0.2, 0.6
#: The chance from which the model's days go before those of the rules, where these have none told and where they have.
_DAYS, _SURE_DAYS = 0.4, 0.8


class LearnedEngine:
    """Proposes what the model finds; the frames have no say."""

    name = "learned"

    def __init__(self, model: Model | None = None) -> None:
        self._given = model
        self._told: Told | None = None

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
        framed = self._framed(doc)
        statuses = [p.status or status_of(p.trigger, p.clause).status for p in framed.values()]
        seen = _Seen(doc, proposed_at(doc, framed.values(), statuses))
        told = self._told = self.model.read(seen.sample)
        for word in self._triggers(doc, told, framed):
            yield self._proposal(seen, told, word, framed.get(word))

    def choose(self, doc: Doc, placed: list[Placed]) -> list[Draft]:
        """The tellings of the Doc that was proposed last, each with the days that the model takes for its own."""
        expressions = daters(doc)
        return [self._dated(doc, p, expressions) for p in placed]

    def linked(self, one: int, other: int) -> float:
        """The chance that two triggers tell of one event; undecided where they are pages apart."""
        if abs(one - other) > _FAR:
            return _UNDECIDED
        assert self._told is not None
        return float(self.model.links(self._told, [one, other])[0, 1])

    def _framed(self, doc: Doc) -> dict[int, Proposal]:
        """What the frames propose, by trigger; nothing for a coder that does without."""
        return {}

    def _dated(self, doc: Doc, placed: Placed, expressions: list[Dater]) -> Draft:
        assert self._told is not None
        offered = choices(doc, placed, expressions)
        numbers = [self.model.card.vocabulary.date_ids(c.features) for c in offered]
        sure = self.model.dates(self._told, placed.draft.trigger, numbers)
        best = int(sure.argmax())
        when = offered[best].when
        bar = _SURE_DAYS if placed.draft.when.told else _DAYS
        if when.interval == placed.draft.when.interval or sure[best] < bar:
            return placed.draft
        reason = f"{when.reason} (learned {sure[best]:.2f}; the rules: {placed.draft.when.reason or 'nothing'})"
        return msgspec.structs.replace(placed.draft, when=msgspec.structs.replace(when, reason=reason))

    def _triggers(self, doc: Doc, told: Told, framed: dict[int, Proposal]) -> list[int]:
        """Words that tell events, each phrase by its likeliest one."""
        sure = 1 - told.types[:, 0]
        kinds = told.types[:, 1:].argmax(-1)
        found = set(np.flatnonzero(sure >= self.model.card.trigger_bar).tolist())
        found |= {word for word in framed if sure[word] >= _FRAMED}
        kept: list[int] = []
        for word in sorted(found, key=lambda w: (-sure[w], w)):
            if not any(kinds[word] == kinds[k] and _one_phrase(doc[word], doc[k]) for k in kept):
                kept.append(word)
        return sorted(kept)

    def _proposal(self, seen: _Seen, told: Told, word: int, framed: Proposal | None) -> Proposal:
        card, token = self.model.card, seen.doc[word]
        kind = int(told.types[word, 1:].argmax()) + 1
        if framed is not None and framed.type in card.types and told.types[word, kind] < _OVERRULED:
            kind = card.types.index(framed.type)
        name = card.types[kind]
        rule = f"{self.name} {self.model.chance(1 - float(told.types[word, 0])):.2f}"
        if framed is not None and framed.type == name:
            return msgspec.structs.replace(framed, rule=f"{framed.rule}, {rule}")
        chances = self.model.modes(told, [word])[0]
        of_type = [n for n, mode in enumerate(card.modes) if mode.startswith(f"{name}:")]
        mode = card.modes[max(of_type, key=lambda n: (chances[n], -n))].partition(":")[2]
        actor, recipient = self._parts(seen, told, word, kind)
        noun = token.pos_ in ("NOUN", "PROPN")
        clause = self._frames.light_verb(token)[0] if noun else token
        ruled = status_of(token, clause).status
        return Proposal(
            trigger=token,
            anchor=(token,),
            clause=clause,
            type=name,  # type: ignore[arg-type]
            mode=None if mode == "-" else mode,
            actor=actor,
            recipient=recipient,
            rule=rule,
            status=ruled if ruled != "actual" else card.statuses[int(self.model.statuses(told, [word])[0].argmax())],  # type: ignore[arg-type]
            slots=noun_slots(token) if noun else verb_slots(token),
        )

    def _parts(self, seen: _Seen, told: Told, word: int, kind: int) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
        """The words that name actor and recipient: of each entity that takes part, its likeliest mention."""
        candidates = near(seen.doc, seen.sample, word)
        if not candidates:
            return (), ()
        numbers = [self.model.card.vocabulary.pair_ids(seen.pairs.features(word, c)) for c in candidates]
        sure = self.model.parts(told, word, kind, [c.head for c in candidates], numbers)
        sides: list[tuple[Token, ...]] = []
        for side in (0, 1):
            best: dict[int, tuple[float, int]] = {}
            for candidate, chance in zip(candidates, sure[:, side].tolist(), strict=True):
                if chance >= self.model.card.part_bar and chance > best.get(candidate.entity, (0.0, 0))[0]:
                    best[candidate.entity] = (chance, candidate.head)
            sides.append(tuple(seen.doc[head] for head in sorted({head for _, head in best.values()})))
        return sides[0], sides[1]


class HybridEngine(LearnedEngine):
    """Proposes what model and frames find together.

    The model has the frames' proposals before its eyes and strikes out those that it takes for nothing. Where both see
    one event, parties, mode and status are the frames'; what only the model finds is its own.
    """

    name = "hybrid"

    def _framed(self, doc: Doc) -> dict[int, Proposal]:
        return {p.trigger.i: p for p in self._frames.propose(doc)}


class _Seen:
    """A Doc with what the model is told of it."""

    def __init__(self, doc: Doc, frames: dict[int, Proposed]) -> None:
        self.doc = doc
        self.sample: Sample = sample_of(doc, frames)
        self.pairs = Pairs(doc, frames)


def _one_phrase(one: Token, other: Token) -> bool:
    """Whether two words are of one phrase: near each other, and one hangs on the other."""
    if abs(one.i - other.i) > _PHRASE:
        return False
    above = {one.i: (one.head.i, one.head.head.i), other.i: (other.head.i, other.head.head.i)}
    return other.i in above[one.i] or one.i in above[other.i]
