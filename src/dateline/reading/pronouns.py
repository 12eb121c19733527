"""What a pronoun stands for: candidates before it, ruled out by grammar, ranked by salience and recency."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.reading.clusters import Chains
from dateline.reading.grammar import BASE, REFLEXIVE, SUBJECTS, Grammar
from dateline.reading.profiles import Profile, Reading
from dateline.reading.salience import NOTHING, Features, features, part_of, score
from dateline.reading.speakers import Talk

#: How many sentences back a pronoun looks; persons are kept in mind longer than things.
_REACH = {"he": 6, "she": 6, "it": 2, "they": 3}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a pronoun may stand for: the mentions that it denotes (several for a sum), and the last mention of them."""

    found: tuple[int, ...]
    last: int
    features: Features


class Resolver(Grammar):
    """Resolves the pronouns of one report, in text order, against the chains so far."""

    def __init__(self, reading: Reading, chains: Chains, talk: Talk) -> None:
        super().__init__(reading, chains)
        self.talk = talk

    def resolve(self, m: int) -> tuple[int, ...]:
        """Mentions (one, or several for a sum) whose chains the pronoun m stands for; () where nothing fits."""
        p = self.reading.profiles[m]
        base = BASE.get(p.lemma)
        if base is None:
            if p.lemma in ("who", "whom", "whose", "which", "that"):
                return self._relative(p)
            return ()
        if (base == "it" and self._pleonastic(p)) or self._honours(p):
            return ()
        if p.lemma in REFLEXIVE:
            found = self._reflexive(p)
            if found:
                return found
        for first in (self._joined(p, base), self._blamed(p, base)):
            if first is not None:
                return self._denoted(first)
        return self._likeliest(m, p, base)

    def _likeliest(self, m: int, p: Profile, base: str) -> tuple[int, ...]:
        part = part_of(self.reading, p)
        ranked = sorted(
            ((score(part, c.features), -c.last, c) for c in self.candidates(m)),
            key=lambda one: (-one[0], -one[1], len(one[2].found)),
        )
        if not ranked or ranked[0][0] < score(part, NOTHING):
            return ()
        best = ranked[0][2]
        if base in ("he", "she"):
            best = self._speaking(m, [c for _, _, c in ranked]) or best
        return best.found

    def candidates(self, m: int) -> list[Candidate]:
        """For the pronoun m: each chain, and for "they" each sum, that it can stand for, with features."""
        p = self.reading.profiles[m]
        base = BASE[p.lemma]
        barred = self._barred(m, p)
        mentions: dict[tuple[int, ...], list[int]] = {}
        denoted: dict[tuple[int, ...], tuple[int, ...]] = {}
        for k in range(m - 1, -1, -1):
            distance = self.tokens.sents[p.head] - self.tokens.sents[self.reading.profiles[k].head]
            if distance > _REACH[base]:
                break
            if k in self.talk.quoted and m not in self.talk.quoted:
                continue  # who is only spoken of is not who speaks
            for found in self._standing(k, m, base):
                key = tuple(self.chains.of(c) for c in found)
                if key in mentions:
                    mentions[key].append(k)
                    continue
                if barred & set(key) or (distance == 0 and self._contains(k, p.head)):
                    continue
                if len(found) > 1 or self._agrees(p, found[0], base):
                    mentions[key], denoted[key] = [k], found
        firsts = sorted(min(self.chains.members[chain] for chain in key) for key in mentions)
        result = []
        for rank, (key, own) in enumerate(mentions.items()):
            order = firsts.index(min(self.chains.members[chain] for chain in key))
            values = features(self.reading, self.chains, p, own, denoted[key], rank, order)
            result.append(Candidate(denoted[key], own[0], values))
        return self._with_ahead(m, p, base, barred, result)

    def _standing(self, k: int, m: int, base: str) -> list[tuple[int, ...]]:
        """What mention k brings up before the pronoun m: itself, what it stands for, what is coordinated with it."""
        if self.reading.profiles[k].sort == "pronoun":
            found = self.resolved.get(k, ())
            return [found] if len(found) == 1 or (found and base == "they") else []
        several = self._sum(k, m) if base == "they" else ()
        return [(k,), several] if several else [(k,)]

    def _with_ahead(
        self, m: int, p: Profile, base: str, barred: set[int], candidates: list[Candidate]
    ) -> list[Candidate]:
        ahead = self._ahead(m, p, base, barred)
        if ahead is None:
            return candidates
        chain = self.chains.of(ahead)
        for c in candidates:
            if len(c.found) == 1 and self.chains.of(c.found[0]) == chain:
                c.features["also_ahead"] = 1.0
                return candidates
        return [*candidates, Candidate((ahead,), ahead, {"ahead": 1.0})]

    def _ahead(self, m: int, p: Profile, base: str, barred: set[int]) -> int | None:
        """A name behind the pronoun that it may stand for: the subject of the clause that its phrase opens, or, where
        that can't be, whose the subject is ("early in his reign, X's mother …").
        """
        tokens, i = self.tokens, p.head
        for _ in range(12):
            above = tokens.heads[i]
            if above == i or tokens.sents[above] != tokens.sents[p.head]:
                return None
            if above > i and tokens.deps[i] in ("prep", "advcl", "pcomp", "ccomp", "npadvmod", "advmod"):
                subjects = [kid for kid in tokens.kids[above] if tokens.deps[kid] in SUBJECTS and kid > p.head]
                for kid in subjects:
                    owners = [k for k in tokens.kids[kid] if tokens.deps[k] == "poss"]
                    for token in (kid, *owners):
                        k = self.reading.at[token]
                        name = k > m and self.reading.profiles[k].sort == "name"
                        if name and self._agrees(p, k, base) and self.chains.of(k) not in barred:
                            return k
                if subjects:
                    return None
            i = above
        return None

    def _speaking(self, m: int, ranked: list[Candidate]) -> Candidate | None:
        """Who goes on speaking: the subject that leads the sentence before a quotation, or who spoke before."""
        sents, profiles = self.tokens.sents, self.reading.profiles
        leading = [
            c
            for c in ranked
            if m in self.talk.speaking
            and c.last < m
            and sents[profiles[m].head] - sents[profiles[c.last].head] <= 1
            and self._leads(c.last)
        ]
        if leading:
            return max(leading, key=lambda c: c.last)
        before = self.talk.before.get(m)
        if before is not None and not any(before < c.last < m and self._leads(c.last) for c in ranked):
            spoke = {self.chains.of(c) for c in self._denoted(before)}
            return next((c for c in ranked if c.last < m and {self.chains.of(f) for f in c.found} & spoke), None)
        return None

    def _leads(self, m: int) -> bool:
        """Whether a mention is the subject of its sentence's main verb."""
        tokens, p = self.tokens, self.reading.profiles[m]
        verb = tokens.heads[tokens.top(p.head)]
        return tokens.role(p.head) in SUBJECTS and tokens.deps[verb] == "ROOT"

    def _barred(self, m: int, p: Profile) -> set[int]:
        here, profiles = self.tokens.sents[p.head], self.reading.profiles
        found = {
            self.chains.of(c)
            for k in range(max(0, m - 12), m)
            if self.tokens.sents[profiles[k].head] == here and self._bound(p, profiles[k])
            for c in self._denoted(k)
        }
        speaker = self.talk.spoken_by.get(m)
        if speaker is not None:  # who speaks says "I"
            found.update(self.chains.of(c) for c in (speaker, *self._denoted(speaker)))
        return found
