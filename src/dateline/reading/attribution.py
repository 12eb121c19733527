"""Indirect speech over the parse: which tokens are told on whose word, and which word says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import msgspec
from spacy.tokens import Doc, Token

from dateline.reading.cues import VOUCHING, Stance, cues
from dateline.reading.teller import SUBJECT, VERBAL, source_of

Kind = Literal["direct", "indirect", "according"]

_CLAUSE = {"ccomp", "xcomp", "pcomp", "parataxis"}
# "I think", "you know": the writer's own voice.
_ANYBODY = {"i", "we", "you", "one"}
_REFLEXIVE = {"themselves", "himself", "herself", "itself"}
# How many words may stand between subject and verb of an aside ("…, a spokesman for the ministry said").
_ASIDE_REACH = 12
_LOOSE = {
    "punct",
    "cc",
    "conj",
    "npadvmod",
    "advcl",
    "advmod",
    "parataxis",
    "agent",
    "nsubj",
    "nsubjpass",
    "aux",
    "dep",
}


class Told(msgspec.Struct, frozen=True):
    """What one cue introduces: the tokens of the content, the source's head, the cue."""

    content: frozenset[int]
    cue: int
    source: int | None
    kind: Kind
    stance: Stance


def find_told(doc: Doc) -> list[Told]:
    """All indirect speech of a parsed Doc, in the order of the cues."""
    found: dict[int, Told] = {}
    for token in doc:
        for read in _READERS:
            told = read(token)
            if told and told.content and told.cue not in found:
                found[told.cue] = told
    verbs = [told for told in found.values() if doc[told.cue].pos_ in VERBAL]
    return [
        told
        for _, told in sorted(found.items())
        if doc[told.cue].pos_ != "NOUN"
        or not any(told.cue in verb.content and verb.source == told.source for verb in verbs)
    ]


def sentence_bounds(token: Token) -> tuple[int, int]:
    """`[start, end)` of the sentence of a token (`Token.sent` looks through the whole Doc each time)."""
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and not doc[start].is_sent_start:
        start -= 1
    while end < len(doc) and not doc[end].is_sent_start:
        end += 1
    return start, end


def runs(tokens: Iterable[int], doc: Doc) -> Iterator[tuple[int, int]]:
    """`[start, end)` of each unbroken run, trimmed of punctuation and space at both ends; a gap that holds nothing
    but punctuation or space does not break a run."""
    current: list[int] = []
    for index in sorted(tokens):
        if current and any(not (t.is_punct or t.is_space) for t in doc[current[-1] + 1 : index]):
            yield from _trimmed(current, doc)
            current = []
        current.append(index)
    yield from _trimmed(current, doc)


def _trimmed(run: list[int], doc: Doc) -> Iterator[tuple[int, int]]:
    kept = [index for index in run if not (doc[index].is_space or (doc[index].is_punct and not doc[index].is_quote))]
    if any(not doc[index].is_punct for index in kept):
        yield kept[0], kept[-1] + 1


def _subtree(token: Token) -> set[int]:
    return {inner.i for inner in token.subtree}


def _content(clause: Token, cue: Token) -> set[int]:
    """The tokens of a clause that is said, without what parsers hang on it but the narrator says: a further cue
    ("said it was opposed and warned the North", "said he was proud, adding that …")."""
    found = _subtree(clause)
    for inner in clause.subtree:
        if inner is clause or inner.pos_ != "VERB" or inner.lemma_.lower() not in cues().verbs:
            continue
        before = inner.doc[max(inner.left_edge.i - 1, 0)]
        participle = inner.tag_ == "VBG" and inner.dep_ == "advcl" and before.text == ","
        sequel = (
            inner.tag_ == cue.tag_ == "VBD"
            and inner.dep_ == "conj"
            and not any(child.dep_ in SUBJECT for child in inner.children)
        )
        if participle or sequel:
            found -= _subtree(inner)
    return found


def _verb_told(verb: Token) -> Told | None:
    """A verb of saying with its complement."""
    if verb.pos_ not in VERBAL or verb.dep_ in {"aux", "auxpass"}:
        return None
    takes = cues().verbs.get(verb.lemma_.lower())
    if takes is None:
        return None
    source = source_of(verb)
    content = _around_aside(verb, source) if "clause" in takes else set()
    stance: Stance | None = takes.get("clause")
    if not content:
        content, stance = _clause_content(verb, takes, source)
    if not content:
        content, stance = _phrase_content(verb, takes)
    if not content or stance is None:
        return None
    content.discard(verb.i)
    if stance == "belief" and source is not None and source.lower_ in _ANYBODY:
        return None
    return Told(frozenset(content), verb.i, None if source is None else source.i, "indirect", stance)


