"""One event, one account: which tellings of a report are of one event, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import msgspec

from dateline import codebook
from dateline.coding.draft import NOBODY, Dated, Draft, Party
from dateline.record import Interval, Span

#: Words that tell of being held, not of being taken.
_HOLDING = frozenset({"hold", "keep", "captivity", "hostage", "detention", "custody"})


#: Chances of a learned link below which tellings are two events, from which they are one, and from which they are one
#: although their parties differ (chosen on dev among a handful).
_PARTED, _ONE, _SURELY_ONE = 0.15, 0.5, 0.9
_ATTACKS = frozenset({"attack", "wielding"})


@cache
def _families() -> dict[str, str]:
    """Lemma → its family ("killed", "death" and "die" tell of one thing)."""
    return {word: name for name, words in codebook.load("families.toml").items() for word in words}


def names_event(lemma: str) -> bool:
    """Whether a noun is one that tells of an event ("meeting", "attack")."""
    return lemma in _families()


def unite(
    drafts: list[Draft], families: dict[int, frozenset[int]], linked: Callable[[int, int], float] | None = None
) -> list[Draft]:
    """Events of one report from its tellings, in text order: each telling joins the event that it fits best.

    `families` is what `company.families` gives: kin who suffer one thing may be told of one by one. `linked` is the
    chance that two triggers tell of one event, if the engine knows it.
    """
    events: list[list[Draft]] = []
    for draft in drafts:
        home = max(
            ((score, -i) for i, event in enumerate(events) if (score := _fit(event, draft, families, linked)) > 0),
            default=None,
        )
        if home is None:
            events.append([draft])
        else:
            events[-home[1]].append(draft)
    return [_sum_up(event) for event in events]


def _fit(
    event: list[Draft],
    draft: Draft,
    families: dict[int, frozenset[int]],
    linked: Callable[[int, int], float] | None,
) -> float:
    """How well a telling fits an event: 0 where anything speaks against it or nothing speaks for it.

    A learned link has a say: it parts what it is sure to be two, and joins where the parties do not differ, or where it
    is very sure.
    """
    merged = _sum_up(event)
    if merged.type != draft.type or merged.status != draft.status:
        return 0.0
    ruled = _by_rule(event, merged, draft, families)
    if linked is None:
        return ruled
    chance = max(linked(one, other) for d in event for one in d.triggers for other in draft.triggers)
    if ruled > 0:
        return ruled if chance >= _PARTED else 0.0
    if not _times_meet(merged.when, draft.when) or (merged.mode and draft.mode and merged.mode != draft.mode):
        return 0.0
    parties = ((merged.actor, draft.actor), (merged.recipient, draft.recipient))
    differ = any(_likeness(one, other, families) < 0 for one, other in parties)
    return 2 * chance if chance >= (_SURELY_ONE if differ else _ONE) else 0.0


def _by_rule(event: list[Draft], merged: Draft, draft: Draft, families: dict[int, frozenset[int]]) -> float:
    if merged.mode and draft.mode and merged.mode != draft.mode:
        return 0.0
    if not _times_meet(merged.when, draft.when):
        return 0.0
    if draft.noun or all(d.noun for d in event):
        families = {}  # "her captivity" is nobody else's; only a deed told of kin may be one deed
    actor = _likeness(merged.actor, draft.actor, families)
    recipient = _likeness(merged.recipient, draft.recipient, families)
    toll = draft.type == "ASSAULT" and any(_one_toll(d, draft) for d in event)
    # "… also attended the meeting": who joins in what was told before need not have been told of then
    joins = draft.type == "CONSULT" and draft.definite and not draft.when.told
    if (actor < 0 and not joins) or (recipient < 0 and not toll):
        return 0.0
    if not toll and not all(_places_meet(d, draft) for d in event):
        return 0.0
    if draft.type == "ASSAULT" and any((_family(d) == "abduction") != (_family(draft) == "abduction") for d in event):
        return 0.0
    same_word = any(_family(draft) == _family(d) for d in event)
    score = 0.0
    if recipient > 0:
        score += 2.0
    if actor > 0:
        score += 1.0
    if same_word:
        score += 1.0
    if draft.definite and (draft.noun or joins):
        score += 1.0
    if toll:
        score += 2.0
    if same_word and not (draft.actor or draft.recipient or draft.where or draft.when.told):
        score += 1.0  # nothing but the word: it points back
    if draft.when.told and merged.when.told:
        score += 0.5
    return score if score >= 2.0 else 0.0


def _places_meet(one: Draft, other: Draft) -> bool:
    """Whether places agree; where somebody is held says nothing of where he was taken."""
    if not one.where or not other.where or {one.lemma, other.lemma} & _HOLDING:
        return True
    return bool(set(one.where) & set(other.where))


def _one_toll(one: Draft, other: Draft) -> bool:
    """Whether two tellings are an attack and its dead, or the dead and wounded of one sentence: one event."""
    families = {_family(one), _family(other)}
    if not families <= {"killing", "injuring", "attack", "wielding"}:
        return False
    if one.sentence != other.sentence:
        # "Gunmen raided the compound. One officer was killed": the toll may stand in the next sentence
        follows = other.sentence - one.sentence == 1
        if not (follows and _family(one) in _ATTACKS and _family(other) not in _ATTACKS):
            return False
    # somebody killed under his name is an event of his own, beside the attack and its other dead
    return not (one.named or other.named)


def _family(draft: Draft) -> str:
    return _families().get(draft.lemma, draft.lemma)


def _likeness(one: Party, other: Party, families: dict[int, frozenset[int]]) -> float:
    """1 where the parties share somebody or are kin, 0 where one is unknown, -1 where they differ."""
    if not one or not other:
        return 0.0
    kin = {member for entity in one.entities for member in families.get(entity, (entity,))}
    return 1.0 if kin & set(other.entities) else -1.0


def _times_meet(one: Dated, other: Dated) -> bool:
    a, b = one.interval, other.interval
    if a is None or b is None:
        return True
    return intersect(a, b) is not None


def intersect(a: Interval, b: Interval) -> Interval | None:
    """The days that both have; None where there are none."""
    starts = [d for d in (a.earliest, b.earliest) if d is not None]
    ends = [d for d in (a.latest, b.latest) if d is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    if start is not None and end is not None and start > end:
        return None
    return Interval(start, end)


def _sum_up(event: list[Draft]) -> Draft:
    if len(event) == 1:
        return event[0]
    first = event[0]
    anchors = tuple(sorted({a for d in event for a in d.anchors}))
    when = first.when
    for draft in event[1:]:
        when = _meet(when, draft.when)
    voices = [d for d in event if not d.said_by]
    lead = voices[0] if voices else first
    located = [d for d in event if d.where]
    where = next((d for d in located if d.lemma not in _HOLDING), located[0] if located else first)
    counts = dict(first.counts)
    for draft in event[1:]:
        for name, count in draft.counts.items():
            counts.setdefault(name, count)
    return msgspec.structs.replace(
        first,
        mode=next((d.mode for d in event if d.mode), None),
        anchors=anchors,
        triggers=tuple(sorted({t for d in event for t in d.triggers})),
        clauses=tuple(sorted({t for d in event for t in d.clauses})),
        actor=_add(event, "actor"),
        recipient=_add(event, "recipient"),
        when=when,
        where=where.where,
        where_evidence=where.where_evidence,
        said_by=lead.said_by if not voices else NOBODY,
        said_by_reason=lead.said_by_reason,
        counts=counts,
        counts_evidence=tuple(dict.fromkeys(s for d in event for s in d.counts_evidence)),
        rules=tuple(dict.fromkeys(r for d in event for r in d.rules)),
    )


def _add(event: list[Draft], side: str) -> Party:
    entities: dict[int, None] = {}
    evidence: dict[Span, None] = {}
    for draft in event:
        party: Party = getattr(draft, side)
        entities.update(dict.fromkeys(party.entities))
        evidence.update(dict.fromkeys(party.evidence))
    return Party(tuple(entities), tuple(sorted(evidence)))


def _meet(one: Dated, other: Dated) -> Dated:
    if one.interval is None or other.interval is None:
        return other if one.interval is None else one
    both = intersect(one.interval, other.interval)
    if both is None or both == one.interval:
        return one if one.told or not other.told or both is None else other
    if both == other.interval:
        return other
    return Dated(both, f"{one.reason}; {other.reason}", one.evidence + other.evidence, told=one.told or other.told)
