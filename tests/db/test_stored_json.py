"""A document that Python cannot read spoils its own row and no other."""

import pytest
from sqlalchemy import text

from db.gateway import Gateway
from db.stored_json import UNREAD, read_json


@pytest.mark.parametrize("kept", ["1" * 5_000, "[" * 100_000 + "]" * 100_000, '{"a": ' + "9" * 4_301 + "}"])
def test_what_python_cannot_read_is_told_as_such(kept):
    assert read_json(kept) is UNREAD


@pytest.mark.parametrize(
    ("kept", "value"), [("null", None), ('{"a": [1, 1.5]}', {"a": [1, 1.5]}), (b"[]", [])]
)
def test_everything_else_is_read(kept, value):
    assert read_json(kept) == value


def test_one_document_that_cannot_be_read_does_not_fail_the_question(database):
    gateway = Gateway(database.url)
    try:
        asked = text("SELECT CAST(:given AS jsonb) AS kept, 7 AS beside")
        row = gateway.ask(lambda session: session.execute(asked, {"given": "9" * 5_000}).one())
    finally:
        gateway.close()

    assert (row.kept, row.beside) == (UNREAD, 7)
