"""Exports for knowledge graphs: RDF and FollowTheMoney."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers_exports import exported, one_book, sample_book


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample reports."""
    return sample_book(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def entities(book: Path) -> dict[str, Any]:
    """The entities of the samples by id."""
    return {e["id"]: e for e in map(json.loads, exported("ftm", book).splitlines())}


def test_rdf_says_who_says_what(book: Path) -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    graph = rdflib.Graph().parse(data=exported("rdf", book), format="turtle")
    prov, sem = rdflib.Namespace("http://www.w3.org/ns/prov#"), rdflib.Namespace(
        "http://semanticweb.cs.vu.nl/2009/11/sem/"
    )  # fmt: skip
    assert list(graph.subject_objects(prov.wasAttributedTo))
    for event in graph.subjects(rdflib.RDF.type, sem.Event):
        accounts = list(graph.objects(event, prov.wasDerivedFrom))
        assert accounts
        for account in accounts:
            assert list(graph.objects(account, prov.wasDerivedFrom))
    for _, actor in graph.subject_objects(sem.hasActor):
        assert (actor, rdflib.RDF.type, sem.Actor) in graph


def test_rdf_has_days_and_characters(tmp_path: Path) -> None:
    text = exported("rdf", one_book(tmp_path)).decode()
    assert 'sem:hasEarliestBeginTimeStamp "2024-05-01"^^xsd:date' in text
    assert "oa:start 17 ; oa:end 23" in text
    assert 'geo:lat "16.27"^^xsd:decimal' in text


def test_entities_fit_the_model(entities: dict[str, Any]) -> None:
    followthemoney = pytest.importorskip("followthemoney", reason="followthemoney is not installed")
    model = followthemoney.model
    assert {e["schema"] for e in entities.values()} >= {"Person", "Event", "Article", "Family"}
    for entity in entities.values():
        schema = model.get(entity["schema"])
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (entity["schema"], name)
            for value in values:
                if prop.type.name == "entity":
                    assert model.get(entities[value]["schema"]).is_a(prop.range), (name, value)
                else:
                    assert prop.type.clean(value) is not None, (name, value)
        assert all(name in entity["properties"] for name in schema.required)


def test_every_event_has_proof(entities: dict[str, Any]) -> None:
    events = [e for e in entities.values() if e["schema"] == "Event"]
    assert events
    for event in events:
        assert all(entities[p]["schema"] == "Article" for p in event["properties"]["proof"])
    kin = [e for e in entities.values() if e["schema"] == "Family"]
    assert all(e["properties"]["proof"] for e in kin)
