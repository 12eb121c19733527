"""Who belongs to whom: families, so that "the Troufanov family" and its members can be parts of one event."""

from __future__ import annotations

from spacy.tokens import Doc

#: Words for a group of kin; the word before them, if any, is the name they bear.
_FAMILY = frozenset({"family", "brothers", "sisters", "couple", "siblings", "twins"})


def families(doc: Doc) -> dict[int, frozenset[int]]:
    """Entity index → all entities of the same family (itself included), for those that have one."""
    kin: dict[int, set[int]] = {}
    for link in doc._.kin:
        together = kin.get(link.person, {link.person}) | kin.get(link.of, {link.of})
        for member in together:
            kin[member] = together
    for index, entity in enumerate(doc._.entities):
        words = entity.name.split()
        if entity.kind != "group" or not words or words[-1].lower() not in _FAMILY:
            continue
        bearers = {
            i
            for i, other in enumerate(doc._.entities)
            if other.kind == "person" and len(words) > 1 and other.name.split()[-1:] == words[-2:-1]
        }
        together = {index}.union(*(kin.get(i, {i}) for i in bearers))
        for member in together:
            kin[member] = together
    return {index: frozenset(members) for index, members in kin.items()}
