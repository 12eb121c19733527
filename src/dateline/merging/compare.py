"""Whether two accounts tell of one event: features, their weights, and what rules a pair out.

A link is worth the sum of its features; `LINK` is what it must reach. What no sum may outweigh (another type, days
apart in a story that moves on each day, places that both reports keep apart) rules a pair out instead. The weights were
set by hand on running stories; each feature says in words what it saw.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from dateline.merging import names
from dateline.merging.knowledge import knowledge
from dateline.merging.parties import one_person, same_company, same_party
from dateline.merging.sketch import Party, Sketch
from dateline.merging.times import Days, days_of, gap, precise, touch
from dateline.merging.words import stem

#: The least weight of a link.
LINK = 3.0

#: Types whose events take place at a day that accounts may differ on; the others are words, said when they are said.
DEEDS = frozenset({"AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
#: Days that reports of one person's fate may differ by.
SLACK = 3
#: How many times the smaller of two numbers of people the larger may be and still speak for one event.
NEAR = 1.6
#: What shared words must weigh to tie two accounts on their own.
ALIKE = 1.2
#: Words that the leads of two reports must share, participants and places apart, to look like one story.
STORY = 3
#: Types in which actor and recipient do the same thing to each other.
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})


class Feature(NamedTuple):
    """One thing that speaks for (weight above zero) or against two accounts telling of one event."""

    name: str
    weight: float
    why: str


class Link(msgspec.Struct, frozen=True):
    """Two accounts, by key, `a` before `b`, and all that was weighed."""

    a: str
    b: str
    weight: float
    features: tuple[Feature, ...]


def compare(one: Sketch, two: Sketch) -> Link | None:
    """The link between two accounts, however weak; None where something rules it out. Symmetric."""
    a, b = sorted((one, two), key=lambda s: s.order)
    if a.report == b.report or a.type != b.type:
        return None
    found: list[Feature] = []
    for feature in (_mode(a, b), _status(a, b), _parties(a, b), _place(a, b), _when(a, b), _counts(a, b)):
        if feature is None:
            return None
        found += feature
    if not any(f.weight > 0 for f in found if f.name in ("actor", "recipient", "parties", "where")):
        return None  # neither anybody nor a place in common: words alone link nothing
    found += _words(a, b)
    if (_open(a, b) or _one_sided(a, found)) and not _particular(a, b, found):
        return None
    weight = round(sum(f.weight for f in found), 3)
    return Link(a.key, b.key, weight, tuple(f for f in found if f.weight))


def _open(a: Sketch, b: Sketch) -> bool:
    """Whether either account leaves its day open."""
    return any(days is None or days.vague for days in map(days_of, (a, b)))


def _one_sided(a: Sketch, found: Iterable[Feature]) -> bool:
    """Whether a deed has no more in common than who did it: in a war the same day brings many."""
    return a.type in DEEDS and not any(f.weight > 0 for f in found if f.name in ("recipient", "where"))


def _particular(a: Sketch, b: Sketch, found: Iterable[Feature]) -> bool:
    """Whether more than a country or a body ties two accounts: a person, a description, a place, a number, the words.

    Without a day or a victim, "Israel attacks Gaza" fits too much to be one event.
    """
    weights = {f.name: f.weight for f in found}
    if weights.get("words", 0) >= ALIKE or weights.get("where", 0) > 1:
        return True
    if any(weights.get(name, 0) > 0 for name in a.counts):
        return True
    sides = ((a.actor, b.actor), (a.recipient, b.recipient))
    return any(
        same_party(p, q) > 0 and (p.kind == q.kind == "person" or not (p.key and q.key))
        for mine, theirs in sides
        for p, q in itertools.product(mine, theirs)
    )


def _mode(a: Sketch, b: Sketch) -> list[Feature] | None:
    if a.mode and a.mode == b.mode:
        return [Feature("mode", 1.0 if a.mode == "abduct" else 0.5, f"both {a.mode}")]
    if not a.mode or not b.mode:
        return []
    if any({a.mode, b.mode} <= alike for alike in knowledge().alike.get(a.type, ())):
        return [Feature("mode", -0.5, f"{a.mode} and {b.mode}")]
    return None


def _status(a: Sketch, b: Sketch) -> list[Feature] | None:
    if a.status == b.status:
        return []
    weight = -0.5 if {a.status, b.status} == {"actual", "future"} else -2.0
    return [Feature("status", weight, f"{a.status} and {b.status}")]


def _parties(a: Sketch, b: Sketch) -> list[Feature] | None:
    if a.type in MUTUAL:
        return _mutual(a, b)
    if a.type in DEEDS and _two_victims(a.recipient, b.recipient):
        return None
    actor = _side("actor", a.actor, b.actor, -1.5 if a.type in DEEDS else -3.0)
    recipient = _side("recipient", a.recipient, b.recipient, -3.0)
    return actor + recipient


def _side(field: str, a: tuple[Party, ...], b: tuple[Party, ...], against: float) -> list[Feature]:
    if not a or not b:
        return []
    sure, x, y = _best(a, b)
    if sure > 0:
        kinds = {x.kind, y.kind}
        worth = (2.5 if kinds == {"person"} else 1.0 if "country" in kinds else 2.0) if x.key and y.key else 2.0
        told = x.name if x.name == y.name else f"{x.name} is {y.name}"
        return [Feature(field, round(worth * sure, 3), told)]
    named = any(p.key for p in a) and any(p.key for p in b)
    told = f"{_listed(a)}, but {_listed(b)}"
    return [Feature(field, against if named else -0.5, told)]


def _two_victims(a: tuple[Party, ...], b: tuple[Party, ...]) -> bool:
    """Whether a deed is told of people by full name, and not one of them is the same."""
    mine, theirs = ([p for p in side if len(p.spelled) > 1] for side in (a, b))
    return bool(mine and theirs) and not any(same_party(p, q) for p in a for q in b)


def _mutual(a: Sketch, b: Sketch) -> list[Feature] | None:
    few, many = sorted(((*a.actor, *a.recipient), (*b.actor, *b.recipient)), key=len)
    if not few:
        return []
    met = [(p, q, s) for p in few for q in many if (s := same_party(p, q)) > 0]
    share = len({p.name for p, _, _ in met}) / len({p.name for p in few})
    if share < 0.6 or (len(few) > 1 and len(met) < 2):
        return None
    worth = sum((1.5 if p.kind == "country" else 2.5) * s for p, _, s in met[:2])
    return [Feature("parties", round(worth, 3), ", ".join(sorted({p.name for p, _, _ in met})))]


def _best(a: Iterable[Party], b: Iterable[Party]) -> tuple[float, Party, Party]:
    scored = [(same_party(p, q), p, q) for p, q in itertools.product(a, b)]
    return max(scored, key=lambda s: (s[0], s[1].kind == "person", s[1].name, s[2].name))


def _listed(parties: Iterable[Party]) -> str:
    return ", ".join(p.name for p in parties)


def _place(a: Sketch, b: Sketch) -> list[Feature] | None:
    if not a.where or not b.where:
        return []
    shared = sorted({*a.where} & {*b.where}) or sorted(
        p
        for p, q in itertools.product(a.where, b.where)
        if {*p.split()} <= {*q.split()} or {*q.split()} <= {*p.split()}
    )
    if shared:
        countries = {p.key for s in (a, b) for p in (*s.actor, *s.recipient) if p.kind == "country"}
        wide = all(p in countries for p in shared)
        return [Feature("where", 0.5 if wide else 2.5, shared[0])]
    told = f"{a.where[0]} and {b.where[0]}"
    if _mentions(a, b.where) or _mentions(b, a.where):
        return [Feature("where", -0.5, told)]
    if one_person(a, b):  # one is the wider place, or they differ
        return [Feature("where", -0.5, told)]
    return None if a.type in DEEDS else [Feature("where", -1.5, told)]


def _mentions(sketch: Sketch, places: Iterable[str]) -> bool:
    return any({*p.split()} <= {*sketch.context} for p in places)


def _when(a: Sketch, b: Sketch) -> list[Feature] | None:
    x, y = days_of(a), days_of(b)
    if x is None or y is None:
        return [] if one_person(a, b) else None
    apart = gap(x, y)
    told = f"{x.told} and {y.told}"
    if apart == 0:
        return [Feature("when", _fresh(a, b, x, y) if x.vague or y.vague else _overlap(x, y), told)]
    if a.type not in DEEDS:
        return None
    if (x.vague or y.vague) and touch(a.when, b.when) and (one_person(a, b) or same_company(a, b)):
        return []
    if one_person(a, b) and apart <= SLACK and precise(x) and precise(y):
        return [Feature("when", -0.5 * apart, f"{told}, but of one person")]
    if not (precise(x) and precise(y)):
        return None
    if apart > 1 or _moves_on(a, b, x, y):
        return None
    return [Feature("when", -1.0, f"{told}, a day apart, the later one not in a later report")]


def _fresh(a: Sketch, b: Sketch, x: Days, y: Days) -> float:
    """What the news value of days says where a report leaves the day open: it is most likely the last one or two."""
    lag = abs((x.high - y.high).days) if x.vague and y.vague else max((x.high - y.low).days, (y.high - x.low).days)
    if one_person(a, b):
        return 0.0
    return {0: 0.5, 1: 0.0 if x.vague and y.vague else 0.5, 2: -0.5}.get(lag, -1.5)


def _overlap(x: Days, y: Days) -> float:
    if precise(x) and precise(y):
        return 2.5 if (x.low, x.high) == (y.low, y.high) else 2.0
    wide = max((x.high - x.low).days, (y.high - y.low).days)
    if (x.low, x.high) == (y.low, y.high):
        return 2.0 if wide <= 31 else 1.0
    return 1.0 if wide <= 8 else 0.5 if wide <= 40 else 0.0


def _moves_on(a: Sketch, b: Sketch, x: Days, y: Days) -> bool:
    """Whether two days look like two instalments of a story rather than two opinions on one day.

    They do where the later day is in the later report, as a new release each day is; where, in reports of one day, it
    is that of fresh news; or where either report tells of such an event on several days itself. A later report with an
    earlier day corrects.
    """
    (_, first), (day, last) = sorted(((x.low, a.published), (y.low, b.published)), key=lambda d: d[0])
    if first and last and (first < last or (first == last and (last - day).days <= 1)):
        return True
    close = dt.timedelta(days=7)
    for sketch, own in ((a, x), (b, y)):
        for low, high in sketch.nearby:
            if low and high and (low, high) != (own.low, own.high) and abs(low - own.low) <= close:
                return True
    return False


def _counts(a: Sketch, b: Sketch) -> list[Feature] | None:
    found: list[Feature] = []
    for name in sorted(a.counts.keys() & b.counts.keys()):
        (low, high), (other_low, other_high) = a.counts[name], b.counts[name]
        told = f"{low} and {other_low} {name}"
        if low <= (other_high or low) and other_low <= (high or other_low):
            found.append(Feature(name, 1.5 if low > 2 else 0.5, told))
        elif min(low, other_low) > 2 and max(low, other_low) <= NEAR * min(low, other_low):
            found.append(Feature(name, 0.5, f"{told}, as first numbers differ"))
        elif max(low, other_low) > 2 * min(low, other_low):
            found.append(Feature(name, -1.5, told))
    return found


def _words(a: Sketch, b: Sketch) -> list[Feature]:
    """What the sentences and the reports share beside the participants and places, which were weighed before."""
    found: list[Feature] = []
    own = {w for s in (a, b) for p in (*s.actor, *s.recipient) if p.key for w in names.words(p.name)}
    own |= {w for s in (a, b) for p in s.where for w in p.split()}
    stems = {stem(w) for w in own}
    mine, theirs = {*a.words} - stems, {*b.words} - stems
    if shared := mine & theirs:
        dice = 2 * len(shared) / (len(mine) + len(theirs))
        found.append(Feature("words", round(3 * dice, 3), " ".join(sorted(shared))))
    if company := ({*a.context} & {*b.context}) - own:
        found.append(Feature("company", round(min(2.0, 0.4 * len(company)), 3), " ".join(sorted(company)[:8])))
    mine, theirs = {*a.lead} - stems, {*b.lead} - stems
    if len(shared := mine & theirs) >= STORY:
        dice = 2 * len(shared) / (len(mine) + len(theirs))
        found.append(Feature("story", round(min(1.0, 2 * dice), 3), " ".join(sorted(shared)[:8])))
    return found
