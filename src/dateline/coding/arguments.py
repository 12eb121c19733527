"""Who stands where around a trigger: grammatical functions, normalised for voice, control, relatives and conjunction.

Slots (the codebook's words): "subject" (who does it), "object" (whom it befalls), "dative" (second object), a
preposition ("with", "on", "against" …), "possessive", "modifier" (compound or adjective before a noun), "content" (the
head of a complement clause), "complement" (after "be" and its like), "advcl" (the head of an adverbial clause), "mark",
"modal", "infinitive" (its "to"), "negation" and "particle". A dot leads on: "object.of" is whom the object is of.
Dependency labels are those of spaCy's English pipelines (ClearNLP).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj"})
# Nouns that stand for their "of" complement: "dozens of protesters", "a group of gunmen", "members of the crew".
TRANSPARENT = frozenset(
    (
        "dozen hundred thousand score million number group handful majority lot rest remainder some all most many "
        "several both member team crowd series couple pair wave string last first"
    ).split()
)


def conjuncts(token: Token) -> list[Token]:
    """The token and those conjoined to it, in text order ("A, B and C" from A)."""
    found, queue = [token], [token]
    while queue:
        current = queue.pop()
        strays = [t for t in current.sent if t.dep_ == "conj" and t.pos_ == "PROPN" and t.head.pos_ == "VERB"]
        for child in (*current.children, *(t for t in strays if first_conjunct(t) == current)):
            if child.dep_ == "conj" and child not in found and (child.pos_ == "VERB") == (token.pos_ == "VERB"):
                found.append(child)
                queue.append(child)
    return sorted(found, key=lambda t: t.i)


def coordinated(verb: Token) -> Token:
    """The verb that a conjoined verb goes on from; mended where the parser overlooks a nearer passive.

    "… who were kidnapped in May and released in June": hung on the main verb, "released" would lose whom it befell.
    """
    head = verb.head
    if verb.dep_ != "conj" or verb.tag_ not in ("VBN", "VBD"):
        return head
    if any(c.dep_ in SUBJECTS | OBJECTS | PASSIVE_SUBJECTS and c.ent_type_ != "DATE" for c in verb.children):
        return head
    if not any(t.lower_ in ("and", "or", "but", "then") for t in verb.doc[max(verb.i - 2, 0) : verb.i]):
        return head
    for token in reversed(verb.doc[head.i + 1 : verb.i]):
        if token.pos_ == "VERB" and token.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in token.children):
            return token
    return head


def is_adjective_participle(token: Token) -> bool:
    """Whether a word is a participle that the tagger took for an adjective: "the hijacked tanker"."""
    return bool(token.tag_ == "JJ" and token.dep_ == "amod" and token.lower_.endswith("ed"))


def stems_of_participle(word: str) -> tuple[str, ...]:
    """What a regular participle may be made of: "kidnapped" of kidnap, "seized" of seize, "occupied" of occupy."""
    return (word[:-2], word[:-1], word[:-3], word[:-3] + "y")


def is_passive(verb: Token) -> bool:
    """Whether the verb is a passive, a past participle after a noun ("the men freed on Friday") included."""
    deps = {c.dep_ for c in verb.children}
    if deps & {"nsubjpass", "auxpass", "csubjpass", "agent"}:
        return True
    if verb.dep_ == "acl" and verb.tag_ == "VBD" and not deps & (SUBJECTS | OBJECTS):
        return True  # "a minister detained on Monday": a reduced relative that the tagger took for a past tense
    if coordinated(verb) != verb.head:
        return True
    if is_adjective_participle(verb):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return False
    if verb.dep_ in ("acl", "amod"):
        return True
    if verb.dep_ == "conj" and coordinated(verb).pos_ in ("VERB", "AUX") and not _children(verb, SUBJECTS | OBJECTS):
        return is_passive(coordinated(verb))
    if verb.dep_ == "advcl":
        return not deps & OBJECTS
    return verb.dep_ == "pcomp" and any(c.lemma_ == "be" for c in verb.children)


def _children(token: Token, deps: frozenset[str]) -> list[Token]:
    # a time is no object: "released the following month"
    return [c for c in token.children if c.dep_ in deps and not (c.dep_ in OBJECTS and c.ent_type_ in ("DATE", "TIME"))]


def _clause_subject(verb: Token, depth: int = 0) -> list[Token]:
    """The understood first argument of a verb without one of its own (control, participles, conjunction)."""
    if depth > 6:
        return []
    head = verb.head
    if verb.dep_ in ("relcl", "acl", "amod"):
        noun = antecedent(verb)
        return [noun, *_counted_among(noun)]
    if verb.dep_ == "conj" and coordinated(verb).pos_ in ("VERB", "AUX"):
        return surface_subject(coordinated(verb), depth + 1)
    if verb.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX", "ADJ"):
        objects = _children(head, OBJECTS) + _children(head, frozenset({"dative"}))
        return objects or surface_subject(head, depth + 1)
    if verb.dep_ in ("advcl", "ccomp") and head.pos_ in ("VERB", "AUX") and verb.tag_ in ("VBG", "VBN", "VB"):
        return surface_subject(head, depth + 1)
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        governor = head.head
        if governor.pos_ in ("VERB", "AUX"):
            # "accused him of killing": the object does it; "freed after being held": the surface subject
            objects = _children(governor, OBJECTS)
            if objects and head.lower_ in ("of", "for", "from", "into") and governor.lemma_ not in ("thank", "take"):
                return objects
            return surface_subject(governor, depth + 1)
        if governor.pos_ in ("NOUN", "PROPN"):
            return _noun_owner(governor, depth + 1)
    return []


def antecedent(verb: Token) -> Token:
    """The noun that a relative or participle clause is about.

    Behind a comma that is the whole phrase, not the last name in it: "Agathe Habyarimana, the widow of the former
    president, accused of …", "two nephews of the first lady, who were arrested".
    """
    noun = verb.head
    while noun.dep_ in ("compound", "amod") and noun.head.i > noun.i:
        noun = noun.head  # "kidnapped aid workers": the participle hangs on "aid"
    if noun.pos_ == "NUM" and verb.dep_ in ("acl", "relcl"):
        counted = next((t for p, t in prepositions(noun) if p == "of" and t.i < verb.i), None)
        noun = counted or noun  # "two of the fourteen workers kidnapped": fourteen were
    if verb.i < noun.i or not any(t.text == "," for t in noun.doc[noun.i + 1 : verb.i]):
        return noun
    whole = noun
    while (above := _phrase_above(whole)) is not None:
        if whole.dep_ != "appos" and above.dep_ != "appos" and (_agrees(verb, noun) or not _agrees(verb, above)):
            break
        whole = above
    return whole


def _phrase_above(noun: Token) -> Token | None:
    """The noun phrase that a noun is the apposition, complement or conjunct of; None at the top."""
    if noun.dep_ == "pobj":
        above = noun.head.head
    elif noun.dep_ in ("appos", "conj"):
        above = first_conjunct(noun) if noun.dep_ == "conj" else noun.head
    else:
        return None
    return above if above.pos_ in ("NOUN", "PROPN") and above != noun else None


def first_conjunct(noun: Token) -> Token:
    """The noun that a conjoined noun goes on from; where the parser hung it on a verb, the one before the "and"."""
    if noun.dep_ != "conj" or noun.head.pos_ not in ("VERB", "AUX"):
        return noun.head
    edge = min((t.i for t in noun.subtree), default=noun.i)
    for token in reversed(noun.doc[max(noun.sent.start, edge - 4) : edge]):
        if token.pos_ in ("NOUN", "PROPN"):
            while token.dep_ in ("appos", "compound") and token.head.pos_ in ("NOUN", "PROPN"):
                token = token.head
            return token
    return noun.head


def _counted_among(noun: Token) -> list[Token]:
    """Who is said to be one of those that a noun denotes: "Troufanov was among the hostages freed in February"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("among", "of"):
        return []
    above = noun.head.head
    if noun.head.lower_ == "of":
        above = above.head if above.lower_ in ("one", "two", "some") else above
    return _children(above, SUBJECTS) if above.lemma_ == "be" else []


