"""Who is on the line: a caller is verified by what the database compares, not by the agent's word."""

from typing import Any

import psycopg
import pytest

from tests.security.conftest import AGENT, ANA, JMBG, Guarded, issue_bill, one, pay, verify


def accounts(connection: psycopg.Connection[Any], ident: int) -> int:
    """Count the rows of an account that are shown: one or none."""
    return int(one(connection, "SELECT count(*) FROM account WHERE ident = %s", ident))


def refused(connection: psycopg.Connection[Any], ident: int, claims: dict[str, Any]) -> str:
    """Try to verify, and return by which rule it was refused."""
    with pytest.raises(psycopg.Error) as caught:
        verify(connection, ident, **claims)
    return str(caught.value.diag.message_primary)


ATTESTED = {"ident": True, "name": True, "address": True}
"""All that the agent's own word can say."""


@pytest.fixture
def caller(guarded: Guarded, enter: Any) -> tuple[int, psycopg.Connection[Any]]:
    """An account that an agent has opened, with one of everything a caller may know."""
    ident = guarded.new_account()
    with guarded.as_superuser() as owner:
        owner.execute("SET ROLE salter_owner")
        owner.execute("UPDATE holder SET jmbg = %s WHERE ident = %s", [JMBG[ANA], ident])
        owner.execute(
            "INSERT INTO contact VALUES (%s, 2, 'phone', '064/11-22-333', '0641122333', '2020-01-01')",
            [ident],
        )
        issue_bill(owner, ident, 2606, "2000")
        pay(owner, ident, "1500.50")
    agent = enter(AGENT)
    agent.execute("SELECT open_visit(%s, 'call', 'phone')", [ident])
    return ident, agent


def test_the_word_of_the_agent_alone_verifies_nobody(caller):
    ident, agent = caller

    outcome = verify(agent, ident, **ATTESTED)

    assert not outcome["passed"]
    assert accounts(agent, ident) == 0


RIGHT = [
    {"jmbg_last4": "5003"},
    {"jmbg_last4": " 50 03"},
    {"phone": "+381 64 1122-333"},
    {"email": " A{ident}@Example.RS "},
    {"payment": {"amount": "1500.50", "day": "2026-07-05"}},
    {"payment": {"amount": "1500.5", "day": "2026-07-02"}},
]
WRONG = [
    {"jmbg_last4": "5004"},
    {"jmbg_last4": ""},
    {"jmbg_last4": "0715003"},
    {"phone": "064 11 22 334"},
    {"phone": "22333"},
    {"phone": ""},
    {"email": "b@example.rs"},
    {"email": None},
    {"email": ["a{ident}@example.rs"]},
    {"payment": {"amount": "1500.51", "day": "2026-07-05"}},
    {"payment": {"amount": "1500.50", "day": "2026-07-06"}},
    {"payment": {"amount": "1500.50", "day": "2026-07-01"}},
    {"payment": {"amount": "1500.50"}},
    {"payment": {"amount": "NaN", "day": "2026-07-05"}},
    {"payment": {"amount": 1e300, "day": "infinity"}},
    {"payment": "1500.50"},
    {"payment": None},
]


def of(ident: int, said: dict[str, Any]) -> dict[str, Any]:
    """Put the account's number where what was said has a place for it."""
    return {
        claim: one.replace("{ident}", str(ident)) if isinstance(one, str) else one
        for claim, one in said.items()
    }


@pytest.mark.parametrize("said", RIGHT)
def test_one_datum_of_the_agent_s_and_one_the_database_compares_verify(caller, said):
    ident, agent = caller

    outcome = verify(agent, ident, address=True, **of(ident, said))

    assert outcome["passed"], outcome
    assert accounts(agent, ident) == 1


@pytest.mark.parametrize("said", RIGHT)
def test_one_datum_by_itself_does_not(caller, said):
    ident, agent = caller

    assert not verify(agent, ident, **of(ident, said))["passed"]
    assert accounts(agent, ident) == 0


