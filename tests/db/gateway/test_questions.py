"""Questions read, are limited in time, and can be taken back in the server."""

import functools
import queue
import random
import threading
import time
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.domain.errors import TooSlow, Unavailable
from db.errors import Cancelled
from db.gateway import Gateway
from db.tickets import Ticket
from tests.db.gateway.work import (
    asks,
    first_row,
    in_background,
    settings,
    statements_running,
    until,
    writes_setting,
)


def test_a_question_cannot_write(gateway):
    with pytest.raises(DBAPIError, match="read-only"):
        gateway.ask(functools.partial(writes_setting, "rate"))

    assert settings(gateway) == []


def test_a_question_that_takes_too_long_is_stopped_by_the_server(gateway, overseer):
    with pytest.raises(TooSlow):
        gateway.ask(asks("SELECT pg_sleep(30) /* slow */"), timeout=0.1)

    assert statements_running(overseer, "slow") == 0


def test_an_error_does_not_repeat_what_was_asked_for(gateway):
    with pytest.raises(DBAPIError) as broken:
        gateway.ask(lambda session: session.execute(text("SELECT no_such(:name)"), {"name": "Petrović"}))

    assert "no_such" in str(broken.value)
    assert "Petrović" not in str(broken.value)


def test_a_table_that_changed_under_a_question_is_read_as_it_is_now(gateway, overseer):
    overseer.execute("CREATE TABLE upgraded (a) AS SELECT 1")
    wide = functools.partial(first_row, "SELECT * FROM upgraded")
    assert [gateway.ask(wide) for _ in range(8)] == [(1,)] * 8

    overseer.execute("ALTER TABLE upgraded ADD b integer DEFAULT 2")

    assert gateway.ask(wide) == (1, 2)


def test_what_was_prepared_outlives_its_question(gateway):
    prepared = asks("SELECT count(*) FROM pg_prepared_statements /* kept */")

    assert max(gateway.ask(prepared) for _ in range(30)) > 0


def test_a_time_limit_is_forgotten_with_its_question(gateway):
    with pytest.raises(TooSlow):
        gateway.ask(asks("SELECT pg_sleep(30)"), timeout=0.05)

    assert gateway.ask(asks("SELECT current_setting('statement_timeout')")) == "10s"


def test_a_withdrawn_question_is_stopped_in_the_server(gateway, overseer):
    ticket = Ticket()
    answer = in_background(lambda: gateway.ask(asks("SELECT pg_sleep(60) /* withdrawn */"), ticket=ticket))
    until(lambda: statements_running(overseer, "withdrawn") == 1)

    ticket.cancel()

    assert statements_running(overseer, "withdrawn") == 0
    assert isinstance(answer.get(timeout=5), Cancelled)


def test_a_question_withdrawn_before_it_begins_never_reaches_the_server(gateway):
    ticket = Ticket()
    ticket.withdraw()
    asked = []

    with pytest.raises(Cancelled):
        gateway.ask(asked.append, ticket=ticket)

    assert asked == []


def test_a_question_withdrawn_between_two_statements_does_not_begin_the_second(gateway):
    ticket = Ticket()

    def question(session: Session) -> None:
        session.scalar(text("SELECT 1"))
        ticket.withdraw()
        session.scalar(text("SELECT pg_sleep(60)"))

    with pytest.raises(Cancelled):
        gateway.ask(question, ticket=ticket)


def test_a_long_read_is_withdrawn_between_two_fetches(gateway, overseer):
    ticket = Ticket()
    rows_read = []

    def question(session: Session) -> None:
        rows = session.execute(
            text("SELECT generate_series(1, 100000000) AS n /* stream */"),
            execution_options={"yield_per": 100},
        )
        for row in rows:
            rows_read.append(row.n)
            if len(rows_read) == 250:
                ticket.cancel()

    with pytest.raises(Cancelled):
        gateway.ask(question, ticket=ticket)

    assert len(rows_read) < 400
    assert statements_running(overseer, "stream") == 0
    assert gateway.ask(asks("SELECT 1")) == 1


def test_a_late_withdrawal_never_hits_the_next_question_on_the_same_connection(gateway):
    tickets: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()

    def withdraws() -> None:
        dice = random.Random(7)
        while (ticket := tickets.get()) is not None:
            moment = time.perf_counter() + dice.random() * 0.004
            while time.perf_counter() < moment:
                pass  # before, while and after the question runs
            ticket.cancel()

    withdrawer = threading.Thread(target=withdraws)
    withdrawer.start()
    withdrawn = 0
    try:
        for _round in range(200):
            ticket = Ticket()
            tickets.put(ticket)
            try:
                gateway.ask(asks("SELECT pg_sleep(0.001)"), ticket=ticket)
            except Cancelled:
                withdrawn += 1
            assert gateway.ask(asks("SELECT pg_sleep(0.004)")) == ""  # would be stopped as TooSlow
    finally:
        tickets.put(None)
        withdrawer.join()
    assert withdrawn > 0


def test_questions_do_not_wait_for_a_long_action(gateway, overseer):
    done = in_background(lambda: gateway.act(asks("SELECT 'x' FROM pg_sleep(2) /* long */"), key=uuid4()))
    until(lambda: statements_running(overseer, "long") == 1)

    assert gateway.ask(asks("SELECT 1")) == 1

    assert statements_running(overseer, "long") == 1
    assert done.get(timeout=10) == "x"


def test_a_connection_that_died_while_it_lay_idle_is_replaced_unnoticed(gateway, overseer):
    gateway.ask(asks("SELECT 1"))
    overseer.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'salter'"
    )

    assert gateway.ask(asks("SELECT 2")) == 2


def test_a_question_says_when_the_server_is_out_of_reach():
    nowhere = Gateway("postgresql://clerk@127.0.0.1:1/city")

    with pytest.raises(Unavailable):
        nowhere.ask(asks("SELECT 1"))
    with pytest.raises(Unavailable):
        nowhere.ping()


def test_a_ping_measures_the_way_to_the_server(gateway):
    assert 0 < gateway.ping() < 5


def test_what_a_question_cost_can_be_looked_up(gateway):
    gateway.ask(asks("SELECT 1"), timeout=3)

    work = gateway.stats.last
    assert (work.kind, work.name, work.statements) == ("question", "work.scalar", ("SELECT 1",))


def test_a_server_that_froze_is_not_waited_for_for_ever(database, line):
    desk = Gateway(line.url(database.url))
    assert desk.ask(asks("SELECT 1")) == 1

    line.freeze()
    with pytest.raises(Unavailable):
        desk.ping()
    line.mend()

    assert desk.ask(asks("SELECT 2")) == 2
    desk.close()
