"""What the learned coder sees of a Doc: words, features of each word, and features of a trigger with a mention.

Features are strings; the vocabularies that training makes of them (`Vocabulary`) travel with the model. A feature that
training did not know is number 0.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from spacy.tokens import Doc, Token

from dateline.coding.draft import party
from dateline.coding.proposal import Proposal

#: Features of a word, in the order of `word_features`.
WORD_FEATURES = ("tag", "dep", "shape", "type", "status", "mention")
#: Features of a trigger with a mention, in the order of `Pairs.features`.
PAIR_FEATURES = (
    "path", "distance", "sentences", "dep", "preposition", "mention", "kind", "frame", "voice", "order", "speaker",
    "times",
)  # fmt: skip
_LONGEST_PATH = 5
#: Words from a trigger beyond which nobody is a candidate (the texts that the model learned from are no longer).
_FAR = 1000
#: Candidates of a trigger; the nearest count.
_MOST = 64
_BUCKETS = (1, 2, 3, 5, 8, 13, 21, 40)


class Candidate(msgspec.Struct, frozen=True, order=True):
    """A mention that may take part in an event: its head token and the entity that it denotes."""

    head: int
    entity: int


class Sample(msgspec.Struct, frozen=True):
    """One Doc: words, their features (one tuple a word, `WORD_FEATURES`), sentence starts and candidates."""

    words: tuple[str, ...]
    features: tuple[tuple[str, ...], ...]
    sentences: tuple[int, ...]
    candidates: tuple[Candidate, ...]


class Proposed(msgspec.Struct, frozen=True):
    """What the frames propose at one word, as the learned coder sees it."""

    type: str
    status: str
    actor: frozenset[int]
    recipient: frozenset[int]


def proposed_at(doc: Doc, proposals: Iterable[Proposal], statuses: Iterable[str]) -> dict[int, Proposed]:
    """The frames' proposals by the word that tells each."""
    return {
        p.trigger.i: Proposed(
            p.type,
            status,
            frozenset(party(doc, p.actor).entities),
            frozenset(party(doc, p.recipient).entities),
        )
        for p, status in zip(proposals, statuses, strict=True)
    }


def sample_of(doc: Doc, frames: dict[int, Proposed]) -> Sample:
    """The words and candidates of a Doc; `frames` is what `proposed_at` gives."""
    kinds = ["-"] * len(doc)
    candidates = []
    for mention in doc._.mentions:
        actors = [e for e in mention.entities if doc._.entities[e].kind is not None]
        for i in range(mention.start, mention.end):
            kinds[i] = f"{mention.kind}:{doc._.entities[actors[0]].kind if actors else '-'}"
        candidates += [Candidate(mention.head, e) for e in actors]
    features = []
    for token in doc:
        frame = frames.get(token.i)
        features.append(
            (
                token.tag_,
                token.dep_,
                "upper" if token.is_upper else "title" if token.is_title else "digit" if token.like_num else "lower",
                frame.type if frame else "-",
                frame.status if frame else "-",
                kinds[token.i],
            )
        )
    return Sample(
        words=tuple(t.text for t in doc),
        features=tuple(features),
        sentences=tuple(s.start for s in doc.sents),
        candidates=tuple(candidates),
    )


def near(doc: Doc, sample: Sample, trigger: int) -> list[Candidate]:
    """Candidates for a trigger's participants: all of its sentence, and of each other entity the nearest mention."""
    sentence = doc[trigger].sent
    found: list[Candidate] = []
    best: dict[int, tuple[int, Candidate]] = {}
    inside: set[int] = set()
    for candidate in sample.candidates:
        if sentence.start <= candidate.head < sentence.end:
            if candidate.head != trigger:
                found.append(candidate)
                inside.add(candidate.entity)
            continue
        if abs(trigger - candidate.head) > _FAR:
            continue
        # who was named before is nearer than who is named after
        distance = trigger - candidate.head if candidate.head < trigger else 3 * (candidate.head - trigger)
        if candidate.entity not in best or distance < best[candidate.entity][0]:
            best[candidate.entity] = (distance, candidate)
    outside = sorted((distance, e, c) for e, (distance, c) in best.items() if e not in inside)
    return found + [c for _, _, c in outside[: max(0, _MOST - len(found))]]


