"""Cue words: the verbs, nouns, phrases and adverbs that put something on somebody's word, from codebook/speech.toml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from spacy.tokens import Token

from dateline.errors import CodebookError

Stance = Literal[
    "say", "claim", "factive", "deny", "belief", "show", "ask", "demand", "commit", "judge", "wish",
]  # fmt: skip

#: Stances whose content is a statement that the source vouches for (or denies); the others ask, promise, judge, wish.
VOUCHING: frozenset[str] = frozenset({"say", "claim", "factive", "deny", "belief", "show"})


class CueEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table of codebook/speech.toml; the file's head explains the fields."""

    stance: Stance
    lemmas: str = ""
    words: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    addressee: bool = False
    examples: tuple[tuple[str, str, str], ...] = ()


class SpeechFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """codebook/speech.toml as a whole."""

    verb: tuple[CueEntry, ...]
    noun: tuple[CueEntry, ...]
    phrase: tuple[CueEntry, ...]
    adverb: tuple[CueEntry, ...]
    document: tuple[str, ...]
    repeating: tuple[str, ...]


class Cues(msgspec.Struct, frozen=True):
    """Lookup tables: `verbs[lemma][complement]`, `nouns[lemma]` and `adverbs[word]` are stances; `phrases` are the
    words of each source phrase, `told` the verbs whose bare object is who is spoken to,
    `documents` nouns for what speaks for whoever issued it; `repeating` verbs that only pass on what another says.
    """

    verbs: dict[str, dict[str, Stance]]
    told: frozenset[str]
    nouns: dict[str, Stance]
    phrases: dict[tuple[str, ...], Stance]
    adverbs: dict[str, Stance]
    documents: frozenset[str]
    repeating: frozenset[str]


@cache
def speech_file() -> SpeechFile:
    """The cue file, checked for shape; raises CodebookError where it breaks its rules."""
    path = files("dateline.codebook") / "speech.toml"
    try:
        return msgspec.toml.decode(path.read_bytes(), type=SpeechFile)
    except msgspec.MsgspecError as wrong:
        raise CodebookError(f"codebook/speech.toml: {wrong}") from wrong


@cache
def cues() -> Cues:
    """The lookup tables; where a verb stands under two stances for one complement, the first in the file holds."""
    data = speech_file()
    verbs: dict[str, dict[str, Stance]] = {}
    for entry in data.verb:
        for lemma in entry.lemmas.split():
            for take in entry.takes:
                verbs.setdefault(lemma, {}).setdefault(take, entry.stance)
    nouns: dict[str, Stance] = {}
    for entry in data.noun:
        for lemma in entry.lemmas.split():
            nouns.setdefault(lemma, entry.stance)
    return Cues(
        verbs=verbs,
        told=frozenset(lemma for entry in data.verb if entry.addressee for lemma in entry.lemmas.split()),
        nouns=nouns,
        phrases={tuple(words.split()): entry.stance for entry in data.phrase for words in entry.words},
        adverbs={word: entry.stance for entry in data.adverb for word in entry.words},
        documents=frozenset(data.document),
        repeating=frozenset(data.repeating),
    )


def stance_of(cue: Token) -> Stance:
    """How the source stands to what the cue introduces ("said" say, "alleged" claim, "denied" deny …).

    A verb that has several stances is taken by its clause, else by its first complement in the file; a word that
    is no cue of ours (a quote may hang on any verb: "smiled") is "say".
    """
    tables = cues()
    frames = tables.verbs.get(cue.lemma_.lower())
    if frames and cue.pos_ in {"VERB", "AUX"}:
        return frames["clause"] if "clause" in frames else next(iter(frames.values()))
    if cue.pos_ == "NOUN" and cue.lemma_.lower() in tables.nouns:
        return tables.nouns[cue.lemma_.lower()]
    return tables.adverbs.get(cue.lower_, "say")
