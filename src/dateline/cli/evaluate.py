"""`dateline evaluate`: how well reports are coded, by gold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.evaluation import Figures, Mistake


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, allow_dash=False))
@click.argument("predicted", type=click.Path(exists=True, dir_okay=False, allow_dash=False), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Show the first N mistakes.")
def evaluate(gold: str, predicted: str | None, as_json: bool, errors: int) -> None:
    """Compare coded reports with what a careful reader found.

    GOLD has gold reports, PREDICTED coded reports as `dateline code --to jsonl` prints them; both are JSON lines.
    Without PREDICTED the texts of GOLD are coded here and now.
    """
    from dateline import evaluation

    try:
        reports = evaluation.read_gold(gold)
        if predicted is None:
            from dateline.coder import Coder

            predictions = evaluation.predictions_of(coded for _, coded in Coder().code_all(r.report() for r in reports))
        else:
            predictions = evaluation.read_predictions(predicted)
    except DatelineError as error:
        raise click.ClickException(str(error)) from None
    figures, mistakes = evaluation.evaluate(reports, predictions)
    if as_json:
        shown = [{"report": m.report, "event": m.event, "type": m.type, "what": m.what} for m in mistakes[:errors]]
        click.echo(json.dumps(figures.as_dict() | ({"errors": shown} if errors else {}), indent=1, ensure_ascii=False))
    else:
        _print(figures, mistakes[:errors])


def _print(figures: Figures, mistakes: Sequence[Mistake]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    table = Table("figure", box=box.SIMPLE_HEAD)
    for title in ("precision", "recall", "F1", "right", "predicted", "gold"):
        table.add_column(title, justify="right")
    for shares in (figures.shares(), figures.by_type):
        for name, share in shares.items():
            ratios = (f"{ratio:.3f}" for ratio in (share.precision, share.recall, share.f1))
            table.add_row(name.replace("_", " "), *ratios, str(share.right), str(share.predicted), str(share.gold))
        table.add_section()
    console.print(table)
    fields = Table("field of matched events", box=box.SIMPLE_HEAD)
    fields.add_column("right", justify="right")
    for field, share_right in figures.accuracy.items():
        fields.add_row(field.replace("_", " "), f"{share_right:.3f}")
    console.print(fields)
    traps = figures.traps
    console.print(
        f"Hypothetical or negated events: {traps.gold} in gold, {traps.reported_as_real} reported as real, "
        f"{traps.seen_for_what_they_are} seen for what they are",
        soft_wrap=True,
    )
    for mistake in mistakes:
        line = f"{mistake.report} {mistake.event or '-'} {mistake.type}: {mistake.what}"
        console.print(" ".join(line.split()), soft_wrap=True, markup=False)
