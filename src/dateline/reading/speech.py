"""Who says what: the component `dateline_speech`.

Direct speech comes from the marks (`quotation`), indirect speech from the parse (`attribution`); here the two are
brought together, and every quote gets its speaker: from the words around it, else from the speech that holds it, else
from the quote or the sentence before.
"""

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Token

from dateline.reading.annotations import Attribution, Quotation, register
from dateline.reading.attribution import Kind, Told, find_told, runs, sentence_bounds
from dateline.reading.cues import VOUCHING, cues, stance_of
from dateline.reading.quotation import QuotedStretch, quoted_stretches
from dateline.reading.teller import NOMINAL, VERBAL, source_of
from dateline.reading.transcript import transcript

__all__ = ["VOUCHING", "SpeechComponent", "stance_of"]

_TERMINATORS = {".", "!", "?", "…", ";"}
# Stances that a quoted speaker reports of others, and the pronouns that are no others.
_PASSED_ON = {"say", "claim", "deny"}
_SPEECH_PERSONS = {"i", "we", "you", "me", "us", "who", "it", "one", "people", "everybody", "everyone", "somebody"}


# A name behind a dash signs a quote, if no more than this stands behind the dash.
_DASHES = {"―", "—", "–", "--", "-"}
_SIGNATURE = 12


class _Spoken(msgspec.Struct):
    """A quoted stretch in tokens (`first` to `last`, both inside the marks), with what was found about it."""

    stretch: QuotedStretch
    first: int
    last: int
    cue: int | None = None
    source: int | None = None
    whole: bool = False


