"""Whether participants of two accounts are one: by name within a day, by what descriptions say, by what befell them."""

from __future__ import annotations

from dateline.merging import names
from dateline.merging.sketch import Party, Sketch


def same_party(a: Party, b: Party) -> float:
    """How sure two participants are one, 0 (no sign of it) to 1 (one name)."""
    if (a.kind == "person") != (b.kind == "person") and a.key and b.key:
        return 0.0
    if a.key and b.key:
        if a.kind == "country" and b.kind == "country" and a.country and b.country:
            return float(a.country == b.country)
        if a.key == b.key:
            return 1.0
        if a.kind == "person":
            return _same_name(a, b)
        short = names.acronym(a.name) or names.acronym(b.name)
        return 0.8 if short and short in (names.initials(a.name), names.initials(b.name)) else 0.0
    if (a.meant and b.spelled) or (b.meant and a.spelled):
        return 0.6 if _held(a, b) else 0.0
    return 0.6 if {*a.heads} & {*b.heads} or (a.meant and a.meant == b.meant) else 0.0


def _held(a: Party, b: Party) -> bool:
    """Whether one is somebody named whom the other's office means on that day: as likely as a shared description."""
    meant, spelled = (a.meant, b.spelled) if a.meant else (b.meant, a.spelled)
    return {*spelled} <= {*meant}


def _same_name(a: Party, b: Party) -> float:
    short, long = sorted((a.spelled, b.spelled), key=len)
    if short[-1] != long[-1]:
        return 0.0
    if len(short) == 1:  # a bare surname: one day and one deed must say the rest
        return 0.7
    if {*short} <= {*long}:
        return 0.95
    return 0.9 if names.skeleton(short[0]) == names.skeleton(long[0]) and len(names.skeleton(short[0])) > 2 else 0.0


def one_person(a: Sketch, b: Sketch) -> bool:
    """Whether both are told of one person by full name, to whom this can't well happen twice within days."""
    mine, theirs = ([p for p in once(s) if len(p.spelled) > 1] for s in (a, b))
    return any(same_party(p, q) >= 0.9 for p in mine for q in theirs)


def same_company(a: Sketch, b: Sketch) -> bool:
    """Whether both are told of as many people, three at least, at one place: the eleven held at La Gabarra."""
    return bool({*fates(a)} & {*fates(b)})


def fates(sketch: Sketch) -> tuple[str, ...]:
    """A key for each number of people, three at least, that a deed befell at each of its places."""
    numbers = sorted({(name, low) for name, (low, high) in sketch.counts.items() if low > 2 and low == high})
    return tuple(f"{place} {number} {name}" for place in sketch.where for name, number in numbers)


def once(sketch: Sketch) -> tuple[Party, ...]:
    """Those to whom a deed like this can't well happen twice within days: who is taken, freed, arrested, sentenced."""
    if sketch.type == "RETREAT" and sketch.mode == "resign":
        return sketch.actor
    return sketch.recipient if sketch.type in ("ASSAULT", "RETREAT", "COERCE", "SANCTION") else ()
