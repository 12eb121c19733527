"""Runs of proper nouns that the model did not take for places, and what vouches that one is a place all the same.

Vouching are the word for its kind, a preposition, a neighbour, a list of places.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from dateline.reading.candidates import is_listed
from dateline.reading.countries import forms
from dateline.reading.lexicon import lexicon
from dateline.reading.placewords import Kind, form_of, is_kind_word, place_words

#: The labels of the model that make a place.
LABELS = frozenset({"GPE", "LOC", "FAC"})
_NO_PLACE = frozenset("EVENT WORK_OF_ART PRODUCT DATE TIME MONEY PERCENT QUANTITY CARDINAL ORDINAL LAW".split())
_DASHES = frozenset({"—", "–", "-", "--", "―"})
# An unknown word in capitals shorter than this is an acronym.
_SHORTEST_UPPER = 5
# A name of more words than this is hardly a town's.
_LONGEST_NAME = 3
_HYPHENS = frozenset({"-", "–"})
_ADDRESSES = frozenset({"mr", "mrs", "ms", "mr.", "mrs.", "ms.", "dr", "dr.", "prime", "vice", "deputy", "first"})
_LONGEST_MONTH = 4


def bare(entity: Span) -> Span:
    """An entity without article, genitive mark and stray punctuation at its ends."""
    start, end = entity.start, entity.end
    doc = entity.doc
    while start < end and (doc[start].lower_ in {"the", "a", "an"} or doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or doc[end - 1].text in {",", "—", "-"}):
        end -= 1
    return doc[start:end]


def name_runs(doc: Doc) -> list[Span]:
    """Runs of proper nouns outside the place labels."""
    runs: list[Span] = []
    start: int | None = None
    for token in doc:
        proper = (token.pos_ == "PROPN" or _is_mistagged(token)) and token.ent_type_ not in LABELS
        proper = proper and (token.ent_type_ not in _NO_PLACE or _is_misdated(token))
        joins = start is not None and (token.text in _HYPHENS or token.lower_ == "al") and token.whitespace_ == ""
        if proper and start is not None and doc[token.i - 1].ent_type_ != token.ent_type_ and not joins:
            runs.append(doc[start : token.i])
            start = token.i
        elif proper and start is None:
            start = token.i
        elif not proper and not joins and start is not None:
            runs.append(doc[start : token.i])
            start = None
    if start is not None:
        runs.append(doc[start : len(doc)])
    return [run for run in map(bare, runs) if _could_name(run)]


def _is_mistagged(token: Token) -> bool:
    """Whether a listed name was taken for a common noun inside a sentence in lower case ("entered Homs on Friday")."""
    if token.pos_ != "NOUN" or not token.is_title or token.is_sent_start or not token.i:
        return False
    return token.doc[token.i - 1].is_lower and is_listed(token.text)


def _is_misdated(token: Token) -> bool:
    """Whether a town was taken into the date behind it ("in Montevideo last June")."""
    before = doc[token.i - 1] if (doc := token.doc) and token.i else None
    return (
        token.ent_type_ == "DATE"
        and token.ent_iob_ == "B"
        and before is not None
        and before.lower_ in {"in", "near"}
        and token.dep_ == "pobj"
        and len(token) > _LONGEST_MONTH
        and is_listed(token.text)
    )


def _could_name(run: Span) -> bool:
    """Whether a run is written like a name of its own, not like an acronym, a title or part of a body's name."""
    doc, words = run.doc, place_words()
    if not len(run) or not run[0].text[:1].isupper() or run.text.lower() in words.kinds:
        return False
    if run.text in words.abbreviations or run.text in words.points or form_of(run.text) is not None:
        acronym = False
    else:
        acronym = any(t.is_upper and len(t) < _SHORTEST_UPPER for t in run) or any(c.isdigit() for c in run.text)
    if acronym or (len(run) == 1 and run[0].text.endswith(".") and run.text not in words.abbreviations):
        return False
    if all(lexicon().is_person(token.lower_.rstrip(".")) or token.lower_ in _ADDRESSES for token in run):
        return False
    if run.end < len(doc) and doc[run.end].like_num and len(run) == 1 and len(run.text) <= _LONGEST_MONTH:
        return False  # a month in short: "Aug 11"
    if run.end < len(doc) and doc[run.end].lower_ in {"of", "for"} and run[-1].lower_ not in words.kinds:
        return False
    inside = run[0].ent_type_ == "ORG" and (run[0].ent_iob_ == "I" or _goes_on(doc, run.end))
    return not inside


def _goes_on(doc: Doc, index: int) -> bool:
    return (
        index < len(doc) and doc[index].ent_iob_ == "I" and doc[index].ent_type_ == "ORG" and doc[index].pos_ != "PUNCT"
    )


