"""How likely it is that "he" or "she" stands for a person named before: features of a candidate and their weights.

The weights (codebook/pronouns.toml) come from a conditional logistic regression over the candidates of each pronoun;
`benchmarks/pronoun_weights.py` fits them.
"""

from __future__ import annotations

import math
from functools import cache

from dateline.reading.clusters import Chains
from dateline.reading.lexicon import table
from dateline.reading.profiles import Profile, Reading

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
Features = dict[str, float]


@cache
def weights() -> dict[str, float]:
    """Feature name → weight; names are "case:feature" with the pronoun's own case: subject, object or possessor."""
    return {
        f"{case}:{name}": value
        for case, values in sorted(table("pronouns.toml")["weights"].items())
        for name, value in values.items()
    }


def score(features: Features) -> float:
    """The candidate's score: the sum of its features, weighted."""
    known = weights()
    return sum(value * known.get(name, 0.0) for name, value in features.items())


def case_of(reading: Reading, p: Profile) -> str:
    """The pronoun's own part: "subject", "possessor" or "object"."""
    if reading.tokens.deps[p.head] == "poss":
        return "possessor"
    return "subject" if reading.tokens.role(p.head) in _SUBJECTS else "object"


def features(
    reading: Reading, chains: Chains, p: Profile, mentions: list[int], rank: int, order: int, certain: bool
) -> Features:
    """Features of one candidate: `mentions` are those of its chain before the pronoun p, the last one first; `rank`
    counts the candidates that were mentioned later, `order` those first mentioned earlier; `certain` says that the
    chain is known for a person's.
    """
    tokens, profiles = reading.tokens, reading.profiles
    case = case_of(reading, p)
    last = profiles[mentions[0]]
    here = tokens.sents[p.head]
    distance = here - tokens.sents[last.head]
    role = tokens.role(last.head)
    own = tokens.role(p.head)
    found: Features = {
        f"sentence{min(distance, 3)}": 1.0,
        f"rank{min(rank, 4)}": 1.0,
        f"order{min(order, 2)}": 1.0,
        f"role_{_part(role)}": 1.0,
        "often": math.log(len(mentions)),
    }
    if distance == 0:
        found[f"same_{_part(role)}"] = 1.0
        if role in _SUBJECTS and tokens.under(p.head, tokens.heads[tokens.top(last.head)]):
            found["commands"] = 1.0
            if _verb(reading, p.head) == tokens.heads[tokens.top(last.head)]:
                found["own_subject"] = 1.0
    if role == own or (role in _SUBJECTS and own in _SUBJECTS):
        found["parallel"] = 1.0
    if tokens.deps[last.head] == "conj":
        found["conj"] = 1.0
    if last.sort == "pronoun":
        found["pronoun"] = 1.0
        if last.gender == p.gender and distance <= 1:
            found["pronoun_near"] = 1.0
    elif last.sort == "description":
        found["description"] = 1.0
    if chains.gender(mentions[0]) == p.gender:
        found["gender"] = 1.0
    if not chains.named(mentions[0]):
        found["unnamed"] = 1.0
    if not certain:
        found["uncertain"] = 1.0
    subjects = [m for m in mentions if tokens.role(profiles[m].head) in _SUBJECTS]
    near = [here - tokens.sents[profiles[m].head] for m in subjects]
    if any(d == 1 for d in near):
        found["subject_before"] = 1.0
    if any(d == 0 for d in near):
        found["subject_here"] = 1.0
    found["subjects"] = len(subjects) / len(mentions)
    if tokens.deps[tokens.heads[tokens.top(last.head)]] == "ROOT" and role in _SUBJECTS:
        found["root_subject"] = 1.0
    if profiles[mentions[-1]].title is not None:
        found["titled"] = 1.0
    return {f"{case}:{name}": value for name, value in found.items()}


def _part(role: str) -> str:
    if role in _SUBJECTS:
        return "subject"
    if role in ("dobj", "dative", "pobj", "poss", "appos"):
        return role
    return "modifier" if role in ("compound", "nmod", "amod", "npadvmod") else "other"


def _verb(reading: Reading, i: int) -> int:
    """The nearest verb above token i."""
    tokens = reading.tokens
    for _ in range(12):
        i = tokens.heads[i]
        if tokens.pos[i] in ("VERB", "AUX") or tokens.heads[i] == i:
            return i
    return i
