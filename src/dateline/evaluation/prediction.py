"""Predictions: the part of a coded report that is scored. Names are strings, as canonical as the system makes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from dateline.evaluation.lines import read_lines
from dateline.record import CodedReport


class PredictedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event as a system reports it; fields as in `dateline.record.Account`, days as ISO strings."""

    type: str
    mode: str | None = None
    anchors: tuple[tuple[int, int], ...]
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    when: tuple[str | None, str | None] | None = None
    where: tuple[str, ...] = ()
    status: str = "actual"
    said_by: str | None = None


class PredictedQuote(msgspec.Struct, frozen=True, kw_only=True):
    """Direct speech as a system reports it."""

    span: tuple[int, int]
    speaker: str | None = None


class PredictedRole(msgspec.Struct, frozen=True, kw_only=True):
    """A role as a system reports it."""

    person: str
    role: str
    of: str | None = None


class PredictedKinship(msgspec.Struct, frozen=True, kw_only=True):
    """Kinship as a system reports it."""

    person: str
    relation: str
    of: str | None = None


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """What a system reports of the report with this id."""

    id: str
    events: tuple[PredictedEvent, ...] = ()
    quotes: tuple[PredictedQuote, ...] = ()
    roles: tuple[PredictedRole, ...] = ()
    kin: tuple[PredictedKinship, ...] = ()


def read_predictions(path: str | Path) -> dict[str, Prediction]:
    """The predictions of a file of JSON lines by report; of two for one report the later counts. Raises InputError."""
    return {prediction.id: prediction for prediction in read_lines(path, Prediction)}


def predictions_of(coded: Iterable[CodedReport]) -> Mapping[str, Prediction]:
    """Coded reports as predictions, by report: what reading their JSON would give."""
    return {report.id: msgspec.json.decode(report.to_json(), type=Prediction) for report in coded}
