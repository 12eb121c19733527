"""What tests share: the language model, the pipeline and the coder, loaded once a session and only if asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc

    from dateline.coder import Coder

# The same examples in every run: a test that passes here passes there.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def beside() -> Path:
    """The folder of larger data beside the checkout; tests that need it are skipped where it is not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the data folder ../shared is not there")
    return folder


@pytest.fixture(scope="session")
def model() -> Language:
    """The bare spaCy model, without dateline's components."""
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    from dateline.reading.pipeline import DEFAULT_MODEL

    set_current_ops(NumpyOps(use_blis=False))
    return spacy.load(DEFAULT_MODEL)


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that reads: the model with dateline's components."""
    from dateline.reading.pipeline import load_pipeline

    return load_pipeline()


@pytest.fixture(scope="session")
def parser(nlp: Language) -> Callable[[str], Doc]:
    """The Doc of a text as the pipeline reads it."""
    return nlp


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The default coder."""
    from dateline.coder import Coder

    return Coder()


@pytest.fixture(scope="session")
def frames_coder() -> Coder:
    """The frames alone: what the codebook's examples are examples of."""
    from dateline.coder import Coder

    return Coder(engine="frames")
