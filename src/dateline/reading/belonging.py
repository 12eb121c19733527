"""To which country an actor belongs: by its own words, its office, where it is, or what the report is about."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from spacy.tokens import Doc

from dateline.reading.annotations import Entity, Place, RoleHeld
from dateline.reading.candidates import candidates
from dateline.reading.countries import country_names
from dateline.reading.profiles import Profile, reading_of
from dateline.reading.sectors import Sectored
from dateline.reading.states import likeliest
from dateline.record import Sector

#: Prepositions behind a name or description that say where or of what it is ("a court in Nukus").
_WHERE = frozenset({"in", "of", "from", "throughout", "across", "at"})
#: Behind an office, these tell to whom somebody is sent, not by whom.
_SENT = frozenset({"to", "for"})
#: Bodies and people of a state, who without another word are those of the country that a report is about.
_OF_STATE: frozenset[Sector] = frozenset({"GOV", "MIL", "COP", "JUD", "LEG"})
#: How much more a report has to be about one country than about the next: about twice as much.
_MARGIN = 2.0
#: By how much (in powers of ten of its people) a place must be better known than its namesakes in other countries.
_KNOWN = 1.0
#: Tokens that may stand between an office and what it is told to be of ("Vietnam's new minister", "king of the Swazi").
_NEAR = 2


class Belonging(msgspec.Struct, frozen=True):
    """An actor's country (ISO 3166-1 alpha-3), the tokens `[start, end)` that tell it, and how they do; `told` is false
    where only the report's subject says so.
    """

    country: str
    words: tuple[tuple[int, int], ...]
    reason: str
    told: bool = True


def countries_of(doc: Doc, sectors: Mapping[int, Sectored]) -> dict[int, Belonging]:
    """The countries of the Doc's actors, by index into `doc._.entities`; those of none are left out."""
    finder = _Finder(doc, sectors)
    made = ((e, finder.find(e)) for e, entity in enumerate(doc._.entities) if entity.kind is not None)
    return {e: found for e, found in made if found is not None}


class _Finder:
    def __init__(self, doc: Doc, sectors: Mapping[int, Sectored]) -> None:
        self.doc = doc
        self.sectors = sectors
        self.reading = reading_of(doc)
        self.tokens = self.reading.tokens
        self.places: dict[int, Place] = {p.head: p for p in doc._.places}
        self.lands = {p.code for p in self.reading.profiles if p.code and p.sort == "name"}
        self.roles: dict[int, list[RoleHeld]] = {}
        for role in doc._.roles:
            self.roles.setdefault(role.person, []).append(role)

    def find(self, e: int) -> Belonging | None:
        entity = self.doc._.entities[e]
        own = [
            (m, self.reading.profiles[m])
            for m in entity.mentions
            if self.reading.profiles[m].sort != "pronoun" and self.doc._.mentions[m].entities == (e,)
        ]
        if entity.country is not None:
            telling = next((p for _, p in own if p.code == entity.country), own[0][1] if own else None)
            words = ((telling.start, telling.end),) if telling is not None else ()
            return Belonging(entity.country, words, "its own words" if entity.kind != "country" else "the country")
        found = self._office(e) if entity.kind == "person" else None
        if found is None and entity.kind != "person":
            found = next((b for _, p in own if (b := self._behind(p)) is not None), None)
        return found or self._subject(e, own)

    def _office(self, e: int) -> Belonging | None:
        """The one country of the bodies and lands that the roles of a person are of."""
        found: dict[str, Belonging] = {}
        for role in self.roles.get(e, ()):
            body = self.doc._.entities[role.of] if role.of is not None else None
            sent = role.end < len(self.tokens) and self.tokens.lower[role.end] in _SENT
            if body is None or body.country is None or sent:
                continue
            told = self._told(role, body)
            if told or len(self.lands) < 2:
                words, reason = ((role.start, role.end),), f"{role.role} of {body.name}"
                found.setdefault(body.country, Belonging(body.country, words, reason, told))
        return next(iter(found.values())) if len(found) == 1 else None

    def _told(self, role: RoleHeld, body: Entity) -> bool:
        """Whether the body of a role stands beside its words."""
        mentions = [self.doc._.mentions[m] for m in body.mentions]
        before, behind = range(role.start - _NEAR, role.start + 1), range(role.end, role.end + _NEAR + 1)
        return any(m.kind != "pronoun" and (m.end in before or m.start in behind) for m in mentions)

    def _behind(self, p: Profile) -> Belonging | None:
        """The country of a place that stands behind the head: "rebels in the Ivory Coast", "a court in Nukus"."""
        inside = range(p.start, p.end)
        preps = [kid for kid in self.tokens.kids[p.head] if self.tokens.deps[kid] == "prep"]
        for prep in preps:
            if self.tokens.lower[prep] not in _WHERE or (prep < p.head and prep not in inside):
                continue
            for noun in self.tokens.kids[prep]:
                place = self.places.get(noun)
                if place is not None and place.country is not None:
                    return Belonging(place.country, ((place.start, place.end),), f"behind it: {place.name}")
                m = self.reading.headed[noun]
                entities: tuple[int, ...] = self.doc._.mentions[m].entities if m >= 0 else ()
                land = self.doc._.entities[entities[0]] if len(entities) == 1 else None
                if land is not None and land.country is not None and (land.place or land.kind == "country"):
                    named = self.reading.profiles[m]
                    return Belonging(land.country, ((named.start, named.end),), f"behind it: {land.name}")
                if place is not None and (code := self._listed(place.name)) is not None:
                    return Belonging(
                        code, ((place.start, place.end),), f"behind it: {place.name}, by the list of places"
                    )
        return None

    def _listed(self, name: str) -> str | None:
        """The country of a place by the list of places: one that the report names, else where the place is far better
        known than its namesakes elsewhere.
        """
        found = [c for c in candidates(name) if c.country is not None]
        near = sorted({c.country for c in found if c.country in self.lands} - {None})
        if near:
            return near[0] if len(near) == 1 else None
        others = [c.weight for c in found if c.country != found[0].country]
        return found[0].country if found and found[0].weight >= _KNOWN + max(others, default=0.0) else None

    def _subject(self, e: int, own: list[tuple[int, Profile]]) -> Belonging | None:
        """The country that the report is about, for its courts, police, soldiers, ministers."""
        sectored = self.sectors.get(e)
        if sectored is None or sectored.codes[0] not in _OF_STATE or not own:
            return None
        if "IGO" in sectored.codes:
            return None
        if self.doc._.entities[e].kind == "person" and ("GOV" in sectored.codes or len(self.lands) > 1):
            return None  # ministers and envoys travel
        code = likeliest(self.reading, own[0][0], margin=_MARGIN)
        telling = next(
            (p for p in self.reading.profiles if p.code == code and p.sort == "name" and p.form is not None), None
        )
        if code is None or telling is None:
            return None
        words = ((telling.start, telling.end),)
        reason = f"of the country that the report is about: {country_names().get(code, code)}"
        return Belonging(code, words, reason, told=False)
