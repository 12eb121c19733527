"""Whom a sentence makes, calls or leaves the holder of an office, beyond titles and plain appositions."""

from __future__ import annotations

from dateline.reading.lexicon import table
from dateline.reading.offices import Offices
from dateline.reading.profiles import Profile

_STATED = table("titles.toml")["stated"]
_PRETENDING = frozenset(_STATED["pretending"])
_TENURES = frozenset(_STATED["tenures"])


class Tenures(Offices):
    """Finds the tokens of those of whom a noun for an office is said."""

    def several(self, p: Profile) -> list[int]:
        """The persons that a plural is said of: "the farmers, Zaza and Levan", "X, one of the leaders"."""
        tokens = self.tokens
        heads, found = [p.head], []
        if tokens.deps[p.head] == "pobj" and tokens.lower[tokens.heads[p.head]] == "of":
            above = tokens.heads[tokens.heads[p.head]]
            if tokens.tags[above] == "CD" or tokens.lower[above] in ("some", "several", "both"):
                heads.append(above)
                if tokens.lower[above] == "one" and tokens.deps[above] == "appos":
                    found.append(tokens.heads[above])
                if tokens.lower[above] == "one" and tokens.deps[above] == "attr":
                    found += [k for k in tokens.kids[tokens.heads[above]] if tokens.deps[k] == "nsubj"]
        for head in heads:
            for kid in tokens.kids[head]:
                if tokens.deps[kid] == "appos" and kid > p.head and self._is_name(kid):
                    found += tokens.conjuncts(kid)
        return [self.mention(i) for i in found if self.person_at(i)]

    def _is_name(self, token: int) -> bool:
        m = self.reading.headed[token]
        return m >= 0 and self.reading.profiles[m].sort == "name"

    def made_by(self, p: Profile) -> list[int]:
        """Tokens of whom p is made, leaves or serves as: "elected Ahmad Vahidi as minister", "resigns as mayor"."""
        tokens = self.tokens
        verb = tokens.heads[p.head]
        if tokens.deps[p.head] == "pobj" and (tokens.lower[verb] == "as" or self._tenure(verb)):
            verb = tokens.heads[verb]
            for _ in range(4):
                if tokens.tags[verb].startswith("VB") or tokens.lower[verb] in _TENURES:
                    break
                verb = tokens.heads[verb]
        elif tokens.deps[p.head] != "oprd":
            return []
        if tokens.lemmas[verb] in _PRETENDING:
            return []
        if tokens.lower[verb] in _TENURES:
            return self._tenant(verb)
        inside = [k for k in tokens.kids[p.head] if tokens.deps[k] in ("nmod", "compound") and self.person_at(k)]
        if inside and tokens.deps[p.head] == "oprd":
            return inside
        named = [k for k in tokens.kids[verb] if tokens.deps[k] == "dobj" and k < p.head and self.person_at(k)]
        return named or self._subject(verb)

    def _tenure(self, preposition: int) -> bool:
        """Whether "of" hangs on a noun for holding an office: "assumes the position of interim President"."""
        noun = self.tokens.heads[preposition]
        return self.tokens.lower[preposition] == "of" and self.tokens.lower[noun] in ("position", "post", "office")

    def _tenant(self, noun: int) -> list[int]:
        """Whose tenure it is: "the resignation of Áñez", "her appointment", "X took the role of"."""
        tokens = self.tokens
        for kid in tokens.kids[noun]:
            if tokens.deps[kid] == "poss" and self.person_at(kid):
                return [kid]
            if tokens.deps[kid] == "prep" and tokens.lower[kid] == "of":
                of = [k for k in tokens.kids[kid] if self.person_at(k)]
                if of:
                    return of
        return self._subject(tokens.heads[noun])

    def _subject(self, verb: int) -> list[int]:
        tokens = self.tokens
        named = [k for k in tokens.kids[verb] if tokens.deps[k] in ("nsubj", "nsubjpass") and self.person_at(k)]
        if not named and tokens.deps[verb] in ("acl", "xcomp", "conj", "advcl", "relcl"):
            above = tokens.heads[verb]
            named = (
                [above]
                if self.person_at(above)
                else [k for k in tokens.kids[above] if tokens.deps[k] == "nsubj" and self.person_at(k)]
            )
        return named

    def person_at(self, token: int) -> bool:
        """Whether a named person is denoted at the token."""
        entity = self.entity(self.mention(token))
        return entity is not None and self.kind(entity) == "person" and self.named(entity)
