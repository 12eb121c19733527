"""Score timelines of an entity across reports: SemEval 2015 task 4, its metric written anew from the description.

Usage: python benchmarks/timelines.py DOCS.jsonl[.gz] TIMELINES.jsonl[.gz]

A timeline puts events (document, sentence, trigger) in order of their dates. Both timelines become temporal relations:
events of one place are simultaneous, those of a place come before those of the next. Precision is the share of the
system's relations that the closure of gold has, recall the reverse; figures are over all timelines together. Events
with no order (order 0) are left out. The system: verbs whose subject or object names the entity, on
the day that the sentence tells, or else that of publication for what is told in the past tense.
The last line printed is one JSON object, in percent.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Token

from coreference import read
from dateline.merging.names import words
from dateline.reading.pipeline import DEFAULT_MODEL
from dateline.reading.times import tag

Event = tuple[str, int, str]
Timeline = list[frozenset[Event]]
Relation = tuple[Event, Event, bool]
_SMALL = frozenset({"the", "of", "and"})


def relations(timeline: Timeline, closed: bool) -> set[Relation]:
    """Pairs of events, with whether the first comes before (else they are simultaneous); `closed` takes all pairs,
    otherwise only neighbouring places.
    """
    found: set[Relation] = set()
    for at, place in enumerate(timeline):
        events = sorted(place)
        if closed:
            found |= {(a, b, False) for i, a in enumerate(events) for b in events[i + 1 :]}
        else:
            found |= {(a, b, False) for a, b in itertools.pairwise(events)}
        for later in timeline[at + 1 :] if closed else timeline[at + 1 : at + 2]:
            found |= {(a, b, True) for a in events for b in later}
    return found


def gold_of(record: Mapping[str, Any]) -> Timeline:
    """The gold timeline, events without order left out."""
    places: dict[int, set[Event]] = {}
    for cell in record["timeline"]:
        if cell["order"]:
            places.setdefault(cell["order"], set()).update((e["doc"], e["sent"], e["trigger"]) for e in cell["events"])
    return [frozenset(places[order]) for order in sorted(places)]


def parties(verb: Token) -> Iterable[Token]:
    """Subjects and objects of a verb, those of a verb it is joined to or hangs on included."""
    kids = list(verb.children)
    own = [k for k in kids if k.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "dative")]
    own += [p for k in kids if k.dep_ in ("agent", "prep") for p in k.children if p.dep_ == "pobj"]
    yield from own
    if verb.dep_ in ("conj", "xcomp", "advcl") and not any(k.dep_.startswith("nsubj") for k in kids):
        yield from (k for k in verb.head.children if k.dep_.startswith("nsubj"))
    if verb.dep_ in ("relcl", "acl"):
        yield verb.head


def keys(entity: str) -> set[str]:
    """The words that name an entity in short: those with a figure in them (777), else all but small ones."""
    own = {*words(entity)} - _SMALL
    return {w for w in own if any(c.isdigit() for c in w)} or own


def events_in(nlp: Language, doc: Mapping[str, Any], entities: Sequence[str]) -> dict[str, list[tuple[str, Event]]]:
    """For each entity the (day, event) pairs of a document."""
    published = str(doc["published"])[:10]
    found: dict[str, list[tuple[str, Event]]] = {entity: [] for entity in entities}
    for number, text in sorted(doc["sentences"].items(), key=lambda s: int(s[0])):
        told = set(words(text))
        here = [e for e in entities if keys(e) <= told]
        if not here or int(number) == 1:
            continue
        spoken = nlp(text)
        times = [t for t in tag(text, dt.date.fromisoformat(published)) if t.interval and t.interval.earliest]
        for verb in spoken:
            if verb.pos_ != "VERB" or verb.dep_ in ("amod", "compound"):
                continue
            near = min(times, key=lambda t: (abs(t.start - verb.idx), t.start), default=None)
            past = verb.tag_ in ("VBD", "VBN") or int(number) == 0
            first = near.interval.earliest if near and near.interval else None
            day = first.isoformat() if first else published if past else ""
            sides = [set(words(" ".join(t.text for t in party.subtree))) for party in parties(verb)]
            for entity in here:
                if day and any(keys(entity) <= side for side in sides):
                    found[entity].append((day, (str(doc["id"]), int(number), verb.text)))
    return found


def main() -> None:
    """Read documents and timelines, make timelines, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("timelines", type=Path)
    args = parser.parse_args()
    docs, gold = read(args.docs), read(args.timelines)
    nlp = spacy.load(DEFAULT_MODEL, disable=["ner"])
    made: dict[tuple[str, str], dict[str, set[Event]]] = {}
    for doc in docs:
        own = [r["entity"] for r in gold if r["corpus"] == doc["corpus"]]
        for entity, events in events_in(nlp, doc, own).items():
            for day, event in events:
                made.setdefault((doc["corpus"], entity), {}).setdefault(day, set()).add(event)
    sums = [0, 0, 0, 0]
    for record in gold:
        days = made.get((record["corpus"], record["entity"]), {})
        system, key = [frozenset(days[day]) for day in sorted(days)], gold_of(record)
        ours, theirs = relations(system, False), relations(key, False)
        right, recalled = len(ours & relations(key, True)), len(theirs & relations(system, True))
        sums = [a + b for a, b in zip(sums, (right, len(ours), recalled, len(theirs)), strict=True)]
        print(f"{record['entity']:28} {right}/{len(ours)} {recalled}/{len(theirs)}")
    precision, recall = 100 * sums[0] / max(1, sums[1]), 100 * sums[2] / max(1, sums[3])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    figures = {"precision": precision, "recall": recall, "f1": f1}
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
