"""The frames of the codebook: which words tell of which PLOVER type, and which slots around them hold whom.

A frame is an entry of `codebook/frames/*.toml`; `codebook/classes.toml` has the word classes that its conditions name.
"""

from __future__ import annotations

from functools import cache

import msgspec

from dateline import codebook
from dateline.errors import CodebookError
from dateline.record import MODES, PloverType, Status

#: Slots where an event noun's doer and its other side stand, unless the frame says otherwise.
NOUN_ACTOR = ("by", "possessive", "modifier", "between")
NOUN_RECIPIENT = ("on", "against", "of", "at")


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence and what the frame must make of it: names as the record gives them."""

    text: str
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    status: Status = "actual"
    mode: str | None = None


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that tell of one type, and where its participants stand.

    `verbs` and `nouns` are lemmas; further words ("shoot down", "take hostage", "put under arrest") must stand in this
    order below the first. `actor` and `recipient` are slots (see `arguments`) of the verb, `noun_actor` and
    `noun_recipient` of the noun; the first slot that holds somebody wins, "a+b" joins two, "a.b" leads on. `mutual`
    puts both sides into `actor`. `needs` and `lacks` are conditions, slot ("a|b" for either) → what its heads are:
    lemmas, "*" (anything), "<class>" of `classes.toml`, or a kind: "<person>", "<group>", "<organization>",
    "<country>", "<actor>" (any of these), "<place>", "<thing>" (none of these). `swallows` names slots whose own events
    are part of this one ("urged him to free them" is no release). `status` overrides what the sentence says ("foiled":
    the attack was none).
    """

    name: str
    type: PloverType
    mode: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    actor: tuple[str, ...] = ("subject",)
    recipient: tuple[str, ...] = ("object",)
    noun_actor: tuple[str, ...] = NOUN_ACTOR
    noun_recipient: tuple[str, ...] = NOUN_RECIPIENT
    mutual: bool = False
    needs: dict[str, tuple[str, ...]] = {}
    lacks: dict[str, tuple[str, ...]] = {}
    swallows: tuple[str, ...] = ()
    status: Status | None = None
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[str, ...] = ()


class Trigger(msgspec.Struct, frozen=True):
    """One way to say a frame: the head lemma is the index key, `rest` are the further words."""

    frame: Frame
    rest: tuple[str, ...]


class Codebook(msgspec.Struct, frozen=True):
    """All frames, indexed: lemma → triggers, those with more conditions first (then by file and order)."""

    frames: tuple[Frame, ...]
    verbs: dict[str, tuple[Trigger, ...]]
    nouns: dict[str, tuple[Trigger, ...]]
    classes: dict[str, frozenset[str]]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    frame: tuple[Frame, ...] = ()


def _specificity(trigger: Trigger) -> int:
    frame = trigger.frame
    exact = sum(len(v) for v in (frame.needs, frame.lacks))
    return 3 * len(trigger.rest) + 2 * exact


def _index(frames: tuple[Frame, ...], words: str) -> dict[str, tuple[Trigger, ...]]:
    index: dict[str, list[Trigger]] = {}
    for frame in frames:
        for phrase in getattr(frame, words):
            first, *rest = phrase.split()
            index.setdefault(first, []).append(Trigger(frame, tuple(rest)))
    return {lemma: tuple(sorted(found, key=_specificity, reverse=True)) for lemma, found in index.items()}


@cache
def load_codebook() -> Codebook:
    """The frames and word classes that ship with dateline; CodebookError names a frame that breaks the ontology."""
    frames: list[Frame] = []
    for name in codebook.names("frames"):
        try:
            found = msgspec.convert(codebook.load(name), _File).frame
        except msgspec.ValidationError as error:
            raise CodebookError(f"codebook/{name}: {error}") from error
        for frame in found:
            if frame.mode is not None and frame.mode not in MODES.get(frame.type, ()):
                raise CodebookError(f"codebook/{name}: frame {frame.name}: {frame.type} has no mode {frame.mode!r}")
        frames.extend(found)
    seen = [f.name for f in frames]
    twice = sorted({n for n in seen if seen.count(n) > 1})
    if twice:
        raise CodebookError(f"codebook/frames: named twice: {', '.join(twice)}")
    classes = {name: frozenset(words) for name, words in codebook.load("classes.toml").items()}
    kept = tuple(frames)
    return Codebook(kept, _index(kept, "verbs"), _index(kept, "nouns"), classes)
