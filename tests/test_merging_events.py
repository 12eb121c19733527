"""Which accounts tell of one event: the samples' gold, and stories in small."""

from __future__ import annotations

import itertools
import json
import random

import pytest

from dateline.merging.clusters import candidates, events, links
from dateline.merging.compare import LINK, compare
from dateline.merging.sketch import Sketch, sketches
from helpers_book import GOLD, Pair, samples, told


def drawn(*pairs: Pair) -> list[Sketch]:
    return [sketch for report, coded in pairs for sketch in sketches(report, coded)]


def groups(*pairs: Pair) -> list[set[str]]:
    """Reports of each event that more than one tells."""
    by_key = {s.key: s.report for s in drawn(*pairs)}
    return sorted(({by_key[k] for k in keys} for keys in events(drawn(*pairs)) if len(keys) > 1), key=sorted)


def test_samples_merge_as_readers_merge_them() -> None:
    names = {}
    for report, coded in samples():
        for sketch, account in zip(sketches(report, coded), coded.events, strict=True):
            names[sketch.key] = (report.id, account.id)
    found = {frozenset(names[k] for k in keys) for keys in events(drawn(*samples())) if len(keys) > 1}
    gold = json.loads((GOLD / "samples-merge.json").read_text())["clusters"]
    assert found == {frozenset(map(tuple, cluster)) for cluster in gold}


HAMAS = {"Hamas": "organization", "hostages": "group", "13 hostages": "group"}


def release(id: str, published: str, when: str, freed: int = 13, source: str | None = None) -> Pair:
    text = f"Hamas freed {freed} hostages at the Rafah crossing, Qatar said. The Red Cross drove them to Egypt."
    return told(
        id, published, text, type="RETREAT", mode="release", anchor="freed", actor=("Hamas",), recipient=("hostages",),
        when=when, where=("Rafah",), kinds=HAMAS, source=source, released=freed,
    )  # fmt: skip


def test_a_release_a_day_stays_a_release_a_day() -> None:
    days = ["2023-11-24", "2023-11-25", "2023-11-26", "2023-11-27"]
    wires = [release(f"{outlet}-{day}", day, day, source=outlet) for day in days for outlet in ("x", "y", "z")]
    assert groups(*wires) == [{f"{outlet}-{day}" for outlet in "xyz"} for day in days]


def test_a_release_told_the_next_day_meets_that_of_its_own_day() -> None:
    found = groups(
        release("x", "2023-11-24", "2023-11-24"),
        release("y", "2023-11-25", "2023-11-24"),
        release("z", "2023-11-25", "2023-11-25"),
    )
    assert found == [{"x", "y"}]


def test_two_releases_in_reports_of_one_day() -> None:
    assert groups(release("y", "2023-11-25", "2023-11-24"), release("z", "2023-11-25", "2023-11-25")) == []


def attack(id: str, published: str, when: str, place: str, actor: str = "Russia", **counts: int) -> Pair:
    text = f"{actor} shelled {place}, Ukraine said, and the mayor of {place} counted the dead."
    return told(
        id, published, text, mode="heavy-weapons", anchor="shelled", actor=(actor,), recipient=("Ukraine",), when=when,
        where=(place,), **counts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (attack("a", "2022-05-02", "2022-05-01", "Kharkiv"), attack("b", "2022-05-02", "2022-05-01", "Kharkiv"), True),
        (attack("a", "2022-05-02", "2022-05-01", "Kharkiv"), attack("b", "2022-05-02", "2022-05-01", "Odesa"), False),
        (attack("a", "2022-05-02", "2022-05-01", "Kharkiv"), attack("b", "2022-05-09", "2022-05-08", "Kharkiv"), False),
        (
            attack("a", "2022-05-02", "2022-05-01", "Kharkiv", killed=4),
            attack("b", "2022-05-03", "2022-05-01", "Kharkiv", killed=7),
            True,
        ),
        (
            attack("a", "2022-05-02", "2022-05-01", "Donetsk"),
            attack("b", "2022-05-02", "2022-05-01", "Donetsk", actor="Belarus"),
            True,
        ),
    ],
    ids=["one day one place", "two places", "a week apart", "a toll that rises", "two who are blamed"],
)
def test_attacks(one: Pair, two: Pair, same: bool) -> None:
    assert (groups(one, two) == [{"a", "b"}]) is same


