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
        # Words that the lexicon knows for something else are past forms all the same ("wounded").
        worded = "".join(code for word, code in lexicon.words.items() if word.endswith("ed"))
        self.past = frozenset(lexicon.codes("PASTCUE") + worded + SHAPES["PASTFORM"])
        self.ahead = frozenset(lexicon.codes("FUTURECUE"))
        self.weak = frozenset(lexicon.codes("FUTUREPREP"))
        self.planned = frozenset(lexicon.codes("PLANNED"))
        self.to = frozenset(lexicon.literal("to"))
        self.are = frozenset("".join(lexicon.literal(word) for word in ("is", "are", "be", "set")))
        self.promise = frozenset(lexicon.codes("PROMISE"))
        self.have = frozenset(lexicon.literal("have"))
        self.be = frozenset(lexicon.literal("be"))
        self.planned_for = frozenset(lexicon.literal("for"))
        self.infinitive = frozenset("".join(lexicon.literal(word) for word in ("be", "is", "are", "not")))
        self.perfect = frozenset(lexicon.literal("had") + lexicon.literal("previously"))
        self.point = frozenset(lexicon.literal("."))
        self.short = frozenset(lexicon.codes("ABBREVIATION"))
        self.stop = frozenset(SHAPES["BREAK"] + lexicon.literal(";"))


@functools.lru_cache(maxsize=4)
def _cues(lexicon: Lexicon) -> _Cues:
    return _Cues(lexicon)


def direction(found: Found) -> int:
    """-1 for the past, 1 for the future, 0 where nothing tells; doubled if the verb is right before ("began in May").

    The nearest cue within the sentence decides, those in front before those behind. "Had been due Friday" is past,
    and so is no "named" in "will be named"; "is to meet" is future.
    """
    codes = found.tokens.codes
    cues = _cues(found.lexicon)
    if codes[found.start - 1 : found.start] in cues.planned_for:
        return 1
    best, sign = 1e9, 0
    for at in range(found.start - 1, max(-1, found.start - _REACH), -1):
        if _ends(codes, at, cues):
            break
        far, way = _cue(codes, at, cues)
        if far and found.start - at > _CLOSE:
            continue
        if way and found.start - at + far < best:
            best, sign = found.start - at + far, way
    for at in range(found.end, min(len(codes), found.end + _REACH)):
        if _ends(codes, at, cues):
            break
        far, way = _cue(codes, at, cues)
        if far:
            continue
        distance = (at - found.end + 1) * _RIGHT + 1 + far
        if way and distance < best:
            best, sign = distance, way
    return sign * 2 if best <= _CLOSE else sign


def _ends(codes: str, at: int, cues: _Cues) -> bool:
    """Whether the token ends a sentence: a full stop not after an abbreviation, a semicolon, a blank line."""
    return codes[at] in cues.stop or (codes[at] in cues.point and codes[at - 1 : at] not in cues.short)


def _cue(codes: str, at: int, cues: _Cues) -> tuple[float, int]:
    """How much farther the token counts than it stands, and which way it points (0: it is no cue)."""
    code = codes[at]
    if code in cues.planned:
        return 0, -1 if any(c in cues.perfect for c in codes[max(0, at - 3) : at]) else 1
    if code in cues.ahead:
        return 0, -1 if codes[at + 1 : at + 2] in cues.have else 1
    if code in cues.weak:
        return _WEAK, 1
    if code in cues.to:
        after = codes[at + 1 : at + 2]
        ahead = after in cues.be or codes[at - 1 : at] in cues.are or codes[at - 1 : at] in cues.promise
        return 0, 1 if ahead else 0
    if code in cues.past:
        if at and codes[at - 1] in cues.infinitive:
            return 0, 0
        return 0, -1
    return 0, 0
