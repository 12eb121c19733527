"""The component that finds every mention of someone or something: names, descriptions and pronouns."""

from spacy.language import Language
from spacy.tokens import Doc

from dateline.reading.annotations import register
from dateline.reading.countries import Gazetteer
from dateline.reading.descriptions import Describer, is_arm, pronoun
from dateline.reading.entities import annotate
from dateline.reading.lexicon import lexicon, words
from dateline.reading.metonyms import governs
from dateline.reading.names import Names
from dateline.reading.profiles import KEY, Gender, Profile, Reading
from dateline.reading.spans import Name
from dateline.reading.titles import title_before
from dateline.reading.tokens import Tokens

_ARM_WORDS = words("arm_words")


@Language.factory("dateline_mentions", assigns=["doc._.mentions", "doc._.entities"], requires=["doc.ents", "token.dep"])
class Mentions:
    """Sets `doc._.mentions` and, with one entity a mention, `doc._.entities`."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.gazetteer = Gazetteer(lambda text: [token.text for token in nlp.tokenizer(text)])

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one parsed Doc."""
        tokens = Tokens(doc)
        names = Names(tokens, self.gazetteer)
        profiles = find_profiles(tokens, names, self.gazetteer)
        reading = Reading(tokens, profiles)
        doc.user_data[KEY] = reading
        annotate(doc, [(m,) for m, profile in enumerate(profiles) if profile.sort != "pronoun"], {})
        return doc


def find_profiles(tokens: Tokens, names: Names, gazetteer: Gazetteer) -> list[Profile]:
    """The profiles of all mentions, in text order."""
    describer = Describer(tokens, names.owner)
    profiles = []
    for i in range(len(tokens)):
        name = names.owner[i]
        if name is not None:
            if name.start == i:
                profiles.append(_name(tokens, names.owner, name, gazetteer))
            continue
        found = pronoun(tokens, i) or describer.at(i)
        if found is not None:
            if found.sort == "description":
                found.arm = is_arm(tokens, found, names.owner)
                found.code = _code_inside(tokens, names.owner, found)
            profiles.append(found)
    titled = {i for p in profiles if p.title for i in range(*p.title)}
    profiles = [p for p in profiles if p.sort != "description" or p.head not in titled]
    profiles.sort(key=lambda p: (p.start, -p.end, p.head))
    return profiles


def _code_inside(tokens: Tokens, owner: list[Name | None], profile: Profile) -> str | None:
    """The country that the description's own words name: "Russian forces", "Syria's army", "the government of Mali"."""
    for i in range(profile.start, profile.end):
        name = owner[i]
        if name is not None and name.form is not None and name.form.code and name.form.kind != "organization":
            return name.form.code
    for kid in tokens.kids[profile.head]:
        if tokens.deps[kid] == "prep" and tokens.lower[kid] in ("of", "from"):
            for noun in tokens.kids[kid]:
                name = owner[noun]
                if name is not None and name.form is not None and name.form.kind in ("country", "region"):
                    return name.form.code
        elif tokens.deps[kid] == "poss":
            name = owner[kid]
            if name is not None and name.form is not None and name.form.kind != "organization":
                return name.form.code
    return None


def _head(tokens: Tokens, start: int, end: int) -> int:
    for i in range(end - 1, start - 1, -1):
        if not start <= tokens.heads[i] < end or tokens.heads[i] == i:
            return i
    return end - 1


def _name(tokens: Tokens, owner: list[Name | None], name: Name, gazetteer: Gazetteer) -> Profile:
    lex = lexicon()
    text = tokens.text(name.start, name.end)
    head = _head(tokens, name.start, name.end)
    profile = Profile(
        name.start, name.end, head, "name", None, text, tokens.lower[name.end - 1], number="s", label=name.label,
        form=name.form, code=name.form.code if name.form else None,
        words=frozenset(tokens.lower[name.start : name.end]),
    )  # fmt: skip
    if name.label == "PERSON":
        profile.kind = "person"
        profile.title = title_before(tokens, owner, name.start)
        profile.gender = _gender(tokens, name, profile.title)
        if profile.title:
            profile.start = profile.title[0]
            profile.head = _head(tokens, profile.start, profile.end)
        if tokens.tags[name.end - 1] == "NNPS" and name.start and tokens.lower[name.start - 1] == "the":
            profile.number, profile.kind = "p", "group"
    elif name.label == "ORG":
        _organization(tokens, profile, gazetteer)
    elif name.label == "GPE":
        _place(tokens, profile)
    elif name.label == "NORP":
        _people(tokens, profile, lex.persons)
    return profile


