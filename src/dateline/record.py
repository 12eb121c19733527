"""What coding makes of a report: frozen, typed records with one JSON form.

The JSON form is what `dateline code --to jsonl` prints and what the scorers read; `schema()` describes it.
All offsets are Python character offsets into `Report.text`, end exclusive.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, NamedTuple

import msgspec

PloverType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["actual", "future", "hypothetical", "negated"]
ActorKind = Literal["person", "group", "organization", "country"]
CountName = Literal["killed", "injured", "abducted", "released", "detained", "participants"]
#: PLOVER's four categories of event types.
Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
#: PLOVER's contexts, in the order of its manual.
Context = Literal[
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
    "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn",
    "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
]  # fmt: skip
#: PLOVER's sector codes, those of its codes for what is no country that say what an actor is (IGO to IMG), and CAMEO's
#: HRI. What each means stands in `codebook/sectors.toml`.
Sector = Literal[
    "GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PTY", "OPP", "REB", "PRM", "UAF", "CRM", "CVL", "BUS", "LAB", "AGR",
    "MED", "EDU", "JRN", "REL", "REF", "ELI", "SOC", "HRI", "NGO", "IGO", "UNO", "EUR", "IMG",
]  # fmt: skip

#: The modes that PLOVER has for each type; a type that is absent has none.
MODES: dict[str, tuple[str, ...]] = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
        "misinformation", "cyber",
    ),
    "ASSAULT": (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
    ),
}  # fmt: skip


class Span(NamedTuple):
    """`[start, end)` in characters of a report's text."""

    start: int
    end: int


class Interval(NamedTuple):
    """Days from `earliest` to `latest`, both inclusive; None is an open end."""

    earliest: dt.date | None
    latest: dt.date | None


class Count(NamedTuple):
    """A number of people as told: from `low` to `high`, None where there is no upper end ("at least 23")."""

    low: int
    high: int | None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What one report tells of one event.

    `actor`, `recipient` and `said_by` are keys of `CodedReport.actors`. `evidence` has spans for each field that
    has a value; `because` says for each derived field, in words, how the value was reached. `quad` is PLOVER's category
    of the type, `cameo` the code that older data have for such an event and `intensity` its value on Goldstein's scale
    (-10 to 10), both None where CAMEO would not count it; `codebook/codes.toml` has all three. `contexts` are those
    that the sentences of the anchors tell.
    """

    id: str
    type: PloverType
    mode: str | None = None
    anchors: tuple[Span, ...]
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    when: Interval | None = None
    where: tuple[str, ...] = ()
    status: Status = "actual"
    said_by: str | None = None
    counts: dict[CountName, Count] = {}
    evidence: dict[str, tuple[Span, ...]] = {}
    because: dict[str, str] = {}
    quad: Quad | None = None
    cameo: str | None = None
    intensity: float | None = None
    contexts: tuple[Context, ...] = ()


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Direct speech: `span` is what stands between the quotation marks, `cue` the verb that introduces it."""

    span: Span
    speaker: str | None = None
    cue: Span | None = None


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """An office or occupation as the report states it."""

    person: str
    role: str
    of: str | None = None
    evidence: tuple[Span, ...] = ()


class Kinship(msgspec.Struct, frozen=True, kw_only=True):
    """`person` is the `relation` (mother, brother, fiance …) of `of`."""

    person: str
    relation: str
    of: str
    evidence: tuple[Span, ...] = ()


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a table of office holders, not the report, knows of an actor: on the report's day, `name` was `role` of
    `country` (ISO alpha-3).

    For somebody named, `name` is the table's spelling of that name; for a description ("the Russian president"), it is
    whom the words may mean. The table vouches for the days from `since` to `until`; None is an end that it does not
    know. `source` names the table's source.
    """

    name: str
    role: str
    country: str
    since: dt.date | None = None
    until: dt.date | None = None
    source: str


class ActorRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An actor of one report: its kind and every place that mentions it (pronouns included).

    `country` is an ISO 3166-1 alpha-3 code where the report ties the actor to a country (XKX for Kosovo), `sectors`
    what the actor is in society, the main one first. `evidence` and `because` are those of `country` and `sectors`.
    `known` comes from a table of office holders and is no statement of the report.
    """

    kind: ActorKind
    mentions: tuple[Span, ...] = ()
    country: str | None = None
    sectors: tuple[Sector, ...] = ()
    evidence: dict[str, tuple[Span, ...]] = {}
    because: dict[str, str] = {}
    known: tuple[Known, ...] = ()


class CodedReport(msgspec.Struct, frozen=True, kw_only=True):
    """All that coding took from one report; `id`, `published`, `source` and `title` are the report's own.

    `contexts` has each context of the report with the words that tell it.
    """

    id: str
    published: dt.date | None = None
    source: str | None = None
    title: str | None = None
    events: tuple[Account, ...] = ()
    quotes: tuple[Quote, ...] = ()
    roles: tuple[Role, ...] = ()
    kin: tuple[Kinship, ...] = ()
    actors: dict[str, ActorRecord] = {}
    contexts: dict[Context, tuple[Span, ...]] = {}

    def to_json(self) -> bytes:
        """One line of JSON, UTF-8, without the line break; the same record gives the same bytes."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, line: bytes | str) -> CodedReport:
        """The record that `to_json` wrote; raises msgspec.ValidationError for anything else."""
        return msgspec.json.decode(line, type=cls)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `CodedReport.to_json`."""
    return msgspec.json.schema(CodedReport)
