"""Quotation marks: the stretches of a text that stand between them, from characters alone.

Knows curly and straight marks, double and single, guillemets and doubled single quotes; a mark that opens each
paragraph of a long quote and closes only the last; and marks that were left open.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

#: Where an opening mark is never closed, the quote is held to end with its paragraph, if that is no longer than this.
_LONGEST_OPEN = 1500

_OPEN_BEFORE = re.compile(r"[\s(\[{—–\-/:…“‘'\"`]$|^$")
_WORD = re.compile(r"\w")
_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«"}
_PARAGRAPH = re.compile(r"\n+")


class QuotedStretch(msgspec.Struct, frozen=True, order=True):
    """Characters `[start, end)` between marks.

    `closed`: how it ends, by a mark, with its paragraph while the next one opens again ("continues"), or with nothing.
    `depth` is 1 for a quote inside a quote.
    """

    start: int
    end: int
    closed: Literal["mark", "continues", "nothing"] = "mark"
    depth: int = 0


def quoted_stretches(text: str) -> tuple[QuotedStretch, ...]:
    """All quoted stretches of a text in order, an inner one after the one that holds it."""
    found: list[QuotedStretch] = []
    bounds = _paragraphs(text)
    for number, (start, end) in enumerate(bounds):
        following = text[bounds[number + 1][0] :][:2] if number + 1 < len(bounds) else ""
        outer = _double(text, start, end, following)
        found += outer
        for stretch in outer:
            inner = _single(text, stretch.start, stretch.end)
            found += [msgspec.structs.replace(one, depth=1) for one in inner]
        at = start
        for stretch in [*outer, QuotedStretch(end, end)]:
            found += _single(text, at, stretch.start)
            at = max(at, stretch.end)
    return tuple(sorted(found, key=lambda one: (one.start, -one.end)))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Bounds of the paragraphs, blank ones left out."""
    bounds, at = [], 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[at:end].strip():
            lead = len(text[at:end]) - len(text[at:end].lstrip())
            bounds.append((at + lead, end))
        at = gap.end() if gap else end
    return bounds


def _marks(text: str, start: int, end: int) -> list[tuple[int, int, bool | None]]:
    """Double marks in order: position, width, and whether it opens (None: it could do either)."""
    marks: list[tuple[int, int, bool | None]] = []
    at = start
    while at < end:
        character, pair = text[at], text[at : at + 2]
        if pair in {"''", "``", "‘‘", "’’"}:
            marks.append((at, 2, pair in {"``", "‘‘"} or _could_open(text, at, 2, start)))
            at += 2
            continue
        if character in "“„«":
            marks.append((at, 1, True))
        elif character in "”»":
            marks.append((at, 1, False))
        elif character == '"':
            inch = at > start and text[at - 1].isdigit() and text[at + 1 : at + 2].isalpha()
            if not inch:
                marks.append((at, 1, _could_open(text, at, 1, start)))
        at += 1
    return marks


def _could_open(text: str, at: int, width: int, start: int) -> bool | None:
    """Whether an undirected mark opens: by the characters on both sides; None where they do not tell."""
    before = text[at - 1] if at > start else ""
    after = text[at + width : at + width + 1]
    opens = bool(_OPEN_BEFORE.search(before))
    closes = not after or bool(re.match(r"[\s.,;:!?)\]—–\-]", after))
    return None if opens == closes else opens


def _double(text: str, start: int, end: int, following: str) -> list[QuotedStretch]:
    """Stretches between double marks within one paragraph."""
    found: list[QuotedStretch] = []
    opened: int | None = None
    for at, width, opens in _marks(text, start, end):
        if opened is None:
            if opens is False:
                if not found and text[at - 1 : at] in {",", ".", "!", "?"}:  # the opening mark was lost
                    found.append(QuotedStretch(start, at, "nothing"))
                continue
            opened = at + width
        elif opens:  # opens anew while open: the closing mark was lost, or a wrong-way mark closes
            if _WORD.search(text[opened:at]):
                found.append(QuotedStretch(opened, _last_sentence_end(text, opened, at), "nothing"))
            opened = at + width
        else:
            if _WORD.search(text[opened:at]):
                found.append(QuotedStretch(opened, at))
            opened = None
    if opened is not None and _WORD.search(text[opened:end]):
        goes_on = following[:1] in {"“", '"', "„", "«"} or following in {"''", "``"}
        if goes_on or end - opened <= _LONGEST_OPEN:
            found.append(QuotedStretch(opened, end, "continues" if goes_on else "nothing"))
    return found


def _last_sentence_end(text: str, start: int, end: int) -> int:
    """Where the first sentence of `text[start:end]` ends, `end` itself if it has no end."""
    ending = re.search(r"[.!?](?=\s)", text[start:end])
    return start + ending.end() if ending else end


def _single(text: str, start: int, end: int) -> list[QuotedStretch]:
    """Stretches between single marks (‘…’ or '…'); apostrophes are told apart by the letters around them."""
    found: list[QuotedStretch] = []
    at = start
    while at < end:
        opening = re.compile(r"(?<![\w.,!?’'‘])['‘](?=[\w\[(“])(?!\d0s)").search(text, at, end)
        if not opening:
            break
        closing = _closing_single(text, opening.end(), end)
        if closing is None:
            at = opening.end()
            continue
        found.append(QuotedStretch(opening.end(), closing))
        at = closing + 1
    return found


def _closing_single(text: str, start: int, end: int) -> int | None:
    """The closing single mark: the first that punctuation shows to close, else the first that stands at a word's end
    and can be no plural's apostrophe."""
    likely: int | None = None
    for mark in re.compile(r"(?<=\S)['’](?!\w)").finditer(text, start, end):
        at = mark.start()
        if text[at - 1] in ",.!?…" or re.match(r"\s*[,.;:!?)]", text[at + 1 : at + 3]):
            return at if likely is None or text[at - 1] in ",.!?…" else likely
        if likely is None and text[at - 1] not in "sS":
            likely = at
    return likely
