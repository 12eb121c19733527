"""What looks like an event and is none: accidents, sport, markets (`codebook/vetoes.toml`), each as a named rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Literal

import msgspec
from spacy.tokens import Doc, Span, Token

from dateline import codebook
from dateline.coding.draft import actor_mention
from dateline.coding.proposal import Proposal
from dateline.errors import CodebookError
from dateline.record import PloverType


class VetoExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that a veto must empty, or (under `kept`) must leave alone."""

    text: str


class Veto(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Drops events of `types` when at least `at_least` different `words` stand in the scope and none of `unless`.

    `modes` and `lemmas` limit it to events of these modes and with these triggers. `private` spares what is of public
    concern: reports with a word of the file's `public` or two countries, events with one among their participants.
    `vague` limits it to nouns that tell of no one event: no participant, determiner, number, name or day beside them.
    """

    name: str
    words: frozenset[str] = frozenset()
    scope: Literal["sentence", "report"] = "report"
    types: tuple[PloverType, ...] = ()
    modes: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    at_least: int = 1
    private: bool = False
    vague: bool = False
    examples: tuple[VetoExample, ...] = ()
    kept: tuple[VetoExample, ...] = ()


@cache
def load_vetoes() -> tuple[Veto, ...]:
    """The vetoes that ship with dateline, in the order of the file."""
    try:
        return msgspec.convert(codebook.load("vetoes.toml")["veto"], tuple[Veto, ...])
    except msgspec.ValidationError as error:
        raise CodebookError(f"codebook/vetoes.toml: {error}") from error


@cache
def public_words() -> frozenset[str]:
    """Words that show a report to be about public affairs."""
    return frozenset(codebook.load("vetoes.toml")["public"].split())


def allowed(doc: Doc, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals that no veto drops."""
    everywhere = _words(doc[:])
    nearby: dict[int, frozenset[str]] = {}
    for proposal in proposals:
        sentence = proposal.trigger.sent
        if sentence.start not in nearby:
            nearby[sentence.start] = _words(sentence)
        scopes = {"report": everywhere, "sentence": nearby[sentence.start]}
        if not any(_drops(veto, proposal, scopes[veto.scope], everywhere) for veto in load_vetoes()):
            yield proposal


def _words(span: Span) -> frozenset[str]:
    """Lower-case forms, lemmas and pairs of neighbours ("world cup", "kick-off") of a stretch of text."""
    forms = [t.lower_ for t in span]
    pairs = {f"{a} {b}" for a, b in pairwise(forms)}
    hyphened = {f"{a}-{b}" for a, dash, b in zip(forms, forms[1:], forms[2:], strict=False) if dash == "-"}
    return frozenset(forms) | {t.lemma_.lower() for t in span} | pairs | hyphened


def _drops(veto: Veto, proposal: Proposal, words: frozenset[str], everywhere: frozenset[str]) -> bool:
    if veto.types and proposal.type not in veto.types:
        return False
    if veto.modes and proposal.mode not in veto.modes:
        return False
    if veto.lemmas and proposal.trigger.lemma_.lower() not in veto.lemmas:
        return False
    if len(veto.words & words) < veto.at_least or veto.unless & words:
        return False
    if veto.private and (everywhere & public_words() or _is_between_states(proposal)):
        return False
    return not veto.vague or _is_vague(proposal)


def _is_between_states(proposal: Proposal) -> bool:
    """Whether a country takes part, or two are told of."""
    states = {e.country for e in proposal.trigger.doc._.entities if e.kind == "country"}
    return len(states) > 1 or any(map(_is_state, (*proposal.actor, *proposal.recipient)))


def _is_state(token: Token) -> bool:
    """Whether a participant is a country."""
    mention = actor_mention(token)
    return mention is not None and any(token.doc._.entities[e].kind == "country" for e in mention.entities)


def _is_vague(proposal: Proposal) -> bool:
    """Whether a noun speaks of such events as there are ("to deter attacks on cables"), not of one that there was."""
    noun = proposal.trigger
    if noun.pos_ != "NOUN" or proposal.actor or proposal.recipient or proposal.clause != noun:
        return False
    if any(c.dep_ in ("det", "poss", "nummod") or c.ent_type_ for c in noun.children):
        return False
    return not any(t.ent_type_ for t in noun.subtree)
