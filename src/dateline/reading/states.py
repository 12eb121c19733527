"""Countries as actors: their names, adjectives, metonyms and the bodies that act for them are one entity."""

from __future__ import annotations

from dateline.reading.clusters import Chains
from dateline.reading.countries import country_names
from dateline.reading.profiles import Profile, Reading


def link_states(reading: Reading, chains: Chains) -> dict[int, str]:
    """Join what denotes one country; returns mention index → ISO alpha-3 for every mention that denotes a country."""
    profiles = reading.profiles
    states: dict[int, str] = {}
    first: dict[str, int] = {}
    names = country_names()
    for m, p in enumerate(profiles):
        code = None
        if (
            p.sort == "name"
            and p.kind == "country"
            and p.form is not None
            and p.code
            and p.form.name == names.get(p.code)
        ):
            code = p.code
        elif p.arm and (p.sort == "description" or p.label == "ORG"):
            code = p.code if p.code else in_question(reading, m)
        if code is None:
            continue
        if p.code is None:
            p.code = code
        states[m] = code
        if p.arm:
            p.kind = "country"
        if first.setdefault(code, m) != m:
            chains.join(first[code], m)
    return states


def _country(p: Profile, names: dict[str, str]) -> str | None:
    if p.sort == "name" and p.code and p.form is not None and p.form.kind != "organization":
        return p.code
    return None


def in_question(reading: Reading, m: int) -> str | None:
    """The state that "the government" at mention m can only be: the one country of the report; of several, the one
    that the sentence names before it, else one that has at least twice the mentions of any other; None otherwise.
    """
    tokens, names = reading.tokens, country_names()
    counts: dict[str, int] = {}
    here = tokens.sents[reading.profiles[m].head]
    near: dict[str, int] = {}
    for k, p in enumerate(reading.profiles):
        code = _country(p, names)
        if code is None:
            continue
        counts[code] = counts.get(code, 0) + 1
        if tokens.sents[p.head] == here or (k < m and here - tokens.sents[p.head] == 1):
            near[code] = near.get(code, 0) + 1
    if len(counts) == 1:
        return next(iter(counts))
    if len(near) == 1:
        return next(iter(near))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) > 1 and ranked[0][1] >= 2 * ranked[1][1]:
        return ranked[0][0]
    return None
