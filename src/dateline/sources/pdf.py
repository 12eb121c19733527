"""PDF: the text of its pages; a file is a report.

When a PDF was made says when somebody printed or scanned it, so its own dates are not taken: the day comes from a
header line or a dateline in the text.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources.files import has_suffix, opened, read_bytes, without_suffix
from dateline.sources.kinds import Found, Options
from dateline.sources.optional import library

MAX_FILE = 128 * 2**20

logging.getLogger("pypdf").addHandler(logging.NullHandler())


class Pdf:
    """Files of PDF (`.pdf`, packed or not) that hold text; pictures of pages need text recognition first."""

    suffixes: tuple[str, ...] = (".pdf",)

    def claims(self, where: str) -> bool:
        """By suffix."""
        return has_suffix(where, self.suffixes)

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The one report that the file is; its id is the file's name without suffix."""
        pypdf = library("pypdf", where)
        with opened(where) as stream:
            data = read_bytes(stream, where, MAX_FILE)
        locked = InputError(where, None, "is locked with a password", "unlock it (qpdf --decrypt OLD NEW)")
        parts: list[str] = []
        size = 0
        try:
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise locked
            said = reader.metadata.title if reader.metadata else None
            for page in reader.pages:
                parts.append(page.extract_text())
                size += len(parts[-1])
                if size > options.max_characters:
                    break
        except pypdf.errors.DependencyError:
            raise locked from None
        except (
            pypdf.errors.PyPdfError,
            ArithmeticError,
            AttributeError,
            LookupError,
            RecursionError,
            TypeError,
            ValueError,
        ) as error:
            # a parser of a format with many corners, given damaged files: it fails in its own ways
            wrong = f"is no sound PDF ({type(error).__name__}: {error})"
            raise InputError(where, None, wrong, "save it again, or save its text as .txt") from None
        text = "\n\n".join(part.strip("\n") for part in parts if part.strip())
        if not text.strip():
            mend = "run text recognition first (ocrmypdf OLD NEW)"
            raise InputError(where, None, "holds no text, perhaps pictures of pages", mend)
        title = said.strip() if isinstance(said, str) and said.strip() else None
        report = Report(id=without_suffix(where, self.suffixes), text=text, title=title)
        yield Found(report=report, where=where, named=False)
