"""Who is named and described: sentence in, mentions and entities out; and the codebook's own examples."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.annotations import Entity
from dateline.reading.countries import Gazetteer, country_names, forms
from dateline.reading.entities import actors_at, mention_at
from dateline.reading.lexicon import lexicon, table


def entity(doc: Doc, words: str) -> Entity | None:
    """The one entity of the mention at the head of `words`, None where there is no mention or it is none."""
    start = doc.text.index(words)
    span = doc.char_span(start, start + len(words))
    assert span is not None, words
    found = actors_at(doc, span.root)
    return doc._.entities[found[0]] if len(found) == 1 else None


@pytest.mark.parametrize(
    ("text", "words", "name", "kind"),
    [
        ("Prime Minister Sana Okonjo met farmers on Monday.", "Okonjo", "Sana Okonjo", "person"),
        (
            "The Revolutionary Front of Selvania (RFS) attacked a town.",
            "RFS",
            "Revolutionary Front of Selvania",
            "organization",
        ),
        ("Gunmen attacked a convoy near the border.", "Gunmen", "Gunmen", "group"),
        ("Two German engineers were abducted on Friday.", "engineers", "Two German engineers", "group"),
        ("At least 23 were killed in the blast.", "23", "23", "group"),
        ("The bomb wounded 33 others.", "others", "33 others", "group"),
        ("A court in Abidjan sentenced him to death.", "court", "court in Abidjan", "organization"),
        ("Police fired tear gas at students.", "Police", "Police", "organization"),
        ("Dozens of people were arrested in Tunis.", "Dozens", "Dozens of people", "group"),
        ("Israeli strikes killed five people in Rafah.", "Israeli", "Israel", "country"),
        ("A Hamas-led attack began at dawn.", "Hamas", "Hamas", "organization"),
        ("Russian forces shelled Kharkiv on Sunday.", "forces", "Russia", "country"),
        ("The Israeli military said it had hit a depot.", "military", "Israel", "country"),
        ("Syria's army entered the town.", "army", "Syria", "country"),
        ("Moscow denied the charge.", "Moscow", "Russia", "country"),
        ("The White House condemned the attack.", "White House", "United States", "country"),
        ("Washington urged Beijing to release him.", "Beijing", "China", "country"),
        ("Taliban fighters seized the district.", "fighters", "Taliban", "organization"),
        ("The Ukrainian parliament rejected the bill.", "parliament", "Ukrainian parliament", "organization"),
        ("Protesters burned tyres in Serekunda.", "Protesters", "Protesters", "group"),
    ],
)
def test_entity(nlp: Language, text: str, words: str, name: str, kind: str) -> None:
    found = entity(nlp(text), words)
    assert found is not None
    assert (found.name, found.kind) == (name, kind)


@pytest.mark.parametrize(
    "text", ["They met in Moscow on Monday.", "Rockets hit Moscow overnight.", "A flight left Moscow's airport."]
)
def test_capital_as_place(nlp: Language, text: str) -> None:
    found = entity(nlp(text), "Moscow")
    assert found is not None
    assert (found.name, found.kind, found.place, found.country) == ("Moscow", None, True, "RUS")


def test_only_state_in_question(nlp: Language) -> None:
    doc = nlp("Nepal was calm on Monday. The army returned to its barracks and the government met.")
    assert entity(doc, "army") == entity(doc, "government") == entity(doc, "Nepal")


def test_own_bodies_of_a_state(nlp: Language) -> None:
    doc = nlp("Turkish police arrested a judge, Turkey's government said.")
    police, state = entity(doc, "police"), entity(doc, "government")
    assert police is not None
    assert state is not None
    assert police.kind == "organization"
    assert state.name == "Turkey"


def test_mention_leaves_out_determiner_and_possessive(nlp: Language) -> None:
    doc = nlp("The minister praised President Ana Soler's speech.")
    spans = {doc[m.start : m.end].text for m in doc._.mentions}
    assert {"minister", "President Ana Soler"} <= spans


def test_every_conjunct_counts_when_asked(nlp: Language) -> None:
    doc = nlp("Egypt, Qatar and the United States brokered the deal.")
    names = [doc._.entities[e].name for e in actors_at(doc, 0, conjuncts=True)]
    assert names == ["Egypt", "Qatar", "United States"]


def test_no_mention_without_the_component() -> None:
    assert mention_at(spacy.blank("en")("Nothing here."), 0) is None


def test_same_in_same_out(nlp: Language) -> None:
    text = "Chad's president met rebels in Doha. He said they had agreed to a truce with the army."
    first, second = nlp(text), next(iter(nlp.pipe([text], batch_size=1)))
    assert first._.mentions == second._.mentions
    assert first._.entities == second._.entities


# The codebook's examples


def test_countries_examples() -> None:
    blank = spacy.blank("en")
    gazetteer = Gazetteer(lambda text: [token.text for token in blank.tokenizer(text)])
    for text, code in table("countries.toml")["examples"].items():
        found = gazetteer.find([token.text for token in blank.tokenizer(text)])
        assert [form.code for _, _, form in found] == [code], text


def test_country_codes_are_three_capitals_and_names_unique() -> None:
    assert all(len(code) == 3 and code.isupper() for code in country_names())
    assert len(set(country_names().values())) == len(country_names())


def test_titles_examples() -> None:
    lex = lexicon()
    lists = {"offices": lex.offices, "courtesy": lex.courtesy, "ranks": lex.ranks, "occupations": lex.occupations}
    for text, name in table("titles.toml")["examples"].items():
        assert text.lower().rstrip(".") in lists[name], text


def test_people_examples() -> None:
    lex = lexicon()
    for text, sort in table("people.toml")["examples"].items():
        known = {"person": lex.is_person(text), "group": text in lex.groups, "body": text in lex.bodies}
        assert known[sort], text


def test_kinship_and_first_name_examples() -> None:
    lex = lexicon()
    for text, gender in table("kinship.toml")["examples"].items():
        assert (lex.kin | lex.kins)[text] == gender
    for text, gender in table("first-names.toml")["examples"].items():
        assert lex.first_names[text] == gender


def test_organizations_examples(nlp: Language) -> None:
    for text, way in table("organizations.toml")["examples"].items():
        if way == "name":
            assert forms()[text].kind == "organization"
        else:
            found = entity(nlp(f"The {text} met on Monday."), text)
            assert found is not None
            assert (found.name, found.kind) == (text, "organization")


def test_metonyms_examples(nlp: Language) -> None:
    for text, way in table("metonyms.toml")["examples"].items():
        doc = nlp(text)
        city = next(m for m in doc._.mentions if doc[m.end - 1].text in ("Moscow", "Beijing", "Kyiv"))
        acts = doc._.entities[city.entities[0]].kind == "country"
        assert ("government" if acts else "place") == way, text


def test_groups_examples() -> None:
    classes = table("groups.toml")["classes"]
    for name, nouns in table("groups.toml")["examples"].items():
        singular = name.rstrip("s") if name not in classes else name
        for noun in nouns:
            one = {"gunmen": "gunman"}.get(noun, noun.rstrip("s"))
            assert any({singular, one} <= {*members, label} for label, members in classes.items()), (name, noun)