@Language.factory(
    "dateline_speech",
    default_config={"attitudes": True, "nested": False},
    requires=["token.dep", "token.head", "token.tag", "token.lemma", "doc.sents"],
    assigns=["doc._.quotes", "doc._.attributions"],
)
class SpeechComponent:
    """Sets `doc._.quotes` and `doc._.attributions`; needs tags, lemmas and a parse.

    `attitudes`: also attribute what is asked, demanded, promised, judged and wished. Without it only statements count:
    what somebody vouches for, or denies. `nested`: also attribute what others are reported to think, want or ask inside
    reported speech ("X said that Y wants …"); without it only what others are reported to say there is theirs.
    """

    def __init__(
        self, nlp: Language, name: str = "dateline_speech", attitudes: bool = True, nested: bool = False
    ) -> None:
        register()
        self.name, self.attitudes, self.nested = name, attitudes, nested

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place."""
        told = sorted([*find_told(doc), *transcript(doc)], key=lambda one: one.cue)
        speakers = _Speakers(doc, told)
        spoken = speakers.resolve()
        told = [one for one in told if one.cue not in speakers.quoted or _is_hearsay(one, doc)]
        if not self.attitudes:
            told = [one for one in told if one.stance in VOUCHING]
        if not self.nested:
            told = _one_level(told, spoken, doc)
        doc._.quotes = tuple(
            Quotation(start=one.stretch.start, end=one.stretch.end, cue=one.cue, source=one.source) for one in spoken
        )
        doc._.attributions = _attributions(doc, told, spoken)
        return doc


def _is_hearsay(one: Told, doc: Doc) -> bool:
    """Whether a cue inside a quote tells that the speaker passes on a third party's statement; what speakers say
    of their own thoughts and words is no further source."""
    if one.source is None or one.stance not in _PASSED_ON:
        return False
    cue = doc[one.cue]
    return doc[one.source].lower_ not in _SPEECH_PERSONS and any(child.dep_ == "ccomp" for child in cue.children)


def _one_level(told: list[Told], spoken: list[_Spoken], doc: Doc) -> list[Told]:
    """Speech without what somebody is reported to think, want or ask inside it; what another is reported to say there
    stays his ("Kyiv said that Moscow claimed …"), and so does what a report or a quotation only repeats.
    """
    quoted = {i for one in spoken for i in range(one.first, one.last + 1)}
    kept = []
    for one in told:
        above = [other for other in told if one.cue in other.content and other.cue != one.cue]
        repeated = all(doc[other.cue].lemma_.lower() in cues().repeating for other in above)
        others = one.source not in {other.source for other in above}
        if one.cue not in quoted and (repeated or (others and _is_hearsay(one, doc))):
            kept.append(one)
    return kept


def _attributions(doc: Doc, told: list[Told], spoken: list[_Spoken]) -> tuple[Attribution, ...]:
    """Quoted and indirect content of one cue together, cut where quoted speech begins or ends."""
    quoted: dict[int, set[int]] = {}
    sources: dict[int, int | None] = {}
    for quote in spoken:
        if quote.cue is not None:
            quoted.setdefault(quote.cue, set()).update(range(quote.first, quote.last + 1))
            sources[quote.cue] = quote.source
    found: set[tuple[int, int, int, int | None, Kind]] = set()
    whole = {one.cue for one in spoken if one.whole}
    content = {one.cue: one.content for one in told if one.cue not in whole}
    for cue, tokens in quoted.items():
        rest = tokens - content.get(cue, frozenset())
        found.update((start, end, cue, sources[cue], "direct") for start, end in runs(rest, doc))
    for one in told:
        source = one.source if one.source is not None else sources.get(one.cue)
        marked = quoted.get(one.cue, set())
        if one.cue in whole:  # the marks tell better than the parse where an utterance begins and ends
            continue
        for start, end in runs(one.content, doc):
            direct = all(i in marked or doc[i].is_punct or doc[i].is_space for i in range(start, end))
            found.add((start, end, one.cue, source, "direct" if direct else one.kind))
    return tuple(
        Attribution(start=start, end=end, cue=cue, source=source, kind=kind)
        for start, end, cue, source, kind in sorted(found, key=lambda item: (item[0], -item[1], item[2]))
    )


class _Speakers:
    """Finds the speaker of each quoted stretch of one Doc."""

    def __init__(self, doc: Doc, told: list[Told]) -> None:
        self.doc, self.text, self.told = doc, doc.text, told
        self.spoken = [one for one in map(self._in_tokens, quoted_stretches(self.text)) if one is not None]
        self.outer = [one for one in self.spoken if one.stretch.depth == 0]
        self.quoted = {i for one in self.outer for i in range(one.first, one.last + 1)}
        self.root_of = {t.i: chunk.root for chunk in doc.noun_chunks for t in chunk}

    def _in_tokens(self, stretch: QuotedStretch) -> _Spoken | None:
        span = self.doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
        return _Spoken(stretch, span.start, span.end - 1) if span is not None and len(span) else None

    def resolve(self) -> list[_Spoken]:
        """The quotes, with their speakers; inner quotes only where a speaker inside the outer one was found."""
        for number, one in enumerate(self.outer):
            before = self.outer[number - 1] if number else None
            after = self.outer[number + 1] if number + 1 < len(self.outer) else None
            self._speaker(one, before, after)
        for number, one in enumerate(self.outer):
            if one.source is None and number + 1 < len(self.outer):
                self._borrow_from_next(one, self.outer[number + 1])
        inner = [one for one in self.spoken if one.stretch.depth]
        for one in inner:
            self._from_cover(one)
        return [one for one in self.spoken if one.stretch.depth == 0 or one.source is not None]

    def _speaker(self, one: _Spoken, before: _Spoken | None, after: _Spoken | None) -> None:
        whole = one.whole = self._is_whole(one)
        steps = (
            (self._from_after, self._from_before, self._from_cover)
            if whole
            else (self._from_cover, self._from_after, self._from_before)
        )
        for step in steps:
            if step(one):
                return
        self._carry(one, before, whole)

    def _is_whole(self, one: _Spoken) -> bool:
        """Whether a quote is an utterance, not a phrase built into somebody else's sentence."""
        text = self.text[one.stretch.start : one.stretch.end].strip()
        return (
            bool(text)
            and (text[0].isupper() or text[0] in "[(‘'…")
            and (text[-1] in ",.!?…—-" or one.stretch.closed != "mark" or self._starts_paragraph(one))
        )

    def _starts_paragraph(self, one: _Spoken) -> bool:
        lead = self.text[: one.stretch.start].rstrip("“\"'`„«‘")
        return not lead.strip() or lead.endswith("\n")

    # --- the words behind and before the marks ---

    def _region_after(self, one: _Spoken) -> list[Token]:
        """Tokens from the closing mark to the end of the sentence, the next quote or the paragraph."""
        region: list[Token] = []
        for token in self.doc[one.last + 1 :]:
            if token.i in self.quoted or "\n" in token.text or (token.text in _TERMINATORS and region):
                break
            if not (token.is_punct or token.is_space) or region:
                region.append(token)
            elif token.text in _TERMINATORS and token.i > one.last + 1:
                break
        return region

    def _region_before(self, one: _Spoken) -> list[Token]:
        """Tokens from the start of the sentence, the quote before or the paragraph to the opening mark."""
        region: list[Token] = []
        for index in range(one.first - 1, -1, -1):
            token = self.doc[index]
            if token.i in self.quoted or "\n" in token.text or token.text in {".", "!", "?"}:
                break
            region.append(token)
        return region[::-1]

    def _from_after(self, one: _Spoken) -> bool:
        """ "…," said X; "…," X told Y; "…", according to X."""
        text = self.text[one.stretch.start : one.stretch.end].rstrip()
        tail = self.text[one.stretch.end + 1 : one.stretch.end + 3].lstrip("'’”\"")
        attached = text[-1:] in ",?!…—-" or tail[:1] == "," or one.stretch.closed != "mark"
        region = self._region_after(one)
        if not region or region[0].lower_ in {"and", "but", "while", "because", "that"}:
            return False
        verb = next(
            (
                t
                for t in region
                if t.pos_ in VERBAL and t.dep_ not in {"aux", "auxpass"} and not self._inside_subject(t, region)
            ),
            None,
        )
        if verb is None:
            return self._after_without_verb(one, region)
        known = verb.lemma_.lower() in cues().verbs
        begins = region.index(verb) <= 1 or all(t.pos_ not in VERBAL for t in region[: region.index(verb)])
        if not (begins and (attached or (known and region.index(verb) == 0)) and (known or attached)):
            return False
        source = self._subject_near(verb, region)
        if source is None:
            return False
        one.cue, one.source = verb.i, source.i
        return True

    def _after_without_verb(self, one: _Spoken, region: list[Token]) -> bool:
        """ "…" — X, as under a letter; "…", according to X (which is indirect speech too)."""
        dash = self.doc[region[0].i - 1]
        name = self.root_of.get(region[0].i)
        if dash.text in _DASHES and name is not None and name.pos_ == "PROPN" and len(region) <= _SIGNATURE:
            one.cue, one.source = dash.i, name.i
            return True
        return region[0].lower_ == "according" and self._from_cover(one)

    def _inside_subject(self, verb: Token, region: list[Token]) -> bool:
        """Whether a verb only describes a noun of the region ("the man accused of …, said")."""
        return verb.dep_ in {"relcl", "acl", "amod"} and verb.head.i in {t.i for t in region}

    def _from_before(self, one: _Spoken) -> bool:
        """X said: "…"; X told Y that "…"; "in the words of X, "…"."""
        region = self._region_before(one)
        verbs = [t for t in region if t.pos_ in VERBAL and t.lemma_.lower() in cues().verbs]
        close = [t.text for t in region if not t.is_quote and not t.is_space][-1:] in ([":"], [","])
        if not verbs:
            if close and region:
                plain = [t for t in region if t.pos_ in VERBAL and t.dep_ not in {"aux", "auxpass"}]
                verbs = plain
            if not verbs:
                return False
        for verb in reversed(verbs):
            if any(child.dep_ == "auxpass" for child in verb.children):
                continue
            source = self._subject_near(verb, region)
            if source is not None:
                one.cue, one.source = verb.i, source.i
                return True
        return False

    def _subject_near(self, verb: Token, region: list[Token]) -> Token | None:
        """The subject of a verb by the parse, else the noun phrase next to it in the region."""
        inside = {t.i for t in region}
        source = source_of(verb)
        if source is not None and source.i not in self.quoted:
            return source
        at = region.index(verb)
        for token in (*reversed(region[:at]), *region[at + 1 :]):
            root = self.root_of.get(token.i)
            if (
                root is not None
                and root.i in inside
                and root.pos_ in NOMINAL
                and root.ent_type_ not in {"DATE", "TIME"}
            ):
                return root
        return None

    # --- the speech that holds it, and what went before ---

    def _from_cover(self, one: _Spoken) -> bool:
        """The narrowest indirect speech that holds the quote's first word."""
        inside = range(one.first, one.last + 1)
        covering = [t for t in self.told if one.first in t.content and t.cue not in inside and t.source is not None]
        covering = [t for t in covering if t.source not in inside]
        if not covering:
            return False
        best = min(covering, key=lambda t: (len(t.content), t.cue))
        one.cue, one.source = best.cue, best.source
        return True

    def _carry(self, one: _Spoken, before: _Spoken | None, whole: bool) -> None:
        """A quote that goes on: the speaker of the quote just before, else whoever the sentence before tells of."""
        if before is not None and before.source is not None:
            between = self.doc[before.last + 1 : one.first]
            words = [t for t in between if t.is_alpha and t.i != before.source]
            breaks = between.text.count("\n")
            if before.stretch.closed == "continues" or (len(words) <= (25 if whole else 12) and breaks <= 1):
                one.cue, one.source = before.cue, before.source
                return
        if whole:
            self._from_sentence_before(one)
        else:
            self._from_governor(one)

    def _from_governor(self, one: _Spoken) -> None:
        """Who judges in "expelled by the government for 'speaking ill'", "thanked Y for 'a brave stand'": the doer of
        the nearest verb above a quoted phrase that gives the ground for it.
        """
        word = self.doc[one.first]
        for above in (word, *word.ancestors):
            ground = above.dep_ == "prep" and above.lower_ in {"for", "over", "as"} and above.i < one.first
            if not ground or above.head.pos_ not in VERBAL or above.head.i in self.quoted:
                continue
            source = source_of(above.head)
            if source is not None and source.pos_ in NOMINAL and source.i not in self.quoted:
                one.cue, one.source = above.head.i, source.i
            return

    def _from_sentence_before(self, one: _Spoken) -> None:
        """Whoever the last sentence outside quotes has for its subject, if that can speak."""
        index = one.first - 1
        while index >= 0 and (self.doc[index].is_punct or self.doc[index].is_space or self.doc[index].i in self.quoted):
            index -= 1
        if index < 0:
            return
        first, last = sentence_bounds(self.doc[index])
        verbs = [t for t in self.doc[first:last] if t.pos_ in VERBAL and t.i not in self.quoted]
        for verb in [t for t in verbs if t.lemma_.lower() in cues().verbs] + [t for t in verbs if t.dep_ == "ROOT"]:
            source = source_of(verb)
            if source is not None and source.pos_ in NOMINAL:
                one.cue, one.source = verb.i, source.i
                return

    def _borrow_from_next(self, one: _Spoken, after: _Spoken) -> None:
        """ "Yes." "No," he said: the speaker of a quote that follows at once."""
        between = self.doc[one.last + 1 : after.first]
        if after.source is not None and not any(t.is_alpha for t in between) and self._is_whole(one):
            one.cue, one.source = after.cue, after.source
