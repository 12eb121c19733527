"""Whether two names denote the same actor, and which gold actor a predicted name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dateline.evaluation.gold import GoldActor

#: Words that a name may have or lack without denoting someone else. They are part of the measure: with other words
#: figures could not be compared with earlier ones.
TITLES = frozenset({
    "a", "an", "former",
    "mr", "mrs", "ms", "dr", "sir",
    "president", "prime", "minister", "premier", "chancellor", "secretary", "foreign", "interior", "defense", "defence",
    "senator", "rep", "representative", "congressman", "ambassador",
    "king", "queen", "prince", "sheikh", "ayatollah", "pope", "rabbi",
    "general", "colonel", "major", "captain",
    "chief", "leader", "spokesman", "spokeswoman", "spokesperson",
})  # fmt: skip

_POSSESSIVE = re.compile(r"[’']s?\b")
_WORD = re.compile(r"\w+")


def words(name: str) -> tuple[str, ...]:
    """The words of a name, case folded, without the article "the" and possessive endings."""
    return tuple(word for word in _WORD.findall(_POSSESSIVE.sub(" ", name.casefold())) if word != "the")


def same_name(name: str, surfaces: Iterable[str]) -> bool:
    """Whether `name` can denote what one of `surfaces` denotes.

    It can if their words are equal, titles aside, or if the shorter has no word that the longer lacks and both end in
    the same word ("Putin", "Vladimir Putin"). A name without words denotes nothing.
    """
    mine = words(name)
    return bool(mine) and any(_alike(mine, words(surface)) for surface in surfaces)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    core, other_core = _untitled(one), _untitled(other)
    if one == other or core == other_core:
        return True
    if not other_core:
        return False
    shorter, longer = sorted((core, other_core), key=len)
    return shorter[-1] == longer[-1] and set(shorter) <= set(longer)


def _untitled(name: tuple[str, ...]) -> tuple[str, ...]:
    """The words that are no titles; all of them if every one is."""
    return tuple(word for word in name if word not in TITLES) or name


class Actors:
    """The actors of a gold report, found by name."""

    def __init__(self, actors: Mapping[str, GoldActor]) -> None:
        self._surfaces = {key: (actor.name, *actor.surface) for key, actor in actors.items()}
        self._words = {key: {words(surface) for surface in found} for key, found in self._surfaces.items()}

    def key(self, name: str) -> str:
        """The key of the actor that `name` denotes: the first that has it word by word, else the first that may be
        meant. A name that denotes nobody is its own key, marked with "?".
        """
        possible = [key for key, surfaces in self._surfaces.items() if same_name(name, surfaces)]
        exact = [key for key in possible if words(name) in self._words[key]]
        return next(iter(exact or possible), f"?{name}")

    def keys(self, names: Iterable[str]) -> frozenset[str]:
        """The keys of several names."""
        return frozenset(self.key(name) for name in names)
