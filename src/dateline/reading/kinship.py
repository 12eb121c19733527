"""The component that reads kinship: "his mother, Yelena Troufanova", "Luc's widow", "the brothers Ali and Omar"."""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.annotations import KinOf, register
from dateline.reading.kinfolk import Kinfolk
from dateline.reading.lexicon import lexicon, table
from dateline.reading.profiles import Reading, reading_of

_KINDS = table("kinship.toml")["kin"]
#: "brothers" of one another: plural → what each one is to the other.
_EACH: dict[str, str] = _KINDS["each"]
#: Kin who as a rule bear one surname.
_SURNAMED = frozenset(_KINDS["surnamed"])


@Language.factory("dateline_kin", assigns=["doc._.kin"], requires=["doc._.mentions", "doc._.entities"])
class Kinship:
    """Sets `doc._.kin` from the mentions and entities of a Doc."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc; needs `dateline_coreference` before it."""
        finder = _Finder(doc, reading_of(doc))
        for i in range(len(finder.tokens)):
            finder.at(i)
            finder.marriage(i)
        doc._.kin = tuple({(k.person, k.relation, k.of): k for k in map(finder.named_alike, finder.found)}.values())
        return doc


class _Finder(Kinfolk):
    def __init__(self, doc: Doc, reading: Reading) -> None:
        super().__init__(doc, reading)
        self.found: list[KinOf] = []

    def at(self, i: int) -> None:
        """Note the kinship that the noun at token i tells."""
        word = self.kin_word(i)
        if word is None:
            return
        relation, start, end = word
        if self.denied(i) or (end < len(self.tokens) and self.tokens.lower[end] == "-"):
            return
        persons, owners = self.persons(i, end), self.owners(i)
        if relation in _EACH and not owners:
            for person in persons:
                for other in persons:
                    self._add(person, _EACH[relation], other, start, end)
            return
        for person in persons:
            for owner in owners:
                self._add(person, self._marked(relation, start), owner, start, end)

    def _add(self, person: int, relation: str, of: int, start: int, end: int) -> None:
        if person != of and self.doc._.entities[of].kind == "person":
            self.found.append(KinOf(person=person, relation=relation, of=of, start=start, end=end))

    def _marked(self, relation: str, start: int) -> str:
        """The relation with the word before it that makes it another: "former husband", "second cousin"."""
        before = self.tokens.lower[start - 1] if start else ""
        return f"{before} {relation}" if before in _KINDS["marks"] else relation

    def marriage(self, i: int) -> None:
        """Note that two people are told to have married at token i: "X married Y", "X, who is married to Y"."""
        tokens = self.tokens
        if tokens.lower[i] not in _KINDS["marrying"]:
            return
        verb = i
        objects = [k for k in tokens.kids[i] if tokens.deps[k] == "dobj" and tokens.tags[i] in ("VBD", "VBZ", "VBP")]
        if not objects:
            for kid in tokens.kids[i]:
                if tokens.lower[kid] == "to":
                    objects += [k for k in tokens.kids[kid] if tokens.deps[k] == "pobj"]
            if tokens.deps[i] in ("acomp", "attr", "oprd"):
                verb = tokens.heads[i]
        subjects = [k for k in tokens.kids[verb] if tokens.deps[k] in ("nsubj", "nsubjpass")]
        if not subjects and tokens.deps[i] in ("acl", "amod", "advcl"):
            subjects = [tokens.heads[i]]
        if any(tokens.deps[k] in ("neg", "aux") and tokens.lower[k] != "has" for k in tokens.kids[verb]):
            return
        for subject in subjects[:1]:
            for spouse in objects[:1]:
                pair = (self.one(spouse), self.one(subject))
                if pair[0] is not None and pair[1] is not None and self.named(pair[0]):
                    self._add(pair[0], self._spouse(*pair), pair[1], i, i + 1)

    def _spouse(self, person: int | None, other: int | None) -> str:
        entities = self.doc._.entities
        for e, words in ((person, ("wife", "husband")), (other, ("husband", "wife"))):
            gender = entities[e].gender if e is not None else None
            if gender:
                return words[0] if gender == "f" else words[1]
        return "spouse"

    def named_alike(self, kin: KinOf) -> KinOf:
        """The kinship with its unnamed person known by name: whoever alone in the report bears the surname and fits.

        "Dina Bekova said guards had beaten her sister" is of Saule Bekova, if the report has her.
        """
        entities = self.doc._.entities
        if kin.relation not in _SURNAMED or self.named(kin.person) or not self.named(kin.of):
            return kin
        name = entities[kin.of].name.split()
        wanted = lexicon().kin[kin.relation]
        alike = [
            e
            for e, x in enumerate(entities)
            if x.kind == "person" and e != kin.of and self.named(e) and len(x.name.split()) > 1 < len(name)
            and x.name.split()[-1] == name[-1] and (not wanted or x.gender in (None, wanted))
        ]  # fmt: skip
        known = {k.person for k in self.found if k.of == kin.of} | {k.of for k in self.found if k.person == kin.of}
        alike = [e for e in alike if e not in known]
        if len(alike) != 1:
            return kin
        return KinOf(person=alike[0], relation=kin.relation, of=kin.of, start=kin.start, end=kin.end)
