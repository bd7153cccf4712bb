"""Two people at one request, each on a line of their own: one is first, and the other is told so."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine

from app.domain.changes import ChangeKind, ChangeState, PaperKind
from app.domain.errors import Conflict
from app.domain.visits import Channel, Purpose
from app.usecases import changes, visits
from app.usecases.changes import TransitionForbidden
from db.gateway import Gateway
from tests.conftest import Database
from tests.usecases.conftest import ANA, Town, furnish
from tests.usecases.filed import PDF, filing, office_day

PASSWORD = "kišobran"
PEOPLE = {
    "dana_clerk": ("desk_clerk", "Dana Kos"),
    "ivo_supervisor": ("desk_supervisor", "Ivo Lazić"),
    "una_supervisor": ("desk_supervisor", "Una Bajić"),
}


@pytest.fixture(scope="module")
def settled(engine: Engine, module_database: Database) -> Iterator[Database]:
    """The town, committed, with a clerk and two supervisors who have passwords."""
    with engine.begin() as connection:
        town = Town(connection)
        furnish(town)
        for login, (role, name) in PEOPLE.items():
            connection.exec_driver_sql(f"CREATE ROLE {login} LOGIN PASSWORD '{PASSWORD}'")
            connection.exec_driver_sql(f"GRANT {role} TO {login}")
            town.insert("staff", login=login, full_name=name, role=role, branch_id=6)
    yield module_database
    with psycopg.connect(module_database.url, autocommit=True) as connection:
        for login in PEOPLE:
            connection.execute(f"DROP OWNED BY {login}")
            connection.execute(f"DROP ROLE {login}")


@pytest.fixture
def lines(settled: Database) -> Iterator[dict[str, Gateway]]:
    """The line of each of them, with the account open."""
    opened = {login: Gateway(settled.url_for(login, password=PASSWORD)) for login in PEOPLE}
    for line in opened.values():
        act(line, visits.open_account, purpose=Purpose.SERVICE, channel=Channel.COUNTER)
    yield opened
    for line in opened.values():
        line.close()


@pytest.fixture
def today(engine: Engine):
    with engine.connect() as connection:
        return office_day(Town(connection))


def act(line, action, **given):
    return line.act(partial(action, ident=ANA, **given), key=uuid4())


def submitted(lines, today, members):
    clerk = lines["dana_clerk"]
    request_id = act(
        clerk,
        changes.save_draft,
        kind=ChangeKind.MEMBERS,
        filing=filing(today),
        values={"members": members},
    )["request_id"]
    act(
        clerk,
        changes.attach_paper,
        request_id=request_id,
        paper_kind=PaperKind.MEMBERS_CERTIFICATE,
        act="",
        file_name="potvrda.pdf",
        content=PDF,
    )
    return act(clerk, changes.submit, request_id=request_id, seen_version=1, confirmed=True)


def outcome_of(work):
    try:
        return work()
    except (Conflict, TransitionForbidden) as error:
        return error


def test_approved_by_two_at_the_same_instant_it_takes_effect_once(lines, today, engine):
    for members in (7, 8, 9):
        request = submitted(lines, today, members)
        given = {"request_id": request["request_id"], "seen_version": request["version"]}
        together = Barrier(2)

        def approve(login, given=given, together=together):
            together.wait()
            return outcome_of(lambda: act(lines[login], changes.approve, **given))

        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(approve, ("ivo_supervisor", "una_supervisor"))
        done = [one for one in (first, second) if isinstance(one, dict)]
        told = [one for one in (first, second) if isinstance(one, Conflict)]

        assert [one["state"] for one in done] == ["applied"]
        assert [one.changed_by for one in told] == [
            "Una Bajić" if isinstance(first, Conflict) else "Ivo Lazić"
        ]
        with engine.connect() as connection:
            written = connection.exec_driver_sql(
                "SELECT count(*) FROM change_effect WHERE after ->> 'members' = %s", (str(members),)
            ).scalar_one()
        assert written == 1


def test_one_who_rejects_what_was_just_approved_learns_by_whom(lines, today):
    request = submitted(lines, today, 5)
    given = {"request_id": request["request_id"], "seen_version": request["version"]}
    act(lines["ivo_supervisor"], changes.approve, **given)
    with pytest.raises(Conflict) as caught:
        act(lines["una_supervisor"], changes.reject, reason="Nije u redu.", **given)

    assert caught.value.changed_by == "Ivo Lazić"
    assert caught.value.fields["state"] == ChangeState.APPLIED


def test_an_action_sent_twice_is_done_once(lines, today):
    request = submitted(lines, today, 4)
    key = uuid4()
    approve = partial(
        changes.approve, ident=ANA, request_id=request["request_id"], seen_version=request["version"]
    )
    line = lines["una_supervisor"]

    assert line.act(approve, key=key) == line.act(approve, key=key)


def test_two_who_take_the_next_one_get_two(lines, today):
    numbers = {submitted(lines, today, members)["request_id"] for members in (1, 2)}
    together = Barrier(2)

    def take(login):
        together.wait()
        next_one = partial(changes.take_next, states=[ChangeState.SUBMITTED])
        return lines[login].act(next_one, key=uuid4())["request_id"]

    with ThreadPoolExecutor(2) as pool:
        taken = set(pool.map(take, ("ivo_supervisor", "una_supervisor")))

    assert taken == numbers
