"""Stories: which reports tell of one happening, by their words, names and days, before anything is coded.

Each report becomes two vectors of word stems weighed by rarity among the reports at hand: one of its title and lead,
where news says what is new, and one of the whole text. Names weigh more than other words. Likeness is the mean of both
cosines, less for reports days apart; each report's likeness to another is then blended with that of its nearest
neighbours, so that two leads that share no words meet through a third. Near-identical texts stand together from the
start. Groups grow by average linkage. An index over each report's most telling words, cut to the nearest in time, keeps
the work in proportion to the number of reports.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.merging.copies import copies
from dateline.merging.knowledge import knowledge
from dateline.merging.linkage import link
from dateline.merging.names import words
from dateline.merging.words import stem
from dateline.report import Report

#: Likeness that two groups of reports need on average to be one story.
ALIKE = 0.13
#: Words of the text that make the lead.
LEAD = 40
#: What a word of the title counts, one of the lead being 1.
TITLE = 3
#: What a name weighs, another word being 1.
NAME = 1.25
#: Nearest neighbours that speak for a report, and their share.
NEIGHBOURS, SHARE = 6, 0.3
#: Telling words of a report that are looked up, and how many reports, nearest in time, a word leads to.
TELLING, REACH = 16, 40
#: Likeness below which a pair is forgotten, and how many pairs of a report are kept.
FAINT, KEPT = 0.03, 40
#: Days apart, up to which likeness keeps this share; the last one holds for all that is further.
AGEING = ((1, 1.0), (3, 0.9), (30, 0.8), (10**6, 0.6))

_TAG = re.compile(r"<[^>]*>")
_NAME = re.compile(r"[A-Z][\w’'-]+")

Pairs = dict[tuple[int, int], float]


def stories(reports: Sequence[Report], alike: float = ALIKE) -> list[tuple[str, ...]]:
    """Report ids by story, each sorted; every report is in one. The order of the reports does not matter.

    A higher `alike` makes narrower stories.
    """
    ordered = sorted(reports, key=lambda r: r.id)
    same = copies({r.id: f"{r.title or ''}\n{plain(r)}" for r in ordered})
    place = {r.id: i for i, r in enumerate(ordered)}
    pairs = _blended(len(ordered), _likeness(ordered))
    for id, first in same.items():
        if id != first:
            pairs[place[first], place[id]] = 1.0
    groups = link(len(ordered), pairs, alike)
    return [tuple(ordered[i].id for i in group) for group in groups]


def plain(report: Report) -> str:
    """The text without markup and without the title where it opens the text."""
    text = _TAG.sub(" ", report.text).strip()
    return text[len(report.title) :] if report.title and text.startswith(report.title) else text


def told(text: str) -> list[str]:
    """Stems of the content words of a text, in order; numbers count."""
    stop = knowledge().words.stop
    return [stem(w) for w in words(text) if w not in stop and (len(w) > 2 or w.isdigit())]


def lead(report: Report) -> tuple[str, ...]:
    """Sorted distinct stems of title and lead."""
    return tuple(sorted({*told(report.title or ""), *told(plain(report))[:LEAD]}))


class _Vectors:
    """Sparse rows of unit length, with an index of each row's heaviest words."""

    def __init__(self, rows: Sequence[dict[str, float]]) -> None:
        terms = {t: i for i, t in enumerate(sorted({t for row in rows for t in row}))}
        self.width = len(terms)
        rows_of: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
        for row in rows:
            pairs = sorted((terms[t], w) for t, w in row.items())
            values = np.array([w for _, w in pairs])
            length = float(np.sqrt((values**2).sum())) or 1.0
            rows_of.append((np.array([t for t, _ in pairs], dtype=np.int64), values / length))
        self.rows = rows_of

    def cosines(self, full: NDArray[np.float64], rows: Sequence[int]) -> NDArray[np.float64]:
        """Of these rows with a row spread over all words."""
        terms = np.concatenate([self.rows[j][0] for j in rows])
        values = np.concatenate([self.rows[j][1] for j in rows])
        ends = np.cumsum([len(self.rows[j][0]) for j in rows])
        summed = np.concatenate([[0.0], np.cumsum(full[terms] * values)])
        cosines: NDArray[np.float64] = summed[ends] - summed[np.concatenate([[0], ends[:-1]])]
        return cosines

    def telling(self, row: int) -> list[int]:
        """The heaviest words of a row."""
        terms, values = self.rows[row]
        return [int(terms[i]) for i in np.argsort(-values, kind="stable")[:TELLING]]


