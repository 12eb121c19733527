"""Exports of news databases, written here in the layouts that the databases' own help describes."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources import read_reports

DAY, NEXT = dt.date(2024, 3, 12), dt.date(2024, 3, 13)

NEXIS_OLD = """\
                               1 of 2 DOCUMENTS


                               The Harbour Post

                             March 12, 2024 Tuesday
                              Late Edition - Final

Talks End in Oslo

BYLINE: By JANE DOE and
 JOHN ROE

SECTION: Section A; Column 1; Foreign Desk; Pg. 1

LENGTH: 33 words

DATELINE: OSLO

  President Ana Silva met Foreign Minister Per Dahl
on Monday. Subject: none, she said.

  They agreed to open the border.

URL: https://post.example/talks

LOAD-DATE: March 14, 2024

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                    Copyright 2024 The Harbour Post Company
                              All Rights Reserved


                               2 of 2 DOCUMENTS

                               The Island Times

                           March 13, 2024, Wednesday

Strike at the port

LENGTH: 5 words

Dockers stopped work on Tuesday.

LOAD-DATE: March 14, 2024
"""
NEXIS_NEW = """\
Talks end in Oslo
The Harbour Post (London)
March 12, 2024 Tuesday 1:00 AM GMT

Copyright 2024 Harbour Newspapers Limited All Rights Reserved

Section: WORLD NEWS; Pg. 12
Length: 33 words
Byline: Jane Doe in Oslo
Body

President Ana Silva met Foreign Minister Per Dahl
on Monday.

They agreed to open the border.

Graphic

Per Dahl, in a picture

Load-Date: March 14, 2024

End of Document

Strike at the port
The Island Times
13 March 2024

Length: 5 words
Body

Dockers stopped work on Tuesday.

Load-Date: March 14, 2024

End of Document
"""
FACTIVA_FIELDS = """\
SE   World
HD   Talks end in Oslo
BY   By Jane Doe
WC   33 words
PD   12 March 2024
ET   08:15
SN   The Harbour Post
SC   HARBP
LA   English
CY   (c) 2024 The Harbour Post.
LP
President Ana Silva met Foreign Minister Per Dahl
on Monday.

TD
They agreed to open the border.

NS   GDIP : International Relations
RE   OSLO : Oslo
AN   Document HARBP00020240312ek3c0001x

HD   Strike at the port
WC   5 words
PD   13 March 2024
SN   The Island Times
LA   English
LP   Dockers stopped work on Tuesday.
AN   Document ISLTM00020240313ek3d0002y
"""
FACTIVA_PLAIN = """\
World
Talks end in Oslo

By Jane Doe
33 words
12 March 2024
08:15
The Harbour Post
HARBP
English
(c) 2024 The Harbour Post.

President Ana Silva met Foreign Minister Per Dahl
on Monday.

They agreed to open the border.

Document HARBP00020240312ek3c0001x

Strike at the port
5 words
13 March 2024
The Island Times
ISLTM
English
Copyright 2024. The Island Times.

Dockers stopped work on Tuesday.

Document ISLTM00020240313ek3d0002y
"""
RULE = "_" * 60
PROQUEST = f"""\
{RULE}

Table of contents: 1. Talks end in Oslo

{RULE}

Document 1 of 2

Talks end in Oslo

Author: Doe, Jane

Publication info: The Harbour Post ; London (UK) [London (UK)]. 12 Mar 2024: 12.

ProQuest document link: https://search.example/1

Abstract: The talks have ended.

Links: none

Full text: President Ana Silva met Foreign Minister Per Dahl
on Monday.

They agreed to open the border.

Subject: Diplomacy; Borders

Title: Talks end in Oslo

Publication title: The Harbour Post; London (UK)

Publication date: Mar 12, 2024

Language of publication: English

ProQuest document ID: 2954000001

Document URL: https://search.example/1

Last updated: 2024-03-14

{RULE}

Document 2 of 2

Abstract: Dockers stopped work on Tuesday.

Full text: Not available.

Title: Strike at the port

Publication title: The Island Times

Publication date: Mar 13, 2024

ProQuest document ID: 2954000002

{RULE}