def _around_aside(verb: Token, source: Token | None) -> set[int]:
    """The sentence around or before an aside ("The museum, he said, would …", "…, said the envoy on Monday").

    An aside is subject and verb, or verb and subject, behind a comma, with no complement behind it.
    """
    if source is None or abs(source.i - verb.i) > _ASIDE_REACH:
        return set()
    doc = verb.doc
    first, last = sentence_bounds(verb)
    if not first <= source.i < last:
        return set()
    if any(
        child.dep_ in {"ccomp", "xcomp", "dobj"} and child != source and not _leads(child, verb)
        for child in verb.rights
    ):
        return set()
    start = min(verb.i, source.left_edge.i if source.i < verb.i else verb.i)
    for child in verb.lefts:
        if child.dep_ in {"advmod", "aux", "neg", "mark"} and child.i >= start - 2:
            start = min(start, child.i)
    if start - 1 <= first or doc[start - 1].text != "," or any(t.text == "," for t in doc[start : verb.i]):
        return set()
    end = verb.i + 1
    own = {i for child in verb.rights if child.dep_ not in {"ccomp", "parataxis", "conj", "advcl", "punct"}
           for i in _subtree(child)}  # fmt: skip
    while end < last and (end in own or (doc[end].pos_ == "PART")):
        end += 1
    rest: set[int] = set()
    if end + 1 < last and doc[end].text == "," and doc[end + 1].tag_ != "VBG":
        rest = set(range(end + 1, last))
    before = set(range(first, start - 1))
    return _in_paragraph(before | rest, verb)


def _leads(child: Token, verb: Token) -> bool:
    """Whether a complement that parsers hang behind a verb is the remainder of the clause that the verb interrupts."""
    return bool(child.dep_ == "ccomp" and verb.doc[verb.i + 1].text == ",")


def _in_paragraph(tokens: set[int], cue: Token) -> set[int]:
    """Those of the tokens that no line break parts from the cue."""
    if not tokens:
        return tokens
    doc = cue.doc
    first, last = min(*tokens, cue.i), max(*tokens, cue.i)
    breaks = [i for i in range(first, last + 1) if doc[i].is_space and "\n" in doc[i].text]
    low = max((i for i in breaks if i < cue.i), default=-1)
    high = min((i for i in breaks if i > cue.i), default=len(doc))
    return {i for i in tokens if low < i < high}


def _clause_content(verb: Token, takes: dict[str, Stance], source: Token | None) -> tuple[set[int], Stance | None]:
    content: set[int] = set()
    stance: Stance | None = None
    hearsay = _is_hearsay_passive(verb, takes)
    for child in verb.children:
        if hearsay and child.dep_ in {"nsubjpass", "xcomp"}:
            content |= _subtree(child)
            stance = takes["clause"]
            continue
        take = _clause_take(child, verb, takes)
        if take is None:
            continue
        own = _content(child, verb)
        if source is not None and source.i in own:
            continue
        content |= own
        if take in {"object", "adjective"} and child.dep_ == "xcomp":
            content |= _object(verb)
        stance = stance or takes[take]
    content = _in_paragraph(content, verb)
    if content or "clause" not in takes:
        return content, stance
    head = verb.head
    if verb.dep_ in {"parataxis", "advcl"} and head.pos_ in VERBAL and _is_parenthetical(verb):
        return _in_paragraph(_subtree(head) - _subtree(verb), verb), takes["clause"]
    return content, stance


def _is_hearsay_passive(verb: Token, takes: dict[str, Stance]) -> bool:
    """ "X was said to have fled": subject and infinitive together are what is said."""
    if takes.get("clause") not in VOUCHING or verb.lemma_.lower() in cues().told:
        return False
    links = {child.dep_ for child in verb.children}
    return {"auxpass", "nsubjpass", "xcomp"} <= links


def _clause_take(child: Token, verb: Token, takes: dict[str, Stance]) -> str | None:
    """Which complement of `takes` a clausal child is, if any."""
    if child.dep_ not in {"ccomp", "xcomp"}:
        return None
    to = any(inner.lower_ == "to" and inner.dep_ == "aux" for inner in child.children)
    finite = child.dep_ == "ccomp" and not to
    order: tuple[str, ...]
    if finite:
        order = ("clause", "adjective", "object")
    elif to:
        told = any(inner.dep_ in {"dobj", "nsubj"} for inner in (*verb.rights, *child.lefts))
        order = ("object", "infinitive") if told else ("infinitive", "object")
        if verb.lemma_.lower() in cues().told:
            order = (*order, "clause")
    else:
        order = ("object", "adjective", "infinitive")
    return next((take for take in order if take in takes), None)


def _is_parenthetical(verb: Token) -> bool:
    """Whether a clause without a complement comments on its head ("…, officials say", "as the envoy put it")."""
    marks = {child.lower_ for child in verb.children if child.dep_ in {"mark", "advmod"}}
    return marks <= {"as", "also", "then", "later", "now"} and not any(
        child.dep_ in {"dobj", "xcomp", "ccomp"} and child.lower_ != "it" for child in verb.rights
    )


def _object(verb: Token) -> set[int]:
    found = next((child for child in verb.rights if child.dep_ in {"dobj", "dative"}), None)
    return _subtree(found) if found is not None else set()


