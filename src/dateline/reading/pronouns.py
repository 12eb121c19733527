"""What a pronoun stands for: candidates before it, ruled out by grammar, ranked by salience and recency."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.reading.clusters import Chains
from dateline.reading.grammar import BASE, REFLEXIVE, SUBJECTS, Grammar
from dateline.reading.profiles import Profile, Reading
from dateline.reading.salience import Features, case_of, features, score
from dateline.reading.speakers import Talk

#: How many sentences back a pronoun looks, by its first letters; persons are kept in mind longer than things.
_REACH = {"he": 6, "she": 6, "it": 2, "they": 3}


@dataclass(slots=True)
class Candidate:
    """What a pronoun may stand for: chains (several for a coordination) and the mention that was last."""

    chains: tuple[int, ...]
    mention: int
    score: float


class Resolver(Grammar):
    """Resolves the pronouns of one report, in text order, against the chains so far."""

    def __init__(self, reading: Reading, chains: Chains, talk: Talk) -> None:
        super().__init__(reading, chains)
        self.talk = talk
        self.seen: dict[int, int] = {}

    def saw(self, m: int) -> None:
        """Count a mention for the salience of its chain."""
        chain = self.chains.of(m)
        self.seen[chain] = self.seen.get(chain, 0) + 1

    def resolve(self, m: int) -> tuple[int, ...]:
        """Mentions (one, or several for a sum) whose chains the pronoun m stands for; () where nothing fits."""
        p = self.reading.profiles[m]
        base = BASE.get(p.lemma)
        if base is None:
            if p.lemma in ("who", "whom", "whose", "which", "that"):
                return self._relative(p)
            return ()
        if base == "it" and self._pleonastic(p):
            return ()
        if p.lemma in REFLEXIVE:
            found = self._reflexive(p)
            if found:
                return found
        joined = self._joined(p, base)
        if joined is not None:
            return self._denoted(joined)
        blamed = self._blamed(p, base)
        if blamed is not None:
            return self._denoted(blamed)
        if base in ("he", "she"):
            return self._person(m, p, base)
        best = self.best(m, p, base)
        return () if best is None else best.chains

    def candidates(self, m: int) -> list[tuple[int, Features]]:
        """For the pronoun m ("he", "she" …): the last mention of each chain that it can stand for, with features."""
        p = self.reading.profiles[m]
        base = BASE[p.lemma]
        tokens, profiles = self.tokens, self.reading.profiles
        here = tokens.sents[p.head]
        barred = self._barred(m, p)
        chains: dict[int, list[int]] = {}
        for k in range(m - 1, -1, -1):
            other = profiles[k]
            distance = here - tokens.sents[other.head]
            if distance > _REACH[base]:
                break
            if k in self.talk.quoted and m not in self.talk.quoted:
                continue  # who is only spoken of is not who speaks
            target = k
            if other.sort == "pronoun":
                found = self.resolved.get(k, ())
                if len(found) != 1:
                    continue
                target = found[0]
            chain = self.chains.of(target)
            if chain in chains:
                chains[chain].append(k)
                continue
            if chain in barred or (distance == 0 and self._contains(k, p.head)):
                continue
            if self._agrees(p, target, base):
                chains[chain] = [k]
        ahead = self._ahead(m, p, base, barred)
        firsts = sorted(min(self.chains.members[chain]) for chain in chains)
        result = []
        for rank, (chain, mentions) in enumerate(chains.items()):
            order = firsts.index(min(self.chains.members[chain]))
            certain = self.chains.kind(chain) == "person"
            result.append((mentions[0], features(self.reading, self.chains, p, mentions, rank, order, certain)))
        if ahead is not None and self.chains.of(ahead) not in chains:
            case = case_of(self.reading, p)
            result.append((ahead, {f"{case}:ahead": 1.0, f"{case}:ahead_first": float(not chains)}))
        elif ahead is not None:
            for target, values in result:
                if self.chains.of(target) == self.chains.of(ahead):
                    values[f"{case_of(self.reading, p)}:also_ahead"] = 1.0
        return result

    def _ahead(self, m: int, p: Profile, base: str, barred: set[int]) -> int | None:
        """A name behind the pronoun that it may stand for: the subject of the clause that its phrase opens."""
        tokens, i = self.tokens, p.head
        for _ in range(12):
            above = tokens.heads[i]
            if above == i or tokens.sents[above] != tokens.sents[p.head]:
                return None
            if above > i and tokens.deps[i] in ("prep", "advcl", "pcomp", "ccomp", "npadvmod"):
                for kid in tokens.kids[above]:
                    if tokens.deps[kid] in SUBJECTS and kid > p.head:
                        k = self.reading.at[kid]
                        name = k >= 0 and self.reading.profiles[k].sort == "name"
                        fits = name and k > m and self._agrees(p, k, base) and self.chains.of(k) not in barred
                        return k if fits else None
            i = above
        return None

    def _person(self, m: int, p: Profile, base: str) -> tuple[int, ...]:
        ranked = sorted(((score(values), -k, k) for k, values in self.candidates(m)), reverse=True)
        if not ranked:
            return ()
        best = ranked[0]
        sents, profiles = self.tokens.sents, self.reading.profiles
        leading = [
            r
            for r in ranked
            if m in self.talk.speaking
            and r[2] < m
            and sents[profiles[m].head] - sents[profiles[r[2]].head] <= 1
            and self._leads(r[2])
        ]
        if leading:
            return self._denoted(max(r[2] for r in leading))
        before = self.talk.before.get(m)
        if before is not None and not any(before < r[2] < m and self._leads(r[2]) for r in ranked):
            spoke = self._chains_of(before)
            best = next((r for r in ranked if r[2] < m and self._chains_of(r[2]) & spoke), best)
        return self._denoted(best[2]) if best[2] < m else (best[2],)

    def _leads(self, m: int) -> bool:
        """Whether a mention is the subject of its sentence's main verb."""
        tokens, p = self.tokens, self.reading.profiles[m]
        verb = tokens.heads[tokens.top(p.head)]
        return tokens.role(p.head) in SUBJECTS and tokens.deps[verb] == "ROOT"

    def _chains_of(self, m: int) -> set[int]:
        return {self.chains.of(c) for c in self._denoted(m)}

    def _barred(self, m: int, p: Profile) -> set[int]:
        here, profiles = self.tokens.sents[p.head], self.reading.profiles
        return {
            self.chains.of(c)
            for k in range(max(0, m - 12), m)
            if self.tokens.sents[profiles[k].head] == here and self._bound(p, profiles[k])
            for c in self._denoted(k)
        }

    def best(self, m: int, p: Profile, base: str) -> Candidate | None:
        """The best candidate for pronoun m, or None."""
        tokens, profiles = self.tokens, self.reading.profiles
        here = tokens.sents[p.head]
        taken: dict[int, float] = {}
        found: Candidate | None = None
        barred = self._barred(m, p)
        for k in range(m - 1, -1, -1):
            other = profiles[k]
            distance = here - tokens.sents[other.head]
            if distance > _REACH[base]:
                break
            if other.sort == "pronoun":
                continue_chains = self.resolved.get(k, ())
                if not continue_chains:
                    continue
                if len(continue_chains) > 1:
                    if base == "they" and other.lemma in ("they", "their", "them"):
                        score = self._score(p, other, distance, tuple(self.chains.of(c) for c in continue_chains))
                        if found is None or score > found.score:
                            found = Candidate(continue_chains, k, score)
                    continue
                target = continue_chains[0]
            else:
                target = k
            chain = self.chains.of(target)
            if chain in barred or (self._contains(k, p.head) and distance == 0):
                continue
            if self._agrees(p, target, base):
                score = self._score(p, other, distance, (chain,))
                if score > taken.get(chain, -99.0):
                    taken[chain] = score
                    if found is None or score > found.score:
                        found = Candidate((target,), k, score)
            if base == "they" and other.sort != "pronoun":
                several = self._sum(k, m)
                if several and not barred & {self.chains.of(c) for c in several}:
                    score = self._score(p, other, distance, (chain,)) + 0.3
                    if found is None or score > found.score:
                        found = Candidate(several, k, score)
        return found

    def _score(self, p: Profile, other: Profile, distance: int, chains: tuple[int, ...]) -> float:
        tokens = self.tokens
        role = tokens.role(other.head)
        own = tokens.role(p.head)
        score = -1.0 * distance
        if role in SUBJECTS:
            score += 0.9
        elif role in ("dobj", "dative"):
            score += 0.3
        elif role == "poss":
            score += 0.1 if own != "poss" else 0.4
        elif role in ("compound", "nmod", "amod", "npadvmod"):
            score -= 1.2
        elif role == "appos":
            score += 0.1
        if role == own or (role in SUBJECTS and own in SUBJECTS):
            score += 0.4
        score += 0.18 * min(4, max(self.seen.get(c, 0) for c in chains))
        if other.sort == "name":
            score += 0.25
        if BASE[p.lemma] in ("he", "she") and self.chains.kind(chains[0]) != "person":
            score -= 1.0
        if other.sort == "pronoun" and (other.lemma in BASE and BASE[other.lemma] == BASE[p.lemma]):
            score += 0.7
        gender = max(self.chains.gender(c) for c in chains)
        if BASE[p.lemma] in ("he", "she") and gender:
            score += 0.5
        if distance == 0 and self._commands(other.head, p.head):
            score += 0.5
        if BASE[p.lemma] == "it":
            kinds = [self.chains.kind(c) for c in chains]
            score += 0.5 if kinds[0] in ("organization", "country") else 0.0
        if BASE[p.lemma] == "they":
            kinds = [self.chains.kind(c) for c in chains]
            score += (
                0.6 if kinds[0] == "group" else 0.1 if kinds[0] == "organization" else -0.4 if kinds[0] is None else 0.0
            )
            if kinds[0] == "organization" and not self.chains.plural(chains[0]):
                score -= 0.8
        score -= 0.002 * (p.head - other.head)
        return score

    def _commands(self, a: int, i: int) -> bool:
        """Whether a is the subject of a verb above token i."""
        tokens = self.tokens
        return tokens.role(a) in SUBJECTS and tokens.under(i, tokens.heads[tokens.top(a)])
