"""What one mention tells about what it denotes, before anything is linked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc

from dateline.reading.countries import Form
from dateline.reading.tokens import Tokens
from dateline.record import ActorKind

Number = Literal["s", "p", ""]
Gender = Literal["f", "m", ""]

#: Where `dateline_mentions` leaves a Doc's `Reading` for the components after it.
KEY = "dateline.reading"


@dataclass(slots=True)
class Profile:
    """A mention at tokens `[start, end)` with head `head`.

    `sort` is the Mention's kind. `core` is the name or short description that an entity may take; `lemma` the head
    noun, lower case and singular, or the pronoun. `definite`: "def" (the), "dem" (this, those), "poss" (his, X's),
    "indef" (a, another), "num" (two, dozens of), "bare", or "" for names and pronouns. `label` is a name's label.
    `title` is the tokens of the title before a name, `arm` says that it is a state's body that acts as the state;
    `city` that it is a capital's name, which denotes the country only where it acts. `possessor` is the head token of
    the possessor inside the noun phrase.
    """

    start: int
    end: int
    head: int
    sort: Literal["name", "description", "pronoun"]
    kind: ActorKind | None
    core: str
    lemma: str
    number: Number = ""
    gender: Gender = ""
    definite: str = ""
    label: str = ""
    title: tuple[int, int] | None = None
    form: Form | None = None
    code: str | None = None
    arm: bool = False
    city: bool = False
    possessor: int | None = None
    words: frozenset[str] = field(default_factory=frozenset)


class Reading:
    """The shared state of the who-is-who components for one Doc: its tokens, a profile for each mention (same
    indexes as `doc._.mentions`) and, for each token, the mention that it heads or, failing that, the innermost one
    around it (`at`, -1 for none; `headed`, -1 where the token heads no mention).
    """

    def __init__(self, tokens: Tokens, profiles: list[Profile]) -> None:
        self.tokens = tokens
        self.profiles = profiles
        #: Descriptions that grammar ties to what they describe: appositions and predicates.
        self.stated: set[int] = set()
        self.headed = [-1] * len(tokens)
        self.at = [-1] * len(tokens)
        for m in sorted(range(len(profiles)), key=lambda m: profiles[m].start - profiles[m].end):
            for i in range(profiles[m].start, profiles[m].end):
                self.at[i] = m
        for m, profile in enumerate(profiles):
            self.headed[profile.head] = m
            self.at[profile.head] = m
            for i in range(*profile.title) if profile.title else ():
                if self.headed[i] < 0:
                    self.headed[i] = self.at[i] = m


def reading_of(doc: Doc) -> Reading:
    """The Reading that `dateline_mentions` left on the Doc; KeyError where that component has not run."""
    reading: Reading = doc.user_data[KEY]
    return reading
