"""The component that reads offices and occupations: who is what, of what."""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.annotations import RoleHeld, register
from dateline.reading.lexicon import lexicon
from dateline.reading.profiles import Profile, Reading, reading_of
from dateline.reading.states import likeliest

#: Office words that "General" or "Major" completes: "Attorney General".
_GENERALS = frozenset({"attorney", "secretary", "governor", "director", "consul", "inspector", "prosecutor", "chief"})
_OF = ("of", "for", "to", "at", "in", "from", "with")


@Language.factory("dateline_roles", assigns=["doc._.roles"], requires=["doc._.mentions", "doc._.entities"])
class Roles:
    """Sets `doc._.roles` from the mentions and entities of a Doc."""

    def __init__(self, nlp: Language, name: str) -> None:
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
            elif p.sort == "description" and p.kind in ("person", "group"):
                finder.description(m, p)
                finder.made(m, p)
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
        entities: tuple[int, ...] = self.doc._.mentions[m].entities if m >= 0 else ()
        return entities[0] if len(entities) == 1 else None

    def _add(self, m: int, start: int, end: int, of: int | None) -> None:
        """Note that the entity of mention m holds the role at `[start, end)`."""
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
        tokens = self.tokens
        while start < end and tokens.lower[start].rstrip(".") in self.lexicon.courtesy:
            start += 1
        text = tokens.text(start, end)
        i = start - 1
        m = self.reading.at[i] if i >= 0 else -1
        if m >= 0 and self.reading.profiles[m].sort == "name":
            i = self.reading.profiles[m].start - 1
        if (
            text
            and 0 <= i < start - 1
            and tokens.lower[i] in self.lexicon.past
            and tokens.sents[i] == tokens.sents[start]
        ):
            return f"{tokens.words[i]} {text}"
        return text

    def title(self, m: int, p: Profile) -> None:
        """A title before a name: "Greek Deputy Foreign Minister Dimitris Dollis"."""
        assert p.title is not None
        start, end = p.title
        last = self.tokens.lower[end - 1].rstrip(".")
        if last in self.lexicon.courtesy:
            return
        for begin, stop in self._parts(start, end):
            last = self.tokens.lower[stop - 1].rstrip(".")
            if last in self.lexicon.plain:
                continue
            of = self._before(begin, last)
            if of is None:
                of = self._owner(p.head, last)
            if of is None:
                of = self._owner(stop - 1, last)
            if of is None:
                of = self._behind(p.head)
            self._add(m, begin, stop, of if of is not None else self._inferred(m, last, begin, stop))

    def _parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The titles that are coordinated before a name: "First Gentleman and former President", each by itself."""
        tokens = self.tokens
        lex = self.lexicon
        cuts = [
            i
            for i in range(start + 1, end - 1)
            if tokens.lower[i] in ("and", ",", "&") and tokens.lower[i - 1] in lex.roles
        ]
        bounds = [start, *(i + 1 for i in cuts)]
        stops = [*cuts, end]
        parts = [(b, e) for b, e in zip(bounds, stops, strict=True) if b < e]
        parts = [piece for begin, stop in parts for piece in self._ranked(begin, stop)]
        i = parts[0][0] - 1
        if i > 0 and tokens.lower[i] == "and" and tokens.lower[i - 1] in self.lexicon.roles:
            begin = i - 1
            while (
                begin > 0
                and tokens.tags[begin - 1] in ("NN", "NNP", "JJ", "VBN")
                and self.reading.at[begin - 1] in (-1, self.reading.at[i - 1])
            ):
                begin -= 1
            parts.insert(0, (begin, i))
        return parts

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

    def _ranked(self, start: int, end: int) -> list[tuple[int, int]]:
        """An office and the rank or address behind it: "former ruler General", "regional commander Col."."""
        lex, lower = self.lexicon, self.tokens.lower
        for i in range(start + 1, end):
            addressed = lower[i].rstrip(".") in lex.ranks or lower[i].rstrip(".") in lex.courtesy
            if addressed and lower[i - 1] in lex.offices | lex.posts and lower[i - 1] not in _GENERALS:
                return [(start, i), (i, end)]
        return [(start, end)]

    def description(self, m: int, p: Profile) -> None:
        """An apposition or predicate that names an office: "Ismail Haniyeh, chairman of Hamas"."""
        if p.lemma not in self.lexicon.roles:
            return
        if m in self.reading.stated:
            self._state(m, m, p)

    def _state(self, person: int, m: int, p: Profile) -> None:
        start = self._start(p)
        of = self._before(start, p.lemma)
        if of is None:
            of = self._behind(p.head)
        if of is None:
            of = self._owner(p.head, p.lemma)
        self._add(person, start, p.head + 1, of if of is not None else self._inferred(m, p.lemma, start, p.head + 1))

    def made(self, m: int, p: Profile) -> None:
        """What somebody is made, leaves or serves as: "elected Ahmad Vahidi as minister", "resigns as mayor"."""
        tokens = self.tokens
        if p.lemma not in self.lexicon.roles:
            return
        verb = tokens.heads[p.head]
        if tokens.deps[p.head] == "pobj" and tokens.lower[verb] == "as":
            verb = tokens.heads[verb]
            if tokens.deps[verb] == "prep":
                return
        elif tokens.deps[p.head] != "oprd":
            return
        named = [k for k in tokens.kids[verb] if tokens.deps[k] == "dobj" and k < p.head and self._person_at(k)]
        if not named:
            named = [k for k in tokens.kids[verb] if tokens.deps[k] in ("nsubj", "nsubjpass") and self._person_at(k)]
        if not named and tokens.deps[verb] in ("acl", "xcomp", "conj", "advcl"):
            above = tokens.heads[verb]
            named = (
                [above]
                if self._person_at(above)
                else [k for k in tokens.kids[above] if tokens.deps[k] == "nsubj" and self._person_at(k)]
            )
        for k in named:
            for head in tokens.conjuncts(k):
                if self._person_at(head):
                    self._state(self._mention(head), m, p)

    def _mention(self, token: int) -> int:
        m = self.reading.headed[token]
        return m if m >= 0 else self.reading.at[token]

    def _person_at(self, token: int) -> bool:
        m = self._mention(token)
        entity = self._entity(m) if m >= 0 else None
        return entity is not None and self.doc._.entities[entity].kind == "person" and self._has_name(entity)

    def _has_name(self, entity: int) -> bool:
        return any(self.reading.profiles[i].sort == "name" for i in self.doc._.entities[entity].mentions)

    def _start(self, p: Profile) -> int:
        """Where the words of the role begin: behind the last name, possessor or determiner of the noun phrase."""
        start = p.start
        for i in range(p.start, p.head):
            m = self.reading.at[i]
            q = self.reading.profiles[m] if m >= 0 else p
            inside = q.sort == "name" and (q.label != "NORP" or q.form is not None)
            aged = self.tokens.lower[i] == "old" and i > p.start and self.tokens.words[i - 1] == "-"
            if inside or aged or self.tokens.tags[i] in ("POS", "DT", "CD", "HYPH", "PRP$"):
                start = i + 1
        return start

    def _before(self, start: int, last: str = "") -> int | None:
        """The body or country named right before the role's words."""
        tokens = self.tokens
        i = start - 1
        possessive = i >= 0 and tokens.words[i] in ("'s", "’s", "'", "’")
        bracket = i >= 2 and tokens.words[i] == ")" and tokens.words[i - 2] == "("
        if possessive or bracket:
            i -= 1
        if i < 0 or tokens.sents[i] != tokens.sents[start]:
            return None
        m = self.reading.at[i]
        if m < 0:
            return None
        p = self.reading.profiles[m]
        if p.sort == "name" and p.end == i + 1 and (p.label in ("GPE", "ORG", "LOC") or (p.label == "NORP" and p.form)):
            if p.label == "NORP" and last in self.lexicon.occupations:
                return None
            return self._entity(m)
        return None

    def _mentioned(self, word: str) -> int | None:
        """The entity of the report's first description with the noun `word`, if that is a body: "police", "rebel"."""
        if word not in self.lexicon.org_nouns and word not in self.lexicon.persons:
            return None
        for m, p in enumerate(self.reading.profiles):
            if p.sort == "description" and p.lemma == word and p.kind in ("organization", "group", "country"):
                return self._entity(m)
        return None

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
        return self._next(head)

    def _next(self, head: int) -> int | None:
        """What "of" right behind the role's words names, wherever the parser hung it."""
        tokens = self.tokens
        i = head + 2
        if i >= len(tokens) or tokens.lower[head + 1] != "of":
            return None
        while i < len(tokens) - 1 and tokens.tags[i] in ("DT", "PRP$"):
            i += 1
        m = self.reading.at[i]
        entity = self._entity(m) if m >= 0 and self.reading.profiles[m].sort != "pronoun" else None
        return entity if entity is not None and self._body(entity) else None

    def _body(self, e: int) -> bool:
        """Whether one can hold an office of entity e: a body, a land, a group, or anything with a name."""
        entity = self.doc._.entities[e]
        named = any(self.reading.profiles[i].sort == "name" for i in entity.mentions)
        return entity.kind in ("organization", "country", "group") or named

    def _owner(self, head: int, last: str = "") -> int | None:
        for kid in self.tokens.kids[head]:
            if self.tokens.deps[kid] == "poss" and kid < head:
                m = self.reading.headed[kid] if self.reading.headed[kid] >= 0 else self.reading.at[kid]
                entity = self._entity(m)
                if entity is None:
                    continue
                kind = self.doc._.entities[entity].kind
                if kind in ("organization", "country") or (last not in self.lexicon.offices and self._body(entity)):
                    return entity
        return None

    def _inferred(self, m: int, last: str, start: int, end: int) -> int | None:
        """What an office can only be of by its own words: the body of a "police spokesman", the country of a minister
        or an "army chief".
        """
        inner = [self.tokens.lower[i] for i in range(start, end - 1)]
        for word in inner:
            body = self._mentioned(word)
            if body is not None:
                return body
        if last not in self.lexicon.offices and not any(word in self.lexicon.state_words for word in inner):
            return None
        code = likeliest(self.reading, m)
        if code is None:
            return None
        lands = [
            e
            for e, entity in enumerate(self.doc._.entities)
            if entity.country == code and (entity.place or entity.kind == "country")
        ]
        states = [e for e in lands if self.doc._.entities[e].kind == "country"]
        return next(iter(states or lands), None)
