"""Places inside names of other things: the Mansfield Police Department, University of Virginia, Rep. Moye, D-Raleigh.

They are where a body belongs, not where something happens, so `doc._.places` has none of them; the gazetteer weighs
them as company, and whoever wants to put bodies on a map has them here. A name counts only if a list has it as a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec
from spacy.tokens import Doc, Span, Token

from dateline.reading.annotations import Place
from dateline.reading.candidates import candidates, is_listed
from dateline.reading.countries import Form, forms
from dateline.reading.lexicon import table

#: Words that the name of a place may have at most.
_LONGEST = 4
#: People from which a town is known by its bare name ("Atlanta" of the Atlanta Journal-Constitution).
_WELL_KNOWN = 100_000
_JOINING = {"of", "the", "and", "&", "for", "in", "-", "–", "at"}
_BEFORE_PLACE = {"of", "in", "at"}
_SEAT = re.compile(r"(?:D|R|I|Con|Lab)[-–](?=[A-Z])(.+)")


class _Words(msgspec.Struct, frozen=True):
    """Words of places.toml: what may follow a place in a body's name, and what people of a place are called."""

    bodies: frozenset[str]
    people: frozenset[str]


@cache
def _words() -> _Words:
    data = table("places.toml")
    kinds = frozenset(data["words"]["facility"].split())
    return _Words(
        bodies=frozenset(data["bodies"]["words"].split()) | kinds, people=frozenset(data["of_place"]["words"].split())
    )


def places_in_names(doc: Doc) -> tuple[Place, ...]:
    """The places inside names of bodies, offices and works, in text order, none of them in `doc._.places`."""
    taken = {i for place in doc._.places for i in range(place.start, place.end)}
    found = []
    for run in _runs(doc, taken):
        found += [_place(span) for span in _inside(run)]
    return tuple(found)


def _runs(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Stretches of capitalised words with the small words that join them, none of a place already found."""
    start: int | None = None
    end = 0
    for token in doc:
        named = token.i not in taken and token.text[:1].isupper() and not token.is_sent_start
        opens = token.i not in taken and token.is_sent_start and token.text[:1].isupper() and token.lower_ != "the"
        if named or opens:
            if start is None or token.is_sent_start:
                if start is not None:
                    yield doc[start:end]
                start = token.i
            end = token.i + 1
        elif start is not None and (token.i in taken or token.lower_ not in _JOINING or token.is_sent_start):
            yield doc[start:end]
            start = None
    if start is not None:
        yield doc[start:end]


def _inside(run: Span) -> Iterator[Span]:
    """The places in a stretch: at its start with more behind, behind "of", or behind a party's letter."""
    doc = run.doc
    parts = _parts(run)
    for number, part in enumerate(parts):
        seat = _SEAT.fullmatch(part[0].text)
        if seat is not None:
            yield part[:1] if not is_listed(part.text[2:]) else part
            continue
        if part[0].lower_ in {"d", "r"} and number + 1 < len(parts):
            continue
        after_of = part.start > 0 and doc[part.start - 1].lower_ in _BEFORE_PLACE and number > 0
        for length in range(min(len(part), _LONGEST), 0, -1):
            span = part[:length]
            if _is_person(span, length < len(part)) or not _vouched(span, part[length:], after_of):
                continue
            if _form(span.text) or is_listed(span.text):
                yield span
                break


def _parts(run: Span) -> list[Span]:
    """A stretch cut at its joining words."""
    parts: list[Span] = []
    start = run.start
    for token in run:
        if token.lower_ in _JOINING and token.text != token.text.title():
            if token.i > start:
                parts.append(run.doc[start : token.i])
            start = token.i + 1
    if start < run.end:
        parts.append(run.doc[start : run.end])
    return parts


def _is_person(span: Span, more: bool) -> bool:
    """Whether a name is a person's first name or whole name."""
    doc = span.doc
    if span[0].ent_type_ != "PERSON":
        return False
    next_ = doc[span.end] if span.end < len(doc) else None
    return not (next_ is not None and (next_.lower_ in _words().bodies or next_.lower_ in _words().people)) or (
        more and not _names_body(next_)
    )


def _names_body(token: Token | None) -> bool:
    return token is not None and (token.lower_ in _words().bodies or token.lower_ in _words().people)


def _vouched(span: Span, rest: Span, after_of: bool) -> bool:
    """Whether what stands around a name says that it is a place's: a word for a body or its people behind it, "of"
    before it, or that the place is well known.
    """
    doc = span.doc
    following = doc[span.end] if span.end < len(doc) else None
    if _names_body(following) or (after_of and not len(rest)):
        return True
    form = _form(span.text)
    if form is not None:
        return bool(len(rest))
    return bool(len(rest)) and any(
        c.population >= _WELL_KNOWN or c.precision == "region" for c in candidates(span.text)[:1]
    )


def _form(text: str) -> Form | None:
    form = forms().get(text)
    return form if form is not None and form.kind in {"country", "region", "capital"} else None


def _place(span: Span) -> Place:
    form = _form(span.text)
    seat = _SEAT.fullmatch(span[0].text)
    name = seat[1] + span.text[len(span[0].text) :] if seat else span.text
    kind = {"country": "country", "region": "region"}.get(form.kind, "city") if form else "city"
    return Place(
        start=span.start,
        end=span.end,
        head=span.root.i,
        name=name,
        kind=kind,  # type: ignore[arg-type]
        country=form.code if form else None,
    )
