"""Reviewed values win: what a person corrected or accepted stands before what other accounts of the event say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from dateline.merging.event import Dispute, Event, Telling
from dateline.record import Account, CountName

_SIGNED = re.compile(r"review (\d+) by ")
_COUNTS: tuple[str, ...] = get_args(CountName)
#: Where the words of a reason stand: counts have theirs under one name.
_FIELDS = ("type", "mode", "actor", "recipient", "when", "where", "status", *_COUNTS)


def corrected(account: Account) -> dict[str, int]:
    """The fields of an account that a review corrected, with the number of its entry."""
    found = {field: _SIGNED.match(reason) for field, reason in account.because.items()}
    return {field: int(match.group(1)) for field, match in found.items() if match}


def prefer(event: Event, standings: Mapping[str, str]) -> Event:
    """The event with the values of its reviewed accounts: corrections first, the latest of them; then accepted ones.

    `standings` has the standing of each reviewed account by key. Where values agree already nothing changes.
    """
    told = [t for t in event.tellings if t.key in standings]
    if not told:
        return event
    changes: dict[str, Any] = {}
    because, counts = dict(event.because), dict(event.counts)
    disputes = list(event.disputes)
    for field in _FIELDS:
        found = _best(field, told, standings)
        if found is None:
            continue
        number, telling = found
        at = next((i for i, d in enumerate(disputes) if d.field == field), None)
        if at is not None:
            disputes[at] = _first(disputes[at], telling.report)
        if not number and (at is None or disputes[at] == event.disputes[at]):
            continue
        value = _value(telling, field)
        if field in _COUNTS:
            counts.pop(field, None)  # type: ignore[call-overload]
            if value is not None:
                counts[field] = value  # type: ignore[index]
        else:
            changes[field] = value
        key = "counts" if field in _COUNTS else field
        because[field] = telling.account.because.get(key, "") if number else "an accepted account has it"
        if field in ("type", "mode", "status"):
            account = telling.account
            changes |= {"quad": account.quad, "cameo": account.cameo, "intensity": account.intensity}
    changes |= {"because": because, "counts": counts, "disputes": tuple(disputes)}
    return msgspec.structs.replace(event, **changes)


def _best(field: str, told: list[Telling], standings: Mapping[str, str]) -> tuple[int, Telling] | None:
    """The number of the correction (0 for an acceptance) and the account whose value of a field wins, if one does."""
    ranked: list[tuple[int, int, Telling]] = []
    for place, telling in enumerate(told):
        numbers = corrected(telling.account)
        number = numbers.get("counts" if field in _COUNTS else field, 0)
        value = _value(telling, field)
        if number and (field not in _COUNTS or value is not None):
            ranked.append((number, -place, telling))
        elif standings[telling.key] == "accepted" and value not in (None, ()):
            ranked.append((0, -place, telling))
    if not ranked:
        return None
    number, _, telling = max(ranked, key=lambda x: x[:2])
    return number, telling


def _value(telling: Telling, field: str) -> Any:
    if field in ("actor", "recipient"):
        return getattr(telling, field)
    if field in _COUNTS:
        return telling.account.counts.get(field)  # type: ignore[call-overload]
    return getattr(telling.account, field)


def _first(dispute: Dispute, report: str) -> Dispute:
    """The dispute with the version of this report as the best; as it is where it is so already."""
    if report in dispute.versions[0].reports or not any(report in v.reports for v in dispute.versions):
        return dispute
    ranked = sorted(dispute.versions, key=lambda v: report not in v.reports)
    versions = tuple(msgspec.structs.replace(v, best=i == 0) for i, v in enumerate(ranked))
    return Dispute(field=dispute.field, versions=versions)
