"""When events were: what their own words, the words between clauses and the story say; the codebook's examples."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files

import pytest

from dateline import Coder, Report
from dateline.reading.times.intervals import days_of
from dateline.record import Account

ORDERS = tomllib.loads((files("dateline.codebook") / "orders.toml").read_text(encoding="utf-8"))
PUBLISHED = dt.date(2025, 4, 17)


def telling(frames_coder: Coder, text: str, word: str, published: dt.date = PUBLISHED) -> Account:
    """The account that one of the words of `text` tells."""
    coded = frames_coder.code(Report(id="r", text=text, published=published))
    start = text.index(word)
    found = [e for e in coded.events for a in e.anchors if a.start <= start < a.end]
    assert found, f"{word!r} tells no event in {text!r}"
    return found[0]


def edtf_like(account: Account) -> str:
    """ "2024-05-01/2024-05-31"; one day as itself, an open end as nothing."""
    assert account.when is not None
    first, last = account.when
    ends = ["" if d is None else d.isoformat() for d in (first, last)]
    return ends[0] if first == last else "/".join(ends)


@pytest.mark.parametrize("example", ORDERS["example"], ids=lambda e: f"{e['word']}: {e['text'][:40]}")
def test_orders_examples(frames_coder: Coder, example: dict[str, str]) -> None:
    expected = days_of(example["when"])
    account = telling(frames_coder, example["text"], example["word"])
    assert account.when == expected if expected else edtf_like(account) == example["when"]


# (text, the word that tells the event, its days); published on Thursday 2025-04-17
STORY = [
    # an act of speech without a day answers the news
    (
        "Rebels freed two nurses on Tuesday.\nFrance's ambassador thanked the mediators.",
        "thanked",
        "2025-04-15/2025-04-17",
    ),
    # … or what its own paragraph tells
    (
        "The minister quit on Wednesday.\nOn 9 April a bomb killed five conscripts in Tumaco. The rebels condemned it.",
        "condemned",
        "2025-04-09/2025-04-17",
    ),
    # who met goes on speaking on that day
    ("Lavrov met Fidan on Monday. He thanked Turkey for its help.", "thanked", "2025-04-14"),
    # what goes on is of the same day
    ("Gunmen attacked a bus near Jos on Monday. Soldiers arrested two men.", "arrested", "2025-04-14"),
    ("Gunmen attacked a bus near Jos on Monday. The army said nine people had been killed.", "killed", "2025-04-14"),
    # until a paragraph ends
    ("Gunmen attacked a bus near Jos on Monday.\nSoldiers arrested two men.", "arrested", "/2025-04-17"),
    (
        "Soldiers arrested 14 men on 1 April. All but two were released within a week.",
        "released",
        "2025-04-01/2025-04-08",
    ),
    # an event noun has the days of the clause that it stands in, not of the act of speech that it is the matter of
    ("The summit closed on Tuesday with the signing of an accord.", "signing", "2025-04-15"),
    ("She welcomed the release last week of 84 child soldiers by the rebels.", "welcomed", "/2025-04-17"),
    ("Norway gave two attaches 48 hours to leave on Tuesday, accusing them of spying.", "accusing", "2025-04-15"),
    ("Police arrested a veteran of the 1973 war.", "arrested", "/2025-04-17"),
    ("Airstrikes have injured eight hostages in the past 96 hours.", "injured", "2025-04-13/2025-04-17"),
    ("Gunmen kidnapped 400 people in the 1990s and 2000s.", "kidnapped", "1990-01-01/2009-12-31"),
]


@pytest.mark.parametrize(("text", "word", "when"), STORY, ids=[f"{w}: {t[:40]}" for t, w, _ in STORY])
def test_the_story_gives_days(frames_coder: Coder, text: str, word: str, when: str) -> None:
    assert edtf_like(telling(frames_coder, text, word)) == when


def test_an_event_noun_of_a_day_to_come_is_future(frames_coder: Coder) -> None:
    march = telling(frames_coder, "The opposition says tomorrow's march on parliament will go ahead.", "march")
    assert (march.status, edtf_like(march)) == ("future", "2025-04-18")


def test_the_derivation_names_its_words_and_has_their_spans(frames_coder: Coder) -> None:
    text = "Rebels freed a judge on Tuesday, 34 days after they abducted him."
    abducted = telling(frames_coder, text, "abducted")
    assert "34 days after" in abducted.because["when"]
    assert "34 days after" in {text[s.start : s.end] for s in abducted.evidence["when"]}


def test_facts_that_contradict_each_other_change_nothing_and_are_told(frames_coder: Coder) -> None:
    text = "Rebels freed a judge on 3 March 2025, ten days after they abducted him on 1 January 2025."
    abducted = telling(frames_coder, text, "abducted")
    assert edtf_like(abducted) == "2025-01-01"
    assert "contradicted" in abducted.because["when"]
    assert "ten days after" in abducted.because["when"]
