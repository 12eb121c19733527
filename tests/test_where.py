"""Where events took place: a sentence or two → the trigger and the places it is told at."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline import Coder, Report


@pytest.mark.parametrize(
    ("text", "told", "where"),
    [
        ("Gunmen killed four people in the town of Sderot on Monday.", "killed", ["Sderot"]),
        ("Police arrested two men in Coventry, England, on Friday.", "arrested", ["Coventry"]),
        ("Russia struck Dnipro with missiles on Thursday.", "struck", ["Dnipro"]),
        ("The siege of Sarajevo killed thousands of people.", "siege", ["Sarajevo"]),
        ("Militants fired rockets into Israel from Gaza.", "fired", ["Israel"]),
        ("A mailman from Florida was arrested by police on Monday.", "arrested", []),
        ("The sailors were deported to France on Monday.", "deported", []),
        ("Rebels seized the capital, Bangui, on Sunday.", "seized", ["Bangui"]),
        ("In Biratnagar soldiers arrested 17 people on Monday.", "arrested", ["Biratnagar"]),
        ("Russia rejected a draft resolution on Georgia on Friday.", "rejected", []),
        ("During the Kremlin meeting on Wednesday, Putin thanked Hamas.", "thanked", ["Kremlin"]),
        ("A leader of the group was shot dead by gunmen in his apartment.", "shot", ["his apartment"]),
        ("Tajikistan has closed the crossing.", "closed", ["the crossing"]),
        ("Soldiers came to Nsanje on Monday. Looters had beaten a guard there.", "beaten", ["Nsanje"]),
        ("Troops entered Homs on Friday. They bombed the hospitals in the city.", "bombed", ["Homs"]),
        ("MUSCAT, 3 Feb (SNA) — The minister met here on Monday with his counterpart.", "met", ["MUSCAT"]),
        ("Rebels attacked a base near Jos on Monday. Three people were killed.", "killed", ["Jos"]),
    ],
)
def test_where(frames_coder: Coder, text: str, told: str, where: list[str]) -> None:
    coded = frames_coder.code(Report(id="x", published=dt.date(2025, 4, 17), text=text))
    anchors = {text[start:end]: account.where for account in coded.events for start, end in account.anchors}
    found = [places for words, places in anchors.items() if told in words]
    assert found
    assert list(found[0]) == where


def test_a_place_has_its_characters(frames_coder: Coder) -> None:
    text = "Gunmen killed four people in the town of Sderot on Monday."
    account = frames_coder.code(Report(id="x", published=dt.date(2025, 4, 17), text=text)).events[0]
    assert [text[start:end] for start, end in account.evidence["where"]] == ["Sderot"]
