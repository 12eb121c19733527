"""Books to export, places that are known, and what an export writes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from dateline.book import Book
from dateline.exports import write
from dateline.exports.selection import Named, Selection, Spot
from helpers_book import Pair, samples, told

_KNOWN = {
    "Gao": Spot(asked="Gao", name="Gao", precision="city", country="MLI", lat=16.27, lon=-0.04, within=("gao", "")),
    "Tombouctou": Spot(asked="Tombouctou", name="Tombouctou", precision="region", country="MLI", lat=20.0, lon=-3.0),
    "Mali": Spot(asked="Mali", name="Mali", precision="country", country="MLI", lat=17.0, lon=-4.0),
}


def locate(text: str, places: Sequence[Named]) -> list[Spot | None]:
    """A small gazetteer, which no language model stands behind."""
    return [_KNOWN.get(place.name) for place in places]


def one_book(folder: Path, *pairs: Pair) -> Path:
    """A book of these reports, or of one that tells of an attack in Gao."""
    path = folder / "one.book"
    if not path.exists():
        with Book.open(path) as book:
            book.add(pairs or [gao()])
    return path


def gao(**changed: object) -> Pair:
    """A report of an attack by the army of Mali that killed twelve herders in May 2024."""
    given: dict[str, object] = {
        "anchor": "killed",
        "mode": "firearms",
        "actor": ("Mali",),
        "recipient": ("herders",),
        "kinds": {"herders": "group", "Mali": "country"},
        "countries": {"Mali": "MLI"},
        "when": "2024-05-01/2024-05-31",
        "where": ("Gao",),
        "source": "Sahel Wire",
        "killed": 12,
    }
    text = "The army of Mali killed twelve herders near Gao in May. Talks in Tombouctou are planned."
    return told("gao", "2024-06-02", text, **(given | changed))  # type: ignore[arg-type]


def sample_book(folder: Path) -> Path:
    """A book of the sample reports as a reader coded them."""
    path = folder / "samples.book"
    with Book.open(path) as book:
        book.add(samples())
    return path


def exported(name: str, book: Path, **query: str) -> bytes:
    """What an export writes of a book."""
    out = io.BytesIO()
    with Book.open(book, read_only=True) as opened:
        write(name, Selection(opened, locate=locate, **query), out)
    return out.getvalue()
