"""Nexis's layouts: "1 of 45 DOCUMENTS" before each, fields in capitals and the copyright last; or, newer, title, outlet
and day first, a line "Body" before the text and "End of Document" after it.
"""

from __future__ import annotations

import re

from dateline.sources.days import as_day
from dateline.sources.documents import Article, first_of, paragraphs

NAME = "Nexis"

_COUNT = re.compile(r"\s*\d+ of \d+ DOCUMENTS?\s*")
_END = re.compile(r"\s*End of Document\s*", re.I)
_FIELD = re.compile(
    r"\s*(?P<name>BYLINE|SECTION|LENGTH|DATELINE|HIGHLIGHT|SERIES|TYPE|SOURCE|TITLE|HEADLINE|URL|GRAPHIC|LOAD-DATE|LANGUAGE"
    r"|PUBLICATION-TYPE|JOURNAL-CODE|SUBJECT|ORGANIZATION|COMPANY|TICKER|INDUSTRY|PERSON|GEOGRAPHIC|STATE|COUNTRY|CITY"
    r"|CORRECTION-DATE|CORRECTION|DOCUMENT-TYPE|NOTES|ACC-NO)\s*:\s*(?P<said>.*)",
    re.I,
)
#: Fields that stand before the text; all others stand after it.
_BEFORE = frozenset("BYLINE SECTION LENGTH DATELINE HIGHLIGHT SERIES TYPE SOURCE TITLE HEADLINE".split())
_BODY = re.compile(r"\s*Body:?\s*", re.I)
_AFTER = re.compile(r"\s*(?:Graphic|Classification|Notes|Correction|Load-Date:.*)\s*")
_RIGHTS = re.compile(r"\s*(?:Copyright|©|\(c\)) ", re.I)


def fits(head: list[str]) -> bool:
    """Whether documents are counted; or there is a length in words, and a line "Body"."""
    counted = any(_COUNT.fullmatch(line) for line in head)
    length = any(re.match(r"\s*length:\s*\d+ words", line, re.I) for line in head)
    return length and (counted or any(_BODY.fullmatch(line) for line in head))


def ends(line: str) -> bool:
    """Either layout's mark between documents."""
    return _COUNT.fullmatch(line) is not None or _END.fullmatch(line) is not None


def article(lines: list[str]) -> Article | None:
    """What a document says; None for what stands before the first one."""
    lines = [line for line in lines if not ends(line)]
    day = next((i for i, line in enumerate(lines[:40]) if _is_day(line)), None)
    if day is None and not any(_FIELD.match(line) for line in lines):
        return None
    body = next((i for i, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    return _older(lines, day) if body is None else _newer(lines, day, body)


def _newer(lines: list[str], day: int | None, body: int) -> Article:
    above = [line for line in lines[:day] if line.strip()] if day is not None else []
    end = next((i for i in range(body + 1, len(lines)) if _AFTER.fullmatch(lines[i])), len(lines))
    return Article(
        text=paragraphs(lines[body + 1 : end]),
        published=lines[day] if day is not None else None,
        source=first_of(above[1:][-1:]),
        title=first_of(above),
        url=_said(lines, "URL"),
    )


def _older(lines: list[str], day: int | None) -> Article:
    first = next((i for i, line in enumerate(lines) if _FIELD.match(line)), 0)
    # the text begins after the last field that stands before it, and after the lines by which that goes on
    start = first
    for i in range(first, len(lines)):
        found = _FIELD.match(lines[i])
        if found and found["name"].upper() not in _BEFORE:
            break
        if found:
            start = i + 1
            while start < len(lines) and lines[start].strip() and not _FIELD.match(lines[start]):
                start += 1
    end = next((i for i in range(start, len(lines)) if _is_after(lines[i])), len(lines))
    rights = next((i for i in range(end - 1, start - 1, -1) if _RIGHTS.match(lines[i])), end)
    head = paragraphs(lines[day + 1 if day is not None else 0 : first]).split("\n\n")
    return Article(
        text=paragraphs(lines[start:rights]),
        published=lines[day] if day is not None else None,
        source=first_of(line for line in lines[:day] if not _RIGHTS.match(line)) if day is not None else None,
        title=_said(lines, "HEADLINE") or _said(lines, "TITLE") or head[-1] or None,
        url=_said(lines, "URL"),
    )


def _is_after(line: str) -> bool:
    found = _FIELD.match(line)
    # in the text itself, a word and a colon are a field only if the word is in capitals
    return found is not None and found["name"].isupper() and found["name"] not in _BEFORE


def _said(lines: list[str], name: str) -> str | None:
    found = (_FIELD.match(line) for line in lines)
    return next((f["said"].strip() for f in found if f and f["name"].upper() == name and f["said"].strip()), None)


def _is_day(line: str) -> bool:
    try:
        as_day(line)
    except ValueError:
        return False
    return True