Contact us at the library.
"""
FACTIVA_HTML = """<html><body><div class="article enArticle"><p>&nbsp;</p><table>
<tr><td><b>HD</b>&nbsp;</td><td><b>Talks end in Oslo</b></td></tr><tr><td><b>PD</b></td><td>12 March 2024</td></tr>
<tr><td><b>SN</b></td><td>The Harbour Post</td></tr>
<tr><td><b>LP</b></td><td><p>President Ana Silva met Foreign Minister Per Dahl on Monday.</p></td></tr>
<tr><td><b>TD</b></td><td><p>They agreed to open the border.</p></td></tr>
<tr><td><b>AN</b></td><td>Document HARBP00020240312ek3c0001x</td></tr></table></div></body></html>"""

TALKS = "President Ana Silva met Foreign Minister Per Dahl on Monday.\n\nThey agreed to open the border."
STRIKE = "Dockers stopped work on Tuesday."


def read(folder: Path, name: str, content: str | bytes) -> tuple[list[Report], list[str]]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    errors: list[InputError] = []
    reports = list(read_reports([path], on_error=errors.append))
    return reports, [str(error).replace(f"{folder}/", "") for error in errors]


@pytest.mark.parametrize(
    "content",
    [
        NEXIS_OLD.replace(" Subject: none, she said.", ""), NEXIS_NEW, FACTIVA_FIELDS, FACTIVA_PLAIN, PROQUEST,
        FACTIVA_FIELDS.replace("\n", "\r\n"),
    ],
    ids=["nexis-old", "nexis-new", "factiva-fields", "factiva-plain", "proquest", "crlf"],
)  # fmt: skip
def test_each_document_is_a_report(tmp_path: Path, content: str) -> None:
    reports, errors = read(tmp_path, "export.txt", content)
    assert not errors
    assert [(r.text, r.title, r.published, r.published_from) for r in reports] == [
        (TALKS, "Talks end in Oslo" if "Talks end" in content else "Talks End in Oslo", DAY, "field"),
        (STRIKE, "Strike at the port", NEXT, "field"),
    ]
    assert [(r.source or "").removesuffix(" (London)") for r in reports] == ["The Harbour Post", "The Island Times"]


def test_numbers_of_documents_are_ids(tmp_path: Path) -> None:
    assert [r.id for r in read(tmp_path, "a.txt", PROQUEST)[0]] == ["2954000001", "2954000002"]
    assert read(tmp_path, "b.txt", FACTIVA_PLAIN)[0][0].id == "HARBP00020240312ek3c0001x"


def test_exports_as_html_and_packed(tmp_path: Path) -> None:
    (report,), errors = read(tmp_path, "export.html", FACTIVA_HTML)
    assert not errors
    assert (report.text, report.title, report.published, report.source) == (
        TALKS, "Talks end in Oslo", DAY, "The Harbour Post",
    )  # fmt: skip
    assert len(read(tmp_path, "export.txt.gz", gzip.compress(NEXIS_NEW.encode()))[0]) == 2


def test_a_word_and_a_colon_within_a_text_end_nothing(tmp_path: Path) -> None:
    assert "Subject: none, she said." in read(tmp_path, "export.txt", NEXIS_OLD)[0][0].text


def test_a_bad_document_is_an_error_of_its_own(tmp_path: Path) -> None:
    bad = FACTIVA_FIELDS.replace("13 March 2024", "13 Smarch 2024").replace("12 March 2024", "31 June 2024")
    reports, errors = read(tmp_path, "export.txt", bad + FACTIVA_FIELDS)
    assert len(reports) == 2
    assert errors == [
        "export.txt:1: the date '31 June 2024' is no day; mend it (March 12, 2024), or take it out",
        "export.txt:22: the date '13 Smarch 2024' is no day; mend it (March 12, 2024), or take it out",
    ]
    empty = PROQUEST.replace("Abstract: Dockers stopped work on Tuesday.", "Abstract: ")
    assert "a document of ProQuest has no text; export it with its full text" in read(tmp_path, "p.txt", empty)[1][0]


@pytest.mark.parametrize(
    "text", ["Title: a story.\n" + "_" * 60 + "\nMore.", "Length: 3 m\nBody\nThe end.", "PD is a band."]
)
def test_other_texts_stay_texts(tmp_path: Path, text: str) -> None:
    reports, errors = read(tmp_path, "story.txt", text)
    assert ([r.text for r in reports], errors) == ([text], [])
