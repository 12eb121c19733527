"""Tagging a text: match every rule, keep the longest matches, resolve them in order, join times with their days."""

from __future__ import annotations

import datetime as dt
import re

from dateline.reading.annotations import Timex
from dateline.reading.times.calendar import grain_of
from dateline.reading.times.found import Context, Found, Sense
from dateline.reading.times.intervals import interval_of
from dateline.reading.times.lexicon import Lexicon
from dateline.reading.times.resolve import advance, resolve
from dateline.reading.times.rules import Grammar, grammar
from dateline.reading.times.tokens import Tokens, encode


class _Piece:
    """A match with its sense and its tokens."""

    __slots__ = ("begin", "end", "found", "sense")

    def __init__(self, found: Found, sense: Sense) -> None:
        self.found, self.sense, self.begin, self.end = found, sense, found.start, found.end


def _candidates(tokens: Tokens, grammar_: Grammar) -> list[Found]:
    """The matches of all rules that do not overlap: higher rank first, then longer, then the earlier rule."""
    every: list[tuple[int, int, int, int, Found]] = []
    codes, starting = tokens.codes, grammar_.starting
    for at, code in enumerate(codes):
        if code not in starting:
            continue
        for compiled in grammar_.able(codes[at : at + 2]):
            match = compiled.pattern.match(codes, at)
            if match is None:
                continue
            rule = compiled.rule
            found = Found(compiled, match, tokens, grammar_.lexicon, *match.span())
            if rule.span:
                found.start, found.end = found.span(rule.span)
            start, end = found.start, found.end
            if start < end:
                every.append((start, -rule.rank, start - end, compiled.order, found))
    every.sort(key=lambda entry: entry[:4])
    chosen: list[Found] = []
    for start, rank, length, _, found in every:
        if chosen and start < chosen[-1].end:
            last = chosen[-1]
            better = (rank, length) < (-last.compiled.rule.rank, last.start - last.end)
            if not better or (len(chosen) > 1 and start < chosen[-2].end):
                continue
            chosen.pop()
        chosen.append(found)
    return [found for found in chosen if found.compiled.rule.make != "none"]


def _gap(tokens: Tokens, left: int, right: int) -> str | None:
    """The words between two expressions, None if there are more than three."""
    return " ".join(tokens.lower[left:right]) if 0 <= right - left <= 3 else None


_TIMELY = frozenset({"clock", "daypart", "small-hours"})


def _gap_kind(tokens: Tokens, lexicon: Lexicon, left: int, right: int) -> str:
    """What the words between two expressions make of them (words.toml, BETWEEN and RANGE); "" for nothing."""
    gap = _gap(tokens, left, right)
    return "" if gap is None else str(lexicon.value("BETWEEN", gap) or "")


def _resolve_all(founds: list[Found], ctx: Context, tokens: Tokens) -> list[_Piece]:
    pieces: list[_Piece] = []
    ready: dict[int, Sense | None] = {}
    for n, found in enumerate(founds):
        timely = found.compiled.rule.make in _TIMELY
        day: str | None = None
        if timely and n + 1 < len(founds):
            after = founds[n + 1]
            if _gap_kind(tokens, found.lexicon, found.end, after.start):
                ready[n + 1] = sense = resolve(after, ctx)
                if sense and sense.type == "DATE" and grain_of(sense.value) == "D":
                    day = sense.value
        ctx.next_year = _year_ahead(found, founds[n + 1], tokens) if n + 1 < len(founds) else None
        sense = ready.pop(n) if n in ready else resolve(found, ctx)
        if sense is None:
            continue
        if timely and day is None and pieces:
            last = pieces[-1]
            beside = _gap_kind(tokens, found.lexicon, last.end, found.start)
            if beside and last.sense.type == "DATE" and grain_of(last.sense.value) == "D":
                day = last.sense.value
        if day is not None:
            sense = _with_day(sense, day)
        if day is not None or found.args.get("only") != "joined":
            advance(sense, found, ctx)
        pieces.append(_Piece(found, sense))
    return pieces


