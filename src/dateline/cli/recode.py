"""`dateline recode`: the reports of a book, coded again by this version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from dateline.cli.common import book_option, plain_errors
from dateline.cli.progress import Progress

if TYPE_CHECKING:
    from dateline.record import CodedReport
    from dateline.report import Report


@click.command("recode")
@click.option("--model", metavar="NAME", help="The spaCy pipeline to read with.")
@click.option(
    "--coder", "named", metavar="NAME", help="The coder: hybrid (the default), frames, learned, or a plug-in."
)
@book_option
def command(book: str, model: str | None, named: str | None) -> None:
    """Code the reports of a book again, those that another version, model or codebook coded last.

    Earlier codings are kept (`dateline why` shows them), ids lead to the accounts that tell of the same, and what was
    reviewed stays. Ended early, it goes on from there when it is called again.
    """
    from dateline.book import Book

    with plain_errors(), Book.open(book, create=False) as opened:
        from dateline.cli.code import coder_of

        coder = coder_of(model, named)
        with Progress() as progress:

            def said(_: object, error: Exception) -> None:
                progress.line(str(error))

            outdated = opened.to_code_again(coder.model)

            def counted() -> Iterator[tuple[Report, CodedReport]]:
                for pair in coder.code_all(outdated, on_error=said):
                    progress.step()
                    yield pair

            added = opened.add(counted(), again=True, model=coder.model)
    noun = "report" if added.again == 1 else "reports"
    click.echo(f"{added.again:,} {noun} of {book} coded again by {coder.model}")
