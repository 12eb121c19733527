"""Who "I" and "you" are: the speaker and the addressee of the quotation they stand in."""

from __future__ import annotations

from spacy.tokens import Doc

from dateline.reading.profiles import Reading

_FIRST = frozenset({"i", "me", "my", "mine", "myself"})
_SECOND = frozenset({"you", "your", "yours", "yourself", "yourselves"})


def speakers(doc: Doc, reading: Reading) -> dict[int, tuple[int, ...]]:
    """Mention index of a first or second person pronoun inside a quotation → mentions that it stands for."""
    found: dict[int, tuple[int, ...]] = {}
    quotes = doc._.quotes
    if not quotes:
        return found
    tokens = reading.tokens
    for m, p in enumerate(reading.profiles):
        if p.lemma not in _FIRST and p.lemma not in _SECOND:
            continue
        offset = doc[p.start].idx
        for quote in quotes:
            if not quote.start <= offset < quote.end:
                continue
            if p.lemma in _FIRST and quote.source is not None:
                source = reading.at[quote.source]
                if source >= 0 and source != m:
                    found[m] = (source,)
            elif p.lemma in _SECOND and quote.cue is not None:
                told = [
                    k for k in tokens.kids[quote.cue] if tokens.deps[k] in ("dobj", "dative") and reading.at[k] >= 0
                ]
                if told and tokens.lemmas[quote.cue] in ("tell", "urge", "thank", "ask", "warn", "remind"):
                    found[m] = (reading.at[told[0]],)
            break
    return found
