"""In what tense a clause tells: what a brief reports in the present happened on the day of the brief."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Token

Tense = Literal["present", "progressive", "perfect", "past"]

_PRESENT = frozenset({"VBZ", "VBP"})
# Subordinate clauses that look back, whatever the tense of their verb.
_LOOKING_BACK = frozenset({"after", "since", "following"})
# Prepositions whose noun shares the time of the verb above ("killed in a shooting").
_SHARING = frozenset({"in", "during", "amid", "with"})
_STEPS = 8


def tense_of(token: Token) -> Tense:
    """The tense in which a trigger's clause is told; "past" where nothing shows it."""
    for _ in range(_STEPS):
        finite = next(
            (c for c in token.children if c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBZ", "VBP", "VBD", "MD")), None
        )
        if finite is not None:
            return _of_auxiliary(finite, token)
        if token.tag_ in _PRESENT or _bare_present(token):
            return "present"
        if token.tag_ == "VBD" or _looks_back(token):
            return "past"
        if token.dep_ == "acl" and token.tag_ == "VBG":
            token = _clause_above(token.head)  # "detain exiles protesting outside the embassy": at the same time
            continue
        if token.dep_ in ("acl", "relcl", "amod", "compound", "dobj", "poss") or token.head == token:
            return "past"
        if token.dep_ == "pobj" and token.head.lower_ not in _SHARING:
            return "past"
        token = token.head.head if token.dep_ in ("pobj", "pcomp") else token.head
    return "past"


def _clause_above(noun: Token) -> Token:
    """The verb of the clause that a noun stands in; the noun itself where there is none."""
    return next((t for t in noun.ancestors if t.pos_ in ("VERB", "AUX")), noun)


def _of_auxiliary(finite: Token, verb: Token) -> Tense:
    if finite.tag_ not in _PRESENT:
        return "past"
    if finite.lemma_ == "have":
        return "perfect"
    return "progressive" if verb.tag_ == "VBG" and finite.lemma_ == "be" else "present"


def _bare_present(token: Token) -> bool:
    """A headline's present that the tagger took for a base form or a noun: "Police arrest …", "A court sentences …"."""
    if any(c.dep_ in ("aux", "auxpass") for c in token.children):
        return False
    has_subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
    if token.tag_ == "VB":
        return token.dep_ == "conj" or (token.dep_ == "ROOT" and has_subject)
    return bool(token.tag_ == "NNS" and token.dep_ == "ROOT" and token.lemma_ != token.lower_)


def _looks_back(token: Token) -> bool:
    if token.dep_ == "advcl":
        return any(c.lower_ in _LOOKING_BACK and c.dep_ in ("mark", "advmod") for c in token.children)
    return token.dep_ == "pcomp" and token.head.lower_ in _LOOKING_BACK


def is_brief(doc: Doc) -> bool:
    """Whether a report tells its news in the present: a brief of the day, whose perfects are of the day too."""
    first = next(iter(doc.sents), None)
    return first is not None and tense_of(first.root) in ("present", "perfect")