def strike(id: str, published: str, text: str, when: str | None = None, recipient: str = "") -> Pair:
    return told(
        id, published, text, mode="aerial", anchor="bombed", actor=("Israel",), when=when,
        recipient=(recipient,) if recipient else (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (
            strike("a", "2023-10-22", "Israel bombed Gaza as talks went on in Cairo.", recipient="Gaza"),
            strike("b", "2023-10-24", "The price of bread rose while Israel bombed Gaza.", recipient="Gaza"),
            False,
        ),
        (
            strike("a", "2023-10-22", "Israel bombed the airport of Damascus.", when="2023-10-22"),
            strike("b", "2023-10-22", "Israel bombed a mosque in Jenin.", when="2023-10-22"),
            False,
        ),
        (
            strike("a", "2023-10-22", "Israel bombed the airport of Damascus for a second time."),
            strike("b", "2023-10-22", "For a second time Israel bombed the airport of Damascus."),
            True,
        ),
    ],
    ids=["no day", "no victim", "the same words"],
)
def test_a_war_brings_many_deeds_a_day(one: Pair, two: Pair, same: bool) -> None:
    assert (groups(one, two) == [{"a", "b"}]) is same


def taken(id: str, published: str, name: str, when: str | None, place: str = "Mosul") -> Pair:
    text = f"Gunmen kidnapped {name} in {place}. A reporter, {name} had worked there for years."
    return told(
        id, published, text, mode="abduct", anchor="kidnapped", actor=("Gunmen",), recipient=(name,), when=when,
        where=(place,), kinds={"Gunmen": "group", name: "person"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (("Ada Karim", "2014-06-10"), ("Ada Karim", "2014-06-12"), True),
        (("Ada Karim", "2014-06-10"), ("Ada Karim", "/2017-01-05"), True),
        (("Ada Karim", "2014-06-10"), ("Omar Karim", "2014-06-10"), False),
        (("Ada Karim", "2014-06-10"), ("Ada Karim", "2016-02-01"), False),
    ],
    ids=["days differ", "told years later without a day", "two of one surname", "taken twice"],
)
def test_one_persons_fate(one: tuple[str, str], two: tuple[str, str], same: bool) -> None:
    pair = taken("a", "2014-06-13", *one), taken("b", "2017-01-05", *two)
    assert (groups(*pair) == [{"a", "b"}]) is same


def meeting(id: str, *people: str, when: str = "2024-03-05") -> Pair:
    text = f"{' and '.join(people)} met in Geneva."
    return told(
        id, "2024-03-06", text, type="CONSULT", anchor="met", actor=people, when=when, where=("Geneva",),
        kinds=dict.fromkeys(people, "person"),
    )  # fmt: skip


def test_two_meetings_of_one_man_on_one_day() -> None:
    pairs = (
        meeting("a", "Ada Karim", "Jon Berg"),
        meeting("b", "Ada Karim", "Lu Wei"),
        meeting("c", "Jon Berg", "Ada Karim"),
    )
    assert groups(*pairs) == [{"a", "c"}]


def test_comparing_is_symmetric_and_explains_itself() -> None:
    sample = drawn(*samples())
    for one, two in itertools.islice(itertools.combinations(sample, 2), 0, None, 7):
        assert compare(one, two) == compare(two, one)
    for link in links(sample):
        assert link.weight >= LINK
        assert link.weight == pytest.approx(sum(f.weight for f in link.features), abs=0.01)
        assert all(f.why for f in link.features)


def test_every_link_is_among_the_candidates() -> None:
    sample = drawn(*samples())
    paired = {(a.key, b.key) for a, b in candidates(sample)}
    for a, b in itertools.combinations(sorted(sample, key=lambda s: s.order), 2):
        link = compare(a, b)
        if link and link.weight >= LINK:
            assert (a.key, b.key) in paired, (a, b)


def test_the_order_of_reports_changes_nothing() -> None:
    expected = events(drawn(*samples()))
    for seed in range(5):
        shuffled = list(samples())
        random.Random(seed).shuffle(shuffled)
        assert events(drawn(*shuffled)) == expected
