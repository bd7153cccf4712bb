"""How bills go out is switched by one function, at a visited account, to an address that is one."""

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.contacts import NotAnEmail, normalize_email
from tests.security.conftest import AGENT, ANA, BORA, SERVING, one, visit

SWITCH = "SELECT switch_delivery(%s, %s, true, true, %s, 'phone')"
VERSION = "SELECT version FROM delivery WHERE ident = %s"


@pytest.mark.parametrize("login", SERVING)
def test_nobody_redirects_bills_by_writing_the_table(enter, login):
    connection = enter(login)
    visit(connection, ANA)

    for column in ("email", "by_email", "on_paper", "consent_channel"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"UPDATE delivery SET {column} = {column} WHERE ident = {ANA}")


def test_delivery_is_switched_only_while_visiting(superuser, clerk):
    assert one(clerk, SWITCH, BORA, one(superuser, VERSION, BORA), "b@example.rs") is None
    assert one(clerk, SWITCH, ANA, one(clerk, VERSION, ANA), "Racun@Example.rs ") is True
    assert one(clerk, "SELECT email FROM delivery WHERE ident = %s", ANA) == "racun@example.rs"


def test_what_changed_meanwhile_is_not_switched_unseen(clerk):
    assert one(clerk, SWITCH, ANA, 0, "a@example.rs") is False


@pytest.mark.parametrize(
    "address",
    [
        "a@b.c\r\nBcc: everybody@example.rs",
        "a@b.c\n",
        "a@b",
        "<a@b.rs>",
        "x" * 250 + "@b.rs",
        "x" * 10_000_000 + "@b.rs",
        "a@b.rs,c@d.rs@e.rs",
    ],
)
def test_an_address_that_is_none_takes_no_bills(enter, superuser, address):
    agent = enter(AGENT)
    visit(agent, ANA)

    with pytest.raises(psycopg.Error, match="delivery_email_wrong"):
        one(agent, SWITCH, ANA, one(agent, VERSION, ANA), address)
    with pytest.raises(psycopg.errors.CheckViolation, match="ck_delivery_email_form"):
        superuser.execute("UPDATE delivery SET email = %s WHERE ident = %s", [address, ANA])


@given(st.text("aA@. :<\t\n\r\u00a0\u2028žmlto", max_size=14) | st.emails())
def test_the_owner_writes_no_address_that_the_program_would_not(guarded, typed):
    try:
        is_canonical = typed == normalize_email(typed)
    except NotAnEmail:
        is_canonical = typed == ""
    with guarded.as_superuser(autocommit=False) as owner:
        change = "UPDATE delivery SET email = %s WHERE ident = %s AND NOT by_email"
        try:
            owner.execute(change, [typed, BORA])
            taken = True
        except psycopg.errors.CheckViolation:
            taken = False
        owner.rollback()

    assert taken == is_canonical
