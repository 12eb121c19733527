"""The sample reports and their gold: every sample has gold with the same text, and the gold keeps its own rules."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from dateline.evaluation import GoldReport, read_gold
from dateline.record import MODES, CountName, PloverType
from dateline.report import Report
from dateline.sources import read_reports

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
GOLD = ROOT / "tests" / "gold"


@cache
def gold() -> dict[str, GoldReport]:
    return {report.id: report for name in ("samples", "undated") for report in read_gold(GOLD / f"{name}.jsonl")}


@cache
def samples() -> dict[str, Report]:
    return {report.id: report for report in read_reports([EXAMPLES])}


IDS = sorted(gold())


def test_every_sample_has_gold_and_all_gold_has_a_sample() -> None:
    assert sorted(samples()) == IDS
    assert len(IDS) >= 16


@pytest.mark.parametrize("name", IDS)
def test_sample_and_gold_are_the_same_report(name: str) -> None:
    sample, read = samples()[name], gold()[name]
    assert (sample.text, sample.published, sample.source) == (read.text, read.published, read.source)


def test_the_samples_hold_what_they_are_there_for() -> None:
    kinds = Counter(event.type for report in gold().values() for event in report.events)
    statuses = Counter(event.status for report in gold().values() for event in report.events)
    assert len(kinds) == len(get_args(PloverType)), "every PLOVER type is told somewhere"
    assert set(statuses) == {"actual", "future", "hypothetical", "negated"}
    assert [name for name in IDS if gold()[name].published is None] == ["beira-dockers"]
    assert [name for name in IDS if not gold()[name].events] == ["cup-and-cocoa"]


@pytest.mark.parametrize("name", IDS)
def test_actors_stand_in_the_text(name: str) -> None:
    report = gold()[name]
    missing = {key: [s for s in actor.surface if s not in report.text] for key, actor in report.actors.items()}
    assert not {key: strings for key, strings in missing.items() if strings}


@pytest.mark.parametrize("name", IDS)
def test_events_keep_to_the_vocabulary(name: str) -> None:
    events = gold()[name].events
    assert len({event.id for event in events}) == len(events)
    for event in events:
        assert event.type in get_args(PloverType)
        assert event.mode is None or event.mode in MODES[event.type], event.id
        assert set(event.counts) <= set(get_args(CountName)), event.id
        for count in event.counts.values():
            low, high = count
            assert low is None or high is None or low <= high, event.id


@pytest.mark.parametrize("name", IDS)
def test_events_refer_to_actors_and_places_of_the_report(name: str) -> None:
    report = gold()[name]
    for event in report.events:
        named = {*event.actor, *event.recipient, *filter(None, [event.said_by])}
        assert named <= report.actors.keys(), event.id
        assert all(place in report.text for place in event.where), event.id


@pytest.mark.parametrize("name", IDS)
def test_anchors_are_whole_words(name: str) -> None:
    report = gold()[name]
    for event in report.events:
        assert event.anchors, event.id
        for start, end in event.anchors:
            assert 0 <= start < end <= len(report.text), event.id
            assert re.fullmatch(r"\w(.*\w)?", report.text[start:end], re.S), event.id
            around = report.text[max(0, start - 1) : start] + " " + report.text[end : end + 1]
            assert not re.search(r"\w", around), event.id


@pytest.mark.parametrize("name", IDS)
def test_when_is_an_interval_of_days(name: str) -> None:
    for event in gold()[name].events:
        if event.when is not None:
            earliest, latest = (dt.date.fromisoformat(day) if day else None for day in event.when)
            assert earliest or latest, event.id
            assert not (earliest and latest) or earliest <= latest, event.id


@pytest.mark.parametrize("name", IDS)
def test_what_has_happened_did_so_before_it_was_reported(name: str) -> None:
    report = gold()[name]
    for event in report.events:
        if report.published and event.status == "actual" and event.when and event.when[1]:
            assert event.when[1] <= report.published.isoformat(), event.id


@pytest.mark.parametrize("name", IDS)
def test_every_quote_of_four_words_or_more_has_its_speaker(name: str) -> None:
    report = gold()[name]
    quoted = {m.span(1) for m in re.finditer(r'["“]([^"“”]+)["”]', report.text) if len(m[1].split()) >= 4}
    assert {quote.span for quote in report.quotes} == quoted
    assert all(quote.speaker in report.actors for quote in report.quotes)


@pytest.mark.parametrize("name", IDS)
def test_offices_and_kin_are_of_actors(name: str) -> None:
    report = gold()[name]
    assert all(role.person in report.actors and role.of in (None, *report.actors) for role in report.roles)
    assert all(kin.person in report.actors and kin.of in report.actors for kin in report.kin)


def test_accounts_of_one_event_are_of_one_type_and_of_different_reports() -> None:
    merged = json.loads((GOLD / "samples-merge.json").read_text(encoding="utf-8"))
    for cluster in merged["clusters"]:
        accounts = [next(e for e in gold()[report].events if e.id == event) for report, event in cluster]
        assert len({account.type for account in accounts}) == 1, cluster
        assert len({report for report, _ in cluster}) == len(cluster) > 1
    for dispute in merged["disputes"]:
        reports = {report for report, _ in merged["clusters"][dispute["cluster"]]}
        assert dispute["values"].keys() == reports
        assert len({json.dumps(value) for value in dispute["values"].values()}) > 1
