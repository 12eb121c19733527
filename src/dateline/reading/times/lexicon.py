"""The words that time expressions are made of, and the one-character code that each has in an encoded text.

Rules are regular expressions over codes, one character a token (`tokens.encode`), so that matching costs little and
can't run away. A known word has a code of its own; numbers and unknown words have the code of their shape. A class
(`MONTH`, `UNITS`) is the set of the codes of its words.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources

from dateline.errors import CodebookError

#: What a word stands for: a number (month, weekday, ordinal) or a TIMEX3 token (unit, season, part of a day).
Value = int | str

#: Shapes of tokens that are no known word, and their codes. N12 is 1 to 12, N31 is 13 to 31, N99 other numbers of two
#: digits, N999 of three, N4 four digits that may be a year, NBIG any other whole number, NDEC a decimal, NWORD a
#: number in words, YEARWORD a year in words, FRACTION 1/2, ORDNUM 1st to 31st, ORDBIG beyond, DECADENUM 1980s,
#: CLOCK 7:15, CLOCKAP 7pm, MILITARY 0300hrs, ISODATE, NUMDATE 3/4/2024, SHORTYEAR '98, OTHER a number with letters.
SHAPES: dict[str, str] = {
    "N12": "a", "N31": "b", "N99": "c", "N999": "d", "N4": "e", "NBIG": "f", "NDEC": "g", "NWORD": "h",
    "YEARWORD": "i", "FRACTION": "j", "ORDNUM": "k", "ORDBIG": "l", "DECADENUM": "m", "CLOCK": "n", "CLOCKAP": "o",
    "MILITARY": "p", "ISODATE": "q", "NUMDATE": "r", "SHORTYEAR": "s", "OTHER": "t", "LOWER": "u", "UPPER": "v",
    "PASTFORM": "w", "PLURAL": "x", "BREAK": "y", "MARK": "z", "ORDPHRASE": "A",
}  # fmt: skip

#: Classes made of shapes.
SHAPE_CLASSES: dict[str, tuple[str, ...]] = {
    "DAY": ("N12", "N31"),
    "HOUR": ("N12", "N31"),
    "YEAR": ("N4", "YEARWORD"),
    "DIGITS": ("N12", "N31", "N99", "N999", "N4", "NBIG"),
    "NUM": ("N12", "N31", "N99", "N999", "N4", "NBIG", "NDEC", "NWORD"),
    "TWODIGITS": ("N12", "N31", "N99"),
    "UNKNOWN": ("LOWER", "UPPER", "PASTFORM", "PLURAL"),
}

_PUNCTUATION = ",.-–—()/:;'’\"“”`?!&%$£€#¥[]…_"
_FIRST_CODE = 0xE000


class Lexicon:
    """Classes of words with their values, and the codes of words.

    `capital` classes count a word only when it is written with a capital. Raises CodebookError for a class that is
    no table or a value that is neither number nor string.
    """

    def __init__(self, data: Mapping[str, object], literals: Iterable[str] = ()) -> None:
        capital = data.get("capital", [])
        if not isinstance(capital, list):
            raise CodebookError("times/words.toml: `capital` must be a list of class names")
        self.capital = frozenset(str(name) for name in capital)
        self.classes: dict[str, dict[str, Value]] = {}
        for name, words in sorted(data.items()):
            if name == "capital":
                continue
            if not isinstance(words, dict) or not all(isinstance(value, int | str) for value in words.values()):
                raise CodebookError(f"times/words.toml: [{name}] must be a table of words with numbers or strings")
            self.classes[name] = words
        self._codes: dict[str, str] = {}
        self._capital_codes: dict[str, str] = {}
        self._next = _FIRST_CODE
        for mark in _PUNCTUATION:
            self._codes[mark] = self._new()
        for words in self.classes.values():
            for word in words:
                self._add(word)
        for literal in literals:
            self._add(literal)
        for name in sorted(self.capital):
            for word in self.classes[name]:
                self._capital_codes.setdefault(word, self._new())
        self._sets = {name: self._set_of(name, words) for name, words in self.classes.items()}

    def _new(self) -> str:
        code = chr(self._next)
        self._next += 1
        return code

    def _add(self, word: str) -> None:
        if " " not in word and word not in self._codes:
            self._codes[word] = self._new()

    def _set_of(self, name: str, words: Mapping[str, Value]) -> str:
        codes = set()
        for word in words:
            if word in self._capital_codes:
                codes.add(self._capital_codes[word])
            if name not in self.capital and word in self._codes:
                codes.add(self._codes[word])
        return "".join(sorted(codes))

    @property
    def words(self) -> dict[str, str]:
        """Codes of words in lower case."""
        return self._codes

    @property
    def capitalised(self) -> dict[str, str]:
        """Codes that words of the `capital` classes have when written with a capital."""
        return self._capital_codes

    def codes(self, name: str) -> str:
        """The codes of a class or a shape, as a string; raises CodebookError for an unknown name."""
        if name in SHAPES:
            return SHAPES[name]
        if name in SHAPE_CLASSES:
            return "".join(SHAPES[shape] for shape in SHAPE_CLASSES[name])
        if name not in self._sets:
            raise CodebookError(f"times: no class of words is called {name}")
        return self._sets[name]

    def literal(self, word: str) -> str:
        """The codes of one word as it stands in a rule (any case)."""
        return self._codes[word] + self._capital_codes.get(word, "")

    def value(self, name: str, word: str) -> Value | None:
        """What `word` (lower case) stands for in the class, None where it is not of it."""
        return self.classes[name].get(word)


def read(name: str) -> dict[str, object]:
    """A data file of codebook/times; raises CodebookError where it is no TOML."""
    text = resources.files("dateline.codebook").joinpath("times", name).read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"times/{name}: {error}") from error


@functools.lru_cache(maxsize=1)
def word_data() -> dict[str, object]:
    """The words file, read once."""
    return read("words.toml")
