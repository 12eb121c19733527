"""Scenes without a name: words that point back to a place named before ("there", "the town"), and descriptions."""

from __future__ import annotations

from functools import cache

import msgspec
from spacy.tokens import Doc, Span, Token

from dateline.reading.annotations import Place
from dateline.reading.lexicon import table
from dateline.record import PloverType

_AT = frozenset({"in", "at", "near", "outside", "inside", "on", "aboard", "through", "around", "across", "into"})
#: How many sentences back a place may stand that "there" or "the town" means.
_REACH = 3
#: Kinds of places that a noun can mean.
_MEANT = {
    "town": {"city"},
    "city": {"city"},
    "village": {"city"},
    "settlement": {"city"},
    "suburb": {"city"},
    "neighborhood": {"city"},
    "neighbourhood": {"city"},
    "capital": {"city"},
    "country": {"country"},
    "island": {"region", "feature", "city"},
    "camp": {"facility", "city"},
}


#: Prepositions that say where besides, for deeds that lead to a place or away from it.
_LEADING: dict[PloverType, frozenset[str]] = {
    "MOBILIZE": frozenset({"to", "into", "toward", "towards"}),
    "RETREAT": frozenset({"from", "out"}),
}
#: Deeds whose scene is what they are done to.
_STRIKING: frozenset[PloverType] = frozenset({"ASSAULT", "COERCE", "PROTEST", "RETREAT"})


class _Words(msgspec.Struct, frozen=True):
    """Nouns for scenes, those of the landscape, and those that point back, from places.toml."""

    scenes: frozenset[str]
    landscape: frozenset[str]
    back: frozenset[str]


@cache
def _words() -> _Words:
    data = table("places.toml")
    kinds = (word for words in data["words"].values() for word in words.split())
    return _Words(
        landscape=frozenset(data["described"]["landscape"].split()),
        scenes=frozenset(kinds) | frozenset(data["described"]["words"].split()),
        back=frozenset(data["described"]["back"].split()),
    )


def here(doc: Doc, trigger: Token) -> list[Place]:
    """The place before the report's first dash, where the trigger or a verb above it has "here"."""
    above = (trigger, *trigger.ancestors)
    if any(child.lower_ == "here" and child.dep_ == "advmod" for token in above for child in token.children):
        return [place for place in doc._.places[:1] if place.start <= 1]
    return []


def pointed_at(doc: Doc, trigger: Token, clause: Token) -> list[Place]:
    """The place that an adverb or a definite noun of the trigger's clause means, named earlier in the report."""
    words = _clause_words(trigger, clause) + [t for noun in _participants(trigger) for t in _behind(noun, noun, _AT)]
    for token in words:
        if token.lower_ == "there" and token.dep_ == "advmod":
            return _before(doc, token, None)
        if _scene_noun(token) and token.lemma_.lower() in _words().back and _definite(token):
            return _before(doc, token, _MEANT.get(token.lemma_.lower()))
    return []


def described(trigger: Token, clause: Token, kind: PloverType) -> Span | None:
    """The noun phrase of a scene that has no name ("in his apartment", "closed the crossing"), without what follows its
    noun.
    """
    scenes = [t for t in _clause_words(trigger, clause) if _scene_noun(t)]
    scenes += [t for noun in _participants(trigger) for t in _behind(noun, noun, _AT)]
    scenes += [t for t in _behind(trigger, clause, _LEADING.get(kind, frozenset())) if t not in scenes]
    if kind in _STRIKING:
        scenes += [t for head in (trigger, clause) for t in head.children if _is_struck(t)]
    for token in scenes:
        if token.pos_ != "NOUN" or token.lemma_.lower() not in _words().scenes:
            continue
        if any(child.dep_ in ("det", "poss", "compound", "amod") for child in token.lefts):
            start = min(t.i for child in token.lefts for t in child.subtree)
            return token.doc[start : token.i + 1]
    return None


def _participants(trigger: Token) -> list[Token]:
    """Objects and agents, to which parsers hang what belongs to the verb ("shot by gunmen in his home")."""
    agents = [t for child in trigger.children if child.dep_ == "agent" for t in child.children if t.dep_ == "pobj"]
    return agents + [child for child in trigger.children if child.dep_ == "dobj"]


def _is_struck(token: Token) -> bool:
    """Whether a deed is done to a definite part of the landscape."""
    return (
        token.dep_ in ("dobj", "nsubjpass")
        and token.lemma_.lower() in _words().landscape
        and any(child.lower_ in ("the", "this", "that") for child in token.lefts)
    )


def _behind(trigger: Token, clause: Token, prepositions: frozenset[str]) -> list[Token]:
    return [
        t
        for head in dict.fromkeys((trigger, clause))
        for child in head.children
        if child.dep_ == "prep" and child.lower_ in prepositions
        for t in (*child.children, *(inner for c in child.children if c.dep_ == "prep" for inner in c.children))
        if t.dep_ == "pobj"
    ]


def _clause_words(trigger: Token, clause: Token) -> list[Token]:
    """Adverbs of trigger and clause, and the nouns behind their prepositions, in text order."""
    heads = dict.fromkeys((trigger, clause))
    adverbs = [child for head in heads for child in head.children if child.dep_ == "advmod"]
    return sorted(adverbs + _behind(trigger, clause, _AT), key=lambda t: t.i)


def _scene_noun(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in _AT


def _definite(token: Token) -> bool:
    return any(child.lower_ in ("the", "this", "that") for child in token.children)


def _before(doc: Doc, token: Token, kinds: set[str] | None) -> list[Place]:
    """The last place before a word, of one of these kinds, at most three sentences back."""
    starts = [s.start for s in doc.sents if s.start <= token.i]
    first = starts[max(0, len(starts) - 1 - _REACH)]
    earlier = [p for p in doc._.places if first <= p.head < token.i and (kinds is None or p.kind in kinds)]
    return earlier[-1:]
