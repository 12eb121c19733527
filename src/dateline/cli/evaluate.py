"""`dateline evaluate`: how well reports are coded, by gold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from dateline.cli.common import json_option, plain_errors, print_json, show_table

if TYPE_CHECKING:
    from dateline.evaluation import Figures, Mistake, Share


@click.command("evaluate")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False))
@click.argument("predicted", type=click.Path(exists=True, dir_okay=False), required=False)
@json_option
@click.option("--coder", metavar="NAME", help="The coder, where texts are coded here and now.")
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Show the first N mistakes.")
def command(gold: str, predicted: str | None, as_json: bool, coder: str | None, errors: int) -> None:
    """Compare coded reports with what a careful reader found.

    GOLD has gold reports, PREDICTED coded reports as `dateline code --to jsonl` prints them; both are JSON lines.
    Without PREDICTED the texts of GOLD are coded here and now.
    """
    from dateline import evaluation

    with plain_errors():
        reports = evaluation.read_gold(gold)
        if predicted is None:
            from dateline.coder import Coder

            codes = Coder(engine=coder) if coder else Coder()
            predictions = evaluation.predictions_of(coded for _, coded in codes.code_all(r.report() for r in reports))
        else:
            predictions = evaluation.read_predictions(predicted)
    figures, mistakes = evaluation.evaluate(reports, predictions)
    shown = mistakes[:errors]
    if as_json:
        listed = [{"report": m.report, "event": m.event, "type": m.type, "what": m.what} for m in shown]
        print_json(figures.as_dict() | ({"errors": listed} if errors else {}))
    else:
        _show(figures, shown)


def _show(figures: Figures, mistakes: Sequence[Mistake]) -> None:
    heads = ["precision", "recall", "F1", "right", "predicted", "gold"]
    show_table("Figures", ["", *heads], [_row(name, share) for name, share in figures.shares().items()])
    show_table("Events by type", ["", *heads], [_row(name, share) for name, share in figures.by_type.items()])
    fields = [[name.replace("_", " "), f"{right:.3f}"] for name, right in figures.accuracy.items()]
    show_table("Fields of events that match", ["", "right"], fields)
    traps = figures.traps
    click.echo(
        f"\nHypothetical or negated events: {traps.gold} in gold, {traps.reported_as_real} reported as real, "
        f"{traps.seen_for_what_they_are} seen for what they are"
    )
    listed = [[m.report, m.event or "-", m.type, " ".join(m.what.split())] for m in mistakes]
    show_table("Mistakes", ["report", "event", "type", "what"], listed)


def _row(name: str, share: Share) -> list[str]:
    ratios = [f"{ratio:.3f}" for ratio in (share.precision, share.recall, share.f1)]
    return [name.replace("_", " "), *ratios, str(share.right), str(share.predicted), str(share.gold)]
