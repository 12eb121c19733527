"""How likely it is that a pronoun stands for what was mentioned before: features of a candidate and their weights.

The weights (codebook/pronouns.toml) come from a conditional logistic regression over the candidates of each pronoun;
`benchmarks/pronoun_weights.py` fits them.
"""

from __future__ import annotations

import math
from functools import cache

from dateline.reading.clusters import Chains
from dateline.reading.cues import cues
from dateline.reading.grammar import BASE, SUBJECTS
from dateline.reading.lexicon import lexicon, table, words
from dateline.reading.profiles import Profile, Reading

Features = dict[str, float]

_UNDERGONE = words("undergone")
_BEFALL = words("done_to_people") | words("befallen")
#: Pronouns that share their weights.
_GROUP = {"he": "he", "she": "he", "it": "it", "they": "they"}
#: The candidate of a pronoun that stands for nothing in the report, or for nothing that is sure enough.
NOTHING: Features = {"nothing": 1.0}


@cache
def weights() -> dict[str, dict[str, float]]:
    """Part of a pronoun ("he subject", "it possessor" …) → feature → weight: what holds for all parts, and the part's
    own.
    """
    found: dict[str, dict[str, float]] = {}
    for group, parts in sorted(table("pronouns.toml")["weights"].items()):
        for case in ("subject", "object", "possessor"):
            own = dict(parts["any"])
            for name, value in parts.get(case, {}).items():
                own[name] = own.get(name, 0.0) + value
            found[f"{group} {case}"] = own
    return found


def score(part: str, features: Features) -> float:
    """The candidate's score for a pronoun with that part: the sum of its features, weighted."""
    known = weights()[part]
    return sum(value * known.get(name, 0.0) for name, value in features.items())


def part_of(reading: Reading, p: Profile) -> str:
    """The pronoun's group and own case: "he subject", "they possessor", "it object"."""
    group = _GROUP[BASE[p.lemma]]
    if reading.tokens.deps[p.head] == "poss" or p.lemma in ("his", "its", "their"):
        return f"{group} possessor"
    return f"{group} subject" if reading.tokens.role(p.head) in SUBJECTS else f"{group} object"


def features(
    reading: Reading, chains: Chains, p: Profile, mentions: list[int], found: tuple[int, ...], rank: int, order: int
) -> Features:
    """Features of one candidate: `mentions` are those of its chain before the pronoun p, the last one first; `found`
    what the candidate stands for (several for a sum); `rank` counts the candidates that were mentioned later, `order`
    those first mentioned earlier.
    """
    tokens, profiles = reading.tokens, reading.profiles
    here = tokens.sents[p.head]
    distance = here - tokens.sents[profiles[mentions[0]].head]
    # Where the last sentence that mentions it has it for a subject, it stands there as that.
    near = [m for m in mentions if here - tokens.sents[profiles[m].head] == distance]
    last = profiles[next((m for m in near if tokens.role(profiles[m].head) in SUBJECTS), near[0])]
    role, own = tokens.role(last.head), tokens.role(p.head)
    kind = chains.kind(found[0])
    values: Features = {
        f"sentence{min(distance, 3)}": 1.0,
        f"rank{min(rank, 4)}": 1.0,
        f"order{min(order, 2)}": 1.0,
        f"role_{_role(role)}": 1.0,
        f"kind_{kind}": 1.0,
        "often": math.log(len(mentions)),
    }
    subject = role in SUBJECTS
    if distance == 0:
        values.update(dict.fromkeys(_within(reading, p, last, near), 1.0))
    if role == own or (subject and own in SUBJECTS):
        values["parallel"] = 1.0
    if tokens.deps[last.head] == "conj":
        values["conj"] = 1.0
    if len(found) > 1:
        values["sum"] = 1.0
    if last.sort == "pronoun":
        same = BASE.get(last.lemma) == BASE[p.lemma]
        if same and distance <= 1:
            values["same_pronoun"] = 1.0
        elif not same and last.lemma in BASE:
            values["other_pronoun"] = 1.0
    elif last.sort == "description":
        values["description"] = 1.0
        if last.definite in ("indef", "num"):
            values["new"] = 1.0
    if p.gender and chains.gender(found[0]) == p.gender:
        values["gender"] = 1.0
    if not any(chains.named(c) for c in found):
        values["unnamed"] = 1.0
    if p.number == "p" and not chains.plural(found[0]) and len(found) == 1:
        values["singular"] = 1.0
    if kind in ("organization", "country") and own in SUBJECTS and _equates(reading, p):
        values["equated"] = 1.0
    undergone = tokens.deps[p.head] == "poss" and tokens.lemmas[tokens.heads[p.head]].lower() in _UNDERGONE
    if undergone and any(_befallen(reading, profiles[m].head) for m in mentions):
        values["befallen"] = 1.0
    subjects = [m for m in mentions if tokens.role(profiles[m].head) in SUBJECTS]
    if any(here - tokens.sents[profiles[m].head] == 1 for m in subjects):
        values["subject_before"] = 1.0
    values["subjects"] = len(subjects) / len(mentions)
    if subject and tokens.deps[tokens.heads[tokens.top(last.head)]] == "ROOT":
        values["root_subject"] = 1.0
    return values


