"""Cutting a text into tokens, and encoding them one character each.

No parse and no model: one regular expression whose alternatives can't overlap for long, so time is linear in the
text's length whatever it holds. Numbers in words ("two hundred and ten", "nineteen ninety-four") become one token.
"""

from __future__ import annotations

import re

import msgspec

from dateline.reading.times.lexicon import SHAPES, Lexicon

_TOKEN = re.compile(
    r"""
    \d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-])
  | \d{1,4}[/.]\d{1,2}[/.]\d{2,4}(?![\w/])
  | \d{1,2}:\d{2}(?::\d{2})?\s?[ap]\.m\.
  | \d{1,2}:\d{2}(?::\d{2})?(?:[ap]m|hrs?|h)?(?!\w)
  | [ap]\.\s?m\b\.?
  | \d{1,2}/\d{1,2}(?![\w/])
  | \d+(?:,\d{3}(?!\d))*(?:\.\d+)?(?:'s(?!\w)|[^\W\d_]+)?
  | ['’`]\d\ds?(?!\w)
  | [BA]\.(?:C\.|D\.)(?:E\.)?
  | ['’](?:ll|s|re|ve|d)(?!\w)
  | [^\W\d_][^\W_]*
  | \n[ \t\r]*\n
  | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
_NUMBER_WORDS = frozenset(_ONES) | frozenset(_TENS) | frozenset(_SCALES)
_LONGEST_NUMBER = 15  # digits; longer ones are identifiers, and int() of a huge one is slow


class Tokens(msgspec.Struct):
    """A text's tokens: where each stands, its lower-case form, and the codes of all as one string.

    `numbers` has the value of tokens that are numbers in words, ordinals in words included.
    """

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    codes: str
    numbers: dict[int, float]


def shape_of_number(form: str) -> str:
    """The shape (a key of SHAPES) of a token that begins with a digit."""
    if not form.isascii():
        return "OTHER"
    digits = form.replace(",", "")
    if digits.isdigit():
        if len(digits) > 4 or "," in form:
            return "NBIG"
        number = int(digits)
        if len(digits) <= 2:
            return "N12" if 1 <= number <= 12 else "N31" if 13 <= number <= 31 else "N99"
        if len(digits) == 3:
            return "N999"
        return "N4" if 1000 <= number <= 2199 else "NBIG"
    if re.fullmatch(r"\d{4}-\d\d-\d\d.*", form):
        return "ISODATE"
    if re.fullmatch(r"\d{1,4}([/.])\d{1,2}\1\d{2,4}", form):
        return "NUMDATE"
    if re.fullmatch(r"\d{1,2}:\d\d(:\d\d)?", form):
        return "CLOCK"
    if re.fullmatch(r"\d{1,2}([:.]\d\d)?(:\d\d)?\s?([ap]m|[ap]\.m\.)", form):
        return "CLOCKAP"
    if re.fullmatch(r"\d{1,2}:?\d\d(h|hrs?)", form):
        return "MILITARY"
    if re.fullmatch(r"\d/\d\d?", form):
        return "FRACTION"
    if re.fullmatch(r"\d+\.\d+", digits):
        return "NDEC"
    ordinal = re.fullmatch(r"(\d{1,3})(st|nd|rd|th)", form)
    if ordinal:
        return "ORDNUM" if 1 <= int(ordinal[1]) <= 31 else "ORDBIG"
    if re.fullmatch(r"(1\d|20)?\d0('?s)", form):
        return "DECADENUM"
    return "OTHER"


def _shape_of_word(form: str) -> str:
    first = form[0]
    if first.isdigit():
        return shape_of_number(form.lower())
    if first in "'’`" and len(form) > 2 and form[1].isdigit():
        return "DECADENUM" if form.endswith("s") else "SHORTYEAR"
    if not first.isalpha():
        return "BREAK" if first == "\n" else "MARK"
    if first.isupper():
        return "UPPER"
    if form.endswith("ed") and len(form) > 3 and not form.endswith("eed"):
        return "PASTFORM"
    return "PLURAL" if form.endswith("s") and len(form) > 3 else "LOWER"


def encode(text: str, lexicon: Lexicon) -> Tokens:
    """The text's tokens with their codes. Time is linear in the text's length."""
    words, capitalised = lexicon.words, lexicon.capitalised
    known: dict[str, tuple[str, str]] = {}
    starts: list[int] = []
    ends: list[int] = []
    lower: list[str] = []
    codes: list[str] = []
    number_at: list[int] = []
    for match in _TOKEN.finditer(text):
        form = match.group()
        entry = known.get(form)
        if entry is None:
            low = form.lower()
            code = capitalised.get(low) if form[0].isupper() else None
            code = code or words.get(low) or SHAPES[_shape_of_word(form)]
            entry = known[form] = (low, code)
        if entry[0] in _NUMBER_WORDS:
            number_at.append(len(codes))
        starts.append(match.start())
        ends.append(match.end())
        lower.append(entry[0])
        codes.append(entry[1])
    tokens = Tokens(text, starts, ends, lower, "", {})
    if number_at:
        _join_numbers(tokens, codes, number_at, lexicon)
    tokens.codes = "".join(codes)
    return tokens


def _number_run(lower: list[str], i: int) -> tuple[int, float, str]:
    """The number in words that begins at token `i`: the token after it, its value, and its shape."""
    n = len(lower)
    total, current, j = 0.0, 0.0, i
    last = ""
    shape = "NWORD"
    if lower[j] in ("a", "an"):
        current, j = 1.0, j + 1
    elif lower[j][0].isdigit():
        current, j = float(lower[j].replace(",", "")), j + 1
        last = "digits"
    while j < n:
        word = lower[j]
        step = j
        if (word == "-" and last == "tens" and j + 1 < n and 0 < _ONES.get(lower[j + 1], 0) < 10) or (
            word == "and" and last == "scale" and j + 1 < n and (lower[j + 1] in _ONES or lower[j + 1] in _TENS)
        ):
            step, word = j + 1, lower[j + 1]
        if word in _TENS:
            if last in ("", "scale"):
                current += _TENS[word]
            elif shape == "NWORD" and total == 0 and 13 <= current <= 20 and last in ("ones", "tens"):
                current, shape = current * 100 + _TENS[word], "YEARWORD"
            else:
                break
            last = "tens"
        elif word in _ONES:
            if last in ("", "scale") or (last == "tens" and _ONES[word] < 10):
                current += _ONES[word]
            elif last == "ones" and 13 <= current <= 19 and total == 0 and _ONES[word] > 9:
                current, shape = current * 100 + _ONES[word], "YEARWORD"
            else:
                break
            last = "ones"
        elif word in _SCALES and shape == "NWORD":
            scale = _SCALES[word]
            if scale in (100, 12):
                current = (current or 1) * scale
            else:
                total, current = total + (current or 1) * scale, 0.0
            last = "scale"
        else:
            break
        j = step + 1
    return j, total + current, shape


def _join_numbers(tokens: Tokens, codes: list[str], number_at: list[int], lexicon: Lexicon) -> None:
    """Make each number in words one token, in place: "two hundred and ten", "a hundred", "10 million"."""
    ordinals = lexicon.classes["ORDWORD"]
    lower, starts, ends = tokens.lower, tokens.starts, tokens.ends
    new_starts: list[int] = []
    new_ends: list[int] = []
    new_lower: list[str] = []
    new_codes: list[str] = []
    done = 0
    for i in number_at:
        if i < done:
            continue
        begin = i
        if lower[i] in _SCALES and i > done:
            before = lower[i - 1]
            if before in ("a", "an") or (before[0].isdigit() and _is_plain_number(before)):
                begin = i - 1
        new_starts += starts[done:begin]
        new_ends += ends[done:begin]
        new_lower += lower[done:begin]
        new_codes += codes[done:begin]
        end, value, shape = _number_run(lower, begin)
        code = SHAPES[shape]
        if value % 10 == 0 and 20 <= value <= 90 and end + 1 < len(lower) and lower[end] == "-":
            ordinal = ordinals.get(lower[end + 1], 0)
            if isinstance(ordinal, int) and 1 <= ordinal <= 9:
                value, end, code = value + ordinal, end + 2, SHAPES["ORDPHRASE"]
        tokens.numbers[len(new_codes)] = value
        new_starts.append(starts[begin])
        new_ends.append(ends[end - 1])
        new_lower.append(" ".join(lower[begin:end]))
        new_codes.append(code)
        done = end
    new_starts += starts[done:]
    new_ends += ends[done:]
    new_lower += lower[done:]
    new_codes += codes[done:]
    tokens.starts, tokens.ends, tokens.lower = new_starts, new_ends, new_lower
    codes[:] = new_codes


def _is_plain_number(form: str) -> bool:
    digits = form.replace(",", "").replace(".", "", 1)
    return form.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER
