"""The component that reads kinship: "his mother, Yelena Troufanova", "Luc's widow", "the brothers Ali and Omar"."""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.annotations import KinOf, register
from dateline.reading.lexicon import lexicon
from dateline.reading.profiles import Profile, Reading, reading_of

#: "brothers" of one another: plural → what each one is to the other.
_EACH = {"brothers": "brother", "sisters": "sister", "siblings": "sibling", "twins": "twin", "cousins": "cousin"}


@Language.factory("dateline_kin", assigns=["doc._.kin"], requires=["doc._.mentions", "doc._.entities"])
class Kinship:
    """Sets `doc._.kin` from the mentions and entities of a Doc."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc; needs `dateline_coreference` before it."""
        reading = reading_of(doc)
        found: dict[tuple[int, str, int], KinOf] = {}
        for i in range(len(reading.tokens)):
            for kin in _at(doc, reading, i):
                if kin.person != kin.of:
                    found.setdefault((kin.person, kin.relation, kin.of), kin)
        doc._.kin = tuple(found.values())
        return doc


def kin_word(reading: Reading, i: int) -> tuple[str, int] | None:
    """The word for kin whose noun is token i ("brother" in "brother-in-law") and its first token, or None."""
    tokens, lex = reading.tokens, lexicon()
    lower = tokens.lower[i]
    start = i
    if tokens.lower[i + 1 : i + 5] == ["-", "in", "-", "law"]:
        lower = f"{lower}-in-law"
    elif i >= 2 and tokens.words[i - 1] == "-" and tokens.lower[i - 2] in ("ex", "half", "step", "great", "grand"):
        start = i - 2
        lower = f"{tokens.lower[i - 2]}-{lower}" if f"{tokens.lower[i - 2]}-{lower}" in lex.kin else lower
    if lower in lex.kin or (lower in lex.kins and lower not in ("family", "families")):
        return lower, start
    return None


def _at(doc: Doc, reading: Reading, i: int) -> list[KinOf]:
    word = kin_word(reading, i)
    if word is None:
        return []
    tokens = reading.tokens
    law = word[0].endswith("-in-law")
    if i + 1 < len(tokens) and tokens.lower[i + 1] == "-" and not law:
        return []
    relation, start = word
    person = _persons(doc, reading, i)
    owners = _owners(doc, reading, i)
    if relation in _EACH and not owners and len(person) > 1:
        each = _EACH[relation]
        return [KinOf(person=a, relation=each, of=b, start=start, end=i + 1) for a in person for b in person if a < b]
    return [
        KinOf(person=p, relation=relation, of=o, start=start, end=i + 1)
        for p in person
        for o in owners
        if doc._.entities[o].kind == "person"
    ]


def _entities(doc: Doc, reading: Reading, token: int) -> tuple[int, ...]:
    m = reading.headed[token]
    if m < 0:
        m = reading.at[token]
    entities: tuple[int, ...] = doc._.mentions[m].entities if m >= 0 else ()
    return entities


def _name_beside(reading: Reading, i: int) -> Profile | None:
    """The personal name that the kin word at i stands right before: "his brother Timur"."""
    if i + 1 >= len(reading.tokens):
        return None
    for j in (i + 1, i + 2):
        if j >= len(reading.tokens) or (j == i + 2 and reading.tokens.words[i + 1] not in (",",)):
            break
        m = reading.at[j]
        if m >= 0:
            p = reading.profiles[m]
            if (
                p.sort == "name"
                and p.label == "PERSON"
                and p.start == j
                and (j == i + 1 or reading.tokens.deps[p.head] == "appos")
            ):
                return p
    return None


def _persons(doc: Doc, reading: Reading, i: int) -> tuple[int, ...]:
    """Entities of who the kin are."""
    tokens = reading.tokens
    beside = _name_beside(reading, i)
    if beside is not None:
        heads = tokens.conjuncts(beside.head) if tokens.lower[i] in lexicon().kins else [beside.head]
        found = tuple(dict.fromkeys(e for h in heads for e in _entities(doc, reading, h)))
        if all(_fitting(doc, e, tokens.lower[i]) for e in found):
            return found
    for kid in tokens.kids[i]:
        if tokens.deps[kid] == "appos":
            m = reading.headed[kid]
            if m >= 0 and reading.profiles[m].sort == "name" and reading.profiles[m].kind == "person":
                heads = tokens.conjuncts(kid) if tokens.lower[i] in lexicon().kins else [kid]
                found = tuple(dict.fromkeys(e for h in heads for e in _entities(doc, reading, h)))
                if all(_fitting(doc, e, tokens.lower[i]) for e in found):
                    return found
    m = reading.headed[i]
    if m < 0:
        return ()
    return _entities(doc, reading, i)


def _fitting(doc: Doc, entity: int, word: str) -> bool:
    """Whether the entity's gender, if known, is the kin word's."""
    lex = lexicon()
    wanted = lex.kin.get(word) or lex.kins.get(word) or ""
    known = doc._.entities[entity].gender
    return not (wanted and known and wanted != known)


def _owners(doc: Doc, reading: Reading, i: int) -> tuple[int, ...]:
    """Entities of whose kin they are: a possessor, "of …", or the possessor of the noun it is coordinated with."""
    tokens = reading.tokens
    heads = [i]
    if tokens.deps[i] in ("compound", "nmod", "amod", "appos"):
        heads.append(tokens.heads[i])
    heads += [tokens.top(head) for head in heads if tokens.deps[head] == "conj"]
    heads += [tokens.heads[head] for head in heads[1:] if tokens.deps[head] == "appos"]
    for head in heads:
        for kid in tokens.kids[head]:
            if tokens.deps[kid] == "poss" and kid < i:
                return _entities(doc, reading, kid)
        if head == i or tokens.deps[i] in ("appos",):
            for kid in tokens.kids[i]:
                if tokens.lower[kid] == "of" and tokens.deps[kid] == "prep":
                    for noun in tokens.kids[kid]:
                        if tokens.deps[noun] == "pobj":
                            return tuple(e for h in tokens.conjuncts(noun) for e in _entities(doc, reading, h))
    # "his mother, Yelena, and fiance Sapir": the possessor of the kin named before, however the parser tied them.
    if i and tokens.lower[i - 1] == "and":
        for j in range(i - 2, max(tokens.starts[tokens.sents[i]], i - 9) - 1, -1):
            if kin_word(reading, j) is not None:
                return _owners(doc, reading, j)
    return ()
