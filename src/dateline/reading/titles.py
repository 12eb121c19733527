"""Titles and offices in words: the title before a name, and what role a noun phrase states."""

from __future__ import annotations

from dateline.reading.lexicon import lexicon, table
from dateline.reading.spans import Name
from dateline.reading.tokens import Tokens

#: Nouns that end as callings do and tell what somebody holds with or has done.
_BELIEVERS = frozenset(table("titles.toml")["stated"]["believers"])
#: What a hyphen ties to an office: "president-elect", "prime minister-designate".
AFFIXES = frozenset({"elect", "designate"})
_INSIDE = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "HYPH", "AFX", "VBG", "RB", "JJR"})


def is_title(word: str) -> bool:
    """Whether a lower-case word can end a title ("president", "Mr.", "journalist")."""
    return word.rstrip(".") in lexicon().titles or is_role(word)


def is_role(word: str) -> bool:
    """Whether a lower-case noun, in the singular, is an office or an occupation ("mayor", "anthropologist")."""
    lex = lexicon()
    if word in lex.roles:
        return True
    return word.endswith(lex.endings) and word not in lex.unless and word not in lex.plain and word not in _BELIEVERS


def title_before(tokens: Tokens, owner: list[Name | None], start: int) -> tuple[int, int] | None:
    """`[begin, start)` of the title that stands right before a person's name at `start`; bodies, countries and
    determiners before it are left out. None where there is none.
    """
    i = start - 1
    if i >= 2 and tokens.lower[i] in AFFIXES and tokens.words[i - 1] == "-":
        i -= 2
    if i < 0 or tokens.sents[i] != tokens.sents[start] or not is_title(tokens.lower[i]):
        return None
    if owner[i] is not None and owner[i].label == "PERSON":  # type: ignore[union-attr]
        return None
    return _leftmost(tokens, owner, i), start


def _leftmost(tokens: Tokens, owner: list[Name | None], i: int) -> int:
    """The first token of the title whose last one is `i`."""
    sent = tokens.starts[tokens.sents[i]]
    while i > sent:
        j = i - 1
        name = owner[j]
        alone = name is not None and name.form is None and name.end - name.start == 1
        if alone and tokens.lower[j] in lexicon().state_words:
            i = j
            continue
        if name is not None and (name.form is not None or name.label in ("PERSON", "GPE", "NORP", "ORG")):
            return i
        lex = lexicon()
        ranked = tokens.lower[i].rstrip(".") in lex.ranks and tokens.capitalized(i)
        if ranked and tokens.lower[j] in lex.org_nouns and tokens.lower[j] not in lex.state_words:
            return i
        if tokens.lower[j] in ("and", "&") and tokens.lower[j - 1] in lexicon().roles:
            return i
        if tokens.lower[j] in ("and", "&") and j > sent and tokens.tags[j - 1] in ("NN", "NNP", "JJ"):
            if tokens.deps[j - 1] not in ("nsubj", "dobj", "pobj", "appos") and owner[j - 1] is None:
                i = j - 1
                continue
            return i
        if tokens.tags[j] not in _INSIDE or (
            tokens.pos[j] in ("VERB", "AUX", "ADV") and tokens.lower[j] not in lex.qualifiers
        ):
            return i
        if tokens.tags[j] == "RB" and tokens.lower[j] not in lexicon().qualifiers:
            return i
        if tokens.tags[j] in ("JJ", "NN") and any(c.isdigit() for c in tokens.words[j]):
            return i
        i = j
    return i
