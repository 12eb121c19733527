"""Text in XML: escaped, and without the characters that XML 1.0 can't have."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(words: str) -> str:
    """Without characters that XML 1.0 can't have."""
    return _NOT_XML.sub("", words)


def content(words: object) -> str:
    """As the content of an element."""
    return escape(clean(str(words)))


def attributes(**values: object) -> str:
    """` name="value"` for each value that is not None; an underscore at the end of a name is left out."""
    given = ((name.rstrip("_"), value) for name, value in values.items() if value is not None)
    return "".join(f" {name}={quoteattr(clean(str(value)))}" for name, value in given)
