"""Workbooks and CSV: every value comes back as what it was, and no text becomes a formula."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.documents.workbook import Cell, CellKind, WorkbookColumn, write_csv, write_workbook
from tests.documents import samples

MADE_AT = datetime(2026, 7, 9, 14, 32, tzinfo=samples.SUMMER)
COLUMNS = (
    WorkbookColumn("Ident"),
    WorkbookColumn("Korisnik", width=32),
    WorkbookColumn("Dug", CellKind.MONEY),
    WorkbookColumn("Cena", CellKind.NUMBER),
    WorkbookColumn("Rok", CellKind.DAY),
    WorkbookColumn("Izdato", CellKind.MOMENT),
    WorkbookColumn("Računa", CellKind.WHOLE),
    WorkbookColumn("E-račun", CellKind.YES_NO),
)
ROW: tuple[Cell, ...] = (
    "0000042",
    "Ђорђе & <Ćira>",
    Decimal("1234.50"),
    Decimal("0.2407"),
    date(2026, 7, 15),
    datetime(2026, 7, 9, 14, 32, 5),  # noqa: DTZ001  (a sheet knows no time zones)
    36,
    True,
)


def written(rows: list[tuple[Cell, ...]], columns: tuple[WorkbookColumn, ...] = COLUMNS) -> BytesIO:
    """Make a workbook in memory."""
    target = BytesIO()
    title = "Dužnici: jun/2026"
    write_workbook(target, rows, columns=columns, title=title, author="Šalter", made_at=MADE_AT)
    return target


def opened(rows: list[tuple[Cell, ...]], columns: tuple[WorkbookColumn, ...] = COLUMNS):
    return load_workbook(written(rows, columns))


def test_values_come_back_with_their_kinds_and_formats() -> None:
    sheet = opened([ROW]).active

    cells = sheet[2]

    assert [cell.value for cell in cells[:2]] == ["0000042", "Ђорђе & <Ćira>"]
    assert [cell.value for cell in cells[2:4]] == [1234.5, 0.2407]
    assert cells[4].value == datetime(2026, 7, 15)  # noqa: DTZ001
    assert abs((cells[5].value - ROW[5]).total_seconds()) < 1
    assert [cell.value for cell in cells[6:]] == [36, True]
    assert [cell.number_format for cell in cells[2:6]] == [
        "#,##0.00",
        "#,##0.00##",
        "dd.mm.yyyy.",
        "dd.mm.yyyy. hh:mm",
    ]


def test_the_header_is_bold_frozen_and_filtered() -> None:
    book = opened([ROW, ROW])
    sheet = book.active

    assert book.sheetnames == ["Dužnici jun 2026"]
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H3"


@pytest.mark.parametrize("text", ["=1+1", "+381 11 123", "-5", "@SUM(A1)", '=HYPERLINK("x")'])
def test_text_that_begins_like_a_formula_stays_text(text: str) -> None:
    cell = opened([(text,)], COLUMNS[:1]).active["A2"]

    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_an_empty_list_is_a_sheet_with_a_header() -> None:
    assert opened([]).active.max_row == 1


def test_a_list_longer_than_a_sheet_goes_on_in_the_next() -> None:
    target = BytesIO()
    rows = ((f"{number}",) for number in range(25))

    count = write_workbook(
        target,
        rows,
        columns=COLUMNS[:1],
        title="Dug",
        author="Šalter",
        made_at=MADE_AT,
        rows_per_sheet=11,
    )

    book = load_workbook(target)
    assert count == 25
    assert book.sheetnames == ["Dug", "Dug (2)", "Dug (3)"]
    assert [sheet.max_row for sheet in book] == [11, 11, 6]
    assert [sheet["A2"].value for sheet in book] == ["0", "10", "20"]
    assert all(sheet["A1"].value == "Ident" for sheet in book)


def test_a_workbook_was_made_and_last_changed_when_the_document_was() -> None:
    properties = load_workbook(written([ROW])).properties

    assert (properties.created, properties.modified) == (MADE_AT.replace(tzinfo=None),) * 2


def test_the_same_rows_give_the_same_bytes() -> None:
    assert written([ROW] * 3).getvalue() == written([ROW] * 3).getvalue()


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        opened([("0000042",)])


@given(st.lists(st.text(max_size=40), max_size=5))
@settings(deadline=None)
def test_any_text_makes_a_workbook_that_opens(texts: list[str]) -> None:
    sheet = opened([(text,) for text in texts], COLUMNS[:1]).active

    for row, text in enumerate(texts, 2):
        if text.isprintable() and text:
            assert sheet.cell(row, 1).value == text


def test_no_formula_is_ever_written() -> None:
    with ZipFile(written([("=1+1", "=2", None, None, None, None, None, None)])) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_csv_reads_as_a_local_spreadsheet_expects() -> None:
    target = BytesIO()

    count = write_csv(target, [ROW, ("=1+1", None, Decimal(-5), *[None] * 5)], columns=COLUMNS)

    raw = target.getvalue()
    assert count == 2
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == [
        "0000042",
        "Ђорђе & <Ćira>",
        "1234,50",
        "0,2407",
        "2026-07-15",
        "2026-07-09 14:32:05",
        "36",
        "1",
    ]
    assert rows[2] == ["'=1+1", "", "-5", "", "", "", "", ""]
