"""Noun phrases and pronouns that are no names: who or what they describe, as far as their own words tell."""

from __future__ import annotations

from dateline.reading.lexicon import lexicon, words
from dateline.reading.profiles import Gender, Number, Profile
from dateline.reading.spans import Name
from dateline.reading.titles import AFFIXES
from dateline.reading.tokens import Tokens
from dateline.record import ActorKind

_HEADS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "dative", "iobj", "attr", "appos", "conj", "ROOT", "poss", "oprd", "agent",
     "csubj", "pcomp", "dep", "ccomp", "npadvmod", "nmod", "parataxis", "relcl", "advcl", "xcomp", "acl"}
)  # fmt: skip
_SURE_HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "attr", "appos", "poss", "oprd"})
_NO_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
#: Nouns that count what follows "of".
_PRONOUNS: dict[str, tuple[Number, Gender]] = {
    "he": ("s", "m"), "him": ("s", "m"), "his": ("s", "m"), "himself": ("s", "m"),
    "she": ("s", "f"), "her": ("s", "f"), "hers": ("s", "f"), "herself": ("s", "f"),
    "it": ("s", ""), "its": ("s", ""), "itself": ("s", ""),
    "they": ("p", ""), "them": ("p", ""), "their": ("p", ""), "theirs": ("p", ""), "themselves": ("p", ""),
    "i": ("s", ""), "me": ("s", ""), "my": ("s", ""), "mine": ("s", ""), "myself": ("s", ""),
    "we": ("p", ""), "us": ("p", ""), "our": ("p", ""), "ours": ("p", ""), "ourselves": ("p", ""),
    "you": ("", ""), "your": ("", ""), "yours": ("", ""), "yourself": ("s", ""), "yourselves": ("p", ""),
}  # fmt: skip
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_APPROXIMATE = words("approximate")
_DEFINITE = {
    "the": "def", "both": "def", "this": "dem", "that": "dem", "these": "dem", "those": "dem", "a": "indef",
    "an": "indef", "another": "indef", "any": "indef", "no": "indef", "every": "indef", "each": "indef",
    "some": "indef", "all": "bare",
}  # fmt: skip
_STATE_ADJECTIVES = words("state_adjectives")


def pronoun(tokens: Tokens, i: int) -> Profile | None:
    """The profile of token i if it is a personal, possessive, reflexive or relative pronoun."""
    tag, lower = tokens.tags[i], tokens.lower[i]
    if tag in ("PRP", "PRP$"):
        known = _PRONOUNS.get(lower)
        if known is None or (lower == "us" and tokens.words[i] == "US"):
            return None
        return Profile(i, i + 1, i, "pronoun", None, "", lower, number=known[0], gender=known[1])
    if tag in ("WP", "WDT", "WP$", "IN", "DT") and lower in _RELATIVE and tokens.deps[i] != "mark":
        if tag in ("IN", "DT") and lower == "that" and tokens.deps[i] not in ("nsubj", "nsubjpass", "dobj"):
            return None
        if tag == "DT" or _clause(tokens, i) is None:
            return None
        return Profile(i, i + 1, i, "pronoun", None, "", lower)
    return None


def _clause(tokens: Tokens, i: int) -> int | None:
    """The noun that the relative clause of pronoun `i` hangs on."""
    j = i
    for _ in range(6):
        if tokens.deps[j] == "relcl":
            return tokens.heads[j]
        if tokens.heads[j] == j:
            return None
        j = tokens.heads[j]
    return None


def antecedent(tokens: Tokens, i: int) -> int | None:
    """The noun that a relative pronoun at `i` stands for (a token)."""
    return _clause(tokens, i)


