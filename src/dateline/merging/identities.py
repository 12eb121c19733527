"""Identities: which actors of different reports are one.

An actor of a report is reduced to a `Node`: kind, folded name, country, and what else tells namesakes apart. Nodes of
many reports are the same node when all of that is equal, so that comparing is among distinct nodes of a block, never
among mentions. Persons share an identity by given name and surname (spelling variants included), never by surname
alone: a bare surname needs the same office of the same body. Descriptions ("11 health workers") stay with their report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from dateline.merging import names
from dateline.merging.sketch import content_id
from dateline.record import ActorKind, CodedReport
from dateline.report import Report


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """Actors of any number of reports that nothing compared here tells apart.

    `id` is made of the other fields. `report` is set for descriptions alone, which no other report shares. `offices`
    ("president of russia") and `kin` ("mother of alexander troufanov") are persons'; `spelt_out` lists the full names
    that the report itself gives an acronym.
    """

    id: str
    kind: ActorKind
    key: str
    country: str | None = None
    report: str | None = None
    offices: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    acronym: str | None = None
    initials: str | None = None
    spelt_out: tuple[str, ...] = ()


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Nodes that are one actor, and why: `because` has one line for each link that joins two of them."""

    id: str
    nodes: tuple[str, ...]
    because: tuple[str, ...] = ()


def identity_id(node: str) -> str:
    """The id that an identity has from this node when the node is the first of its nodes."""
    return content_id("id-", node)


def nodes_of(report: Report, coded: CodedReport) -> dict[str, Node]:
    """The node of each actor of a report, by the actor's name there; participants without an actor record too."""
    found: dict[str, Node] = {}
    told = {n for e in coded.events for n in (*e.actor, *e.recipient, *((e.said_by,) if e.said_by else ()))}
    told |= {q.speaker for q in coded.quotes if q.speaker} | {r.person for r in coded.roles}
    told |= {r.of for r in coded.roles if r.of} | {n for k in coded.kin for n in (k.person, k.of)}
    for name in sorted({*coded.actors, *told}):
        actor = coded.actors.get(name)
        kind: ActorKind = actor.kind if actor else "group"
        country = actor.country if actor else None
        if not names.is_name(name, kind):
            found[name] = _node(kind=kind, key=" ".join(names.words(name)), country=country, report=report.id)
            continue
        if kind == "person":
            words = names.person_words(name)
            weak = len(words) == 1 or any(len(w) == 1 for w in words)
            offices, kin = _offices(coded, name), _kin(coded, name)
            alone = report.id if weak and not offices and not kin else None
            key = " ".join(words)
            found[name] = _node(kind=kind, key=key, country=country, report=alone, offices=offices, kin=kin)
            continue
        called = {report.text[m.start : m.end] for m in actor.mentions} if actor else set()
        short = names.acronym(name)
        spelt = sorted({names.body_key(s) for s in called if short and names.initials(s) == short})
        if not short:  # "World Food Programme (WFP)": the report gives the acronym to the full name
            given = sorted({a for s in called if (a := names.acronym(s)) and a == names.initials(name)})
            spelt = [names.body_key(name)] if given else []
        found[name] = _node(
            kind=kind,
            key=names.body_key(name),
            country=country,
            acronym=short,
            initials=names.initials(name),
            spelt_out=tuple(spelt),
        )
    return found


def blocks(node: Node) -> tuple[str, ...]:
    """The keys under which a node can meet others; none for descriptions and bare names, which meet nobody."""
    if node.report is not None:
        return ()
    if node.kind == "person":
        return ("p:" + names.spelling(node.key.rsplit(" ", 1)[-1]),)
    found = {"o:" + node.key}
    if node.acronym:
        found.add("a:" + node.acronym)
    if node.initials and len(node.initials) > 1:
        found.add("a:" + node.initials)
    if node.kind == "country" and node.country:
        found.add("c:" + node.country)
    return tuple(sorted(found))


def same(a: Node, b: Node) -> str | None:
    """Why two nodes are one actor, in words; None where they are not or where nothing says so."""
    if a.report is not None or b.report is not None:
        return None
    if (a.kind == "person") != (b.kind == "person"):
        return None
    if a.kind == "person":
        return _same_person(a, b)
    if a.kind == "country" or b.kind == "country":
        if a.kind != b.kind:
            return None
        if a.country and a.country == b.country:
            return f"the same country, {a.country}"
        return f"the same name, {a.key}" if a.key == b.key and not (a.country and b.country) else None
    if a.country and b.country and a.country != b.country:
        return None
    if a.key == b.key:
        return f"the same name, {a.key}"
    short, full = (a, b) if a.acronym else (b, a)
    if short.acronym and short.acronym == full.initials and full.key in (*short.spelt_out, *full.spelt_out):
        return f"{short.acronym} stands for {full.key} in a report that gives both"
    return None


