"""The places that a report names: the component `dateline_places`.

Names come from the named-entity labels GPE, LOC and FAC, from the word that makes a name a place ("Freedom Plaza", "the
Moei River", "Kibbutz Be'eri") and from the preposition before it ("in X", "outside X"). A direction belongs to the name
("southern Israel"). People of a place are no place, nor is a capital or country that speaks ("Moscow denied"). No
gazetteer is asked here; `gazetteer.resolve_doc` tells where the places lie. No postponed annotations: spaCy checks a
factory's arguments at run time.
"""

from functools import cache
from typing import Literal

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from dateline.reading.annotations import Place, register
from dateline.reading.countries import Form, forms
from dateline.reading.cues import VOUCHING, cues
from dateline.reading.lexicon import table

Kind = Literal["country", "region", "city", "feature", "facility"]

_LABELS = {"GPE", "LOC", "FAC"}
_NO_PLACE = {
    "EVENT",
    "WORK_OF_ART",
    "PRODUCT",
    "DATE",
    "TIME",
    "MONEY",
    "PERCENT",
    "QUANTITY",
    "CARDINAL",
    "ORDINAL",
    "LAW",
}
_SPEAKING = VOUCHING | {"demand", "ask", "commit", "judge", "wish"}
_DASHES = {"—", "–", "-", "--", "―"}
# An unknown word in capitals shorter than this is an acronym.
_SHORTEST_UPPER = 5
# A name of more words than this is hardly a town's.
_LONGEST_NAME = 3
_HYPHENS = {"-", "–"}


class _Words(msgspec.Struct, frozen=True):
    """Lookup tables of codebook/places.toml and points.toml."""

    kinds: dict[str, Kind]
    before: frozenset[str]
    locative: frozenset[str]
    weak: frozenset[str]
    of_place: frozenset[str]
    directions: frozenset[str]
    seats: frozenset[str]
    points: dict[str, Kind]
    countries: dict[str, str | None]
    abbreviations: frozenset[str]


@cache
def _words() -> _Words:
    data, points = table("places.toml"), table("points.toml")["points"]
    return _Words(
        kinds={word: kind for kind, words in data["words"].items() for word in words.split()},
        before=frozenset(data["before"]["words"].split()),
        locative=frozenset(data["locative"]["words"].split()),
        weak=frozenset(data["locative"]["weak"].split()),
        of_place=frozenset(data["of_place"]["words"].split()),
        directions=frozenset(data["directions"]["words"].split()),
        seats=frozenset(data["seats"]["words"]),
        points={name: entry["kind"] for name, entry in points.items()},
        countries={name: entry.get("country") for name, entry in points.items()},
        abbreviations=frozenset(data["abbreviations"]),
    )


@Language.factory("dateline_places", requires=["doc.ents", "token.dep", "token.pos"], assigns=["doc._.places"])
class PlacesComponent:
    """Sets `doc._.places`, in text order, none inside another."""

    def __init__(self, nlp: Language, name: str = "dateline_places") -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place."""
        taken: set[int] = set()
        found: list[Place] = []
        for span, label in _spans(doc):
            if not taken.intersection(range(span.start, span.end)) and not _speaks(span):
                taken.update(range(span.start, span.end))
                found.append(_place(span, label))
        doc._.places = tuple(_with_countries(doc, sorted(found, key=lambda place: place.start)))
        return doc


def _spans(doc: Doc) -> list[tuple[Span, str]]:
    """Candidate spans with the label that vouches for them, the most trusted first."""
    found = [(_grown(span), "GPE") for span in _listed_points(doc)]
    found += [(_grown(_bare(entity)), entity.label_) for entity in doc.ents if entity.label_ in _LABELS]
    runs = _name_runs(doc)
    places = {i for span, _ in found for i in range(span.start, span.end)}
    open_runs: list[Span] = []
    for run in runs:
        label = _label_of_run(run) or _label_by_neighbour(run, places)
        if label:
            span = _grown(run)
            found.append((span, label))
            places.update(range(span.start, span.end))
        else:
            open_runs.append(run)
    names = {span.text for span, _ in found}
    for run in reversed(open_runs):
        label = run[-1].ent_type_
        if (run.text in names and label != "PERSON") or (label in {"", "ORG"} and _listed(run, places)):
            found.append((run, "GPE"))
            places.update(range(run.start, run.end))
    return [(span, label) for span, label in found if len(span) and any(c.isalpha() for c in span.text)]


def _listed_points(doc: Doc) -> list[Span]:
    """Names of several words that the codebook's own list has, which models cut apart ("Nir Oz")."""
    found, at = [], 0
    while at < len(doc):
        lengths = _point_starts().get(doc[at].text, ())
        match = next((doc[at : at + n] for n in lengths if doc[at : at + n].text in _words().points), None)
        if match is not None and doc[at].ent_type_ != "PERSON":
            found.append(match)
        at += len(match) if match is not None else 1
    return found


