"""Every rule of the times codebook has examples, and each example is what the tagger makes of it."""

import datetime as dt
import re

import msgspec
import pytest

from dateline.errors import CodebookError
from dateline.reading.times import tag
from dateline.reading.times.lexicon import Lexicon, word_data
from dateline.reading.times.resolve import MAKERS
from dateline.reading.times.rules import Rule, compile_rule, grammar, load

RULES, MACROS = load()
PUBLISHED = dt.date(2025, 4, 17)


def run(example: str) -> tuple[str, str, set[str]]:
    """An example's text tagged: "words = TYPE value mod; …", what the example wants, and the rules that took part."""
    text, _, wanted = example.partition(" => ")
    day = re.match(r"@(\d{4}-\d\d-\d\d) ", text)
    published = dt.date.fromisoformat(day[1]) if day else PUBLISHED
    text = text[day.end() :] if day else text
    narrative = text.startswith("!")
    text = text.removeprefix("!")
    times = tag(text, published, narrative=narrative)
    told = [f"{text[t.start : t.end]} = {t.type} {t.value}" + (f" {t.mod}" if t.mod else "") for t in times]
    return "; ".join(told) or "nothing", wanted, {t.rule for t in times}


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in RULES for example in rule.examples],
    ids=lambda value: str(value)[:70],
)
def test_example(rule: Rule, example: str) -> None:
    told, wanted, rules = run(example)
    assert told == wanted
    assert wanted == "nothing" or rule.name in rules


def test_every_rule_has_an_example() -> None:
    assert [rule.name for rule in RULES if not rule.examples] == []


def test_every_maker_is_known_and_used() -> None:
    assert {rule.make for rule in RULES} - {"none"} == set(MAKERS)


def test_no_pattern_repeats_without_bound() -> None:
    assert [c.rule.name for c in grammar().rules if re.search(r"[*+]|\{\d+,\}", c.pattern.pattern)] == []


@pytest.mark.parametrize(
    ("find", "message"),
    [("NOSUCHCLASS", "no class of words"), ("$NOSUCH", "no macro"), ("( MONTH", "missing"), ("MONTH )", "unbalanced")],
)
def test_a_broken_pattern_is_named(find: str, message: str) -> None:
    rule = Rule(name="broken", find=find, make="date", examples=())
    with pytest.raises(CodebookError, match=message):
        compile_rule(rule, MACROS, Lexicon(word_data()), 0)


def test_a_broken_words_file_is_named() -> None:
    with pytest.raises(CodebookError, match="MONTH"):
        Lexicon({"MONTH": ["january"]})


def test_rules_refuse_unknown_fields() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"name": "x", "find": "MONTH", "make": "date", "examples": [], "nosuch": 1}, Rule)
