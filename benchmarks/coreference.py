"""Score coreference: CoNLL F1 (MUC, B3, CEAF-e) on documents with chains, pronoun links on both forms of data.

Usage: python benchmarks/coreference.py FILE.jsonl[.gz] [--limit N]

Two forms of line are read: {"text", "mentions": [{"start", "end", "cluster"}]} (chains; no singletons, maximal spans)
and {"text", "pronoun": span, "A": {span, "coref"}, "B": {span, "coref"}} (does the pronoun stand for A, for B?).
The last line printed is one JSON object with the figures, in percent.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.entities import mention_at
from dateline.reading.pipeline import load_pipeline
from dateline.reading.profiles import reading_of

Span = tuple[int, int]
Chain = frozenset[Span]
_PERSONAL = frozenset("he him his himself she her hers herself it its itself they them their theirs themselves".split())


def read(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def pipeline() -> Language:
    """The pipeline that reads, less what comes behind the linking of mentions."""
    nlp = load_pipeline()
    for name in ("dateline_times", "dateline_roles", "dateline_kin", "dateline_places"):
        nlp.disable_pipe(name)
    return nlp


# The three scores, after Pradhan et al. 2014: each is a sum of credits over key chains and over response chains.


def muc(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float, float, float]:
    """Recall's numerator and denominator, precision's numerator and denominator: links kept."""

    def half(a: Sequence[Chain], b: Sequence[Chain]) -> tuple[float, float]:
        of = {m: i for i, chain in enumerate(b) for m in chain}
        good = sum(len(c) - len({of.get(m, ("alone", m)) for m in c}) for c in a)
        return float(good), float(sum(len(c) - 1 for c in a))

    return (*half(key, response), *half(response, key))


def b_cubed(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float, float, float]:
    """The same four numbers: the share of a mention's chain that its other chain holds."""

    def half(a: Sequence[Chain], b: Sequence[Chain]) -> tuple[float, float]:
        good = sum(len(x & y) ** 2 / len(x) for x in a for y in b)
        return good, float(sum(len(x) for x in a))

    return (*half(key, response), *half(response, key))


def ceaf_e(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float, float, float]:
    """The same four numbers: chains paired one to one so that their likeness (phi-4) is greatest."""
    likeness = [[2 * len(x & y) / (len(x) + len(y)) for y in response] for x in key]
    total = assign(likeness)
    return total, float(len(key)), total, float(len(response))


def assign(gain: list[list[float]]) -> float:
    """The greatest sum of gains with one column a row at most (Hungarian algorithm, O(n³))."""
    if not gain or not gain[0]:
        return 0.0
    if len(gain) > len(gain[0]):
        gain = [list(row) for row in zip(*gain, strict=True)]
    rows, columns = len(gain), len(gain[0])
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    match, way = [0] * (columns + 1), [0] * (columns + 1)
    for i in range(1, rows + 1):
        match[0], j0 = i, 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = match[j0], float("inf"), 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                cost = -gain[i0 - 1][j - 1] - u[i0] - v[j]
                if cost < least[j]:
                    least[j], way[j] = cost, j0
                if least[j] < delta:
                    delta, j1 = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if match[j0] == 0:
                break
        while j0:
            match[j0] = match[way[j0]]
            j0 = way[j0]
    return sum(gain[match[j] - 1][j - 1] for j in range(1, columns + 1) if match[j])


# dateline's mentions in the terms of the data: maximal noun phrases, no appositions, no predicates, no relatives


def chains_of(doc: Doc) -> list[Chain]:
    """The entities of a Doc as chains of character spans of whole noun phrases; singletons left out."""
    reading = reading_of(doc)
    tokens = reading.tokens
    found: dict[int, set[Span]] = {}
    for m, mention in enumerate(doc._.mentions):
        dep = tokens.deps[mention.head]
        profile = reading.profiles[m]
        if len(mention.entities) != 1 or dep == "attr" or profile.lemma in ("who", "which", "that", "whom", "whose"):
            continue
        if dep == "appos" and mention.kind == "description":
            continue
        if mention.kind == "name" and profile.label == "NORP" and dep in ("amod", "compound"):
            continue
        span = whole(doc, mention.start, mention.end, mention.head, mention.kind)
        found.setdefault(mention.entities[0], set()).add(span)
    return [frozenset(spans) for _, spans in sorted(found.items()) if len(spans) > 1]


def whole(doc: Doc, start: int, end: int, head: int, kind: str) -> Span:
    """Characters of the noun phrase around a mention: determiner, complements, relative clause, apposition, 's."""
    tokens = reading_of(doc).tokens
    if kind != "pronoun" and tokens.deps[head] not in ("compound", "nmod", "amod"):
        for kid in tokens.kids[head]:
            if kid < head and tokens.deps[kid] not in ("punct", "cc", "preconj", "advmod"):
                start = min(start, tokens.extent(kid)[0])
            if kid > head and tokens.deps[kid] in ("prep", "relcl", "acl", "appos", "case", "nummod"):
                end = max(end, tokens.extent(kid)[1])
    while end - start > 1 and tokens.words[end - 1] in (",", ".", ";", ":"):
        end -= 1
    span = doc[start:end]
    return span.start_char, span.end_char


