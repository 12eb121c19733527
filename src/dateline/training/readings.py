"""Readings: reports coded by careful readers, from files whose texts are there or are joined by id and hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError

Reading = dict[str, Any]


def read_readings(paths: Iterable[Path], texts: dict[str, str]) -> Iterator[Reading]:
    """The readings of JSON Lines files, each with its text; those whose text is nowhere are left out.

    A line has `text`, or `sha256` of a text that `texts` (id → text) holds. Raises DatelineError, naming file and
    line, for what is no reading and where a text is not the one that was read.
    """
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                reading: Reading = json.loads(line)
                identity, events = reading["id"], reading["events"]
            except (ValueError, LookupError, TypeError) as error:
                raise DatelineError(f"{path}:{number}: not a reading ({error}); see docs/readings.md") from error
            if "text" not in reading:
                if identity not in texts:
                    continue
                reading["text"] = texts[identity]
                digest = hashlib.sha256(reading["text"].encode("utf-8")).hexdigest()
                if digest != reading.get("sha256"):
                    raise DatelineError(f"{path}:{number}: the text of {identity} is not the one that was read")
            assert isinstance(events, list)
            yield reading