@cache
def _point_starts() -> dict[str, tuple[int, ...]]:
    """First word of a listed name of several words → how many tokens such names may have, the longest first."""
    found: dict[str, set[int]] = {}
    for name in _words().points:
        parts = name.replace("-", " - ").split()
        if len(parts) > 1:
            found.setdefault(parts[0], set()).add(len(parts))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sorted(found.items())}


def _label_by_neighbour(run: Span, places: set[int]) -> str:
    """A name that a dateline, a place behind a comma or people of the place vouch for."""
    doc, words = run.doc, _words()
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
    known = _words().abbreviations
    return token.text in known or _form(token.text) is not None or _form(text) is not None


def _listed(run: Span, places: set[int]) -> bool:
    """Whether a name stands in a list whose next or last member is a place ("Suba, Migori and Kisumu")."""
    doc = run.doc
    for index, step in ((run.end, 1), (run.start - 1, -1)):
        passed = 0
        while 0 <= index < len(doc) and passed < 2 and doc[index].lower_ in {",", "and", "or"}:
            index, passed = index + step, passed + 1
        if passed and 0 <= index < len(doc) and index in places and doc[index].ent_type_ != "PERSON":
            return True
    return False


def _bare(entity: Span) -> Span:
    """An entity without article, genitive mark and stray punctuation at its ends."""
    start, end = entity.start, entity.end
    doc = entity.doc
    while start < end and (doc[start].lower_ in {"the", "a", "an"} or doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or doc[end - 1].text in {",", "—", "-"}):
        end -= 1
    return doc[start:end]


def _grown(span: Span) -> Span:
    """A name with the direction before it and the word for its kind around it."""
    doc, words = span.doc, _words()
    start, end = span.start, span.end
    if end < len(doc) and _is_kind_word(doc[end]) and doc[end - 1].tag_ != "POS" and doc[end].dep_ != "ROOT":
        end += 1
        if end < len(doc) and _is_kind_word(doc[end]) and doc[end - 1].dep_ == "compound":
            end += 1
    elif (
        end + 1 < len(doc) and doc[end + 1].lower_ in words.kinds and doc[end].dep_ == "compound" and doc[end].is_lower
    ):
        end += 2  # "Jabalia refugee camp"
    if start and doc[start - 1].lower_ in words.before and doc[start - 1].is_title:
        start -= 1
    while start and doc[start - 1].lower_ in words.directions:
        start -= 1
    if start > 1 and doc[start - 1].text in _HYPHENS and doc[start - 2].lower_ in words.directions:
        start -= 2
    return doc[start:end]


def _is_kind_word(token: Token) -> bool:
    """Whether a word says what kind of place the name before it is ("province", "Plaza"), not what stands in it ("the
    West Bank city of Jenin")."""
    follows = token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "of"
    return token.lower_ in _words().kinds and token.pos_ in {"NOUN", "PROPN"} and not (follows and token.is_lower)


def _name_runs(doc: Doc) -> list[Span]:
    """Runs of proper nouns outside the place labels."""
    runs: list[Span] = []
    start: int | None = None
    for token in doc:
        proper = token.pos_ == "PROPN" and token.ent_type_ not in _LABELS and token.ent_type_ not in _NO_PLACE
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
    return [bare for bare in map(_bare, runs) if _could_name(bare)]


def _could_name(run: Span) -> bool:
    """Whether a run is written like a name of its own, not like an acronym, a title or part of a body's name."""
    doc, words = run.doc, _words()
    if not len(run) or not run[0].text[:1].isupper() or run.text.lower() in words.kinds:
        return False
    if run.text in words.abbreviations or run.text in words.points or _form(run.text) is not None:
        acronym = False
    else:
        acronym = any(t.is_upper and len(t) < _SHORTEST_UPPER for t in run) or any(c.isdigit() for c in run.text)
    if acronym or (len(run) == 1 and run[0].text.endswith(".") and run.text not in words.abbreviations):
        return False
    if run.end < len(doc) and doc[run.end].lower_ in {"of", "for"} and run[-1].lower_ not in words.kinds:
        return False
    inside = run[0].ent_type_ == "ORG" and (run[0].ent_iob_ == "I" or _goes_on(doc, run.end))
    return not inside


def _goes_on(doc: Doc, index: int) -> bool:
    return (
        index < len(doc) and doc[index].ent_iob_ == "I" and doc[index].ent_type_ == "ORG" and doc[index].pos_ != "PUNCT"
    )


