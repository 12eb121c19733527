"""The frames engine: finds triggers of the codebook's frames in a Doc and proposes events."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline import codebook
from dateline.coding.arguments import (
    SUBJECTS,
    follow,
    is_adjective_participle,
    is_passive,
    noun_slots,
    owners,
    stems_of_participle,
    transparent,
    verb_slots,
)
from dateline.coding.draft import actor_mention, country_at
from dateline.coding.frames import Codebook, Frame, Trigger, load_codebook
from dateline.coding.proposal import Proposal
from dateline.coding.sides import Slots, fill, join, kinds_of, other_side, outside
from dateline.coding.status import status_of
from dateline.record import PloverType

#: Bare nouns that say as what somebody is held; no objects ("men held hostage by rebels").
_HELD_AS = frozenset({"hostage", "captive", "prisoner"})
#: Types that a capital may perform for its country by name.
_SPOKEN: frozenset[PloverType] = frozenset({"AGREE", "REJECT", "THREATEN", "REQUEST", "ACCUSE", "CONCEDE", "SUPPORT"})
#: Events that bear names.
_NAMED = frozenset({"war", "wars", "uprising", "revolution", "massacre", "intifada", "holocaust", "coup"})
#: Prepositions of a noun that the parser may hang on its light verb.
_TAKEN = ("on", "against", "at")


class FramesEngine:
    """Proposes events by the frames of the codebook; holds no state of a Doc."""

    name = "frames"

    def __init__(self, book: Codebook | None = None) -> None:
        self.book = book or load_codebook()
        light = codebook.load("light.toml")
        self.light: dict[str, dict[str, str]] = {}
        for entry in light["light"]:
            for verb in entry["verbs"]:
                self.light[verb] = entry

    def propose(self, doc: Doc) -> Iterator[Proposal]:
        """Proposals in text order; without those that a frame's `swallows` covers or that stand in another's phrase."""
        found = [p for token in doc if (p := self._at(token)) is not None]
        taken = {i for p in found for i in self._swallowed(p)}
        # "went on strike": the phrase tells it, its noun does not tell it again
        taken |= {t.i for p in found for t in p.anchor if t != p.trigger and t.pos_ in ("NOUN", "PROPN")}
        # "a ceasefire deal", "a protest march": the noun that the other one qualifies tells it
        nouns = {p.trigger.i for p in found}
        taken |= {i for i in nouns if doc[i].dep_ == "compound" and (doc[i].head.i in nouns or doc[i].pos_ == "NOUN")}
        yield from (p for p in found if p.trigger.i not in taken)

    def _at(self, token: Token) -> Proposal | None:
        lemma = token.lemma_.lower()
        if token.ent_type_ in ("DATE", "TIME") or _in_a_title(token) or _ends_a_compound(token):
            return None  # "in March" is no march, "Massive Attack" no attack
        if token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBN", "VBD", "VBG") or is_adjective_participle(token):
            triggers = self.book.verbs.get(lemma) or self._of_participle(token)
            if triggers:
                slots = self._mend_passive(token, verb_slots(token))
                proposal = self._first(token, triggers, slots, slots, noun=False)
                if proposal is not None:
                    return proposal
        if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ"):
            triggers = self.book.nouns.get(lemma, ())
            if token.lower_ != lemma:  # "talks", "hostilities": what only the plural tells
                triggers += self.book.nouns.get(token.lower_, ())
            if triggers and (token.pos_ != "VERB" or _is_gerund(token)):
                slots = self._with_light(token, noun_slots(token))
                return self._first(token, triggers, slots, slots, noun=True)
        return None

    def _of_participle(self, token: Token) -> tuple[Trigger, ...]:
        """Triggers of the verb behind a participle that the tagger took for an adjective ("kidnapped diplomats")."""
        if not is_adjective_participle(token):
            return ()
        found = (self.book.verbs[stem] for stem in stems_of_participle(token.lower_) if stem in self.book.verbs)
        return next(found, ())

    def _first(
        self, token: Token, triggers: tuple[Trigger, ...], slots: Slots, seen: Slots, *, noun: bool
    ) -> Proposal | None:
        for trigger in triggers:
            anchor = self._phrase(token, trigger.rest)
            if anchor is None or not self._fits(trigger.frame, slots):
                continue
            if noun:
                return self._noun_proposal(token, anchor, trigger.frame, slots)
            return self._verb_proposal(token, anchor, trigger.frame, slots)
        return None

    def _phrase(self, head: Token, rest: tuple[str, ...]) -> tuple[Token, ...] | None:
        """The head with the phrase's further words, each below the one before it or below the head; else None."""
        found = [head]
        for word in rest:
            match = None
            for governor in (found[-1], head):
                match = next((c for c in governor.children if c not in found and _is(c, word) and not _apart(c)), None)
                if match is not None:
                    break
            if match is None and len(found) == 1 and head.dep_ in ("relcl", "acl") and _is(head.head, word):
                match = head.head
            if match is None:
                return None
            found.append(match)
        return tuple(sorted(found, key=lambda t: t.i))

    def _fits(self, frame: Frame, slots: Slots) -> bool:
        for slot, words in frame.needs.items():
            heads = self._heads(slots, slot)
            if not any(self._is_one(head, word) for head in heads for word in words):
                return False
        for slot, words in frame.lacks.items():
            heads = self._heads(slots, slot)
            if any(self._is_one(head, word) for head in heads for word in words):
                return False
        return True

    @staticmethod
    def _heads(slots: Slots, slot: str) -> list[Token]:
        return [t for name in slot.split("|") for t in follow(slots, name)]

    def _is_one(self, head: Token, word: str) -> bool:
        if word == "*":
            return True
        if not word.startswith("<"):
            return any(word in (t.lemma_.lower(), t.lower_) for t in faces(head))
        word = word[1:-1]
        if word in self.book.classes:
            return any(t.lemma_.lower() in self.book.classes[word] for t in faces(head))
        kinds = kinds_of(head)
        if word == "actor":
            return bool(kinds - {"place"})
        if word == "thing":
            return not kinds
        if word == "person":
            return bool(kinds & {"person", "group"})
        return word in kinds

    def _mend_passive(self, verb: Token, slots: Slots) -> Slots:
        """Slots of a passive that the tagger took for a past tense: it befalls somebody, and has no object."""
        if verb.tag_ not in ("VBD", "VBN") or not slots.get("subject") or is_passive(verb):
            return slots
        doers = [t for t in slots.get("by", []) if kinds_of(t) - {"place"}]
        objects = [t for t in slots.get("object", []) if not (t.tag_ == "NN" and t.lower_ in _HELD_AS)]
        befalls = verb.lemma_.lower() in self.book.classes["befalling"] and not slots.get("content")
        if objects or not (doers or befalls):
            return slots
        return {**slots, "subject": doers, "object": slots["subject"]}

    def _verb_proposal(self, verb: Token, anchor: tuple[Token, ...], frame: Frame, slots: Slots) -> Proposal:
        used = {t.i for t in anchor}
        free = {name: [t for t in tokens if t.i not in used] for name, tokens in slots.items()}
        for word in anchor:
            if word != verb and word.pos_ in ("NOUN", "ADP", "ADJ", "PROPN"):
                # "held talks with X", "took part in a protest against X": the phrase's noun has arguments too
                for name, tokens in noun_slots(word).items():
                    # "held hostage by Hamas": a passive's doer may hang on the phrase's noun
                    slot = "subject" if name == "by" and is_passive(verb) else name
                    free.setdefault(slot, []).extend(t for t in tokens if t.i not in used)
        actor, recipient = fill(frame.actor, free), other_side(frame, frame.recipient, free)
        if not actor and "subject" in frame.actor:  # "a Turkish drone killed …": whose the drone is
            things = [t for t in free.get("subject", []) if t.pos_ == "NOUN" and not kinds_of(t)]
            actor = tuple(o for t in things for o in owners(t) if kinds_of(o) - {"place"} and o not in recipient)
        if frame.type in _SPOKEN:  # "Tbilisi, which promised …": a capital that speaks does so for its country
            actor = actor or tuple(t for t in free.get("subject", []) if country_at(t) is not None)
        if frame.mutual:
            actor, recipient = join(actor, recipient), outside(frame, free, actor, recipient)
            hosts = tuple(t for t in actor if t not in free.get("subject", []))
            if frame.type == "CONSULT" and 0 < len(hosts) < len(actor) and status_of(verb, verb).status == "future":
                # who is to meet somebody agrees to it: two sides, as in a promise
                actor, recipient = tuple(t for t in actor if t not in hosts), hosts
        return Proposal(
            trigger=verb, anchor=anchor, clause=verb, type=frame.type, mode=frame.mode,
            actor=actor, recipient=recipient, rule=frame.name, status=frame.status, slots=free,
            swallows=frame.swallows,
        )  # fmt: skip

    def _noun_proposal(self, noun: Token, anchor: tuple[Token, ...], frame: Frame, slots: Slots) -> Proposal:
        actor, recipient = fill(frame.noun_actor, slots), other_side(frame, frame.noun_recipient, slots)
        actor = tuple(t for t in actor if t not in recipient)
        clause, light = self.light_verb(noun)
        if light is not None:
            around = verb_slots(clause)
            subject = [t for t in around.get("subject", []) if t != noun and noun not in list(t.subtree)]
            if light["subject"] == "actor":
                actor = actor or tuple(subject)
            else:
                recipient = recipient or tuple(subject)
            for name in light.get("recipient", []):
                recipient = recipient or tuple(t for t in around.get(name, []) if t != noun)
            if light["subject"] == "recipient":
                actor = actor or tuple(t for t in around.get("from", []) if t != noun)
            slots = {**around, **slots}
        if frame.mutual:
            actor, recipient = join(actor, recipient), ()
        return Proposal(
            trigger=noun, anchor=anchor, clause=clause, type=frame.type, mode=frame.mode,
            actor=actor, recipient=recipient, rule=frame.name, status=frame.status, slots=slots,
            swallows=frame.swallows,
        )  # fmt: skip

    def _with_light(self, noun: Token, slots: Slots) -> Slots:
        """Slots of a noun with what its light verb took from it: "carried out strikes on Friday against the rebels"."""
        clause, light = self.light_verb(noun)
        if light is None or light["subject"] != "actor":
            return slots
        around = verb_slots(clause)
        taken = {name: [t for t in around.get(name, []) if t.ent_type_ != "DATE"] for name in _TAKEN}
        return {**{name: tokens for name, tokens in taken.items() if tokens}, **slots}

    def light_verb(self, noun: Token) -> tuple[Token, dict[str, str] | None]:
        """The light verb that carries an event noun ("carried out an attack"), with its entry; the noun itself else."""
        head, path = noun.head, noun.dep_
        if path == "conj":
            head, path = head.head, head.dep_
        if path == "pobj" and head.dep_ == "prep" and head.head.pos_ == "VERB":
            entry = self.light.get(f"{head.head.lemma_.lower()} {head.lower_}")
            return (head.head, entry) if entry else (noun, None)
        if path in ("dobj", "nsubjpass", "obj") and head.pos_ == "VERB":
            particle = next((c.lower_ for c in head.children if c.dep_ == "prt"), None)
            key = head.lemma_.lower() + (f" {particle}" if particle else "")
            entry = self.light.get(key)
            return (head, entry) if entry else (noun, None)
        return noun, None

    @staticmethod
    def _swallowed(proposal: Proposal) -> Iterator[int]:
        """Tokens of the chain of verbs and nouns that a frame takes into its own event."""
        own = {t.i for t in proposal.anchor}
        for slot in proposal.swallows:
            for head in follow(proposal.slots, slot):
                yield from (i for i in _chain(head) if i not in own)


