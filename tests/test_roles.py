"""Who is what, of what."""

import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Greek Deputy Foreign Minister Nikos Dallas resigned.", ("Nikos Dallas", "Deputy Foreign Minister", "Greece")),
        ("Russia's Chief Rabbi Lev Brodsky spoke.", ("Lev Brodsky", "Chief Rabbi", "Russia")),
        ("Karim Haddad, chairman of Hamas, flew to Cairo.", ("Karim Haddad", "chairman", "Hamas")),
        ("The head of the Harbour Board, Jorge Paz, resigned.", ("Jorge Paz", "head", "Harbour Board")),
        ("Hamas leader Karim Haddad flew to Cairo.", ("Karim Haddad", "leader", "Hamas")),
        ("Colonel Ivan Soler led the raid.", ("Ivan Soler", "Colonel", None)),
        ("Former Peruvian president Ana Soler was jailed.", ("Ana Soler", "Former president", "Peru")),
        ("The journalist Ana Soler was beaten.", ("Ana Soler", "journalist", None)),
        ("Ana Soler is the president of Peru.", ("Ana Soler", "president", "Peru")),
        ("Jorge Paz resigned as mayor of Quito.", ("Jorge Paz", "mayor", "Quito")),
        ("Kenya held talks. Interior Minister Jorge Paz said so.", ("Jorge Paz", "Interior Minister", "Kenya")),
        ("President Jorge Paz of Peru arrived.", ("Jorge Paz", "President", "Peru")),
    ],
)
def test_role(nlp: Language, text: str, expected: tuple[str, str, str | None]) -> None:
    doc = nlp(text)
    entities = doc._.entities
    found = [(entities[r.person].name, r.role, None if r.of is None else entities[r.of].name) for r in doc._.roles]
    assert expected in found


@pytest.mark.parametrize(
    "text", ["Mr Jorge Paz spoke.", "Jorge Paz criticised the minister.", "Police arrested Jorge Paz in Quito."]
)
def test_no_role(nlp: Language, text: str) -> None:
    assert nlp(text)._.roles == ()


def test_evidence_is_the_words_of_the_role(nlp: Language) -> None:
    doc = nlp("Greek Foreign Minister Nikos Dallas resigned.")
    assert [doc[r.start : r.end].text for r in doc._.roles] == ["Foreign Minister"]
