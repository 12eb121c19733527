"""What an office or occupation is of: the body, land or person that the words tie it to, or that the report leaves in
no doubt.
"""

from __future__ import annotations

from spacy.tokens import Doc

from dateline.reading.annotations import RoleHeld
from dateline.reading.countries import country_names
from dateline.reading.lexicon import lexicon, table
from dateline.reading.profiles import Profile, Reading
from dateline.reading.titles import AFFIXES

_OF = frozenset({"of", "for", "to", "at", "in", "from", "with"})
_JOINTS = frozenset({"of", "for", "and", "&", ",", "the"})
#: Labels of names of which one can hold an office.
_HELD = frozenset({"GPE", "ORG", "LOC", "FAC", "MISC"})
_MODIFYING = frozenset({"poss", "amod", "compound", "nmod", "npadvmod"})
_MARKS = frozenset({"'s", "’s", "'", "’"})
_PORTFOLIO_WORDS = frozenset(table("titles.toml")["offices"]["portfolio_words"])
#: Offices that are of a person: "Efraín's former deputy", "her lawyer".
_PERSONAL = frozenset(table("titles.toml")["offices"]["personal"])
#: Offices whose "to" and "for" tell where one is sent, not by whom.
_SENT = frozenset(table("titles.toml")["offices"]["sent"])


def portfolio(reading: Reading, i: int) -> int:
    """The token behind the portfolio that "of" or "for" at i opens ("of State for Defence", "for Foreign Affairs");
    `i` itself where none does.
    """
    tokens, end = reading.tokens, i
    while end < len(tokens) and tokens.lower[end] in _JOINTS | _PORTFOLIO_WORDS:
        end += 1
    while end > i and tokens.lower[end - 1] not in _PORTFOLIO_WORDS:
        end -= 1
    if tokens.lower[i] not in ("of", "for") or end >= len(tokens):
        return i
    m = reading.at[end]
    person = m >= 0 and reading.profiles[m].label == "PERSON"
    return i if tokens.tags[end].startswith("NN") and not person else end


