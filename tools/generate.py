"""Writes what is generated: the JSON Schema that ships, and the parts of README and docs between cog marks.

`generate.py` writes, `generate.py --check` only says what is not current (exit status 1). Parts of a page are made by
the code in them: [[[cog … ]]] in an HTML comment, see cog's own documentation.
"""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from dateline.record import schema

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "src" / "dateline" / "coded-report.schema.json"


def main() -> int:
    """Generate, or check; the exit status."""
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        print(__doc__, file=sys.stderr)
        return 2
    wanted = schema_text()
    stale = not SCHEMA.is_file() or SCHEMA.read_text(encoding="utf-8") != wanted
    if stale and check:
        print(f"{SCHEMA.relative_to(ROOT)} is not current; run make docs-write", file=sys.stderr)
    elif stale:
        SCHEMA.write_text(wanted, encoding="utf-8")
    pages = sorted(page for page in (ROOT / "README.md", *ROOT.glob("docs/**/*.md")) if page.is_file())
    cog = [
        sys.executable,
        "-m",
        "cogapp",
        "--check" if check else "-r",
        "-P",
        "-n",
        "utf-8",
        "--verbosity=1",
        *map(str, pages),
    ]
    failed = subprocess.run(cog, cwd=ROOT, check=False).returncode
    if failed and check:
        print("pages are not current; run make docs-write", file=sys.stderr)
    return int(bool(failed) or (stale and check))


def schema_text() -> str:
    """The schema of a coded report as it ships."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A coded report of dateline"}
    return json.dumps(_evened(head | schema()), indent=2, ensure_ascii=False) + "\n"


def _evened(value: Any) -> Any:
    """The same, with descriptions as inspect.getdoc gives them: Python 3.13 takes their indentation out by itself."""
    if isinstance(value, dict):
        return {
            key: inspect.cleandoc(inner) if key == "description" else _evened(inner) for key, inner in value.items()
        }
    return [_evened(inner) for inner in value] if isinstance(value, list | tuple) else value


if __name__ == "__main__":
    sys.exit(main())
