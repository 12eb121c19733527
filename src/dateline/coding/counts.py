"""How many: numbers on the people whom a trigger concerns, as [low, high]."""

from __future__ import annotations

from functools import cache

import msgspec
from spacy.tokens import Doc, Token

from dateline import codebook
from dateline.coding.draft import span_of
from dateline.coding.proposal import Proposal
from dateline.record import Count, CountName, Span

#: The counts that each type may carry (the annotation guide's names).
_OF_TYPE: dict[str, tuple[CountName, ...]] = {
    "ASSAULT": ("killed", "injured", "abducted"),
    "COERCE": ("detained",),
    "RETREAT": ("released",),
    "CONCEDE": ("released",),
    "AID": ("released",),
    "PROTEST": ("participants", "injured", "killed"),
}
_UNITS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
#: Words that make a number no number: "several hundred people" are left out.
_VAGUE = frozenset({"several", "few", "many"})
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}


@cache
def _tables() -> tuple[dict[str, CountName], dict[str, tuple[str, ...]]]:
    data = codebook.load("counts.toml")
    bounds = {name: tuple(phrases) for name, phrases in data.pop("bounds").items()}
    lemmas: dict[str, CountName] = {}
    for name, words in msgspec.convert(data, dict[CountName, tuple[str, ...]]).items():
        for word in words:
            lemmas.setdefault(word, name)  # the first list that has a word keeps it
    return lemmas, bounds


def counts_of(doc: Doc, proposal: Proposal) -> tuple[dict[CountName, Count], tuple[Span, ...]]:
    """Counts that the proposal's own words give, with the characters of each number phrase."""
    allowed = _OF_TYPE.get(proposal.type, ())
    if not allowed:
        return {}, ()
    lemmas, _ = _tables()
    words = [proposal.trigger, *proposal.anchor]
    names = [lemmas[t.lemma_.lower()] for t in words if t.lemma_.lower() in lemmas]
    name = next((n for n in names if n in allowed), None)
    if name is None:
        # of a type with one kind of count the type itself says what is counted
        name = allowed[0] if proposal.type != "ASSAULT" else ("abducted" if proposal.mode == "abduct" else None)
    if name is None:
        return {}, ()
    counted = proposal.actor if name == "participants" else proposal.recipient
    extra = (
        [t for slot in ("object", "subject") for t in proposal.slots.get(slot, [])]
        if name in ("killed", "injured")
        else []
    )
    for head in (*counted, *extra):
        found = _quantity(head)
        if found is not None:
            count, start, end = found
            return {name: count}, (span_of(doc, start, end),)
    return {}, ()


def _quantity(head: Token) -> tuple[Count, int, int] | None:
    """The number on a noun ("at least 23 people") or the head itself being one ("killed 20")."""
    if head.pos_ == "NUM" or head.lower_ in _UNITS:
        numbers = [head]
    else:
        numbers = [c for c in head.children if c.dep_ == "nummod" and c.i < head.i]
    for number in numbers:
        if number.ent_type_ in ("DATE", "TIME", "PERCENT", "MONEY"):
            continue
        parts = sorted([c for c in number.subtree if c.i <= number.i], key=lambda t: t.i)
        if any(t.lower_ in _VAGUE for t in head.doc[max(number.left_edge.i - 1, 0) : number.i]):
            continue
        value = number_of([t.lower_ for t in parts if t.pos_ == "NUM" or t.lower_ in _SCALES or t.text == "-"])
        if value is None or value == 0:
            continue
        first = parts[0].i
        before = head.doc[max(first - 4, head.sent.start) : number.i].text.lower()
        return _bounded(value, before), first, head.i + 1
    return None


def number_of(words: list[str]) -> int | None:
    """The number that words or digits write ("1,200", "forty-one", "two hundred"); None for anything else."""
    total, current, seen = 0, 0, False
    for word in (part for w in words for part in w.replace(",", "").split("-")):
        if not word:
            continue
        if word.isdigit():
            current, seen = current + int(word), True
        elif word in _UNITS:
            current, seen = current + _UNITS[word], True
        elif word in _TENS:
            current, seen = current + _TENS[word], True
        elif word in _SCALES:
            scale = _SCALES[word]
            current = max(current, 1) * scale
            if scale >= 1000:
                total, current = total + current, 0
            seen = True
        else:
            return None
    return total + current if seen else None


def _bounded(value: int, before: str) -> Count:
    _, bounds = _tables()
    padded = f" {before} "
    if any(f" {phrase} " in padded for phrase in bounds["at_most"]):
        return Count(0, value)
    if any(f" {phrase} " in padded for phrase in bounds["at_least"]):
        return Count(value, None)
    return Count(value, value)