def _year_ahead(found: Found, after: Found, tokens: Tokens) -> tuple[int, int | None] | None:
    """The year and month of the other end of a range, where this end has no year ("12 May to 3 June 1950")."""
    if found.has("year") or not (found.has("month") or found.has("season")) or not after.has("year"):
        return None
    gap = _gap(tokens, found.end, after.start)
    year = after.whole("year")
    if gap is None or found.lexicon.value("RANGE", gap) is None or year is None or after.has("era"):
        return None
    return year, int(after.word("month")) if after.has("month") else None


def _with_day(sense: Sense, day: str) -> Sense:
    time = re.sub(r"^[^T]*", "", sense.value)
    return Sense(type="TIME", value=day + time, mod=sense.mod, anchor=None)


def _join(pieces: list[_Piece], tokens: Tokens) -> list[_Piece]:
    """Make one expression of a time and the day beside it ("10 p.m. Wednesday", "Friday evening")."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        gap = _gap(tokens, last.end, piece.begin) if last else None
        if last is not None and _gap_kind(tokens, piece.found.lexicon, last.end, piece.begin) == "one":
            kinds = (last.sense.type, piece.sense.type)
            whole_day = grain_of(piece.sense.value) == "D" if kinds == ("TIME", "DATE") else False
            part_after = (
                kinds == ("DATE", "TIME")
                and grain_of(last.sense.value) == "D"
                and gap in ("", ",")
                and (gap == "" or piece.found.compiled.rule.make == "clock")
            )
            if whole_day and last.found.compiled.rule.make in _TIMELY:
                anchor = piece.sense.anchor
                last.sense = _anchored(last.sense, anchor, piece.sense.mod)
                last.end = piece.end
                continue
            if kinds == ("TIME", "TIME") and gap == "" and piece.found.compiled.rule.make == "daypart":
                last.end = piece.end  # "10 p.m. Sunday night"
                continue
            if part_after:
                piece.sense = _anchored(piece.sense, last.sense.anchor, last.sense.mod)
                piece.begin = last.begin
                joined[-1] = piece
                continue
        joined.append(piece)
    return [piece for piece in joined if not _lone_part(piece)]


def _lone_part(piece: _Piece) -> bool:
    return piece.found.args.get("only") == "joined" and piece.end - piece.begin == piece.found.end - piece.found.start


def _anchored(sense: Sense, anchor: object, mod: str | None) -> Sense:
    return Sense(type=sense.type, value=sense.value, mod=sense.mod or mod, anchor=anchor)  # type: ignore[arg-type]


def _timex(piece: _Piece, tokens: Tokens) -> Timex:
    sense = piece.sense
    interval = sense.interval
    if interval is None and sense.type in ("DATE", "TIME"):
        interval = interval_of(sense.value, sense.mod)
    return Timex(
        start=tokens.starts[piece.begin],
        end=tokens.ends[piece.end - 1],
        type=sense.type,
        value=sense.value,
        mod=sense.mod,
        anchor=sense.anchor,
        interval=interval,
        rule=piece.found.compiled.rule.name,
    )


def _day_first(tokens: Tokens) -> bool:
    """Whether some numeric date of the text can only be day first (13/4/2024)."""
    for form in tokens.lower:
        if "/" not in form:
            continue
        match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)", form)
        if match and int(match[1]) > 12 >= int(match[2]):
            return True
    return False


def tag(
    text: str, published: dt.date | None, *, narrative: bool = False, day_first: bool | None = None
) -> tuple[Timex, ...]:
    """The time expressions of an English text, in order.

    `published` is the day that relative expressions lean on; without it they keep type and mod, and have an unresolved
    value ("XXXX-WXX-3", "PAST_REF") and no interval. `narrative` is for texts about the past (histories): expressions
    without a year lean on what the text named last. `day_first` says how to read 3/4/2024; None: day first only if
    another date of the text shows it. Time is linear in the text's length.
    """
    if isinstance(published, dt.datetime):
        published = published.date()
    grammar_ = grammar()
    tokens = encode(text, grammar_.lexicon)
    founds = _candidates(tokens, grammar_)
    order = _day_first(tokens) if day_first is None and founds else bool(day_first)
    ctx = Context(published, narrative, order)
    pieces = _join(_resolve_all(founds, ctx, tokens), tokens)
    return tuple(_timex(piece, tokens) for piece in pieces)
