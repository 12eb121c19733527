"""Merges and splits that people decided, laid over what merging found: pure functions over groups of ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Groups = list[tuple[str, ...]]


class Decision(NamedTuple):
    """A merge brings the groups of `one` and `two` together; a split takes `one` out of the groups of `two`."""

    action: str
    one: tuple[str, ...]
    two: tuple[str, ...]


def decide(groups: Iterable[Sequence[str]], decisions: Iterable[Decision]) -> Groups:
    """The groups after each decision in turn, so that a later one wins; ids that no group has say nothing."""
    members: dict[int, list[str]] = {i: list(group) for i, group in enumerate(groups)}
    place = {key: i for i, group in members.items() for key in group}
    for action, one, two in decisions:
        if action == "merge":
            a, b = (next((place[k] for k in side if k in place), None) for side in (one, two))
            if a is None or b is None or a == b:
                continue
            members[a] += members.pop(b)
            place |= dict.fromkeys(members[a], a)
            continue
        left = {place[k] for k in two if k in place}
        out = [k for k in one if k in place and place[k] in left]
        if out:
            fresh = len(place) + max(members) + 1
            for key in out:
                members[place[key]].remove(key)
                place[key] = fresh
            members[fresh] = out
    return [tuple(group) for group in members.values() if group]


def reached(keys: set[str], decisions: Iterable[Decision]) -> set[str]:
    """Ids that a merge ties to one of `keys`."""
    return {
        key for d in decisions if d.action == "merge" and keys & {*d.one, *d.two} for key in (*d.one, *d.two)
    } - keys


def followed(decisions: Iterable[Decision], redirects: Mapping[str, str | None]) -> list[Decision]:
    """The decisions with ids that went replaced by what they became, those that became nothing left out."""

    def side(ids: tuple[str, ...]) -> tuple[str, ...]:
        now = (redirects.get(i, i) for i in ids)
        return tuple(dict.fromkeys(i for i in now if i is not None))

    return [Decision(d.action, side(d.one), side(d.two)) for d in decisions]
