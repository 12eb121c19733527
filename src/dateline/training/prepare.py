"""From readings to what the network learns from: each text read by the pipeline, and the frames' say on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from spacy.language import Language

from dateline.coding.engine import FramesEngine
from dateline.coding.learned.pieces import Pieces
from dateline.coding.learned.sample import proposed_at, sample_of
from dateline.coding.status import status_of
from dateline.errors import DatelineError
from dateline.reading.pipeline import read
from dateline.training.fit import Prepared
from dateline.training.readings import Reading
from dateline.training.targets import targets_of, with_dates


def prepare(nlp: Language, pieces: Pieces, readings: Iterable[Reading]) -> Iterator[Prepared]:
    """The readings, prepared, in their order; one without words is left out.

    Raises DatelineError, naming the reading, for one that can't be read.
    """
    engine = FramesEngine()
    texts = ((r["text"], _day(r), r) for r in readings)
    for doc, reading in read(nlp, texts):
        if isinstance(doc, Exception):
            raise DatelineError(f"reading {reading['id']}: {type(doc).__name__}: {doc}")
        proposals = list(engine.propose(doc))
        frames = proposed_at(doc, proposals, [p.status or status_of(p.trigger, p.clause).status for p in proposals])
        sample = sample_of(doc, frames)
        targets, unsure = targets_of(doc, sample, frames, reading)
        targets = with_dates(doc, {p.trigger.i: p for p in proposals}, reading, targets)
        chunks = tuple(pieces.chunks(sample.words, sample.sentences)) if sample.words else ()
        if chunks:
            yield Prepared(reading["id"], sample, tuple(targets), tuple(sorted(unsure)), chunks)


def _day(reading: Reading) -> dt.date | None:
    published = reading.get("published")
    return dt.date.fromisoformat(published) if published else None
