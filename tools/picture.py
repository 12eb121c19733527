"""Draws what a terminal shows: runs a dateline command on a terminal of its own and writes it as SVG.

`picture.py OUT.svg COLUMNS COMMAND…`; `make docs-write` draws the pictures of the README with it.
"""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text


def main() -> int:
    """Draw; the exit status of the command."""
    out, columns, *command = sys.argv[1:]
    status, shown = run(command, int(columns))
    console = Console(record=True, width=int(columns), file=io.StringIO(), force_terminal=True)
    prompt = " ".join(["$", "dateline", *command])
    console.print(Text(prompt, style="bold"))
    console.print(Text.from_ansi(shown.rstrip()))
    drawn = console.export_svg(title="dateline", unique_id=Path(out).stem)
    # the reader's own monospace font: a picture asks nobody for anything
    Path(out).write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), encoding="utf-8")
    return status


def run(command: list[str], columns: int) -> tuple[int, str]:
    """The exit status of a dateline command and what it shows on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    program = Path(sys.executable).with_name("dateline")
    with subprocess.Popen([program, *command], stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:
            pass  # how Linux says that the other end is closed
    os.close(ours)
    return process.returncode, shown.decode("utf-8").replace("\r\n", "\n")


if __name__ == "__main__":
    sys.exit(main())
