"""A sketch of an account: all that comparing two accounts needs, small enough to keep beside the account.

A sketch depends on its own report alone, so it never has to be made again when other reports come in.
"""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec

from dateline.merging import names
from dateline.merging.stories import lead
from dateline.merging.words import content, heads, names_in, sentence_at
from dateline.record import Account, ActorKind, ActorRecord, CodedReport, CountName, Interval, PloverType, Span, Status
from dateline.report import Report


def content_id(prefix: str, *parts: object) -> str:
    """An id from content: prefix and 56 bits of a BLAKE2 hash as hexadecimal digits, the same wherever it is made."""
    return prefix + hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=7).hexdigest()


class Party(msgspec.Struct, frozen=True):
    """One participant of an account: its name in the report and what can be compared.

    `key` is the folded name where it is one, else ""; `spelled` the spelling keys of a person's name words; `heads`
    what descriptions in the report call it ("driver"); `meant` the spelling keys of whom a description of an office
    means by a table of its holders ("the Russian president").
    """

    name: str
    kind: ActorKind
    key: str = ""
    country: str | None = None
    spelled: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()


class Sketch(msgspec.Struct, frozen=True, kw_only=True):
    """What comparing needs of one account. `key` is the account's own id, `order` sorts accounts of all reports.

    `words` are stems of the sentences of its anchors, `context` the folded names of the whole report, `nearby` the
    days of accounts of the same type and mode in the same report (a report that tells a running story has several),
    `lead` stems of the report's title and lead, where news says what is new.
    """

    key: str
    order: tuple[str, str, int, str]
    report: str
    published: dt.date | None
    type: PloverType
    mode: str | None
    status: Status
    when: Interval | None
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    where: tuple[str, ...]
    counts: dict[CountName, tuple[int, int | None]]
    words: tuple[str, ...]
    context: tuple[str, ...]
    nearby: tuple[Interval, ...]
    lead: tuple[str, ...] = ()


def account_key(report_id: str, account: Account, ordinal: int) -> str:
    """The id of the event that this account would be the first to tell of.

    Made of what the account says, not of its number in the report; `ordinal` tells twins apart (0 for the first).
    """
    twins = [ordinal] if ordinal else []
    return content_id(
        "ev-", report_id, account.type, [tuple(a) for a in account.anchors], account.actor, account.recipient, *twins
    )


def sketches(report: Report, coded: CodedReport) -> tuple[Sketch, ...]:
    """The sketch of each account of one report, in the report's order."""
    context = names_in(report.text)
    opening = lead(report)
    seen: dict[str, int] = {}
    found: list[Sketch] = []
    for account in coded.events:
        base = account_key(report.id, account, 0)
        ordinal = seen.get(base, 0)
        seen[base] = ordinal + 1
        key = account_key(report.id, account, ordinal) if ordinal else base
        first = min((a.start for a in account.anchors), default=0)
        published = report.published.isoformat() if report.published else "9999-12-31"
        told = " ".join(sorted({_sentence(report.text, a) for a in account.anchors}))
        found.append(
            Sketch(
                key=key,
                order=(published, report.id, first, key),
                report=report.id,
                published=report.published,
                type=account.type,
                mode=account.mode,
                status=account.status,
                when=account.when,
                actor=tuple(_party(report.text, n, coded.actors.get(n)) for n in account.actor),
                recipient=tuple(_party(report.text, n, coded.actors.get(n)) for n in account.recipient),
                where=tuple(sorted({" ".join(w for w in names.words(p) if w != "the") for p in account.where} - {""})),
                counts={name: (c.low, c.high) for name, c in sorted(account.counts.items())},
                words=content(told),
                context=context,
                nearby=_nearby(coded, account),
                lead=opening,
            )
        )
    return tuple(found)


def _sentence(text: str, span: Span) -> str:
    start, end = sentence_at(text, span)
    return text[start:end]


def _nearby(coded: CodedReport, account: Account) -> tuple[Interval, ...]:
    days = {
        other.when
        for other in coded.events
        if other is not account and other.when and (other.type, other.mode) == (account.type, account.mode)
    }
    return tuple(sorted(days, key=lambda w: (w[0] or dt.date.min, w[1] or dt.date.max)))


def _party(text: str, name: str, actor: ActorRecord | None) -> Party:
    kind: ActorKind = actor.kind if actor else "group"
    called = {text[m.start : m.end] for m in actor.mentions} if actor else set()
    named = names.is_name(name, kind)
    described = sorted(s for s in {name, *called} if not names.is_name(s, kind))
    person = kind == "person" and named
    known = {k.name for k in actor.known} if actor and not named else set()
    return Party(
        name=name,
        kind=kind,
        key=(" ".join(names.person_words(name)) if person else names.body_key(name)) if named else "",
        country=actor.country if actor else None,
        spelled=tuple(names.spelling(w) for w in names.person_words(name)) if person else (),
        heads=heads(described),
        meant=tuple(names.spelling(w) for k in sorted(known) for w in names.person_words(k)) if len(known) == 1 else (),
    )
