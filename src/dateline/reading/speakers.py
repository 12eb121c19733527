"""Who "I" and "you" are: the speaker and the addressee of the quotation they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from dateline.reading.profiles import Reading

_FIRST = frozenset({"i", "me", "my", "mine", "myself"})
_SECOND = frozenset({"you", "your", "yours", "yourself", "yourselves"})


#: Sentences back within which one who spoke goes on speaking as "he" or "she".
_GOES_ON = 2


@dataclass(frozen=True, slots=True)
class Talk:
    """What speech tells pronouns: `quoted` are the mentions inside quotation marks; `before` has, for a mention that is
    said to speak a quotation, the mention that spoke before it; `speaking` are the mentions that speak one; `spoken_by`
    has, for a mention in a whole utterance, the mention of who utters it.
    """

    quoted: frozenset[int] = frozenset()
    before: dict[int, int] = field(default_factory=dict)
    speaking: frozenset[int] = frozenset()
    spoken_by: dict[int, int] = field(default_factory=dict)


def talk_of(doc: Doc, reading: Reading) -> Talk:
    """The talk of a Doc's quotations and attributions; empty where speech has not been read."""
    profiles, sents = reading.profiles, reading.tokens.sents
    quoted = frozenset(
        m for m, p in enumerate(profiles) if any(q.start <= doc[p.start].idx < q.end for q in doc._.quotes)
    )
    sources = sorted({s.source for s in (*doc._.quotes, *doc._.attributions) if s.source is not None})
    before: dict[int, int] = {}
    for quote in doc._.quotes:
        earlier = [s for s in sources if quote.source is not None and s < quote.source]
        if quote.source is None or not earlier or reading.at[earlier[-1]] in quoted:
            continue
        if sents[quote.source] - sents[earlier[-1]] <= _GOES_ON and reading.at[quote.source] >= 0:
            before[reading.at[quote.source]] = reading.at[earlier[-1]]
    speaking = frozenset(reading.at[q.source] for q in doc._.quotes if q.source is not None)
    return Talk(quoted, before, speaking, _spoken_by(doc, reading))


def _spoken_by(doc: Doc, reading: Reading) -> dict[int, int]:
    """Mention inside an utterance → mention of its speaker. A phrase built into the reporter's sentence is none: there
    the reporter may well have put "his" for "my"; one that begins with a capital, or has an "I" in it, is.
    """
    found: dict[int, int] = {}
    for quote in doc._.quotes:
        source = reading.at[quote.source] if quote.source is not None else -1
        if source < 0:
            continue
        inside = [m for m, p in enumerate(reading.profiles) if quote.start <= doc[p.start].idx < quote.end]
        own = any(reading.profiles[m].lemma in _FIRST for m in inside)
        if own or doc.text[quote.start : quote.start + 1].isupper():
            found.update((m, source) for m in inside if m != source)
    return found


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
