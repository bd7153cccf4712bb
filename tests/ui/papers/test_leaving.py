"""Papers on their way out: each on record before it leaves, and once however often it is tried."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest

from app.domain.errors import PrinterFailed
from app.domain.reissues import Medium, Reason
from app.usecases import reissues
from tests.ui.bills.town import JUNE, PAYER, TODAY
from ui.papers.leaving import Departure, Leaving, RegisterEntry
from ui.papers.ways import Way


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper of the tests."""

    pdf: bytes = b"%PDF-1.7"
    file_name: str = "papir"


class Jammed(Way):
    """A printer with paper stuck in it."""

    def take(self, _made):
        self.failed.emit(PrinterFailed())


class Ready(Way):
    """A printer as it should be."""

    def take(self, _made):
        self.arrived.emit()


@pytest.fixture
def leaving(desk, until):
    """Lets papers out, and remembers what became of each."""
    made = Leaving(desk.jobs, desk)
    outcomes = []
    made.left.connect(lambda _made: outcomes.append("left"))
    made.failed.connect(
        lambda error, is_on_record: outcomes.append(
            (type(error).__name__, "on record" if is_on_record else "")
        )
    )

    def let_out(way, entry=None, *, today=TODAY):
        outcomes.clear()
        made.begin(Departure(Sheet(), way(made), entry), today=today)
        until(lambda: outcomes)
        return outcomes[0]

    let_out.forget = made.forget
    return let_out


@pytest.fixture
def on_record(gateway):
    """Count the copies that the register has."""

    def count():
        return len(gateway.ask(partial(reissues.copies_of_bill, ident=PAYER, period=JUNE)))

    return count


def copy(**other):
    facts = {
        "ident": PAYER,
        "period": JUNE,
        "version": 1,
        "reason": Reason.LOST,
        "medium": Medium.PRINTED,
        "script": "latin",
        "note": "",
    }
    return RegisterEntry(partial(reissues.register_copy, **facts | other))


def test_a_paper_that_did_not_arrive_is_on_record_once_however_often_it_is_tried(leaving, on_record):
    before = on_record()

    assert leaving(Jammed, copy()) == ("PrinterFailed", "on record")
    assert leaving(Jammed, copy()) == ("PrinterFailed", "on record")
    assert leaving(Ready, copy()) == "left"

    assert on_record() == before + 1


def test_the_next_paper_after_one_that_arrived_is_another(leaving, on_record):
    before = on_record()

    assert leaving(Ready, copy()) == "left"
    assert leaving(Ready, copy()) == "left"

    assert on_record() == before + 2


@pytest.mark.parametrize("other", [{"medium": Medium.SAVED}, {"script": "cyrillic"}, {"note": "za banku"}])
def test_a_paper_of_which_the_register_is_told_something_else_is_another(leaving, on_record, other):
    before = on_record()
    leaving(Jammed, copy())

    assert leaving(Ready, copy(**other)) == "left"
    assert on_record() == before + 2

    assert leaving(Ready, copy()) == "left"  # the first still waits, and takes the entry it has
    assert on_record() == before + 2


def test_a_paper_of_another_day_is_another(leaving, on_record):
    before = on_record()
    leaving(Jammed, copy())

    assert leaving(Ready, copy(), today=TODAY + timedelta(days=1)) == "left"

    assert on_record() == before + 2


def test_what_waited_for_another_try_is_forgotten_with_whom_it_was_for(leaving, on_record):
    before = on_record()
    leaving(Jammed, copy())
    leaving.forget()

    assert leaving(Ready, copy()) == "left"

    assert on_record() == before + 2


def test_what_the_register_refuses_does_not_leave(leaving, on_record):
    before = on_record()

    assert leaving(Ready, copy(reason=Reason.OTHER)) == ("ReasonNeedsNote", "")

    assert on_record() == before


def test_what_stands_in_no_register_leaves_and_fails_without_one(leaving, on_record):
    before = on_record()

    assert leaving(Ready) == "left"
    assert leaving(Jammed) == ("PrinterFailed", "")

    assert on_record() == before