class Describer:
    """Finds the descriptions of one report, given its names."""

    def __init__(self, tokens: Tokens, owner: list[Name | None]) -> None:
        self.tokens = tokens
        self.owner = owner
        self.lexicon = lexicon()

    def at(self, i: int) -> Profile | None:
        """The profile of the noun phrase that token i heads, or None."""
        tokens = self.tokens
        tag, dep = tokens.tags[i], tokens.deps[i]
        if self.owner[i] is not None or tokens.ents[i] in _NO_NAMES:
            return None
        if dep in ("compound", "nmod", "amod") and tag in ("NN", "NNS"):
            return self._modifier(i)
        if tag == "JJ" and dep in ("nsubj", "nsubjpass") and tokens.lower[i] in _ORDINALS:
            start, end = tokens.edges(i)
            return self._profile(i, start, end, "person", "s", tokens.lower[i])
        if dep not in _HEADS:
            return None
        if tag in ("NN", "NNS", "NNP", "NNPS"):
            if dep in ("npadvmod", "nmod") and not self.lexicon.is_people(tokens.lower[i]):
                return None
            return self._noun(i)
        if tag == "CD" and dep in ("nsubj", "nsubjpass", "dobj", "attr", "conj", "pobj"):
            return self._number(i)
        if tag in ("JJ", "VBN", "JJS", "DT", "VBG") and dep in _SURE_HEADS:
            return self._adjective(i)
        return None

    def _modifier(self, i: int) -> Profile | None:
        """A noun before a noun that may be the doer: "a police raid", "rebel attacks", "government troops"."""
        tokens, lex = self.tokens, self.lexicon
        lower, lemma = tokens.lower[i], tokens.lemmas[i].lower()
        if tokens.heads[i] < i or (tokens.lower[tokens.heads[i]] in lex.titles and lower not in lex.bodies):
            return None
        if lower not in lex.plurals and lemma not in lex.persons and lower not in lex.org_nouns:
            return None
        start = i
        while start and tokens.deps[start - 1] in ("amod", "compound", "nummod") and tokens.heads[start - 1] == i:
            start -= 1
        kind: ActorKind = "organization" if lower in lex.org_nouns else "group"
        return self._profile(i, start, i + 1, kind, "p" if kind == "group" else "", lemma)

    def _number(self, i: int) -> Profile | None:
        """ "19 were killed", "killing at least 23", "the three": a number alone stands for people."""
        tokens = self.tokens
        if tokens.words[i].isdigit() and len(tokens.words[i]) == 4 and tokens.words[i][:2] in ("18", "19", "20"):
            return None
        if any(tokens.lower[kid] in ("percent", "%", "years", "age") for kid in tokens.kids[i]):
            return None
        governor = tokens.lemmas[tokens.heads[i]]
        definite = any(tokens.lower[kid] in ("the", "these", "those") for kid in tokens.kids[i])
        counted = self._counted(i)
        sure = definite or (counted is not None and (tokens.tags[counted] == "PRP" or self._human(counted)))
        if tokens.deps[i] == "pobj" and not sure:
            return None
        if tokens.deps[i] in ("dobj", "attr", "conj") and not sure and governor not in _HARM:
            return None
        if counted is not None and not sure:
            return None
        start, end = tokens.edges(i)
        number: Number = "s" if tokens.lower[i] in ("one", "1") else "p"
        return self._profile(i, start, end, "person" if number == "s" else "group", number, tokens.lower[i])

    def _human(self, i: int) -> bool:
        return self.tokens.lower[i] in self.lexicon.plurals or self.lexicon.is_people(self.tokens.lower[i])

    def _adjective(self, i: int) -> Profile | None:
        """ "the wounded", "the dead", "the accused", "those who …"."""
        tokens = self.tokens
        lower = tokens.lower[i]
        the = any(tokens.lower[kid] in ("the", "these", "those", "many", "both") for kid in tokens.kids[i])
        if lower in ("those", "both") or (
            the
            and (
                lower in self.lexicon.plurals
                or lower in ("accused", "young", "rich", "displaced", "arrested", "detained", "freed")
            )
        ):
            start, end = tokens.edges(i)
            return self._profile(i, start, end, "group", "p", lower)
        return None

    def _noun(self, i: int) -> Profile | None:
        tokens, lex = self.tokens, self.lexicon
        lower, lemma = tokens.lower[i], tokens.lemmas[i].lower()
        plural = tokens.tags[i] in ("NNS", "NNPS")
        start, end = tokens.edges(i)
        kind: ActorKind | None = None
        number: Number = "p" if plural else "s"
        if lower in AFFIXES and i >= 2 and tokens.words[i - 1] == "-" and tokens.lower[i - 2] in lex.roles:
            return self._profile(i, start, end, "person", "s", f"{tokens.lower[i - 2]}-{lower}")
        if lower in lex.plurals or (plural and lemma in lex.persons) or lex.is_people(lower):
            kind, number = "group", "p"
        elif not plural and lex.is_person(lower):
            kind = "person"
        elif lower in lex.org_nouns or lemma in lex.org_nouns:
            kind = "organization"
            if plural or lower in ("police", "troops"):
                number = "p"
        loose = kind is None or (kind == "organization" and lower not in lex.arms and lower not in lex.bodies)
        if loose and (lower in lex.groups or lemma in lex.groups):
            kind = kind or "group"
            number = "p" if plural else ""
        if lower == "police":
            number, kind = "p", "organization"
        if lower in lex.kins:
            kind = "group"
        if lower in ("dozens", "hundreds", "thousands", "scores", "others", "number", "handful", "total", "half"):
            inner = self._counted(i)
            if inner is None and lower in ("number", "total", "handful", "half"):
                return self._profile(i, start, end, None, number, lemma)
            people = inner is None or tokens.lower[inner] in lex.plurals or lex.is_people(tokens.lower[inner])
            kind, number = ("group" if people else None), "p"
        return self._profile(i, start, end, kind, number, lemma)

    def _counted(self, i: int) -> int | None:
        """The noun behind "of": people in "dozens of people"."""
        tokens = self.tokens
        for kid in tokens.kids[i]:
            if tokens.lower[kid] == "of":
                for noun in tokens.kids[kid]:
                    if tokens.deps[noun] == "pobj":
                        return noun
        return None

    def _profile(self, i: int, start: int, end: int, kind: ActorKind | None, number: Number, lemma: str) -> Profile:
        tokens, lex = self.tokens, self.lexicon
        definite, possessor = "bare", None
        for kid in tokens.kids[i]:
            if kid >= i:
                break
            dep, lower = tokens.deps[kid], tokens.lower[kid]
            if dep in ("poss",) or tokens.tags[kid] == "PRP$":
                definite, possessor = "poss", kid
            elif dep in ("det", "predet") or tokens.tags[kid] == "DT":
                definite = _DEFINITE.get(lower, "indef") if definite == "bare" or definite == "num" else definite
            elif dep == "nummod" and definite == "bare":
                definite = "num"
        if definite == "bare" and tokens.tags[i] == "CD":
            definite = "num"
        while start < i and (
            tokens.tags[start] in ("DT", "PDT", "PRP$", "POS", ",", "``", "''", ":", "CC", "WDT", "-LRB-")
            or tokens.words[start] in ("'", '"', "“", "‘", "”")
            or (tokens.lower[start] in ("such", "other") and False)
        ):
            start += 1
        for j in range(start, i):
            if tokens.tags[j] in ("-LRB-", "-RRB-") or (tokens.words[j] in ("-", "–", "—") and tokens.spaces[j]):
                start = j + 1
        begin = start
        while begin < i and tokens.lower[begin] in _APPROXIMATE:
            begin += 1
        kin = tokens.lower[i] in lex.kin and possessor is not None
        words = frozenset(
            tokens.lower[k]
            for k in range(possessor + 1 if kin and possessor is not None else start, end)
            if k != i and tokens.tags[k][:2] in ("NN", "JJ", "CD", "VB", "RB")
        )
        gender: Gender = ""
        if number != "p" or tokens.lower[i] in (
            "men",
            "women",
            "boys",
            "girls",
            "brothers",
            "sisters",
            "sons",
            "daughters",
        ):
            gender = lex.gender.get(tokens.lower[i], "")  # type: ignore[assignment]
            for word in ("female", "male"):
                if word in words:
                    gender = "f" if word == "female" else "m"
            if not gender and kind == "person":
                gender = "f" if lemma.endswith("woman") else "m" if lemma.endswith("man") and lemma != "human" else ""
        return Profile(
            start, end, i, "description", kind, self._short(i, begin, end), lemma, number=number, gender=gender,
            definite=definite, possessor=possessor, words=words,
        )  # fmt: skip

    def _short(self, i: int, start: int, end: int) -> str:
        """The short description: modifiers and head, with "of" and what it is of, or a place that tells it apart."""
        tokens = self.tokens
        text = tokens.text(start, end - 1 if end - 1 > i and tokens.tags[end - 1] == "POS" else end)
        plain = start == i
        for kid in tokens.kids[i]:
            lower = tokens.lower[kid]
            if kid < end or tokens.deps[kid] != "prep" or lower not in ("of", "in", "from", "for", "on"):
                continue
            if lower != "of" and not (
                plain and (tokens.lower[i] in _ANYBODY or tokens.lower[i] in self.lexicon.bodies)
            ):
                return text
            for noun in tokens.kids[kid]:
                if tokens.deps[noun] != "pobj":
                    continue
                name = self.owner[noun]
                stop = name.end if name is not None and name.start > kid else max(tokens.edges(noun)[1], noun + 1)
                if stop - kid <= 7 and (lower != "of" or tokens.tags[i] != "CD" or tokens.tags[noun] == "PRP"):
                    return f"{text} {tokens.text(kid, stop)}"
            return text
        return text


_ANYBODY = words("anybody")
_ORDINALS = words("ordinals")
_HARM = words("done_to_people")


def is_arm(tokens: Tokens, profile: Profile, owner: list[Name | None]) -> bool:
    """Whether a description names a state's body that acts as the state: "the army", "Russian forces", "security
    forces"; not numbered people ("three soldiers"), not rebels' forces, not "peacekeeping forces".
    """
    lex = lexicon()
    lower = tokens.lower[profile.head]
    if lower not in lex.arms or profile.definite in ("num", "indef"):
        return False
    for i in range(profile.start, profile.end):
        name = owner[i]
        if name is not None and name.label in ("ORG", "PERSON"):
            return False
        if i == profile.head or name is not None:
            continue
        if tokens.deps[i] == "nummod":
            return False
        known = tokens.lower[i] in _STATE_ADJECTIVES or tokens.lower[i] in lex.arms or tokens.lower[i] in lex.qualifiers
        if tokens.tags[i] in ("NN", "NNS", "JJ", "NNP", "VBG", "VBN") and not known:
            return tokens.lower[profile.head] in ("ministry", "department", "government", "embassy")
    return not (profile.possessor is not None and tokens.tags[profile.possessor] == "PRP$")
