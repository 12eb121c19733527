"""The component `dateline_layout`: sentence starts that the page tells, set before the parser looks at the words.

A dateline ("RIGA, Dec 5 (Agency) - ") and a paragraph break end a sentence whatever the words; left alone, the parser
takes the place of a dateline for the subject of the sentence behind it. Lines of a text that is wrapped at a fixed
width are no paragraphs.
"""

import re
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

# Place names in capitals or title case, then a day, an agency in brackets or nothing, then a dash or colon.
_PLACE = r"[A-ZÀ-Þ][\w.'’ -]{1,40}(?:,\s[A-ZÀ-Þ][\w.'’ -]{1,30}){0,2}"
_DATELINE = re.compile(
    rf"\s*(?:(?P<caps>[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]+(?:,\s[A-Z][\w.'’ ]{{0,30}}){{0,2}})|{_PLACE})"
    r"(?P<day>,?\s[^\n()—–:]{0,30}?)?(?P<agency>\s?\([^()\n]{2,40}\))?\s*(?P<dash>--?|—|–|:)\s+(?=[\"“‘'A-ZÀ-Þ0-9])"
)
_DAY = re.compile(
    r"\b(?:\d{1,2}|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", re.IGNORECASE
)
_LONGEST_DATELINE = 100
#: Characters; typewritten and mailed texts wrap well before.
_WIDEST = 100
_ENDS_SENTENCE = frozenset(".!?:;\"”’')]")


@Language.factory("dateline_layout", assigns=["token.is_sent_start"])
class LayoutComponent:
    """Sets `token.is_sent_start` behind a dateline and at paragraph breaks; must stand before the parser."""

    def __init__(self, nlp: Language, name: str = "dateline_layout") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc, with the starts that the page tells."""
        starts = {dateline_end(doc.text), *_paragraphs(doc.text)} - {0}
        for token in doc[1:]:
            if token.idx in starts:
                token.is_sent_start = True
        return doc


def dateline_end(text: str) -> int:
    """Where the dateline that opens a text ends and its first sentence begins; 0 where there is none."""
    found = _DATELINE.match(text)
    if found is None or found.end() > _LONGEST_DATELINE:
        return 0
    told = found["caps"] or found["agency"] or _DAY.search(found["day"] or "")
    return found.end() if told else 0


def _paragraphs(text: str) -> list[int]:
    """Offsets of the first word of each paragraph but the first."""
    lines = [m for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    wrapped = _is_wrapped([m.group() for m in lines])
    starts = []
    for before, line in pairwise(lines):
        blank = text.count("\n", before.end(), line.start()) > 1
        ended = before.group().rstrip()[-1] in _ENDS_SENTENCE
        if blank or (not wrapped and (ended or line.group().lstrip()[0].isupper())):
            starts.append(line.start() + len(line.group()) - len(line.group().lstrip()))
    return starts


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines break at a fixed width: short ones, of which many go on with a small letter."""
    if len(lines) < 3 or max(map(len, lines)) > _WIDEST:
        return False
    return sum(line.lstrip()[0].islower() for line in lines[1:]) * 3 > len(lines)