def label_of_run(run: Span, persons: frozenset[str]) -> str:
    """What vouches that a run of proper nouns is a place: "" for nothing."""
    words, doc = place_words(), run.doc
    text, before = run.text, word_before(run)
    lowered = before.lower_ if before is not None else ""
    form = forms().get(text)
    if form is not None and form.kind in {"adjective", "people", "organization"}:
        return ""
    if text in words.seats:
        happens = run.root.dep_ == "compound" and run.root.head.lower_ in words.seat_events
        return "FAC" if happens or lowered in words.locative or lowered == "at" else ""
    if text in words.points or (form is not None and form.kind in {"country", "region", "capital"}):
        return "GPE"
    last, label = run[-1], run[-1].ent_type_
    followed = run.end < len(doc) and is_kind_word(doc[run.end])
    if last.lower_ in words.kinds and len(run) > 1:
        return _by_kind(words.kinds[last.lower_], label, lowered)
    if run[0].lower_ in words.before and len(run) > 1 and label != "PERSON":
        return "LOC"
    if followed and doc[run.end].is_lower and label != "PERSON":
        return _by_kind(words.kinds[doc[run.end].lower_], label, lowered)
    if _is_taken(run) and label in {"", "ORG"} and is_listed(text) and not _has_personal_name(run, persons):
        return "GPE"
    if before is not None and before.lower_ in words.before and before.is_lower and _is_definite(before):
        return "GPE" if is_listed(text) and not _has_personal_name(run, persons) else ""
    if before is not None and before.dep_ == "prep":
        if before.head.lower_ in words.before and before.lower_ == "of" and len(run) <= _LONGEST_NAME:
            return "GPE"
        if _has_title(run) or len(run) > _LONGEST_NAME:
            return ""
        if lowered in words.locative and (
            label in {"", "PERSON", "NORP"} or (label == "ORG" and len(run) == 1 and not run[0].is_upper)
        ):
            return "GPE" if lowered in {"in", "near"} or label == "" else ""
        if label == "" and (lowered == "at" or lowered in words.weak):
            return "GPE"
        if _is_spatial(before) and not run[0].is_upper and not _has_personal_name(run, persons) and is_listed(text):
            return "GPE"
    return ""


def _is_taken(run: Span) -> bool:
    """Whether a run is the object of a verb whose objects are places ("entered Homs")."""
    taken = run.root.dep_ in {"dobj", "nsubjpass"} and run.root.head.lemma_.lower() in place_words().taking
    return taken and not run[0].is_upper


def _is_spatial(preposition: Token) -> bool:
    """Whether a preposition says where: one that always does, or one that goes with a verb ("sent to")."""
    words = place_words()
    if preposition.lower_ in words.locative or preposition.lower_ in {"at", "off", "through", "via"}:
        return True
    return preposition.lower_ in words.weak and preposition.head.lemma_.lower() in words.motion


def _is_definite(noun: Token) -> bool:
    """Whether "the" stands right before a noun, or before its adjective ("the coastal town Kismayo")."""
    return any(t.lower_ == "the" for t in noun.doc[max(0, noun.i - 2) : noun.i])


def _has_personal_name(run: Span, persons: frozenset[str]) -> bool:
    """Whether a run is a first name or a surname that the report gives somebody."""
    return run[0].text in lexicon().first_names or run[-1].text in persons


def _by_kind(kind: Kind, label: str, before: str) -> str:
    """A facility that the model takes for an organization is a place only where something is said to be there."""
    if label == "PERSON":
        return ""
    words = place_words()
    if kind == "facility" and label == "ORG":
        return "FAC" if before in words.locative or before == "at" else ""
    return "FAC" if kind == "facility" else "LOC"


def word_before(span: Span) -> Token | None:
    """The word before a span, articles and adjectives passed over."""
    index = span.start - 1
    while index >= 0 and span.doc[index].pos_ in {"DET", "ADJ"} and span.start - index < 4:
        index -= 1
    return span.doc[index] if index >= 0 else None


def _has_title(run: Span) -> bool:
    return any(child.dep_ in {"compound", "poss"} and child.i < run.start for child in run.root.children)


def label_by_neighbour(run: Span, places: set[int]) -> str:
    """A name that a dateline, a place behind a comma or people of the place vouch for."""
    doc, words = run.doc, place_words()
    after = doc[run.end] if run.end < len(doc) else None
    if after is None or len(run) > _LONGEST_NAME:
        return ""
    second = doc[run.end + 1] if run.end + 1 < len(doc) else None
    starts = run.start == 0 or doc[run.start - 1].is_space or doc[run.start - 1].text in {".", "!", "?"}
    dash = after.text in _DASHES or (after.text == "(" and second is not None and second.is_upper)
    if starts and run[0].is_upper and len(run[0]) > 2 and (dash or after.text == ","):
        return "GPE"
    label = run[-1].ent_type_
    if after.text == "," and second is not None and second.i in places and not _has_title(run):
        close = doc[second.i].ent_type_ == "GPE" and _is_holder(doc, second.i)
        return "GPE" if close and label != "PERSON" else ""
    if label == "" and after.lower_ in words.of_place and after.is_lower and len(run) <= 2:
        return "GPE"
    return ""


def _is_holder(doc: Doc, index: int) -> bool:
    """Whether the place at a token is a country, a land or a state: what stands behind a town's name and a comma."""
    token = doc[index]
    text = doc[index : index + 2].text
    known = place_words().abbreviations
    return token.text in known or form_of(token.text) is not None or form_of(text) is not None


def is_in_list(run: Span, places: set[int]) -> bool:
    """Whether a name stands in a list whose next or last member is a place ("Suba, Migori and Kisumu")."""
    doc = run.doc
    for index, step in ((run.end, 1), (run.start - 1, -1)):
        passed = 0
        while 0 <= index < len(doc) and passed < 2 and doc[index].lower_ in {",", "and", "or"}:
            index, passed = index + step, passed + 1
        if passed and 0 <= index < len(doc) and index in places and doc[index].ent_type_ != "PERSON":
            return True
    return False