def _label_of_run(run: Span) -> str:
    """What vouches that a run of proper nouns is a place: "" for nothing."""
    words, doc = _words(), run.doc
    text, before = run.text, _before(run)
    lowered = before.lower_ if before is not None else ""
    form = forms().get(text)
    if form is not None and form.kind in {"adjective", "people", "organization"}:
        return ""
    if text in words.seats:
        return "FAC" if lowered in words.locative or lowered == "at" else ""
    if text in words.points or (form is not None and form.kind in {"country", "region", "capital"}):
        return "GPE"
    last, label = run[-1], run[-1].ent_type_
    followed = run.end < len(doc) and _is_kind_word(doc[run.end])
    if last.lower_ in words.kinds and len(run) > 1:
        return _by_kind(words.kinds[last.lower_], label, lowered)
    if run[0].lower_ in words.before and len(run) > 1 and label != "PERSON":
        return "LOC"
    if followed and doc[run.end].is_lower and label != "PERSON":
        return _by_kind(words.kinds[doc[run.end].lower_], label, lowered)
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
    return ""


def _by_kind(kind: Kind, label: str, before: str) -> str:
    """A facility that the model takes for an organization is a place only where something is said to be there."""
    if label == "PERSON":
        return ""
    words = _words()
    if kind == "facility" and label == "ORG":
        return "FAC" if before in words.locative or before == "at" else ""
    return "FAC" if kind == "facility" else "LOC"


def _before(span: Span) -> Token | None:
    """The word before a span, articles and adjectives passed over."""
    index = span.start - 1
    while index >= 0 and span.doc[index].pos_ in {"DET", "ADJ"} and span.start - index < 4:
        index -= 1
    return span.doc[index] if index >= 0 else None


def _has_title(run: Span) -> bool:
    return any(child.dep_ in {"compound", "poss"} and child.i < run.start for child in run.root.children)


def _speaks(span: Span) -> bool:
    """Whether a country, capital or seat of power is who says something, not where."""
    head = span.root
    if head.dep_ not in {"nsubj", "nsubjpass", "agent"} and not (head.dep_ == "pobj" and head.head.dep_ == "agent"):
        return False
    if span.label_ in {"LOC", "FAC"}:
        return False
    verb = head.head if head.dep_ != "pobj" else head.head.head
    frames = cues().verbs.get(verb.lemma_.lower(), {})
    return verb.pos_ == "VERB" and bool(set(frames.values()) & _SPEAKING)


def _place(span: Span, label: str) -> Place:
    text = span.text
    form = _form(text)
    kind = _kind(span, label, form)
    country = form.code if form is not None else _words().countries.get(text)
    if country is None:
        core = next((f for f in (_form(span[i:].text) for i in range(1, len(span))) if f is not None), None)
        country = core.code if core is not None and kind != "facility" else None
    return Place(start=span.start, end=span.end, head=span.root.i, name=_own_name(span), kind=kind, country=country)


def _form(text: str) -> Form | None:
    """The country, land or capital that a text is, if any."""
    form = forms().get(text)
    return form if form is not None and form.kind in {"country", "region", "capital"} else None


def _kind(span: Span, label: str, form: Form | None) -> Kind:
    words = _words()
    if span.text in words.points:
        return words.points[span.text]
    if form is not None:
        return {"country": "country", "region": "region"}.get(form.kind, "city")  # type: ignore[return-value]
    if span.text in words.abbreviations:
        return "region"
    for token in (span[-1], span[0]):
        if token.lower_ in words.kinds and len(span) > 1:
            return words.kinds[token.lower_]
    if span[0].lower_ in words.directions and len(span) > 1:
        return "region"
    if span.start and label == "GPE":
        of = _before(span)
        if of is not None and of.lower_ == "of" and of.head.lower_ in words.kinds:
            return words.kinds[of.head.lower_]
    return {"FAC": "facility", "LOC": "region"}.get(label, "city")  # type: ignore[return-value]


def _with_countries(doc: Doc, places: list[Place]) -> list[Place]:
    """Places with the country that the text puts behind them ("Narathiwat, Thailand"; "Mae Sot in Thailand")."""
    result = list(places)
    for index in range(len(places) - 2, -1, -1):
        place, after = result[index], result[index + 1]
        between = doc[place.end : after.start].text
        if place.country is None and after.country and between in {",", "in", ", in", "("}:
            result[index] = msgspec.structs.replace(place, country=after.country)
    return result


def _own_name(span: Span) -> str:
    """The name without the word for a settlement behind it: "Nir Oz" of "the Nir Oz kibbutz"."""
    last = span[-1]
    if len(span) > 1 and last.is_lower and _words().kinds.get(last.lower_) == "city":
        return str(span[:-1].text)
    return str(span.text)
