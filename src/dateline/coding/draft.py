"""A proposal with its fields filled: what uniting compares and accounts are made of."""

from __future__ import annotations

import msgspec
from spacy.tokens import Doc, Token

from dateline.coding.arguments import transparent
from dateline.reading.annotations import Mention
from dateline.reading.entities import mention_at
from dateline.record import Count, CountName, Interval, PloverType, Span, Status


class Party(msgspec.Struct, frozen=True):
    """Entities that an argument denotes (indexes into `doc._.entities`), with the characters that say so."""

    entities: tuple[int, ...]
    evidence: tuple[Span, ...]

    def __bool__(self) -> bool:
        return bool(self.entities)


class Dated(msgspec.Struct, frozen=True):
    """An interval of days, how it was reached, and the characters it was read from.

    `told` is true where the text dates the event itself; false where only tense and publication day bound it.
    """

    interval: Interval | None
    reason: str
    evidence: tuple[Span, ...] = ()
    told: bool = False


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One telling of one event with all fields, or several united.

    `trigger` is the first of their `triggers` (tokens), `clauses` has the words whose clauses tell them; `lemma`,
    `noun` and `definite` describe it, `sentence` is its index; `named` says that the recipient is somebody by name.
    """

    type: PloverType
    mode: str | None
    anchors: tuple[Span, ...]
    trigger: int
    triggers: tuple[int, ...]
    clauses: tuple[int, ...]
    lemma: str
    noun: bool
    definite: bool
    sentence: int
    actor: Party
    recipient: Party
    named: bool
    when: Dated
    where: tuple[str, ...]
    where_evidence: tuple[Span, ...]
    status: Status
    status_reason: str
    said_by: Party
    said_by_reason: str
    counts: dict[CountName, Count]
    counts_evidence: tuple[Span, ...]
    rules: tuple[str, ...]


NOBODY = Party((), ())


def span_of(doc: Doc, start: int, end: int) -> Span:
    """Tokens `[start, end)` as characters."""
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def token_span(token: Token) -> Span:
    """One token as characters."""
    return Span(token.idx, token.idx + len(token))


def actor_mention(head: Token) -> Mention | None:
    """The mention at an argument: its own if that is an actor, else that of what a quantity stands for."""
    doc = head.doc
    own = mention_at(doc, head)
    counted = transparent(head)
    if counted != head and (head.pos_ == "NUM" or own is None):
        return mention_at(doc, counted) or own  # "one of its employees", "dozens of protesters"
    if own is not None and any(doc._.entities[e].kind is not None for e in own.entities):
        return own
    return mention_at(doc, counted) or own


def country_at(head: Token) -> int | None:
    """The country (an index into `doc._.entities`) of the place that is named at an argument, if the report tells it.

    Told by what stands behind the name ("Dnipro, Ukraine", "the town of Hit in Iraq"), else by what the place is.
    """
    doc = head.doc
    mention = mention_at(doc, head)
    if mention is None or mention.kind != "name" or any(doc._.entities[e].kind is not None for e in mention.entities):
        return None
    behind = [t for child in head.children for t in (child, *child.children) if child.dep_ in ("appos", "prep")]
    for token in behind:
        other = mention_at(doc, token)
        for entity in other.entities if other is not None and other != mention else ():
            if doc._.entities[entity].kind == "country":
                return entity
    codes = {doc._.entities[e].country for e in mention.entities if doc._.entities[e].place} - {None}
    return next((i for i, e in enumerate(doc._.entities) if e.kind == "country" and e.country in codes), None)


def party(doc: Doc, heads: tuple[Token, ...]) -> Party:
    """The actors that argument heads denote, in text order, each once."""
    entities: list[int] = []
    evidence: list[Span] = []
    for head in heads:
        mention = actor_mention(head)
        if mention is None:
            continue
        state = country_at(head)
        for index in (*mention.entities, *(() if state is None else (state,))):
            if doc._.entities[index].kind is not None and index not in entities:
                entities.append(index)
        if mention.entities:
            evidence.append(span_of(doc, mention.start, mention.end))
    return Party(tuple(entities), tuple(dict.fromkeys(evidence)))
