"""Quad, CAMEO code and intensity of an account by its type, mode and status (`codebook/codes.toml`)."""

from __future__ import annotations

from functools import cache

import msgspec

from dateline import codebook
from dateline.errors import CodebookError
from dateline.record import PloverType, Quad, Status


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A CAMEO code and its value on Goldstein's scale (-10 to 10); `why` it is not the one that the map gives."""

    cameo: str
    intensity: float
    why: str | None = None


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The codes that ship: `quads` by type; `code` and `future` by "TYPE" or "TYPE.mode"; `examples` in short."""

    quads: dict[Quad, tuple[PloverType, ...]]
    code: dict[str, Code]
    future: dict[str, Code]
    examples: dict[str, str]


@cache
def load_codes() -> Table:
    """The table of `codebook/codes.toml`; CodebookError says what is wrong with it."""
    try:
        return msgspec.convert(codebook.load("codes.toml"), Table)
    except msgspec.ValidationError as error:
        raise CodebookError(f"codebook/codes.toml: {error}") from error


@cache
def quad_of(type_: PloverType) -> Quad | None:
    """PLOVER's category of an event type."""
    return next((quad for quad, types in load_codes().quads.items() if type_ in types), None)


@cache
def code_of(type_: PloverType, mode: str | None, status: Status) -> Code | None:
    """The CAMEO code of what has happened or is announced; None for what CAMEO does not count."""
    if status in ("hypothetical", "negated"):
        return None
    table = load_codes()
    codes = table.future if status == "future" else table.code
    return codes.get(f"{type_}.{mode}") or codes.get(type_)
