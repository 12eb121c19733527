"""The annotations that reading leaves on a Doc, and the extension attributes that hold them.

Token positions are indexes into the Doc; `Timex` alone counts characters, since it is made without a parse.

| attribute            | holds                     | written by                  |
|----------------------|---------------------------|-----------------------------|
| `doc._.published`    | `datetime.date` or None   | whoever makes the Doc       |
| `doc._.times`        | tuple of `Timex`          | `dateline_times`            |
| `doc._.mentions`     | tuple of `Mention`        | `dateline_mentions`         |
| `doc._.entities`     | tuple of `Entity`         | `dateline_mentions`, `dateline_coreference` |
| `doc._.roles`        | tuple of `RoleHeld`       | `dateline_roles`            |
| `doc._.kin`          | tuple of `KinOf`          | `dateline_kin`              |
| `doc._.places`       | tuple of `Place`          | `dateline_places`           |
| `doc._.quotes`       | tuple of `Quotation`      | `dateline_speech`           |
| `doc._.attributions` | tuple of `Attribution`    | `dateline_speech`           |
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec
from spacy.tokens import Doc

from dateline.record import ActorKind, Interval

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


class Timex(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression, TIMEX3: characters `[start, end)`, type, value and mod as the standard has them.

    `anchor` says what a relative value leaned on: "published", "story" (the time that the story had reached) or None
    for a value that needs nothing. `interval` is the value in days (None for durations, sets and vague references);
    `rule` names the rule that made it.
    """

    start: int
    end: int
    type: TimexType
    value: str
    mod: str | None = None
    anchor: Literal["published", "story"] | None = None
    interval: Interval | None = None
    rule: str = ""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens `[start, end)` that denote somebody or something; `head` is the syntactic head among them.

    `kind`: "name" (Vladimir Putin, Hamas), "description" (the Kremlin leader, two German engineers, protesters) or
    "pronoun". `entities` are indexes into `doc._.entities`: one, or several for a plural that sums up ("they",
    "the couple"); none where nothing could be resolved. For a name, `[start, end)` covers title and name but not
    determiner, apposition or relative clause; for a description, the noun phrase up to but without any of these.
    """

    start: int
    end: int
    head: int
    kind: Literal["name", "description", "pronoun"]
    entities: tuple[int, ...] = ()


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """Someone or something that mentions denote. `mentions` are indexes into `doc._.mentions`, in text order.

    `name` is the fullest the report gives (without titles and determiners; a description for the unnamed: "two German
    engineers"). `kind` is None for what is no actor (works, laws, things). `country` is ISO 3166-1 alpha-3: what a
    country is, what a city, a person or an organization belongs to as far as the report says. `place` is true where
    the name is of a place too (countries, cities).
    """

    name: str
    kind: ActorKind | None
    mentions: tuple[int, ...]
    country: str | None = None
    place: bool = False
    gender: Literal["f", "m"] | None = None
    plural: bool = False


class RoleHeld(msgspec.Struct, frozen=True, kw_only=True):
    """Entity `person` is `role` of entity `of`; evidence is the tokens `[start, end)` of the role's words."""

    person: int
    role: str
    of: int | None
    start: int
    end: int


class KinOf(msgspec.Struct, frozen=True, kw_only=True):
    """Entity `person` is the `relation` of entity `of`; evidence is the tokens `[start, end)`."""

    person: int
    relation: str
    of: int
    start: int
    end: int


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens `[start, end)` that name a place, as the report writes it; `head` its syntactic head."""

    start: int
    end: int
    head: int
    name: str
    kind: Literal["country", "region", "city", "feature", "facility"]
    country: str | None = None


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """Direct speech: characters `[start, end)` between the marks; `cue` and `source` are tokens (the verb, and the
    head of the noun phrase or pronoun of who speaks), None where the report leaves them out. `source` may stand in
    an earlier sentence when a quote goes on.
    """

    start: int
    end: int
    cue: int | None = None
    source: int | None = None


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens `[start, end)` told on somebody's word: `source` heads the one who says, `cue` is the word that says so.

    `kind`: "direct" (inside quotation marks), "indirect" ("said that …"), "according" ("according to …").
    Attributions may nest (who says that who says); the inner one has the narrower range.
    """

    start: int
    end: int
    cue: int
    source: int | None
    kind: Literal["direct", "indirect", "according"]


def register() -> None:
    """Declare the extension attributes; safe to call again."""
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)
    for name in ("times", "mentions", "entities", "roles", "kin", "places", "quotes", "attributions"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())


def published_of(doc: Doc) -> dt.date | None:
    """The publication day that relative expressions of this Doc lean on."""
    day: dt.date | None = doc._.published
    return day


register()
