"""ProQuest's layout: documents parted by a line of underscores, fields with their names ("Publication date: …")."""

from __future__ import annotations

import re

from dateline.sources.documents import Article, first_of, paragraphs

NAME = "ProQuest"

_RULE = re.compile(r"\s*_{20,}\s*")
_NAMES = """
Title; Author; Authors; Publication info; Publication information; ProQuest document link; Abstract; Full text; Links;
Subject; Location; People; Company / organization; Identifier / keyword; Classification; URL; Publication title;
Publication year; Publication date; Volume; Issue; First page; Pages; Number of pages; Year; Section; Publisher;
Place of publication; Country of publication; Publication subject; ISSN; eISSN; e-ISSN; Source type; Dateline; Column;
Language of publication; Language; Document type; Document feature; Credit; ProQuest document ID; Accession number;
Document URL; Copyright; Last updated; Database; Source attribution; Alternate title
"""
_FIELD = re.compile(
    rf"\s*(?P<name>{'|'.join(re.escape(name.strip()) for name in _NAMES.split(';'))})\s*:\s?(?P<said>.*)", re.I
)


def fits(head: list[str]) -> bool:
    """Whether ProQuest names itself in a field, or documents are parted and have a text in full."""
    names = {found["name"].lower() for line in head if (found := _FIELD.fullmatch(line))}
    own = any(name.startswith("proquest document") for name in names)
    return own or (any(_RULE.fullmatch(line) for line in head) and {"full text", "publication info"} <= names)


def ends(line: str) -> bool:
    """A line of underscores."""
    return _RULE.fullmatch(line) is not None


def article(lines: list[str]) -> Article | None:
    """What the fields say; None for what has none (cover, list of titles)."""
    fields: dict[str, list[str]] = {}
    name = None
    for line in lines:
        if found := _FIELD.fullmatch(line):
            name = found["name"].lower()
            fields.setdefault(name, []).append(found["said"])
        elif name and not ends(line):
            fields[name].append(line)
    if not {"full text", "abstract", "publication date", "proquest document id"} & set(fields):
        return None
    text = paragraphs(fields.get("full text", []))
    if not text or re.fullmatch(r"(?:full text )?(?:is )?not available\W*", text, re.I):
        text = paragraphs(fields.get("abstract", []))
    source = first_of(fields.get("publication title", []))
    return Article(
        text=text,
        published=first_of(fields.get("publication date", [])) or first_of(fields.get("publication info", [])),
        source=source.partition(";")[0].strip() if source else None,
        title=first_of(fields.get("title", [])),
        url=first_of(fields.get("document url", [])),
        id=first_of(fields.get("proquest document id", [])),
    )
