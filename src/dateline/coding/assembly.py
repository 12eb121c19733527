"""From proposals to a coded report: fields filled, tellings united, names given, everything verified."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from dateline.coding.company import families
from dateline.coding.counts import counts_of
from dateline.coding.draft import NOBODY, Draft, Party, party, span_of, token_span
from dateline.coding.implied import fill_in
from dateline.coding.layers import add_layers
from dateline.coding.ordering import order
from dateline.coding.performing import performed
from dateline.coding.proposal import Hints, Proposal
from dateline.coding.reckoning import reckon
from dateline.coding.reductions import reduce
from dateline.coding.status import Judged, status_of
from dateline.coding.story import Placed, follow_story
from dateline.coding.uniting import names_event, unite
from dateline.coding.vetoes import allowed
from dateline.coding.voice import said_by
from dateline.coding.when import Clock
from dateline.coding.where import where_of
from dateline.record import Account, ActorRecord, CodedReport, Kinship, Quote, Role, Span
from dateline.report import Report

#: Tokens that a trigger's phrase may span ("put its destroyers on alert") to be one anchor.
_LONGEST_PHRASE = 8
#: Quoted stretches of fewer words are scare quotes and terms, no direct speech (the annotation guide's limit).
SHORTEST_QUOTE = 4


def assemble(
    report: Report,
    doc: Doc,
    proposals: Iterable[Proposal],
    hints: Hints | None = None,
) -> CodedReport:
    """The coded report that an engine's proposals make of a read Doc; `hints` is what else it knows."""
    placed, clock = tellings(doc, proposals)
    drafts = [p.draft for p in placed] if hints is None else hints.choose(doc, placed)
    linked = None if hints is None else hints.linked
    events = fill_in(doc, unite(fill_in(doc, drafts), families(doc), linked))
    events = reckon(doc, order(doc, events, clock.own))
    names = actor_names(doc)
    accounts = tuple(_account(f"e{n}", event, names) for n, event in enumerate(events, 1))
    coded = CodedReport(
        id=report.id,
        published=report.published,
        source=report.source,
        title=report.title,
        events=accounts,
        quotes=_quotes(doc, names),
        roles=tuple(
            Role(
                person=names[r.person],
                role=r.role,
                of=names.get(r.of) if r.of is not None else None,
                evidence=(span_of(doc, r.start, r.end),),
            )
            for r in doc._.roles
            if r.person in names
        ),
        kin=tuple(
            Kinship(
                person=names[k.person], relation=k.relation, of=names[k.of], evidence=(span_of(doc, k.start, k.end),)
            )
            for k in doc._.kin
            if k.person in names and k.of in names
        ),
        actors=_actors(doc, names),
    )
    return add_layers(doc, coded, names)


def tellings(doc: Doc, proposals: Iterable[Proposal]) -> tuple[list[Placed], Clock]:
    """The proposals that no veto takes away as drafts with all fields, dated by their sentences and by the story."""
    kept = list(allowed(doc, proposals))
    clock = Clock(doc, frozenset(p.trigger.i for p in kept))
    sentences = {s.start: i for i, s in enumerate(doc.sents)}
    drafts = [reduce(_draft(doc, clock, sentences, p), clock.published) for p in kept]
    return follow_story(doc, order(doc, drafts, clock.own), clock.own), clock


def _draft(doc: Doc, clock: Clock, sentences: dict[int, int], proposal: Proposal) -> Draft:
    trigger, clause = proposal.trigger, proposal.clause
    actor, recipient = party(doc, proposal.actor), party(doc, proposal.recipient)
    both = set(actor.entities) & set(recipient.entities)
    if both and set(recipient.entities) <= both:
        recipient = NOBODY
    judged = status_of(trigger, clause) if proposal.status is None else Judged(proposal.status, proposal.rule)
    if judged.status == "actual" and clock.is_to_come(trigger):
        judged = Judged("future", "told of a day after publication")
    act = performed(doc, proposal, judged)
    if act is not None:
        actor, judged = act
    voice, voice_reason = said_by(doc, trigger, clause, proposal.type, actor, recipient)
    where, where_evidence = where_of(doc, trigger, clause, _event_nouns(proposal), proposal.type)
    counts, counts_evidence = counts_of(doc, proposal)
    return Draft(
        type=proposal.type,
        mode=proposal.mode,
        anchors=_anchors(proposal),
        trigger=trigger.i,
        triggers=(trigger.i,),
        clauses=(clause.i,),
        lemma=trigger.lemma_.lower(),
        noun=trigger.pos_ in ("NOUN", "PROPN"),
        definite=any(_definite(t) for t in _event_nouns(proposal)),
        sentence=sentences[trigger.sent.start],
        actor=actor,
        recipient=recipient,
        named=any(
            doc._.entities[e].kind == "person" and doc._.entities[e].name[:1].isupper() for e in recipient.entities
        ),
        when=clock.date(trigger, clause, judged.status, proposal.type),
        where=where,
        where_evidence=where_evidence,
        status=judged.status,
        status_reason=judged.reason,
        said_by=voice,
        said_by_reason=voice_reason,
        counts=counts,
        counts_evidence=counts_evidence,
        rules=(f"frame {proposal.rule}",),
    )


