"""What a reading says of a Doc, in the learned coder's terms: labels of words, and of triggers with candidates."""

from __future__ import annotations

import re

import msgspec
from spacy.tokens import Doc

from dateline.coding.arguments import noun_slots, verb_slots
from dateline.coding.assembly import tellings
from dateline.coding.engine import FramesEngine
from dateline.coding.learned.dates import choices
from dateline.coding.learned.sample import Candidate, Pairs, Proposed, Sample, near
from dateline.coding.proposal import Proposal
from dateline.coding.reach import daters
from dateline.record import Interval
from dateline.training.readings import Reading

_TITLES = frozenset(
    (
        "mr mrs ms dr sir president prime minister premier chancellor king queen prince general colonel major captain "
        "secretary senator ambassador spokesman spokeswoman chief leader foreign defense defence interior the a an "
        "former"
    ).split()
)


class Target(msgspec.Struct, frozen=True):
    """One telling: its word, type, mode and status, event number, candidates with features, and who of them acts."""

    word: int
    type: str
    mode: str
    status: str
    event: int
    candidates: tuple[Candidate, ...]
    features: tuple[tuple[str, ...], ...]
    actor: frozenset[int]
    recipient: frozenset[int]
    dates: tuple[tuple[str, ...], ...] = ()
    dated: tuple[int, ...] = ()


def with_dates(doc: Doc, framed: dict[int, Proposal], reading: Reading, targets: list[Target]) -> list[Target]:
    """The targets with the candidates for their days (features), and which of them are the reading's days.

    The tellings are the reading's own, dated by the rules; a reading whose days no candidate gives teaches nothing.
    """
    engine = FramesEngine()
    proposals = [_proposal(doc, engine, framed.get(t.word), t) for t in targets]
    expressions = daters(doc)
    found = {p.draft.trigger: choices(doc, p, expressions) for p in tellings(doc, proposals)[0]}
    dated = []
    for target in targets:
        when = reading["events"][target.event].get("when")
        offered = found.get(target.word, [])
        right = tuple(n for n, choice in enumerate(offered) if _as_read(choice.when.interval) == when)
        dated.append(msgspec.structs.replace(target, dates=tuple(c.features for c in offered), dated=right))
    return dated


def _as_read(interval: Interval | None) -> list[str | None] | None:
    return None if interval is None else [None if day is None else day.isoformat() for day in interval]


def _proposal(doc: Doc, engine: FramesEngine, framed: Proposal | None, target: Target) -> Proposal:
    """What a coder that finds just what the reader found would propose."""
    token = doc[target.word]
    agrees = framed is not None and framed.type == target.type
    noun = token.pos_ in ("NOUN", "PROPN")
    sides = [
        tuple(doc[c.head] for c in target.candidates if c.entity in side) for side in (target.actor, target.recipient)
    ]
    return Proposal(
        trigger=token,
        anchor=framed.anchor if framed is not None and agrees else (token,),
        clause=framed.clause if framed is not None and agrees else engine.light_verb(token)[0] if noun else token,
        type=target.type,  # type: ignore[arg-type]
        mode=None if target.mode == "-" else target.mode,
        actor=sides[0],
        recipient=sides[1],
        rule="reading",
        status=target.status,  # type: ignore[arg-type]
        slots=framed.slots if framed is not None and agrees else noun_slots(token) if noun else verb_slots(token),
    )


def targets_of(
    doc: Doc, sample: Sample, frames: dict[int, Proposed], reading: Reading
) -> tuple[list[Target], frozenset[int]]:
    """The tellings of a reading, and the words of anchors that are no trigger's own (neither right nor wrong)."""
    entities = _entities_of(doc, reading)
    pairs = Pairs(doc, frames)
    targets: dict[int, Target] = {}
    unsure: set[int] = set()
    for number, event in enumerate(reading["events"]):
        actor = frozenset(e for key in event["actor"] for e in entities.get(key, ()))
        recipient = frozenset(e for key in event["recipient"] for e in entities.get(key, ()))
        for start, end in event["anchors"]:
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is None or not len(span):
                continue
            framed = [t.i for t in span if t.i in frames and frames[t.i].type == event["type"]]
            word = framed[0] if framed else span.root.i
            unsure.update(t.i for t in span if t.i != word)
            if word in targets:
                continue
            candidates = tuple(near(doc, sample, word))
            targets[word] = Target(
                word=word,
                type=event["type"],
                mode=event.get("mode") or "-",
                status=event["status"],
                event=number,
                candidates=candidates,
                features=tuple(pairs.features(word, c) for c in candidates),
                actor=actor,
                recipient=recipient,
            )
    return [targets[w] for w in sorted(targets)], frozenset(unsure - set(targets))


def _entities_of(doc: Doc, reading: Reading) -> dict[str, list[int]]:
    """Actor keys of a reading → the Doc's entities that bear one of its strings; exact strings go first."""
    strings: dict[int, set[tuple[str, ...]]] = {}
    for index, entity in enumerate(doc._.entities):
        if entity.kind is None:
            continue
        named = (doc._.mentions[m] for m in entity.mentions)
        texts = [doc[m.start : m.end].text for m in named if m.kind != "pronoun"]
        strings[index] = {_words(t) for t in (entity.name, *texts)} - {()}
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    for exact in (True, False):
        for key, actor in reading["actors"].items():
            wanted = {_words(t) for t in (actor["name"], *actor["surface"])} - {()}
            for index, have in strings.items():
                if index in taken:
                    continue
                if (have & wanted) if exact else any(_alike(a, b) for a in have for b in wanted):
                    found.setdefault(key, []).append(index)
                    taken.add(index)
    return found


def _words(name: str) -> tuple[str, ...]:
    words = [w for w in re.findall(r"\w+", re.sub(r"[’']s?\b", " ", name.casefold())) if w != "the"]
    return tuple([w for w in words if w not in _TITLES] or words)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return shorter[-1] == longer[-1] and set(shorter) <= set(longer)
