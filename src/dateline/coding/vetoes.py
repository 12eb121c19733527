"""What looks like an event and is none: accidents, sport, markets (`codebook/vetoes.toml`), each as a named rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Literal

import msgspec
from spacy.tokens import Doc, Span

from dateline import codebook
from dateline.coding.proposal import Proposal
from dateline.errors import CodebookError
from dateline.record import PloverType


class VetoExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that a veto must empty, or (under `kept`) must leave alone."""

    text: str


class Veto(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Drops events of `types` when at least `at_least` different `words` stand in the scope and none of `unless`."""

    name: str
    words: frozenset[str]
    scope: Literal["sentence", "report"]
    types: tuple[PloverType, ...] = ()
    lemmas: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    at_least: int = 1
    examples: tuple[VetoExample, ...] = ()
    kept: tuple[VetoExample, ...] = ()


@cache
def load_vetoes() -> tuple[Veto, ...]:
    """The vetoes that ship with dateline, in the order of the file."""
    try:
        return msgspec.convert(codebook.load("vetoes.toml")["veto"], tuple[Veto, ...])
    except msgspec.ValidationError as error:
        raise CodebookError(f"codebook/vetoes.toml: {error}") from error


def allowed(doc: Doc, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals that no veto drops."""
    everywhere = _words(doc[:])
    nearby: dict[int, frozenset[str]] = {}
    for proposal in proposals:
        sentence = proposal.trigger.sent
        if sentence.start not in nearby:
            nearby[sentence.start] = _words(sentence)
        scopes = {"report": everywhere, "sentence": nearby[sentence.start]}
        if not any(_drops(veto, proposal, scopes[veto.scope]) for veto in load_vetoes()):
            yield proposal


def _words(span: Span) -> frozenset[str]:
    """Lower-case forms, lemmas and pairs of neighbours ("world cup") of a stretch of text."""
    forms = [t.lower_ for t in span]
    pairs = {f"{a} {b}" for a, b in pairwise(forms)}
    return frozenset(forms) | {t.lemma_.lower() for t in span} | pairs


def _drops(veto: Veto, proposal: Proposal, words: frozenset[str]) -> bool:
    if veto.types and proposal.type not in veto.types:
        return False
    if veto.lemmas and proposal.trigger.lemma_.lower() not in veto.lemmas:
        return False
    return len(veto.words & words) >= veto.at_least and not veto.unless & words
