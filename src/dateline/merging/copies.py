"""Near-identical reports: one text that several outlets ran, or that one outlet ran again with a few words changed.

Texts are compared by their shingles, runs of `SHINGLE` folded words. MinHash (Broder 1997) with banding finds the pairs
worth a look in near-linear time; the shingles themselves then decide. Copies are one voice, however many outlets run
them.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dateline.merging.names import words

#: Words in a shingle.
SHINGLE = 4
#: Least share of the shorter text's shingles that the longer one has, for the two to be copies.
CONTAINED = 0.6
#: Least share of all shingles of two texts that both have: the shorter must not be a mere quotation in the longer.
SHARED = 0.3
_BANDS, _ROWS = 24, 3
_PRIME = np.uint64((1 << 61) - 1)


def copies(texts: Mapping[str, str]) -> dict[str, str]:
    """For each id the least id among its near-identical texts (its own where there is no other)."""
    ids = sorted(texts)
    marks = [shingles(texts[i]) for i in ids]
    root = list(range(len(ids)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in _candidates(marks):
        a, b = sorted((find(i), find(j)))
        if a != b and near_identical(marks[i], marks[j]):
            root[b] = a
    return {id: ids[find(i)] for i, id in enumerate(ids)}


def near_identical(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether two sets of shingles are those of one text, or of a text and its update."""
    both = len(a & b)
    least = min(len(a), len(b))
    return least > 0 and both >= CONTAINED * least and both >= SHARED * (len(a) + len(b) - both)


@lru_cache(maxsize=4096)
def shingles(text: str) -> frozenset[int]:
    """64-bit marks of all runs of `SHINGLE` folded words; a shorter text is one run; no words, no marks."""
    told = words(text)
    runs = {" ".join(told[i : i + SHINGLE]) for i in range(max(1, len(told) - SHINGLE + 1))} - {""}
    return frozenset(int.from_bytes(hashlib.blake2b(r.encode(), digest_size=8).digest(), "little") for r in runs)


def _candidates(marks: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """Pairs that share a band of their MinHash signatures, each with the first of its bucket, in order."""
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for i, own in enumerate(marks):
        if own:
            signature = _signature(own)
            for band in range(_BANDS):
                key = signature[band * _ROWS : (band + 1) * _ROWS].tobytes()
                buckets.setdefault((band, key), []).append(i)
    found = {pair for members in buckets.values() for pair in itertools.pairwise(members)}
    return sorted(found | {(members[0], j) for members in buckets.values() for j in members[1:]})


def _signature(marks: frozenset[int]) -> NDArray[np.uint64]:
    values = np.fromiter(marks, dtype=np.uint64, count=len(marks)) % _PRIME
    mixed = (values[None, :] ^ _SALTS[:, None]) * _ODD[:, None]
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    least: NDArray[np.uint64] = (mixed ^ (mixed >> np.uint64(32))).min(axis=1)
    return least


_GENERATOR = np.random.Generator(np.random.PCG64(20231007))
_SALTS = _GENERATOR.integers(0, 1 << 63, _BANDS * _ROWS, dtype=np.uint64)
_ODD = _GENERATOR.integers(0, 1 << 63, _BANDS * _ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
