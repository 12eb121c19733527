"""Printed conversations: paragraphs that a name and a colon give to a speaker."""

from __future__ import annotations

from spacy.tokens import Doc

from dateline.reading.attribution import Told

#: How many words a speaker's name may have, and how many the paragraph behind it must have at least.
_NAME, _SPEECH = 4, 3


def transcript(doc: Doc) -> list[Told]:
    """Who says which paragraph in a printed conversation: "WALLACE: Good evening." Names and colons count only where
    two paragraphs begin so; one alone may be a headline or a dateline.
    """
    found = []
    starts = [i for i in range(len(doc)) if i == 0 or "\n" in doc[i - 1].text]
    for start in starts:
        first = start + 1 if doc[start].is_quote else start
        colon = next((i for i in range(first + 1, min(first + 1 + _NAME, len(doc))) if doc[i].text == ":"), None)
        if colon is None or not all(doc[i].text[:1].isupper() and doc[i].is_alpha for i in range(first, colon)):
            continue
        last = colon + 1
        while last < len(doc) and "\n" not in doc[last].text:
            last += 1
        if last - colon > _SPEECH:
            found.append(Told(frozenset(range(colon + 1, last)), colon, colon - 1, "direct", "say"))
    return found if len(found) > 1 else []
