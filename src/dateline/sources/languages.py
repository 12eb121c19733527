"""The language of a text, by its script and its small words; what each language uses stands in the codebook.

Cheap and shy: where the words don't tell, the language is unknown and the report is read as ever.
"""

from __future__ import annotations

import functools
import re
from collections import Counter

import msgspec

from dateline.codebook import load

#: Characters looked at: enough for a lead, whatever the length of the text.
_LOOKED_AT = 3000
#: A language is told by at least so many of its small words, so many of them different, in such a share of all words.
_WORDS, _DIFFERENT, _SHARE = 4, 3, 0.15
#: Another language than that of a reader has to have so many times its words; names and quotations hold some of any.
_AHEAD = 2.0
#: Share of a text's letters that must be of a script for the script to tell the language.
_OF_SCRIPT = 0.5

#: The last character of the Latin script that European languages use.
_LATIN = 0x24F

_WORD = re.compile(r"[^\W\d_]+")


class Script(msgspec.Struct, frozen=True):
    """Characters of a script and the languages written in it, the last one where no letter tells them apart."""

    ranges: list[tuple[int, int]]
    languages: list[str]


class Languages(msgspec.Struct, frozen=True):
    """What the codebook has on languages, by ISO 639-1 code; `readers` are those that dateline can code."""

    readers: list[str]
    scripts: dict[str, Script]
    letters: dict[str, str]
    words: dict[str, str]
    examples: dict[str, str]


@functools.cache
def load_languages() -> Languages:
    """The table of languages."""
    return msgspec.convert(load("languages.toml"), Languages)


def has_reader(language: str | None) -> bool:
    """Whether reports of a language can be coded; those of an unknown one are tried."""
    return language is None or language in load_languages().readers


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of a text, None where its words don't tell."""
    text = text[:_LOOKED_AT]
    if not text.isascii() and (found := _by_script(text)):
        return found
    words = Counter(_WORD.findall(text.lower()))
    by_word = _languages_by_word()
    counts: Counter[str] = Counter()
    for word, times in words.items():
        for language in by_word.get(word, ()):
            counts[language] += times
    if not counts:
        return None
    best = max(sorted(counts), key=lambda language: counts[language])
    read = max(load_languages().readers, key=lambda language: counts[language])
    if counts[best] < _AHEAD * counts[read]:
        best = read
    seen = sum(best in by_word.get(word, ()) for word in words)
    enough = counts[best] >= _WORDS and seen >= _DIFFERENT and counts[best] >= _SHARE * words.total()
    return best if enough else None


def _by_script(text: str) -> str | None:
    letters = [ord(c) for c in text if c.isalpha()]
    other = Counter(c for c in letters if c > _LATIN)
    if other.total() < _OF_SCRIPT * len(letters):
        return None
    for script in load_languages().scripts.values():
        own = sum(n for c, n in other.items() if any(low <= c <= high for low, high in script.ranges))
        if own and own >= _OF_SCRIPT * len(letters):
            marks = load_languages().letters
            return next((x for x in script.languages if set(marks.get(x, "")) & set(text)), script.languages[-1])
    return None


@functools.cache
def _languages_by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in sorted(load_languages().words.items()):
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}
