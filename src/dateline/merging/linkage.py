"""Average linkage on a sparse graph: the two groups most alike become one until no two are alike enough.

Pairs that the graph leaves out count as nothing alike. Time goes with the edges, not with the square of the points.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping

#: What two groups weigh given (sum of likeness over their pairs, members of one, members of the other).
Weigh = Callable[[float, int, int], float]


def average(total: float, one: int, two: int) -> float:
    """Likeness of all pairs on average."""
    return total / (one * two)


def link(
    size: int, likeness: Mapping[tuple[int, int], float], least: float, weigh: Weigh = average
) -> list[tuple[int, ...]]:
    """Groups of the points 0 to `size` - 1, each sorted, in order of their first points.

    `likeness` has pairs (i, j), i < j; groups join while they weigh `least` or more. A pair whose likeness is minus
    infinity never comes into one group. Ties go to the pair of lowest points, so that the result is always the same.
    """
    members: dict[int, list[int]] = {i: [i] for i in range(size)}
    sums: dict[int, dict[int, float]] = {i: {} for i in range(size)}
    heap: list[tuple[float, int, int]] = []
    for (i, j), like in sorted(likeness.items()):
        sums[i][j] = sums[j][i] = like
        if like >= least:
            heap.append((-like, i, j))
    heapq.heapify(heap)
    while heap:
        weight, i, j = heapq.heappop(heap)
        if i not in members or j not in members or -weight != weigh(sums[i][j], len(members[i]), len(members[j])):
            continue
        gone = members.pop(j)
        members[i] += gone
        del sums[i][j]
        for k, total in sums.pop(j).items():
            if k == i:
                continue
            del sums[k][j]
            sums[i][k] = sums[k][i] = sums[i].get(k, 0.0) + total
        for k, total in sums[i].items():
            like = weigh(total, len(members[i]), len(members[k]))
            if like >= least:
                a, b = sorted((i, k))
                heapq.heappush(heap, (-like, a, b))
    return sorted(tuple(sorted(group)) for group in members.values())
