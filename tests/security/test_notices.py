"""What a session may have printed: nothing of what functions with the rights of the owner work on."""

import re

import pytest

from tests.security.conftest import ANA, BORA, JMBG, SERVING, close_visits, visit

PRINTING = ("debug_print_parse", "debug_print_rewritten", "debug_print_plan")

_BYTES = re.compile(r"\[\s*((?:-?\d+\s+)+)\]")
_PERSONAL_NUMBER = re.compile(r"(?<!\d)\d{13}(?!\d)")


def test_every_function_with_rights_of_the_owner_prints_nothing(superuser):
    loud = superuser.execute(
        "SELECT p.oid::regprocedure::text, wanted FROM pg_proc p CROSS JOIN unnest(%s::text[]) AS wanted"
        " WHERE p.pronamespace = 'public'::regnamespace"
        " AND (p.prosecdef OR p.prorettype = 'trigger'::regtype)"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        " AND NOT coalesce(wanted || '=off' = ANY (p.proconfig), false)",
        [list(PRINTING)],
    )

    assert loud.fetchall() == []


@pytest.mark.parametrize("login", SERVING)
def test_no_personal_number_is_printed_by_what_takes_or_reads_one(enter, login):
    connection = enter(login)
    close_visits(connection)
    said: list[str] = []
    connection.add_notice_handler(
        lambda notice: said.append(f"{notice.message_primary} {notice.message_detail}")
    )
    connection.execute("SET client_min_messages = log")
    connection.execute("SET debug_pretty_print = off")  # which breaks a number in two
    for name in PRINTING:
        connection.execute(f"SET {name} = on")

    visit(connection, ANA)
    connection.execute("SELECT reveal_personal_number(%s, '2015-01-01', 'upit')", [ANA])
    connection.execute("SELECT revealed_personal_number(%s, '2015-01-01')", [ANA])
    # digit by digit: what the caller's own statement prints is the caller's own
    connection.execute(
        "SELECT look_up_personal_number(string_agg(digit, '')) FROM unnest(%s::text[]) AS digit",
        [list(JMBG[BORA])],
    )

    assert said, "the server prints what a session asks it to"
    assert [found for line in said for found in _PERSONAL_NUMBER.findall(_readable(line))] == []


def _readable(printed: str) -> str:
    """Put the letters in the place of values printed byte by byte."""

    def text_of(match: re.Match[str]) -> str:
        return " " + bytes(int(number) % 256 for number in match[1].split()).decode("latin-1") + " "

    return _BYTES.sub(text_of, printed)