def _chain(head: Token) -> Iterator[int]:
    """The head and the heads of its complements, objects and conjuncts: what is asked, promised, refused."""
    yield head.i
    for child in head.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl", "conj", "dobj", "pcomp", "oprd", "attr"):
            yield from _chain(child)
        elif child.dep_ == "prep" and child.lower_ not in ("after", "during", "since", "following"):
            for below in child.children:
                if below.dep_ in ("pobj", "pcomp"):
                    yield from _chain(below)


def faces(head: Token) -> tuple[Token, ...]:
    """The words that say what somebody is: the head, what a quantity counts, and what a pronoun stands for."""
    counted = transparent(head)
    own = (head,) if counted == head else (head, counted)
    if head.pos_ != "PRON":
        return own
    doc, mention = head.doc, actor_mention(head)
    if mention is None:
        return own
    others = [doc._.mentions[m] for e in mention.entities for m in doc._.entities[e].mentions]
    return own + tuple(doc[m.head] for m in others if m.kind != "pronoun")


def _apart(child: Token) -> bool:
    """Whether a child of a phrase's head cannot be a word of the phrase: the "to" of an infinitive, a subject."""
    return child.dep_ == "aux" or child.dep_ in SUBJECTS


def _in_a_title(token: Token) -> bool:
    """Whether a capital inside a sentence makes a word part of a name or title ("Meet the Press", "Market Talks").

    Where most longer words have capitals, the sentence is a headline, and they mean nothing.
    """
    if not token.text[0].isupper() or token.lower_ in _NAMED or token.text.isupper():
        return False
    sentence = token.sent
    first = next((t for t in sentence if t.is_alpha), token)
    paired = token.pos_ == "PROPN" and any(c.dep_ == "conj" and c.pos_ == "PROPN" for c in token.children)
    if token.i == first.i and not paired:
        return False
    if token.i and (token.nbor(-1).is_quote or token.nbor(-1).text in (":", "—", "–", "•", "-LRB-", "(")):
        return False
    longer = [t for t in sentence if t.is_alpha and len(t) > 3 and t.i not in (token.i, first.i)]
    capitals = sum(bool(t.text[0].isupper()) for t in longer)
    return bool(capitals * 10 < len(longer) * 6)


def _ends_a_compound(token: Token) -> bool:
    """Whether a word that is no noun ends one with a hyphen: "a long-shot campaign", "full-throttled"."""
    joined = token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).pos_ in ("ADJ", "ADV")
    return joined and token.pos_ != "NOUN" and token.dep_ in ("amod", "compound", "nmod", "advmod", "punct")


def _is_gerund(token: Token) -> bool:
    """Whether an "-ing" form names a deed, rather than tells of it with a subject or an auxiliary ("is striking")."""
    told = any(c.dep_ in ("nsubj", "aux", "nsubjpass") for c in token.children)
    return bool(token.tag_ == "VBG") and not told


def _is(token: Token, word: str) -> bool:
    return word in (token.lower_, token.lemma_.lower())