def _anchors(proposal: Proposal) -> tuple[Span, ...]:
    """The phrase as one span where its words stand together, else the trigger alone."""
    first, last = proposal.anchor[0], proposal.anchor[-1]
    if last.i - first.i < _LONGEST_PHRASE:
        return (Span(first.idx, last.idx + len(last)),)
    return (token_span(proposal.trigger),)


def _event_nouns(proposal: Proposal) -> list[Token]:
    """The nouns that name the event: of the phrase, and of what is attended ("attended the meeting")."""
    nouns = [t for t in proposal.anchor if t.pos_ in ("NOUN", "PROPN")]
    if proposal.trigger.pos_ != "NOUN":
        nouns += [t for slot in ("object", "at") for t in proposal.slots.get(slot, []) if names_event(t.lemma_.lower())]
    return nouns


def _definite(token: Token) -> bool:
    return any(c.lower_ in ("the", "this", "that", "these", "those") or c.dep_ == "poss" for c in token.children)


def actor_names(doc: Doc) -> dict[int, str]:
    """Entity index → the key it has in the record: its name, numbered where two bear the same one."""
    names: dict[int, str] = {}
    taken: dict[str, int] = {}
    for index, entity in enumerate(doc._.entities):
        if entity.kind is None or not entity.mentions:
            continue
        taken[entity.name] = taken.get(entity.name, 0) + 1
        names[index] = entity.name if taken[entity.name] == 1 else f"{entity.name} ({taken[entity.name]})"
    return names


def _listed(party: Party, names: dict[int, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names[e] for e in party.entities if e in names))


def _account(name: str, draft: Draft, names: dict[int, str]) -> Account:
    actor, recipient = _listed(draft.actor, names), _listed(draft.recipient, names)
    speaker = _listed(draft.said_by, names)
    evidence: dict[str, tuple[Span, ...]] = {}
    because = {"type": ", ".join(draft.rules), "status": draft.status_reason}
    for field, value, spans in (
        ("actor", actor, draft.actor.evidence),
        ("recipient", recipient, draft.recipient.evidence),
        ("when", draft.when.interval, draft.when.evidence),
        ("where", draft.where, draft.where_evidence),
        ("said_by", speaker, draft.said_by.evidence),
        ("counts", draft.counts, draft.counts_evidence),
    ):
        if value and spans:
            evidence[field] = tuple(sorted(spans))
    if draft.when.interval is not None:
        because["when"] = draft.when.reason
    if speaker:
        because["said_by"] = draft.said_by_reason
    return Account(
        id=name,
        type=draft.type,
        mode=draft.mode,
        anchors=draft.anchors,
        actor=actor,
        recipient=recipient,
        when=draft.when.interval,
        where=draft.where,
        status=draft.status,
        said_by=speaker[0] if speaker else None,
        counts=draft.counts,
        evidence=evidence,
        because=because,
    )


def _quotes(doc: Doc, names: dict[int, str]) -> tuple[Quote, ...]:
    quotes = []
    text = doc.text
    for quotation in doc._.quotes:
        if len(text[quotation.start : quotation.end].split()) < SHORTEST_QUOTE:
            continue
        speaker = None
        if quotation.source is not None:
            found = [names[e] for e in party(doc, (doc[quotation.source],)).entities if e in names]
            speaker = found[0] if found else None
        cue = token_span(doc[quotation.cue]) if quotation.cue is not None else None
        quotes.append(Quote(span=Span(quotation.start, quotation.end), speaker=speaker, cue=cue))
    return tuple(quotes)


def _actors(doc: Doc, names: dict[int, str]) -> dict[str, ActorRecord]:
    mentions = doc._.mentions
    return {
        name: ActorRecord(
            kind=doc._.entities[index].kind,
            mentions=tuple(span_of(doc, mentions[m].start, mentions[m].end) for m in doc._.entities[index].mentions),
            country=doc._.entities[index].country,
        )
        for index, name in names.items()
    }