def _within(reading: Reading, p: Profile, last: Profile, near: list[int]) -> list[str]:
    """What speaks for a candidate in the pronoun's own sentence; `near` are its mentions there."""
    tokens, found = reading.tokens, []
    if tokens.role(last.head) in SUBJECTS:
        verb = tokens.heads[tokens.top(last.head)]
        if tokens.under(p.head, verb):
            found.append("commands")
            if _verb(reading, p.head) == verb:
                found.append("own_subject")
        if tokens.role(p.head) in SUBJECTS and _says(reading, p, verb):
            found.append("says")
    if any(describes(reading, reading.profiles[m].head, p.head) for m in near):
        found.append("describes")
    return found


def _equates(reading: Reading, p: Profile) -> bool:
    """Whether the pronoun is said to be something that is no body ("it was a clerical error")."""
    tokens = reading.tokens
    verb = tokens.heads[p.head]
    nouns = [k for k in tokens.kids[verb] if tokens.deps[k] == "attr" and k > verb]
    bodies = lexicon().org_nouns
    return tokens.lemmas[verb] == "be" and bool(nouns) and not any(tokens.lemmas[k].lower() in bodies for k in nouns)


def _role(role: str) -> str:
    if role in SUBJECTS:
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


def _befallen(reading: Reading, i: int) -> bool:
    """Whether something befalls the noun at token i: "X was freed", "they jailed X", "X's arrest"."""
    tokens = reading.tokens
    top = tokens.top(i)
    dep, above = tokens.deps[top], tokens.lemmas[tokens.heads[top]].lower()
    if dep in ("dobj", "nsubjpass"):
        return above in _BEFALL
    return (dep == "poss" and above in _UNDERGONE) or any(
        tokens.deps[k] == "acl" and tokens.tags[k] == "VBN" and tokens.lemmas[k].lower() in _BEFALL
        for k in tokens.kids[top]
    )


def _says(reading: Reading, p: Profile, verb: int) -> bool:
    """Whether the pronoun is the subject of what `verb` says: "the firm said it would appeal"."""
    tokens = reading.tokens
    clause = tokens.heads[tokens.top(p.head)]
    said = tokens.deps[clause] == "ccomp" and tokens.heads[clause] == verb
    return said and "clause" in cues().verbs.get(tokens.lemmas[verb], {})


def describes(reading: Reading, head: int, i: int) -> bool:
    """Whether token i stands in what is said of the noun `head` right behind it: a relative clause of which it is the
    subject, a participle, an adjective or an apposition ("X, famous for his role"; "the envoy, who gave his thanks").
    """
    tokens = reading.tokens
    for _ in range(12):
        above, dep = tokens.heads[i], tokens.deps[i]
        if above == i:
            return False
        if above == head and i > head and dep in ("relcl", "acl", "amod", "appos"):
            subjects = [k for k in tokens.kids[i] if tokens.deps[k] in SUBJECTS]
            return dep != "relcl" or any(tokens.lower[k] in ("who", "which", "that") for k in subjects)
        if dep in ("relcl", "ccomp"):
            return False
        i = above
    return False
