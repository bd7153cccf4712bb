"""Tables as a workbook (XLSX) or a text file (CSV): rows in as they come, one file out.

openpyxl makes the shell (styles, names of sheets, properties); the rows are
written straight into the archive, ten times faster and in constant memory, so a
list of any length takes the same way.  What the users typed stays text: a cell
that begins like a formula is marked as text in a workbook and quoted in CSV.
"""

import csv
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO, TextIOWrapper
from itertools import chain, islice
from typing import IO, Any, BinaryIO, TypeAlias

Cell: TypeAlias = str | int | bool | Decimal | date | datetime | None

MOST_ROWS = 1_048_576
"""Rows of a sheet, its header among them."""
LONGEST_TEXT = 32_767
LONGEST_NAME = 31

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\]+")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_DAY_ZERO = date(1899, 12, 30).toordinal()
_FIRST_DAY = 61
"""Spreadsheets believe in 29 February 1900; days before 1 March of it are written as text."""


class CellKind(StrEnum):
    """What a column holds, which decides how it is shown, aligned and summed."""

    TEXT = "text"
    WHOLE = "whole"
    MONEY = "money"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes_no"


_FORMATS = {
    CellKind.TEXT: "General",
    CellKind.WHOLE: "0",
    CellKind.MONEY: "#,##0.00",
    CellKind.NUMBER: "#,##0.00##",
    CellKind.DAY: "dd.mm.yyyy.",
    CellKind.MOMENT: "dd.mm.yyyy. hh:mm",
    CellKind.YES_NO: "General",
}


@dataclass(frozen=True, slots=True)
class WorkbookColumn:
    """A column of a table; ``width`` in characters."""

    title: str
    kind: CellKind = CellKind.TEXT
    width: float = 16.0


def write_workbook(
    target: BinaryIO,
    rows: Iterable[Sequence[Cell]],
    *,
    columns: Sequence[WorkbookColumn],
    title: str,
    author: str,
    made_at: datetime,
    rows_per_sheet: int = MOST_ROWS,
) -> int:
    """Write rows under a frozen header with filters; return how many rows there were.

    Account numbers, references and other digits that are not counted belong in a
    text column.  A list longer than a sheet goes on in the next one.
    """
    shell = _Shell(columns, title=title, author=author, made_at=made_at)
    remaining = iter(rows)
    counts: list[int] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        following = next(remaining, None)
        while following is not None or not counts:
            first = [] if following is None else [following]
            page = chain(first, islice(remaining, rows_per_sheet - 1 - len(first)))
            info = shell.entry(f"xl/worksheets/sheet{len(counts) + 1}.xml")
            with archive.open(info, "w", force_zip64=True) as sheet:
                counts.append(shell.write_sheet(sheet, page))
            following = next(remaining, None)
        for name, data in shell.rest(counts):
            archive.writestr(shell.entry(name), data)
    return sum(counts)


def write_csv(target: BinaryIO, rows: Iterable[Sequence[Cell]], *, columns: Sequence[WorkbookColumn]) -> int:
    """Write rows as the spreadsheets of this country read them; return how many there were.

    UTF-8 with its mark, semicolons, a decimal comma, days as 2026-07-15.  Text
    that begins like a formula gets an apostrophe in front.
    """
    text = TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_plain(column.title) for column in columns])
    count = 0
    for row in rows:
        writer.writerow([_plain(value) for value in row])
        count += 1
    text.detach()
    return count


def _xml(words: str) -> str:
    return _NOT_XML.sub(" ", words[:LONGEST_TEXT]).translate(_ESCAPED)


