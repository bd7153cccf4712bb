"""A list asks for its first rows and for more of them, and says when nothing came or there is nothing."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.errors import TooSlow
from app.usecases.pages import PageOfRows
from ui.kit.list_section import ListSection, Question
from ui.kit.preferences import NoPreferences
from ui.kit.table import Column

NUMBERS = tuple(range(1, 8))
PAGE = 3


Answering = tuple[int, Question, Callable[[Any], None], Callable[[Exception], None]]


class Server:
    """Answers when it is told to, as a server that takes its time."""

    def __init__(self) -> None:
        self.waiting: dict[
            tuple[QObject, str], tuple[int, Question, Callable[[Any], None], Callable[[Exception], None]]
        ] = {}
        self.asked = 0

    def ask(
        self,
        question: Question,
        then: Callable[[Any], None],
        *,
        screen: QObject,
        lane: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> int:
        assert failed is not None
        self.asked += 1
        self.waiting[screen, lane] = self.asked, question, then, failed
        return self.asked

    def cancel(self, number: int) -> None:
        self.waiting = {lane: one for lane, one in self.waiting.items() if one[0] != number}

    def answer(self) -> None:
        for lane in tuple(self.waiting):
            _, question, then, _ = self.waiting.pop(lane)
            then(question(None))

    def fail(self) -> None:
        for lane in tuple(self.waiting):
            self.waiting.pop(lane)[3](TooSlow())


class Numbers(ListSection):
    """Numbers in order, three at a time."""

    def __init__(self, server: Server, parent: QWidget) -> None:
        super().__init__("numbers", parent, jobs=server)
        self.stored: Sequence[int] = NUMBERS
        columns = [Column(name="number", text=str)]
        self.body.addWidget(
            self.make_table(columns, "numbers.table", self.content, preferences=NoPreferences())
        )

    def question(self, after: int | None) -> Question:
        def page(_session: object) -> PageOfRows[int, int]:
            rest = [one for one in self.stored if after is None or one > after]
            rows = tuple(rest[:PAGE])
            return PageOfRows(rows, rows[-1] if len(rest) > PAGE else None)

        return page

    def key_of(self, row: int) -> int:
        return row

    def say_empty(self) -> None:
        self.show_empty("No numbers")


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def host(qapp: QApplication) -> Iterator[QWidget]:
    window = QWidget()
    yield window
    window.deleteLater()


@pytest.fixture
def numbers(server: Server, host: QWidget) -> Numbers:
    made = Numbers(server, host)
    made.load()
    server.answer()
    return made


def more(numbers: Numbers) -> None:
    numbers.model.fetchMore(numbers.table.rootIndex())


def test_the_rest_is_asked_for_when_the_end_is_near(numbers: Numbers, server: Server) -> None:
    assert numbers.model.rows() == [1, 2, 3]

    more(numbers)
    server.answer()
    more(numbers)
    server.answer()

    assert numbers.model.rows() == list(NUMBERS)
    assert not numbers.model.has_more


def test_a_page_that_did_not_come_is_said_and_can_be_asked_for_again(
    numbers: Numbers, server: Server
) -> None:
    more(numbers)
    server.fail()
    assert numbers.failure

    more(numbers)
    server.answer()

    assert numbers.model.rows() == [1, 2, 3, 4, 5, 6]


def test_more_of_a_list_that_is_asked_for_anew_is_not_put_beneath_the_new_one(
    numbers: Numbers, server: Server
) -> None:
    more(numbers)
    numbers.stored = (10, 20)
    numbers.load()
    server.answer()

    assert numbers.model.rows() == [10, 20]


def test_where_nothing_is_listed_it_says_so(numbers: Numbers, server: Server) -> None:
    numbers.stored = ()
    numbers.load()
    server.answer()

    assert numbers.is_empty
    assert numbers.model.rows() == []


def test_the_cursor_stays_with_its_row_through_a_refresh(numbers: Numbers, server: Server) -> None:
    numbers.put_cursor(2)
    numbers.stored = (0, 1, 2)
    numbers.load()
    server.answer()

    assert numbers.chosen == 2


def test_the_cursor_stays_at_its_place_where_its_row_is_gone(numbers: Numbers, server: Server) -> None:
    numbers.put_cursor(3)
    numbers.stored = (4, 5)
    numbers.load()
    server.answer()

    assert numbers.chosen == 5


def test_a_list_of_something_else_begins_at_its_first_row(numbers: Numbers, server: Server) -> None:
    numbers.put_cursor(3)
    numbers.begin_anew()
    server.answer()

    assert numbers.chosen == 1


def test_a_row_that_is_wanted_is_chosen_as_soon_as_it_is_here(numbers: Numbers, server: Server) -> None:
    numbers.want(9)
    assert numbers.chosen == 1

    numbers.stored = (1, 9)
    numbers.load()
    server.answer()

    assert numbers.chosen == 9


def test_who_gives_up_waiting_hears_no_answer(numbers: Numbers, server: Server) -> None:
    numbers.stored = (10,)
    numbers.load()
    numbers.cancelled.emit()
    server.answer()

    assert numbers.model.rows() == [1, 2, 3]
