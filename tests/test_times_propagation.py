"""Facts about events give the tightest dates, or name what contradicts."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading.times.propagation import Contradiction, Dated, Fact, Gap, Order, Past, Within, propagate
from dateline.record import Interval

DAY = dt.date(2023, 10, 7)


def dates(facts: list[Fact]) -> dict[str, Dated]:
    result = propagate(facts)
    assert not isinstance(result, Contradiction)
    return result


def test_captivity_meets_release() -> None:
    told = dates(
        [
            Within("kidnapped", Interval(DAY, DAY), '"on Oct. 7, 2023"'),
            Gap("kidnapped", "released", 497, '"after 498 days in captivity", both ends counted', slack=1),
            Within("released", Interval(dt.date(2025, 2, 1), dt.date(2025, 2, 28)), '"in February"'),
        ]
    )
    assert told["released"].interval == Interval(dt.date(2025, 2, 14), dt.date(2025, 2, 16))
    assert "498 days" in told["released"].why
    assert "Oct. 7" in told["released"].why


def test_publication_is_the_latest_day_of_what_is_past() -> None:
    told = dates([Past("met", DAY, "told in the past tense"), Order("met", "left", "before he left")])
    assert told["met"].interval == Interval(None, DAY)
    assert told["left"].interval == Interval(None, None)


def test_an_ordering_hands_bounds_on() -> None:
    told = dates([Within("b", Interval(None, DAY), "by Oct. 7"), Order("a", "b", "the day before or earlier", apart=1)])
    assert told["a"].interval == Interval(None, DAY - dt.timedelta(1))


def test_a_contradiction_names_its_facts() -> None:
    facts: list[Fact] = [
        Within("a", Interval(DAY, DAY), "on Oct. 7"),
        Gap("a", "b", 10, "ten days later"),
        Within("b", Interval(None, DAY), "by Oct. 7"),
        Within("c", Interval(DAY, DAY), "no part of it"),
    ]
    clash = propagate(facts)
    assert isinstance(clash, Contradiction)
    assert set(clash.facts) == set(facts[:3])
    assert "ten days later" in clash.why


def test_no_facts_no_dates() -> None:
    assert propagate([]) == {}


NAMES = st.sampled_from(["a", "b", "c", "d"])
TRUE_DAYS = {"a": 738000, "b": 738010, "c": 738300, "d": 737000}


@st.composite
def true_facts(draw: st.DrawFn) -> Fact:
    """A fact that holds of TRUE_DAYS, so that any set of them is consistent."""
    kind = draw(st.sampled_from(["within", "gap", "order", "past"]))
    one, two = draw(NAMES), draw(NAMES)
    before, after = draw(st.integers(0, 400)), draw(st.integers(0, 400))
    day = TRUE_DAYS[one]
    if kind == "past":
        return Past(one, dt.date.fromordinal(day + after), "past")
    if kind == "within":
        earliest = dt.date.fromordinal(day - before) if draw(st.booleans()) else None
        latest = dt.date.fromordinal(day + after) if draw(st.booleans()) else None
        return Within(one, Interval(earliest, latest), "within")
    first, second = sorted((one, two), key=TRUE_DAYS.__getitem__)
    days = TRUE_DAYS[second] - TRUE_DAYS[first]
    if kind == "order":
        return Order(first, second, "order", apart=min(before, days))
    off = draw(st.integers(-5, 5))
    return Gap(first, second, days + off, "gap", slack=abs(off) + draw(st.integers(0, 9)))


@settings(max_examples=200, deadline=None)
@given(st.lists(true_facts(), max_size=14))
def test_consistent_facts_never_give_an_empty_interval(facts: list[Fact]) -> None:
    for name, dated in dates(facts).items():
        earliest, latest = dated.interval
        day = dt.date.fromordinal(TRUE_DAYS[name])
        assert earliest is None or earliest <= day
        assert latest is None or day <= latest
        assert (earliest is None) == (dated.why_earliest == "")


@settings(max_examples=200, deadline=None)
@given(st.lists(true_facts(), max_size=12), true_facts())
def test_a_fact_more_never_widens(facts: list[Fact], more: Fact) -> None:
    before, after = dates(facts), dates([*facts, more])
    for name, dated in before.items():
        (old_first, old_last), (new_first, new_last) = dated.interval, after[name].interval
        assert old_first is None or (new_first is not None and new_first >= old_first)
        assert old_last is None or (new_last is not None and new_last <= old_last)


@settings(max_examples=200, deadline=None)
@given(st.permutations(list(range(8))), st.lists(true_facts(), min_size=8, max_size=8))
def test_the_order_of_facts_does_not_matter(order: list[int], facts: list[Fact]) -> None:
    one = {name: dated.interval for name, dated in dates(facts).items()}
    other = {name: dated.interval for name, dated in dates([facts[i] for i in order]).items()}
    assert one == other


ANY_GAP = st.builds(
    Gap, earlier=NAMES, later=NAMES, days=st.integers(-50, 50), because=st.just("gap"), slack=st.integers(0, 5)
)
ANY_WITHIN = st.builds(
    lambda name, first, length: Within(
        name, Interval(dt.date.fromordinal(738000 + first), dt.date.fromordinal(738000 + first + length)), "within"
    ),
    NAMES, st.integers(0, 60), st.integers(0, 20),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(ANY_GAP, ANY_WITHIN), max_size=12))
def test_a_contradiction_contradicts_by_itself(facts: list[Fact]) -> None:
    result = propagate(facts)
    if isinstance(result, Contradiction):
        assert isinstance(propagate(result.facts), Contradiction)
    else:
        assert all(d.interval.earliest is None or d.interval.latest is None or d.interval.earliest <= d.interval.latest
                   for d in result.values())  # fmt: skip
