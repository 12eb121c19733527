"""Whose mother, brother, widow."""

import pytest
from spacy.language import Language

Kin = tuple[str, str, str]

#: Sentence → (person, relation, of whom) for all the kinship that it tells.
CASES: list[tuple[str, list[Kin]]] = [
    ("Oleg Marenko came with his mother, Yelena Marenko.", [("Yelena Marenko", "mother", "Oleg Marenko")]),
    (
        "Oleg Marenko came with his mother, Yelena Marenko, and fiance Sara Cohen.",
        [("Yelena Marenko", "mother", "Oleg Marenko"), ("Sara Cohen", "fiance", "Oleg Marenko")],
    ),
    ("Ana Soler, the widow of Jorge Paz, was arrested.", [("Ana Soler", "widow", "Jorge Paz")]),
    ("Jorge Paz and his wife, Ana Soler, were held.", [("Ana Soler", "wife", "Jorge Paz")]),
    ("Jorge Paz's wife Ana Soler was held.", [("Ana Soler", "wife", "Jorge Paz")]),
    ("President Musa Danladi's son Ibrahim was kidnapped.", [("Ibrahim Danladi", "son", "Musa Danladi")]),
    (
        "Ibrahim Danladi, the son of President Musa Danladi, was kidnapped.",
        [("Ibrahim Danladi", "son", "Musa Danladi")],
    ),
    ("Ana Soler, whose father was killed in the raid, wept.", [("whose father", "father", "Ana Soler")]),
    ("Chief Mary Toomey, whose nephew Cody was shot, called for calm.", [("Cody", "nephew", "Mary Toomey")]),
    ("Ana Soler, daughter of former president Jorge Paz, won.", [("Ana Soler", "daughter", "Jorge Paz")]),
    (
        "Rakhim Aliev, son-in-law of Kazakh President Nurlan Abenov, was demoted.",
        [("Rakhim Aliev", "son-in-law", "Nurlan Abenov")],
    ),
    (
        "Hamid Jalil was freed. His brother-in-law, Awang Salleh, wept.",
        [("Awang Salleh", "brother-in-law", "Hamid Jalil")],
    ),
    ("The brothers Ali and Omar Said were hanged.", [("Ali", "brother", "Omar Said"), ("Omar Said", "brother", "Ali")]),
    (
        "Ali and Omar Said, who are brothers, were freed.",
        [("Ali", "brother", "Omar Said"), ("Omar Said", "brother", "Ali")],
    ),
    (
        "The sisters Lina and Maya Haddad vanished.",
        [("Lina", "sister", "Maya Haddad"), ("Maya Haddad", "sister", "Lina")],
    ),
    (
        "Two brothers, Ali Said and Omar Said, were freed.",
        [("Ali Said", "brother", "Omar Said"), ("Omar Said", "brother", "Ali Said")],
    ),
    (
        "Jorge Paz is survived by his wife, Ana Soler, and two sons.",
        [("Ana Soler", "wife", "Jorge Paz"), ("two sons", "sons", "Jorge Paz")],
    ),
    ("Jorge Paz is survived by a daughter, Ana Paz.", [("Ana Paz", "daughter", "Jorge Paz")]),
    ("Jorge Paz married Ana Soler in 1990.", [("Ana Soler", "wife", "Jorge Paz")]),
    ("Lina Haddad, who is married to Omar Said, was freed.", [("Omar Said", "husband", "Lina Haddad")]),
    ("Jorge Paz, a cousin of King Hamad, was named governor.", [("Jorge Paz", "cousin", "Hamad")]),
    ("Maria Lungu of the Justice Party, an aunt of the victim, welcomed it.", [("Maria Lungu", "aunt", "victim")]),
    (
        "Jorge Paz was the eldest son of Luis Paz and the half-brother of Carlos Paz.",
        [("Jorge Paz", "son", "Luis Paz"), ("Jorge Paz", "half-brother", "Carlos Paz")],
    ),
    (
        "Shells killed a headman, his wife and two grandchildren.",
        [("wife", "wife", "headman"), ("two grandchildren", "grandchildren", "headman")],
    ),
    ("Luc Besset was shot. Luc Besset's widow Marie said so.", [("Marie", "widow", "Luc Besset")]),
    ("Jorge Paz and his cousin Levan were held.", [("Levan", "cousin", "Jorge Paz")]),
    ("Ana Soler's former husband, Erik Moen, is consul.", [("Erik Moen", "former husband", "Ana Soler")]),
    ("Ana Soler's ex-husband, Erik Moen, is consul.", [("Erik Moen", "ex-husband", "Ana Soler")]),
    (
        "Dina Bekova said guards had beaten her sister. Saule Bekova is in a prison in Aqtobe.",
        [("Saule Bekova", "sister", "Dina Bekova")],
    ),
    ("Omar Said's uncle, General Tariq Said, seized power.", [("Tariq Said", "uncle", "Omar Said")]),
    ("General Tariq Said, uncle of Omar Said, seized power.", [("Tariq Said", "uncle", "Omar Said")]),
    ("Omar Said is the nephew of General Tariq Said.", [("Omar Said", "nephew", "Tariq Said")]),
    ("The dead man's father, Andrei Lungu, sued.", [("Andrei Lungu", "father", "dead man")]),
    (
        "The mother of the hostage Ron Azulay begged for his life.",
        [("mother of the hostage Ron Azulay", "mother", "Ron Azulay")],
    ),
    ("Ron Azulay's parents met the pope.", [("Ron Azulay's parents", "parents", "Ron Azulay")]),
    ("The president's brother, Mahinda Silva, was charged.", [("Mahinda Silva", "brother", "president")]),
    (
        "Kim Sol-hui, the younger sister of leader Kim Chol-su, issued a threat.",
        [("Kim Sol-hui", "sister", "Kim Chol-su")],
    ),
    ("Sonia Mehta, the Italian-born widow of Rajiv Mehta, declined.", [("Sonia Mehta", "widow", "Rajiv Mehta")]),
    ("His Majesty King Salim mourned his son Prince Faisal.", [("Faisal", "son", "Salim")]),
    ("Aisha Bello, 34, and her two children were abducted.", [("two children", "children", "Aisha Bello")]),
    ("Rebels took Aisha Bello and her husband, Sani, on Monday.", [("Sani", "husband", "Aisha Bello")]),
    ("Sani Bello, the husband of hostage Aisha Bello, paid.", [("Sani Bello", "husband", "Aisha Bello")]),
    (
        "Twin sisters Amal and Huda Nasser were freed.",
        [("Amal", "sister", "Huda Nasser"), ("Huda Nasser", "sister", "Amal")],
    ),
    ("Ivan Petrov and Maria Petrova, his daughter, fled.", [("Maria Petrova", "daughter", "Ivan Petrov")]),
    ("Gnassi Adom is succeeded by his son Faure Adom.", [("Faure Adom", "son", "Gnassi Adom")]),
    ("Pedro Gil, brother of the president, Luis Gil, was shot.", [("Pedro Gil", "brother", "Luis Gil")]),
    ("The hostage's sister, Noa Levi, thanked the mediators.", [("Noa Levi", "sister", "hostage")]),
    (
        "Rebels freed Amina Yusuf, her husband Ali and their three children.",
        [
            ("Ali", "husband", "Amina Yusuf"),
            ("three children", "children", "Amina Yusuf"),
            ("three children", "children", "Ali"),
        ],
    ),
    (
        "Rahul Verma, grandson of former prime minister Anil Verma, was elected.",
        [("Rahul Verma", "grandson", "Anil Verma")],
    ),
    ("Maria Silva's late husband, Paulo, founded the party.", [("Paulo", "husband", "Maria Silva")]),
    ("Prince Faisal, a half-brother of King Salim, was arrested.", [("Faisal", "half-brother", "Salim")]),
    ("Police shot Jamal Reed in 2019. His father, Curtis Reed, has sued.", [("Curtis Reed", "father", "Jamal Reed")]),
    (
        "Hassan Nur and his brothers, Ali and Omar, were taken.",
        [("Ali", "brothers", "Hassan Nur"), ("Omar", "brothers", "Hassan Nur")],
    ),
    ("Olena Bondar said her son Taras had been tortured.", [("Taras Bondar", "son", "Olena Bondar")]),
    ("The niece of President Daniel Chanda, Grace Chanda, was freed.", [("Grace Chanda", "niece", "Daniel Chanda")]),
    (
        "Gunmen kidnapped the wife and two daughters of Judge Tariq Aziz.",
        [("wife", "wife", "Tariq Aziz"), ("two daughters of Judge Tariq Aziz", "daughters", "Tariq Aziz")],
    ),
    ("Sara Cohen, fiancee of the freed hostage Oleg Marenko, wept.", [("Sara Cohen", "fiancee", "Oleg Marenko")]),
]
NOTHING = [
    "Mother Teresa prayed with the sisters.",
    "The company's parent said its sister firm had closed.",
    "Jorge Paz, a father of three, spoke.",
    "The Founding Fathers were quoted by Jorge Paz.",
    "Jorge Paz is not the son of Luis Paz.",
]


def told(nlp: Language, text: str) -> list[Kin]:
    doc = nlp(text)
    entities = doc._.entities
    return [(entities[k.person].name, k.relation, entities[k.of].name) for k in doc._.kin]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_kin(nlp: Language, text: str, expected: list[Kin]) -> None:
    assert sorted(told(nlp, text)) == sorted(expected)


@pytest.mark.parametrize("text", NOTHING)
def test_no_kin(nlp: Language, text: str) -> None:
    assert told(nlp, text) == []


def test_nobody_is_kin_to_himself(nlp: Language) -> None:
    doc = nlp("Oleg Marenko, a father of three, met the mother of the victim. His sister spoke.")
    assert all(k.person != k.of for k in doc._.kin)
