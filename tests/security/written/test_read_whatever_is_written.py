"""Whatever the desk may write, by any client, every question of every screen reads, as every role.

A round is a copy of the town in which people write what their rights allow, much of
it what nobody means; then every question is asked.  It is answered, or refused by a
rule that has a name and a sentence.  ``WRITING_ROUNDS`` makes it thorough.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.errors import Conflict, Forbidden, NeedsConfirmation, Refused
from app.domain.faulty import Faulty, Illegible
from db.embedded import EmbeddedServer
from tests.conftest import Database, copied_from
from tests.robots.seating import Seats
from tests.security.written import questions
from tests.security.written.questions import ACTIONS, OF_FILES, SPECIAL, OnFile, calls, on_file
from tests.security.written.rights import Doing, rights
from tests.security.written.town import ADMIN, AGENT, CLERK, IDENTS, SUPERVISOR, TODAY, furnished, written_in

ROUNDS = int(os.environ.get("WRITING_ROUNDS", "6"))
WRITES = 60
A_DECLARED_REFUSAL = (Refused, Forbidden, NeedsConfirmation, Conflict)


@pytest.fixture(scope="module")
def town(module_database: Database) -> Iterator[Database]:
    with furnished(module_database) as made:
        yield made


def test_every_question_is_read_whatever_was_written(
    town: Database, cluster: EmbeddedServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    unread: dict[str, int] = {}
    done: Counter[str] = Counter()

    @settings(
        max_examples=ROUNDS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**63))
    def round_of_writing(seed: int) -> None:
        dice = random.Random(seed)
        with copied_from(town.name, server=cluster) as copy:
            with written_in(copy) as writers:
                for _ in range(WRITES):
                    writers.write(dice.getrandbits(63))
                done.update(writers.done)
                file = on_file(writers.owner, today=TODAY, idents=IDENTS)
            for one in _unread(Seats(copy, tmp_path), file, done):
                unread.setdefault(one, seed)

    round_of_writing()

    caplog.clear()  # what was not read is told here
    assert unread == {}
    # and it was no empty round: people wrote, were refused, and were answered
    assert done["written"] > ROUNDS * WRITES // 5
    assert done["refused"] > ROUNDS * WRITES // 5
    assert done["answered"] > ROUNDS * 400


def _unread(seats: Seats, file: OnFile, done: Counter[str]) -> Iterator[str]:
    """Ask everything as each role, and tell what was neither answered in full nor refused by a rule."""
    try:
        for login in (AGENT, CLERK, SUPERVISOR, ADMIN):
            gateway = seats.gateway(login, idents=IDENTS if login != ADMIN else ())
            for name, question in calls(file):
                try:
                    answer = gateway.ask(question)
                except Illegible as error:
                    yield f"{name} as {login}: {error!r}"
                except A_DECLARED_REFUSAL:
                    done["declined"] += 1
                except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                    yield f"{name} as {login}: {error!r} of {question.keywords}"
                else:
                    done["answered"] += 1
                    yield from (f"{name} as {login}: {row}" for row in _faulty(answer))
    finally:
        seats.close()


def _faulty(answer: object) -> list[Faulty]:
    rows = getattr(answer, "rows", answer)
    return [row for row in rows if isinstance(row, Faulty)] if isinstance(rows, tuple) else []


def test_every_right_to_write_is_used(town: Database, cluster: EmbeddedServer) -> None:
    with copied_from(town.name, server=cluster) as copy, written_in(copy) as writers:
        found = rights(writers.owner)

    written = {(one.name, one.doing) for one in found}
    assert {
        ("call_note", Doing.INSERT),
        ("change_paper", Doing.INSERT),
        ("change_request", Doing.INSERT),
        ("change_request", Doing.UPDATE),
        ("preference", Doing.UPDATE),
        ("draft_programme", Doing.CALL),
        ("register_plan", Doing.CALL),
        ("set_programme_bounds", Doing.CALL),
    } <= written
    assert {one.role for one in found} == {"desk_agent", "desk_clerk", "desk_supervisor", "desk_admin"}


def test_what_is_named_as_an_action_is_one_of_the_use_cases() -> None:
    found = {name for name, _ in questions.taking_a_session()}

    assert (ACTIONS | OF_FILES | set(SPECIAL)) - found == set()


def test_a_question_whose_argument_nobody_can_find_is_told() -> None:
    def bills_of_the_moon(session: object, *, crater: str) -> None:
        """Ask for what nobody knows."""

    file = OnFile(TODAY, IDENTS)

    with pytest.raises(LookupError, match="crater"):
        list(questions.arguments_of("bills.bills_of_the_moon", bills_of_the_moon, file))
