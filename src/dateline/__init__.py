"""dateline reads dated news reports and turns them into event data that one can cite.

    import dateline
    coded = dateline.code(dateline.Report(id="1", published=date(2025, 4, 17), text="…"))
    with dateline.Book.open("my.book") as book:
        book.add(dateline.Coder().code_all(reports))

Public names are those of `__all__`; everything else may change without notice.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from dateline.errors import BookError, CodebookError, DatelineError, InputError, ModelError
from dateline.record import (
    Account,
    ActorRecord,
    CodedReport,
    Count,
    Interval,
    Kinship,
    Quote,
    Role,
    Span,
    schema,
)
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.book import Book
    from dateline.coder import Coder
    from dateline.sources import read_reports

__version__ = "0.1.0"

__all__ = [
    "Account",
    "ActorRecord",
    "Book",
    "BookError",
    "CodebookError",
    "CodedReport",
    "Coder",
    "Count",
    "DatelineError",
    "InputError",
    "Interval",
    "Kinship",
    "ModelError",
    "Quote",
    "Report",
    "Role",
    "Span",
    "code",
    "read_reports",
    "schema",
]

# What needs spaCy or DuckDB is imported when it is first asked for, so that `import dateline` is quick.
_LAZY = {"Book": "dateline.book", "Coder": "dateline.coder", "read_reports": "dateline.sources"}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")


def code(report: Report | str, published: dt.date | None = None, *, model: str | None = None) -> CodedReport:
    """What one report tells, by the default coder; a plain text is taken as published on `published`.

    `model` names another spaCy pipeline. The model is loaded at the first call and kept; for many reports
    `Coder().code_all` is faster. Raises ModelError when the model is not installed.
    """
    from dateline.coder import shared_coder

    return shared_coder(model).code(report, published)
