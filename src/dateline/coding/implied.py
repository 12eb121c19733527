"""Parties that a telling leaves out but the report leaves in no doubt.

Captors who release, attackers of those killed in an attack, the state whose authorities arrest, charge or sentence.
"""

from __future__ import annotations

from collections import Counter

import msgspec
from spacy.tokens import Doc, Token

from dateline.coding.arguments import verb_slots
from dateline.coding.draft import Draft, Party, party
from dateline.reading.countries import country_names
from dateline.record import PloverType

#: What states do, unless somebody else is named.
_BY_STATES: frozenset[PloverType] = frozenset({"COERCE", "MOBILIZE"})
#: What belongs to a state unless the report says whose it is.
_OF_STATES = frozenset(
    "barrack barracks garrison outpost post base checkpoint airbase headquarters town city capital airport".split()
)
#: Tokens from the start of a report within which the place stands where it was written.
_DATELINE = 4
#: Passives of a state's own acts: who is dismissed, recalled or granted asylum, what rule is lifted.
_BY_OFFICE = frozenset(
    {("SANCTION", "expel"), ("SANCTION", "withdraw"), ("SANCTION", None), ("CONCEDE", None), ("AID", None)}
)
#: Frames of AID that only a state can do.
_ASYLUM = "frame aid.asylum.passive"
_OBJECTS = frozenset({"dobj", "xcomp", "ccomp", "nsubjpass"})
#: What a bare refusal or consent answers.
_ANSWERED: frozenset[PloverType] = frozenset({"REQUEST", "AGREE", "THREATEN"})
#: What a state's courts and prosecutors do to people, as (type, mode).
_BY_COURTS = frozenset({("SANCTION", "convict"), ("ACCUSE", "allege")})
#: What puts people into somebody's hands.
_TAKING = frozenset({("ASSAULT", "abduct"), ("COERCE", "arrest")})
_FORCES = frozenset({"police", "officers", "gendarmes", "authorities", "guards", "deputies", "troops", "soldiers"})
#: Conflict in kind: what one side does to the other (PLOVER's quad 4).
_MATERIAL = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "SANCTION"})
#: What a noun may tell of somebody who stands in the clause around it.
_ON_A_PERSON = _TAKING | {("ACCUSE", "allege"), ("ACCUSE", "investigate"), ("SANCTION", "convict")}
_ANSWERS = frozenset({"response", "retaliation", "reply", "respond", "react", "reaction", "answer"})
_ATTACK_WORDS = frozenset(
    [
        "attack",
        "assault",
        "raid",
        "strike",
        "siege",
        "ambush",
        "bombing",
        "shooting",
        "massacre",
        "offensive",
        "incident",
    ]
)