class Pairs:
    """Features of triggers with candidates in one Doc (`PAIR_FEATURES`); `frames` is what `proposed_at` gives."""

    def __init__(self, doc: Doc, frames: dict[int, Proposed]) -> None:
        self.doc = doc
        self.frames = frames
        self._sentence_at = [n for n, sentence in enumerate(doc.sents) for _ in sentence]
        self._mentions = {m.head: m for m in reversed(doc._.mentions)}
        self._told: dict[int, list[tuple[int, int]]] = {}
        for attribution in doc._.attributions:
            if attribution.source is not None:
                self._told.setdefault(attribution.source, []).append((attribution.start, attribution.end))

    def features(self, trigger: int, candidate: Candidate) -> tuple[str, ...]:
        """The features of a trigger with a candidate."""
        verb, head = self.doc[trigger], self.doc[candidate.head]
        entity = self.doc._.entities[candidate.entity]
        frame = self.frames.get(trigger)
        gap = candidate.head - trigger
        apart = self._sentence_at[candidate.head] - self._sentence_at[trigger]
        role = "-" if frame is None else "none"
        if frame is not None and candidate.entity in frame.actor:
            role = "actor"
        elif frame is not None and candidate.entity in frame.recipient:
            role = "recipient"
        mention = self._mentions.get(candidate.head)
        voice = "passive" if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children) else verb.pos_
        speaks = any(start <= trigger < end for start, end in self._told.get(candidate.head, ()))
        first = entity.mentions and self.doc._.mentions[entity.mentions[0]].head == candidate.head
        return (
            path_between(verb, head) if apart == 0 else f"far {_role(head)}",
            f"{'-' if gap < 0 else '+'}{_bucket(abs(gap))}",
            str(max(-4, min(3, apart))),
            head.dep_,
            head.head.lower_ if head.dep_ == "pobj" else "-",
            mention.kind if mention else "-",
            f"{entity.kind}{' plural' if entity.plural else ''}",
            role,
            voice,
            "first" if first else "later",
            "source" if speaks else "-",
            str(_bucket(len(entity.mentions))),
        )


def _role(head: Token) -> str:
    return head.dep_ if head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "appos", "compound") else "other"


def _bucket(number: int) -> int:
    return sum(number > edge for edge in _BUCKETS)


def path_between(start: Token, end: Token) -> str:
    """Dependency labels up from one word to the common ancestor and down to the other; "long" beyond five steps."""
    ups = [start, *start.ancestors]
    at = {t.i: n for n, t in enumerate(ups)}
    down: list[str] = []
    token = end
    while token.i not in at:
        down.append(f"{token.dep_}{'(' + token.head.lower_ + ')' if token.dep_ == 'pobj' else ''}")
        if token.head == token or len(down) > _LONGEST_PATH:
            return "long"
        token = token.head
    up = [t.dep_ for t in ups[: at[token.i]]]
    if len(up) + len(down) > _LONGEST_PATH:
        return "long"
    return f"{'^'.join(up)}|{'_'.join(reversed(down))}"


class Vocabulary(msgspec.Struct, frozen=True):
    """Numbers of feature values, one table a feature; 0 is for what training did not know."""

    words: tuple[dict[str, int], ...]
    pairs: tuple[dict[str, int], ...]
    dates: tuple[dict[str, int], ...]

    def word_ids(self, features: tuple[str, ...]) -> list[int]:
        """The numbers of one word's features."""
        return [table.get(value, 0) for table, value in zip(self.words, features, strict=True)]

    def date_ids(self, features: tuple[str, ...]) -> list[int]:
        """The numbers of one candidate date's features."""
        return [table.get(value, 0) for table, value in zip(self.dates, features, strict=True)]

    def pair_ids(self, features: tuple[str, ...]) -> list[int]:
        """The numbers of one pair's features."""
        return [table.get(value, 0) for table, value in zip(self.pairs, features, strict=True)]
