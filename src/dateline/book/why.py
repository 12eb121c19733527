"""Why an event's values are what they are: what each account says, by which coding and review, down to characters."""

from __future__ import annotations

import duckdb

from dateline.book.days import show as show_when
from dateline.book.history import Past
from dateline.book.queries import event, report, show_count
from dateline.book.views import Derivation, Earlier, Ground, Passage
from dateline.errors import BookError
from dateline.merging.event import Event, Telling
from dateline.record import Account, Interval, Span

#: Characters shown before and after a quoted passage.
CONTEXT = 60
#: The fields of an event that `why` explains.
FIELDS = (
    "type", "mode", "actor", "recipient", "when", "where", "status", "said_by", "counts", "quad", "cameo", "intensity",
    "contexts",
)  # fmt: skip
#: Of these, those that a table gives for type, mode and status.
_CODES = ("quad", "cameo", "intensity")


def why(connection: duckdb.DuckDBPyConnection, event_id: str, field: str | None = None) -> list[Derivation]:
    """Each field of an event that has a value (or the field named): value, reasons, and the passages it rests on."""
    if field is not None and field not in FIELDS:
        raise BookError(f"an event has no field {field!r}; it has {', '.join(FIELDS)}")
    found = event(connection, event_id)
    views = {t.report: report(connection, t.report) for t in found.tellings}
    texts = {i: view.report.text for i, view in views.items()}
    past = {i: Past(connection, view.report) for i, view in views.items()}
    rows = connection.execute(
        "SELECT key, standing, coding FROM accounts WHERE key IN (SELECT unnest($1::TEXT[]))",
        [[t.key for t in found.tellings]],
    ).fetchall()
    marks = {key: (standing, coding) for key, standing, coding in rows}
    made = [_derivation(found, name, texts, past, marks) for name in ([field] if field else FIELDS)]
    return [d for d in made if field or any(g.value for g in d.grounds)]


def _derivation(
    found: Event,
    field: str,
    texts: dict[str, str],
    past: dict[str, Past],
    marks: dict[str, tuple[str | None, int | None]],
) -> Derivation:
    grounds = []
    for telling in found.tellings:
        account, (standing, number) = telling.account, marks[telling.key]
        spans = account.evidence.get(field, account.anchors if field in ("type", "mode") else ())
        grounds.append(
            Ground(
                account=telling.key,
                report=telling.report,
                value=_account_value(account, field),
                because=_because(account, field),
                passages=tuple(_passage(telling, texts[telling.report], span) for span in spans),
                coding=next((c for c in past[telling.report].codings if c.ordinal == number), None),
                earlier=tuple(
                    Earlier(coding=coding, value=_account_value(told, field), reviewed=reviewed)
                    for coding, told, reviewed in past[telling.report].accounts(telling.key, account)
                ),
                standing=standing,
            )
        )
    chosen = [found.because[f] for f in ([field] if field != "counts" else sorted(found.counts)) if f in found.because]
    return Derivation(
        event=found.id,
        field=field,
        value=_event_value(found, field),
        because="; ".join(chosen) or None,
        grounds=tuple(grounds),
    )


def _because(account: Account, field: str) -> str | None:
    if field == "counts":
        told = [account.because[c] for c in ("counts", *sorted(account.counts)) if c in account.because]
        return "; ".join(told) or None
    if field in _CODES and account.quad is not None:
        told = [f"the table of codes for {account.type}{f'·{account.mode}' if account.mode else ''}, {account.status}"]
        return ": ".join(told + ([account.because["cameo"]] if field == "cameo" and "cameo" in account.because else []))
    return account.because.get(field)


def _passage(telling: Telling, text: str, span: Span) -> Passage:
    start, end = span
    return Passage(
        report=telling.report,
        span=span,
        before=text[max(0, start - CONTEXT) : start],
        quoted=text[start:end],
        after=text[end : end + CONTEXT],
    )


def _account_value(account: Account, field: str) -> str | None:
    return _text(getattr(account, field))


def _event_value(found: Event, field: str) -> str | None:
    value = getattr(found, field)
    if field in ("actor", "recipient", "said_by"):
        value = tuple(a.name for a in value)
    return _text(value)


def _text(value: object) -> str | None:
    """A field's value in words; None where it has none."""
    if value is None or value in ((), {}):
        return None
    if isinstance(value, Interval):
        return show_when(value)
    if isinstance(value, dict):
        return ", ".join(f"{show_count(count)} {name}" for name, count in sorted(value.items()))
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)
