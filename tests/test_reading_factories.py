"""The components by name in anybody's own spaCy pipeline, found by entry point without an import of dateline."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

from dateline.reading.pipeline import DEFAULT_MODEL, load_pipeline

NAMES = [name for name in load_pipeline().pipe_names if name.startswith("dateline_")]

OWN_PIPELINE = f"""
import spacy
nlp = spacy.load("{DEFAULT_MODEL}")
nlp.add_pipe("dateline_layout", first=True)
for name in {[name for name in NAMES if name != "dateline_layout"]}:
    nlp.add_pipe(name)
doc = nlp("President Ana Soler met Jorge Paz on Monday. She thanked him.")
she = next(m for m in doc._.mentions if doc[m.start].text == "She")
print(*(doc._.entities[e].name for e in she.entities))
print(*(role.role for role in doc._.roles))
print(*(doc.text[t.start:t.end] for t in doc._.times))
"""

BLANK = """
import spacy
nlp = spacy.blank("en")
nlp.add_pipe("dateline_times")
print(*(doc.value for doc in nlp("It began on 3 May 2024.")._.times))
"""


def run(code: str, tmp_path: Path) -> list[str]:
    """What a fresh process prints, away from the checkout."""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_every_component_is_an_entry_point() -> None:
    registered = {point.name: point for point in entry_points(group="spacy_factories")}
    assert set(NAMES) == {name for name in registered if name.startswith("dateline_")}
    for name in NAMES:
        assert callable(registered[name].load())


def test_the_whole_reading_in_an_own_pipeline(tmp_path: Path) -> None:
    assert run(OWN_PIPELINE, tmp_path) == ["Ana Soler", "President", "Monday"]


def test_times_alone_in_a_blank_pipeline(tmp_path: Path) -> None:
    assert run(BLANK, tmp_path) == ["2024-05-03"]


def test_a_saved_pipeline_comes_back(tmp_path: Path) -> None:
    import spacy

    load_pipeline().to_disk(tmp_path / "reader")
    doc = spacy.load(tmp_path / "reader")("Ana Soler was freed. She thanked the medics.")
    assert [entity.name for entity in doc._.entities if entity.kind == "person"] == ["Ana Soler"]


def test_mentions_need_a_parse() -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_mentions")
    assert "token.dep" in nlp.analyze_pipes()["problems"]["dateline_mentions"]