def _phrase_content(verb: Token, takes: dict[str, Stance]) -> tuple[set[int], Stance | None]:
    """A noun phrase or prepositional phrase as content."""
    rights = list(verb.rights)
    if "object" in takes:
        passive = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
        if passive is not None:
            named = [child for child in rights if child.dep_ == "oprd" or child.lower_ == "as"]
            return {index for part in (passive, *named) for index in _subtree(part)}, takes["object"]
        starts = next((child for child in rights if child.dep_ in {"dobj", "oprd"}), None)
        if starts is not None and starts.lower_ not in _REFLEXIVE:
            content = {index for child in rights if child.dep_ not in _LOOSE and not _is_temporal(child)
                       for index in _content(child, verb)}  # fmt: skip
            return _in_paragraph(content, verb), takes["object"]
    fitting = [child for child in rights if child.dep_ in {"prep", "dative"} and child.lower_ in takes]
    if fitting:  # "apologised to X for Y": Y is what it was for
        child = min(fitting, key=lambda child: child.lower_ == "to")
        return _content(child, verb), takes[child.lower_]
    return set(), None


def _is_temporal(child: Token) -> bool:
    """Whether a prepositional phrase says when ("on Monday")."""
    governed = next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return bool(child.dep_ == "prep" and governed is not None and governed.ent_type_ in {"DATE", "TIME"})


def _noun_told(noun: Token) -> Told | None:
    """A noun of saying with a clause of its own ("the claim that …")."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in cues().nouns:
        return None
    clause = next(
        (child for child in noun.rights if child.dep_ in {"acl", "ccomp", "relcl"} and _is_content(child)), None
    )
    if clause is None:
        return None
    source = _noun_source(noun)
    return Told(
        frozenset(_subtree(clause)), noun.i, None if source is None else source.i, "indirect",
        cues().nouns[noun.lemma_.lower()],
    )  # fmt: skip


def _is_content(clause: Token) -> bool:
    """Whether a noun's clause is what was said: "that" as a mere mark, or an infinitive."""
    return any(
        (child.dep_ == "mark" and child.lower_ == "that") or (child.dep_ == "aux" and child.lower_ == "to")
        for child in clause.lefts
    )


def _noun_source(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss" or (
            child.dep_ in {"amod", "compound"} and child.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"}
        ):
            return child
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}:
            governed = next((inner for inner in child.children if inner.dep_ == "pobj"), None)
            if governed is not None:
                return governed
    verb = noun.head.head if noun.head.dep_ == "prep" else noun.head
    if noun.dep_ in {"dobj", "pobj", "attr", "oprd"} and verb.pos_ in VERBAL:
        return source_of(verb)
    return None


def _phrase_told(first: Token) -> Told | None:
    """ "According to X": the clause around it is X's."""
    for words, stance in _PHRASES.get(first.lower_, ()):
        span = first.doc[first.i : first.i + len(words)]
        if tuple(token.lower_ for token in span) != words:
            continue
        source = next((child for child in span[-1].children if child.dep_ == "pobj"), None)
        if source is None or (len(words) == 1 and source.pos_ != "PROPN"):
            continue  # "per year" tells nobody's words
        phrase = {token.i for token in span} | _subtree(source)
        top = next((token for token in span if token.head.i not in {t.i for t in span}), first)
        phrase |= _subtree(top) if top.head != top else set()
        clause = _clause_around(top)
        return Told(frozenset(_subtree(clause) - phrase), first.i, source.i, "according", stance)
    return None


def _clause_around(token: Token) -> Token:
    """The verb (or root) of the clause that a phrase comments on: the whole sentence where the phrase leads or ends
    it, else the nearest clause."""
    doc = token.doc
    first, last = sentence_bounds(token)
    edge = token.left_edge.i <= first + 1 or all(
        doc[i].is_punct or doc[i].is_space for i in range(token.right_edge.i + 1, last)
    )
    head = token.head
    while head.head != head and (edge or not (head.pos_ in VERBAL and head.dep_ not in {"xcomp", "aux", "auxpass"})):
        head = head.head
    return head


def _adverb_told(adverb: Token) -> Told | None:
    """Hearsay without a source ("reportedly")."""
    if adverb.lower_ not in cues().adverbs:
        return None
    head = adverb.head
    while head.pos_ not in VERBAL and head.head != head and head.dep_ in {"amod", "advmod"}:
        head = head.head
    return Told(frozenset(_subtree(head)), adverb.i, None, "indirect", cues().adverbs[adverb.lower_])


_PHRASES: dict[str, list[tuple[tuple[str, ...], Stance]]] = {}
for _words, _stance in cues().phrases.items():
    _PHRASES.setdefault(_words[0], []).append((_words, _stance))

_READERS: tuple[Callable[[Token], Told | None], ...] = (_verb_told, _noun_told, _phrase_told, _adverb_told)
