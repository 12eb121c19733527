"""From reports to coded reports: a reading pipeline, a coder and the verifier behind it.

A coder is a plug-in of the entry point group `dateline.coders`: a callable without arguments that gives an object with
`name` and `propose(doc) -> Iterator[Proposal]`. The frames coder comes in by the same door.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol

from spacy.tokens import Doc

from dateline.coding.assembly import assemble
from dateline.coding.proposal import Hints, Proposal
from dateline.coding.verifier import problems
from dateline.errors import DatelineError
from dateline.reading.pipeline import DEFAULT_MODEL, load_pipeline, read
from dateline.record import CodedReport
from dateline.report import Report


class Engine(Protocol):
    """What an entry point of `dateline.coders` gives."""

    name: str

    def propose(self, doc: Doc) -> Iterator[Proposal]:
        """Events that the Doc tells, in text order."""


def find_engine(name: str) -> Engine:
    """The engine of that name; DatelineError lists those there are."""
    found = {e.name: e for e in entry_points(group="dateline.coders")}
    if name not in found:
        raise DatelineError(f"no coder {name!r}; there are: {', '.join(sorted(found)) or 'none'}")
    engine: Engine = found[name].load()()
    return engine


class Coder:
    """Codes reports. Making one loads the model (about a second); use it for many reports.

    `model` is the name of an installed spaCy pipeline (ModelError if there is none), `engine` that of a coder; the
    attribute `model` names both, with the pipeline's version, for the books that keep what is coded.
    """

    def __init__(self, model: str = DEFAULT_MODEL, engine: str = "hybrid") -> None:
        self._nlp = load_pipeline(model)
        self._engine = find_engine(engine)
        self.model = f"{model} {self._nlp.meta.get('version', '')}, {engine}"

    def code_all(
        self, reports: Iterable[Report], *, on_error: Callable[[Report, DatelineError], None] | None = None
    ) -> Iterator[tuple[Report, CodedReport]]:
        """Each report with what it tells, streaming, in the order they came; independent of batching.

        A report that can't be coded is told to `on_error` and left out; without one, its DatelineError is raised.
        """
        texts = ((r.text, r.published, r) for r in reports)
        for doc, report in read(self._nlp, texts):
            try:
                yield report, self._code(report, doc)
            except DatelineError as error:
                if on_error is None:
                    raise
                on_error(report, error)

    def code(self, report: Report | str, published: dt.date | None = None) -> CodedReport:
        """What one report tells; a plain text is taken as a report without id, of the day `published`."""
        if isinstance(report, str):
            report = Report(id="text", text=report, published=published)
        return next(coded for _, coded in self.code_all([report]))

    def _code(self, report: Report, doc: Doc | Exception) -> CodedReport:
        if isinstance(doc, Exception):
            raise DatelineError(f"report {report.id}: reading failed ({type(doc).__name__}: {doc})") from doc
        try:
            hints = self._engine if isinstance(self._engine, Hints) else None
            coded = assemble(report, doc, self._engine.propose(doc), hints)
        except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
            # a coder is a plug-in and may fail in its own way; the report is named and the rest goes on
            raise DatelineError(f"report {report.id}: coding failed ({type(error).__name__}: {error})") from error
        wrong = list(problems(report, coded))
        if wrong:
            raise DatelineError(f"report {report.id}: {wrong[0]}")
        return coded


@cache
def shared_coder(model: str | None = None) -> Coder:
    """The process's coder for a model, made at the first call."""
    return Coder(model or DEFAULT_MODEL)
