"""How far a long run is, on standard error: a live line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Live
    from rich.progress import TaskID

#: Seconds between plain lines.
EVERY = 15.0


class Progress:
    """Use as a context manager; `step` for each report done, `line` for what must be said meanwhile."""

    def __init__(self) -> None:
        self._live: Live | None = None
        self._task: TaskID | None = None
        self._done = 0
        self._start = self._last = time.monotonic()

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Live
            from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.completed:,} reports"), TimeElapsedColumn())
            self._live = Live(*columns, console=Console(stderr=True), transient=True)
            self._task = self._live.add_task("", total=None)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def step(self) -> None:
        """One more report is done."""
        self._done += 1
        if self._live and self._task is not None:
            self._live.advance(self._task)
        elif time.monotonic() - self._last > EVERY:
            self._last = time.monotonic()
            click.echo(f"{self._done:,} reports in {self._last - self._start:.0f} s", err=True)

    def line(self, text: str) -> None:
        """Say something in a line of its own."""
        if self._live:
            self._live.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(text, err=True)
