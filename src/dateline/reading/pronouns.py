"""What a pronoun stands for: candidates before it, ruled out by grammar, ranked by salience and recency."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.reading.clusters import Chains
from dateline.reading.descriptions import antecedent
from dateline.reading.lexicon import lexicon
from dateline.reading.profiles import Profile, Reading
from dateline.reading.salience import Features, case_of, features, score

#: How many sentences back a pronoun looks, by its first letters; persons are kept in mind longer than things.
_REACH = {"he": 6, "she": 6, "it": 2, "they": 3}
_BASE = {
    "him": "he", "his": "he", "himself": "he", "he": "he", "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it", "they": "they", "them": "they", "their": "they", "theirs": "they",
    "themselves": "they",
}  # fmt: skip
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_WEATHER = frozenset({"rain", "snow", "seem", "appear", "turn"})


@dataclass(slots=True)
class Candidate:
    """What a pronoun may stand for: chains (several for a coordination) and the mention that was last."""

    chains: tuple[int, ...]
    mention: int
    score: float


class Resolver:
    """Resolves the pronouns of one report, in text order, against the chains so far."""

    def __init__(self, reading: Reading, chains: Chains) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.chains = chains
        self.seen: dict[int, int] = {}
        self.resolved: dict[int, tuple[int, ...]] = {}

    def saw(self, m: int) -> None:
        """Count a mention for the salience of its chain."""
        chain = self.chains.of(m)
        self.seen[chain] = self.seen.get(chain, 0) + 1

    def resolve(self, m: int) -> tuple[int, ...]:
        """Mentions (one, or several for a sum) whose chains the pronoun m stands for; () where nothing fits."""
        p = self.reading.profiles[m]
        base = _BASE.get(p.lemma)
        if base is None:
            if p.lemma in ("who", "whom", "whose", "which", "that"):
                return self._relative(p)
            return ()
        if base == "it" and self._pleonastic(p):
            return ()
        if p.lemma in _REFLEXIVE:
            found = self._reflexive(p)
            if found:
                return found
        joined = self._joined(p, base)
        if joined is not None:
            return self._denoted(joined)
        if base in ("he", "she"):
            return self._person(m, p, base)
        best = self.best(m, p, base)
        return () if best is None else best.chains

    def candidates(self, m: int) -> list[tuple[int, Features]]:
        """For the pronoun m ("he", "she" …): the last mention of each chain that it can stand for, with features."""
        p = self.reading.profiles[m]
        base = _BASE[p.lemma]
        tokens, profiles = self.tokens, self.reading.profiles
        here = tokens.sents[p.head]
        barred = self._barred(m, p)
        chains: dict[int, list[int]] = {}
        for k in range(m - 1, -1, -1):
            other = profiles[k]
            distance = here - tokens.sents[other.head]
            if distance > _REACH[base]:
                break
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
                    if tokens.deps[kid] in _SUBJECTS and kid > p.head:
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
        return self._denoted(best[2]) if best[2] < m else (best[2],)

    def _barred(self, m: int, p: Profile) -> set[int]:
        here, profiles = self.tokens.sents[p.head], self.reading.profiles
        return {
            self.chains.of(c)
            for k in range(max(0, m - 12), m)
            if self.tokens.sents[profiles[k].head] == here and self._bound(p, profiles[k])
            for c in self._denoted(k)
        }

    def _joined(self, p: Profile, base: str) -> int | None:
        """The first of a coordination, for the possessor of a later one: "a headman, his wife and two children"."""
        tokens = self.tokens
        owned = tokens.heads[p.head]
        if tokens.deps[p.head] != "poss" or tokens.deps[owned] != "conj":
            return None
        first = self.reading.headed[tokens.top(owned)]
        if first < 0:
            return None
        found = self._denoted(first)
        return first if len(found) == 1 and self._agrees(p, found[0], base) else None

    def _relative(self, p: Profile) -> tuple[int, ...]:
        noun = antecedent(self.tokens, p.head)
        if noun is None:
            return ()
        m = self.reading.headed[noun]
        if m < 0:
            m = self.reading.at[noun]
            if m < 0 or self.reading.profiles[m].sort != "name":
                return ()
        if p.lemma in ("who", "whom") and self.chains.kind(m) is None:
            return ()
        return (m,)

    def _reflexive(self, p: Profile) -> tuple[int, ...]:
        tokens, i = self.tokens, p.head
        for _ in range(6):
            i = tokens.heads[i]
            for kid in tokens.kids[i]:
                if tokens.deps[kid] in _SUBJECTS and kid < p.head:
                    m = self.reading.at[kid]
                    return self._denoted(m) if m >= 0 and self._agrees(p, m, _BASE[p.lemma]) else ()
            if tokens.heads[i] == i:
                break
        return ()

    def _denoted(self, m: int) -> tuple[int, ...]:
        if self.reading.profiles[m].sort == "pronoun":
            return self.resolved.get(m, ())
        return (m,)

    def _pleonastic(self, p: Profile) -> bool:
        """ "It is clear that …", "it rained"."""
        tokens, i = self.tokens, p.head
        if p.lemma != "it":
            return False
        verb = tokens.heads[i]
        lemma = tokens.lemmas[verb]
        if lemma in _WEATHER:
            return True
        if tokens.deps[i] not in _SUBJECTS:
            return False
        kids = tokens.kids[verb]
        clause = any(tokens.deps[k] in ("ccomp", "csubj", "xcomp", "advcl") and k > verb for k in kids)
        adjective = any(tokens.deps[k] == "acomp" for k in kids)
        noun = [k for k in kids if tokens.deps[k] == "attr"]
        if lemma == "be":
            cleft = any(tokens.deps[c] in ("relcl", "acl") for k in noun for c in tokens.kids[k])
            return (
                (
                    adjective
                    and (clause or any(tokens.deps[c] in ("xcomp", "ccomp") for k in kids for c in tokens.kids[k]))
                )
                or (bool(noun) and clause)
                or cleft
            )
        return (
            tokens.deps[i] == "nsubjpass"
            and clause
            and lemma in ("say", "believe", "think", "report", "expect", "know", "understand", "hope")
        )

    def _agrees(self, p: Profile, m: int, base: str) -> bool:
        """Whether mention m's chain fits the pronoun in kind, number and gender."""
        chains = self.chains
        kind = chains.kind(m)
        gender = chains.gender(m)
        other = self.reading.profiles[m]
        if base in ("he", "she"):
            if chains.plural(m) or (kind != "person" and not self._perhaps(other)):
                return False
            return gender in ("", "m" if base == "he" else "f")
        if base == "it":
            return kind != "person" and not chains.plural(m) and other.label != "NORP"
        if kind == "person":
            return False
        if chains.plural(m) or kind == "group":
            return True
        return kind == "organization"

    def _perhaps(self, p: Profile) -> bool:
        """Whether a name that is not known for a person's may be one: unfamiliar, short, no body's head word."""
        if p.sort != "name" or p.form is not None or p.label in ("GPE", "LOC", "NORP", "FAC", "PERSON") or p.arm:
            return False
        words = p.core.split()
        heads = lexicon().org_heads
        if len(words) > 3 or p.core.isupper() or any(word in heads or not word[:1].isupper() for word in words):
            return False
        return p.start == 0 or self.tokens.lower[p.start - 1] != "the"

    def _contains(self, m: int, i: int) -> bool:
        """Whether token i stands inside the noun phrase of mention m ("his" in "his mother")."""
        return self.tokens.inside(i, self.reading.profiles[m].head)

    def _bound(self, p: Profile, other: Profile) -> bool:
        """Whether grammar forbids that the two are the same: subject and object of one verb, coordination."""
        tokens = self.tokens
        a, b = tokens.top(p.head), tokens.top(other.head)
        if a == b:
            return True
        if tokens.deps[p.head] == "poss" or p.lemma in _REFLEXIVE:
            return False
        governor = tokens.heads[a]
        if tokens.deps[a] == "pobj":
            governor = tokens.heads[governor]
        above = tokens.heads[b]
        if tokens.deps[b] == "pobj":
            above = tokens.heads[above]
        return governor == above and tokens.deps[b] in (*_SUBJECTS, "dobj", "pobj", "dative")

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

    def _sum(self, k: int, m: int) -> tuple[int, ...]:
        """The mentions coordinated with mention k, where k is the first and all are before m; persons or countries."""
        tokens, head = self.tokens, self.reading.profiles[k].head
        if tokens.deps[head] == "conj":
            return ()
        heads = tokens.conjuncts(head)
        if len(heads) < 2:
            return ()
        mentions = [self.reading.at[h] for h in heads]
        if any(n < 0 or n >= m for n in mentions):
            return ()
        kinds = {self.chains.kind(n) for n in mentions}
        if None in kinds or len({self.chains.of(n) for n in mentions}) < 2:
            return ()
        return tuple(c for n in mentions for c in self._denoted(n))

    def _score(self, p: Profile, other: Profile, distance: int, chains: tuple[int, ...]) -> float:
        tokens = self.tokens
        role = tokens.role(other.head)
        own = tokens.role(p.head)
        score = -1.0 * distance
        if role in _SUBJECTS:
            score += 0.9
        elif role in ("dobj", "dative"):
            score += 0.3
        elif role == "poss":
            score += 0.1 if own != "poss" else 0.4
        elif role in ("compound", "nmod", "amod", "npadvmod"):
            score -= 1.2
        elif role == "appos":
            score += 0.1
        if role == own or (role in _SUBJECTS and own in _SUBJECTS):
            score += 0.4
        score += 0.18 * min(4, max(self.seen.get(c, 0) for c in chains))
        if other.sort == "name":
            score += 0.25
        if _BASE[p.lemma] in ("he", "she") and self.chains.kind(chains[0]) != "person":
            score -= 1.0
        if other.sort == "pronoun" and (other.lemma in _BASE and _BASE[other.lemma] == _BASE[p.lemma]):
            score += 0.7
        gender = max(self.chains.gender(c) for c in chains)
        if _BASE[p.lemma] in ("he", "she") and gender:
            score += 0.5
        if distance == 0 and self._commands(other.head, p.head):
            score += 0.5
        if _BASE[p.lemma] == "it":
            kinds = [self.chains.kind(c) for c in chains]
            score += 0.5 if kinds[0] in ("organization", "country") else 0.0
        if _BASE[p.lemma] == "they":
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
        return tokens.role(a) in _SUBJECTS and tokens.under(i, tokens.heads[tokens.top(a)])