def _agrees(verb: Token, noun: Token) -> bool:
    """Whether a finite verb's number fits a noun's; true where the verb does not show it."""
    finite = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), verb)
    plural = noun.tag_ in ("NNS", "NNPS") or len(conjuncts(noun)) > 1
    if finite.lower_ in ("were", "are", "have"):
        return plural
    if finite.lower_ in ("was", "is", "has"):
        return not plural
    return True


def _noun_owner(noun: Token, depth: int) -> list[Token]:
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners:
        return owners
    if noun.dep_ in OBJECTS and noun.head.pos_ == "VERB":
        return surface_subject(noun.head, depth)
    return []


def surface_subject(verb: Token, depth: int = 0) -> list[Token]:
    """The subject as written or understood, whatever the voice."""
    own = _children(verb, SUBJECTS | PASSIVE_SUBJECTS)
    own = [t for t in own if t.dep_ != "expl"]
    if own and verb.dep_ == "relcl" and own[0].tag_ in ("WP", "WDT"):
        return [antecedent(verb)]
    if own:
        return own
    return _clause_subject(verb, depth)


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Pairs of a preposition and what it governs, for a verb or noun; "because of", "as part of" are followed."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "PART", "ADV"):
            for below in child.children:
                if below.dep_ in ("pobj", "pcomp"):
                    yield child.lower_, below
                elif below.dep_ == "prep":
                    yield from ((below.lower_, t) for t in below.children if t.dep_ in ("pobj", "pcomp"))
        elif child.dep_ == "prt":
            yield from (
                (p.lower_, t) for p in child.children if p.dep_ == "prep" for t in p.children if t.dep_ == "pobj"
            )


