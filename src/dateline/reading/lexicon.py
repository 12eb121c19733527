"""The codebook's words for people, titles, kin and organizations, loaded once, as sets and dictionaries.

Raises CodebookError when a file of the codebook can't be read.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from dateline.errors import CodebookError


@cache
def table(name: str) -> dict[str, Any]:
    """The TOML file `name` of the codebook, parsed; CodebookError names the file that can't be."""
    try:
        return tomllib.loads(resources.files("dateline.codebook").joinpath(name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CodebookError(f"codebook/{name} can't be read: {error}") from error


@cache
def words(name: str) -> frozenset[str]:
    """One of the sets of words of mentions.toml."""
    return frozenset(table("mentions.toml")["words"][name].split())


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeou":
        return noun[:-1] + "ies"
    if noun.endswith("thief"):
        return noun[:-1] + "ves"
    return noun + "s"


class Lexicon:
    """Sets of lower-case words: see titles.toml, people.toml, kinship.toml, organizations.toml, first-names.toml."""

    def __init__(self) -> None:
        titles = table("titles.toml")["titles"]
        self.courtesy: dict[str, str] = titles["courtesy"]
        self.offices = frozenset(titles["offices"])
        self.posts = frozenset(titles["posts"])
        self.ranks = frozenset(titles["ranks"])
        self.clergy = frozenset(titles["clergy"])
        self.occupations = frozenset(titles["occupations"])
        self.qualifiers = frozenset(titles["qualifiers"])
        self.past = frozenset(titles["past"])
        self.roles = self.offices | self.posts | self.ranks | self.clergy | self.occupations
        self.plain = frozenset(titles["plain"])
        several = frozenset(_plural(word) for word in sorted(self.offices | self.posts | self.ranks | self.clergy))
        self.titles = self.roles | self.plain | frozenset(self.courtesy) | several
        people = table("people.toml")["people"]
        self.persons = frozenset(people["person"]) | self.roles | self.plain
        self.plurals = frozenset(people["plural"]) | frozenset(_plural(noun) for noun in sorted(self.persons))
        self.groups = frozenset(people["group"])
        self.endings = tuple(people["endings"])
        self.unless = frozenset(people["unless"])
        evidence = table("people.toml")["evidence"]
        self.person_verbs = frozenset(evidence["verbs"])
        self.person_nouns = frozenset(evidence["nouns"])
        kin = table("kinship.toml")["kin"]
        self.kin: dict[str, str] = kin["singular"]
        self.kins: dict[str, str] = kin["plural"]
        organizations = table("organizations.toml")["organizations"]
        self.org_heads = frozenset(organizations["heads"])
        self.org_openers = frozenset(organizations["openers"])
        self.connectors = frozenset(organizations["connectors"])
        self.org_nouns = frozenset(organizations["nouns"])
        self.arms = frozenset(organizations["arms"])
        self.bodies = frozenset(organizations["bodies"])
        self.state_words = words("state_words")
        self.saying = words("saying")
        self.gender: dict[str, str] = {}
        for gender, nouns in sorted(table("titles.toml")["gender"].items()):
            self.gender.update(dict.fromkeys(nouns, gender))
        self.gender.update({word: g for word, g in (self.kin | self.kins).items() if g})
        self.gender.update({"men": "m", "women": "f", "boys": "m", "girls": "f", "male": "m", "female": "f"})
        self.first_names: dict[str, str] = {}
        for gender, names in sorted(table("first-names.toml")["gender"].items()):
            self.first_names.update(dict.fromkeys(names.split(), gender))

    def is_person(self, lower: str) -> bool:
        """Whether the noun names one human being."""
        return lower in self.persons or lower in self.kin or self._is_calling(lower)

    def is_people(self, lower: str) -> bool:
        """Whether the noun is a plural of human beings."""
        if lower in self.plurals or lower in self.kins or lower.endswith(("women", "smen", "ymen")):
            return True
        return lower.endswith("s") and self._is_calling(lower[:-1])

    def _is_calling(self, lower: str) -> bool:
        """Whether a noun ends as the words of callings do ("geologist")."""
        return lower.endswith(self.endings) and lower not in self.unless


@cache
def lexicon() -> Lexicon:
    """The one Lexicon of this process."""
    return Lexicon()
