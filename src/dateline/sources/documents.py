"""What a document of a news database says, whatever its layout; and how lines become paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A document: its text, and of its head what a report has; `published` as it is written there."""

    text: str
    published: str | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
    id: str | None = None


def paragraphs(lines: Iterable[str]) -> str:
    """Lines as paragraphs: those that follow each other are one, blank ones part them."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(" ".join(line.split()))
        elif found[-1]:
            found.append([])
    return "\n\n".join(" ".join(part) for part in found if part)


def first_of(lines: Iterable[str]) -> str | None:
    """The first line that is not blank."""
    return next((" ".join(line.split()) for line in lines if line.strip()), None)
