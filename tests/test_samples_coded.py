"""What coding the samples promises: days that are reckoned, nothing where there is nothing, no day out of thin air."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.record import Account, CodedReport, Interval
from dateline.sources import read_reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.coder import Coder

    Coded = Callable[[str], CodedReport]

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture(scope="module")
def coded(coder: Coder) -> Coded:
    """A sample, coded once."""
    reports = {report.id: report for report in read_reports([EXAMPLES])}
    return cache(lambda name: coder.code(reports[name]))


def told(report: CodedReport, type: str, mode: str | None, who: str) -> list[Account]:
    """The accounts of a type and mode that `who` suffers or receives."""
    return [
        account
        for account in report.events
        if (account.type, account.mode) == (type, mode) and any(who in name for name in account.recipient)
    ]


def on(day: str) -> Interval:
    return Interval(dt.date.fromisoformat(day), dt.date.fromisoformat(day))


def test_nothing_is_told_where_sport_and_markets_talk_of_war(coded: Coded) -> None:
    assert coded("cup-and-cocoa").events == ()


def test_days_in_captivity_give_the_day_of_release(coded: Coded) -> None:
    releases = told(coded("catatumbo-restrepo"), "RETREAT", "release", "Restrepo")
    assert on("2025-04-02") in [account.when for account in releases if account.status == "actual"]


@pytest.mark.parametrize(
    ("report", "who", "day"),
    [
        ("catatumbo-1", "Verhagen", "2025-03-31"),
        ("catatumbo-2", "Bastidas", "2025-04-01"),
        ("catatumbo-3", "Restrepo", "2025-04-02"),
    ],
)
def test_each_release_of_a_running_story_is_told_and_its_day_not_missed(
    coded: Coded, report: str, who: str, day: str
) -> None:
    wanted = dt.date.fromisoformat(day)
    releases = told(coded(report), "RETREAT", "release", who)
    whens = [account.when for account in releases if account.status == "actual" and account.when is not None]
    assert any((when.earliest or wanted) <= wanted <= (when.latest or wanted) for when in whens)


def test_a_report_without_a_day_gets_no_days_reckoned_from_one(coded: Coded) -> None:
    report = coded("beira-dockers")
    assert report.published is None
    assert report.events
    known = [day for account in report.events if account.when for day in account.when if day]
    assert {day.year for day in known} <= {2021, 2023}, "years that the report names"


def test_a_report_without_a_day_keeps_the_days_it_names(coded: Coded) -> None:
    assert on("2021-03-12") in [account.when for account in coded("beira-dockers").events if account.type == "ASSAULT"]


def test_a_count_is_the_reports_own(coded: Coded) -> None:
    kidnappings = [e for e in coded("kaya-sahel-wire").events if (e.type, e.mode) == ("ASSAULT", "abduct")]
    assert 11 in [e.counts["abducted"].low for e in kidnappings if "abducted" in e.counts]


def test_kin_and_offices_are_told_beside_captivity(coded: Coded) -> None:
    report = coded("catatumbo-restrepo")
    kin = {(k.person.split()[0], k.relation, k.of.split()[-1]) for k in report.kin}
    assert ("Gustavo", "father", "Restrepo") in kin
    assert ("mayor", "Ocaña") in {(role.role, role.of) for role in report.roles if "Restrepo" in role.person}