def _likeness(reports: Sequence[Report]) -> Pairs:
    """The likeness of the pairs that share a telling word, days counted in."""
    if not reports:
        return {}
    leads, wholes, names = [], [], []
    for report in reports:
        title, text = told(report.title or ""), told(plain(report))
        opening = Counter({t: TITLE * n for t, n in Counter(title).items()})
        opening.update(text[:LEAD])
        leads.append(opening)
        wholes.append(Counter(title + text))
        shown = _NAME.findall(f"{report.title or ''} . {_TAG.sub(' ', report.text)}")
        names.append({t for name in shown for t in told(name)})
    spaces = [_Vectors(_weighed(counts, names)) for counts in (leads, wholes)]
    days = [r.published for r in reports]
    found: Pairs = {}
    dense = [np.zeros(space.width) for space in spaces]
    for i, others in enumerate(_candidates(spaces, days)):
        if not others:
            continue
        total = np.zeros(len(others))
        for space, full in zip(spaces, dense, strict=True):
            terms, values = space.rows[i]
            full[terms] = values
            total += space.cosines(full, others)
            full[terms] = 0.0
        for j, like in zip(others, total.tolist(), strict=True):
            if (aged := like / len(spaces) * _ageing(days[i], days[j])) >= FAINT:
                found[i, j] = aged
    return found


def _weighed(counts: Sequence[Counter[str]], names: Sequence[set[str]]) -> list[dict[str, float]]:
    """Words weighed by how often a report has them and how few reports do."""
    spread = Counter(t for own in counts for t in own)
    rare = {t: math.log((len(counts) + 1) / (n + 0.5)) for t, n in spread.items()}
    return [
        {t: math.log1p(n) * max(rare[t], 1e-6) * (NAME if t in shown else 1.0) for t, n in own.items()}
        for own, shown in zip(counts, names, strict=True)
    ]


def _candidates(spaces: Sequence[_Vectors], days: Sequence[dt.date | None]) -> list[list[int]]:
    """For each report the later ones, by number, that share a telling word with it and are near in time."""
    order = sorted(range(len(days)), key=lambda i: (days[i] or dt.date.max, i))
    rank = {i: r for r, i in enumerate(order)}
    found: list[set[int]] = [set() for _ in days]
    for space in spaces:
        postings: dict[int, list[int]] = {}
        for r, i in enumerate(order):
            for term in space.telling(i):
                postings.setdefault(term, []).append(r)
        for i in range(len(days)):
            for term in space.telling(i):
                listed = postings[term]
                at = bisect_left(listed, rank[i])
                for r in listed[max(0, at - REACH // 2) : at + REACH // 2 + 1]:
                    a, b = sorted((i, order[r]))
                    if a != b:
                        found[a].add(b)
    return [sorted(others) for others in found]


def _ageing(a: dt.date | None, b: dt.date | None) -> float:
    apart = abs((a - b).days) if a and b else 0
    return next(share for days, share in AGEING if apart <= days)


def _blended(size: int, alike: Pairs) -> Pairs:
    """Likeness blended with that of the nearest neighbours of both reports."""
    near: list[list[tuple[float, int]]] = [[] for _ in range(size)]
    for (i, j), like in alike.items():
        near[i].append((like, j))
        near[j].append((like, i))
    near = [sorted(own, key=lambda n: (-n[0], n[1]))[:KEPT] for own in near]
    found: Pairs = {}
    for i, own in enumerate(near):
        for like, j in own:
            found[min(i, j), max(i, j)] = (1 - SHARE) * like
    for i in range(size):
        best = near[i][:NEIGHBOURS]
        total = sum(like for like, _ in best) or 1.0
        for like, k in best:
            part = SHARE / 2 * like / total
            for other, j in [*near[k], (1.0, k)]:
                if i != j:
                    pair = (i, j) if i < j else (j, i)
                    found[pair] = found.get(pair, 0.0) + part * other
    return {pair: like for pair, like in found.items() if like >= FAINT}
