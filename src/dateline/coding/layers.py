"""What a coded report gets when its events stand: quads, CAMEO codes, intensity, contexts, sectors, known offices."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

import msgspec
from spacy.tokens import Doc

from dateline.coding.codes import code_of, quad_of
from dateline.coding.contexts import Hit, contexts_of_account, contexts_of_report, hits
from dateline.coding.draft import span_of
from dateline.reading.belonging import countries_of
from dateline.reading.leaders import known_of
from dateline.reading.profiles import reading_of
from dateline.reading.sectors import sectors_of
from dateline.record import Account, ActorRecord, CodedReport, Context, Span


def add_layers(doc: Doc, coded: CodedReport, names: Mapping[int, str]) -> CodedReport:
    """The coded report of a read Doc with these layers; `names` has the key of each actor by its entity's index."""
    tokens = reading_of(doc).tokens
    found = hits(tokens.lower, tokens.lemmas)
    by_sentence: dict[int, list[Hit]] = {}
    for hit in found:
        by_sentence.setdefault(tokens.sents[hit.start], []).append(hit)
    starts = [doc[i].idx for i in tokens.starts[:-1]]
    return msgspec.structs.replace(
        coded,
        events=tuple(_account(doc, event, by_sentence, starts) for event in coded.events),
        actors=coded.actors | dict(_actors(doc, coded, names)),
        contexts={c: _spans(doc, words) for c, words in contexts_of_report(found, len(tokens)).items()},
    )


def _actors(doc: Doc, coded: CodedReport, names: Mapping[int, str]) -> Iterator[tuple[str, ActorRecord]]:
    """The actors with what is known of them beyond their mentions."""
    sectors = sectors_of(doc)
    countries = countries_of(doc, sectors)
    known = known_of(doc)
    for e, name in names.items():
        record, land, sector = coded.actors[name], countries.get(e), sectors.get(e)
        evidence: dict[str, tuple[Span, ...]] = {}
        because: dict[str, str] = {}
        for field, found in (("country", land), ("sectors", sector)):
            if found is not None:
                evidence[field] = tuple(span_of(doc, start, end) for start, end in found.words)
                because[field] = found.reason
        country, codes = land.country if land else None, sector.codes if sector else ()
        if e in known and any(doc._.mentions[m].kind == "name" for m in doc._.entities[e].mentions):
            held = known[e][0]
            origin = f"by a table, not the report: {held.role} of {held.country} since {held.since} ({held.source})"
            if land is None or not land.told:
                country, evidence["country"], because["country"] = held.country, record.mentions[:1], origin
            if not codes:
                codes, evidence["sectors"], because["sectors"] = ("GOV",), record.mentions[:1], origin
        if because or e in known:
            yield (
                name,
                msgspec.structs.replace(
                    record,
                    country=country,
                    sectors=codes,
                    evidence=dict(sorted(evidence.items())),
                    because=dict(sorted(because.items())),
                    known=known.get(e, ()),
                ),
            )


def _account(doc: Doc, event: Account, by_sentence: dict[int, list[Hit]], starts: list[int]) -> Account:
    sentences = sorted({bisect_right(starts, anchor.start) - 1 for anchor in event.anchors})
    nearby = [hit for sentence in sentences for hit in by_sentence.get(sentence, ())]
    contexts = contexts_of_account(nearby, event.type, event.mode)
    code = code_of(event.type, event.mode, event.status)
    evidence, because = dict(event.evidence), dict(event.because)
    if contexts:
        words = {hit for found in contexts.values() for hit in found}
        evidence["contexts"] = tuple(sorted({span_of(doc, hit.start, hit.end) for hit in words})) or event.anchors
        because["contexts"] = "; ".join(_reason(event, context, found) for context, found in contexts.items())
    if code is not None and code.why is not None:
        because["cameo"] = code.why
    return msgspec.structs.replace(
        event,
        evidence=evidence,
        because=because,
        quad=quad_of(event.type),
        cameo=code.cameo if code else None,
        intensity=code.intensity if code else None,
        contexts=tuple(contexts),
    )


def _reason(event: Account, context: Context, found: tuple[Hit, ...]) -> str:
    return f"{context} by {', '.join(hit.key for hit in found) or f'{event.type}·{event.mode}'}"


def _spans(doc: Doc, found: tuple[Hit, ...]) -> tuple[Span, ...]:
    return tuple(span_of(doc, hit.start, hit.end) for hit in found)
