"""Which way a bare weekday or month points: back or ahead, from the words around it."""

from __future__ import annotations

import functools

from dateline.reading.times.found import Found
from dateline.reading.times.lexicon import SHAPES, Lexicon

_REACH = 16  # tokens each way; a clause is seldom longer, and it bounds the work
_RIGHT = 1.5  # a cue behind counts for less than one in front
_CLOSE = 2  # tokens: a verb and a preposition
_WEAK = 6  # tokens by which a preposition ("by", "until") is farther than a verb


class _Cues:
    """The codes that tense is read from."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.past = frozenset(lexicon.codes("PASTCUE") + SHAPES["PASTFORM"])
        self.ahead = frozenset(lexicon.codes("FUTURECUE"))
        self.weak = frozenset(lexicon.codes("FUTUREPREP"))
        self.planned = frozenset(lexicon.codes("PLANNED"))
        self.to = frozenset(lexicon.literal("to"))
        self.are = frozenset("".join(lexicon.literal(word) for word in ("is", "are", "be", "set")))
        self.infinitive = frozenset(lexicon.literal("be"))
        self.perfect = frozenset(lexicon.literal("had") + lexicon.literal("previously"))
        self.stop = frozenset(lexicon.literal(".") + SHAPES["BREAK"] + lexicon.literal(";"))


@functools.lru_cache(maxsize=4)
def _cues(lexicon: Lexicon) -> _Cues:
    return _Cues(lexicon)


def direction(found: Found) -> int:
    """-1 for the past, 1 for the future, 0 where nothing tells; twice that if the verb is right before ("began in May").

    The nearest cue within the sentence decides, those in front before those behind. "Had been due Friday" is past,
    and so is no "named" in "will be named"; "is to meet" is future.
    """
    codes = found.tokens.codes
    cues = _cues(found.lexicon)
    best, sign = 1e9, 0
    for at in range(found.start - 1, max(-1, found.start - _REACH), -1):
        if codes[at] in cues.stop:
            break
        far, way = _cue(codes, at, cues)
        if way and found.start - at + far < best:
            best, sign = found.start - at + far, way
    for at in range(found.end, min(len(codes), found.end + _REACH)):
        if codes[at] in cues.stop:
            break
        far, way = _cue(codes, at, cues)
        distance = (at - found.end + 1) * _RIGHT + 1 + far
        if way and distance < best:
            best, sign = distance, way
    return sign * 2 if best <= _CLOSE else sign


def _cue(codes: str, at: int, cues: _Cues) -> tuple[float, int]:
    """How much farther the token counts than it stands, and which way it points (0: it is no cue)."""
    code = codes[at]
    if code in cues.planned:
        return 0, -1 if any(c in cues.perfect for c in codes[max(0, at - 3) : at]) else 1
    if code in cues.ahead:
        return 0, 1
    if code in cues.weak:
        return _WEAK, 1
    if code in cues.to and at and codes[at - 1] in cues.are:
        return 0, 1
    if code in cues.past:
        if at and codes[at - 1] in cues.infinitive:
            return 0, 0
        return 0, -1
    return 0, 0
