"""What a kind of source is, and how the installed ones are found.

A package that adds a kind names its class in the entry point group `dateline.sources`; dateline's own kinds come in by
the same door. Kinds of other packages are asked before dateline's, so that they may take over a suffix.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

import msgspec

from dateline.errors import DatelineError, InputError
from dateline.report import Report

GROUP = "dateline.sources"

#: The kind that takes what no kind claims: it looks at the content. Its entry point has this name.
FALLBACK = "by-content"

#: Longest text of one report, in characters: several times the longest newspaper story, and what memory bears.
MAX_CHARACTERS = 1_000_000


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a kind needs to know to read.

    `fields` maps a field of `Report` to the name that it has in the source (`{"text": "body"}`); a field that is absent
    has its own name. `max_characters` bounds the text of one report. `allow_private` lets addresses of the web lie in
    private networks.
    """

    fields: Mapping[str, str] = {}
    max_characters: int = MAX_CHARACTERS
    allow_private: bool = False

    @property
    def max_bytes(self) -> int:
        """The bytes beyond which UTF-8 certainly holds more than `max_characters`, byte order mark and header aside."""
        return 4 * self.max_characters + 1024


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A report as a kind found it: in file `where`, at 1-based `line` where the file holds several.

    `named` is false where the source gave no id and the kind made one.
    """

    report: Report
    where: str
    line: int | None = None
    named: bool = True


class Kind(Protocol):
    """A kind of source; its class takes no arguments."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The ends of file names that it reads when it meets them in a folder; lower case (".jsonl"). A packed file
        (".gz", ".bz2", ".xz", ".zst") counts as what is in it.
        """

    def claims(self, where: str) -> bool:
        """Whether it reads `where`: a path, "-" for standard input, or whatever else the user named."""

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """What `where` holds, in order: reports, and an error for each fault that does not end the reading.

        Raises InputError where nothing more can be read.
        """


@functools.cache
def installed() -> Mapping[str, Kind]:
    """The kinds by entry point name, in the order in which they are asked."""
    kinds: dict[str, Kind] = {}
    for door in sorted(entry_points(group=GROUP), key=lambda door: (_is_own(door), door.name, door.value)):
        if door.name not in kinds:
            kinds[door.name] = _load(door)
    return kinds


def kind_of(where: str) -> Kind:
    """The kind that reads `where`."""
    for kind in installed().values():
        if kind.claims(where):
            return kind
    try:
        return installed()[FALLBACK]
    except KeyError:
        raise DatelineError("dateline's own kinds of sources are not registered; install the package again") from None


def known_suffixes() -> tuple[str, ...]:
    """Every suffix that some kind reads, sorted."""
    return tuple(sorted({suffix for kind in installed().values() for suffix in kind.suffixes}))


def _is_own(door: EntryPoint) -> bool:
    return door.dist is not None and door.dist.name == "dateline"


def _load(door: EntryPoint) -> Kind:
    try:
        kind: Kind = door.load()()
    except Exception as error:
        package = door.dist.name if door.dist else "an unknown package"
        raise DatelineError(
            f"the kind of source {door.name!r} of {package} can't be loaded ({error}); mend or uninstall {package}"
        ) from error
    return kind
