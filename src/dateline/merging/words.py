"""Words of running text without a parser: sentences, content words, heads of descriptions, names in context."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dateline.merging.knowledge import knowledge
from dateline.merging.names import words
from dateline.record import Span

_KNOWN = knowledge().words
_BOUNDARY = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘'(]*[A-Z\d])|\n+")
_ABBREVIATION = re.compile(rf"\b(?:{'|'.join(sorted(_KNOWN.abbreviations))}|[A-Z])\.$")


@lru_cache(maxsize=16)
def sentences(text: str) -> tuple[Span, ...]:
    """Sentences by punctuation and line breaks, in order, without the space around them."""
    found: list[Span] = []
    start = 0
    for boundary in [*_BOUNDARY.finditer(text), None]:
        end = boundary.start() if boundary else len(text)
        if boundary and _ABBREVIATION.search(text[max(0, end - 6) : end]):
            continue
        if text[start:end].strip():
            lead = len(text[start:end]) - len(text[start:end].lstrip())
            found.append(Span(start + lead, start + len(text[start:end].rstrip())))
        start = boundary.end() if boundary else end
    return tuple(found)


def sentence_at(text: str, span: Span) -> Span:
    """The sentence (or sentences) that a span stands in; never less than the span itself."""
    around = [s for s in sentences(text) if s.start < span.end and span.start < s.end]
    return Span(min([span.start, *(s.start for s in around)]), max([span.end, *(s.end for s in around)]))


def stem(word: str) -> str:
    """A folded word without the commonest English endings; the same for "abducted", "abducts", "abducting"."""
    for ending in ("ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def content(text: str) -> tuple[str, ...]:
    """Sorted distinct stems of the content words of a text, numbers included."""
    return tuple(sorted({stem(w) for w in words(text) if w not in _KNOWN.stop and (len(w) > 2 or w.isdigit())}))


def head_of(description: str) -> str | None:
    """The stem of the noun that a description is about ("the driver of their minibus" → driver), None if too bare."""
    tokens = re.findall(r"[\w’'-]+", description.split(",")[0])
    cut = next((i for i, t in enumerate(tokens) if i and t.casefold() in _KNOWN.after_head), len(tokens))
    if not cut:
        return None
    last = words(tokens[cut - 1])
    if tokens[cut:-1][:1] == ["of"] and last and (last[-1] in _KNOWN.quantifiers or last[-1].isdigit()):
        return head_of(" ".join(tokens[cut + 1 :]))
    if not last or last[-1] in _KNOWN.bare_heads or last[-1] in _KNOWN.stop or len(last[-1]) < 3:
        return None
    return stem(last[-1])


def heads(descriptions: Iterable[str]) -> tuple[str, ...]:
    """Sorted distinct heads of descriptions."""
    return tuple(sorted({h for h in map(head_of, descriptions) if h}))


def names_in(text: str) -> tuple[str, ...]:
    """Sorted folded capitalised words that do not open a sentence: what a report is about, roughly, by name."""
    found: set[str] = set()
    for match in re.finditer(r"[^\W\d_][\w’'-]+", text):
        if not match.group()[0].isupper():
            continue
        before = text[: match.start()].rstrip(" \t\"“‘'(")
        if not before or before[-1] in ".!?\n:":
            continue
        found.update(w for w in words(match.group()) if w not in _KNOWN.stop and len(w) > 2)
    return tuple(sorted(found))
