"""Ids for reports that bring none: made from the content, so that the same report has the same id everywhere."""

from __future__ import annotations

import datetime as dt
import hashlib


def content_id(text: str, published: dt.date | None) -> str:
    """12 hexadecimal digits: SHA-256 of day and text."""
    day = published.isoformat() if published else ""
    return hashlib.sha256(f"{day}\n{text}".encode()).hexdigest()[:12]
