"""What reviews make of a coded report: a pure function of the coding and of the entries that stand.

An entry names an account by its key and has the account as it was then (`basis`), so that it finds the account again
in another coding of the report: by key, else by type and anchors. What was accepted or corrected stays even if it is
told no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dateline.book.corrections import actor_of, correct
from dateline.merging.sketch import sketches
from dateline.record import Account, CodedReport
from dateline.report import Report


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the log of reviews. `number` counts from 1, `at` is UTC as ISO 8601.

    `action` is accept, correct, reject, merge, split or undo. `target` is the id acted on; `report` that of the
    account, if it is one; `field` and `value` what a correction says; for merge and split, `value` is the JSON of
    two lists of ids: those brought together, or the ones set apart and those they left. `basis` is the account
    as it was coded, as JSON.
    """

    number: int
    at: str
    author: str
    action: str
    target: str
    report: str | None = None
    field: str | None = None
    value: str | None = None
    basis: str | None = None
    undoes: int | None = None
    because: str | None = None

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The two lists of ids of a merge or split."""
        one, two = msgspec.json.decode(self.value or "[[],[]]", type=tuple[tuple[str, ...], tuple[str, ...]])
        return one, two

    def signed(self) -> str:
        """ "review 3 by Ana: the wire says so"."""
        return f"review {self.number} by {self.author}" + (f": {self.because}" if self.because else "")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A report as the book keeps it: `raw` as it was coded, `coded` after reviews, with keys and standings of its
    accounts in order; `coding` is the number of the coding.

    `moved` leads from keys of other codings to these, `origins` has accounts as they were coded, rejected ones too.
    """

    report: Report
    raw: CodedReport
    coded: CodedReport
    keys: tuple[str, ...]
    standings: tuple[str | None, ...]
    coding: int = 1
    moved: dict[str, str | None] = {}
    origins: dict[str, Account] = {}


def standing_entries(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that stand, in order, undos aside: not undone, or undone by what was undone itself."""
    told = sorted(entries, key=lambda e: e.number)
    dead = undone(told)
    return [e for e in told if e.number not in dead and e.action != "undo"]


def undone(entries: Iterable[Entry]) -> set[int]:
    """The numbers of entries that were taken back, undos among them."""
    dead: set[int] = set()
    for entry in sorted(entries, key=lambda e: -e.number):
        if entry.action == "undo" and entry.undoes is not None and entry.number not in dead:
            dead.add(entry.undoes)
    return dead


def reviewed(report: Report, raw: CodedReport, entries: Sequence[Entry], coding: int = 1) -> Told:
    """The report after the entries about its accounts, which must be those that stand, in order."""
    keys = tuple(s.key for s in sketches(report, raw))
    if not entries:
        return Told(
            report=report,
            raw=raw,
            coded=raw,
            keys=keys,
            standings=(None,) * len(keys),
            coding=coding,
            origins=dict(zip(keys, raw.events, strict=True)),
        )
    accounts = dict(zip(keys, raw.events, strict=True))
    standings: dict[str, str | None] = dict.fromkeys(keys)
    order, moved, origins = list(keys), dict[str, str | None](), dict(accounts)
    coded = raw
    by_target: dict[str, list[Entry]] = {}
    for entry in entries:
        by_target.setdefault(entry.target, []).append(entry)
    for target, told in by_target.items():
        basis = msgspec.json.decode(told[0].basis or "null", type=Account | None)
        key = target if target in accounts else None
        if key is None and basis is not None:
            free = {k: a for k, a in accounts.items() if standings[k] is None and k not in by_target}
            key = alike(basis, free)
        if key is None:
            if basis is None or told[-1].action == "reject":
                continue
            key = target
            accounts[key] = msgspec.structs.replace(basis, id=key)
            order.append(key)
        if key != target:
            moved[target] = key
        frozen = [e.basis for e in told if e.action == "accept" and e.basis]
        if frozen:
            vouched = msgspec.json.decode(frozen[-1], type=Account)
            accounts[key] = msgspec.structs.replace(vouched, id=accounts[key].id)
        origins[key] = accounts[key]
        for entry in told:
            if entry.action != "correct":
                standings[key] = f"{entry.action}ed"
            elif entry.field is not None:
                accounts[key], actors = correct(report, coded, accounts[key], entry.field, entry.value, entry.signed())
                coded = msgspec.structs.replace(coded, actors=actors)
                standings[key] = "corrected"
    left = [k for k in order if standings.get(k) != "rejected"]
    events = tuple(accounts[k] for k in left)
    known = dict(coded.actors)
    for account in events:  # whom a kept account names and this coding does not
        for name in (*account.actor, *account.recipient, *([account.said_by] if account.said_by else [])):
            known.setdefault(name, actor_of(report, name))
    return Told(
        report=report,
        raw=raw,
        coded=msgspec.structs.replace(coded, events=events, actors=known),
        keys=tuple(left),
        standings=tuple(standings.get(k) for k in left),
        coding=coding,
        moved=moved,
        origins=origins,
    )


def alike(account: Account, others: Mapping[str, Account]) -> str | None:
    """The key of the account among `others` that tells of the same: same type and most of the anchors in common."""
    scored = [(_overlap(account, other), key) for key, other in others.items() if other.type == account.type]
    best = max(scored, key=lambda x: (x[0], x[1]), default=(0, ""))
    if best[0]:
        return best[1]
    same = [key for key, other in others.items() if set(other.anchors) & set(account.anchors)]
    return min(same, default=None)


def matched(old: Mapping[str, Account], new: Mapping[str, Account]) -> dict[str, str | None]:
    """What became of each account that is there no more: the key of the new one that tells of the same, or None."""
    free = {k: a for k, a in new.items() if k not in old}
    return {key: alike(account, free) for key, account in sorted(old.items()) if key not in new}


def _overlap(a: Account, b: Account) -> int:
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a.anchors for y in b.anchors)
