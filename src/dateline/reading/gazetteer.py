"""Where a named place lies: coordinates, country and how precise they are, or that no list knows it.

`resolve` takes the places of one report together: neighbours on the page and on the map decide between the many
Springfields. Nothing here runs in the default pipeline; the file of towns is opened at the first question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec
from spacy.tokens import Doc

from dateline.reading.annotations import Place
from dateline.reading.bodyplaces import places_in_names
from dateline.reading.candidates import Candidate, candidates, key_of, kilometres
from dateline.reading.countries import country_names
from dateline.reading.placeindex import fold

#: Distance in kilometres at which two places are about as near as places of one story.
_NEAR = 120.0
#: What it weighs that the text itself tells the country.
_TOLD_COUNTRY = 1.0
#: How many of the best companions count, and how much.
_COMPANIONS = 3
_COMPANY = 1.0
#: How many candidates beside the chosen one are kept.
_OTHERS = 5


class Toponym(msgspec.Struct, frozen=True):
    """A place as a text names it: characters `[start, end)`; `country` where the text itself tells (alpha-3)."""

    start: int
    end: int
    name: str
    kind: str | None = None
    country: str | None = None


class Located(msgspec.Struct, frozen=True):
    """Where a place lies: the chosen candidate, the others in order of likelihood, and why it was chosen, in words.

    `chosen` is None where no list knows the name; `country` (alpha-3) is then what the text says of it, if anything.
    """

    chosen: Candidate | None
    country: str | None
    others: tuple[Candidate, ...]
    because: str


def resolve_doc(doc: Doc) -> tuple[Located, ...]:
    """Where the places of `doc._.places` lie, in their order; those inside names of bodies help to decide."""
    places: tuple[Place, ...] = doc._.places
    located = resolve(doc.text, toponyms_of(doc, places + places_in_names(doc)))[: len(places)]
    return tuple(
        _in_sentence(doc, places, located, index) if one.country is None and one.chosen is None else one
        for index, one in enumerate(located)
    )


def toponyms_of(doc: Doc, places: Sequence[Place]) -> list[Toponym]:
    """Places of a Doc as `resolve` takes them."""
    return [
        Toponym(doc[p.start].idx, doc[p.end - 1].idx + len(doc[p.end - 1]), p.name, p.kind, p.country) for p in places
    ]


def resolve(text: str, toponyms: Sequence[Toponym]) -> tuple[Located, ...]:
    """Where the places that one text names lie, in their order."""
    names = [key_of(t.name) for t in toponyms]
    known = {name: candidates(t.name) for name, t in zip(names, toponyms, strict=True)}
    holders = _holders(text, toponyms)
    scores = {name: [c.weight for c in found] for name, found in known.items()}
    countries: dict[str, str] = {}
    for name, toponym in zip(names, toponyms, strict=True):
        if toponym.country:
            countries.setdefault(name, toponym.country)
            told = (_TOLD_COUNTRY if c.country == toponym.country else 0.0 for c in known[name])
            scores[name] = [
                max(score, c.weight + more) for score, c, more in zip(scores[name], known[name], told, strict=True)
            ]
    reasons: dict[str, str] = {}
    _apply_holders(names, holders, known, scores, reasons)
    _apply_company(known, scores, reasons)
    chosen: dict[str, Located] = {}
    for name, found in known.items():
        order = sorted(range(len(found)), key=lambda i: (-scores[name][i], i))
        if found:
            best = found[order[0]]
            others = tuple(found[i] for i in order[1 : _OTHERS + 1])
            chosen[name] = Located(best, best.country, others, _why(found, order, name, reasons))
    for inner, outer in holders:
        holder = chosen.get(names[outer])
        if holder is not None and holder.country and holder.chosen and holder.chosen.precision in ("country", "region"):
            countries.setdefault(names[inner], holder.country)
    return tuple(chosen.get(name) or _not_found(countries.get(name)) for name in names)


def _not_found(country: str | None) -> Located:
    """A place that no list knows, with its country if the text tells it; a country's middle is no place in it."""
    where = f"in {country_names().get(country, country)}, " if country else ""
    return Located(None, country, (), f"{where}place not found")


def _in_sentence(doc: Doc, places: Sequence[Place], located: Sequence[Located], index: int) -> Located:
    """A place not found, with the country of all other places of its sentence if that is one."""
    sentence = doc[places[index].head].sent
    near = {
        one.country
        for place, one in zip(places, located, strict=True)
        if sentence.start <= place.head < sentence.end and one is not located[index]
    } - {None}
    return _not_found(near.pop()) if len(near) == 1 else located[index]


