"""Whether the name of a capital or a seat of government stands for the government where it stands."""

from __future__ import annotations

from functools import cache

from dateline.reading.lexicon import lexicon, table
from dateline.reading.tokens import Tokens


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("metonyms.toml")["metonyms"][name])


def governs(tokens: Tokens, head: int, *, seat: bool) -> bool:
    """Whether the place name headed by token `head` denotes the government there; `seat` is true for a seat of
    government (the Kremlin), false for a city.
    """
    top = tokens.top(head)
    dep, governor = tokens.deps[top], tokens.heads[top]
    lemma = tokens.lemmas[governor].lower()
    if dep == "nsubj":
        return tokens.pos[governor] in ("VERB", "AUX") and lemma not in _words("place_subjects")
    if dep == "nsubjpass":
        return lemma in _words("address")
    if dep == "dobj":
        return lemma in _words("address")
    if dep == "poss":
        return lemma not in _words("place_nouns")
    if dep in ("compound", "nmod", "amod"):
        lex = lexicon()
        if tokens.lower[governor] in lex.arms or (head + 1 < len(tokens) and tokens.words[head + 1] == "-"):
            return True
        return seat and (tokens.lower[governor] in lex.roles or tokens.pos[governor] == "PROPN" or lemma in lex.persons)
    if dep == "npadvmod":
        return True
    if dep == "pobj":
        word = tokens.lower[governor]
        if word in _words("party_prepositions"):
            return True
        if word in ("to", "for", "from", "of", "on"):
            above = tokens.heads[governor]
            if word == "of" and seat and tokens.lower[above] in lexicon().roles:
                return True
            return tokens.lemmas[above].lower() in _words("party_governors")
    return False
