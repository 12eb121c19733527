"""Feeds asked again and again: only for what has changed, and less often while a server is in trouble."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from dateline.errors import InputError
from dateline.sources.fetching import FetchError, Limits, fetch
from dateline.sources.kinds import Found, Options, kind_of
from dateline.sources.web import Web, reports_of_document

#: After each failure in a row the pause doubles, up to so many seconds.
LONGEST_PAUSE = 86400.0


class Mark(msgspec.Struct, frozen=True):
    """What a server said of the document it gave last, to be sent with the next request."""

    etag: str | None = None
    modified: str | None = None


class Watched:
    """A feed, by address or path. `every` is the pause between two looks, in seconds; `due` the moment of the next one
    on the clock that `look` is given.
    """

    def __init__(self, where: str, every: float, mark: Mark | None = None) -> None:
        self.where, self.every = where, every
        self.mark = mark or Mark()
        self.due = 0.0
        self.failures = 0

    def look(self, options: Options, now: float) -> Iterator[Found | InputError]:
        """What the feed holds now; nothing if it has not changed; the fault if it can't be had.

        The mark moves on only once all has been taken, so that what was cut short is asked for again.
        """
        self.due = now + self.every
        if not Web().claims(self.where):
            try:
                yield from kind_of(self.where).read(self.where, options)
            except InputError as error:
                yield error
            return
        limits = Limits(allow_private=options.allow_private)
        try:
            document = fetch(self.where, limits, etag=self.mark.etag, modified=self.mark.modified)
        except FetchError as error:
            self.failures += 1
            pause = min(LONGEST_PAUSE, self.every * 2.0 ** min(self.failures, 32))
            self.due = now + max(pause, min(LONGEST_PAUSE, error.retry_after or 0.0))
            yield error
            return
        self.failures = 0
        try:
            yield from reports_of_document(document, self.where, options)
        except InputError as error:
            yield error
        if document.data is not None:
            self.mark = Mark(document.etag, document.modified)


def load_marks(path: Path) -> dict[str, Mark]:
    """The marks of a file that `save_marks` wrote, by address; none if there is no such file.

    Raises InputError if the file holds something else.
    """
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Mark])
    except (OSError, msgspec.MsgspecError) as error:
        raise InputError(str(path), None, f"holds no state of a watch ({error})", "name another file") from None


def save_marks(path: Path, marks: dict[str, Mark]) -> None:
    """Write the marks, at once or not at all."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_bytes(msgspec.json.encode(dict(sorted(marks.items()))) + b"\n")
        beside.replace(path)
    except OSError as error:
        raise InputError(str(path), None, f"can't be written ({error.strerror})", "name another file") from None