def test_two_that_are_compared_verify_without_the_agent_s_word(caller):
    ident, agent = caller

    assert verify(agent, ident, jmbg_last4="5003", phone="0641122333")["passed"]


@pytest.mark.parametrize("said", WRONG)
def test_a_datum_said_wrong_blocks_and_is_named_whatever_else_is_right(caller, said):
    ident, agent = caller
    claim = next(iter(said))
    right = {"jmbg_last4": "5003", "phone": "0641122333", "email": f"a{ident}@example.rs"}

    outcome = verify(agent, ident, **ATTESTED, **(right | said))

    assert not outcome["passed"]
    assert [name for name, agrees in outcome["checks"].items() if not agrees] == [claim]
    assert accounts(agent, ident) == 0


@pytest.mark.parametrize("claim", ["ident", "name", "address"])
def test_so_does_one_that_the_agent_says_was_wrong(caller, claim):
    ident, agent = caller

    outcome = verify(agent, ident, **(ATTESTED | {claim: False}), jmbg_last4="5003", phone="0641122333")

    assert not outcome["passed"]
    assert accounts(agent, ident) == 0


def test_what_is_on_every_bill_counts_where_a_setting_says_so_and_only_there(caller, superuser):
    ident, agent = caller
    asked = f"SELECT 'bill_amount' = ANY (verification_choices({ident}))"
    assert not one(agent, asked)
    assert refused(agent, ident, {"bill_amount": "2000"}) == "claim_unknown"
    superuser.execute("INSERT INTO setting VALUES ('caller_private_datum', '1977-01-01', 'false', true)")
    try:
        assert one(agent, asked)
        assert not verify(agent, ident, **ATTESTED)["passed"]
        assert not verify(agent, ident, name=True, bill_amount="2000.01")["passed"]
        assert verify(agent, ident, name=True, bill_amount="2000")["passed"]
    finally:
        superuser.execute("DELETE FROM setting WHERE name = 'caller_private_datum'")


def test_only_what_is_on_file_can_be_asked_and_of_who_has_nothing_nothing(guarded, caller, enter):
    ident, agent = caller
    bare = guarded.new_account()
    with guarded.as_superuser() as owner:
        owner.execute("UPDATE contact SET ended_on = '2026-01-01' WHERE ident = %s", [bare])
    agent.execute("SELECT open_visit(%s, 'call', 'phone')", [bare])

    everything = ["ident", "name", "address", "jmbg_last4", "phone", "email", "payment"]
    assert one(agent, "SELECT verification_choices(%s)", ident) == everything
    assert one(agent, "SELECT verification_choices(%s)", bare) == ["ident", "name", "address"]
    assert not verify(agent, bare, **ATTESTED)["passed"]


def test_ten_wrong_tries_on_an_account_are_all_a_day_has_whoever_is_called(guarded, caller, superuser):
    ident, agent = caller
    # as if other agents had been called this morning
    superuser.execute(
        "INSERT INTO read_log (ident, login, kind, detail)"
        " SELECT %s, 'another' || n, 'verification', '{\"passed\": false}' FROM generate_series(1, 9) n",
        [ident],
    )
    assert not verify(agent, ident, name=True, jmbg_last4="0000")["passed"]

    said = refused(agent, ident, {"name": True, "jmbg_last4": "5003"})

    assert said == "too_many_attempts"


def test_a_wrong_datum_is_counted_even_if_the_try_is_taken_back(guarded, caller, superuser):
    ident, _agent = caller
    counted = "SELECT counted('missed_day', %s)"
    before = one(superuser, counted, AGENT)
    for said in ({"phone": "0640000000"}, {"payment": {"amount": "1", "day": "2026-07-05"}}):
        with guarded.signed_in(AGENT, autocommit=False) as agent:
            verify(agent, ident, name=True, **said)
            agent.rollback()

    assert one(superuser, counted, AGENT) - before == 2
