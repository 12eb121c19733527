"""What actors are in society: PLOVER's sectors, from names, roles and descriptions (`codebook/sectors.toml`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import msgspec
from spacy.tokens import Doc

from dateline import codebook
from dateline.errors import CodebookError
from dateline.reading.annotations import RoleHeld
from dateline.reading.lexicon import lexicon
from dateline.reading.profiles import Profile, Reading, reading_of
from dateline.record import Sector

#: The most sectors that one actor has.
MOST = 3
#: Prepositions behind a head that tell whose people or part it is.
_WHOSE = frozenset({"of", "from", "for", "at", "with"})
#: How far "the spokesman of the wing of the party" is followed.
_DEPTH = 3


class Sectored(msgspec.Struct, frozen=True):
    """The sectors of an entity, main one first, the tokens `[start, end)` that tell them, and how they do."""

    codes: tuple[Sector, ...]
    words: tuple[tuple[int, int], ...]
    reason: str


class SectorExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence, and the sectors of some of its actors, by name, codes separated by blanks."""

    text: str
    actors: dict[str, str]


class Inherit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Heads with the sectors of what they are of, and those that are a country's government."""

    heads: frozenset[str]
    government: frozenset[str]


class SectorBook(msgspec.Struct, frozen=True, rename={"examples": "example"}, forbid_unknown_fields=True):
    """The words of `codebook/sectors.toml` by code ("HRI NGO" is two of them), as that file explains them."""

    meaning: dict[Sector, str]
    names: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[str, ...]]
    heads: dict[Sector, tuple[str, ...]]
    weak: dict[Sector, tuple[str, ...]]
    before: dict[Sector, tuple[str, ...]]
    over: dict[Sector, tuple[str, ...]]
    inherit: Inherit
    examples: tuple[SectorExample, ...]


@cache
def load_sectors() -> SectorBook:
    """The sectors that ship; CodebookError says what is wrong with them."""
    try:
        return msgspec.convert(codebook.load("sectors.toml"), SectorBook)
    except msgspec.ValidationError as error:
        raise CodebookError(f"codebook/sectors.toml: {error}") from error


Codes = tuple[Sector, ...]


@cache
def _table(section: str) -> dict[str, Codes]:
    """Word → codes, of one section; the first code that lists a word has it."""
    found: dict[str, Codes] = {}
    for codes, words in getattr(load_sectors(), section).items():
        for word in words:
            found.setdefault(word.casefold(), tuple(codes.split()))
    return found


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], Codes], ...]]:
    """First word → the phrases that begin with it, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Codes]]] = {}
    for phrase, codes in _table("phrases").items():
        words = tuple(phrase.replace("-", " - ").replace("s' ", "s ' ").replace("'s", " 's").split())
        found.setdefault(words[0], []).append((words, codes))
    return {first: tuple(sorted(all_, key=lambda p: (-len(p[0]), p[0]))) for first, all_ in found.items()}


def sectors_of(doc: Doc) -> dict[int, Sectored]:
    """The sectors of the Doc's actors, by index into `doc._.entities`; those without any are left out."""
    finder = _Finder(doc)
    made = ((e, finder.find(e)) for e, entity in enumerate(doc._.entities) if entity.kind is not None)
    return {e: found for e, found in made if found is not None}