def _gender(tokens: Tokens, name: Name, title: tuple[int, int] | None) -> Gender:
    lex = lexicon()
    if title is not None:
        for i in range(title[1] - 1, title[0] - 1, -1):
            lower = tokens.lower[i].rstrip(".")
            gender = lex.courtesy.get(lower) or lex.gender.get(lower)
            if gender:
                return gender  # type: ignore[return-value]
    if name.end - name.start > 1 or tokens.words[name.start] in lex.first_names:
        first = tokens.words[name.start]
        if name.end - name.start > 3 and tokens.words[name.start + 1] == "-":
            first = "-".join((first, tokens.words[name.start + 2])) if first not in lex.first_names else first
        return lex.first_names.get(first, "")  # type: ignore[return-value]
    return ""


def _organization(tokens: Tokens, profile: Profile, gazetteer: Gazetteer) -> None:
    profile.kind = "organization"
    profile.number = ""
    if profile.form is not None:
        profile.arm = profile.form.arm
        return
    inside = [
        (start, form)
        for start, _, form in gazetteer.find(tokens.words[profile.start : profile.end])
        if form.code and form.kind != "organization"
    ]
    if inside:
        profile.code = inside[0][1].code
    rest = [
        tokens.lower[i]
        for i in range(profile.start, profile.end)
        if all(
            word not in profile.core.split()[: 1 if inside and inside[0][0] == 0 else 0] for word in (tokens.words[i],)
        )
        and tokens.words[i] not in ("'s", "’s", "-")
    ]
    own = rest and (
        rest[0] in ("ministry", "department", "government")
        or rest[-1] in ("ministry", "department", "government", "administration", "embassy")
    )
    if own or (inside and inside[0][0] == 0 and rest and all(word in _ARM_WORDS for word in rest)):
        profile.arm = not any(word in lexicon().bodies for word in rest if word not in ("justice",))


def _place(tokens: Tokens, profile: Profile) -> None:
    form = profile.form
    if form is None:
        profile.kind = None
    elif form.kind in ("country", "region") or governs(tokens, profile.head, seat=form.kind == "metonym"):
        profile.kind = "country"
    else:
        profile.city = True


def _people(tokens: Tokens, profile: Profile, persons: frozenset[str]) -> None:
    """Adjectives denote the country; "Israelis", "two Frenchmen", "Republicans" are groups; "an Israeli" a person."""
    head = profile.head
    form = profile.form
    nominal = tokens.deps[head] not in ("amod", "compound", "nmod", "npadvmod", "punct")
    numbered = False
    for kid in tokens.kids[head]:
        if kid < head and tokens.deps[kid] in ("det", "nummod", "amod"):
            lower = tokens.lower[kid]
            profile.definite = {"the": "def", "a": "indef", "an": "indef"}.get(lower, profile.definite)
            if tokens.deps[kid] == "nummod":
                numbered = True
                profile.definite = "num"
                profile.start = min(profile.start, tokens.edges(head)[0])
                profile.core = tokens.text(kid, profile.end)
    if form is not None and (form.kind == "people" or (nominal and numbered)):
        profile.kind, profile.number = "group", "p"
        profile.sort = "description"
        return
    if form is not None:
        profile.kind = "country"
        if nominal and profile.definite == "indef":
            profile.kind, profile.number = "person", "s"
            profile.sort = "description"
        return
    if nominal:
        profile.number = "p" if profile.core.endswith("s") else ""
        profile.kind = "group" if profile.number == "p" else None
