"""`dateline formats`: what can be read and what can be written."""

from __future__ import annotations

from typing import Any

import click

from dateline.cli.common import json_option, plain_errors, print_json, show_table


@click.command("formats")
@json_option
def command(as_json: bool) -> None:
    """List the sources that reports come from and the exports that events go to, plug-ins included."""
    with plain_errors():
        sources, exports = listed_sources(), listed_exports()
    if as_json:
        print_json({"sources": sources, "exports": exports})
        return
    show_table(
        "Sources", ["name", "files", "reads"], [[s["name"], " ".join(s["suffixes"]), s["about"]] for s in sources]
    )
    rows = [[e["name"], e["suffix"] or "(folder)", e["about"]] for e in exports]
    show_table("Exports", ["name", "file", "writes"], rows)


def listed_sources() -> list[dict[str, Any]]:
    """Each installed kind of source: name, suffixes of its files, and the first line of what it says of itself."""
    from dateline.sources.kinds import installed

    return [
        {"name": name, "suffixes": list(getattr(kind, "suffixes", ())), "about": _line(kind)}
        for name, kind in sorted(installed().items())
    ]


def listed_exports() -> list[dict[str, Any]]:
    """Each installed export: name, suffix of its file (empty for a folder), what it is, and the columns of a table."""
    from dateline.exports import export_names, find_export

    found = [(name, find_export(name)) for name in export_names()]
    return [
        {
            "name": name,
            "suffix": getattr(export, "suffix", ""),
            "about": getattr(export, "about", "") or _line(export),
            "columns": [c.name for c in getattr(export, "columns", ())],
        }
        for name, export in found
    ]


def _line(plugin: object) -> str:
    said = (type(plugin).__doc__ or "").strip().splitlines()
    return said[0].rstrip(".") if said else ""
