"""Entities from linked mentions, and the questions that later components ask: who is at this token?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from dateline.reading.annotations import Entity, Mention
from dateline.reading.countries import country_names
from dateline.reading.profiles import KEY, Profile, Reading, reading_of
from dateline.record import ActorKind


def mention_at(doc: Doc, token: Token | int) -> Mention | None:
    """The mention that `token` (or its index) heads, else the innermost one around it; None where there is none."""
    if KEY not in doc.user_data:
        return None
    m = reading_of(doc).at[token if isinstance(token, int) else token.i]
    mention: Mention | None = doc._.mentions[m] if m >= 0 else None
    return mention


def actors_at(doc: Doc, token: Token | int, *, conjuncts: bool = False) -> tuple[int, ...]:
    """Indexes into `doc._.entities` of who or what the mention at `token` denotes; with `conjuncts` also of the
    noun phrases coordinated behind it ("Egypt, Qatar and the United States"), in text order, each once.
    """
    index = token if isinstance(token, int) else token.i
    if KEY not in doc.user_data:
        return ()
    heads = reading_of(doc).tokens.conjuncts(index) if conjuncts else [index]
    found: dict[int, None] = {}
    for head in heads:
        mention = mention_at(doc, head)
        if mention is not None:
            found.update(dict.fromkeys(mention.entities))
    return tuple(found)


def annotate(
    doc: Doc,
    clusters: Sequence[Sequence[int]],
    plurals: Mapping[int, Sequence[int]],
    names: Mapping[int, str] | None = None,
    states: Mapping[int, str] | None = None,
) -> None:
    """Set `doc._.mentions` and `doc._.entities` from clusters of mention indexes.

    `plurals` maps a mention to the positions in `clusters` of the several that it sums up; `names` and `states` map a
    cluster's position to a name that overrides its own, and to the country that it is.
    """
    reading = reading_of(doc)
    profiles = reading.profiles
    order = sorted(range(len(clusters)), key=lambda c: (min(clusters[c]), c))
    number = {c: e for e, c in enumerate(order)}
    held: list[tuple[int, ...]] = [()] * len(profiles)
    for c, cluster in enumerate(clusters):
        for m in cluster:
            held[m] = (number[c],)
    members: list[list[int]] = [sorted(clusters[c]) for c in order]
    for m, several in sorted(plurals.items()):
        held[m] = tuple(sorted({number[c] for c in several}))
        for e in held[m]:
            members[e].append(m)
    doc._.mentions = tuple(
        Mention(start=p.start, end=p.end, head=p.head, kind=p.sort, entities=held[m]) for m, p in enumerate(profiles)
    )
    doc._.entities = tuple(
        _entity(
            [profiles[m] for m in clusters[c]], sorted(set(members[e])), reading,
            (names or {}).get(c), (states or {}).get(c),
        )
        for e, c in enumerate(order)
    )  # fmt: skip


def _entity(
    own: Sequence[Profile], mentions: Sequence[int], reading: Reading, name: str | None, state: str | None
) -> Entity:
    kind = kind_of(own)
    code = next((p.code for p in own if p.code), None)
    if state is not None:
        kind, code = "country", state
    genders = [p.gender for p in own if p.gender]
    place = any(p.label in ("GPE", "LOC", "FAC") for p in own)
    return Entity(
        name=name or (country_names()[state] if state else name_of(own)),
        kind=kind,
        mentions=tuple(mentions),
        country=code,
        place=place,
        gender=max(sorted(set(genders)), key=genders.count) if genders and kind == "person" else None,  # type: ignore[arg-type]
        plural=any(p.number == "p" for p in own if p.sort != "pronoun") or (kind is None and _all_plural(own)),
    )


def _all_plural(own: Sequence[Profile]) -> bool:
    return all(p.number == "p" for p in own)


def kind_of(own: Sequence[Profile]) -> ActorKind | None:
    """The kind that the mentions of one entity agree on: names count before descriptions, the majority wins."""
    for sort in ("name", "description"):
        kinds = [p.kind for p in own if p.sort == sort and p.kind]
        if kinds:
            return max(sorted(set(kinds)), key=kinds.count)
    return None


def name_of(own: Sequence[Profile]) -> str:
    """The fullest name among the mentions, else the fullest description, else the pronoun itself."""
    states = [p for p in own if p.kind == "country" and p.form is not None]
    if states and not any(p.label == "PERSON" for p in own):
        return states[0].form.name  # type: ignore[union-attr]
    named = [p for p in own if p.sort == "name"]
    people = [p for p in named if p.label == "PERSON"]
    if people or named:
        return max(people or named, key=lambda p: (len(p.core.split()), -p.start)).core
    described = [p for p in own if p.sort == "description"]
    if described:
        return max(
            described,
            key=lambda p: (
                p.label != "NORP",  # "the captain, a Georgian": what he is says more than where from
                p.definite not in ("def", "dem", "poss"),
                min(len(p.core.split()), 3),
                -p.start,
            ),
        ).core
    return min(own, key=lambda p: p.start).lemma
