"""`dateline train`: a model of the learned coder from careful readings."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.cli.common import plain_errors


@click.command("train")
@click.argument("readings", type=click.Path(exists=True, dir_okay=False, path_type=Path), nargs=-1, required=True)
@click.option(
    "--base",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build/base-model"),
    show_default=True,
    help="Folder of the encoder to begin from (tools/base_model.py fetches it).",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the model.")
@click.option("--epochs", type=click.IntRange(1, 100), default=7, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option("--all", "use_all", is_flag=True, help="Keep no reading apart; the bars stay at a half.")
def command(readings: tuple[Path, ...], base: Path, out: Path, epochs: int, seed: int, use_all: bool) -> None:
    """Teach the learned coder from READINGS (JSON lines with texts, as in training/ and of reviewed accounts).

    Needs the extra: pip install 'dateline[train]'. On two cores an hour or less for a thousand reports. Use the model
    with the environment variable DATELINE_MODEL=OUT.
    """
    from dateline.errors import DatelineError

    with plain_errors():
        try:
            from dateline.training.learn import learn
        except ImportError as error:
            raise DatelineError(f"training needs the extra: pip install 'dateline[train]' ({error})") from error
        from dateline.training.readings import read_readings

        card = learn(
            list(read_readings(readings, {})), base, out, epochs=epochs, seed=seed, keep_apart=not use_all, tell=_tell
        )
    click.echo(f"{out}: learned from {card.readings} texts; bars {card.trigger_bar:.2f} and {card.part_bar:.2f}")


def _tell(line: str) -> None:
    click.echo(line, err=True)
