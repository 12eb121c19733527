"""PLOVER's reductions: cooperation that is only announced is an agreement to it."""

from __future__ import annotations

import datetime as dt

import msgspec

from dateline.coding.draft import Dated, Draft
from dateline.record import Interval, PloverType

#: Types that, told as future, are AGREE (PLOVER manual 2.0 draft: AGREE takes in promises of these).
_PROMISED: frozenset[PloverType] = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


def reduce(draft: Draft, published: dt.date | None) -> Draft:
    """The draft, with the type that PLOVER gives it where it is to come."""
    if draft.status != "future" or draft.type not in _PROMISED:
        return draft
    told = Dated(Interval(None, published), f"announced by {published}") if published else Dated(None, "")
    return msgspec.structs.replace(
        draft,
        type="AGREE",
        mode=None,
        status="actual",
        status_reason=f"future {draft.type} is an agreement",
        when=told,
        where=(),
        where_evidence=(),
        counts={},
        counts_evidence=(),
        rules=(*draft.rules, f"reduction future {draft.type}"),
    )
