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

    for column in ("email", "by_email", "on_paper"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"UPDATE delivery SET {column} = {column} WHERE ident = {ANA}")


def test_delivery_is_switched_only_while_visiting(superuser, clerk):
    assert one(clerk, SWITCH, BORA, one(superuser, VERSION, BORA), "b@example.rs") is None
    assert one(clerk, SWITCH, ANA, one(clerk, VERSION, ANA), "Racun@Example.rs ") is True
    assert one(clerk, "SELECT email FROM delivery WHERE ident = %s", ANA) == "racun@example.rs"


def test_bills_go_by_e_mail_only_while_a_consent_to_that_very_address_holds(superuser, guarded):
    ident = guarded.new_account()
    switched = "UPDATE delivery SET by_email = true, email = %s WHERE ident = %s"
    with pytest.raises(psycopg.Error, match="delivery_without_consent"):
        superuser.execute(switched, ["a@example.rs", ident])
    superuser.execute(
        "INSERT INTO email_consent"
        " (ident, consent_no, email, given_by, given_at, channel, wording, recorded_by)"
        " VALUES (%s, 1, 'a@example.rs', 'Ana', now(), 'counter', 1, 'x')",
        [ident],
    )

    superuser.execute(switched, ["a@example.rs", ident])
    with pytest.raises(psycopg.Error, match="delivery_without_consent"):
        superuser.execute(switched, ["b@example.rs", ident])
    with pytest.raises(psycopg.Error, match="delivery_without_consent"):
        superuser.execute(
            "UPDATE email_consent SET ended_at = now(), ended_by = 'x', ended_because = 'withdrawn'"
            " WHERE ident = %s",
            [ident],
        )
    for change in (
        "DELETE FROM email_consent",
        "UPDATE email_consent SET given_at = now(), channel = 'portal'",
    ):
        with pytest.raises(psycopg.Error, match="row_immutable"):
            superuser.execute(f"{change} WHERE ident = %s", [ident])


@pytest.mark.parametrize("login", SERVING)
def test_nobody_at_a_desk_writes_a_consent_by_hand(enter, login):
    connection = enter(login)
    visit(connection, ANA)

    for attempt in (
        f"INSERT INTO email_consent SELECT {ANA}, 9, 'x@example.rs', 'Ana', now(), 'portal', 1, ''",
        "UPDATE email_consent SET ended_at = now()",
        "DELETE FROM email_consent",
        f"SELECT give_consent({ANA}, 'x@example.rs', 'Ana', 'portal', now(), '')",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(attempt)


def test_a_new_address_is_consented_to_today_and_the_consent_to_the_old_one_keeps_its_day(guarded, clerk):
    ident = guarded.new_account()
    visit(clerk, ident)
    assert one(clerk, SWITCH, ident, one(clerk, VERSION, ident), "prva@example.rs") is True
    assert one(clerk, SWITCH, ident, one(clerk, VERSION, ident), "druga@example.rs") is True

    kept = clerk.execute(
        "SELECT email, channel, wording, recorded_by, ended_because, given_at > now() - interval '1 hour'"
        " FROM email_consent WHERE ident = %s ORDER BY consent_no",
        [ident],
    ).fetchall()
    assert kept == [
        ("prva@example.rs", "phone", 1, clerk.info.user, "replaced", True),
        ("druga@example.rs", "phone", 1, clerk.info.user, None, True),
    ]


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