def identities(nodes: Iterable[Node]) -> tuple[Identity, ...]:
    """Group nodes into identities. All nodes of every block that one of them is in must be there.

    Two persons that differ in country are two, and no chain of links joins them: links are taken in a fixed order and
    one that would bring such a pair together is left out.
    """
    by_id = {n.id: n for n in nodes}
    members: dict[str, list[str]] = {i: [i] for i in by_id}
    group = {i: i for i in by_id}
    reasons: dict[str, list[str]] = defaultdict(list)
    for one, two, why in _links(by_id):
        a, b = group[one], group[two]
        if a == b or any(_conflict(by_id[x], by_id[y]) for x in members[a] for y in members[b]):
            continue
        a, b = min(a, b), max(a, b)
        for moved in members[b]:
            group[moved] = a
        members[a] += members.pop(b)
        reasons[a] += [*reasons.pop(b, []), why]
    return tuple(
        Identity(id=identity_id(min(ids)), nodes=tuple(sorted(ids)), because=tuple(sorted(set(reasons[root]))))
        for root, ids in sorted(members.items())
    )


def _links(by_id: Mapping[str, Node]) -> list[tuple[str, str, str]]:
    in_block: dict[str, list[str]] = defaultdict(list)
    for node_id in sorted(by_id):
        for block in blocks(by_id[node_id]):
            in_block[block].append(node_id)
    found: set[tuple[int, str, str, str]] = set()
    for block, ids in in_block.items():
        for i, one in enumerate(ids):
            for two in ids[i + 1 :]:
                if why := same(by_id[one], by_id[two]):
                    known = (by_id[one].country is None) + (by_id[two].country is None)
                    found.add((known, one, two, why))
        if block.startswith("a:"):
            found |= {(3, one, two, why) for one, two, why in _lone_acronym(block[2:], [by_id[i] for i in ids])}
    return [(one, two, why) for _, one, two, why in sorted(found)]


def _lone_acronym(short: str, nodes: list[Node]) -> list[tuple[str, str, str]]:
    """Links from a bare acronym to its expansion where a book knows only one for it; three letters at least."""
    full = [n for n in nodes if n.initials == short]
    if len(short) < 3 or len({n.key for n in full}) != 1:
        return []
    why = f"{short} fits {full[0].key} alone"
    pairs = [(min(a.id, b.id), max(a.id, b.id), why) for a in nodes for b in full if a.acronym == short]
    return [p for p in pairs if p[0] != p[1]]


def _conflict(a: Node, b: Node) -> bool:
    return bool(a.country and b.country and a.country != b.country)


def _same_person(a: Node, b: Node) -> str | None:
    if _conflict(a, b):
        return None
    one, two = sorted((a.key.split(), b.key.split()), key=len)
    shared = sorted({*a.offices} & {*b.offices}) + sorted({*a.kin} & {*b.kin})
    if len(one) == 1:
        if names.spelling(one[0]) != names.spelling(two[-1]) or not shared:
            return None
        return f"the surname {one[0]} and {shared[0]}"
    if one == two:
        return f"the same name, {' '.join(one)}"
    spelled, other = [names.spelling(w) for w in one], [names.spelling(w) for w in two]
    if spelled[-1] != other[-1]:
        return f"the same words, {' '.join(two)}" if sorted(spelled) == sorted(other) else None
    if len(one[0]) == 1 or len(two[0]) == 1:
        return f"the initial and {shared[0]}" if one[0][0] == two[0][0] and shared else None
    if set(spelled) <= set(other) and spelled[0] == other[0]:
        within = f"the name {' '.join(one)} within {' '.join(two)}"
        return within if len(one) < len(two) else f"spellings of one name, {min(a.key, b.key)} and {max(a.key, b.key)}"
    bones = [names.skeleton(w) for w in one[:-1]], [names.skeleton(w) for w in two[:-1]]
    if bones[0] == bones[1] and all(len(w) > 2 for w in bones[0]):
        return f"spellings of one name, {min(a.key, b.key)} and {max(a.key, b.key)}"
    return None


def _offices(coded: CodedReport, person: str) -> tuple[str, ...]:
    """The offices of a person: those that the report states, else those that a table of office holders knows."""
    held = {(r.role, _body(coded, r.of)) for r in coded.roles if r.person == person and r.of}
    if not held and person in coded.actors:
        held = {(k.role, k.country) for k in coded.actors[person].known}
    return tuple(sorted(f"{' '.join(names.words(role))} of {body}" for role, body in held))


def _body(coded: CodedReport, name: str) -> str:
    actor = coded.actors.get(name)
    return actor.country if actor and actor.kind == "country" and actor.country else names.body_key(name)


def _kin(coded: CodedReport, person: str) -> tuple[str, ...]:
    found = {f"{k.relation.casefold()} of {' '.join(names.words(k.of))}" for k in coded.kin if k.person == person}
    return tuple(sorted(f for f in found if f.count(" ") > 2))


def _node(
    *,
    kind: ActorKind,
    key: str,
    country: str | None,
    report: str | None = None,
    offices: tuple[str, ...] = (),
    kin: tuple[str, ...] = (),
    acronym: str | None = None,
    initials: str | None = None,
    spelt_out: tuple[str, ...] = (),
) -> Node:
    sign = (kind, key, country, report, offices, kin, acronym, initials, spelt_out)
    return Node(
        id=content_id("n-", *sign),
        kind=kind,
        key=key,
        country=country,
        report=report,
        offices=offices,
        kin=kin,
        acronym=acronym,
        initials=initials,
        spelt_out=spelt_out,
    )
