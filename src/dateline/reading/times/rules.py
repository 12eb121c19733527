"""The rules of the codebook: what they look like, and how they become regular expressions over token codes.

A pattern is a row of items: a word (`ago`), a class of words or numbers (`MONTH`), an item with a name (`month:MONTH`),
groups with `( | )?`, looks ahead and behind `(?= )`, `(?! )`, `(?<= )`, `(?<! )`, and macros (`$COUNT`), which words
of patterns stand for. Nothing may repeat without bound, so that every rule is linear.
"""

from __future__ import annotations

import functools
import re

import msgspec

from dateline.errors import CodebookError
from dateline.reading.times.lexicon import Lexicon, read, word_data

#: The files of rules, in order: of two matches equally long the earlier rule's is taken.
FILES = (
    "vetoes.toml",
    "dates.toml",
    "holidays.toml",
    "clock.toml",
    "relative.toml",
    "finance.toml",
    "durations.toml",
    "vague.toml",
)

_LEXEME = re.compile(r'\(\?<?[=!]|\w+:\(|\(|\)|\||\?|\w+:|"[^"]*"|\$\w+|[^\s()|?:"$]+')


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule as its file has it.

    `find` is the pattern, `make` the maker that gives the value (`resolve.MAKERS`; "none" for a veto), `span` the
    named group that is the expression (the whole match if empty), `with_` what the maker is told besides. An example
    is "text => words = TYPE value mod; …", with the publication day in front ("@2024-01-02 …") where it matters.
    """

    name: str
    find: str
    make: str
    examples: tuple[str, ...]
    span: str = ""
    rank: int = 0
    with_: dict[str, str] = msgspec.field(name="with", default_factory=dict)


class CompiledRule(msgspec.Struct, frozen=True):
    """A rule with its regular expression over codes.

    A name may stand at several places of a pattern: `groups` has for each the groups of the expression, each with the
    class that its word is of ("" for anything but a class). `first` and `second`
    are the codes that a match's first two tokens can have (None: one token may be all).
    """

    rule: Rule
    pattern: re.Pattern[str]
    groups: dict[str, tuple[tuple[int, str], ...]]
    order: int
    first: frozenset[str]
    second: frozenset[str] | None


class Grammar(msgspec.Struct, frozen=True):
    """All that tagging needs: the words, the compiled rules, which of these can begin with a code, and
    (found as they are asked for) which with two."""

    lexicon: Lexicon
    rules: tuple[CompiledRule, ...]
    starting: dict[str, tuple[CompiledRule, ...]]
    by_two: dict[str, tuple[CompiledRule, ...]]

    def able(self, two: str) -> tuple[CompiledRule, ...]:
        """The rules that can match where the codes `two` (one at a text's end) stand."""
        rules = self.by_two.get(two)
        if rules is None:
            after = two[1:]
            rules = tuple(r for r in self.starting[two[0]] if r.second is None or (after and after in r.second))
            self.by_two[two] = rules
        return rules


class _RuleFile(msgspec.Struct, forbid_unknown_fields=True):
    rule: tuple[Rule, ...]
    macro: dict[str, str] = {}


def load() -> tuple[tuple[Rule, ...], dict[str, str]]:
    """The rules of all files, and the macros; raises CodebookError for a file that breaks the form."""
    rules: list[Rule] = []
    macros: dict[str, str] = {}
    for name in FILES:
        try:
            content = msgspec.convert(read(name), _RuleFile)
        except msgspec.ValidationError as error:
            raise CodebookError(f"times/{name}: {error}") from error
        rules += content.rule
        macros |= content.macro
    names = [rule.name for rule in rules]
    if len(set(names)) != len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise CodebookError(f"times: rules named twice: {', '.join(twice)}")
    return tuple(rules), macros


def _expand(find: str, macros: dict[str, str], where: str) -> list[str]:
    lexemes: list[str] = []
    for lexeme in _LEXEME.findall(find):
        if lexeme.startswith("$"):
            if lexeme[1:] not in macros:
                raise CodebookError(f"times rule {where}: no macro {lexeme}")
            lexemes += ["(", *_expand(macros[lexeme[1:]], macros, where), ")"]
        else:
            lexemes.append(lexeme)
    return lexemes


def _is_word(lexeme: str) -> bool:
    return lexeme[0] == '"' or not (lexeme[0] in "()|?" or lexeme.endswith(("(", ":")) or lexeme.isupper())


def _unquoted(lexeme: str) -> str:
    return lexeme.strip('"') if lexeme[0] == '"' else lexeme


def literals(rules: tuple[Rule, ...], macros: dict[str, str]) -> list[str]:
    """Every word that stands as itself in a pattern, in order."""
    found = {_unquoted(x) for rule in rules for x in _expand(rule.find, macros, rule.name) if _is_word(x)}
    return sorted(found)


def compile_rule(rule: Rule, macros: dict[str, str], lexicon: Lexicon, order: int) -> CompiledRule:
    """The rule as a regular expression over codes; raises CodebookError for a pattern that can't be read."""
    lexemes = _expand(rule.find, macros, rule.name)
    parts: list[str] = []
    groups: dict[str, list[tuple[int, str]]] = {}
    named = 0
    pending = ""
    for lexeme in lexemes:
        if lexeme in ("(", ")", "|", "?") or lexeme.startswith("(?"):
            parts.append("(?:" if lexeme == "(" else lexeme)
        elif lexeme.endswith(":("):
            named += 1
            groups.setdefault(lexeme[:-2], []).append((named, ""))
            parts.append("(")
        elif lexeme.endswith(":"):
            pending = lexeme[:-1]
        else:
            codes = lexicon.literal(_unquoted(lexeme)) if _is_word(lexeme) else lexicon.codes(lexeme)
            atom = f"[{codes}]"
            if pending:
                named += 1
                groups.setdefault(pending, []).append((named, lexeme if lexeme.isupper() else ""))
                atom, pending = f"({atom})", ""
            parts.append(atom)
    try:
        pattern = re.compile("".join(parts))
    except re.error as error:
        raise CodebookError(f"times rule {rule.name}: {error}") from error
    ahead, _ = _ahead(lexemes, 0, lexicon)
    second = None if 1 in ahead.lengths else frozenset(ahead.second)
    named_groups = {name: tuple(where) for name, where in groups.items()}
    return CompiledRule(rule, pattern, named_groups, order, frozenset(ahead.first), second)


class _Ahead(msgspec.Struct):
    """What a piece of a pattern can begin with: codes of its first and second token, and its lengths (2: 2 or more)."""

    first: set[str]
    second: set[str]
    lengths: set[int]


def _ahead(lexemes: list[str], at: int, lexicon: Lexicon) -> tuple[_Ahead, int]:
    """The alternatives from `at` to the closing parenthesis, whose place is returned too."""
    whole = _Ahead(set(), set(), set())
    row = _Ahead(set(), set(), {0})
    while at < len(lexemes) and lexemes[at] != ")":
        lexeme = lexemes[at]
        if lexeme == "|":
            _join(whole, row)
            row = _Ahead(set(), set(), {0})
            at += 1
            continue
        if lexeme.endswith(":"):
            at += 1
            continue
        if lexeme.endswith("(") or lexeme.startswith("(?"):
            item, at = _ahead(lexemes, at + 1, lexicon)
            if lexeme.startswith("(?"):
                item = _Ahead(set(), set(), {0})
        else:
            codes = lexicon.literal(_unquoted(lexeme)) if _is_word(lexeme) else lexicon.codes(lexeme)
            item = _Ahead(set(codes), set(), {1})
        if at + 1 < len(lexemes) and lexemes[at + 1] == "?":
            item.lengths.add(0)
            at += 1
        if 0 in row.lengths:
            row.first |= item.first
            row.second |= item.second
        if 1 in row.lengths:
            row.second |= item.first
        row.lengths = {min(a + b, 2) for a in row.lengths for b in item.lengths}
        at += 1
    _join(whole, row)
    return whole, at


def _join(whole: _Ahead, row: _Ahead) -> None:
    whole.first |= row.first
    whole.second |= row.second
    whole.lengths |= row.lengths


@functools.lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The grammar of the codebook, compiled once for each process."""
    rules, macros = load()
    lexicon = Lexicon(word_data(), literals(rules, macros))
    compiled = tuple(compile_rule(rule, macros, lexicon, n) for n, rule in enumerate(rules))
    starting: dict[str, list[CompiledRule]] = {}
    for rule in compiled:
        for code in sorted(rule.first):
            starting.setdefault(code, []).append(rule)
    return Grammar(lexicon, compiled, {code: tuple(able) for code, able in starting.items()}, {})