def fill_in(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """The drafts with missing doers taken from the tellings and places that leave no doubt."""
    return [_filled(doc, draft, drafts) for draft in drafts]


def _filled(doc: Doc, draft: Draft, drafts: list[Draft]) -> Draft:
    if not draft.recipient and (other := _other_side(doc, draft, drafts)):
        draft = msgspec.structs.replace(draft, recipient=other)
    if not draft.actor and (doer := _doer(doc, draft, drafts)):
        draft = msgspec.structs.replace(draft, actor=doer)
    return draft


def _other_side(doc: Doc, draft: Draft, drafts: list[Draft]) -> Party | None:
    if draft.noun and (draft.type, draft.mode) in _ON_A_PERSON:
        whole = _subject_of_the_whole(doc, draft)
        return whole if whole or draft.type != "ACCUSE" else _answerer(doc, draft)
    if draft.noun and draft.type in ("REQUEST", "ACCUSE", "THREATEN"):
        return _answerer(doc, draft)
    if not draft.noun and draft.type in ("REJECT", "SUPPORT", "ACCUSE"):
        return _author_below(doc, draft, drafts) or _answered(doc, draft, drafts) or _asker(doc, draft, drafts)
    if draft.type == "PROTEST":
        return _state(doc, draft)
    if draft.type == "ASSAULT" and not draft.noun and draft.actor:
        return _state_struck(doc, draft)
    return None


def _state_struck(doc: Doc, draft: Draft) -> Party | None:
    """The state whose barracks or towns somebody other than a state attacks or takes."""
    if any(doc._.entities[e].kind == "country" for e in draft.actor.entities):
        return None
    struck = verb_slots(doc[draft.trigger])
    places = [t for slot in ("object", "on", "at", "against") for t in struck.get(slot, ())]
    return _state(doc, draft) if any(t.lemma_.lower() in _OF_STATES for t in places) else None


def _doer(doc: Doc, draft: Draft, drafts: list[Draft]) -> Party | None:
    found: Party | None = None
    if not draft.noun and _says_who(doc, draft):
        return None
    if draft.noun and draft.type == "ASSAULT" and (means := _with_what(doc, draft)):
        return means
    if draft.type == "ASSAULT":
        found = _freer(draft, drafts) or _attacker(doc, draft, drafts)
    elif (draft.type, draft.mode) == ("RETREAT", "release"):
        found = _captor(draft, drafts)
        if found is None and not any((d.type, d.mode) == ("ASSAULT", "abduct") for d in drafts):
            found = _state(doc, draft)
    elif (draft.type, draft.mode) == ("RETREAT", "ceasefire"):
        found = _sides(draft, drafts)
    elif draft.type in _BY_STATES or ((draft.type, draft.mode) in _BY_COURTS and draft.recipient and not draft.noun):
        found = _police(doc, draft, drafts) or _state(doc, draft)
    elif _is_official(doc, draft):
        found = _state(doc, draft)
    if found is None and draft.noun:
        found = _doer_of_the_whole(doc, draft, drafts)
    return found


def _is_official(doc: Doc, draft: Draft) -> bool:
    """Whether a passive tells what only a state does."""
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in doc[draft.trigger].children)
    official = (draft.type, draft.mode) in _BY_OFFICE and (draft.type != "AID" or _ASYLUM in draft.rules)
    return passive and official and not draft.noun


def _with_what(doc: Doc, draft: Draft) -> Party | None:
    """Who does something with violence: "Russia answered the attack with heavy shelling"."""
    noun = doc[draft.trigger]
    if noun.dep_ != "pobj" or noun.head.lower_ != "with" or noun.head.head.pos_ != "VERB":
        return None
    return party(doc, tuple(verb_slots(noun.head.head).get("subject", ()))) or None


def _says_who(doc: Doc, draft: Draft) -> bool:
    """Whether the verb has a doer of its own that reading does not know as an actor ("a brewer accuses Moscow")."""
    verb = doc[draft.trigger]
    agents = [c for c in verb.children if c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN")]
    return verb.pos_ == "VERB" and bool(agents) and not any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)


def _subject_of_the_whole(doc: Doc, draft: Draft) -> Party | None:
    """Whose captivity, charges or conviction a noun tells ("freed after 498 days in captivity", "held on charges")."""
    noun = doc[draft.trigger]
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "of", "from", "on", "for", "over", "following", "after"):
        return None
    for above in noun.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            slots = verb_slots(above)
            found = party(doc, tuple(slots.get("object", ()) or slots.get("subject", ())))
            return found if found else None
    return None


def _answerer(doc: Doc, draft: Draft) -> Party | None:
    """Who acts upon a request or charge that a noun tells: "Japan rejects the demand", "freed after an appeal"."""
    noun = doc[draft.trigger]
    upon = noun.dep_ in ("dobj", "nsubjpass") or (
        noun.dep_ == "pobj" and noun.head.lower_ in ("after", "following", "to", "despite", "amid", "upon")
    )
    verb = next((t for t in noun.ancestors if t.pos_ == "VERB"), None)
    if not upon or verb is None:
        return None
    found = party(doc, tuple(verb_slots(verb).get("subject", ())))
    return found if found and not _overlap(found, draft.actor) else None


def _author_below(doc: Doc, draft: Draft, drafts: list[Draft]) -> Party | None:
    """Who did the deed that is condemned, welcomed or rejected, where the report tells it elsewhere."""
    below = {
        t.i
        for child in doc[draft.trigger].children
        if child.dep_ in ("dobj", "nsubjpass", "prep")
        for t in child.subtree
    }
    for other in drafts:
        if (
            other is not draft
            and below & set(other.triggers)
            and other.actor
            and not _overlap(other.actor, draft.actor)
        ):
            return other.actor
    return None


def _answered(doc: Doc, draft: Draft, drafts: list[Draft]) -> Party | None:
    """Whose words or deed is welcomed or rejected where the object only points back ("rejected the demand")."""
    objects = [c for c in doc[draft.trigger].children if c.dep_ in ("dobj", "nsubjpass")]
    if not any(_points_back(t) for t in objects):
        return None
    before = [
        d
        for d in drafts
        if d.trigger < draft.trigger and draft.sentence - d.sentence <= 1 and d.actor and d.status == "actual"
    ]
    for other in reversed(before):
        if not _overlap(other.actor, draft.actor):
            return other.actor
    return None


def _asker(doc: Doc, draft: Draft, drafts: list[Draft]) -> Party | None:
    """Who asked, offered or threatened what a refusal without an object refuses ("… asked Paris. Paris said no").

    Only what was asked of the one who refuses, or of nobody by name.
    """
    if draft.type != "REJECT" or any(c.dep_ in _OBJECTS for c in doc[draft.trigger].children):
        return None
    for other in reversed([d for d in drafts if d.trigger < draft.trigger and draft.sentence - d.sentence <= 1]):
        asked = other.type in _ANSWERED and other.actor and not _overlap(other.actor, draft.actor)
        if asked and (not other.recipient or _overlap(other.recipient, draft.actor)):
            return other.actor
    return None


def _points_back(token: Token) -> bool:
    if token.lower_ in ("it", "this", "that"):
        return True
    return token.pos_ == "NOUN" and any(c.lower_ in ("the", "this", "that", "such") for c in token.children)


def _freer(draft: Draft, drafts: list[Draft]) -> Party | None:
    """Who let go those that were taken: nobody else had them."""
    if (draft.type, draft.mode) not in _TAKING:
        return None
    for other in drafts:
        freed = (other.type, other.mode) == ("RETREAT", "release") and other.status == "actual"
        if freed and other.actor and _overlap(other.recipient, draft.recipient):
            return other.actor
    return None


def _captor(draft: Draft, drafts: list[Draft]) -> Party | None:
    """Who took those that are released, or the only one whom the report tells to have taken people."""
    captors: list[Party] = []
    for other in drafts:
        took = (other.type, other.mode) in _TAKING and other.status == "actual"
        if took and other.actor:
            if _overlap(other.recipient, draft.recipient):
                return other.actor
            captors.append(other.actor)
    return captors[0] if len({c.entities for c in captors}) == 1 else None


def _overlap(one: Party, other: Party) -> bool:
    return bool(set(one.entities) & set(other.entities))


def _attacker(doc: Doc, draft: Draft, drafts: list[Draft]) -> Party | None:
    """Who attacked where somebody was killed or taken: an attack below the trigger, or the one it points back to."""
    trigger = doc[draft.trigger]
    attacks = [d for d in drafts if d.type == "ASSAULT" and d.actor and d.status == "actual" and d is not draft]
    below = {t.i for t in trigger.subtree}
    inside = [d for d in attacks if d.trigger in below and d.noun]
    if inside:
        return inside[0].actor
    if draft.noun and trigger.dep_ == "pobj" and trigger.head.lower_ == "to" and trigger.head.head.lemma_ in _ANSWERS:
        return None  # who strikes in response to an attack did not make it
    if (draft.noun and draft.definite) or any(
        doc[i].lemma_.lower() in _ATTACK_WORDS for i in below if i != draft.trigger
    ):
        before = [d for d in attacks if d.trigger < draft.trigger]
        return before[-1].actor if before else None
    # one side alone does violence in the report, and the sentence before tells of it
    near = [d for d in attacks if d.sentence <= draft.sentence <= d.sentence + 1]
    return near[-1].actor if near and len({d.actor.entities for d in attacks}) == 1 else None


