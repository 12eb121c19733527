"""The command line: one module a command, each found by name and imported when it is called.

Every command is thin: it asks the library (`dateline.Coder`, `dateline.Book`, …) and shows the answer, as a table for
people on a terminal, as aligned plain text where it is piped, as JSON with `--json`.
"""

from __future__ import annotations

import click

from dateline import __version__
from dateline.cli.lazy import LazyGroup

#: Command, the module that has it, and its line in the help.
COMMANDS = {
    "code": ("dateline.cli.code", "Read reports, code what they tell, keep it in a book."),
    "timeline": ("dateline.cli.timeline", "Show the events of a book in order of when they happened."),
    "case": ("dateline.cli.case", "Show everything a book knows of one person."),
    "show": ("dateline.cli.show", "Show a report with its spans marked, or an event with all its accounts."),
    "why": ("dateline.cli.why", "Show how the values of an event were reached, down to characters."),
    "disputes": ("dateline.cli.disputes", "Show the events on which reports differ."),
    "review": (
        "dateline.cli.review",
        "Accept, correct, reject, merge and split what a book has; undo; log.",
    ),
    "recode": ("dateline.cli.recode", "Code the reports of a book again with this version, keeping what was before."),
    "export": ("dateline.cli.export", "Write the events of a book in a format of other tools."),
    "watch": ("dateline.cli.watch", "Look at feeds again and again, code what is new."),
    "formats": ("dateline.cli.formats", "List what can be read and what can be written."),
    "cite": ("dateline.cli.cite", "Print a reference for a book."),
    "times": ("dateline.cli.times", "Tag the time expressions of a text."),
    "train": ("dateline.cli.train", "Teach the learned coder from careful readings."),
    "evaluate": ("dateline.cli.evaluate", "Compare coded reports with what a careful reader found."),
}


@click.group(cls=LazyGroup, commands_by_name=COMMANDS)
@click.version_option(__version__, prog_name="dateline")
def main() -> None:
    """Dated news reports in, events that one can cite out: who did what to whom, when, where, on whose word."""
