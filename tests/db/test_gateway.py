"""Questions read and can be taken back; actions write, once, whatever happens to the line."""

import functools
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.domain.errors import Conflict, Refused, TooSlow, Unavailable
from db.errors import Cancelled, FateUnknown
from db.gateway import Gateway
from db.models.settings import Setting
from db.tickets import Ticket
from tests.conftest import Database
from tests.cut_line import CutLine


@pytest.fixture
def gateway(database: Database) -> Iterator[Gateway]:
    opened = Gateway(database.url)
    yield opened
    opened.close()


@pytest.fixture
def line(database: Database) -> Iterator[CutLine]:
    laid = CutLine(database.server)
    yield laid
    laid.close()


@pytest.fixture
def overseer(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """Somebody who watches the server from a connection of their own."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        yield connection


def asks(sql: str) -> Callable[[Session], Any]:
    return functools.partial(scalar, sql)


def scalar(sql: str, session: Session) -> Any:
    return session.scalar(text(sql))


def writes_setting(name: str, session: Session) -> str:
    session.execute(text("INSERT INTO setting VALUES (:name, '2026-01-01', '1', false, '')"), {"name": name})
    return name


def settings(gateway: Gateway) -> list[str]:
    return gateway.ask(lambda session: list(session.scalars(select(Setting.name).order_by(Setting.name))))


def until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not is_true():
        assert time.monotonic() < deadline, "it never came true"


def statements_running(overseer: psycopg.Connection[Any], marked: str) -> int:
    row = overseer.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE %s"
        " AND pid <> pg_backend_pid()",
        [f"%{marked}%"],
    ).fetchone()
    assert row is not None
    return int(row[0])


def in_background(work: Callable[[], Any]) -> "queue.SimpleQueue[Any]":
    """Do ``work`` on another thread; its answer or its error can be got from the queue."""
    heard: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def run() -> None:
        try:
            heard.put(work())
        except Exception as error:  # noqa: BLE001 - handed to the test
            heard.put(error)

    threading.Thread(target=run, daemon=True).start()
    return heard


# -- questions ---------------------------------------------------------------------------------


def test_a_question_cannot_write(gateway):
    with pytest.raises(DBAPIError, match="read-only"):
        gateway.ask(functools.partial(writes_setting, "rate"))

    assert settings(gateway) == []


def test_a_question_that_takes_too_long_is_stopped_by_the_server(gateway, overseer):
    with pytest.raises(TooSlow):
        gateway.ask(asks("SELECT pg_sleep(30) /* slow */"), timeout=0.1)

    assert statements_running(overseer, "slow") == 0


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
    assert (work.kind, work.name, work.statements) == ("question", "test_gateway.scalar", ("SELECT 1",))


# -- actions -----------------------------------------------------------------------------------


def test_an_action_sent_twice_is_done_once(gateway):
    key = uuid4()

    first = gateway.act(functools.partial(writes_setting, "rate"), key=key)
    second = gateway.act(functools.partial(writes_setting, "rate"), key=key)

    assert (first, second) == ("rate", "rate")
    assert settings(gateway) == ["rate"]


def test_two_senders_of_one_key_at_once_get_one_result(gateway, database, overseer):
    key = uuid4()
    other_desk = Gateway(database.url)

    def slowly(session: Session) -> str:
        writes_setting("rate", session)
        return str(session.scalar(text("SELECT 'first' FROM pg_sleep(0.5) /* slowly */")))

    first = in_background(lambda: gateway.act(slowly, key=key))
    until(lambda: statements_running(overseer, "slowly") == 1)
    second = other_desk.act(functools.partial(writes_setting, "rate"), key=key)
    other_desk.close()

    assert (first.get(timeout=5), second) == ("first", "first")
    assert settings(gateway) == ["rate"]


def test_a_failed_action_leaves_nothing_and_may_be_sent_again(gateway):
    key = uuid4()

    def fails(session: Session) -> None:
        writes_setting("rate", session)
        raise Refused

    with pytest.raises(Refused):
        gateway.act(fails, key=key)
    assert (settings(gateway), gateway.outcome(key)) == ([], None)

    gateway.act(functools.partial(writes_setting, "rate"), key=key)
    assert settings(gateway) == ["rate"]


def test_an_action_cannot_commit_half_of_itself(gateway):
    def impatient(session: Session) -> None:
        writes_setting("rate", session)
        session.commit()
        raise Refused

    with pytest.raises(Refused):
        gateway.act(impatient, key=uuid4())

    assert settings(gateway) == []


def test_a_result_that_could_not_be_told_again_is_a_mistake_of_ours(gateway):
    def tells_a_set(session: Session) -> set[int]:
        writes_setting("rate", session)
        return {1}

    with pytest.raises(TypeError):
        gateway.act(tells_a_set, key=uuid4())

    assert settings(gateway) == []


def test_the_first_telling_of_a_result_equals_the_second(gateway):
    key = uuid4()
    tells_a_pair = lambda _session: {"numbers": (1, 2)}  # noqa: E731

    assert gateway.act(tells_a_pair, key=key) == gateway.act(tells_a_pair, key=key) == {"numbers": [1, 2]}


def conflicting(times: int, session: Session) -> int:
    number = session.scalar(text("SELECT nextval('contention')"))
    session.execute(
        text(
            f"DO $$ BEGIN IF {number} <= {times} THEN"
            " RAISE EXCEPTION 'lost' USING ERRCODE = 'serialization_failure'; END IF; END $$"
        )
    )
    return int(number)


def test_an_action_that_lost_against_another_one_is_tried_again(gateway, overseer):
    overseer.execute("CREATE SEQUENCE contention")

    assert gateway.act(functools.partial(conflicting, 2), key=uuid4()) == 3


def test_an_action_that_loses_every_time_is_a_conflict(gateway, overseer):
    overseer.execute("CREATE SEQUENCE contention")

    with pytest.raises(Conflict):
        gateway.act(functools.partial(conflicting, 99), key=uuid4())


def test_an_action_waits_only_so_long_for_a_row_somebody_holds(gateway, database, overseer):
    gateway.act(functools.partial(writes_setting, "rate"), key=uuid4())

    def changes(session: Session) -> None:
        session.execute(text("SET LOCAL lock_timeout = 50"))
        session.execute(text("UPDATE setting SET note = 'x'"))

    with psycopg.connect(database.url) as somebody:
        somebody.execute("UPDATE setting SET note = 'y'")
        with pytest.raises(TooSlow):
            gateway.act(changes, key=uuid4())


# -- a lost line -------------------------------------------------------------------------------


def test_an_action_interrupted_before_its_end_was_certainly_not_done(gateway, overseer):
    key = uuid4()

    def interrupted(session: Session) -> None:
        writes_setting("rate", session)
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(Unavailable) as lost:
        gateway.act(interrupted, key=key)

    assert not isinstance(lost.value, FateUnknown)
    assert (gateway.outcome(key), settings(gateway)) == (None, [])


def test_an_action_whose_answer_was_lost_is_found_done(database, line, gateway):
    key = uuid4()
    desk = Gateway(line.url(database.url))
    desk.act(asks("SELECT 1"), key=uuid4())
    line.cut_before_the_answer_to(b"COMMIT")

    with pytest.raises(FateUnknown):
        desk.act(functools.partial(writes_setting, "rate"), key=key)
    line.mend()

    done = desk.outcome(key)
    assert done is not None
    assert (done.kind, done.result) == ("test_gateway.writes_setting", "rate")
    assert desk.act(functools.partial(writes_setting, "rate"), key=key) == "rate"
    assert settings(gateway) == ["rate"]
    desk.close()


def test_an_action_that_died_in_its_commit_is_found_not_done(gateway, overseer):
    overseer.execute(
        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
    )
    overseer.execute(
        "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON setting DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION die()"
    )
    key = uuid4()

    with pytest.raises(FateUnknown):
        gateway.act(functools.partial(writes_setting, "rate"), key=key)

    assert (gateway.outcome(key), settings(gateway)) == (None, [])


def test_the_fate_of_an_action_is_told_only_once_it_is_settled(gateway, database):
    key = uuid4()
    with psycopg.connect(database.url) as slow_desk:
        slow_desk.execute("INSERT INTO completed_action (key, kind) VALUES (%s, 'plans.cancel_plan')", [key])
        outcome = in_background(lambda: gateway.outcome(key))
        with pytest.raises(queue.Empty):
            outcome.get(timeout=0.3)
        slow_desk.commit()

    assert outcome.get(timeout=5).kind == "plans.cancel_plan"


def test_asking_for_the_fate_of_an_action_leaves_no_trace(gateway, overseer):
    gateway.outcome(UUID(int=7))

    assert overseer.execute("SELECT count(*) FROM completed_action").fetchone() == (0,)


def test_after_a_lost_line_work_goes_on_by_itself(database, line):
    desk = Gateway(line.url(database.url))
    assert desk.ask(asks("SELECT 1")) == 1

    line.cut()
    with pytest.raises(Unavailable):
        desk.ask(asks("SELECT 2"))
    line.mend()

    assert desk.ask(asks("SELECT 3")) == 3
    desk.close()


def test_a_server_that_froze_is_not_waited_for_for_ever(database, line):
    desk = Gateway(line.url(database.url))
    assert desk.ask(asks("SELECT 1")) == 1

    line.freeze()
    with pytest.raises(Unavailable):
        desk.ping()
    line.mend()

    assert desk.ask(asks("SELECT 2")) == 2
    desk.close()