class _Finder:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.reading: Reading = reading_of(doc)
        self.tokens = self.reading.tokens
        self.roles: dict[int, list[RoleHeld]] = {}
        for role in doc._.roles:
            self.roles.setdefault(role.person, []).append(role)
        self.known: dict[int, Sectored | None] = {}

    def find(self, e: int, depth: int = 0) -> Sectored | None:
        if e not in self.known:
            if depth > _DEPTH:
                return None
            self.known[e] = None  # what leads back to itself tells nothing
            self.known[e] = self._find(e, depth)
        return self.known[e]

    def _find(self, e: int, depth: int) -> Sectored | None:
        entity = self.doc._.entities[e]
        mentions = [(m, self.reading.profiles[m]) for m in entity.mentions]
        own = [(m, p) for m, p in mentions if p.sort != "pronoun" and self.doc._.mentions[m].entities == (e,)]
        if entity.kind == "country":
            return _sum(self._state(p) for _, p in own)
        forms = [entity.name, *(p.form.name for _, p in own if p.form is not None and p.form.kind == "organization")]
        listings = (_table("names").get(name.casefold().replace(".", "")) for name in forms)
        listed = next((codes for codes in listings if codes), None)
        if listed and entity.kind != "person" and own:
            return Sectored(listed, (_range(own[0][1]),), f"{entity.name} is listed")
        if entity.kind == "person" and (held := self._roles(e, depth)):
            return held
        own.sort(key=lambda pair: pair[1].sort != "name")
        for _, p in own:
            if (p.sort == "description" or entity.kind != "person") and (found := self._mention(p, depth)):
                return found
        return None

    def _roles(self, e: int, depth: int) -> Sectored | None:
        """The sectors of the roles that a report gives somebody, those of the past last."""
        past = lexicon().past
        held = sorted(self.roles.get(e, ()), key=lambda r: r.role.split()[0].lower() in past)
        found = []
        for role in held:
            cut = next((i for i in range(role.start + 1, role.end) if self.tokens.lower[i] in _WHOSE), role.end)
            leaving = role.role.split()[0].lower() in past
            start = role.start
            if start and self.tokens.lower[start - 1] in _table("over"):
                start -= 1
            codes = self._codes(start, cut, cut - 1, role.of, depth, all_of=(role.start, role.end))
            if codes is not None and leaving and "ELI" not in codes.codes:
                codes = Sectored(("ELI", *codes.codes)[:MOST], codes.words, codes.reason)
            found.append(codes)
        return _sum(found)

    def _mention(self, p: Profile, depth: int) -> Sectored | None:
        head = p.head if p.start <= p.head < p.end else p.end - 1
        if p.sort == "name":
            stop = next((i for i in range(p.start + 1, p.end) if self.tokens.lower[i] in _WHOSE), p.end)
            head = stop - 1
        found = self._codes(p.start, head + 1, head, self._owner(p, head), depth, all_of=(p.start, p.end))
        if found is None and p.kind == "group" and (p.label == "NORP" or (p.form and p.form.kind == "people")):
            return Sectored(("CVL",), (_range(p),), "a people's name")
        return found

    def _codes(
        self, start: int, end: int, head: int, of: int | None, depth: int, all_of: tuple[int, int]
    ) -> Sectored | None:
        """The sectors that the noun phrase `[start, end)` with its head tells; phrases may reach over `all_of`."""
        for i in range(*all_of):
            for words, codes in _phrases().get(self._word(i), ()):
                if i + len(words) <= all_of[1] and all(self._is(i + n, word) for n, word in enumerate(words)):
                    return self._over(start, i, codes, (i, i + len(words)), " ".join(words))
        word, book = self._word(head), load_sectors()
        body = self.doc._.entities[of] if of is not None else None
        whose = self.find(of, depth + 1) if of is not None and body and body.kind in ("organization", "group") else None
        if word in book.inherit.heads and body is not None:
            if whose is not None:
                return self._over(start, head, whose.codes, (head, head + 1), f"{word} of {body.name}: {whose.reason}")
            if body.kind == "country" and word in book.inherit.government and self._before(start, head) is None:
                return self._over(start, head, ("GOV",), (head, head + 1), f"{word} of {body.name}")
        if word in _table("heads"):
            return self._over(start, head, _table("heads")[word], (head, head + 1), word)
        telling = self._before(start, head)
        if telling is not None:
            before = self._word(telling)
            return self._over(start, telling, _table("before")[before], (telling, head + 1), f"{before} {word}")
        if body is not None and whose is not None:
            return self._over(start, head, whose.codes, (head, head + 1), f"{word} of {body.name}: {whose.reason}")
        return self._over(start, head, _table("weak").get(word, ()), (head, head + 1), word)

    def _before(self, start: int, head: int) -> int | None:
        """The nearest word before the head that tells the sector."""
        found = (i for i in range(head - 1, start - 1, -1) if self._word(i) not in _table("over"))
        return next((i for i in found if self._word(i) in _table("before")), None)

    def _over(self, start: int, end: int, codes: Codes, words: tuple[int, int], reason: str) -> Sectored | None:
        """The codes with that of a word before them that goes first ("rebel", "opposition", "former")."""
        for i in range(start, end):
            first = _table("over").get(self._word(i))
            if first and not (first == ("ELI",) and "GOV" not in codes and "LEG" not in codes):
                own = tuple(c for c in codes if c not in first)
                return Sectored((*first, *own)[:MOST], ((i, words[1]),), f"{self._word(i)}, {reason}")
        return Sectored(codes[:MOST], (words,), reason) if codes else None

    def _state(self, p: Profile) -> Sectored | None:
        """What of a state a mention of it tells: its government, its forces; nothing for the bare name."""
        if p.sort == "description" or p.arm:
            return self._codes(p.start, p.end, p.end - 1 if p.sort == "name" else p.head, None, 0, (p.start, p.end))
        if p.form is not None and p.form.kind in ("capital", "metonym"):
            return Sectored(("GOV",), (_range(p),), f"{p.core} stands for the government")
        return None

    def _owner(self, p: Profile, head: int) -> int | None:
        """The entity whose people or part a mention is: "Hamas' leaders", "members of the union"."""
        heads = [p.possessor] if p.possessor is not None else []
        for kid in self.tokens.kids[head]:
            if kid > head and self.tokens.deps[kid] == "prep" and self.tokens.lower[kid] in _WHOSE:
                heads += [noun for noun in self.tokens.kids[kid] if self.tokens.deps[noun] == "pobj"]
        heads += [i for i in range(p.start, head) if p.sort == "description" and self.reading.headed[i] >= 0]
        for noun in heads:
            m = self.reading.headed[noun] if self.reading.headed[noun] >= 0 else self.reading.at[noun]
            entities: tuple[int, ...] = self.doc._.mentions[m].entities if m >= 0 else ()
            if len(entities) == 1:
                return entities[0]
        return None

    def _word(self, i: int) -> str:
        """Token i in lower case, nouns in the singular."""
        tag = self.tokens.tags[i]
        if tag in ("NNS", "NNPS"):
            lemma = self.tokens.lemmas[i].lower()
            lower = self.tokens.lower[i]
            return lower[:-1] if lemma == lower and lower.endswith("s") and len(lower) > 3 else lemma
        return self.tokens.lower[i]

    def _is(self, i: int, word: str) -> bool:
        return word in (self._word(i), self.tokens.lower[i])


def _range(p: Profile) -> tuple[int, int]:
    return p.start, p.end


def _sum(found: Iterable[Sectored | None]) -> Sectored | None:
    """Several findings as one, in their order."""
    parts: list[Sectored] = []
    codes: dict[Sector, None] = {}
    for part in _some(found):
        if new := [c for c in part.codes if c not in codes]:
            parts.append(part)
            codes.update(dict.fromkeys(new))
    if not parts:
        return None
    words = tuple(sorted({w for part in parts for w in part.words}))
    return Sectored(tuple(codes)[:MOST], words, "; ".join(dict.fromkeys(part.reason for part in parts)))


def _some(found: Iterable[Sectored | None]) -> Iterator[Sectored]:
    return (part for part in found if part is not None)
