"""The places that a report names: the component `dateline_places`.

Names come from the named-entity labels GPE, LOC and FAC, from the word that makes a name a place ("Freedom Plaza", "the
Moei River", "Kibbutz Be'eri") and from the preposition before it ("in X", "outside X"). A direction belongs to the name
("southern Israel"). People of a place are no place, nor is a capital or country that speaks ("Moscow denied"). No
coordinates here; `gazetteer.resolve_doc` tells where the places lie. No postponed annotations: spaCy checks a
factory's arguments at run time.
"""

from functools import cache

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline.reading.annotations import Place, register
from dateline.reading.candidates import is_listed
from dateline.reading.countries import Form, forms
from dateline.reading.cues import VOUCHING, cues
from dateline.reading.lexicon import lexicon
from dateline.reading.placeruns import (
    LABELS,
    bare,
    is_in_list,
    label_by_neighbour,
    label_of_run,
    name_runs,
    word_before,
)
from dateline.reading.placewords import Kind, form_of, is_kind_word, place_words

_SPEAKING = VOUCHING | {"demand", "ask", "commit", "judge", "wish"}
_HYPHENS = {"-", "–"}


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
    persons = _persons(doc)
    for entity in doc.ents:
        if entity.label_ in LABELS:
            found += [(_grown(part), entity.label_) for part in _parts(entity) if not _is_no_place(part, persons)]
    runs = name_runs(doc)
    places = {i for span, _ in found for i in range(span.start, span.end)}
    open_runs: list[Span] = []
    for run in runs:
        label = label_of_run(run, persons) or label_by_neighbour(run, places)
        if label:
            span = _grown(run)
            found.append((span, label))
            places.update(range(span.start, span.end))
        else:
            open_runs.append(run)
    names = {span.text for span, _ in found}
    for run in reversed(open_runs):
        label = run[-1].ent_type_
        if (run.text in names and label != "PERSON") or (label in {"", "ORG"} and is_in_list(run, places)):
            found.append((run, "GPE"))
            places.update(range(run.start, run.end))
    return [(span, label) for span, label in found if len(span) and any(c.isalpha() for c in span.text)]


def _parts(entity: Span) -> list[Span]:
    """An entity without article, cut where a comma puts a place into another ("Auckland, New Zealand")."""
    cuts = [token.i for token in entity if token.text == ","]
    starts, ends = [entity.start, *(cut + 1 for cut in cuts)], [*cuts, entity.end]
    return [part for a, b in zip(starts, ends, strict=True) if len(part := bare(entity.doc[a:b]))]


def _persons(doc: Doc) -> frozenset[str]:
    """Surnames of the people whom the report names in full."""
    return frozenset(e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1)


def _is_no_place(span: Span, persons: frozenset[str]) -> bool:
    """Whether what the model takes for a place is a title, a people, an adjective or somebody's surname."""
    form = forms().get(span.text)
    if form is not None:
        return form.kind in {"adjective", "people", "organization"}
    if len(span) > 1 or span.text in place_words().points:
        return len(span) > 1 and lexicon().first_names.get(span[0].text) is not None and not is_listed(span.text)
    if lexicon().is_person(span.text.lower()):
        return True
    return span.text in persons and span[0].dep_ != "pobj"


def _listed_points(doc: Doc) -> list[Span]:
    """Names of several words that the codebook's own list has, which models cut apart ("Nir Oz")."""
    found, at = [], 0
    while at < len(doc):
        lengths = _point_starts().get(doc[at].text, ())
        match = next((doc[at : at + n] for n in lengths if doc[at : at + n].text in place_words().points), None)
        if match is not None and doc[at].ent_type_ != "PERSON":
            found.append(match)
        at += len(match) if match is not None else 1
    return found


@cache
def _point_starts() -> dict[str, tuple[int, ...]]:
    """First word of a listed name of several words → how many tokens such names may have, the longest first."""
    found: dict[str, set[int]] = {}
    for name in place_words().points:
        parts = name.replace("-", " - ").split()
        if len(parts) > 1:
            found.setdefault(parts[0], set()).add(len(parts))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sorted(found.items())}


def _grown(span: Span) -> Span:
    """A name with the direction before it and the word for its kind around it; "a Jenin hospital" is in Jenin only."""
    doc, words = span.doc, place_words()
    start, end = span.start, span.end
    if _is_some(doc, start, end):
        return span
    if end < len(doc) and is_kind_word(doc[end]) and doc[end - 1].tag_ != "POS" and doc[end].dep_ != "ROOT":
        end += 1
        if end < len(doc) and is_kind_word(doc[end]) and doc[end - 1].dep_ == "compound":
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


def _is_some(doc: Doc, start: int, end: int) -> bool:
    """Whether "a" and a common noun stand around a name."""
    return start > 0 and doc[start - 1].lower_ in {"a", "an"} and end < len(doc) and doc[end].is_lower


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
    form = form_of(text)
    kind = _kind(span, label, form)
    country = form.code if form is not None else place_words().countries.get(text)
    if country is None:
        core = next((f for f in (form_of(span[i:].text) for i in range(1, len(span))) if f is not None), None)
        country = core.code if core is not None and kind != "facility" else None
    return Place(start=span.start, end=span.end, head=span.root.i, name=_own_name(span), kind=kind, country=country)


def _kind(span: Span, label: str, form: Form | None) -> Kind:
    words = place_words()
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
        of = word_before(span)
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
    if len(span) > 1 and last.is_lower and place_words().kinds.get(last.lower_) == "city":
        return str(span[:-1].text)
    return str(span.text)
