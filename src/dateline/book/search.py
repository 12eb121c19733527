"""Searching reports by words, through a table of the words of each report.

Words are compared without case, accents and possessive s, and whole: there is no stemming, so "hostage" does not find
"hostages" but "hostage*" does. All words must be there; words in double quotes must stand together; a word with "-"
before it must not be there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import duckdb
import msgspec

from dateline.book.backfill import words_of
from dateline.errors import BookError

#: Characters shown on each side of the first word found.
AROUND = 70
#: How soon further occurrences of a word stop counting, and how much longer reports count less (BM25's k1 and b).
SOON, LENGTH = 1.2, 0.75
_TERM = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A report that was found: its id, day, source and title, how well it fits, and the words around the first hit."""

    report: str
    published: str | None
    source: str | None
    title: str | None
    score: float
    passage: str


class _Query(msgspec.Struct, frozen=True):
    """Words (with True for a beginning), words that must be absent, and phrases."""

    words: tuple[tuple[str, bool], ...]
    without: tuple[tuple[str, bool], ...]
    phrases: tuple[tuple[str, ...], ...]


def matching(connection: duckdb.DuckDBPyConnection, words: str) -> list[str]:
    """The ids of the reports that have these words, sorted; raises BookError where nothing is asked for."""
    return sorted(_counts(connection, _query(words))[0])


def search(connection: duckdb.DuckDBPyConnection, words: str, *, limit: int | None = None) -> list[Found]:
    """The reports that have these words, best first (BM25 over the words asked for), then by id."""
    query = _query(words)
    counts, spread = _counts(connection, query)
    if not counts:
        return []
    ids = sorted(counts)
    row = connection.execute("SELECT count(*) FROM reports").fetchone()
    total = row[0] if row else 0
    lengths = dict(
        connection.execute(
            "SELECT report, sum(times) FROM words WHERE report IN (SELECT unnest($1::TEXT[])) GROUP BY 1", [ids]
        ).fetchall()
    )
    mean = sum(lengths.values()) / len(lengths)
    rarity = [math.log(1 + (total - having + 0.5) / (having + 0.5)) for having in spread]
    scores = {
        i: sum(
            rare * times * (SOON + 1) / (times + SOON * (1 - LENGTH + LENGTH * int(lengths[i]) / mean))
            for rare, times in zip(rarity, counts[i], strict=True)
        )
        for i in ids
    }
    best = sorted(ids, key=lambda i: (-scores[i], i))[: limit if limit is not None else len(ids)]
    rows = connection.execute(
        "SELECT id, published, source, title, text FROM reports WHERE id IN (SELECT unnest($1::TEXT[]))", [best]
    ).fetchall()
    made = {
        i: Found(
            report=i,
            published=str(day) if day else None,
            source=source,
            title=title,
            score=round(scores[i], 3),
            passage=_passage(text, query),
        )
        for i, day, source, title, text in rows
    }
    return [made[i] for i in best]


def _query(text: str) -> _Query:
    words: list[tuple[str, bool]] = []
    without: list[tuple[str, bool]] = []
    phrases: list[tuple[str, ...]] = []
    for minus, quoted, bare in _TERM.findall(text):
        found = words_of(quoted or bare)
        if not found:
            continue
        asked = [(word, False) for word in found[:-1]] + [(found[-1], bare.endswith("*"))]
        if minus:
            without += asked
            continue
        words += asked
        if len(found) > 1 and not bare.endswith("*"):
            phrases.append(found)
    if not words:
        raise BookError(f"{text!r} has no word to search for")
    return _Query(tuple(dict.fromkeys(words)), tuple(without), tuple(phrases))


def _counts(connection: duckdb.DuckDBPyConnection, query: _Query) -> tuple[dict[str, tuple[int, ...]], list[int]]:
    """How often each word asked for stands in the reports that have all of them, by report; and in how many reports of
    the book each stands."""
    spread: list[int] = []
    found: dict[str, tuple[int, ...]] | None = None
    for word in query.words:
        times = _postings(connection, word)
        spread.append(len(times))
        found = {i: (*(found[i] if found else ()), n) for i, n in times.items() if found is None or i in found}
    kept = found or {}
    for word in query.without:
        bad = _postings(connection, word)
        kept = {i: n for i, n in kept.items() if i not in bad}
    if query.phrases and kept:
        kept = {i: kept[i] for i in _with_phrases(connection, sorted(kept), query.phrases)}
    return kept, spread


def _postings(connection: duckdb.DuckDBPyConnection, word: tuple[str, bool]) -> dict[str, int]:
    test = "starts_with(word, $1)" if word[1] else "word = $1"
    rows = connection.execute(f"SELECT report, sum(times)::INTEGER FROM words WHERE {test} GROUP BY 1", [word[0]])
    return dict(rows.fetchall())


def _with_phrases(
    connection: duckdb.DuckDBPyConnection, ids: Sequence[str], phrases: Sequence[tuple[str, ...]]
) -> list[str]:
    rows = connection.execute(
        "SELECT id, title, text FROM reports WHERE id IN (SELECT unnest($1::TEXT[])) ORDER BY id", [list(ids)]
    ).fetchall()
    kept = []
    for report, title, text in rows:
        told = " " + " ".join(words_of(f"{title or ''}\n{text}")) + " "
        if all(f" {' '.join(phrase)} " in told for phrase in phrases):
            kept.append(report)
    return kept


def _passage(text: str, query: _Query) -> str:
    """The text around the first word asked for, on one line."""
    asked = [word for word, _ in query.words]
    for match in re.finditer(r"[\w’'.-]+", text):
        told = words_of(match.group())
        if any(t == w or (begins and t.startswith(w)) for t in told for w, begins in query.words) and asked:
            start, end = max(0, match.start() - AROUND), min(len(text), match.end() + AROUND)
            cut = " ".join(text[start:end].split())
            return ("…" if start else "") + cut + ("…" if end < len(text) else "")
    return " ".join(text[: 2 * AROUND].split())
