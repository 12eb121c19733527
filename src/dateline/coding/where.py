"""Where an event took place: the places of the text that stand with its trigger, or that the telling points back to."""

from __future__ import annotations

import msgspec
from spacy.tokens import Doc, Token

from dateline.coding.draft import span_of
from dateline.coding.uniting import names_event
from dateline.coding.whereabouts import described, here, pointed_at
from dateline.reading.annotations import Place
from dateline.record import PloverType, Span

_SPECIFIC = {"facility": 0, "feature": 1, "city": 2, "region": 3, "country": 4}
#: Prepositions that say where, those that say whither, and whence.
_AT = frozenset(
    "in at near on outside inside off around across along over through throughout within between by above beside behind"
    " under north south east west amid aboard".split()
)
_TO = frozenset("to into toward towards against onto".split())
_FROM = frozenset(["from", "of"])
_LOCATING = frozenset({"in", "at", "near", "outside", "inside", "off", "around"})
_STATIC = frozenset({"in", "at", "near", "outside", "inside"})
#: How many sentences back a place may stand at which a story goes on.
_BACK = 1

#: Types of deeds that one can stand by and see; what is only said seldom has a place of its own.
_SEEN: frozenset[PloverType] = frozenset(
    {"ASSAULT", "COERCE", "PROTEST", "CONSULT", "MOBILIZE", "COOPERATE", "AID", "RETREAT"}
)
#: Deeds that share the place of the clause beside theirs, and those that stay at the place of the sentence before.
_TOGETHER = _SEEN - {"RETREAT"}
_CARRIED: frozenset[PloverType] = frozenset({"ASSAULT", "PROTEST", "COERCE"})
#: Deeds that hit, hold, visit or leave the place that is their object ("stormed the town", "visited Oslo").
_ON_PLACES: frozenset[PloverType] = frozenset({"ASSAULT", "MOBILIZE", "PROTEST", "CONSULT", "RETREAT", "COERCE"})
#: Deeds that end where they lead to ("fired rockets into Israel"); others only send there ("deported to France").
_ARRIVING: frozenset[PloverType] = frozenset({"ASSAULT", "MOBILIZE", "PROTEST", "CONSULT"})
#: Deeds done where they lead away from ("withdrew from Kherson", "taken from a hospital").
_LEAVING: frozenset[PloverType] = frozenset({"RETREAT", "ASSAULT"})
#: Prepositions that put countries against each other, not an event into one.
_BETWEEN = frozenset({"between", "by", "against", "behind", "under", "above", "beside", "over"})
#: What of a place one hits or takes.
_PARTS = frozenset(
    "control part parts city town village outskirts suburb suburbs center centre port district capital area region much"
    " most half all island province state edge north south east west hold possession".split()
)
_COURTS = frozenset("court judge jury tribunal magistrate prosecutors prosecutor".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "conj", "pcomp", "xcomp"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "obj"})


class _Way(msgspec.Struct, frozen=True):
    """How a place hangs on a trigger: the preposition nearest to the trigger (`outer`), the nouns between, what the way
    comes to the trigger as (`function`), and its length.
    """

    steps: int
    outer: str
    nouns: tuple[Token, ...]
    function: str


def where_of(
    doc: Doc, trigger: Token, clause: Token, nouns: list[Token], kind: PloverType
) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Names of the most specific places that trigger or clause governs, and the characters of each.

    `nouns` name the event beside the trigger; a place right before one locates it ("the Kremlin meeting"). A deed
    without a named place has the one that its words point back to ("there", "in the town"), else the description of
    its scene ("in his apartment").
    """
    sentence = clause.sent
    inside = [p for p in doc._.places if sentence.start <= p.head < sentence.end]
    close = _governed(doc, inside, trigger, clause, nouns, kind)
    if not close:
        close = here(doc, trigger)
    if kind in _SEEN:
        close = close or pointed_at(doc, trigger, clause)
        if not close:
            scene = described(trigger, clause, kind)
            if scene is not None:
                return (scene.text,), (span_of(doc, scene.start, scene.end),)
            close = _nearby(doc, inside, trigger) if kind in _TOGETHER else []
            close = close or (_carried(doc, trigger) if kind in _CARRIED and not inside and _goes_on(trigger) else [])
    if not close:
        return (), ()
    best = min(_SPECIFIC[p.kind] for p in close)
    chosen = [p for p in close if _SPECIFIC[p.kind] == best]
    names = tuple(dict.fromkeys(p.name for p in chosen))
    return names, tuple(span_of(doc, p.start, p.end) for p in chosen)


def _governed(
    doc: Doc, places: list[Place], trigger: Token, clause: Token, nouns: list[Token], kind: PloverType
) -> list[Place]:
    """The places that stand with the trigger in the way that says where its event was, the best way first."""
    ranked: list[tuple[int, Place]] = []
    for place in places:
        rank = _rank(doc, place, trigger, clause, nouns, kind)
        if rank is not None:
            ranked.append((rank, place))
    if not ranked:
        return []
    best = min(rank for rank, _ in ranked)
    return [place for rank, place in ranked if rank == best]


def _rank(doc: Doc, place: Place, trigger: Token, clause: Token, nouns: list[Token], kind: PloverType) -> int | None:
    """How well a place's way says that the event was there, 0 the best; None where it does not."""
    token = doc[place.head]
    if token.dep_ in ("compound", "nmod", "poss") and place.kind != "country":
        if token.head in nouns:
            return 1
        if _during(token.head, trigger, clause):
            return 2
    way = _way(token, trigger, clause)
    if way is None:
        return None
    if kind not in _SEEN:
        direct = not way.nouns or (way.function in _SUBJECTS and all(noun.lower_ in _COURTS for noun in way.nouns))
        return way.steps if direct and way.outer in _STATIC else None
    if way.outer == "":
        hit = way.function in _OBJECTS and all(noun.lower_ in _PARTS for noun in way.nouns)
        return way.steps if hit and kind in _ON_PLACES else None
    if place.kind == "country" and way.outer in _BETWEEN:
        return None
    if way.outer in _TO and kind not in _ARRIVING:
        return None
    if way.outer == "from" and (kind not in _LEAVING or way.nouns):
        return None
    if way.outer == "of" and not (kind in _ON_PLACES and _is_of_event(way, trigger, nouns)):
        return None
    return way.steps + 2 * (way.outer == "from")


