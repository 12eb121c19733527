"""What the words between clauses say of when events were: "34 days after they took him", "when gunmen stormed …".

A clause of "after", "before", "when" or "while", a participle ("…, accusing them of spying") and a verb that another
one goes on from stand in an order to what they hang on, at a distance that may be told. Those facts and the events'
own days meet in `reading.times.propagation`. The words are in `codebook/orders.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from dateline.coding.draft import Dated, Draft
from dateline.coding.timewords import LENGTH, UNITS, Relation, lasts, nth_day, only_happens, relations
from dateline.reading.times.propagation import Contradiction, Fact, Gap, Order, Within, propagate
from dateline.record import Interval, Span

_HOURS = re.compile(r"PT\w+")
#: Words that stand alone in front of "after" and "before": lengths in days.
_BARE = {
    "day": 1, "night": 1, "morning": 1, "eve": 1, "week": 7, "fortnight": 14,
    "hours": 0, "minutes": 0, "moments": 0, "hour": 0, "immediately": 0, "shortly": 0, "soon": 0, "just": 0, "right": 0,
}  # fmt: skip
_STEPS = 8
_CLASH = "; contradicted: "
#: Letters by which a noun is taken for the deed told before ("apologised … the apology").
_STEM = 5
#: Sentences, the first included, in which a deed is taken up again by its noun.
_NEAR = 3
_WITHIN_CLAUSE = frozenset({"xcomp", "dobj", "nsubj", "nsubjpass", "attr", "acomp", "oprd"})


class Link(msgspec.Struct, frozen=True):
    """Two words (token indexes) and how the event of `inner` stands in time to that of `outer`.

    `days` is the way from one to the other, None where only the order is told; `weak` links only supply what is
    missing, `firm` ones outdo days that were read off the tense alone.
    """

    inner: int
    outer: int
    relation: Relation
    words: str
    evidence: tuple[Span, ...]
    days: int | None = None
    slack: int = 0
    weak: bool = False
    firm: bool = False


def order(doc: Doc, events: list[Draft], date: Callable[[Token], Dated | None]) -> list[Draft]:
    """The events with the days that their order in the sentences gives them; `date` tells a word's own days.

    Of facts that contradict each other those of the order give way, and the derivation names them.
    """
    home = {t: i for i, e in enumerate(events) if e.status == "actual" for t in (*e.triggers, *e.clauses)}
    home = {**_happenings(doc, events), **home}
    mended = list(events)
    for group in _groups(_links(doc, events, home), home):
        touched = sorted({home[t] for link in group for t in (link.inner, link.outer) if t in home})
        if touched:
            _meet(doc, mended, touched, group, home, date)
    return mended


def _happenings(doc: Doc, events: list[Draft]) -> dict[int, int]:
    """Verbs that say no more than that their subject took place: "the truce comes a week after …"."""
    verbs: dict[int, int] = {}
    text = doc.text  # spaCy puts it together anew at every call
    for index, event in enumerate(events):
        told = (text[a.start : a.end] for a in event.anchors if event.status == "actual")
        stems = {word[:_STEM].lower() for words in told for word in words.split()}
        for noun in (t for s in _sentences_from(doc, event) for t in s if t.dep_ in ("nsubj", "nsubjpass")):
            if only_happens(noun.head) and noun.lemma_[:_STEM].lower() in stems:
                verbs.setdefault(noun.head.i, index)
    return verbs


def _sentences_from(doc: Doc, event: Draft) -> list[Sentence]:
    """The sentence that tells an event and the two behind it."""
    first = doc[event.trigger].sent
    found = [first]
    while len(found) < _NEAR and found[-1].end < len(doc):
        found.append(doc[found[-1].end].sent)
    return found


def _links(doc: Doc, events: list[Draft], home: dict[int, int]) -> list[Link]:
    """Links between the words of events, and between those and bare clauses around them."""
    starts = {doc[t].sent.start: doc[t].sent for e in events for t in e.clauses}
    clauses = {t for e in events if e.status == "actual" for t in e.clauses}
    verbs = (t for s in starts.values() for t in s if t.pos_ in ("VERB", "AUX"))
    clauses |= {t.i for t in verbs if t.dep_ in ("advcl", "pcomp", "conj")}
    found = (_link(doc[i], home) for i in sorted(clauses))
    return [link for link in found if link is not None and (link.inner in home or link.outer in home)]


def _link(clause: Token, home: dict[int, int]) -> Link | None:
    if clause.dep_ in ("relcl", "ccomp") and any(c.dep_ == "aux" and c.lower_ == "had" for c in clause.children):
        return _of_pluperfect(clause)
    token = clause
    for _ in range(_STEPS):
        head = token.head
        if head == token:
            return None
        if token.dep_ == "advcl":
            return _of_clause(clause, token)
        if token.dep_ in ("pcomp", "pobj") and relations().get(head.lower_) in ("before", "after"):
            return _told(clause, _clause_of(head.head), head, relations()[head.lower_])
        if token.dep_ == "pobj" and head.lower_ == "of" and (nth := nth_day(head.head)) is not None:
            return _of_nth_day(clause, head.head, nth)
        if token.dep_ == "conj" and token.pos_ == "VERB" and head.pos_ == "VERB":
            return _of_conjunct(clause, token)
        if token.dep_ not in _WITHIN_CLAUSE or head.i in home or (token.dep_ == "dobj" and token.pos_ == "NOUN"):
            return None
        token = head
    return None


def _clause_of(token: Token) -> Token:
    """The verb that "the morning after the shooting" hangs on; other words are their own."""
    if token.lower_ not in _BARE:
        return token
    return next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), token)


def _of_pluperfect(clause: Token) -> Link | None:
    """ "The mate had speared two divers" in a clause of another deed: it came before."""
    up = (clause.head,) if clause.dep_ == "ccomp" else clause.head.ancestors
    above = next((t for t in up if t.pos_ == "VERB"), None)
    if above is None:
        return None
    had = next(c for c in clause.children if c.lower_ == "had")
    words = f"'had' of {clause.text!r}, told with {above.text!r}"
    return Link(clause.i, above.i, "before", words, (Span(had.idx, had.idx + len(had)),))


def _of_clause(clause: Token, verb: Token) -> Link | None:
    mark = next((c for c in verb.children if c.dep_ in ("mark", "advmod") and c.lower_ in relations()), None)
    if mark is not None and mark.i < verb.i:
        return _told(clause, _clause_of(verb.head), mark, relations()[mark.lower_])
    if any(c.dep_ in ("mark", "aux", "nsubj") for c in verb.children) or verb.tag_ not in ("VBG", "VBN"):
        return None
    return Link(clause.i, verb.head.i, "same", f"{verb.text!r} goes with {verb.head.text!r}", (), days=0, weak=True)


def _of_nth_day(clause: Token, day: Token, nth: int) -> Link | None:
    verb = next((t for t in day.ancestors if t.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return None
    span = Span(day.left_edge.idx, day.idx + len(day))
    words = f"{day.doc[day.left_edge.i : day.i + 1].text!r} of {clause.text!r}, the first day counted"
    return Link(clause.i, verb.i, "before", words, (span,), days=nth - 1)


def _of_conjunct(clause: Token, verb: Token) -> Link | None:
    """ "Gunmen abducted six on Tuesday and killed the driver": what is told in one breath was on one day."""
    if any(c.dep_ == "aux" for c in verb.children) or verb.tag_ not in ("VBD", "VBN"):
        return None
    return Link(clause.i, verb.head.i, "same", f"{verb.text!r} goes with {verb.head.text!r}", (), days=0, weak=True)


def _told(clause: Token, outer: Token, mark: Token, relation: Relation) -> Link | None:
    firm = relation == "since"
    if firm:
        relation = "same" if lasts(outer) else "before"
    if relation == "same" and any(c.dep_ == "aux" and c.lemma_ == "have" for c in mark.head.children):
        return None  # "as the federation has demanded since May" is no day
    if relation == "same":
        words = f"{mark.text!r} of {outer.text!r}"
        return Link(clause.i, outer.i, relation, words, (Span(mark.idx, mark.idx + len(mark)),), days=0, firm=firm)
    length = _length_before(mark)
    first, days, slack = (mark.i, None, 0) if length is None else length
    told = mark.doc[first : mark.i + 1]
    span = Span(told.start_char, told.end_char)
    words = f"{told.text!r} between {clause.text!r} and {outer.text!r}"
    return Link(clause.i, outer.i, relation, words, (span,), days=days, slack=slack)


def _length_before(mark: Token) -> tuple[int, int, int] | None:
    """The length told in front of "after" or "before": its first token, days, and the slack it has."""
    doc, at = mark.doc, mark.i - 1
    if doc[max(at - 2, 0) : mark.i].text.lower() == "to the day":
        at -= 3  # "eight weeks to the day after"
    if at < mark.sent.start:
        return None
    end = doc[at].idx + len(doc[at])
    for timex in doc._.times:
        if timex.type == "DURATION" and timex.end == end:
            first = at
            while doc[first].idx > timex.start:
                first -= 1
            length = LENGTH.fullmatch(timex.value)
            if length is not None:
                per, slack = UNITS[length[2]]
                return first, round(int(length[1]) * per), slack
            return (first, 0, 0) if _HOURS.fullmatch(timex.value) else None
    word = doc[at]
    if word.lower_ not in _BARE:
        return None
    leads = doc[at - 1].lower_ in ("a", "the", "one", "an") if at > 0 else False
    if _BARE[word.lower_] and not leads:
        return None
    return (at - 1 if leads else at), _BARE[word.lower_], 0


def _groups(links: Iterable[Link], home: dict[int, int]) -> list[list[Link]]:
    """Links that hang together by common events or words."""
    groups: list[tuple[set[str], list[Link]]] = []
    for link in links:
        names = {_name(link.inner, home), _name(link.outer, home)}
        joined = [g for g in groups if g[0] & names]
        groups = [g for g in groups if not g[0] & names]
        merged = [kept for g in joined for kept in g[1]]
        groups.append((names.union(*(g[0] for g in joined)), [*merged, link]))
    return [g[1] for g in groups]


def _name(token: int, home: dict[int, int]) -> str:
    return f"event {home[token]}" if token in home else f"word {token}"


def _meet(
    doc: Doc,
    events: list[Draft],
    touched: list[int],
    links: list[Link],
    home: dict[int, int],
    date: Callable[[Token], Dated | None],
) -> None:
    """Put the days that facts and links give into `events`."""
    own: list[Fact] = []
    told: dict[str, bool] = {}
    firm = {home[t] for link in links if link.firm for t in (link.inner, link.outer) if t in home}
    for index in touched:
        when = events[index].when
        if when.interval is not None:
            by_tense = index in firm and not when.evidence
            interval = Interval(None, when.interval.latest) if by_tense else when.interval
            own.append(Within(f"event {index}", interval, when.reason))
            told[f"event {index}"] = when.told and not by_tense
    for token in sorted({t for link in links for t in (link.inner, link.outer)} - set(home)):
        dated = date(doc[token])
        if dated is not None and dated.interval is not None:
            own.append(Within(f"word {token}", dated.interval, dated.reason))
            told[f"word {token}"] = True
    kept = [link for link in links if _applies(link, home, told)]
    clashes: list[str] = []
    while kept:
        facts = {link: _fact(link, home) for link in kept}
        result = propagate([*own, *facts.values()])
        if isinstance(result, Contradiction):
            wrong = [link for link in kept if facts[link] in result.facts]
            clashes.append(result.why)
            kept = [link for link in kept if link not in wrong]
            if not wrong:
                return
            continue
        for index in touched:
            new = result.get(f"event {index}")
            old = events[index].when
            if new is None or new.interval in (old.interval, Interval(None, None)):
                continue
            near = [k for k in kept if home.get(k.inner) == index or home.get(k.outer) == index]
            evidence = tuple(dict.fromkeys((*old.evidence, *(s for k in near for s in k.evidence))))
            sure = old.told or any(k.days is not None and _other_told(k, index, home, told) for k in near)
            events[index] = msgspec.structs.replace(events[index], when=Dated(new.interval, new.why, evidence, sure))
        break
    for index in touched if clashes else ():
        when = events[index].when
        if _CLASH in when.reason:
            continue  # told already, of the telling before it was united with others
        note = f"{when.reason}{_CLASH}{'; '.join(clashes)}"
        events[index] = msgspec.structs.replace(events[index], when=msgspec.structs.replace(when, reason=note))


def _applies(link: Link, home: dict[int, int], told: dict[str, bool]) -> bool:
    """Whether a link has something to give: one end is dated; a weak one only where the inner event is not."""
    inner, outer = _name(link.inner, home), _name(link.outer, home)
    if inner == outer:
        return False
    if link.weak and link.inner in home:
        return bool(told.get(outer)) and not told.get(inner)
    if link.weak:
        return not told.get(outer)  # "let out and put on a plane on the day before …"
    return bool(told.get(outer) or told.get(inner))


def _other_told(link: Link, index: int, home: dict[int, int], told: dict[str, bool]) -> bool:
    other = link.outer if home.get(link.inner) == index else link.inner
    return bool(told.get(_name(other, home)))


def _fact(link: Link, home: dict[int, int]) -> Fact:
    inner, outer = _name(link.inner, home), _name(link.outer, home)
    first, second = (outer, inner) if link.relation == "after" else (inner, outer)
    if link.days is None:
        return Order(first, second, link.words)
    return Gap(first, second, link.days, link.words, link.slack)
