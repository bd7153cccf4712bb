"""Exports: what leaves the program in a file is on record."""

from app.usecases.exports import record_export
from tests.usecases.conftest import ANA, CLERK


def test_an_export_is_on_record_with_who_took_how_many_rows_of_what(town):
    with town.visiting(CLERK, ANA) as session:
        record_export(session, table="payments", ident=ANA, row_count=36)

    (entry,) = town.run("SELECT ident, login, detail FROM read_log WHERE kind = 'export'").all()

    assert (entry.ident, entry.login) == (ANA, CLERK)
    assert entry.detail == {"what": "payments", "filter": {"ident": ANA}, "rows": 36}


def test_a_list_over_accounts_belongs_to_none_of_them(town):
    with town.signed_in(CLERK) as session:
        record_export(session, table="home.recent", ident=None, row_count=50)

    (entry,) = town.run("SELECT ident, detail FROM read_log WHERE kind = 'export'").all()

    assert entry.ident is None
    assert entry.detail["rows"] == 50