def _why(found: Sequence[Candidate], order: Sequence[int], name: str, reasons: dict[str, str]) -> str:
    best = found[order[0]]
    asked = f'as "{best.asked}": ' if best.asked != name else ""
    if len(found) == 1:
        return f"{asked}the only place of that name in the lists"
    default = "the best known of that name" if order[0] == 0 else "near the other places"
    return asked + reasons.get(name, default)


def _holders(text: str, toponyms: Sequence[Toponym]) -> list[tuple[int, int]]:
    """Pairs of places where the text puts the first into the second ("Athens, Ohio"; "Jenin in the West Bank")."""
    pairs = []
    order = sorted(range(len(toponyms)), key=lambda i: toponyms[i].start)
    for a, b in pairwise(order):
        between = text[toponyms[a].end : toponyms[b].start]
        if re.fullmatch(r",? ?\(?|,? in (?:the )?(?:\w+ ){0,2}|['’]s ", between) and between.strip(" "):
            pairs.append((b, a) if between.startswith(("'", "’")) else (a, b))
    return pairs


def _is_in(inner: Candidate, outer: Candidate) -> bool:
    if outer.precision == "country":
        return inner.country == outer.country and inner != outer
    if outer.precision == "region" and outer.from_ == "geonames":
        return inner.country == outer.country and fold(outer.name) in inner.within and inner != outer
    return outer.from_ == "codebook" and kilometres(inner.lat, inner.lon, outer.lat, outer.lon) < 350


def _apply_holders(
    names: Sequence[str],
    holders: Sequence[tuple[int, int]],
    known: dict[str, tuple[Candidate, ...]],
    scores: dict[str, list[float]],
    reasons: dict[str, str],
) -> None:
    """What the text says of a place's region or country outweighs all else."""
    for inner, outer in holders:
        a, b = names[inner], names[outer]
        if a == b or not known[a] or not known[b]:
            continue
        best, pair = 0.0, None
        for i, candidate in enumerate(known[a]):
            for j, holder in enumerate(known[b]):
                if holder.precision == "city":
                    continue
                if _is_in(candidate, holder):
                    score = 20 + candidate.weight + 2 * holder.weight
                    if score > best:
                        best, pair = score, (i, j)
        if pair is None:
            continue
        holder = known[b][pair[1]]
        for i, candidate in enumerate(known[a]):
            if _is_in(candidate, holder):
                scores[a][i] += 8
        scores[b][pair[1]] += 4
        reasons[a] = f"written together with {holder.name}"


def _apply_company(
    known: dict[str, tuple[Candidate, ...]], scores: dict[str, list[float]], reasons: dict[str, str]
) -> None:
    """Places of one story lie near each other, or at least in one country: two rounds over all names."""
    for _ in range(2):
        leading = {
            name: known[name][max(range(len(found)), key=lambda i: (found[i], -i))]
            for name, found in scores.items()
            if found
        }
        changed = {name: list(found) for name, found in scores.items()}
        for name, found in known.items():
            if len(found) < 2:
                continue
            for i, candidate in enumerate(found):
                company = sorted(
                    (_nearness(candidate, other) for own, other in leading.items() if own != name), reverse=True
                )
                changed[name][i] = scores[name][i] + _COMPANY * sum(company[:_COMPANIONS])
            before = max(range(len(found)), key=lambda i: (scores[name][i], -i))
            after = max(range(len(found)), key=lambda i: (changed[name][i], -i))
            if before != after:
                reasons[name] = "near the other places of the report"
        for name in scores:
            scores[name] = changed[name]


def _nearness(candidate: Candidate, other: Candidate) -> float:
    """How well two places go together, from 0 to about 1.6."""
    if candidate.precision == "country":
        return 1.3 if candidate.country == other.country else 0.0
    score = 0.0
    if other.precision == "country":
        return 0.8 if candidate.country == other.country else 0.0
    if candidate.country and candidate.country == other.country:
        score += 0.35
    if (
        candidate.within
        and other.within
        and candidate.within[0] == other.within[0]
        and candidate.country == other.country
    ):
        score += 0.6
    return score + math.exp(-kilometres(candidate.lat, candidate.lon, other.lat, other.lon) / _NEAR)
