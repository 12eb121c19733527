"""PLOVER's reductions: what is only announced is an agreement to it, a concession or a threat."""

from __future__ import annotations

import datetime as dt

import msgspec

from dateline.coding.draft import Dated, Draft
from dateline.coding.status import ANNOUNCED
from dateline.record import Interval, PloverType

#: Types that, told as future, are AGREE (PLOVER manual 2.0 draft: AGREE takes in promises of these).
_PROMISED: frozenset[PloverType] = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


#: What a doer's own announcement of a deed is: climbing down, or a threat of force.
_ANNOUNCED: dict[tuple[PloverType, str | None], tuple[PloverType, str | None]] = {
    ("RETREAT", "withdraw"): ("CONCEDE", None),
    ("RETREAT", "release"): ("CONCEDE", None),
    ("RETREAT", "ceasefire"): ("CONCEDE", None),
    ("RETREAT", "disarm"): ("CONCEDE", None),
    ("RETREAT", "access"): ("CONCEDE", None),
}


def reduce(draft: Draft, published: dt.date | None) -> Draft:
    """The draft, with the type that PLOVER gives it where it is to come."""
    if draft.status != "future":
        return draft
    own_word = draft.status_reason.startswith(ANNOUNCED)
    if own_word and draft.type == "ASSAULT":
        return _said(draft, published, "THREATEN", "violence")
    if own_word and (draft.type, draft.mode) in _ANNOUNCED:
        return _said(draft, published, *_ANNOUNCED[draft.type, draft.mode])
    return _said(draft, published, "AGREE", None) if draft.type in _PROMISED else draft


def _said(draft: Draft, published: dt.date | None, kind: PloverType, mode: str | None) -> Draft:
    told = Dated(Interval(None, published), f"announced by {published}") if published else Dated(None, "")
    return msgspec.structs.replace(
        draft,
        type=kind,
        mode=mode,
        status="actual",
        status_reason=f"future {draft.type} told by its doer is {kind}",
        when=told,
        where=(),
        where_evidence=(),
        counts={},
        counts_evidence=(),
        rules=(*draft.rules, f"reduction future {draft.type}"),
    )
