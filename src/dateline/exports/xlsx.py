"""Excel workbooks: the columns of the CSV on one sheet, what they mean on another. Written by hand, no formulas.

Every text is an inline string, which Excel shows and never runs; days are days, numbers are numbers, codes are texts.
The parts of the file bear a fixed date, so that the same rows give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, BinaryIO
from xml.sax.saxutils import escape

from dateline.errors import DatelineError
from dateline.exports import told
from dateline.exports.columns import Cell, Column, text
from dateline.exports.xmltext import clean
from dateline.record import CodedReport
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.merging.event import Event

#: What a sheet can hold by Excel's own limits.
MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767
_DAY_ZERO = dt.date(1899, 12, 30)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="{name}" sheetId="1" r:id="rId1"/><sheet name="columns" sheetId="2" r:id="rId2"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/worksheet" Target="worksheets/sheet2.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # Styles: 0 plain, 1 a day (numFmtId 164), 2 the bold head, 3 text (numFmtId 49).
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>'
    '</numFmts><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf fontId="1" applyFont="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


class Xlsx:
    """A workbook for Excel and its kin with the sheets `events` (or `accounts`) and `columns`."""

    about = "the same rows in a workbook for Excel, with a sheet that explains the columns"
    suffix = ".xlsx"
    columns: Sequence[Column] = told.EVENT_COLUMNS

    def rows(self, events: Iterable[Event]) -> Iterator[Sequence[Cell]]:
        """A row for each event."""
        return told.event_rows(events)

    def coded(self, pairs: Iterable[tuple[Report, CodedReport]], out: BinaryIO) -> Iterator[tuple[Report, CodedReport]]:
        """Write a row for each account as its report passes, and hand the report on."""
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
            with book.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
                writer = _Sheet(sheet, told.ACCOUNT_COLUMNS)
                for report, coded in pairs:
                    for row in told.account_rows(report, coded):
                        writer.row(row)
                    yield report, coded
                writer.end()
            _rest(book, "accounts", told.ACCOUNT_COLUMNS)

    def events(self, events: Iterable[Event], out: BinaryIO) -> None:
        """Write a row for each event."""
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
            with book.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
                writer = _Sheet(sheet, self.columns)
                for row in self.rows(events):
                    writer.row(row)
                writer.end()
            _rest(book, "events", self.columns)


class _Sheet:
    """A sheet that is written row by row, its head first and kept in view."""

    def __init__(self, out: IO[bytes], columns: Sequence[Column]) -> None:
        self._out, self._count = out, 0
        self._write(
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            "<sheetData>"
        )
        self.row([c.name for c in columns], style=2)

    def row(self, cells: Sequence[Cell], style: int = 3) -> None:
        """One row; texts longer than a cell holds are cut."""
        self._count += 1
        if self._count > MOST_ROWS:
            raise DatelineError(f"more than {MOST_ROWS - 1:,} rows, which no Excel sheet holds; write csv or parquet")
        self._write("<row>" + "".join(_cell(c, style) for c in cells) + "</row>")

    def end(self) -> None:
        """What closes the sheet."""
        self._write("</sheetData></worksheet>")

    def _write(self, xml: str) -> None:
        self._out.write(xml.encode())


def _cell(cell: Cell, style: int) -> str:
    if isinstance(cell, dt.date):
        if cell > _DAY_ZERO + dt.timedelta(60):
            return f'<c s="1"><v>{(cell - _DAY_ZERO).days}</v></c>'
        cell = cell.isoformat()
    elif isinstance(cell, int | float):
        return f"<c><v>{cell}</v></c>"
    words = clean(text(cell))[:MOST_CHARACTERS]
    if not words:
        return "<c/>"
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def _rest(book: zipfile.ZipFile, name: str, columns: Sequence[Column]) -> None:
    heads = (Column("column", "string", ""), Column("holds", "string", ""), Column("means", "string", ""))
    with book.open(_entry("xl/worksheets/sheet2.xml"), "w") as sheet:
        writer = _Sheet(sheet, heads)
        for column in columns:
            writer.row(list(column))
        writer.end()
    for path, part in _PARTS.items():
        book.writestr(_entry(path), _HEAD + part.replace("{name}", name))


def _entry(path: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
    made.compress_type = zipfile.ZIP_DEFLATED
    made.create_system = 3
    return made
