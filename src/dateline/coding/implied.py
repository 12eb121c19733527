"""Parties that a telling leaves out but the report leaves in no doubt: captors who release, attackers of the killed."""

from __future__ import annotations

import msgspec
from spacy.tokens import Doc

from dateline.coding.draft import Draft, Party


def fill_in(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """The drafts with missing doers and recipients taken from the tellings that they hang on."""
    return [_filled(doc, draft, drafts) for draft in drafts]


def _filled(doc: Doc, draft: Draft, drafts: list[Draft]) -> Draft:
    if not draft.actor and draft.type == "ASSAULT":
        source = _attack_behind(doc, draft, drafts)
        if source is not None:
            return msgspec.structs.replace(draft, actor=source.actor)
    if not draft.actor and draft.type == "RETREAT" and draft.mode == "release":
        captors = [d for d in drafts if _took(d) and d.actor and _overlap(d.recipient, draft.recipient)]
        if captors:
            return msgspec.structs.replace(draft, actor=captors[0].actor)
    return draft


def _took(draft: Draft) -> bool:
    return draft.status == "actual" and (draft.type, draft.mode) in (("ASSAULT", "abduct"), ("COERCE", "arrest"))


def _overlap(one: Party, other: Party) -> bool:
    return bool(set(one.entities) & set(other.entities))


def _attack_behind(doc: Doc, draft: Draft, drafts: list[Draft]) -> Draft | None:
    """The attack in which somebody was killed or taken: a noun below the trigger, or the same sentence's attack."""
    below = {t.i for t in doc[draft.trigger].subtree}
    attacks = [
        d
        for d in drafts
        if d.type == "ASSAULT" and d.noun and d.actor and d.status == "actual" and d.trigger != draft.trigger
    ]
    inside = [d for d in attacks if d.trigger in below]
    if inside:
        return inside[0]
    anaphor = next((t for t in doc[draft.trigger].subtree if t.lemma_ in ("attack", "assault", "raid", "strike", "siege") and t.i != draft.trigger), None)
    if anaphor is not None:
        before = [d for d in attacks if d.trigger < draft.trigger]
        return before[-1] if before else None
    return None
