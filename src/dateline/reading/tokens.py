"""The tokens of a Doc as plain lists, read out once: what every rule of who-is-who looks at.

Python-level access to spaCy tokens is slow next to list access, and the rules look at each token many times.
"""

from __future__ import annotations

from spacy.tokens import Doc

#: Dependencies that hang outside the noun phrase proper: a description stops before them.
INNER = frozenset({"det", "predet", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "advmod"})
OUTER = frozenset({"appos", "relcl", "acl", "cc", "conj", "punct", "prep", "agent", "advcl", "parataxis", "dep"})


class Tokens:
    """Lists with one entry a token: `words`, `lower`, `lemmas`, `tags` (Penn), `pos`, `deps`, `heads`, `sents`
    (number of the sentence), `spaces` (white space behind it) and `kids` (children, in text order). `entities` has
    the model's named entities as (start, end, label). `starts` has the first token of each sentence,
    and, last, the length of the Doc.
    """

    def __init__(self, doc: Doc) -> None:
        # No reference to the Doc itself: the Doc holds these lists, and a ring would keep both alive.
        self._text = doc.text
        self._offsets: list[int] = []
        self.spaces: list[bool] = []
        self.entities = [(ent.start, ent.end, ent.label_) for ent in doc.ents]
        self.words: list[str] = []
        self.lemmas: list[str] = []
        self.tags: list[str] = []
        self.pos: list[str] = []
        self.deps: list[str] = []
        self.heads: list[int] = []
        self.sents: list[int] = []
        self.ents: list[str] = []
        self.starts: list[int] = []
        for token in doc:
            self.words.append(token.text)
            self._offsets.append(token.idx)
            self.spaces.append(bool(token.whitespace_))
            self.lemmas.append(token.lemma_)
            self.tags.append(token.tag_)
            self.pos.append(token.pos_)
            self.deps.append(token.dep_)
            self.heads.append(token.head.i)
            self.ents.append(token.ent_type_)
            if token.is_sent_start or not self.starts:
                self.starts.append(token.i)
            self.sents.append(len(self.starts) - 1)
        self.starts.append(len(self.words))
        self.lower = [word.lower() for word in self.words]
        self.kids: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                self.kids[head].append(i)

    def __len__(self) -> int:
        return len(self.words)

    def ent(self, i: int) -> str:
        """The model's entity label of token i, "" for none."""
        return self.ents[i]

    def text(self, start: int, end: int) -> str:
        """The text of tokens `[start, end)` as the report writes it, white space made single spaces."""
        if end <= start:
            return ""
        return " ".join(self._text[self._offsets[start] : self._offsets[end - 1] + len(self.words[end - 1])].split())

    def capitalized(self, i: int) -> bool:
        """Whether token i begins with a capital (or is a particle tied to one, "al-Assad")."""
        word = self.words[i]
        return word[:1].isupper() or (word[:3].lower() in ("al-", "el-", "an-") and word[3:4].isupper())

    def edges(self, head: int) -> tuple[int, int]:
        """`[start, end)` of the noun phrase of `head` without appositions, relative clauses, conjuncts and, on the
        right, prepositional phrases; determiners are inside.
        """
        start = end = head
        for kid in self.kids[head]:
            if self.deps[kid] in OUTER:
                continue
            if kid < head and self.deps[kid] in INNER:
                start = min(start, self._left(kid))
            elif kid == end + 1 and self.deps[kid] in ("nummod", "compound", "case"):
                end = kid
        return start, end + 1

    def _left(self, i: int) -> int:
        while True:
            left = [kid for kid in self.kids[i] if kid < i and self.deps[kid] not in ("punct",)]
            if not left:
                return i
            i = left[0]

    def extent(self, head: int) -> tuple[int, int]:
        """`[start, end)` of everything that hangs on `head`."""
        return self._furthest(head, 0), self._furthest(head, 1) + 1

    def _furthest(self, i: int, side: int) -> int:
        while self.kids[i]:
            kid = self.kids[i][-1 if side else 0]
            if (kid < i) if side else (kid > i):
                return i
            i = kid
        return i

    def under(self, i: int, top: int) -> bool:
        """Whether `top` is `i` or one of its syntactic ancestors."""
        for _ in range(60):
            if i == top:
                return True
            if self.heads[i] == i:
                return False
            i = self.heads[i]
        return False

    def inside(self, i: int, top: int) -> bool:
        """Whether token i belongs to the noun phrase of `top` itself: not to what is coordinated with it, nor to a
        clause that hangs on it.
        """
        for _ in range(60):
            if i == top:
                return True
            if self.heads[i] == i or self.deps[i] in ("conj", "relcl", "acl", "advcl"):
                return False
            i = self.heads[i]
        return False

    def conjuncts(self, i: int) -> list[int]:
        """`i` and the tokens coordinated with it, from `i` on, in text order."""
        found, queue = [i], [i]
        while queue:
            for kid in self.kids[queue.pop()]:
                if self.deps[kid] == "conj":
                    found.append(kid)
                    queue.append(kid)
        return sorted(found)

    def role(self, i: int) -> str:
        """The dependency of `i`, seen through coordination: a second conjunct has the first one's."""
        for _ in range(20):
            if self.deps[i] != "conj":
                return self.deps[i]
            i = self.heads[i]
        return "conj"

    def top(self, i: int) -> int:
        """The first conjunct of the coordination that `i` stands in."""
        for _ in range(20):
            if self.deps[i] != "conj":
                return i
            i = self.heads[i]
        return i
