"""Factiva's layouts: fields by two letters (HD headline, PD day, SN outlet …), or a head without them; either ends with
the number of the document ("Document LBA0000020240312ek3c000ab").
"""

from __future__ import annotations

import re

from dateline.sources.days import as_day
from dateline.sources.documents import Article, first_of, paragraphs

NAME = "Factiva"

_FIELD = re.compile(
    r"(?P<name>SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|CX|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN)"
    r"(?:[ \t]+(?P<said>.*)|\s*)"
)
_NUMBER = re.compile(r"\s*(?:AN\s+)?Document (?P<id>[A-Z][A-Z0-9]{3,}\d{4}[A-Za-z0-9]{6,})\s*")
_WORDS = re.compile(r"\s*[\d,.]+ words?\s*", re.I)
_CLOCK = re.compile(r"\s*\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?(?: \w+)?\s*")
_RIGHTS = re.compile(r"\s*(?:\(c\)|©|copyright)", re.I)


def fits(head: list[str]) -> bool:
    """Whether several of the fields stand there, or a number of words with a day on the next line."""
    names = {found["name"] for line in head if (found := _FIELD.fullmatch(line))}
    return {"HD", "PD", "SN"} <= names or _words_at(head) is not None


def ends(line: str) -> bool:
    """The number of the document is its last line."""
    return _NUMBER.fullmatch(line) is not None


def article(lines: list[str]) -> Article | None:
    """By fields where there are some, else by the order of the head."""
    fields = _fields(lines)
    number = next((found["id"] for line in reversed(lines) if (found := _NUMBER.fullmatch(line))), None)
    if "HD" in fields:
        text = "\n\n".join(filter(None, (paragraphs(fields.get("LP", [])), paragraphs(fields.get("TD", [])))))
        return Article(
            text=text,
            published=first_of(fields.get("PD", [])),
            source=first_of(fields.get("SN", [])),
            title=paragraphs(fields["HD"]) or None,
            id=number,
        )
    at = _words_at(lines)
    if at is None:
        return None
    after = at + 2 + (_CLOCK.fullmatch(lines[at + 2]) is not None if at + 2 < len(lines) else 0)
    rights = next((i for i in range(after, min(len(lines), after + 9)) if _RIGHTS.match(lines[i])), after)
    body = [line for line in lines[rights + 1 :] if not _NUMBER.fullmatch(line)]
    return Article(
        text=paragraphs(body),
        published=lines[at + 1],
        source=first_of(lines[after : after + 1]),
        # before the words are counted stand section, headline and byline; the headline is the longest
        title=max((line.strip() for line in lines[:at]), key=len, default="") or None,
        id=number,
    )


def _words_at(lines: list[str]) -> int | None:
    """The line that counts the words, if the next one is a day."""
    for i, line in enumerate(lines[:-1]):
        if _WORDS.fullmatch(line) and _is_day(lines[i + 1]):
            return i
    return None


def _fields(lines: list[str]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    name = None
    for line in lines:
        if found := _FIELD.fullmatch(line):
            name = found["name"]
            fields[name] = [found["said"] or ""]
        elif name:
            fields[name].append(line)
    return fields


def _is_day(line: str) -> bool:
    try:
        as_day(line)
    except ValueError:
        return False
    return True
