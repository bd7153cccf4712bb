"""Rows that leave the program in a file."""

from sqlalchemy import create_engine, text

from tests.robots.stage import ANA
from ui.desk.places import AccountSection


def test_payments_taken_out_in_a_file_are_on_record(clerk, town, tmp_path):
    clerk.opens(ANA)
    clerk.goes_to(AccountSection.PAYMENTS)
    table = clerk.page.section(AccountSection.PAYMENTS).table
    clerk.until(lambda: table.model().rowCount() > 0, "the payments did not come")
    file = tmp_path / "uplate.xlsx"

    table.export_to(file)

    clerk.until(file.exists, "the file was not written")
    clerk.hears("Exported")
    assert file.stat().st_size > 0
    assert recorded(town) == [(int(ANA), "payments.table", table.model().rowCount())]


def test_a_file_that_cannot_be_put_on_record_is_not_written(clerk, stage, tmp_path):
    stage.run("DELETE FROM setting WHERE name = 'exports_a_day'")
    stage.run("INSERT INTO setting VALUES ('exports_a_day', '2000-01-01', '0', false, '')")
    clerk.opens(ANA)
    clerk.goes_to(AccountSection.PAYMENTS)
    table = clerk.page.section(AccountSection.PAYMENTS).table
    clerk.until(lambda: table.model().rowCount() > 0, "the payments did not come")
    file = tmp_path / "uplate.xlsx"

    table.export_to(file)

    clerk.hears("the limit is 0. Nothing was written.")
    assert not file.exists()


def recorded(town) -> list[tuple[int, str, int]]:
    engine = create_engine(town.url)
    try:
        with engine.connect() as connection:
            rows = connection.execute(
                text(
                    "SELECT ident, detail ->> 'what', (detail ->> 'rows')::int FROM read_log"
                    " WHERE kind = 'export'"
                )
            )
            return [tuple(row) for row in rows]
    finally:
        engine.dispose()
