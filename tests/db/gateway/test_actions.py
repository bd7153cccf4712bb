"""Actions are done whole, and once, whatever happens to the line."""

import functools
import queue
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.errors import Conflict, Refused, TooSlow, Unavailable
from db.errors import FateUnknown
from db.gateway import Gateway
from tests.db.gateway.work import asks, in_background, settings, statements_running, until, writes_setting


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
    assert (done.kind, done.result) == ("work.writes_setting", "rate")
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


def test_no_connection_is_left_open_behind_a_lost_line(database, line, overseer):
    desk = Gateway(line.url(database.url))
    answer = in_background(lambda: desk.ask(asks("SELECT 'late' FROM pg_sleep(0.5) /* lent */")))
    until(lambda: statements_running(overseer, "lent") == 1)

    desk.close()  # as after a lost line, while a question is still out

    assert answer.get(timeout=5) == "late"
    connected = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'salter'"
    until(lambda: overseer.execute(connected).fetchone() == (0,))
