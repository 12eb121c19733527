"""What PETRARCH writes: date, source, target and code, then issues, ids and the outlets; tabs and no head line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.exports.columns import Cell, Column
from dateline.exports.profiles.dyads import code_of, day_of, dyads, outlets
from dateline.exports.profiles.profile import Profile
from dateline.exports.selection import Selection


class Petrarch(Profile):
    """Seven columns without a head; events without a code or a first day, which PETRARCH can't have, are left out."""

    about = "PETRARCH's output: date, source, target, CAMEO code, issues, ids, outlets; no head line"
    suffix = ".txt"
    head = False
    columns = (
        Column("date", "string", "the first day on which it can have happened, as yyyymmdd"),
        Column("source", "string", "country (alpha-3) and sector of who did it; --- for what is not known"),
        Column("target", "string", "country and sector of whom it was done to; --- for what is not known"),
        Column("code", "string", "the CAMEO code; its zeros in front count"),
        Column("issues", "string", "PLOVER's contexts, as CONTEXT,1 separated by semicolons"),
        Column("ids", "string", "the event's accounts, separated by semicolons"),
        Column("story_source", "string", "the outlets, separated by semicolons"),
    )

    def rows(self, events: Selection) -> Iterator[Sequence[Cell]]:
        """A row for each source and target."""
        for event, _, source, target in dyads(events):
            day = day_of(event)
            if day is not None:
                issues = ";".join(f"{context.upper()},1" for context in event.contexts)
                ids = ";".join(t.key for t in event.tellings)
                codes = (code_of(source), code_of(target), event.cameo)
                yield [day.strftime("%Y%m%d"), *codes, issues, ids, ";".join(outlets(event))]
