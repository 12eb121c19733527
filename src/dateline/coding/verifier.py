"""The verifier behind every coder: spans inside the text, values inside the ontology, names that resolve."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.record import MODES, CodedReport, Span
from dateline.report import Report


def problems(report: Report, coded: CodedReport) -> Iterator[str]:
    """What is wrong with a coded report, one sentence each; nothing for a sound one."""
    size = len(report.text)

    def outside(spans: tuple[Span, ...]) -> bool:
        return any(not 0 <= s.start < s.end <= size for s in spans)

    if coded.id != report.id:
        yield f"coded as {coded.id!r}, but the report is {report.id!r}"
    for event in coded.events:
        here = f"event {event.id}"
        if not event.anchors:
            yield f"{here}: no anchor"
        if event.mode is not None and event.mode not in MODES.get(event.type, ()):
            yield f"{here}: {event.type} has no mode {event.mode!r}"
        if outside(event.anchors) or any(outside(spans) for spans in event.evidence.values()):
            yield f"{here}: a span outside the text"
        for name in (*event.actor, *event.recipient, *((event.said_by,) if event.said_by else ())):
            if name not in coded.actors:
                yield f"{here}: {name!r} is not among the actors"
        if (
            event.when is not None
            and event.when.earliest
            and event.when.latest
            and event.when.earliest > event.when.latest
        ):
            yield f"{here}: ends before it begins"
    for quote in coded.quotes:
        if outside((quote.span,)) or (quote.speaker is not None and quote.speaker not in coded.actors):
            yield f"quote {quote.span}: a span outside the text or an unknown speaker"
    for role in coded.roles:
        if (
            role.person not in coded.actors
            or (role.of is not None and role.of not in coded.actors)
            or outside(role.evidence)
        ):
            yield f"role {role.role!r} of {role.person!r}: an unknown name or a span outside the text"
    for kin in coded.kin:
        if kin.person not in coded.actors or kin.of not in coded.actors or outside(kin.evidence):
            yield f"kin {kin.person!r} {kin.relation} of {kin.of!r}: an unknown name or a span outside the text"
    for name, actor in coded.actors.items():
        if outside(actor.mentions) or any(outside(spans) for spans in actor.evidence.values()):
            yield f"actor {name!r}: a span outside the text"
    for context, spans in coded.contexts.items():
        if outside(spans):
            yield f"context {context!r}: a span outside the text"
