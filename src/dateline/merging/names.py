"""Names as keys: folding, spelling variants, acronyms, and what counts as a name at all.

Keys are lists of folded words ("Volodymyr Zelenskyy" → volodymyr, zelenskyy). `spelling` maps transliterations of one
word onto one key; `skeleton` drops the vowels that transliterations disagree on, but for a last a, e or o, since these
tell women from men (Troufanov, Troufanova; Alexander, Alexandra).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dateline.merging.knowledge import knowledge

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_KNOWN = knowledge()


@lru_cache(maxsize=100_000)
def words(name: str) -> tuple[str, ...]:
    """Folded words of a name: no accents, no case, no possessive s, hyphens split, apostrophes closed up."""
    text = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"[’'`]s\b", "", text)
    text = re.sub(r"[’'`ʼ.](?=\w)", "", text)
    return tuple(re.findall(r"\w+", text))


@lru_cache(maxsize=100_000)
def spelling(word: str) -> str:
    """One key for the usual transliterations of a folded word: zelensky, zelenskyy and zelenskiy are zelenski."""
    if word.startswith("ye"):
        word = word[1:]
    for variant, key in _KNOWN.spelling.variants:
        word = word.replace(variant, key)
    word = re.sub(r"(?:yy|iy|ij|yi|ii|iyy|ey|y)$", "i", word)
    return re.sub(r"(.)\1", r"\1", word)


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The consonants of a spelling key and a last a, e or o: mohammed and muhammad are both mhmd."""
    key = spelling(word)
    last = key[-1] if key[-1:] in ("a", "e", "o") else ""
    return key[:1].translate(str.maketrans("", "", "aeiou")) + re.sub(r"[aeiouy]", "", key[1:]) + last


def person_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name without "Mr.", "Jr." and the like."""
    found = words(name)
    kept = tuple(w for w in found if w not in _KNOWN.names.suffixes and w not in _KNOWN.names.honorifics)
    return kept or found


def body_key(name: str) -> str:
    """The key of an organization, group or country: folded, without articles and a generic last word."""
    found = [_KNOWN.names.spellings.get(w, w) for w in words(name) if w not in ("the", "and", "of")]
    while len(found) > 1 and found[-1] in _KNOWN.names.generic | _KNOWN.names.members:
        found.pop()
    if len(found) == 1 and len(found[0]) > 4 and found[0].endswith("s") and not found[0].endswith(("ss", "us", "as")):
        found[0] = found[0][:-1]
    return " ".join(found)


def acronym(name: str) -> str | None:
    """The name as an acronym ("U.N." → "UN"), None where it is not one: two to six capitals."""
    bare = name.removeprefix("the ").removeprefix("The ").replace(".", "").strip()
    return bare if 2 <= len(bare) <= 6 and bare.isascii() and bare.isalpha() and bare.isupper() else None


def initials(name: str) -> str | None:
    """The acronym that a name of several capitalised words would have, small words left out; None for others."""
    found = [w for w in re.findall(r"[^\W\d_]+", name) if w.casefold() not in _KNOWN.names.small]
    if len(found) < 2 or not all(w[0].isupper() for w in found):
        return None
    return "".join(w[0] for w in found)


def is_name(name: str, kind: str) -> bool:
    """Whether these words name somebody, rather than describe: "Ansarul Islam", not "11 health workers".

    Groups need every word capitalised ("Houthis", not "Islamist groups"), persons their first and last word, countries
    any, organizations all or one that does not open the name ("Centre-Nord region", not "Suspected fighters").
    """
    found: list[str] = [w for w in re.findall(r"[^\W_]+", name) if w.casefold() not in _KNOWN.names.small]
    if not found or not found[0][0].isalpha():
        return False
    if kind == "group":
        return all(w[0].isupper() for w in found)
    if kind == "person":
        return found[0][0].isupper() and found[-1][0].isupper()
    if kind == "organization":
        rest = [w for w in found[1:] if w.casefold() not in _KNOWN.names.generic]
        return any(w[0].isupper() for w in rest) or (found[0][0].isupper() and not rest)
    return any(w[0].isupper() for w in found)
