"""Two at once, and guesses taken back: what is counted is counted."""

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.security.conftest import (
    AGENT,
    ANA,
    CLERK,
    JMBG,
    SUPERVISOR,
    Guarded,
    close_visits,
    one,
    verify,
    visit,
)


def together(
    guarded: Guarded, login: str, work: Callable[[psycopg.Connection[Any]], Any], times: int
) -> list[Any]:
    """Do the same on several connections at once, and return what each got or raised."""
    barrier, got = threading.Barrier(times, timeout=60), []

    def once() -> None:
        with guarded.signed_in(login) as connection:
            barrier.wait()
            try:
                got.append(work(connection))
            except psycopg.Error as error:
                got.append(error)

    threads = [threading.Thread(target=once) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_opening_one_account_at_once_gives_one_visit_and_one_record(guarded, superuser):
    ident = guarded.new_account()

    got = together(
        guarded, CLERK, lambda c: one(c, f"SELECT visit_id FROM open_visit({ident}, 'service', 'counter')"), 6
    )

    assert len(set(got)) == 1
    assert one(superuser, f"SELECT count(*) FROM visit WHERE ident = {ident}") == 1
    assert one(superuser, f"SELECT count(*) FROM read_log WHERE ident = {ident}") == 1


def test_five_wrong_tries_are_five_even_if_made_at_once(guarded, superuser):
    ident = guarded.new_account()
    with guarded.signed_in(AGENT) as agent:
        agent.execute("SELECT open_visit(%s, 'call', 'phone')", [ident])

    got = together(guarded, AGENT, lambda c: verify(c, ident, name=False, address=False), 8)

    refused = [one for one in got if isinstance(one, psycopg.Error)]
    assert {error.diag.message_primary for error in refused} == {"too_many_attempts"}
    assert len(refused) == 3
    assert (
        one(superuser, f"SELECT count(*) FROM read_log WHERE ident = {ident} AND kind = 'verification'") == 5
    )


def test_closing_and_opening_again_gives_no_new_tries(guarded, enter):
    ident = guarded.new_account()
    agent = enter(AGENT)
    for _ in range(5):
        agent.execute("SELECT open_visit(%s, 'call', 'phone')", [ident])
        assert not verify(agent, ident, name=False, address=False)["passed"]
        close_visits(agent)
    agent.execute("SELECT open_visit(%s, 'call', 'phone')", [ident])

    with pytest.raises(psycopg.Error, match="too_many_attempts"):
        verify(agent, ident)


def test_guesses_taken_back_are_counted_all_the_same_and_for_nobody_else(guarded, superuser):
    try:
        for login in (SUPERVISOR, CLERK):
            with guarded.signed_in(login) as connection:
                visit(connection, ANA)
        with guarded.signed_in(SUPERVISOR, autocommit=False) as connection:
            for guess in range(9000, 9100):
                verify(connection, ANA, jmbg_last4=f"{guess}", name=True, ident=True)
                connection.rollback()
            with pytest.raises(psycopg.Error, match="misses_a_day"):
                verify(connection, ANA, jmbg_last4="9100", name=True, ident=True)
            connection.rollback()
            with pytest.raises(psycopg.Error, match="misses_a_day"):
                connection.execute("SELECT look_up_personal_number(%s)", [JMBG[ANA]])
        counted = superuser.execute("SELECT login, counted('missed_day', login) FROM staff WHERE is_active")
        assert {login: times for login, times in counted if times} == {SUPERVISOR: 100}
        with guarded.signed_in(CLERK) as connection:
            assert not verify(connection, ANA, jmbg_last4="9100", name=True, ident=True)["passed"]
    finally:
        superuser.execute("SELECT setval(c.oid, 1) FROM pg_class c WHERE relname ~ '^counted_missed_day_'")
