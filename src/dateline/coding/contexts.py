"""Contexts of a report and of its accounts: weighed words, in one pass over the tokens (`codebook/contexts.toml`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from dateline import codebook
from dateline.errors import CodebookError
from dateline.record import Context

#: What a context's strong and weak words, and a telling type and mode, weigh.
STRONG, WEAK, TELLING = 2, 1, 2


class ContextRule(msgspec.Struct, frozen=True, rename={"counterexamples": "not"}, forbid_unknown_fields=True):
    """The words of one context, and the weight that it `needs` at least; `codebook/contexts.toml` says what for."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    events: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    needs: int = 0


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights that are needed: by a sentence, by a report of up to `short` tokens, one more for each `grows` beyond."""

    sentence: int
    report: int
    short: int
    grows: int


class ContextBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contexts that ship, in PLOVER's order."""

    limits: Limits
    context: dict[Context, ContextRule]


class Hit(msgspec.Struct, frozen=True):
    """Tokens `[start, end)` that speak for a context; equal `key`s are the same word."""

    context: Context
    start: int
    end: int
    weight: int
    key: str


@cache
def load_contexts() -> ContextBook:
    """The rules of `codebook/contexts.toml`; CodebookError says what is wrong with them."""
    try:
        return msgspec.convert(codebook.load("contexts.toml"), ContextBook)
    except msgspec.ValidationError as error:
        raise CodebookError(f"codebook/contexts.toml: {error}") from error


#: A phrase's words and, for each context, its weight there; 0 takes the words inside it away.
_Entry = tuple[tuple[str, ...], tuple[tuple[Context, int], ...]]


@cache
def _index() -> dict[str, tuple[_Entry, ...]]:
    """First word → the phrases that begin with it."""
    weights: dict[tuple[str, ...], dict[Context, int]] = {}
    for context, rule in load_contexts().context.items():
        for words, weight in ((rule.weak, WEAK), (rule.strong, STRONG), (rule.unless, 0)):
            for word in words:
                for split in {tuple(word.split()), _split(word)}:
                    weights.setdefault(split, {})[context] = weight
    index: dict[str, list[_Entry]] = {}
    for phrase, found in weights.items():
        index.setdefault(phrase[0], []).append((phrase, tuple(found.items())))
    return {first: tuple(sorted(entries)) for first, entries in index.items()}


def _split(word: str) -> tuple[str, ...]:
    """A phrase as spaCy's tokenizer splits it: hyphens and the possessive s are tokens."""
    return tuple(word.replace("-", " - ").replace("'s", " 's").replace("s' ", "s ' ").split())


def hits(lower: Sequence[str], lemmas: Sequence[str]) -> tuple[Hit, ...]:
    """All words of a text that speak for a context, in text order, from its tokens in lower case and their lemmas."""
    index = _index()
    found: list[Hit] = []
    phrases: list[Hit] = []
    for i, word in enumerate(lower):
        entries = index.get(word)
        if entries is None:
            lemma = lemmas[i]
            entries = index.get(lemma) if lemma != word else None
            if entries is None:
                continue
            entries = tuple(e for e in entries if len(e[0]) == 1)
        for phrase, weights in entries:
            end = i + len(phrase)
            if end == i + 1:
                found += [Hit(context, i, end, weight, lemmas[i].lower()) for context, weight in weights]
            elif tuple(lower[i:end]) == phrase:
                phrases += [Hit(context, i, end, weight, " ".join(phrase)) for context, weight in weights]
    for longer in phrases:
        found = [h for h in found if not _within(h, longer)]
        phrases = [
            h
            for h in phrases
            if h is longer or not (_within(h, longer) and h.end - h.start < longer.end - longer.start)
        ]
    return tuple(sorted((h for h in (*found, *phrases) if h.weight), key=lambda h: (h.start, h.end)))


def _within(hit: Hit, longer: Hit) -> bool:
    """Whether the words of a hit stand in a phrase that has a weight for the same context, or takes words away."""
    return hit.context == longer.context and longer.start <= hit.start and hit.end <= longer.end


def weigh(
    found: Iterable[Hit], needed: int, telling: Iterable[Context] = (), *, again: int = 0
) -> dict[Context, tuple[Hit, ...]]:
    """The contexts whose different words weigh enough, each with the first of each word; `telling` are contexts that
    the account's type and mode speak for, `again` is what a strong word weighs more when it comes a second time.
    """
    words: dict[Context, dict[str, Hit]] = {context: {} for context in telling}
    weights = dict.fromkeys(words, TELLING)
    repeated: set[tuple[Context, str]] = set()
    for hit in found:
        known = words.setdefault(hit.context, {})
        if hit.key not in known:
            known[hit.key] = hit
            weights[hit.context] = weights.get(hit.context, 0) + hit.weight
        elif hit.weight == STRONG and (hit.context, hit.key) not in repeated:
            repeated.add((hit.context, hit.key))
            weights[hit.context] += again
    rules = load_contexts().context.items()
    return {c: tuple(words[c].values()) for c, rule in rules if weights.get(c, 0) >= max(needed, rule.needs)}


def contexts_of_report(found: Iterable[Hit], size: int) -> dict[Context, tuple[Hit, ...]]:
    """The contexts of a report of `size` tokens."""
    limits = load_contexts().limits
    return weigh(found, limits.report + max(0, size - limits.short) // limits.grows, again=1)


def contexts_of_account(found: Iterable[Hit], type_: str, mode: str | None) -> dict[Context, tuple[Hit, ...]]:
    """The contexts of an account, from the words of the sentences that tell of it."""
    return weigh(found, load_contexts().limits.sentence, _told_by(f"{type_}.{mode}") if mode else ())


@cache
def _told_by(event: str) -> tuple[Context, ...]:
    return tuple(context for context, rule in load_contexts().context.items() if event in rule.events)