def _during(noun: Token, trigger: Token, clause: Token) -> bool:
    """Whether something happens, or is said, during what a noun names ("during the Kremlin meeting he thanked …")."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("during", "at") or not names_event(noun.lemma_.lower()):
        return False
    verb = noun.head.head
    return verb in (trigger, clause) or any(verb == t.head and t.dep_ == "conj" for t in (trigger, clause))


def _is_of_event(way: _Way, trigger: Token, nouns: list[Token]) -> bool:
    """Whether "of" ties the place to the event ("siege of Sarajevo") or to what of it is hit ("seized control of")."""
    if not way.nouns:
        return trigger.pos_ == "NOUN" or bool(nouns)
    return way.function in _OBJECTS and all(noun.lower_ in _PARTS for noun in way.nouns)


def _way(token: Token, trigger: Token, clause: Token) -> _Way | None:
    """The way from a place up to the trigger or its clause; None where another clause stands between."""
    before = token.doc[token.i - 1] if token.i else token
    if (
        token.dep_ == "compound"
        and before.dep_ == "prep"
        and before.lower_ in _STATIC
        and before.head in (trigger, clause)
    ):
        return _Way(1, before.lower_, (), "prep")  # "In Biratnagar soldiers arrested …"
    start, steps, function = token, 0, token.dep_
    preps: list[str] = []
    nouns: list[Token] = []
    while token is start or token.i not in (trigger.i, clause.i):
        if token.dep_ == "prep":
            preps.append(token.lower_)
        elif token is not start and token.pos_ in ("NOUN", "PROPN", "NUM"):
            nouns.append(token)
        clausal = token is not start and token.pos_ in ("VERB", "AUX") and token.dep_ in _CLAUSES
        if clausal and not (token.dep_ == "xcomp" and token.i == trigger.i + 1):  # unless "let go near the border"
            return None
        if token.head == token:
            return None
        function, token, steps = token.dep_, token.head, steps + 1
    located = [prep for prep in preps if prep in _AT or prep in _TO or prep in _FROM]
    if preps and not located:
        return None
    return _Way(
        steps=steps + (0 if token.i == trigger.i else 1),
        outer=located[-1] if located else "",
        nouns=tuple(nouns),
        function=function,
    )


def _nearby(doc: Doc, places: list[Place], trigger: Token) -> list[Place]:
    """The place of the clause beside the trigger's: the last one located before it, else the first behind it."""
    located = [
        p
        for p in places
        if doc[p.head].dep_ == "pobj" and doc[p.head].head.lower_ in _LOCATING and not _elsewhere(doc[p.head], trigger)
    ]
    before = [p for p in located if p.head < trigger.i]
    return before[-1:] or [p for p in located if p.head > trigger.i][:1]


def _goes_on(trigger: Token) -> bool:
    """Whether a sentence only counts whom the event told just before befell ("Three people are killed")."""
    if trigger.dep_ != "ROOT" and not (trigger.dep_ == "conj" and trigger.head.dep_ == "ROOT"):
        return False
    subjects = [t for head in (trigger, trigger.head) for t in head.children if t.dep_ == "nsubjpass"]
    agents = [t for t in trigger.children if t.dep_ == "agent"]
    return not agents and any(t.dep_ in ("nummod", "quantmod") or t.pos_ == "NUM" for s in subjects for t in s.subtree)


def _carried(doc: Doc, trigger: Token) -> list[Place]:
    """The place at which the sentence before left the story: the last one that something is said to be at."""
    before = [s for s in doc.sents if s.end <= trigger.sent.start][-_BACK:]
    start = before[0].start if before else trigger.sent.start
    located = [
        p
        for p in doc._.places
        if start <= p.head < trigger.sent.start and doc[p.head].dep_ == "pobj" and doc[p.head].head.lower_ in _LOCATING
    ]
    return located[-1:]


def _elsewhere(place: Token, trigger: Token) -> bool:
    """Whether a place stands in a relative or participle clause that the trigger is not in."""
    for above in place.ancestors:
        if above == trigger:
            return False
        if above.dep_ in ("relcl", "acl") and above not in trigger.ancestors:
            return True
    return False
