"""A list on paper: every row once, the header on every page, nothing outside the margins."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.table_report import Heading, ReportColumn, render_table
from app.documents.typesetting import Align
from tests.documents import samples
from tests.documents.extraction import placed_on, text_of

HEADING = Heading(
    title="Dužnici",
    filters="Opština Zvezdara, dug preko 10.000,00",
    author="M. Stanković, Zvezdara",
    made_at=datetime(2026, 7, 9, 14, 32, tzinfo=samples.SUMMER),
    language="sr-Latn-RS",
)
COLUMNS = (ReportColumn("Ident"), ReportColumn("Korisnik"), ReportColumn("Dug", Align.RIGHT))


def test_each_row_is_printed_once_under_a_repeated_header() -> None:
    rows = [(f"{number:07d}", "Ljiljana Đorđević", "1.234,50") for number in range(120)]

    pages = text_of(render_table(rows, columns=COLUMNS, heading=HEADING)).split("\f")

    assert len(pages) == 3
    assert [page.count("Ident") for page in pages] == [1, 1, 1]
    assert all("".join(pages).count(row[0]) == 1 for row in rows)
    assert "2 / 3" in pages[1]
    assert "Opština Zvezdara, dug preko 10.000,00" in pages[0]


def test_an_empty_list_is_one_page_that_says_what_was_sought() -> None:
    pages = text_of(render_table([], columns=COLUMNS, heading=HEADING)).split("\f")

    assert len(pages) == 1
    assert "Opština Zvezdara" in pages[0]


@given(st.lists(st.tuples(*[st.text(max_size=60)] * 7), min_size=1, max_size=3))
@settings(deadline=None, max_examples=40)
def test_no_text_leaves_the_margins_of_a_page_on_its_side(rows: list[tuple[str, ...]]) -> None:
    columns = [ReportColumn(f"Kolona {number}") for number in range(7)]

    for runs in placed_on(render_table(rows, columns=columns, heading=HEADING)):
        assert all(run.left >= 11 and run.right <= 297 - 11 for run in runs)
