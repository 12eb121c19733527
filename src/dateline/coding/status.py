"""Whether a told event happened: from auxiliaries, negation, governors, marks and tense (`codebook/status.toml`)."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, NamedTuple

from spacy.tokens import Token

from dateline import codebook
from dateline.coding.timewords import only_happens
from dateline.reading.entities import mention_at
from dateline.record import Status

#: How the reason begins where the doer says what it will do ("said it would withdraw").
ANNOUNCED = "announced by the doer"


class Judged(NamedTuple):
    """A status and, in words, the reason for it."""

    status: Status
    reason: str


class _Words(NamedTuple):
    auxiliaries: dict[str, Status]
    verbs: dict[str, Status | Literal["same"]]
    nouns: dict[str, Status]
    modifiers: dict[str, Status]
    marks: frozenset[str]
    without: frozenset[str]
    clauses: frozenset[str]
    announcing: frozenset[str]


@cache
def _words() -> _Words:
    data = codebook.load("status.toml")

    def table(name: str) -> dict[str, Any]:
        return {word: status for status, words in data[name].items() for word in words}

    marks = data["marks"]
    return _Words(
        table("auxiliaries"), table("verbs"), table("nouns"), table("modifiers"),
        frozenset(marks["hypothetical"]), frozenset(marks["negated_prepositions"]),
        frozenset(marks["infinitives_only"]), frozenset(marks["announcing"]),
    )  # fmt: skip


def status_of(trigger: Token, clause: Token, depth: int = 0) -> Judged:
    """The status of what `trigger` tells; `clause` is its light verb where it has one, else the trigger itself."""
    if trigger.pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
        own = _by_modifiers(trigger)
        if own is not None:
            return own
        if clause == trigger:
            return _noun(trigger, depth)
    return _verb(clause, depth)


def _verb(verb: Token, depth: int) -> Judged:
    words = _words()
    if depth > 8:
        return Judged("actual", "told as fact")
    negation = _negation(verb)
    if negation is not None:
        return Judged("negated", f"negation: {negation}")
    mark = next((c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod") and c.lower_ in words.marks), None)
    if mark is not None:
        return Judged("hypothetical", f"clause of {mark!r}")
    if any(c.lower_ == "once" and c.dep_ in ("mark", "advmod") for c in verb.children) and _to_come(verb.head):
        return Judged("hypothetical", "clause of 'once', of what is to come")
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    for aux in auxiliaries:
        status = words.auxiliaries.get(aux.lower_) or words.auxiliaries.get(aux.lemma_.lower())
        if status == "hypothetical" and aux.lower_ in ("would", "'d") and _announced(verb):
            return Judged("future", f"{ANNOUNCED}: {verb.head.text}")
        if status is not None:
            return Judged(status, f"auxiliary: {aux.text}")
    return _governed(verb, auxiliaries, depth)


def _to_come(verb: Token) -> bool:
    return any(c.dep_ == "aux" and _words().auxiliaries.get(c.lower_) == "future" for c in verb.children)


def _announced(verb: Token) -> bool:
    """Whether somebody says of himself, with no "if", that he would do it: a will told in the past."""
    head = verb.head
    if verb.dep_ != "ccomp" or head.tag_ not in ("VBD", "VBN") or head.lemma_.lower() not in _words().announcing:
        return False
    if any(c.dep_ == "advcl" and any(m.lower_ in _words().marks for m in c.children) for c in verb.children):
        return False
    own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    speaker = next((c for c in head.children if c.dep_ == "nsubj"), None)
    if own is None or speaker is None or own.pos_ != "PRON":
        return False
    one, other = mention_at(verb.doc, own), mention_at(verb.doc, speaker)
    return one is not None and other is not None and bool(set(one.entities) & set(other.entities))


def _governed(verb: Token, auxiliaries: list[Token], depth: int) -> Judged:
    """What the word above a verb without a modal of its own makes of it."""
    words, head = _words(), verb.head
    infinitive = any(a.lower_ == "to" for a in auxiliaries) or (verb.tag_ == "VB" and verb.dep_ == "xcomp")
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        finite = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) and any(
            a.lower_ not in ("to",) for a in auxiliaries
        )
        return Judged("actual", "told as fact") if finite else _verb(head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        if head.lemma_ == "be" and infinitive:
            return Judged("future", "is to")
        if head.lemma_ == "go" and head.tag_ == "VBG" and infinitive:
            return Judged("future", "going to")
        way = words.verbs.get(head.lemma_.lower())
        if verb.dep_ == "ccomp" and not infinitive and way in ("same", "future", None):
            return _told(verb)
        if verb.dep_ == "ccomp" and _finite(verb, auxiliaries) and head.lemma_.lower() in words.clauses:
            return _told(verb)  # "its request was refused; the embassy condemned …": no complement of such a verb
        if way in ("negated", "hypothetical", "future"):
            above = _verb(head, depth + 1) if head.pos_ in ("VERB", "AUX") else Judged("actual", "")
            if way == "future" and above.status != "actual":
                return above
            if way == "negated" and above.status == "negated":
                return Judged("actual", f"negated {head.text}")
            return Judged(way, f"under {head.text}")
        if head.pos_ in ("VERB", "AUX"):
            if way == "same" or not infinitive:
                return _verb(head, depth + 1)
            return Judged("hypothetical", f"infinitive under {head.text}")
        return Judged("hypothetical", f"infinitive under {head.text}") if infinitive else _told(verb)
    if infinitive and verb.dep_ in ("advcl", "relcl", "acl"):
        if head.pos_ in ("NOUN", "PROPN"):
            return Judged(words.nouns.get(head.lemma_.lower(), "hypothetical"), f"infinitive under {head.text}")
        return Judged("hypothetical", "purpose clause")
    if verb.dep_ == "pcomp" and head.dep_ in ("prep", "mark"):
        return _below_preposition(head, depth)
    return _told(verb)


def _finite(verb: Token, auxiliaries: list[Token]) -> bool:
    """Whether a verb has a subject and a tense of its own."""
    own = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    return own and (verb.tag_ in ("VBD", "VBZ", "VBP") or any(a.tag_ in ("VBD", "VBZ", "VBP") for a in auxiliaries))


def _told(verb: Token) -> Judged:
    be = [c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.lower_ in ("is", "are", "was", "were")]
    if be and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return Judged("future", "is to")
    return Judged("actual", "told as fact")


def _below_preposition(preposition: Token, depth: int) -> Judged:
    words, head = _words(), preposition.head
    if preposition.lower_ in words.without:
        return Judged("negated", f"after {preposition.text!r}")
    lemma = head.lemma_.lower()
    if head.pos_ in ("VERB", "AUX"):
        way = words.verbs.get(lemma)
        if way in ("negated", "hypothetical") and preposition.lower_ in ("from", "for", "to", "of", "against", "about"):
            return Judged(way, f"under {head.text}")
        return Judged("actual", "told as fact")
    status = words.nouns.get(lemma) if preposition.lower_ in ("of", "for", "to", "against", "about", "on") else None
    return Judged(status, f"under {head.text}") if status else Judged("actual", "told as fact")


def _noun(noun: Token, depth: int) -> Judged:
    """An event noun without a light verb: what stands above it decides."""
    words, head = _words(), noun.head
    if noun.dep_ == "conj" and head.pos_ == noun.pos_:
        return status_of(head, head, depth + 1)
    if noun.dep_ == "pobj":
        return _below_preposition(head, depth)
    if noun.dep_ in ("dobj", "nsubjpass") and head.lemma_.lower() == "call":
        # a strike that is called is to come; what is called something else ("called the arrest a mistake") has been
        named = any(c.dep_ in ("oprd", "attr", "acomp", "ccomp") for c in head.children)
        return Judged("actual", "told as fact") if named else Judged("future", f"under {head.text}")
    if noun.dep_ in ("dobj", "nsubjpass") and head.pos_ == "VERB":
        way = words.verbs.get(head.lemma_.lower())
        if way in ("negated", "hypothetical", "future"):
            above = _negation(head)
            if way == "negated" and above is not None:
                return Judged("actual", f"negated {head.text}")
            return Judged(way, f"under {head.text}")
    if noun.dep_ in ("compound", "poss", "amod") and head.pos_ in ("NOUN", "PROPN"):
        return Judged(words.nouns.get(head.lemma_.lower(), "actual"), f"before {head.text}")
    if noun.dep_ in ("attr", "nsubj", "nsubjpass") and head.pos_ in ("VERB", "AUX"):
        if noun.dep_ == "nsubj" and head.lemma_ != "be" and not only_happens(head):
            return Judged("actual", "told as fact")
        return _verb(head, depth + 1)
    return Judged("actual", "told as fact")


def _by_modifiers(noun: Token) -> Judged | None:
    words = _words()
    for child in noun.children:
        if child.dep_ in ("det", "amod", "compound", "neg") and child.i < noun.i:
            status = words.modifiers.get(child.lower_)
            if status is not None:
                return Judged(status, f"{child.text} {noun.text}")
    return None


def _negation(verb: Token) -> str | None:
    """The word that negates a verb: not, never, or a subject or object with "no"."""
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in ("not", "never", "n't"):
            return str(child.text)
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            if child.lower_ in ("nobody", "none", "nothing", "no-one", "neither"):
                return str(child.text)
            no = next(
                (c for c in child.children if c.lower_ in ("no", "neither") and c.dep_ in ("det", "neg", "preconj")),
                None,
            )
            if no is not None:
                return f"{no.text} {child.text}"
    return None
