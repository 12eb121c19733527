"""Who headed a state or government on a day: what tables of office holders know of a report's actors.

Two tables ship (`codebook/leaders/`): one made from editions of the CIA World Factbook, one compiled by hand for the
time between them. What they know is no statement of the report: it is kept apart (`record.Known`), names its source,
and is left out where the report itself says what somebody is.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources

import msgspec
from spacy.tokens import Doc

from dateline import codebook
from dateline.errors import CodebookError
from dateline.reading.annotations import Entity, published_of
from dateline.reading.profiles import Profile, reading_of
from dateline.record import Known

#: The tables, the better one first, and how each is named as a source.
TABLES = {
    "factbook.tsv": "CIA World Factbook, editions of 2015-11-15 and 2026-01-17",
    "compiled.tsv": "dateline's own list of office holders",
}
_NUMERAL = re.compile(r"[IVX]+$")


class Holder(msgspec.Struct, frozen=True):
    """A row of a table: `surname` and `words` (all of the name's) are spelling keys; None for an open end."""

    country: str
    role: str
    name: str
    since: dt.date
    until: dt.date | None
    table: str
    surname: frozenset[str]
    words: frozenset[str]

    def on(self, day: dt.date) -> bool:
        """Whether the table vouches for that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def known(self) -> Known:
        """The row as a record has it."""
        source = TABLES[self.table]
        return Known(
            name=self.name, role=self.role, country=self.country, since=self.since, until=self.until, source=source
        )


class OfficeLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words before an office that make it another one, or somebody else's."""

    others: frozenset[str]


class LeaderExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report and the actors of whom a table knows something ("name, role, country")."""

    text: str
    published: dt.date
    known: dict[str, str]


class Offices(msgspec.Struct, frozen=True, rename={"examples": "example"}, forbid_unknown_fields=True):
    """`codebook/leaders/offices.toml`: phrases that mean the holder of an office."""

    words: dict[str, tuple[str, ...]]
    limits: OfficeLimits
    examples: tuple[LeaderExample, ...]


@cache
def load_offices() -> Offices:
    """The phrases that ship; CodebookError says what is wrong with them."""
    try:
        return msgspec.convert(codebook.load("leaders/offices.toml"), Offices)
    except msgspec.ValidationError as error:
        raise CodebookError(f"codebook/leaders/offices.toml: {error}") from error


@cache
def holders() -> tuple[Holder, ...]:
    """All rows of the tables; CodebookError names a line that can't be read."""
    return tuple(holder for name in TABLES for holder in _read(name))


def _read(name: str) -> Iterator[Holder]:
    text = resources.files("dateline.codebook").joinpath("leaders", name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("#", "country\t")):
            continue
        try:
            country, role, written, since, until = line.split("\t")
            first, last = dt.date.fromisoformat(since), dt.date.fromisoformat(until) if until else None
        except ValueError as error:
            raise CodebookError(f"codebook/leaders/{name}, line {number}: {error}") from error
        surname = [w for w in re.split(r"[\s-]+", written) if len(w) > 1 and w.isupper()]
        yield Holder(
            country, role, _spelt(written), first, last, name,
            frozenset(map(key, surname)), frozenset(keys(written)),
        )  # fmt: skip


def _spelt(written: str) -> str:
    """A name as one writes it, from the tables' form with the surname in capitals."""
    return re.sub(
        r"[^\W\d_]{2,}", lambda m: _capital(m.group(), m.start()) if m.group().isupper() else m.group(), written
    )


def _capital(word: str, at: int) -> str:
    if at and _NUMERAL.match(word):
        return word
    return word.lower() if at and word in ("DE", "DOS", "BIN") else word.capitalize()


@cache
def key(word: str) -> str:
    """One key for the usual spellings of a word of a name: no accents or case, letters once, y as i, ou as u."""
    text = unicodedata.normalize("NFKD", word.casefold().replace("ø", "o").replace("ı", "i").replace("ł", "l"))
    text = "".join(c for c in text if c.isalpha()).replace("ou", "u").replace("y", "i").replace("j", "i")
    return re.sub(r"(.)\1+", r"\1", text.replace("ii", "i"))


def keys(name: str) -> list[str]:
    """The keys of the words of a name; initials and particles are none."""
    return [k for w in re.split(r"[\s-]+", name) if len(k := key(w)) > 1 and k not in ("al", "de", "bin", "ben", "ir")]


@cache
def _by_word() -> dict[str, tuple[Holder, ...]]:
    found: dict[str, list[Holder]] = {}
    for holder in holders():
        for word in sorted(holder.surname):
            found.setdefault(word, []).append(holder)
    return {word: tuple(all_) for word, all_ in found.items()}


def known_of(doc: Doc) -> dict[int, tuple[Known, ...]]:
    """What the tables know on the report's day of its actors, by index into `doc._.entities`: who they are for those
    named, unless the report says something else of them, whom they may mean for descriptions. Nothing without a day.
    """
    day = published_of(doc)
    if day is None:
        return {}
    reading = reading_of(doc)
    told: dict[int, list[str]] = {}
    for role in doc._.roles:
        told.setdefault(role.person, []).append(role.role.lower())
    lands = frozenset(p.code for p in reading.profiles if p.code)
    found: dict[int, tuple[Known, ...]] = {}
    for e, entity in enumerate(doc._.entities):
        if entity.kind != "person" or entity.plural:
            continue
        own = [reading.profiles[m] for m in entity.mentions if reading.profiles[m].sort != "pronoun"]
        names = [p for p in own if p.sort == "name"]
        rows = _named(entity, day, lands) if names else _described(reading.tokens.lower, own, day)
        if e in told:  # the report's own words come first: no more than what they say
            rows = [h for h in rows if any(role in h.role.lower() for role in told[e])]
        if rows:
            found[e] = tuple(dict.fromkeys(row.known() for row in rows))
    return found


def _named(entity: Entity, day: dt.date, lands: frozenset[str]) -> list[Holder]:
    """The holder of the day with this name: the whole name, or the surname where the report names the land."""
    words = keys(entity.name)
    rows = [h for w in dict.fromkeys(words) for h in _by_word().get(w, ()) if h.on(day) and _fits(words, h, lands)]
    rows = [h for h in rows if entity.country in (None, h.country)]
    if len({h.country for h in rows}) > 1:
        rows = [h for h in rows if h.country in lands]
    return _one(rows)


def _fits(words: list[str], holder: Holder, lands: frozenset[str]) -> bool:
    if len(words) < 2:
        return holder.country in lands and (len(holder.surname) < 2 or len(holder.words) == len(holder.surname))
    if holder.words >= set(words):
        return True
    rest = [w for w in words if w not in holder.surname]
    given = {w[0] for w in holder.words - holder.surname}
    return words[-1] in holder.surname and len(rest) == 1 and rest[0][0] in given and holder.country in lands


def _described(lower: list[str], own: list[Profile], day: dt.date) -> list[Holder]:
    """The holder of the day of the office that a description's own words name, with the country."""
    book = load_offices()
    for p in own:
        office = f"{lower[p.head - 1]} {p.lemma}" if p.head else p.lemma
        offices = book.words.get(office) or book.words.get(p.lemma)
        before = set(lower[max(0, p.start - 1) : p.head]) | {lower[p.head + 1] if p.head + 1 < len(lower) else ""}
        behind = {lower[p.head + 2]} if lower[p.head + 1 : p.head + 2] == ["-"] and p.head + 2 < len(lower) else set()
        if offices and p.code and p.number != "p" and not (before | behind) & book.limits.others:
            rows = [h for h in holders() if h.country == p.code and h.on(day) and h.role.startswith(offices)]
            rows += [h for h in holders() if h.country == p.code and h.on(day) and h.role.endswith(offices)]
            if rows := _one(rows):
                return rows[:1]
    return []


def _one(rows: list[Holder]) -> list[Holder]:
    """The rows of one person, one for each office, the first table before the other; none where two people fit."""
    if not rows or any(not (rows[0].surname & h.surname) for h in rows):
        return []
    tables = list(TABLES)
    ranked = sorted(rows, key=lambda h: (tables.index(h.table), h.since), reverse=True)
    return list({h.role: h for h in ranked}.values())