class Offices:
    """Answers for one report; `doc` has its mentions linked."""

    def __init__(self, doc: Doc, reading: Reading) -> None:
        self.doc = doc
        self.reading = reading
        self.tokens = reading.tokens
        self.lexicon = lexicon()
        #: Roles by holder and the token behind the role, in the order found.
        self.found: dict[tuple[int, int], RoleHeld] = {}

    def entity(self, m: int) -> int | None:
        """The one entity of mention m, None where there is none or several."""
        entities: tuple[int, ...] = self.doc._.mentions[m].entities if m >= 0 else ()
        return entities[0] if len(entities) == 1 else None

    def mention(self, token: int) -> int:
        """The mention that the token heads, else the innermost around it; -1 for none."""
        m = self.reading.headed[token]
        return m if m >= 0 else self.reading.at[token]

    def last(self, end: int) -> str:
        """The noun of the role whose words end before token `end`: "president" also for "president-elect"."""
        lower = self.tokens.lower
        last = lower[end - 1].rstrip(".")
        if end >= 3 and self.tokens.words[end - 2] == "-":
            if last in AFFIXES:
                return lower[end - 3]
            joined = f"{lower[end - 3]}-{last}"
            return joined if joined in self.lexicon.roles else last
        return last

    def kind(self, entity: int) -> str | None:
        """The kind of an entity."""
        kind: str | None = self.doc._.entities[entity].kind
        return kind

    def named(self, entity: int) -> bool:
        """Whether a name denotes the entity somewhere in the report."""
        return any(self.reading.profiles[i].sort == "name" for i in self.doc._.entities[entity].mentions)

    def start(self, p: Profile) -> int:
        """Where the words of the role begin: behind the last name, possessor or determiner of the noun phrase."""
        start = p.start
        for i in range(p.start, p.head):
            m = self.reading.at[i]
            q = self.reading.profiles[m] if m >= 0 else p
            inside = q.sort == "name" and (q.label != "NORP" or q.form is not None)
            seat = inside and q.label == "GPE" and i > p.start and self.tokens.tags[i - 1] == "POS"
            aged = self.tokens.lower[i] == "old" and i > p.start and self.tokens.words[i - 1] == "-"
            if (inside and not seat) or aged or self.tokens.tags[i] in ("POS", "DT", "CD", "PRP$"):
                start = i + 1
        while start < p.head and self.tokens.words[start] == "-":
            start += 1
        return start

    def holdable(self, entity: int, last: str) -> bool:
        """Whether one can hold the office `last` of the entity: a body, a land, a group, a place; a person only where
        the office is a personal one.
        """
        kind = self.kind(entity)
        if kind == "person":
            return last in _PERSONAL and self.named(entity)
        return kind in ("organization", "country", "group") or self.named(entity)

    def before(self, start: int, last: str) -> int | None:
        """What is named right before the role's words: "Greek …", "Hamas …", "the BBC's …"."""
        tokens = self.tokens
        i = start - 1
        if i >= 2 and tokens.words[i] == ")" and tokens.words[i - 2] == "(":
            i -= 1
        if i >= 0 and tokens.words[i] in _MARKS:
            i -= 1
        if i >= 2 and tokens.lower[i] in ("led", "backed", "based") and tokens.words[i - 1] == "-":
            return None
        if i < 0 or tokens.sents[i] != tokens.sents[start]:
            return None
        m = self.reading.at[i]
        if m < 0:
            return None
        p = self.reading.profiles[m]
        if p.sort == "name" and p.end == i + 1:
            if p.label == "NORP" and p.form is None:
                return self._party(m, p, last)
            entity = self.entity(m)
            if entity is None or p.label not in ("GPE", "ORG", "LOC", "NORP", "MISC", "FAC"):
                return None
            if self.kind(entity) == "country" and self.calling(last):
                return None
            return entity if p.label != "MISC" or self.kind(entity) == "organization" else None
        return None

    def calling(self, last: str) -> bool:
        """Whether a role is an occupation: "a Greek lawyer" is a lawyer from Greece, not of Greece."""
        lex = self.lexicon
        return last in lex.occupations or last not in lex.roles

    def _party(self, m: int, p: Profile, last: str) -> int | None:
        """A party's candidates and lawmakers are of the party: "Republican candidate"."""
        return self.entity(m) if p.form is None and last in ("candidate", "nominee", "leader") else None

    def behind(self, head: int, last: str) -> int | None:
        """What "of", "for", "at" … behind the role's words name, wherever the parser hung it."""
        tokens = self.tokens
        end = portfolio(self.reading, head + 1) if head + 1 < len(tokens) else head + 1
        if end > head + 1:
            if end < len(tokens) - 1 and tokens.lower[end] in ("of", "in"):
                return self._next(end - 1, last)
            return None
        near = self._next(head, last)
        if near is not None:
            return near
        for kid in tokens.kids[head]:
            if kid > head and tokens.deps[kid] == "prep" and tokens.lower[kid] in _OF:
                if tokens.lower[kid] in ("to", "for", "in", "from") and last in _SENT:
                    continue
                for noun in tokens.kids[kid]:
                    if tokens.deps[noun] == "pobj":
                        entity = self._at(noun)
                        if entity is not None and self._held(entity, tokens.lower[kid], last):
                            return entity
        return None

    def _held(self, entity: int, preposition: str, last: str) -> bool:
        kind = self.kind(entity)
        if kind in ("organization", "country", "group"):
            return preposition != "in" or last not in self.lexicon.occupations
        return preposition in ("of", "for", "to") and self.holdable(entity, last)

    def _at(self, noun: int) -> int | None:
        """The body that the noun phrase of a token denotes, a name in apposition to it before the noun itself."""
        tokens = self.tokens
        for kid in tokens.kids[noun]:
            if tokens.deps[kid] == "appos" and kid > noun:
                m = self.mention(kid)
                entity = self.entity(m)
                if entity is not None and self.named(entity) and self.kind(entity) == "organization":
                    return entity
        entity = self.entity(self.reading.headed[noun])
        return entity if entity is not None else self.entity(self.reading.at[noun])

    def _next(self, head: int, last: str) -> int | None:
        """What "of" right behind the role's words names: the widest mention that begins there."""
        tokens = self.tokens
        if head + 2 >= len(tokens) or tokens.lower[head + 1] not in ("of", "for"):
            return None
        if last in _SENT and tokens.lower[head + 1] != "of":
            return None
        i = head + 2
        sent = tokens.sents[head]
        while i < len(tokens) - 1 and tokens.tags[i] in ("DT", "PRP$", "CD"):
            i += 1
        stop = i
        while stop < len(tokens) - 1 and tokens.sents[stop] == sent and stop - i < 9:
            m = self.reading.at[stop]
            p = self.reading.profiles[m] if m >= 0 else None
            if p is not None and p.sort == "name" and p.label in _HELD and p.start == stop:
                phrase = self.reading.headed[tokens.heads[p.head]]
                wide = self.reading.profiles[phrase] if phrase >= 0 else p
                inside = wide.sort == "description" and wide.start <= p.start and wide.end > p.end
                for entity in (self.entity(phrase), self.entity(m)) if inside else (self.entity(m),):
                    if entity is not None and self.holdable(entity, last):
                        return entity
                return None
            if p is not None and p.sort == "name" and p.label == "PERSON" and p.start <= stop:
                entity = self.entity(m)
                return entity if entity is not None and self.holdable(entity, last) else None
            if p is not None and p.sort == "description" and p.head == stop and tokens.deps[stop] != "poss":
                entity = self._at(stop)
                if entity is not None and self.holdable(entity, last):
                    return entity
                return self.owner(stop, last)
            if tokens.tags[stop][:2] not in ("JJ", "NN", "VB", "RB", "HY", "PO") or tokens.deps[stop] == "ROOT":
                break
            stop += 1
        return None

    def owner(self, head: int, last: str) -> int | None:
        """Whose the office is, by a possessor: "its leader", "the country's ruler", "Efraín's deputy"."""
        tokens = self.tokens
        for kid in tokens.kids[head]:
            if tokens.deps[kid] == "poss" and kid < head:
                return self._owned(kid, last)
        return None

    def _owned(self, kid: int, last: str) -> int | None:
        entity = self.entity(self.mention(kid))
        if entity is None:
            return None
        kind = self.kind(entity)
        if kind == "person" and last not in _PERSONAL:
            return self._state_of(entity, last)
        if kind in ("organization", "country") or (last not in self.lexicon.offices and self.holdable(entity, last)):
            return entity
        return entity if last in _PERSONAL else None

    def _state_of(self, person: int, last: str) -> int | None:
        """The state whose office the person holds: "his foreign minister" is of the state whose president he is."""
        if last not in self.lexicon.offices:
            return None
        return next(
            (
                r.of
                for r in self.found.values()
                if r.person == person and r.of is not None and self.kind(r.of) == "country"
            ),
            None,
        )

    def body_of(self, start: int, end: int) -> int | None:
        """The body that a noun inside the role's words names: the police of a "police spokesman"."""
        for i in range(start, end):
            word = self.tokens.lower[i]
            if word not in self.lexicon.org_nouns and word not in self.lexicon.persons:
                continue
            for m, p in enumerate(self.reading.profiles):
                if p.sort == "description" and p.lemma == word and p.kind in ("organization", "group", "country"):
                    return self.entity(m)
        return None

    def of_state(self, start: int, end: int, last: str) -> bool:
        """Whether the role's words make it an office of a state: "president", "army chief"."""
        inner = self.tokens.lower[start : end - 1]
        return last in self.lexicon.offices or any(word in self.lexicon.state_words for word in inner)

    def lands(self, m: int) -> list[int]:
        """The countries of the report that an office at mention m can be of, the likeliest first."""
        weights: dict[str, float] = {}
        here = self.tokens.sents[self.reading.profiles[m].head]
        for k, p in enumerate(self.reading.profiles):
            if p.sort != "name" or not p.code or (p.form is not None and p.form.kind == "organization" and not p.arm):
                continue
            weights[p.code] = weights.get(p.code, 0.0) + self._weight(k, m, p, here, first=not weights)
        ranked = sorted(weights, key=lambda code: -weights[code])
        return [e for code in ranked for e in self._country(code)]

    def region(self) -> int | None:
        """The one land within a country that the report names: what a "state senator" is of."""
        found = {
            e
            for p in self.reading.profiles
            if p.sort == "name" and p.label == "GPE" and p.form is not None and p.form.kind == "region"
            for e in [self.entity(self.mention(p.head))]
            if e is not None
        }
        return found.pop() if len(found) == 1 else None

    def _weight(self, k: int, m: int, p: Profile, here: int, *, first: bool) -> float:
        """How much the mention k of a country speaks for it, seen from the office at mention m in sentence `here`."""
        tokens = self.tokens
        weight = 3.0 if first else 1.0
        distance = here - tokens.sents[p.head]
        if distance == 0:
            weight += 2.0 if k < m else 0.5
        elif distance == 1:
            weight += 0.5
        if tokens.deps[p.head] in _MODIFYING and not self._governs(p):
            weight -= 0.5
        elif tokens.deps[p.head] in ("nsubj", "nsubjpass"):
            weight += 0.5
        return weight * 0.6 if distance < -2 else weight

    def _governs(self, p: Profile) -> bool:
        """Whether the country's name belongs to a body of the state: "Colombia's government"."""
        noun = self.tokens.lower[self.tokens.heads[p.head]]
        return p.arm or noun in self.lexicon.arms or noun in self.lexicon.bodies or noun in self.lexicon.offices

    def _country(self, code: str) -> list[int]:
        """The entity of the country itself, not of a city or a part of it."""
        entities = self.doc._.entities
        name = country_names()[code]
        return [
            e
            for e, x in enumerate(entities)
            if x.country == code
            and x.kind == "country"
            and any(
                (p.form is not None and p.form.name == name) or p.arm
                for p in (self.reading.profiles[i] for i in x.mentions)
            )
        ][:1]