def _doer_of_the_whole(doc: Doc, draft: Draft, drafts: list[Draft]) -> Party | None:
    """Who does what the noun is a part of ("detained him as part of a crackdown", "fired rockets in an attack")."""
    noun = doc[draft.trigger]
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("of", "in", "during", "with", "amid"):
        return None
    above = {t.i for t in noun.ancestors}
    for other in drafts:
        if (
            other.trigger in above
            and other.actor
            and not other.noun
            and other.type in _MATERIAL
            and draft.type in _MATERIAL
        ):
            return other.actor
    return None


def _sides(draft: Draft, drafts: list[Draft]) -> Party | None:
    """The two sides that a truce is between: those who fight or agree with each other nearest to it."""
    both = [
        d
        for d in drafts
        if d is not draft
        and d.type in ("AGREE", "ASSAULT", "RETREAT", "CONSULT")
        and len(d.actor.entities) == 2
        and not d.recipient
    ]
    return min(both, key=lambda d: abs(d.trigger - draft.trigger)).actor if both else None


def _police(doc: Doc, draft: Draft, drafts: list[Draft]) -> Party | None:
    """The force that acts in the same or the sentence before, for an arrest whose doer is left out."""
    for other in reversed([d for d in drafts if d is not draft and 0 <= draft.sentence - d.sentence <= 1]):
        forces = tuple(e for e in other.actor.entities if _FORCES & set(doc._.entities[e].name.lower().split()))
        if forces:
            return Party(forces, other.actor.evidence)
    return None


def _state(doc: Doc, draft: Draft) -> Party | None:
    """The country whose authorities act: that of the event's place, that of whom it befalls, the only one told of."""
    states = _states(doc)
    located = _countries_of(doc, draft)
    if len(located) == 1 and (code := next(iter(located))) in states:
        return Party((states[code],), draft.where_evidence)
    sentence = doc[draft.trigger].sent
    near = [i for i in states.values() if _within(doc, i, sentence.start, sentence.end)]
    if len(near) == 1:
        return Party((near[0],), ())
    theirs = {doc._.entities[e].country for e in draft.recipient.entities} & set(states)
    if len(theirs) == 1:
        return Party((states[next(iter(theirs))],), draft.recipient.evidence)
    home = _home(doc, states)
    return Party((home,), ()) if home is not None else None


def _home(doc: Doc, states: dict[str, int]) -> int | None:
    """The country that a report is about: the only one, the one told of twice as often as any other, or where the
    report was written ("BOGOTA, Sept 18 (AAL) -").
    """
    told = Counter(e.country for e in doc._.entities for _ in e.mentions if e.country in states)
    ranked = told.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        return states[ranked[0][0]]
    written = next((p for p in doc._.places if p.start < _DATELINE), None)
    if written is not None and written.country in states and doc[written.head].text.isupper():
        return states[written.country]
    return None


def _states(doc: Doc) -> dict[str, int]:
    """The countries that a report tells of, by code; a province or city of one does not stand for it."""
    names = country_names()
    return {
        e.country: i
        for i, e in enumerate(doc._.entities)
        if e.kind == "country" and e.mentions and e.country and e.name == names.get(e.country)
    }


def _countries_of(doc: Doc, draft: Draft) -> set[str]:
    """Countries of the event's place, else of the first place that its sentence names behind the trigger."""
    places = {p.name: p.country for p in doc._.places}
    located = {code for name in draft.where if (code := places.get(name))}
    if located:
        return located
    end = doc[draft.trigger].sent.end
    behind = [
        p.country
        for p in doc._.places
        if draft.trigger < p.head < end and p.country and doc[p.head].head.lower_ in ("in", "at", "near")
    ]
    return set(behind[:1])


def _within(doc: Doc, entity: int, start: int, end: int) -> bool:
    return any(start <= doc._.mentions[m].head < end for m in doc._.entities[entity].mentions)
