"""Parties that a telling leaves out but the report leaves in no doubt.

Captors who release, attackers of those killed in an attack, the state whose authorities arrest, charge or sentence.
"""

from __future__ import annotations

import msgspec
from spacy.tokens import Doc

from dateline.coding.draft import Draft, Party

#: What only an authority does to people, as (type, mode).
_BY_AUTHORITY = frozenset(
    {("COERCE", "arrest"), ("COERCE", "deport"), ("SANCTION", "convict"), ("ACCUSE", "allege"), ("COERCE", "censor")}
)
_ATTACK_WORDS = frozenset("attack assault raid strike siege ambush bombing shooting massacre offensive incident".split())


def fill_in(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """The drafts with missing doers taken from the tellings and places that leave no doubt."""
    return [_filled(doc, draft, drafts) for draft in drafts]


def _filled(doc: Doc, draft: Draft, drafts: list[Draft]) -> Draft:
    if draft.actor:
        return draft
    found: Party | None = None
    if draft.type == "ASSAULT":
        found = _attacker(doc, draft, drafts)
    elif (draft.type, draft.mode) == ("RETREAT", "release"):
        found = _captor(draft, drafts)
    elif (draft.type, draft.mode) in _BY_AUTHORITY and draft.recipient and not draft.noun:
        found = _state(doc, draft)
    return msgspec.structs.replace(draft, actor=found) if found else draft


def _captor(draft: Draft, drafts: list[Draft]) -> Party | None:
    """Who took those that are released."""
    for other in drafts:
        took = (other.type, other.mode) in (("ASSAULT", "abduct"), ("COERCE", "arrest")) and other.status == "actual"
        if took and other.actor and _overlap(other.recipient, draft.recipient):
            return other.actor
    return None


def _overlap(one: Party, other: Party) -> bool:
    return bool(set(one.entities) & set(other.entities))


def _attacker(doc: Doc, draft: Draft, drafts: list[Draft]) -> Party | None:
    """Who attacked where somebody was killed or taken: an attack below the trigger, or the one that it points back to."""
    trigger = doc[draft.trigger]
    attacks = [d for d in drafts if d.type == "ASSAULT" and d.actor and d.status == "actual" and d is not draft]
    below = {t.i for t in trigger.subtree}
    inside = [d for d in attacks if d.trigger in below and d.noun]
    if inside:
        return inside[0].actor
    if draft.noun and draft.definite or any(doc[i].lemma_.lower() in _ATTACK_WORDS for i in below if i != draft.trigger):
        before = [d for d in attacks if d.trigger < draft.trigger]
        return before[-1].actor if before else None
    return None


def _state(doc: Doc, draft: Draft) -> Party | None:
    """The country whose authorities act: that of the event's place, else the only one of the sentence or report."""
    countries = [i for i, e in enumerate(doc._.entities) if e.kind == "country" and e.country and e.mentions]
    if not countries:
        return None
    places = {p.name: p.country for p in doc._.places}
    located = {places.get(name) for name in draft.where} - {None}
    if len(located) == 1:
        code = next(iter(located))
        found = [i for i in countries if doc._.entities[i].country == code]
        if found:
            return Party((found[0],), draft.where_evidence)
    sentence = doc[draft.trigger].sent
    near = [i for i in countries if any(sentence.start <= doc._.mentions[m].head < sentence.end for m in doc._.entities[i].mentions)]
    for candidates in (near, countries):
        if len(candidates) == 1:
            return Party((candidates[0],), ())
    return None