def transparent(token: Token) -> Token:
    """The noun that a quantity or collective noun stands for ("dozens of protesters" → protesters)."""
    for _ in range(3):
        if token.lemma_.lower() not in TRANSPARENT and token.pos_ != "NUM":
            return token
        inner = next((t for p, t in prepositions(token) if p == "of"), None)
        if inner is None:
            return token
        token = inner
    return token


def verb_slots(verb: Token) -> dict[str, list[Token]]:
    """Slot → argument heads of a verb, conjuncts included, in text order."""
    slots: dict[str, list[Token]] = {}
    passive = is_passive(verb)
    subject = surface_subject(verb)
    preps = list(prepositions(verb))
    if passive:
        slots["object"] = subject
        slots["subject"] = [
            t for p, t in preps if p == "by" and t.dep_ == "pobj" and t.ent_type_ not in ("DATE", "TIME")
        ]
        if not slots["subject"]:
            slots["subject"] = _stray_agent(verb)
        rest = _children(verb, OBJECTS)
        if rest:
            slots["dative"] = rest
    else:
        slots["subject"] = subject
        slots["object"] = [_meant(t, verb) for t in _children(verb, OBJECTS)]
        if not slots["object"]:
            slots["object"] = _shared_object(verb)
        slots["dative"] = [c for c in verb.children if c.dep_ == "dative" and c.pos_ not in ("ADP",)]
    for name, token in preps:
        if not (passive and name == "by"):
            slots.setdefault(name, []).append(token)
    slots["content"] = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp")]
    slots["complement"] = [c for c in verb.children if c.dep_ in ("attr", "acomp", "oprd")]
    slots["advcl"] = [c for c in verb.children if c.dep_ == "advcl"]
    slots["mark"] = [c for c in verb.children if c.dep_ == "mark"]
    slots["modal"] = [c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"]
    slots["infinitive"] = [c for c in verb.children if c.dep_ == "aux" and c.tag_ == "TO"]
    slots["negation"] = [c for c in verb.children if c.dep_ == "neg"]
    slots["particle"] = [c for c in verb.children if c.dep_ == "prt"]
    return {name: _spread(tokens) for name, tokens in slots.items() if tokens}


def _stray_agent(verb: Token) -> list[Token]:
    """The doer of a passive whose "by" the parser hung on a noun in between ("shot at her door by men")."""
    nouns = [t for p, t in prepositions(verb) if p in ("at", "in", "near", "outside", "from", "to", "on", "into")]
    found = [t for noun in nouns for p, t in prepositions(noun) if p == "by" and t.ent_type_ not in ("DATE", "TIME")]
    return [t for t in found if t.tag_ in ("NNS", "NNP", "NNPS", "PRP") and t.dep_ == "pobj"]


def _meant(token: Token, verb: Token) -> Token:
    """What a relative pronoun stands for ("a camp that the troops had seized"); any other word itself."""
    return antecedent(verb) if verb.dep_ == "relcl" and token.tag_ in ("WP", "WDT") else token


def _shared_object(verb: Token) -> list[Token]:
    """The object that a conjoined verb owns for both ("killed and wounded 20 people"); a relative's noun else."""
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ == "VERB" and not _children(child, SUBJECTS | PASSIVE_SUBJECTS):
            if _children(verb, frozenset({"prep"})):
                return []
            return _children(child, OBJECTS)
    if verb.dep_ == "relcl" and _children(verb, SUBJECTS):
        subject = _children(verb, SUBJECTS)[0]
        if subject.lower_ not in ("who", "which", "that"):
            return [verb.head]
    return []


def noun_slots(noun: Token) -> dict[str, list[Token]]:
    """Slot → argument heads of an event noun: possessive, modifier, prepositions, conjuncts included."""
    slots: dict[str, list[Token]] = {}
    for child in noun.children:
        if child.dep_ == "poss":
            slots.setdefault("possessive", []).append(child)
        elif child.dep_ in ("compound", "amod", "nmod"):
            # "a Hamas-led attack", "an Israeli-Hamas ceasefire deal": names hang under the word before the noun
            below = [t for t in child.subtree if t.dep_ in ("npadvmod", "compound", "amod", "nmod")]
            slots.setdefault("modifier", []).extend([child, *(t for t in below if t != child)])
    if noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN") and "possessive" not in slots:
        owner = [c for c in noun.head.children if c.dep_ == "poss"]
        if owner:
            slots["possessive"] = owner
    for name, token in prepositions(noun):
        slots.setdefault(name, []).append(token)
    slots["content"] = [c for c in noun.children if c.dep_ in ("acl", "ccomp", "xcomp") and c.pos_ in ("VERB", "AUX")]
    return {name: _spread(tokens) for name, tokens in slots.items() if tokens}


def follow(slots: dict[str, list[Token]], path: str) -> list[Token]:
    """The heads in a slot; "content.object" goes on to the objects of the verbs in the slot "content"."""
    first, *further = path.split(".")
    heads = slots.get(first, [])
    for name in further:
        heads = [t for head in heads for t in slots_of(head).get(name, [])]
    return heads


def slots_of(head: Token) -> dict[str, list[Token]]:
    """The slots of a verb or of a noun."""
    return verb_slots(head) if head.pos_ in ("VERB", "AUX") else noun_slots(head)


def owners(noun: Token) -> list[Token]:
    """Whose a thing is ("the movement's request", "Thai intrusions", "the release of 84 boys by the militia")."""
    slots = noun_slots(noun)
    for slot in ("possessive", "by", "modifier"):
        if slot in slots:
            return slots[slot]
    return []


def _spread(tokens: list[Token]) -> list[Token]:
    spread: list[Token] = []
    for token in tokens:
        spread.extend(t for t in conjuncts(token) if t not in spread)
    return spread
