"""The spaCy component `dateline_times`: sets `doc._.times` from the text and `doc._.published`.

No postponed annotations here: spaCy checks a factory's arguments by their types at run time.
"""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.annotations import published_of, register
from dateline.reading.times.tagger import tag


@Language.factory("dateline_times", assigns=["doc._.times"], default_config={"narrative": False, "day_first": None})
class TimesComponent:
    """Tags time expressions; needs no other component, so it may stand anywhere in a pipeline.

    `narrative` and `day_first` are those of `dateline.reading.times.tag`.
    """

    def __init__(
        self, nlp: Language, name: str = "dateline_times", narrative: bool = False, day_first: bool | None = None
    ) -> None:
        register()
        self.name, self.narrative, self.day_first = name, narrative, day_first

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc, with `doc._.times` set."""
        doc._.times = tag(doc.text, published_of(doc), narrative=self.narrative, day_first=self.day_first)
        return doc
