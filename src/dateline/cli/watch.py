"""`dateline watch`: look at feeds again and again, code what is new, keep it in a book."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.code import Tally, coder_of, summary, take
from dateline.cli.common import DEFAULT_BOOK, plain_errors
from dateline.cli.progress import Progress
from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.coder import Coder
    from dateline.sources import Options
    from dateline.sources.watching import Watched

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
#: Feeds change a few times an hour at most; who asks more often is a burden to their servers.
_SHORTEST = 60


def _seconds(_ctx: click.Context, _param: click.Parameter, value: str) -> float:
    """ "15m" as seconds."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", value.strip())
    if not found:
        raise click.BadParameter("write it as a number with s, m, h or d, as in 15m")
    seconds = float(found[1]) * _UNITS[found[2]]
    if not _SHORTEST <= seconds <= 30 * _UNITS["d"]:
        raise click.BadParameter("choose a pause between 1m and 30d")
    return seconds


@click.command("watch")
@click.argument("feeds", nargs=-1, required=True, metavar="FEED…")
@click.option(
    "--every", metavar="PAUSE", default="15m", show_default=True, callback=_seconds, help="Between two looks."
)
@click.option(
    "--book",
    type=click.Path(dir_okay=False),
    envvar="DATELINE_BOOK",
    default=DEFAULT_BOOK,
    show_default=True,
    help="Keep in this book.",
)
@click.option("--model", metavar="NAME", help="The spaCy pipeline to read with.")
@click.option("--rounds", type=click.IntRange(min=1), help="Look so many times at each feed, then end. [without end]")
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file that remembers what was seen, so that a new start asks only for what has changed.",
)
@click.option("--allow-private", is_flag=True, help="Fetch from addresses in private networks, too.")
def command(
    feeds: tuple[str, ...],
    every: float,
    book: str,
    model: str | None,
    rounds: int | None,
    state: Path | None,
    allow_private: bool,
) -> None:
    """Look at feeds again and again, code what is new, keep it in a book.

    FEED is the http(s) address of an RSS or Atom feed (or of a page, or JSON), or a file. A server is asked only for
    what has changed; while one is in trouble, the pauses grow. The book is open only while something is taken in.
    Ctrl-C ends the watch.
    """
    with plain_errors():
        try:
            watch(
                feeds,
                every,
                book,
                rounds=rounds,
                state=state,
                model=model,
                allow_private=allow_private,
                sleep=time.sleep,
            )
        except KeyboardInterrupt:
            click.echo("ended", err=True)


def watch(
    feeds: tuple[str, ...],
    every: float,
    book: str,
    *,
    rounds: int | None,
    state: Path | None,
    model: str | None,
    allow_private: bool,
    sleep: Callable[[float], None],
) -> None:
    """Look at each feed when it is due, `rounds` times at each (without end for None); `sleep` waits in between."""
    from dateline.sources import Options
    from dateline.sources.watching import Watched, load_marks, save_marks

    marks = load_marks(state) if state else {}
    watched = [Watched(where, every, marks.get(where)) for where in dict.fromkeys(feeds)]
    left = dict.fromkeys(watched, rounds)
    options = Options(allow_private=allow_private)
    coder: list[Coder] = []

    def make_coder() -> Coder:
        if not coder:
            coder.append(coder_of(model))
        return coder[0]

    now = 0.0
    while left:
        feed = min(left, key=lambda feed: feed.due)
        if feed.due > now:
            sleep(feed.due - now)
            now = feed.due
        began = time.monotonic()
        _look(feed, options, now, book, make_coder)
        now += time.monotonic() - began
        marks[feed.where] = feed.mark
        if state:
            save_marks(state, marks)
        rest = left[feed]
        if rest is not None:
            left[feed] = rest - 1
            if rest == 1:
                del left[feed]


def _look(feed: Watched, options: Options, now: float, book: str, make_coder: Callable[[], Coder]) -> None:
    """One look at a feed: what is new goes into the book, and a few lines say so.

    If the book can't be had now (somebody else writes), the feed is as unseen as before.
    """
    from dateline.sources.reader import reports_among

    before, added = feed.mark, None
    with Progress() as progress:
        tally = Tally(progress)
        # a feed is one document of bounded size: read whole, so that the book is opened only if there is something
        found = list(reports_among(feed.look(options, now), options, None, tally.fault))
        if found:
            try:
                added = take(lambda _: iter(found), tally, make_coder, None, book)
            except DatelineError as error:
                feed.mark = before
                tally.say(str(error))
    click.echo(f"{time.strftime('%Y-%m-%d %H:%M')} {feed.where}")
    for line in summary(tally, added, book):
        click.echo(f"  {line}")
