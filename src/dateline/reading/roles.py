"""The component that reads offices and occupations: who is what, of what."""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.annotations import RoleHeld, register
from dateline.reading.lexicon import lexicon
from dateline.reading.profiles import Profile, Reading, reading_of
from dateline.reading.states import in_question

_OF = ("of", "for", "to", "at", "in", "from", "with")


class Roles:
    """Sets `doc._.roles` from the mentions and entities of a Doc."""

    def __init__(self) -> None:
        register()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc; needs `dateline_coreference` before it."""
        reading = reading_of(doc)
        finder = _Finder(doc, reading)
        for m, p in enumerate(reading.profiles):
            if p.sort == "name" and p.kind == "person" and p.title is not None:
                finder.title(m, p)
            elif p.sort == "name" and p.kind == "person":
                finder.distant(m, p)
            elif p.sort == "description" and p.kind == "person":
                finder.description(m, p)
        doc._.roles = tuple(finder.found.values())
        return doc


class _Finder:
    def __init__(self, doc: Doc, reading: Reading) -> None:
        self.doc = doc
        self.reading = reading
        self.tokens = reading.tokens
        self.lexicon = lexicon()
        self.found: dict[tuple[int, str], RoleHeld] = {}

    def _entity(self, m: int) -> int | None:
        entities = self.doc._.mentions[m].entities if m >= 0 else ()
        return entities[0] if len(entities) == 1 else None

    def _add(self, m: int, start: int, end: int, of: int | None) -> None:
        person = self._entity(m)
        if person is None or self.doc._.entities[person].kind != "person" or of == person:
            return
        words = self._role(start, end)
        if not words:
            return
        key = (person, words.casefold())
        old = self.found.get(key)
        if old is None or (old.of is None and of is not None):
            self.found[key] = RoleHeld(person=person, role=words, of=of, start=start, end=end)

    def _role(self, start: int, end: int) -> str:
        """The role as written, without forms of address."""
        while start < end and self.tokens.lower[start].rstrip(".") in self.lexicon.courtesy:
            start += 1
        return self.tokens.text(start, end)

    def title(self, m: int, p: Profile) -> None:
        """A title before a name: "Greek Deputy Foreign Minister Dimitris Dollis"."""
        assert p.title is not None
        start, end = p.title
        last = self.tokens.lower[end - 1].rstrip(".")
        if last in self.lexicon.courtesy:
            return
        of = self._before(start)
        if of is None:
            of = self._owner(p.head) or self._owner(end - 1)
        begin = self._past(start, of)
        self._add(m, start if begin == start else begin, end, of if of is not None else self._inferred(m, last))

    def distant(self, m: int, p: Profile) -> None:
        """A title with "of …" before the name: "former President of Bosnia Ejup Ganić"."""
        tokens = self.tokens
        i = p.start - 1
        sent = tokens.starts[tokens.sents[p.start]]
        while i > sent and p.start - i < 9 and (tokens.capitalized(i) or tokens.lower[i] in ("the", "and", "of")):
            if tokens.lower[i] == "of" and tokens.lower[i - 1] in self.lexicon.roles:
                return self._distant(m, i)
            i -= 1
        return None

    def _distant(self, m: int, of: int) -> None:
        start = of - 1
        tokens = self.tokens
        while (
            start
            and tokens.tags[start - 1] in ("NN", "NNP", "JJ", "HYPH", "VBN")
            and self.reading.at[start - 1] in (-1, self.reading.at[of - 1])
        ):
            start -= 1
        j = of + 2 if tokens.lower[of + 1] == "the" else of + 1
        inner = self.reading.at[j]
        entity = self._entity(inner) if inner >= 0 and inner != m else None
        self._add(m, start, of, entity)

    def description(self, m: int, p: Profile) -> None:
        """An apposition or predicate that names an office: "Ismail Haniyeh, chairman of Hamas"."""
        tokens = self.tokens
        if p.lemma not in self.lexicon.roles and p.lemma not in self.lexicon.persons:
            return
        entity = self._entity(m)
        if entity is None or not self._beside(m, p, entity):
            return
        end = p.head + 1
        start = self._start(p)
        of = self._before(start)
        if of is None:
            of = self._behind(p.head)
        if of is None:
            of = self._owner(p.head)
        self._add(m, self._past(start, of), end, of if of is not None else self._inferred(m, p.lemma))

    def _beside(self, m: int, p: Profile, entity: int) -> bool:
        """Whether the description is tied by grammar to a named person."""
        tokens = self.tokens
        named = any(self.reading.profiles[i].sort == "name" for i in self.doc._.entities[entity].mentions)
        if not named or p.lemma not in self.lexicon.roles:
            return False
        if tokens.deps[p.head] in ("appos", "attr"):
            return True
        return any(tokens.deps[kid] == "appos" for kid in tokens.kids[p.head])

    def _start(self, p: Profile) -> int:
        """Where the words of the role begin: behind the last name, possessor or determiner of the noun phrase."""
        start = p.start
        for i in range(p.start, p.head):
            m = self.reading.at[i]
            inside = m >= 0 and self.reading.profiles[m].sort == "name"
            if inside or self.tokens.tags[i] in ("POS", "DT", "CD", "HYPH", "PRP$"):
                start = i + 1
        return start

    def _before(self, start: int) -> int | None:
        """The body or country named right before the role's words."""
        tokens = self.tokens
        i = start - 1
        if i >= 0 and tokens.words[i] in ("'s", "’s", "'", "’"):
            i -= 1
        if i < 0 or tokens.sents[i] != tokens.sents[start]:
            return None
        m = self.reading.at[i]
        if m < 0:
            return None
        p = self.reading.profiles[m]
        if p.sort == "name" and p.end == i + 1 and p.label in ("GPE", "NORP", "ORG", "LOC"):
            return self._entity(m)
        return None

    def _past(self, start: int, of: int | None) -> int:
        """Take in "former" and the like that stand before the body: the role is written from there on."""
        return start

    def _behind(self, head: int) -> int | None:
        tokens = self.tokens
        for kid in tokens.kids[head]:
            if kid > head and tokens.deps[kid] == "prep" and tokens.lower[kid] in _OF:
                for noun in tokens.kids[kid]:
                    if tokens.deps[noun] == "pobj":
                        entity = self._entity(self.reading.headed[noun])
                        if entity is None:
                            entity = self._entity(self.reading.at[noun])
                        if entity is not None and self.doc._.entities[entity].kind in (
                            "organization",
                            "country",
                            "group",
                        ):
                            return entity
        return None

    def _owner(self, head: int) -> int | None:
        for kid in self.tokens.kids[head]:
            if self.tokens.deps[kid] == "poss" and kid < head:
                m = self.reading.headed[kid] if self.reading.headed[kid] >= 0 else self.reading.at[kid]
                entity = self._entity(m)
                if entity is not None and self.doc._.entities[entity].kind in ("organization", "country"):
                    return entity
        return None

    def _inferred(self, m: int, last: str) -> int | None:
        """The country that an office of state can only be of."""
        if last not in self.lexicon.offices and last not in self.lexicon.ranks:
            return None
        code = in_question(self.reading, m)
        if code is None:
            return None
        for e, entity in enumerate(self.doc._.entities):
            if entity.kind == "country" and entity.country == code:
                return e
        return None


@Language.factory("dateline_roles", assigns=["doc._.roles"], requires=["doc._.mentions", "doc._.entities"])
def make_roles(nlp: Language, name: str) -> Roles:
    """The factory of `dateline_roles`."""
    return Roles()
