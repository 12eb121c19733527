"""Whose mother, brother, widow."""

import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oleg Marenko came with his mother, Yelena Marenko.", ("Yelena Marenko", "mother", "Oleg Marenko")),
        ("Oleg Marenko spoke. His brother Tom Marenko wept.", ("Tom Marenko", "brother", "Oleg Marenko")),
        ("Ana Soler, the widow of Jorge Paz, was arrested.", ("Ana Soler", "widow", "Jorge Paz")),
        ("Luc Besset was shot. Luc Besset's widow Marie said so.", ("Marie", "widow", "Luc Besset")),
        ("Oleg Marenko came with his fiance Sara Cohen.", ("Sara Cohen", "fiance", "Oleg Marenko")),
        (
            "Hamid Jalil was freed. His brother-in-law, Awang Salleh, wept.",
            ("Awang Salleh", "brother-in-law", "Hamid Jalil"),
        ),
        (
            "Oleg Marenko came with his mother, Yelena Marenko, and fiance Sara Cohen.",
            ("Sara Cohen", "fiance", "Oleg Marenko"),
        ),
        ("Jorge Paz and his cousin Levan were held.", ("Levan", "cousin", "Jorge Paz")),
    ],
)
def test_kin(nlp: Language, text: str, expected: tuple[str, str, str]) -> None:
    doc = nlp(text)
    entities = doc._.entities
    assert expected in [(entities[k.person].name, k.relation, entities[k.of].name) for k in doc._.kin]


def test_nobody_is_kin_to_himself(nlp: Language) -> None:
    doc = nlp("Oleg Marenko, a father of three, met the mother of the victim. His sister spoke.")
    assert all(k.person != k.of for k in doc._.kin)


def test_kin_words_need_a_person(nlp: Language) -> None:
    assert nlp("The company's parent said its sister firm had closed.")._.kin == ()
