"""The exceptions that dateline raises on purpose.

DatelineError            everything below; catch this to catch them all
├── InputError           a report or a file of reports that can't be read
├── ModelError           the language model asked for is not installed or does not fit
├── CodebookError        a data file of the codebook breaks its own rules
└── BookError            a book that can't be opened, is of another version, or lacks what was asked for
"""

from __future__ import annotations


class DatelineError(Exception):
    """Root of dateline's exceptions; the message is fit to be shown to a user as it is."""


class InputError(DatelineError):
    """Input that can't be read: says where, what is wrong and how to mend it.

    `where` is the file as the user named it ("-" for standard input), `line` the 1-based line or None.
    """

    def __init__(self, where: str, line: int | None, wrong: str, mend: str) -> None:
        self.where, self.line, self.wrong, self.mend = where, line, wrong, mend
        place = where if line is None else f"{where}:{line}"
        super().__init__(f"{place}: {wrong}; {mend}")


class ModelError(DatelineError):
    """A language model that is missing or lacks a part (tagger, parser, named entities) that reading needs."""


class CodebookError(DatelineError):
    """A data file of the codebook that can't be used; the message names file and entry."""


class BookError(DatelineError):
    """A book that can't be used as asked; the message says why and what to do."""
