"""The two sides of a deed: which arguments around a trigger are its doers, and whom it befalls or concerns."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.coding.arguments import conjuncts, follow, noun_slots, owners, slots_of, surface_subject
from dateline.coding.draft import actor_mention, country_at
from dateline.coding.frames import Frame, load_codebook
from dateline.record import PloverType

Slots = dict[str, list[Token]]
#: Slots whose things may belong to the other side, whatever the frame says of its recipient.
_FURTHER = ("object", "against", "over", "on")
#: What belongs to the country around it when it is struck or taken.
_GROUNDS = ("in", "at", "of", "near")
#: Types whose other side may stand only in what is promised, refused or threatened ("refused to lift sanctions on X").
_TOWARDS: frozenset[PloverType] = frozenset({"AGREE", "REJECT", "THREATEN"})
#: Verbs whose object is what is moved or made, not whom it befalls ("promised to send a commission").
_MOVING = frozenset(
    "send deploy dispatch withdraw pull contribute give hand provide set publish build create issue establish".split()
)
#: What somebody may be to a doer without doing the deed himself: "Iranian-backed attacks".
_BEHIND = frozenset(
    {"backed", "aligned", "linked", "inspired", "friendly", "funded", "owned", "made", "supported", "allied"}
)
#: Where it stands there: the nearest first.
_TOWARDS_SLOTS = ("dative", "to", "with", "against", "object", "from", "on", "for", "between", "of", "in")


def kinds_of(token: Token) -> set[str]:
    """Kinds of actor that the noun phrase at a token denotes, "place" where it names one; empty for things."""
    mention = actor_mention(token)
    if mention is None:
        return set()
    entities = [token.doc._.entities[i] for i in mention.entities]
    kinds = {str(e.kind) for e in entities if e.kind is not None}
    if any(e.place for e in entities):
        kinds.add("place")
    if not entities and mention.kind == "pronoun" and token.lower_ not in ("it", "this", "that", "which", "itself"):
        kinds.add("person")
    return kinds


def fill(slots: tuple[str, ...], found: Slots) -> tuple[Token, ...]:
    """Arguments of the first slot that holds an actor; "a+b" joins two slots."""
    for slot in slots:
        heads = [t for name in slot.split("+") for t in _doers(found, name)]
        if heads:
            return tuple(heads)
    return ()


def _doers(found: Slots, name: str) -> list[Token]:
    """Actors in a slot; before a noun a name rather than its class ("Hamas terrorist attacks": Hamas)."""
    heads = [t for t in follow(found, name) if kinds_of(t) - {"place"} and not (name == "modifier" and _stance(t))]
    if heads and name in ("on", "against", "at"):
        # a second phrase with the same preposition says something else: "the attack on Peru … on her show"
        heads = [t for t in heads if t.i in {c.i for c in conjuncts(heads[0])}]
    named = [t for t in heads if t.pos_ == "PROPN" or t.ent_type_]
    return named if name == "modifier" and named else heads


def _stance(token: Token) -> str:
    """What a hyphen makes of a name before a noun: "anti", "pro", "backed" ("Iranian-backed"); empty for a doer."""
    doc, start = token.doc, token.left_edge.i
    if start > 1 and doc[start - 1].text == "-" and doc[start - 2].lower_ in ("anti", "pro"):
        return str(doc[start - 2].lower_)
    if start > 0 and doc[start - 1].lower_ in ("anti", "pro", "free"):
        return str(doc[start - 1].lower_)
    behind = token.i + 2 < len(doc) and doc[token.i + 1].text == "-"
    return str(doc[token.i + 2].lower_) if behind and doc[token.i + 2].lower_ in _BEHIND else ""


def other_side(frame: Frame, slots: tuple[str, ...], found: Slots) -> tuple[Token, ...]:
    """Whom an act befalls: an actor in the frame's slots, else whoever stands behind the things there.

    Who rejects a request rejects whoever made it; who raids a house raids whose house it is; who protests against a
    plan protests against its author; who asks whether somebody cheated investigates him.
    """
    direct = fill(slots, found) or tuple(t for t in found.get("modifier", []) if _stance(t) == "anti" and kinds_of(t))
    if direct or frame.type == "MOBILIZE":  # what is moved is not whom it threatens
        return direct
    things = [t for slot in (*slots, *_FURTHER) for name in slot.split("+") for t in follow(found, name)]
    for thing in dict.fromkeys(things):
        if thing.pos_ not in ("NOUN", "PROPN"):
            continue
        # what is condemned or welcomed was not done by whom it befell: "condemned the killing of two farmers"
        behind = owners(thing) or ([] if frame.type in ("ACCUSE", "SUPPORT") else _below(thing))
        actors = tuple(t for t in behind if kinds_of(t) - {"place"})
        if actors:
            return actors
    if frame.type in ("ASSAULT", "CONSULT"):
        # who strikes a town strikes its country; a visit to a capital is one to the state
        grounds = tuple(t for slot in slots for name in slot.split("+") for t in follow(found, name) if country_at(t))
        if grounds:
            return grounds
    if frame.type == "ASSAULT" and (land := _land(things)):
        return land
    if frame.type in _TOWARDS and not frame.mutual and (towards := _towards(frame, found)):
        return towards
    if frame.type in ("ACCUSE", "THREATEN"):
        told = [t for head in found.get("content", []) for t in surface_subject(head) if head.dep_ == "ccomp"]
        told += [t for path in ("advcl.subject", "content.advcl.subject") for t in follow(found, path)]
        return tuple(t for t in told if kinds_of(t) - {"place"})
    return ()


def _land(things: list[Token]) -> tuple[Token, ...]:
    """The country in which what is struck or taken lies: "attacked a military base in Kenya"."""
    ground = load_codebook().classes["ground"]
    for thing in things:
        if thing.lemma_.lower() not in ground:
            continue
        near = [t for name in _GROUNDS for t in noun_slots(thing).get(name, [])]
        near += [t for place in near for name in _GROUNDS for t in noun_slots(place).get(name, [])]
        found = tuple(t for t in near if "country" in kinds_of(t) or country_at(t) is not None)
        if found:
            return found[:1]
    return ()


def _towards(frame: Frame, found: Slots) -> tuple[Token, ...]:
    """Whom what is promised, refused or threatened would concern: "agreed to open its borders to Somali refugees"."""
    own = {t.i for t in found.get("subject", [])}
    # whom a rejected petition is about is not whom it is refused
    slots = ("content", "complement.content", *(("to", "object") if frame.type == "AGREE" else ()))
    heads = [t for name in slots for t in follow(found, name)]
    return next((other for head in heads if (other := _concerned(head, own, 0))), ())


def _concerned(head: Token, own: set[int], depth: int) -> tuple[Token, ...]:
    """The first actors but `own` in the slots of what is to be done, or of what is to be done with (three deep)."""
    if depth > 3 or head.pos_ not in ("VERB", "AUX", "NOUN"):
        return ()
    slots = slots_of(head)
    moved = head.lemma_.lower() in _MOVING
    for name in _TOWARDS_SLOTS:
        if name == "object" and moved:
            continue
        actors = tuple(t for t in slots.get(name, []) if t.i not in own and _is_somebody(t, made=name == "object"))
        if actors:
            return actors
    deeper = [t for name in ("object", "content", *_TOWARDS_SLOTS) for t in slots.get(name, [])]
    for thing in dict.fromkeys(deeper):
        if _is_somebody(thing, made=True) or thing.i == head.i:
            continue
        theirs = tuple(t for t in owners(thing) if t.i not in own and _is_somebody(t))
        if theirs or (theirs := _concerned(thing, own, depth + 1)):
            return theirs
    return ()


def _is_somebody(token: Token, *, made: bool = False) -> bool:
    """Whether a word denotes an actor other than the doer himself ("its troops", "each other").

    Bodies without a name that are `made` ("vowed to build 400 schools") or shared ("share intelligence") are things.
    """
    if token.pos_ == "PRON" and token.lower_ not in ("him", "her", "them", "you", "us"):
        return False
    kinds = kinds_of(token) - {"place"}
    return bool(kinds) and not (made and token.pos_ == "NOUN" and kinds == {"organization"})


def _below(thing: Token) -> list[Token]:
    """The first actors that a thing is of, against, with or for."""
    slots = noun_slots(thing)
    return next((slots[p] for p in ("of", "against", "with", "on", "to", "for") if p in slots), [])


def outside(frame: Frame, found: Slots, actor: tuple[Token, ...], other: tuple[Token, ...]) -> tuple[Token, ...]:
    """Whom one party's promise concerns, where nobody shares in it ("agreed to lend Peru a ship")."""
    if frame.type != "AGREE" or other or len(actor) != 1:
        return ()
    return tuple(t for t in _towards(frame, found) if t not in actor)


def join(first: tuple[Token, ...], second: tuple[Token, ...]) -> tuple[Token, ...]:
    """Both, each once, in this order."""
    return first + tuple(t for t in second if t not in first)
