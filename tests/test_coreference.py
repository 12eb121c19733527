"""Who the words stand for: names, descriptions and pronouns of one bearer are one entity."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.entities import mention_at

ROOT = Path(__file__).parent.parent
PERSONAL = set("he him his himself she her hers herself it its itself they them their theirs themselves".split())


def entities_at(doc: Doc, start: int, end: int) -> set[int]:
    """Entities of the mention at characters `[start, end)`."""
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None
    mention = mention_at(doc, span.root) or mention_at(doc, span[-1])
    return set(mention.entities) if mention is not None else set()


def names_of(doc: Doc, words: str, nth: int = 0) -> set[str]:
    """Names of the entities of the mention that covers the nth occurrence of `words`."""
    start = -1
    for _ in range(nth + 1):
        start = doc.text.index(words, start + 1)
    span = doc.char_span(start, start + len(words))
    assert span is not None, words
    found = [m for m in doc._.mentions if m.head == span.root.i] or [
        m for m in doc._.mentions if m.start <= span.root.i < m.end
    ]
    return {doc._.entities[e].name for e in found[0].entities} if found else set()


@pytest.mark.parametrize(
    ("text", "words", "nth", "expected"),
    [
        ("Oleg Marenko was freed on Monday. Marenko thanked the medics.", "Marenko", 1, {"Oleg Marenko"}),
        ("Oleg Marenko was freed. He thanked the medics.", "He", 0, {"Oleg Marenko"}),
        ("President Ana Soler met her rival, Jorge Paz, on Monday.", "her", 0, {"Ana Soler"}),
        ("President Ana Soler spoke. The president said it was over.", "president", 0, {"Ana Soler"}),
        ("Ana Soler and Jorge Paz met in Quito. They signed a pact.", "They", 0, {"Ana Soler", "Jorge Paz"}),
        (
            "Ana Soler and Jorge Paz were abducted. The couple were freed in May.",
            "couple",
            0,
            {"Ana Soler", "Jorge Paz"},
        ),
        ("Protesters marched in Lagos. They burned tyres.", "They", 0, {"Protesters"}),
        ("Gunmen seized a bus. The attackers fled.", "attackers", 0, {"Gunmen"}),
        ("Hamas rejected the offer. The group said it wanted a truce.", "group", 0, {"Hamas"}),
        ("Hamas rejected the offer. The group said it wanted a truce.", "it", 0, {"Hamas"}),
        ("Kenya closed the border. The country had warned of raids.", "country", 0, {"Kenya"}),
        ("The engineer who was abducted has returned.", "who", 0, {"engineer"}),
        ("Jorge Paz blamed himself for the failure.", "himself", 0, {"Jorge Paz"}),
        ("The World Food Programme (WFP) halted work. WFP lorries were hit.", "WFP", 1, {"World Food Programme"}),
        ("Jorge Paz, the mayor of Quito, resigned.", "mayor", 0, {"Jorge Paz"}),
        ("The head of the Harbour Board, Jorge Paz, resigned.", "head", 0, {"Jorge Paz"}),
        ("Jorge Paz thanked Oleg Marenko for his role in the talks.", "his", 0, {"Oleg Marenko"}),
        ("Jorge Paz thanked Oleg Marenko and urged him to go on.", "him", 0, {"Oleg Marenko"}),
        ("Police held Jorge Paz, his wife and two guards.", "his", 0, {"Jorge Paz"}),
        (
            "Oleg Marenko came with his mother, Yelena Marenko, and fiance Sara Cohen, who were also held.",
            "who",
            0,
            {"Yelena Marenko", "Sara Cohen"},
        ),
        ("President Lev Brodsky of Russia spoke. The Kremlin leader praised Hamas.", "leader", 0, {"Lev Brodsky"}),
        # What befalls somebody is his who suffered it.
        (
            "Lev Brodsky met Oleg Marenko, who was freed in May, and thanked the clans for helping secure his release.",
            "his",
            0,
            {"Oleg Marenko"},
        ),
        # What is said of somebody right behind his name.
        ("Jorge Paz saw the envoy, who conveyed his thanks.", "his", 0, {"envoy"}),
        ("A group calling itself the Brigades of Hope freed a cook in Iraq.", "itself", 0, {"group"}),
        ("A man calling himself Captain Omar Farah told the radio that he was ready.", "man", 0, {"Omar Farah"}),
        # A phrase in front belongs to the subject behind it.
        ("Early in his term, Governor Samuel Okoro ordered police to leave.", "his", 0, {"Samuel Okoro"}),
        ("Brazil said it would appeal. Chile is to close its embassy.", "its", 0, {"Chile"}),
        ("Valeska Paris left the ship in 2007. Paris said she was glad.", "she", 0, {"Valeska Paris"}),
        ("The army post was shelled. The army denied it.", "it", 0, set()),
        ("The guards chased the strikers and beat five of them.", "them", 0, {"strikers"}),
    ],
)
def test_link(nlp: Language, text: str, words: str, nth: int, expected: set[str]) -> None:
    assert names_of(nlp(text), words, nth) == expected


@pytest.mark.parametrize(
    ("text", "words", "wrong"),
    [
        ("Jorge Paz told Ivan Soler that Elena Ruiz had praised him.", "him", "Elena Ruiz"),
        ("Ivan Soler criticised him on Monday.", "him", "Ivan Soler"),
        ("Ana Soler visited his mother.", "his", "Ana Soler"),
        ("Ivan Paz met Ana Paz. Paz spoke.", "Ana Paz", "Ivan Paz"),
        ('"He mended cables for us," said Ivan Soler.', "He", "Ivan Soler"),
        ('Jorge Paz said on Monday: "I think his work is great." ', "his", "Jorge Paz"),
        ("Togo lifted the curfew it had imposed.", "it", "curfew"),
        ("Ottawa is to challenge it in Geneva.", "it", "Canada"),
        ("His Excellency Hamad Rahimi received Ivan Soler.", "His", "Ivan Soler"),
    ],
)
def test_no_link(nlp: Language, text: str, words: str, wrong: str) -> None:
    assert wrong not in names_of(nlp(text), words)


@pytest.mark.parametrize("text", ["It's six o'clock in Quito.", "Hamas fired first. It was not always so."])
def test_it_that_tells_the_time_stands_for_nothing(nlp: Language, text: str) -> None:
    assert names_of(nlp(text), "It") == set()


def test_own_stories_are_annotated_on_their_pronouns() -> None:
    stories = [json.loads(line) for line in (ROOT / "tests" / "reading" / "pronouns.jsonl").open(encoding="utf-8")]
    assert len(stories) > 60
    for story in stories:
        for one in story["pronouns"]:
            assert story["text"][one["start"] : one["end"]].lower() in PERSONAL
            assert all(0 <= start < end <= len(story["text"]) for start, end in one["of"])


def test_floor_on_own_stories(nlp: Language) -> None:
    right = asked = 0
    for line in (ROOT / "tests" / "reading" / "pronouns.jsonl").open(encoding="utf-8"):
        story = json.loads(line)
        doc = nlp(story["text"])
        for one in story["pronouns"]:
            wanted = {e for start, end in one["of"] for e in entities_at(doc, start, end)}
            asked += 1
            right += entities_at(doc, one["start"], one["end"]) == wanted and (bool(wanted) or not one["of"])
    assert right / asked > 0.8, f"{right} of {asked}"


def test_weather_it_stands_for_nothing(nlp: Language) -> None:
    assert names_of(nlp("Jorge's party met. It rained in Quito."), "It") == set()


def test_first_name_beside_a_father_takes_the_surname(nlp: Language) -> None:
    doc = nlp("Oleg Marenko was freed in May. Marenko's father, Vadim, was killed in the attack.")
    assert names_of(doc, "Vadim") == {"Vadim Marenko"}
    assert names_of(doc, "father") == {"Vadim Marenko"}


def _benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coreference_benchmark", ROOT / "benchmarks" / "coreference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_scorers_on_a_worked_example() -> None:
    bench = _benchmark()
    a, b, c, d, e = [(i, i + 1) for i in range(5)]
    key, response = [frozenset({a, b, c}), frozenset({d, e})], [frozenset({a, b}), frozenset({c, d, e})]
    assert bench.muc(key, response) == (2.0, 3.0, 2.0, 3.0)
    assert bench.b_cubed(key, response)[:2] == pytest.approx((5 / 3 + 2, 5.0))
    assert bench.ceaf_e(key, response)[0] == pytest.approx(0.8 + 0.8)
    assert bench.muc(key, key)[0] == bench.muc(key, key)[1]


def test_floor_on_ontogum(nlp: Language) -> None:
    path = ROOT.parent / "shared" / "actors" / "ontogum_news.jsonl.gz"
    if not path.exists():
        pytest.skip("../shared is absent: no gold chains to measure against")
    bench = _benchmark()
    records = bench.read(path)[:4]
    figures = bench.score_chains(records, [nlp(record["text"]) for record in records])
    assert figures["conll_f1"] > 42, json.dumps(figures)
