"""Words to word pieces, and a text to chunks for the encoder: whole sentences, with what is before as context."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import msgspec

#: Pieces in a chunk with its marks at both ends, and of the context in front of it.
LONGEST, CONTEXT = 160, 32
#: Pieces that one word may have; the rest of a longer one is cut off (a URL, an id).
_PIECES = 8
_LETTERS, _REMEMBERED = 64, 50_000


class Chunk(msgspec.Struct, frozen=True):
    """Pieces with the marks of start and end; `words` are (word, position of its first piece) of the chunk's own."""

    pieces: tuple[int, ...]
    words: tuple[tuple[int, int], ...]


class Pieces:
    """A WordPiece vocabulary over words: lower case, without accents, the longest piece that fits first.

    As in BERT's own description; the library for it would bring a model hub's client with it.
    """

    def __init__(self, path: Path) -> None:
        self._numbers = {piece: n for n, piece in enumerate(path.read_text(encoding="utf-8").split("\n")) if piece}
        self._start, self._end, self._unknown = (self._numbers[mark] for mark in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, tuple[int, ...]] = {}

    def of_word(self, word: str) -> tuple[int, ...]:
        """The numbers of one word's pieces; the mark for what is unknown where it has none."""
        found = self._known.get(word)
        if found is None:
            parts = [n for part in _parts(word[:_LETTERS]) for n in self._of_part(part)]
            found = tuple(parts[:_PIECES]) or (self._unknown,)
            if len(self._known) < _REMEMBERED:
                self._known[word] = found
        return found

    def _of_part(self, part: str) -> list[int]:
        numbers: list[int] = []
        start = 0
        while start < len(part):
            lead = "##" if start else ""
            end = len(part)
            while end > start and lead + part[start:end] not in self._numbers:
                end -= 1
            if end == start:
                return [self._unknown]
            numbers.append(self._numbers[lead + part[start:end]])
            start = end
        return numbers

    def chunks(self, words: tuple[str, ...], sentences: tuple[int, ...]) -> list[Chunk]:
        """The chunks of a text of `words`, whose sentences begin at the words `sentences`; every word is in one."""
        pieces = [() if word.isspace() else self.of_word(word) for word in words]
        ends = [*sentences[1:], len(words)]
        spans = [part for start, end in zip(sentences, ends, strict=True) for part in _cut(pieces, start, end)]
        chunks: list[Chunk] = []
        start = 0
        while start < len(spans):
            end, size = start, 0
            while end < len(spans) and (size := size + _size(pieces, *spans[end])) <= LONGEST - 2 - CONTEXT:
                end += 1
            end = max(end, start + 1)
            first, last = spans[start][0], spans[end - 1][1]
            begin, room = first, CONTEXT if start else 0
            while begin > 0 and len(pieces[begin - 1]) <= room:
                begin -= 1
                room -= len(pieces[begin])
            chunks.append(self._chunk(pieces, begin, first, last))
            start = end
        return chunks

    def _chunk(self, pieces: list[tuple[int, ...]], begin: int, first: int, last: int) -> Chunk:
        ids = [self._start]
        own = []
        for word in range(begin, last):
            if word >= first:
                own.append((word, len(ids)))
            ids.extend(pieces[word])
        return Chunk(tuple([*ids, self._end][:LONGEST]), tuple((w, min(p, len(ids) - 1)) for w, p in own))


def _size(pieces: list[tuple[int, ...]], start: int, end: int) -> int:
    return sum(len(p) for p in pieces[start:end])


def _cut(pieces: list[tuple[int, ...]], start: int, end: int) -> list[tuple[int, int]]:
    """A sentence, in parts where it is too long for a chunk."""
    parts, first, size = [], start, 0
    for word in range(start, end):
        size += len(pieces[word])
        if size > LONGEST - 2 - CONTEXT:
            parts.append((first, word))
            first, size = word, len(pieces[word])
    parts.append((first, end))
    return [p for p in parts if p[0] < p[1]]


def _parts(word: str) -> list[str]:
    """A word in lower case without accents, cut at punctuation and between signs of scripts without spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    parts: list[str] = []
    open_part = False
    for sign in plain:
        category = unicodedata.category(sign)
        if category[0] == "Z" or sign.isspace():
            open_part = False
        elif category[0] == "C":
            continue
        elif _alone(sign, category):
            parts.append(sign)
            open_part = False
        elif open_part:
            parts[-1] += sign
        else:
            parts.append(sign)
            open_part = True
    return parts


def _alone(sign: str, category: str) -> bool:
    ascii_sign = sign.isascii() and not sign.isalnum()
    ideograph = "\u4e00" <= sign <= "\u9fff" or "\u3400" <= sign <= "\u4dbf" or "\uf900" <= sign <= "\ufaff"
    return ascii_sign or ideograph or category[0] == "P"
