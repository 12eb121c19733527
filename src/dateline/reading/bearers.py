"""Which names are of one bearer: full names and surnames, acronyms, countries and their metonyms."""

from __future__ import annotations

from dateline.reading.clusters import Chains
from dateline.reading.profiles import Profile, Reading

_SMALL = frozenset({"the", "of", "for", "and", "&", "'s", "’s", "-", "de", "la", "in", "to", "on", "a"})


def link_names(reading: Reading, chains: Chains) -> None:
    """Join the mentions by name that denote the same; only names, in the whole report at once."""
    profiles = reading.profiles
    named = [m for m, p in enumerate(profiles) if p.sort == "name"]
    _same(profiles, [m for m in named if profiles[m].label != "PERSON"], chains)
    _persons(reading, [m for m in named if profiles[m].label == "PERSON"], chains)
    _organizations(reading, [m for m in named if profiles[m].label == "ORG"], chains)


def _key(p: Profile) -> tuple[str, ...]:
    if p.city:
        return ("city", p.core)
    if p.form is not None:
        return ("form", p.form.name)
    return (p.label, p.core.casefold().replace("’", "'").replace(".", ""))


def _same(profiles: list[Profile], mentions: list[int], chains: Chains) -> None:
    first: dict[tuple[str, ...], int] = {}
    for m in mentions:
        p = profiles[m]
        if p.label == "NORP" and p.form is not None and p.kind != "country":
            continue
        earlier = first.setdefault(_key(p), m)
        if earlier != m:
            chains.join(earlier, m)


def _name_words(reading: Reading, p: Profile) -> tuple[str, ...]:
    start = p.title[1] if p.title else p.start
    return tuple(w for w in reading.tokens.words[start : p.end] if w not in ("-", "'s", "’s", ".", ",", '"', "“", "”"))


def _compatible(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: one last name, and first names alike or initials."""
    if a[-1] != b[-1]:
        return (set(a) < set(b) and a[0] == b[0] and len(a) > 1) or (set(b) < set(a) and a[0] == b[0] and len(b) > 1)
    x, y = a[0].rstrip("."), b[0].rstrip(".")
    if x == y or x in b or y in a:
        return True
    return (len(x) == 1 or len(y) == 1) and x[0] == y[0]


def _persons(reading: Reading, mentions: list[int], chains: Chains) -> None:
    profiles = reading.profiles
    words = {m: _name_words(reading, profiles[m]) for m in mentions}
    full = [m for m in mentions if len(words[m]) > 1]
    for n, m in enumerate(full):
        for earlier in full[:n]:
            if chains.of(earlier) != chains.of(m) and _compatible(words[earlier], words[m]):
                chains.join(earlier, m)
                break
    alone: dict[str, int] = {}
    for m in mentions:
        if len(words[m]) != 1:
            continue
        word = words[m][0]
        bearers = _bearers(profiles, words, full, m, word, chains)
        if bearers:
            before = [b for b in bearers if b < m]
            chains.join(before[-1] if before else bearers[0], m)
        elif alone.setdefault(word, m) != m:
            chains.join(alone[word], m)


def _bearers(
    profiles: list[Profile], words: dict[int, tuple[str, ...]], full: list[int], m: int, word: str, chains: Chains
) -> list[int]:
    """Full names that a single name can be short for: by surname, else by the first or another name."""
    gender = profiles[m].gender if profiles[m].title else ""
    for position in (-1, 0, None):
        found = []
        for b in full:
            fits = word in words[b] if position is None else words[b][position] == word
            if fits and not (gender and chains.gender(b) not in ("", gender)):
                found.append(b)
        if found:
            sure = [b for b in found if gender and chains.gender(b) == gender]
            return sure or found
    return []


def _initials(p: Profile) -> str:
    return "".join(
        word[0] for word in p.core.replace("-", " ").split() if word.lower() not in _SMALL and word[0].isupper()
    )


def _edges(p: Profile) -> frozenset[tuple[str, str]]:
    """The first and the last word of a name, each marked as such."""
    words = p.core.split()
    return frozenset({("first", words[0]), ("last", words[-1])})


def _organizations(reading: Reading, mentions: list[int], chains: Chains) -> None:
    profiles, tokens = reading.profiles, reading.tokens
    long = [m for m in mentions if len(profiles[m].core.split()) > 1]
    for m in mentions:
        p = profiles[m]
        if p.end < len(tokens) and p.start >= 2 and tokens.words[p.start - 1] == "(" and tokens.words[p.end] == ")":
            before = reading.at[p.start - 2]
            if before >= 0 and profiles[before].sort == "name" and profiles[before].label in ("ORG", "MISC", "GPE"):
                chains.join(before, m)
                continue
        plain = p.core.replace(".", "")
        if plain.isupper() and 2 < len(plain) < 9:
            spelt = [
                b
                for b in long
                if _initials(profiles[b]) == plain or (_initials(profiles[b]).startswith(plain) and len(plain) > 2)
            ]
            if spelt:
                chains.join(spelt[0], m)
                continue
        if p.form is None and not p.arm:
            mine = frozenset(p.core.casefold().split()) - _SMALL
            wider = {
                chains.of(b): b
                for b in long
                if b != m and profiles[b].form is None
                and mine < frozenset(profiles[b].core.casefold().split())
                and _edges(profiles[b]) & _edges(p)
            }  # fmt: skip
            if len(wider) == 1 and mine:
                chains.join(next(iter(wider.values())), m)
