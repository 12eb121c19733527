"""Which way a bare weekday or month points: back or ahead, from the words around it."""

from __future__ import annotations

from dateline.reading.times.lexicon import SHAPES
from dateline.reading.times.found import Found

_REACH = 16  # tokens each way; a clause is seldom longer, and it bounds the work
_PAST, _AHEAD = -1, 1


def direction(found: Found) -> int:
    """-1 for the past, 1 for the future, 0 where nothing tells.

    The nearest cue to the left within the sentence decides; failing that the nearest to the right. A past cue
    farther than a future cue loses ("said he would leave Monday"), and a cue in another clause counts less than one
    in the same.
    """
    codes = found.tokens.codes
    lexicon = found.lexicon
    past = lexicon.codes("PASTCUE") + SHAPES["PASTFORM"]
    ahead = lexicon.codes("FUTURECUE")
    stop = lexicon.literal(".") + SHAPES["BREAK"] + lexicon.literal(";")
    best: tuple[float, int] | None = None
    for at, far in _around(codes, found, stop):
        code = codes[at]
        if code in ahead:
            sign = _AHEAD
        elif code in past:
            sign = _PAST
        else:
            continue
        if best is None or far < best[0]:
            best = (far, sign)
    return 0 if best is None else best[1]


def _around(codes: str, found: Found, stop: str) -> list[tuple[int, float]]:
    places: list[tuple[int, float]] = []
    for at in range(found.start - 1, max(-1, found.start - _REACH), -1):
        if codes[at] in stop:
            break
        places.append((at, found.start - at))
    for at in range(found.end, min(len(codes), found.end + _REACH)):
        if codes[at] in stop:
            break
        places.append((at, (at - found.end + 1) * 1.5 + 1))
    return places
