"""Where an event took place: the places of the text that stand with its trigger."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dateline.coding.draft import span_of
from dateline.reading.annotations import Place
from dateline.record import PloverType, Span

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

#: Types of deeds that one can stand by and see; what is only said seldom has a place of its own.
_SEEN: frozenset[PloverType] = frozenset({"ASSAULT", "COERCE", "PROTEST", "CONSULT", "MOBILIZE", "COOPERATE"})
_LOCATING = frozenset({"in", "at", "near", "outside", "inside"})


def where_of(
    doc: Doc, trigger: Token, clause: Token, nouns: list[Token], kind: PloverType
) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Names of the most specific places that trigger or clause governs, and the characters of each.

    `nouns` name the event beside the trigger; a place right before one locates it ("the Kremlin meeting").
    """
    places: tuple[Place, ...] = doc._.places
    sentence = clause.sent
    inside = [p for p in places if sentence.start <= p.head < sentence.end]
    if not inside:
        return (), ()
    ranked = [(distance, p) for p in inside if (distance := _distance(doc, p, trigger, clause, nouns)) is not None]
    if not ranked:
        close = _nearby(doc, inside, trigger) if kind in _SEEN else []
        if not close:
            return (), ()
    else:
        nearest = min(d for d, _ in ranked)
        close = [p for d, p in ranked if d == nearest]
    best = min(_SPECIFIC[p.kind] for p in close)
    chosen = [p for p in close if _SPECIFIC[p.kind] == best]
    names = tuple(dict.fromkeys(p.name for p in chosen))
    return names, tuple(span_of(doc, p.start, p.end) for p in chosen)


def _distance(doc: Doc, place: Place, trigger: Token, clause: Token, nouns: list[Token]) -> int | None:
    """Steps from a place up to the trigger or its clause, None where other clauses stand between."""
    token, steps, located = doc[place.head], 0, False
    if token.dep_ in ("compound", "nmod", "poss") and token.head in nouns and place.kind != "country":
        return 1
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


def _nearby(doc: Doc, places: list[Place], trigger: Token) -> list[Place]:
    """The place of the clause beside the trigger's: the last one located before it, else the first behind it."""
    located = [
        p
        for p in places
        if doc[p.head].dep_ == "pobj" and doc[p.head].head.lower_ in _LOCATING and not _elsewhere(doc[p.head], trigger)
    ]
    before = [p for p in located if p.head < trigger.i]
    return before[-1:] or [p for p in located if p.head > trigger.i][:1]


def _elsewhere(place: Token, trigger: Token) -> bool:
    """Whether a place stands in a relative or participle clause that the trigger is not in."""
    for above in place.ancestors:
        if above == trigger:
            return False
        if above.dep_ in ("relcl", "acl") and above not in trigger.ancestors:
            return True
    return False
