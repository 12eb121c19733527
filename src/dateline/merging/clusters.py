"""Accounts to events: a fixed clustering of linked accounts that does not depend on the order they came in.

Links are taken strongest first. Two clusters become one where no pair between them is ruled out (two accounts of one
report never meet) and the pairs weigh enough on average, so that a chain of days in a running story does not run
together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from dateline.merging.blocking import tokens
from dateline.merging.compare import LINK, Link, compare
from dateline.merging.sketch import Sketch

#: What pairs between two clusters must weigh on average.
AVERAGE = LINK - 1.0
#: Accounts of a cluster, first in order, that stand for it when it is compared.
SAMPLE = 12


def candidates(sketches: Iterable[Sketch]) -> list[tuple[Sketch, Sketch]]:
    """Pairs worth comparing among these sketches, in order, each once."""
    found: dict[tuple[str, str], tuple[Sketch, Sketch]] = {}
    postings: dict[str, list[tuple[dt.date, dt.date, Sketch]]] = {}
    for sketch in sorted(sketches, key=lambda s: s.order):
        for token in tokens(sketch):
            postings.setdefault(token.text, []).append((token.low, token.high, sketch))
    for text in sorted(postings):
        entries = sorted(postings[text], key=lambda e: (e[0], e[2].order))
        for i, (_, high, one) in enumerate(entries):
            for low, _, two in entries[i + 1 :]:
                if low > high:
                    break
                if one.report != two.report:
                    a, b = sorted((one, two), key=lambda s: s.order)
                    found[a.key, b.key] = (a, b)
    return [found[pair] for pair in sorted(found)]


def links(sketches: Iterable[Sketch]) -> list[Link]:
    """All links among these sketches that are strong enough, in order."""
    compared = (compare(a, b) for a, b in candidates(sketches))
    return [link for link in compared if link and link.weight >= LINK]


def cluster(sketches: Mapping[str, Sketch], found: Iterable[Link]) -> list[tuple[str, ...]]:
    """Clusters of account keys, each in order of its accounts; every account of `sketches` is in one.

    `found` are the strong links among them.
    """
    members = {key: [key] for key in sketches}
    group = {key: key for key in sketches}
    memo: dict[tuple[str, str], Link | None] = {(link.a, link.b): link for link in found}
    for link in sorted(memo.values(), key=lambda x: (-x.weight, x.a, x.b) if x else (0.0, "", "")):
        assert link is not None
        a, b = group[link.a], group[link.b]
        if a != b and _together([sketches[k] for k in members[a]], [sketches[k] for k in members[b]], memo):
            for key in members[b]:
                group[key] = a
            members[a] = sorted(members[a] + members.pop(b), key=lambda k: sketches[k].order)
    return sorted((tuple(keys) for keys in members.values()), key=lambda keys: sketches[keys[0]].order)


def events(sketches: Sequence[Sketch]) -> list[tuple[str, ...]]:
    """Clusters of all these accounts at once: candidates, links and clustering in one call."""
    return cluster({s.key: s for s in sketches}, links(sketches))


def _together(ours: list[Sketch], theirs: list[Sketch], memo: dict[tuple[str, str], Link | None]) -> bool:
    if {s.report for s in ours} & {s.report for s in theirs}:
        return False
    total, pairs = 0.0, 0
    for one in ours[:SAMPLE]:
        for two in theirs[:SAMPLE]:
            a, b = (one, two) if one.order <= two.order else (two, one)
            if (a.key, b.key) not in memo:
                memo[a.key, b.key] = compare(a, b)
            link = memo[a.key, b.key]
            if link is None:
                return False
            total, pairs = total + link.weight, pairs + 1
    return total / pairs >= AVERAGE
