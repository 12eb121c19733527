"""What merging knows of names and words: `codebook/merging.toml`, read once."""

from __future__ import annotations

from functools import cache

import msgspec

from dateline.codebook import load
from dateline.errors import CodebookError
from dateline.record import PloverType


class Spelling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Transliterations that vary; `examples` meet, `counterexamples` do not."""

    examples: tuple[tuple[str, str], ...]
    counterexamples: tuple[tuple[str, str], ...]
    variants: tuple[tuple[str, str], ...] = ()


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words left out of the keys of names, and spellings of one word."""

    small: frozenset[str]
    suffixes: frozenset[str]
    honorifics: frozenset[str]
    generic: frozenset[str]
    members: frozenset[str]
    spellings: dict[str, str]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of running text that say little, and what ends a description's head."""

    stop: frozenset[str]
    after_head: frozenset[str]
    bare_heads: frozenset[str]
    quantifiers: frozenset[str]
    abbreviations: frozenset[str]
    heads: tuple[tuple[str, str], ...]


class Knowledge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    spelling: Spelling
    skeleton: Spelling
    names: Names
    words: Words
    alike: dict[PloverType, tuple[frozenset[str], ...]]


@cache
def knowledge() -> Knowledge:
    """The data file; CodebookError where it breaks its own form."""
    try:
        return msgspec.convert(load("merging.toml"), type=Knowledge)
    except msgspec.ValidationError as error:
        raise CodebookError(f"codebook/merging.toml: {error}") from error
