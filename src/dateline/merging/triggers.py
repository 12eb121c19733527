"""Whether two words in reports of one story tell of one event: mentions of any kind of event, not only coded ones.

A pair is scored by a few features with weights from a logistic regression on the training part of ECB+ (rounded); the
story (`stories`, taken narrowly) limits which mentions are compared, and average linkage makes the groups.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from dateline.codebook import load
from dateline.errors import CodebookError
from dateline.merging.linkage import link
from dateline.merging.stories import stories, told
from dateline.report import Report

#: How alike reports must be to be compared: narrower than a story, since like events (two quakes) must stay two.
NARROW = 0.18
#: The probability that two groups need on average, and the one below which a pair counts as nothing.
LEAST, FAINT = 0.3, 0.02
_BIAS = -3.4
_WEIGHTS = {
    "same": 3.8, "family": 1.6, "synonyms": 3.5, "shared": 2.1, "object": 1.2, "numbers": 0.7, "one report": -2.75,
    "reports alike": 4.3, "both speech": -2.0, "one speech": -2.1,
}  # fmt: skip
_SPEECH = frozenset({"say", "tell", "report", "announce", "add", "state", "comment", "statement", "call", "ask"})


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """A word or phrase that tells of an event: `lemma` of its head, all its `words`, heads of its `objects` (lemmas)
    and the `sentence` around it.
    """

    report: str
    lemma: str
    words: tuple[str, ...]
    objects: tuple[str, ...] = ()
    sentence: str = ""


class Synonyms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`codebook/triggers.toml`."""

    examples: tuple[tuple[str, str], ...]
    counterexamples: tuple[tuple[str, str], ...]
    sets: tuple[frozenset[str], ...]


@cache
def known() -> Synonyms:
    """The data file; CodebookError where it breaks its own form."""
    try:
        return msgspec.convert(load("triggers.toml"), type=Synonyms)
    except msgspec.ValidationError as error:
        raise CodebookError(f"codebook/triggers.toml: {error}") from error


@cache
def _sets() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, words in enumerate(known().sets):
        for word in words:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def synonyms(a: str, b: str) -> bool:
    """Whether two lemmas stand in one line of the data file."""
    return bool(_sets().get(a, frozenset()) & _sets().get(b, frozenset()))


def family(a: str, b: str) -> bool:
    """Whether two lemmas look like one word's verb and noun: nominate, nomination."""
    least = min(len(a), len(b))
    both = next((i for i in range(least) if a[i] != b[i]), least)
    return both >= max(4, least - 2) and max(len(a), len(b)) - both <= 5


def probability(a: Trigger, b: Trigger, alike: float) -> float:
    """How likely two mentions are one event, given how alike their reports are (0 to 1, 1 for one report)."""
    same, kin = a.lemma == b.lemma, a.lemma != b.lemma and family(a.lemma, b.lemma)
    other = not same and not kin and synonyms(a.lemma, b.lemma)
    shared = not same and bool({w.casefold() for w in a.words} & {w.casefold() for w in b.words})
    related = same or kin
    weighed = related or other or shared
    speech = (a.lemma in _SPEECH) + (b.lemma in _SPEECH)
    numbers = ({w for w in told(x.sentence) if w.isdigit()} for x in (a, b))
    values = {
        "same": same,
        "family": kin,
        "synonyms": other,
        "shared": shared,
        "object": weighed and bool({*a.objects} & {*b.objects}),
        "numbers": weighed and bool(set.intersection(*numbers)),
        "one report": related and a.report == b.report,
        "reports alike": alike if related else 0.0,
        "both speech": related and speech == 2,
        "one speech": speech == 1,
    }
    return 1 / (1 + math.exp(-_BIAS - sum(_WEIGHTS[name] * value for name, value in values.items())))


def events_of(triggers: Sequence[Trigger], reports: Sequence[Report]) -> list[tuple[int, ...]]:
    """Groups of triggers, by number, that tell of one event; every trigger is in one group."""
    of: dict[str, list[int]] = {}
    for number, trigger in enumerate(triggers):
        of.setdefault(trigger.report, []).append(number)
    by_id = {r.id: r for r in reports}
    likeness: dict[tuple[int, int], float] = {}
    for story in stories(reports, NARROW):
        vectors = _vectors([by_id[id] for id in story])
        numbers = sorted(n for id in story for n in of.get(id, ()))
        for at, i in enumerate(numbers):
            for j in numbers[at + 1 :]:
                a, b = triggers[i], triggers[j]
                alike = 1.0 if a.report == b.report else _cosine(vectors[a.report], vectors[b.report])
                if (sure := probability(a, b, alike)) > FAINT:
                    likeness[i, j] = sure
    return link(len(triggers), likeness, LEAST)


def _vectors(reports: Sequence[Report]) -> dict[str, dict[str, float]]:
    """Words of each report weighed by rarity within its story, to unit length."""
    counts = {r.id: Counter(told(r.text)) for r in reports}
    spread = Counter(w for own in counts.values() for w in own)
    found = {}
    for id, own in counts.items():
        row = {w: (1 + math.log(n)) * math.log((len(reports) + 1) / (spread[w] + 0.5)) for w, n in own.items()}
        length = math.sqrt(sum(v * v for v in row.values())) or 1.0
        found[id] = {w: v / length for w, v in row.items()}
    return found


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    return sum(value * b.get(word, 0.0) for word, value in a.items())
