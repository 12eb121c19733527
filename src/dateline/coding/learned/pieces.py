"""Words to word pieces, and a text to chunks for the encoder: whole sentences, with what is before as context."""

from __future__ import annotations

from pathlib import Path

import msgspec
from tokenizers import Tokenizer

#: Pieces in a chunk with its marks at both ends, and of the context in front of it.
LONGEST, CONTEXT = 160, 32
#: Pieces that one word may have; the rest of a longer one is cut off (a URL, an id).
_PIECES = 8


class Chunk(msgspec.Struct, frozen=True):
    """Pieces with the marks of start and end; `words` are (word, position of its first piece) of the chunk's own."""

    pieces: tuple[int, ...]
    words: tuple[tuple[int, int], ...]


class Pieces:
    """A WordPiece vocabulary over words."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._start, self._end = (self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
        self._unknown = self._tokenizer.token_to_id("[UNK]")
        self._known: dict[str, tuple[int, ...]] = {}

    def of_word(self, word: str) -> tuple[int, ...]:
        """The pieces of one word; a mark for a word of spaces."""
        found = self._known.get(word)
        if found is None:
            found = tuple(self._tokenizer.encode(word[:64], add_special_tokens=False).ids[:_PIECES]) or (self._unknown,)
            if len(self._known) < 50_000:
                self._known[word] = found
        return found

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
