"""Countries as actors: their names, adjectives, metonyms and the bodies that act for them are one entity."""

from __future__ import annotations

from dateline.reading.clusters import Chains
from dateline.reading.countries import country_names
from dateline.reading.lexicon import lexicon
from dateline.reading.profiles import Reading


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
            code = p.code or likeliest(reading, m, margin=1.5)
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


def likeliest(reading: Reading, m: int, margin: float = 1.0) -> str | None:
    """The country that an office or a body of state at mention m is of when only the context says so, by weight of
    the mentions of each country: one in the same sentence counts most, one before more than one after, the report's
    first more again (datelines and leads say where a story plays). None where the first does not have `margin`
    times the weight of the second.
    """
    tokens = reading.tokens
    here = tokens.sents[reading.profiles[m].head]
    weights: dict[str, float] = {}
    for k, p in enumerate(reading.profiles):
        if p.sort != "name" or not p.code or p.form is None or p.form.kind == "organization":
            continue
        distance = here - tokens.sents[p.head]
        weight = 1.0 if weights else 2.0
        if k < m and p.head != tokens.heads[p.head] and tokens.lower[tokens.heads[p.head]] in lexicon().arms:
            weight += 1.0  # "a Turkish army post … the army": whose body was named before
        if distance == 0:
            weight += 2.0 if k < m else 0.5
        elif distance == 1:
            weight += 0.5
        weights[p.code] = weights.get(p.code, 0.0) + weight
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < margin * ranked[1][1]):
        return None
    return ranked[0][0]
