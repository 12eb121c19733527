"""Countries, lands, their adjectives, peoples and metonyms, and well-known organizations: longest match over tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Literal

import msgspec

from dateline.reading.lexicon import table

FormKind = Literal["country", "region", "adjective", "people", "capital", "metonym", "organization"]


class Form(msgspec.Struct, frozen=True):
    """One way to write a country, a land or an organization.

    `name` is the name that entities get, `code` ISO 3166-1 alpha-3 (of the country that a land is part of), `arm` is
    true for an organization that is the state when it acts ("Pentagon", "Israel Defense Forces").
    """

    kind: FormKind
    name: str
    code: str | None
    arm: bool = False


@cache
def country_names() -> dict[str, str]:
    """ISO alpha-3 code → the name of the country."""
    return {code: entry["name"] for code, entry in table("countries.toml")["countries"].items()}


def _forms(name: str, code: str | None, entry: dict[str, Any], own: FormKind) -> Iterable[tuple[str, Form]]:
    yield name, Form(own, name, code)
    for alias in entry.get("aliases", ()):
        yield alias, Form(own, name, code)
    for word in entry.get("adjectives", ()):
        yield word, Form("adjective", name, code)
    for word in entry.get("people", ()):
        yield word, Form("people", name, code)
    if "capital" in entry:
        yield entry["capital"], Form("capital", name, code)
    for word in entry.get("metonyms", ()):
        yield word, Form("metonym", name, code)


@cache
def forms() -> dict[str, Form]:
    """Every written form → what it stands for; a country's own name wins over another one's capital."""
    found: dict[str, Form] = {}
    places = table("countries.toml")
    for code, entry in places["countries"].items():
        for text, form in _forms(entry["name"], code, entry, "country"):
            found.setdefault(text, form)
    for name, entry in places["regions"].items():
        for text, form in _forms(name, entry["of"], entry, "region"):
            found.setdefault(text, form)
    for name, entry in table("organizations.toml")["names"].items():
        arm = entry.get("arm")
        form = Form("organization", entry.get("same", name), arm or entry.get("country"), arm is not None)
        for text in (name, *entry.get("aliases", ())):
            found[text] = form
    return found


class Gazetteer:
    """Finds written forms in a list of words; `split` is the tokenizer that made the words."""

    def __init__(self, split: Callable[[str], Iterable[str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Form]]] = {}
        known = forms()
        shouted = {
            text.upper(): form for text, form in known.items() if len(text) > 3 and form.kind in ("country", "capital")
        }
        for text, form in (shouted | known).items():
            words = tuple(split(text))
            self._by_first.setdefault(words[0], []).append((words, form))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))

    def find(self, words: Sequence[str]) -> list[tuple[int, int, Form]]:
        """`(start, end, form)` for each match, the longest from each place, left to right, none overlapping."""
        found, i = [], 0
        while i < len(words):
            for option, form in self._by_first.get(words[i], ()):
                if len(option) == 1 or tuple(words[i : i + len(option)]) == option:
                    found.append((i, i + len(option), form))
                    i += len(option) - 1
                    break
            i += 1
        return found