def _share(good: float, all_: float) -> float:
    return 100.0 * good / all_ if all_ else 0.0


def _f1(recall: float, precision: float) -> float:
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def score_chains(records: Iterable[dict[str, Any]], docs: Iterable[Doc]) -> dict[str, float]:
    """CoNLL F1 with its parts, mention detection, and how pronouns are linked to names."""
    sums = {name: [0.0] * 4 for name in ("muc", "b3", "ceafe", "mentions")}
    asked = linked = right = 0
    for record, doc in zip(records, docs, strict=True):
        gold: dict[str, set[Span]] = {}
        for m in record["mentions"]:
            gold.setdefault(m["cluster"], set()).add((m["start"], m["end"]))
        key = [frozenset(spans) for _, spans in sorted(gold.items()) if len(spans) > 1]
        response = chains_of(doc)
        both = {m for c in key for m in c} & {m for c in response for m in c}
        n_key, n_response = sum(map(len, key)), sum(map(len, response))
        for name, four in (
            ("muc", muc(key, response)), ("b3", b_cubed(key, response)), ("ceafe", ceaf_e(key, response)),
            ("mentions", (len(both), n_key, len(both), n_response)),
        ):  # fmt: skip
            sums[name] = [a + b for a, b in zip(sums[name], four, strict=True)]
        a, b, c = pronoun_links(doc, key)
        asked, linked, right = asked + a, linked + b, right + c
    figures: dict[str, float] = {}
    for name, (rn, rd, pn, pd) in sums.items():
        recall, precision = _share(rn, rd), _share(pn, pd)
        figures[f"{name}_r"], figures[f"{name}_p"], figures[f"{name}_f1"] = recall, precision, _f1(recall, precision)
    figures["conll_f1"] = (figures["muc_f1"] + figures["b3_f1"] + figures["ceafe_f1"]) / 3
    figures["pronouns_r"], figures["pronouns_p"] = _share(right, asked), _share(right, linked)
    return figures


def pronoun_links(doc: Doc, key: Sequence[Chain]) -> tuple[int, int, int]:
    """Third person pronouns whose gold chain has a name; those that dateline links to an entity with a name; those
    of them where a name of that entity overlaps a mention by name of the gold chain.
    """
    reading = reading_of(doc)
    names = [
        (doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1]), m.entities)
        for m in doc._.mentions
        if m.kind == "name"
    ]
    chain_of = {span: chain for chain in key for span in chain}
    asked = linked = right = 0
    for m, mention in enumerate(doc._.mentions):
        if mention.kind != "pronoun" or reading.profiles[m].lemma not in _PERSONAL:
            continue
        token = doc[mention.start]
        chain = chain_of.get((token.idx, token.idx + len(token)), frozenset())
        # A name counts as the chain's where it ends a mention or begins one: "President Obama", "Obama 's".
        gold = [n for n in names if any(a <= n[0] and n[1] <= b and (n[1] >= b - 3 or n[0] == a) for a, b in chain)]
        asked += bool(gold)
        mine = [n for n in names if set(n[2]) & set(mention.entities)]
        if mine and chain:
            linked += 1
            right += any(n in gold for n in mine)
    return asked, linked, right


def score_pairs(records: Iterable[dict[str, Any]], docs: Iterable[Doc]) -> dict[str, float]:
    """Precision, recall and F1 of "the pronoun stands for this name", over both names of each record."""
    counts = {g: [0, 0, 0] for g in ("all", "f", "m")}
    for record, doc in zip(records, docs, strict=True):
        gender = "f" if record["pronoun"]["text"].lower() in ("she", "her", "hers") else "m"
        pronoun = at(doc, record["pronoun"])
        for name in ("A", "B"):
            mine = bool(set(pronoun) & set(at(doc, record[name])))
            for group in ("all", gender):
                counts[group][0] += bool(record[name]["coref"])
                counts[group][1] += mine
                counts[group][2] += mine and record[name]["coref"]
    figures: dict[str, float] = {}
    for group, (gold, predicted, right) in counts.items():
        recall, precision = _share(right, gold), _share(right, predicted)
        figures |= {
            f"pronouns_r_{group}": recall,
            f"pronouns_p_{group}": precision,
            f"f1_{group}": _f1(recall, precision),
        }
    return figures


def at(doc: Doc, span: dict[str, Any]) -> tuple[int, ...]:
    """Entities of the mention at a character span."""
    tokens = doc.char_span(span["start"], span["end"], alignment_mode="expand")
    if tokens is None:
        return ()
    mention = mention_at(doc, tokens.root) or mention_at(doc, tokens[-1])
    return mention.entities if mention is not None else ()


def main() -> None:
    """Read the file, run the components, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, default=None, help="only the first N lines")
    args = parser.parse_args()
    records = read(args.file)[: args.limit]
    nlp = pipeline()
    started = time.perf_counter()
    docs = list(nlp.pipe((record["text"] for record in records), batch_size=16))
    seconds = time.perf_counter() - started
    figures = score_pairs(records, docs) if "pronoun" in records[0] else score_chains(records, docs)
    for name, value in figures.items():
        print(f"{name:16} {value:6.2f}")
    print(f"{len(docs)} texts, {sum(map(len, docs))} tokens in {seconds:.1f} s")
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
