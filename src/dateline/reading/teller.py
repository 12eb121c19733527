"""Who speaks: the noun phrase that is the source of a verb of saying, in whatever way its clause has it."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.reading.cues import cues

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_RELATIVE = {"who", "which", "that", "whom"}


def source_of(verb: Token, seen: int = 0) -> Token | None:
    """The head of the noun phrase that is the subject of a verb of saying, in whatever way the clause has it."""
    if seen > 8:
        return None
    subject = next((child for child in verb.children if child.dep_ in SUBJECT), None)
    passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)
    if passive:
        agent = next(
            (
                child
                for child in verb.rights
                if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
            ),
            None,
        )
        if agent is None:
            return _told_by(verb)
        return next((child for child in agent.children if child.dep_ == "pobj"), None)
    if subject is not None:
        return _antecedent(subject, verb) if subject.dep_ != "expl" else None
    return _inherited_source(verb, seen)


def _told_by(verb: Token) -> Token | None:
    """Who answers in "she appealed to the envoy but was told that …": whom the verb before speaks to."""
    asked = verb.head
    if (
        verb.lemma_.lower() not in cues().told
        or verb.dep_ != "conj"
        or any(c.dep_ == "nsubjpass" for c in verb.children)
    ):
        return None
    for child in asked.rights:
        if child.dep_ == "dobj" and child.i < verb.i and child.pos_ in NOMINAL and asked.lemma_.lower() in cues().verbs:
            return child
        if child.dep_ in {"prep", "dative"} and child.lower_ == "to":
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return None


def _antecedent(subject: Token, verb: Token) -> Token | None:
    """The noun that a relative pronoun stands for; the subject itself otherwise."""
    if subject.lower_ in _RELATIVE and subject.tag_ in {"WP", "WDT"}:
        if verb.dep_ == "relcl":
            return _owner(verb.head)
        before = subject.doc[max(subject.i - 2, 0) : subject.i]
        return next((token for token in reversed(before) if token.pos_ in NOMINAL), subject)
    return subject


def _owner(noun: Token) -> Token:
    """Who speaks in a document that somebody issues ("posted a statement saying …"); else the noun itself."""
    if noun.lemma_.lower() not in cues().documents:
        return noun
    holder = next((child for child in noun.children if child.dep_ == "poss"), None)
    if holder is not None:
        return holder
    verb = noun.head.head if noun.head.dep_ == "prep" else noun.head
    if noun.dep_ in {"dobj", "pobj"} and verb.pos_ in VERBAL:
        return source_of(verb) or noun
    return noun


def _inherited_source(verb: Token, seen: int) -> Token | None:
    """The source of a verb without a subject of its own: from the verb or noun that it hangs on."""
    head = verb.head
    if verb.dep_ in {"acl", "relcl"} and head.pos_ in NOMINAL:
        return _owner(head)
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        if head.lower_ == "as":  # was quoted as saying; quoted officials as saying
            quoted = next((child for child in head.head.children if child.dep_ in {"nsubjpass", "dobj"}), None)
            if quoted is not None:
                return quoted
        return source_of(head.head, seen + 1) if head.head.pos_ in VERBAL else None
    if verb.dep_ == "xcomp":
        controller = next((child for child in head.children if child.dep_ in {"dobj", "nsubjpass"}), None)
        return controller or source_of(head, seen + 1)
    if verb.dep_ in {"conj", "advcl", "dep", "prep"} and head != verb and head.pos_ in VERBAL:
        teller = _teller_above(verb) if verb.dep_ == "advcl" and verb.tag_ == "VBG" else None
        return source_of(teller or head, seen + 1)
    return _inverted_source(verb)


def _teller_above(verb: Token) -> Token | None:
    """The verb of saying in whose clause a participle hangs: "said it would go on, adding that …" has one speaker."""
    for above in verb.ancestors:
        if (
            above.dep_ == "ccomp"
            and above.head.i < above.i
            and "clause" in cues().verbs.get(above.head.lemma_.lower(), {})
        ):
            return above.head
        if above.dep_ in {"ROOT", "relcl", "acl", "conj"}:
            return None
    return None


def _inverted_source(verb: Token) -> Token | None:
    """The noun phrase right behind a verb without a subject ("said the mayor"), which parsers take for an object."""
    if verb.tag_ in {"VBG", "VB", "VBN"}:
        return None
    behind = next((child for child in verb.rights if child.dep_ in {"dobj", "attr", "dep", "oprd"}), None)
    if behind is not None and behind.pos_ in NOMINAL and behind.left_edge.i == verb.i + 1:
        return behind
    return None
