"""Where an event took place: the places of the text that stand with its trigger."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dateline.coding.draft import span_of
from dateline.reading.annotations import Place
from dateline.record import Span

_SPECIFIC = {"facility": 0, "feature": 1, "city": 2, "region": 3, "country": 4}
_PREPOSITIONS = frozenset(
    [
        "in",
        "at",
        "near",
        "on",
        "outside",
        "inside",
        "off",
        "around",
        "across",
        "along",
        "over",
        "from",
        "into",
        "through",
        "throughout",
        "within",
        "between",
        "by",
        "to",
        "toward",
        "towards",
        "against",
        "above",
        "beside",
        "behind",
        "under",
        "north",
        "south",
        "east",
        "west",
    ]
)


def where_of(doc: Doc, trigger: Token, clause: Token) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Names of the most specific places that trigger or clause governs, and the characters of each."""
    places: tuple[Place, ...] = doc._.places
    sentence = clause.sent
    inside = [p for p in places if sentence.start <= p.head < sentence.end]
    if not inside:
        return (), ()
    ranked = [(distance, p) for p in inside if (distance := _distance(doc, p, trigger, clause)) is not None]
    if not ranked:
        return (), ()
    nearest = min(d for d, _ in ranked)
    close = [p for d, p in ranked if d == nearest]
    best = min(_SPECIFIC[p.kind] for p in close)
    chosen = [p for p in close if _SPECIFIC[p.kind] == best]
    names = tuple(dict.fromkeys(p.name for p in chosen))
    return names, tuple(span_of(doc, p.start, p.end) for p in chosen)


def _distance(doc: Doc, place: Place, trigger: Token, clause: Token) -> int | None:
    """Steps from a place up to the trigger or its clause, None where other clauses stand between."""
    token, steps, located = doc[place.head], 0, False
    while True:
        if token.i in (trigger.i, clause.i):
            return steps + (0 if token.i == trigger.i else 1) if located else None
        if token.dep_ == "prep" and token.lower_ in _PREPOSITIONS:
            located = True
        if (
            token.pos_ in ("VERB", "AUX")
            and token.dep_ in ("relcl", "acl", "advcl", "ccomp", "conj")
            and token is not doc[place.head]
        ):
            return None
        if token.head == token:
            return None
        token, steps = token.head, steps + 1
