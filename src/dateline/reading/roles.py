"""The component that reads offices and occupations: who is what, of what."""

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.annotations import RoleHeld, register
from dateline.reading.contexts import Contexts
from dateline.reading.lexicon import table
from dateline.reading.offices import portfolio
from dateline.reading.profiles import Profile, reading_of
from dateline.reading.titles import is_role

#: Office words that "General" or "Major" completes: "Attorney General".
_GENERALS = frozenset({"attorney", "secretary", "governor", "director", "consul", "inspector", "prosecutor"})
_STATED = table("titles.toml")["stated"]
_NO_ROLES = frozenset(_STATED["no_roles"])


@Language.factory("dateline_roles", assigns=["doc._.roles"], requires=["doc._.mentions", "doc._.entities"])
class Roles:
    """Sets `doc._.roles` from the mentions and entities of a Doc. A place whose office somebody holds is from then on
    an organization: one is mayor of the city as a body.
    """

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
        finder.infer()
        finder.inherit()
        doc._.roles = tuple(finder.found.values())
        held = {role.of for role in doc._.roles}
        doc._.entities = tuple(
            msgspec.structs.replace(entity, kind="organization") if e in held and entity.kind is None else entity
            for e, entity in enumerate(doc._.entities)
        )
        return doc


class _Finder(Contexts):
    """Finds what titles, appositions and predicates tell."""

    def _add(self, m: int, start: int, end: int, of: int | None, *, state: bool = True) -> None:
        """Note that the entity of mention m holds the role at `[start, end)`; `state` allows to infer its country."""
        person = self.entity(m)
        if person is None or self.kind(person) != "person" or of == person or not self.named(person):
            return
        words = self._role(start, end)
        key = (person, end)
        if not words or _NO_ROLES & {words.casefold(), " ".join(words.casefold().split()[-2:])}:
            return
        if any(k[0] == person and old.start < end and start < old.end for k, old in self.found.items()):
            return
        for other, old in list(self.found.items()):
            if other[0] == person and old.role.casefold() == words.casefold():
                if of is None or old.of == of:
                    return
                if old.of is None:
                    del self.found[other]
                    self.open.pop(other, None)
        self.found[key] = RoleHeld(person=person, role=words, of=of, start=start, end=end)
        if of is None and state:
            self.open[key] = m

    def _role(self, start: int, end: int) -> str:
        """The role as written, without forms of address."""
        tokens = self.tokens
        while start < end and tokens.lower[start].rstrip(".") in self.lexicon.courtesy:
            start += 1
        text = tokens.text(start, end)
        if text and tokens.tags[end - 1] in ("NNS", "NNPS") and tokens.lower[end - 1] != tokens.lemmas[end - 1].lower():
            text = " ".join((*text.split()[:-1], tokens.lemmas[end - 1]))
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

    # Titles before names

    def title(self, m: int, p: Profile) -> None:
        """A title before a name: "Greek Deputy Foreign Minister Dimitris Dollis"."""
        assert p.title is not None
        start, end = p.title
        if self.tokens.lower[end - 1].rstrip(".") in self.lexicon.courtesy:
            self.distant(m, p, start)
            return
        parts = self._parts(start, end)
        for begin, stop in parts:
            last = self.last(stop)
            if last in self.lexicon.plain:
                continue
            of = self.before(begin, last)
            if of is None and (stop == end or last in self.lexicon.posts):
                of = self._after_name(p, last)
            if of is None and begin == start:
                of = self.owner(p.head, last)
            if of is None and begin == start:
                of = self.owner(stop - 1, last)
            if of is None:
                of = self.body_of(begin, stop - 1)
            if of is None and last in self.lexicon.posts:
                of = self._among(begin, last)
            for bearer in self._bearers(m, p, last):
                self._add(bearer, begin, stop, of)
        self.distant(m, p, start)

    def _among(self, start: int, last: str) -> int | None:
        """The body of the people that a title's bearer is one of: "officials of the Court, including Prosecutor X"."""
        tokens = self.tokens
        i = start - 1
        if i < 2 or tokens.lower[i] != "including":
            return None
        while i > tokens.starts[tokens.sents[start]]:
            i -= 1
            m = self.reading.headed[i]
            p = self.reading.profiles[m] if m >= 0 else None
            if p is not None and p.sort == "description" and p.kind == "group":
                of = self.before(self.start(p), last)
                return of if of is not None else self.behind(i, last)
        return None

    def _bearers(self, m: int, p: Profile, last: str) -> list[int]:
        """The mentions that a title is before: one, or all that are coordinated where it is a plural."""
        if self.tokens.tags[p.title[1] - 1 if p.title else p.head] not in ("NNS", "NNPS"):
            return [m]
        return [self.mention(i) for i in self.tokens.conjuncts(p.head) if self.person_at(i)] or [m]

    def _after_name(self, p: Profile, last: str) -> int | None:
        """What stands behind the name: "President Jorge Paz of Peru"; a state's office is not of a party."""
        of = self.behind(p.end - 1, last)
        if of is None:
            of = self.behind(p.head, last)
        if of is not None and last in self.lexicon.offices | self.lexicon.clergy and self.kind(of) == "organization":
            name = self.doc._.entities[of].name.casefold()
            if "party" in name or "congress" in name or "front" in name:
                return None
        return of

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
            parts.insert(0, (self._leftmost(i - 1), i))
        return parts

    def _leftmost(self, last: int) -> int:
        """The first token of the role whose last one is `last`: its adjectives and nouns, no names."""
        tokens, at = self.tokens, self.reading.at
        start = last
        sent = tokens.starts[tokens.sents[last]]
        while start > sent and tokens.tags[start - 1] in ("NN", "NNP", "JJ", "HYPH", "VBN", "RB", "VBG", "AFX"):
            m = at[start - 1]
            named = m >= 0 and self.reading.profiles[m].sort == "name" and m != at[last]
            if named or tokens.deps[start - 1] == "ROOT" or tokens.lower[start - 1] == "old":
                break
            start -= 1
        while start < last and tokens.words[start] == "-":
            start += 1
        return start

    def _ranked(self, start: int, end: int) -> list[tuple[int, int]]:
        """An office and the rank or address behind it: "former ruler General", "regional commander Col."."""
        lex, lower = self.lexicon, self.tokens.lower
        for i in range(start + 1, end):
            addressed = lower[i].rstrip(".") in lex.ranks | _NO_ROLES | lex.courtesy.keys()
            if addressed and lower[i - 1] in lex.offices | lex.posts and lower[i - 1] not in _GENERALS:
                return [(start, i), (i, end)]
        return [(start, end)]

    def distant(self, m: int, p: Profile, start: int | None = None) -> None:
        """Titles with "of …" before the name: "former President of Bosnia Ejup Ganić", "Secretary of State Soler"."""
        tokens = self.tokens
        begin = p.start if start is None else start
        i = begin - 1
        sent = tokens.starts[tokens.sents[begin]]
        while i > sent and begin - i < 14 and self._runs(i):
            other = self.reading.at[i]
            if other >= 0 and other != m and self.reading.profiles[other].label == "PERSON":
                return
            role = i - 1
            if tokens.lower[i] in ("of", "for") and is_role(tokens.lower[role]):
                end = portfolio(self.reading, i)
                last = tokens.lower[role]
                first = self._leftmost(role)
                of = self.behind(role, last)
                if of is None:
                    of = self.before(first, last)
                stop = end if end > i else role + 1
                if end <= begin and self.entity(m) is not None and of != self.entity(m):
                    self._add(m, first, stop, of)
                i = first
            i -= 1

    def _runs(self, i: int) -> bool:
        """Whether token i can stand between an office and the name of who holds it."""
        tokens = self.tokens
        if tokens.lower[i] in ("the", "and", "of", "for", "-", "'s", "in") or tokens.capitalized(i):
            return True
        return tokens.tags[i] in ("NN", "NNS", "JJ") and self.reading.at[i] >= 0

    # Appositions and predicates

    def description(self, m: int, p: Profile) -> None:
        """An apposition or predicate that names an office: "Ismail Haniyeh, chairman of Hamas"."""
        if not is_role(p.lemma):
            return
        if p.kind == "group":
            for bearer in self.several(p):
                self._state(bearer, m, p)
        elif m in self.reading.stated:
            self._state(m, m, p)

    def _state(self, person: int, m: int, p: Profile) -> None:
        start = self.start(p)
        of = self.before(start, p.lemma)
        if of is None and p.kind == "group":
            own = self.reading.profiles[person]
            of = self.behind(own.head, p.lemma)
        if of is None:
            of = self.behind(p.head, p.lemma)
        if of is None:
            of = self.owner(p.head, p.lemma)
        if of is None:
            of = self._inside(p, start)
        if of is None:
            of = self.body_of(start, p.head)
        self._add(person, start, p.head + 1, of, state=p.kind != "group")

    def _inside(self, p: Profile, start: int) -> int | None:
        """The body among the words of the role: the BBC of "the BBC's Tokyo correspondent"."""
        for i in range(p.start, start):
            m = self.reading.at[i]
            q = self.reading.profiles[m] if m >= 0 else p
            if q.sort == "name" and q.label == "ORG":
                return self.entity(m)
        return None

    def made(self, m: int, p: Profile) -> None:
        """What somebody is made, leaves or serves as: "elected Ahmad Vahidi as minister", "resigns as mayor"."""
        if not is_role(p.lemma):
            return
        for k in self.made_by(p):
            for head in self.tokens.conjuncts(k):
                if self.person_at(head):
                    self._state(self.mention(head), m, p)