def _plain(value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if value.startswith(_FORMULA) else value
        case bool():
            return "1" if value else "0"
        case Decimal():
            return f"{value:f}".replace(".", ",")
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


class _Shell:
    """Everything of a workbook but its rows."""

    def __init__(
        self, columns: Sequence[WorkbookColumn], *, title: str, author: str, made_at: datetime
    ) -> None:
        from openpyxl.utils import get_column_letter  # late: the window does not wait for it

        self._columns = columns
        self._title = " ".join(_NOT_IN_NAME.sub(" ", title).split()).strip("'") or "1"
        self._author = author
        self._made_at = made_at.replace(tzinfo=None)
        self._letters = [get_column_letter(number + 1) for number in range(len(columns))]
        _, styles = self._made([0])
        self._header_style, self._text_style, self._quoted_style, *rest = styles
        self._styles = dict(zip(CellKind, rest, strict=True))

    def entry(self, name: str) -> zipfile.ZipInfo:
        """A file of the archive, dated by the document and not by the clock."""
        info = zipfile.ZipInfo(name, self._made_at.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        return info

    def write_sheet(self, sheet: IO[bytes], rows: Iterable[Sequence[Cell]]) -> int:
        """Write one sheet; return how many rows it has."""
        sheet.write(self._opening().encode())
        writers = [
            self._writer(column, letter) for column, letter in zip(self._columns, self._letters, strict=True)
        ]
        buffer: list[str] = []
        count = 0
        for count, row in enumerate(rows, 1):
            number = count + 1
            buffer.append(f'<row r="{number}">')
            buffer.extend(
                write(value, number) for write, value in zip(writers, row, strict=True) if value is not None
            )
            buffer.append("</row>")
            if len(buffer) > 8192:
                sheet.write("".join(buffer).encode())
                buffer.clear()
        sheet.write("".join(buffer).encode())
        sheet.write(f'</sheetData><autoFilter ref="{self._extent(count)}"/></worksheet>'.encode())
        return count

    def rest(self, counts: Sequence[int]) -> Iterator[tuple[str, bytes]]:
        """The files of the archive that are not sheets."""
        from openpyxl.xml.constants import ARC_CORE
        from openpyxl.xml.functions import tostring

        made, _ = self._made(counts)
        saved = BytesIO()
        made.save(saved)
        with zipfile.ZipFile(saved) as archive:
            for name in archive.namelist():
                if name == ARC_CORE:
                    made.properties.modified = self._made_at  # saving has set it by the clock
                    yield name, tostring(made.properties.to_tree())
                elif not name.startswith("xl/worksheets/sheet"):
                    yield name, archive.read(name)

    def _made(self, counts: Sequence[int]) -> tuple[Any, list[int]]:
        """A workbook of empty sheets, and the numbers of its styles: header, text, quoted, then by kind."""
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        book = Workbook()
        book.properties.creator = self._author
        book.properties.title = self._title
        book.properties.created = book.properties.modified = self._made_at
        first = book.active
        styles: list[int] = []
        for column in range(1, 4 + len(CellKind)):
            cell = first.cell(1, column)
            if column == 1:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E4E9F0")
                cell.border = Border(bottom=Side("thin", color="1A3B6B"))
                cell.alignment = Alignment(vertical="center", wrap_text=True)
            elif column == 3:
                cell.quotePrefix = True
            elif column > 3:
                cell.number_format = _FORMATS[list(CellKind)[column - 4]]
            styles.append(cell.style_id)
        for place, count in enumerate(counts):
            sheet = first if place == 0 else book.create_sheet()
            suffix = f" ({place + 1})" if place else ""
            sheet.title = self._title[: LONGEST_NAME - len(suffix)].strip(" '") + suffix
            sheet.auto_filter.ref = self._extent(count)
        return book, styles

    def _extent(self, count: int) -> str:
        return f"A1:{self._letters[-1]}{count + 1}"

    def _opening(self) -> str:
        widths = "".join(
            f'<col min="{number}" max="{number}" width="{column.width:g}" customWidth="1"/>'
            for number, column in enumerate(self._columns, 1)
        )
        titles = "".join(
            f'<c r="{letter}1" s="{self._header_style}" t="inlineStr">'
            f"<is><t>{_xml(column.title)}</t></is></c>"
            for column, letter in zip(self._columns, self._letters, strict=True)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols>'
            f'<sheetData><row r="1" ht="22" customHeight="1">{titles}</row>'
        )

    def _writer(self, column: WorkbookColumn, letter: str) -> Callable[[Cell, int], str]:
        style = self._styles[column.kind]

        def text(value: Cell, row: int) -> str:
            words = str(value)
            marked = self._quoted_style if words.startswith(_FORMULA) else self._text_style
            return (
                f'<c r="{letter}{row}" s="{marked}" t="inlineStr">'
                f'<is><t xml:space="preserve">{_xml(words)}</t></is></c>'
            )

        def number(value: Cell, row: int) -> str:
            return f'<c r="{letter}{row}" s="{style}"><v>{value:f}</v></c>'

        def whole(value: Cell, row: int) -> str:
            return f'<c r="{letter}{row}" s="{style}"><v>{value:d}</v></c>'

        def yes_no(value: Cell, row: int) -> str:
            return f'<c r="{letter}{row}" s="{style}" t="b"><v>{1 if value else 0}</v></c>'

        def when(value: Cell, row: int) -> str:
            if not isinstance(value, date):
                raise TypeError(f"{value!r} in a column of {column.kind}s")
            serial: float = value.toordinal() - _DAY_ZERO
            if serial < _FIRST_DAY:
                return text(value.isoformat(), row)
            if isinstance(value, datetime):
                serial += (value.hour * 3600 + value.minute * 60 + value.second) / 86400
            return f'<c r="{letter}{row}" s="{style}"><v>{serial}</v></c>'

        return {
            CellKind.TEXT: text,
            CellKind.WHOLE: whole,
            CellKind.MONEY: number,
            CellKind.NUMBER: number,
            CellKind.DAY: when,
            CellKind.MOMENT: when,
            CellKind.YES_NO: yes_no,
        }[column.kind]
