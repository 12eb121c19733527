"""JSON lines of one type, as gold and predictions come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from dateline.errors import InputError

T = TypeVar("T")


def read_lines(path: str | Path, type: type[T]) -> Iterator[T]:
    """Each line that is not blank, as a `type`; keys that it does not know are left out.

    Raises InputError if the file can't be read or a line does not fit.
    """
    decoder = msgspec.json.Decoder(type)
    number: int | None = None
    try:
        with open(path, "rb") as lines:
            for line in lines:
                number = number + 1 if number else 1
                if line.strip():
                    yield decoder.decode(line)
    except OSError as error:
        raise InputError(str(path), None, f"can't be read ({error.strerror})", "check the path") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(str(path), number, f"does not fit ({error})", "see docs/formats.md for the form") from None
