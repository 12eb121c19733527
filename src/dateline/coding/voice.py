"""On whose word an event is told: the `said_by` of a trigger, from the attributions that reading found.

What a sentence presupposes is nobody's claim: a relative clause, a noun, a clause of "after" or "when" inside reported
speech is told by the report itself. An act that somebody performs by speaking ("we condemn …") is no claim either.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dateline.coding.draft import NOBODY, Party, party, token_span
from dateline.reading.cues import VOUCHING, stance_of
from dateline.record import PloverType

#: Types whose events are acts of speech: who performs one needs nobody's word for it.
SPEECH_ACTS: frozenset[PloverType] = frozenset(
    {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
)
_DEADLY = frozenset({"kill", "die", "murder", "execute", "behead", "shoot"})
_BACKGROUND_MARKS = frozenset({"after", "when", "since", "before", "while", "as", "because", "although", "though"})


def said_by(
    doc: Doc, trigger: Token, clause: Token, kind: PloverType, actor: Party, recipient: Party
) -> tuple[Party, str]:
    """Who alone vouches for what `trigger` tells, with the reason; nobody where the report does."""
    covering = [
        a
        for a in doc._.attributions
        if a.start <= trigger.i < a.end
        and a.cue not in (trigger.i, clause.i)
        and (a.kind == "according" or stance_of(doc[a.cue]) in VOUCHING)
    ]
    if not covering:
        return NOBODY, ""
    attribution = min(covering, key=lambda a: (a.end - a.start, a.start))
    if attribution.source is None:
        return NOBODY, ""
    background = _presupposed(clause, attribution.start, attribution.end)
    if background:
        return NOBODY, ""
    source = party(doc, (doc[attribution.source],))
    if not source:
        return NOBODY, ""
    if kind in SPEECH_ACTS and set(source.entities) & set(actor.entities):
        return NOBODY, ""
    if trigger.lemma_.lower() in _DEADLY and set(source.entities) & set(recipient.entities):
        return NOBODY, ""  # the dead tell no tales: the pronoun was taken for the wrong one
    cue = doc[attribution.cue]
    evidence = (*source.evidence, token_span(cue))
    return Party(source.entities[:1], evidence), f"told by {doc[attribution.source].text} ({cue.text})"


def _presupposed(token: Token, start: int, end: int) -> bool:
    """Whether a word inside reported content stands where the speaker takes it for granted."""
    if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("ROOT", "attr", "nsubj", "nsubjpass", "dobj", "conj"):
        return True
    if token.pos_ in ("NOUN", "PROPN") and any(
        c.lower_ in ("the", "this", "that", "these") or c.dep_ == "poss" for c in token.children
    ):
        return True
    while start <= token.i < end:
        if token.dep_ in ("relcl", "acl", "amod"):
            return True
        if token.dep_ == "advcl" and any(
            c.lower_ in _BACKGROUND_MARKS and c.dep_ in ("mark", "advmod") for c in token.children
        ):
            return True
        if token.dep_ == "pcomp" and token.head.lower_ in _BACKGROUND_MARKS:
            return True
        if token.head == token or not start <= token.head.i < end:
            return False
        token = token.head
    return False
