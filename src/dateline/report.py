"""A report: a dated text by one outlet, as it came in."""

from __future__ import annotations

import datetime as dt

import msgspec


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A dated text by one outlet.

    `text` is kept exactly as it came: every span of what is coded counts its characters (Python string offsets).
    `published` is the day of publication, None where nothing tells it; `published_from` says what told it: "field",
    "field updated" (a feed that tells only when it last changed), "page metadata", "header line", "dateline" (in the
    text) or "option". The time of a file or of a download is never taken. `language` is an ISO 639-1 code, None where
    the words don't tell. Two reports with one `id` are one report.
    """

    id: str
    text: str
    published: dt.date | None = None
    published_from: str | None = None
    source: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
