"""Which actors of different reports are one."""

from __future__ import annotations

import pytest

from dateline.merging.identities import Identity, Node, identities, nodes_of
from dateline.record import Kinship, Role
from helpers_book import Pair, told


def person(id: str, name: str, *, country: str | None = None, role: tuple[str, str] | None = None) -> Pair:
    text = f"{name} met reporters."
    roles = (Role(person=name, role=role[0], of=role[1]),) if role else ()
    kinds = {name: "person", **({role[1]: "country"} if role else {})}
    countries = {name: country} if country else {}
    return told(
        id,
        "2024-05-01",
        text,
        type="CONSULT",
        anchor="met",
        actor=(name,),
        kinds=kinds,
        roles=roles,
        countries=countries,
    )


def body(id: str, name: str, kind: str = "organization", text: str = "", country: str | None = None) -> Pair:
    text = text or f"{name} met reporters."
    countries = {name: country} if country else {}
    return told(
        id,
        "2024-05-01",
        text,
        type="CONSULT",
        anchor="met",
        actor=(name,),
        kinds={name: kind},
        countries=countries,
        called={name: ("UN",)} if "(UN)" in text else {},
    )


def merged(*pairs: Pair) -> list[set[tuple[str, str]]]:
    """Identities as sets of (report, name), only those with several."""
    nodes: dict[str, Node] = {}
    names: dict[str, set[tuple[str, str]]] = {}
    for report, coded in pairs:
        for name, node in nodes_of(report, coded).items():
            nodes[node.id] = node
            names.setdefault(node.id, set()).add((report.id, name))
    found: list[Identity] = list(identities(nodes.values()))
    assert sorted(n for i in found for n in i.nodes) == sorted(nodes)
    groups = [set().union(*(names[n] for n in i.nodes)) for i in found]
    return sorted((g for g in groups if len(g) > 1), key=sorted)


SAME = [
    (person("a", "Volodymyr Zelensky"), person("b", "Volodymyr Zelenskyy")),
    (person("a", "Vladimir Putin"), person("b", "Vladimir Vladimirovich Putin")),
    (person("a", "Dr. Ada Karim"), person("b", "Ada Karim Jr.")),
    (person("a", "Mohammed Hassan"), person("b", "Muhammad Hassan")),
    (person("a", "Solange Kaboré"), person("b", "Solange Kabore")),
    (person("a", "Putin", role=("President", "Russia")), person("b", "Vladimir Putin", role=("president", "Russia"))),
    (body("a", "Houthis", "group"), body("b", "the Houthi movement")),
    (body("a", "World Food Programme"), body("b", "WFP")),
    (
        body("a", "United Nations", text="The United Nations (UN) met reporters; the UN said so."),
        body("b", "UN"),
    ),
    (body("a", "Russia", "country", country="RUS"), body("b", "Russian Federation", "country", country="RUS")),
    (body("a", "Russia", "country", country="RUS"), body("b", "Russia", "country")),
]

DIFFERENT = [
    (person("a", "Alexander Troufanov"), person("b", "Alexander Boroda")),
    (person("a", "Alexander Troufanov"), person("b", "Yelena Troufanova")),
    (person("a", "A. Troufanova"), person("b", "Alexander Troufanov")),
    (person("a", "Alexander Troufanov"), person("b", "Troufanov")),
    (person("a", "Troufanov"), person("b", "Troufanov")),
    (person("a", "Mr. Troufanov"), person("b", "Mr. Troufanov")),
    (person("a", "Issouf Sawadogo"), person("b", "Boureima Sawadogo")),
    (person("a", "John Smith", country="GBR"), person("b", "John Smith", country="USA")),
    (person("a", "Sadr", role=("minister", "Iraq")), person("b", "Moqtada Sadr", role=("cleric", "Iraq"))),
    (body("a", "two engineers", "group"), body("b", "two engineers", "group")),
    (body("a", "governor's office"), body("b", "governor's office")),
    (body("a", "UN"), body("b", "Union Nationale")),
    (body("a", "Jordan", "country", country="JOR"), person("b", "Jordan")),
    (body("a", "National Army", country="LBY"), body("b", "National Army", country="LBN")),
]


@pytest.mark.parametrize("pair", SAME, ids=lambda p: " + ".join(next(iter(c.actors)) for _, c in p))
def test_one_actor(pair: tuple[Pair, Pair]) -> None:
    assert any({r for r, _ in group} == {"a", "b"} for group in merged(*pair))


@pytest.mark.parametrize("pair", DIFFERENT, ids=lambda p: " + ".join(next(iter(c.actors)) for _, c in p))
def test_two_actors(pair: tuple[Pair, Pair]) -> None:
    names = [c.events[0].actor[0] for _, c in pair]
    assert not any({("a", names[0]), ("b", names[1])} <= group for group in merged(*pair))


def test_an_acronym_with_two_expansions_stays_alone() -> None:
    three = body("a", "NDP"), body("b", "National Democratic Party"), body("c", "New Dawn Pact")
    assert merged(*three) == []


def test_namesakes_of_two_countries_are_not_joined_by_one_of_none() -> None:
    found = merged(
        person("a", "John Smith", country="GBR"), person("b", "John Smith", country="USA"), person("c", "John Smith")
    )
    assert [len(group) for group in found] == [2]


def test_kin_ties_a_bare_name() -> None:
    def mother(id: str, name: str) -> Pair:
        kin = (Kinship(person=name, relation="mother", of="Alexander Troufanov"),)
        kinds = {name: "person", "Alexander Troufanov": "person"}
        text = f"{name}, mother of Alexander Troufanov, met reporters."
        return told(id, "2024-05-01", text, type="CONSULT", anchor="met", actor=(name,), kinds=kinds, kin=kin)

    assert {("a", "Troufanova"), ("b", "Yelena Troufanova")} in merged(
        mother("a", "Troufanova"), mother("b", "Yelena Troufanova")
    )


def test_links_say_why() -> None:
    nodes = [n for r, c in SAME[0] for n in nodes_of(r, c).values()]
    assert [i.because for i in identities(nodes)] == [
        ("spellings of one name, volodymyr zelensky and volodymyr zelenskyy",)
    ]
