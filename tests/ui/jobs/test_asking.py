"""Questions: on the UI thread only, newest in its lane only, never to a closed screen."""

import functools
import gc
import random
import threading
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.errors import TooSlow
from db.errors import Cancelled
from tests.ui.jobs.conftest import Screen
from ui.jobs import JobKind, Jobs


def close(widget: QWidget) -> None:
    """Close and destroy ``widget`` as Qt does for one that is to be deleted on closing."""
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)


def test_an_answer_arrives_on_the_ui_thread(jobs, screen, qtbot, asks):
    jobs.ask(asks("SELECT 42"), screen.hear, screen=screen)

    qtbot.waitUntil(lambda: screen.answers == [42])
    assert screen.threads == {jobs.thread()} == {QThread.currentThread()}


def test_a_question_is_asked_on_another_thread(jobs, screen, qtbot):
    jobs.ask(lambda _session: threading.get_ident(), screen.hear, screen=screen)

    qtbot.waitUntil(lambda: screen.answers != [])
    assert screen.answers != [threading.get_ident()]


def test_no_widget_is_destroyed_on_a_pool_thread(jobs, screen, qtbot):
    died_on = []

    class Knot(QObject):
        tied = Signal()

        def __init__(self) -> None:
            super().__init__()
            self.itself = self

    def busy_with_rows(_session: object) -> list[list[int]]:
        return [[number] for number in range(5_000)]  # each one counts towards a collection

    for _time in range(20):
        knot = Knot()
        weakref.finalize(knot, lambda: died_on.append(threading.get_ident()))
        del knot
        jobs.ask(busy_with_rows, screen.hear, screen=screen)

    qtbot.waitUntil(lambda: len(screen.answers) == 20, timeout=20_000)
    qtbot.waitUntil(lambda: len(died_on) == 20, timeout=20_000)
    assert set(died_on) == {threading.get_ident()}


def test_the_collector_is_given_back_when_the_door_closes(qapp, gateway):
    door = Jobs(gateway)
    assert not gc.isenabled()

    door.close()

    assert gc.isenabled()


def test_a_newer_question_in_a_lane_stops_the_older_one_in_the_server(jobs, screen, qtbot, asks, overseer):
    jobs.ask(asks("SELECT 'old' FROM pg_sleep(60) /* older */"), screen.hear, screen=screen, lane="search")
    qtbot.waitUntil(lambda: overseer.is_running("older"))

    jobs.ask(asks("SELECT 'new'"), screen.hear, screen=screen, lane="search")

    qtbot.waitUntil(lambda: screen.answers == ["new"])
    qtbot.waitUntil(lambda: not overseer.is_running("older"))
    assert (screen.answers, screen.errors) == (["new"], [])


def test_an_answer_that_was_overtaken_on_its_way_is_dropped(jobs, screen, qtbot, asks):
    asked = threading.Event()

    def first(_session: object) -> str:
        asked.set()
        return "old"

    jobs.ask(first, screen.hear, screen=screen, lane="search")
    while not asked.is_set():
        pass  # the answer comes back now, but no event is handled yet
    jobs.ask(asks("SELECT 'new'"), screen.hear, screen=screen, lane="search")

    qtbot.waitUntil(lambda: screen.answers != [])
    assert screen.answers == ["new"]


def test_lanes_of_two_screens_do_not_meet(jobs, qtbot, asks):
    screens = [Screen(), Screen()]
    for number, screen in enumerate(screens):
        qtbot.addWidget(screen)
        jobs.ask(asks(f"SELECT {number}"), screen.hear, screen=screen, lane="bills")

    qtbot.waitUntil(lambda: [screen.answers for screen in screens] == [[0], [1]])


def test_questions_without_a_lane_are_all_answered(jobs, screen, qtbot, asks):
    for number in range(20):
        jobs.ask(asks(f"SELECT {number}"), screen.hear, screen=screen)

    qtbot.waitUntil(lambda: sorted(screen.answers) == list(range(20)))


def test_a_closed_screen_never_hears_and_its_question_is_stopped(jobs, qtbot, asks, overseer, ear):
    heard = []

    class Listener(Screen):
        def hear(self, answer: object) -> None:
            heard.append(answer)

    screen = Listener()
    jobs.ask(asks("SELECT 1 FROM pg_sleep(60) /* closing */"), screen.hear, screen=screen)
    qtbot.waitUntil(lambda: overseer.is_running("closing"))

    close(screen)

    qtbot.waitUntil(lambda: not overseer.is_running("closing"))
    assert (heard, ear.failures, jobs.running) == ([], [], ())


def test_an_answer_that_is_on_its_way_when_the_screen_closes_is_dropped(jobs, qtbot):
    heard, answered = [], threading.Event()

    class Listener(Screen):
        def hear(self, answer: object) -> None:
            heard.append(answer)

    def answer(_session: object) -> int:
        answered.set()
        return 1

    screen, other = Listener(), Screen()
    qtbot.addWidget(other)
    jobs.ask(answer, screen.hear, screen=screen)
    while not answered.is_set():
        pass
    close(screen)
    jobs.ask(answer, other.hear, screen=other)

    qtbot.waitUntil(lambda: other.answers == [1])
    assert heard == []


def test_a_screen_that_is_left_hears_nothing_before_qt_destroys_it(jobs, screen, qtbot, asks, overseer):
    jobs.ask(asks("SELECT 1 FROM pg_sleep(60) /* leaving */"), screen.hear, screen=screen)
    qtbot.waitUntil(lambda: overseer.is_running("leaving"))

    jobs.leave(screen)

    qtbot.waitUntil(lambda: not overseer.is_running("leaving"))
    assert (screen.answers, screen.errors) == ([], [])


def test_a_screen_that_was_left_may_ask_again(jobs, screen, qtbot, asks):
    jobs.ask(asks("SELECT 1 FROM pg_sleep(60)"), screen.hear, screen=screen, lane="a")
    jobs.leave(screen)

    jobs.ask(asks("SELECT 2"), screen.hear, screen=screen, lane="a")

    qtbot.waitUntil(lambda: screen.answers == [2])


def test_a_question_does_not_keep_a_screen_alive(jobs, qtbot, asks, overseer):
    screen = Screen()
    jobs.ask(asks("SELECT 1 FROM pg_sleep(60) /* kept */"), screen.hear, screen=screen)
    qtbot.waitUntil(lambda: overseer.is_running("kept"))
    trace = weakref.ref(screen)

    del screen

    assert trace() is None
    qtbot.waitUntil(lambda: not overseer.is_running("kept"))


def test_a_model_hears_for_its_screen(jobs, screen, qtbot, asks):
    class Model(QObject):
        def __init__(self, parent: QObject) -> None:
            super().__init__(parent)
            self.answers: list[object] = []

        def take(self, answer: object) -> None:
            self.answers.append(answer)

    model = Model(screen)
    jobs.ask(asks("SELECT 1"), model.take, screen=screen)

    qtbot.waitUntil(lambda: model.answers == [1])


def test_an_answer_may_only_be_told_to_a_method_of_an_object_of_qt(jobs, screen, asks):
    for then in (lambda _answer: None, print, [].append, screen.setWindowTitle):
        with pytest.raises(TypeError):
            jobs.ask(asks("SELECT 1"), then, screen=screen)


def test_a_question_may_not_take_a_widget_along(jobs, screen):
    label = QLabel("1234567", screen)

    with pytest.raises(TypeError):
        jobs.ask(lambda _session: label.text(), screen.hear, screen=screen)
    with pytest.raises(TypeError):
        jobs.ask(functools.partial(lambda _label, _session: 1, label), screen.hear, screen=screen)
    with pytest.raises(TypeError):
        jobs.ask(screen.hear, screen.hear, screen=screen)


@pytest.mark.usefixtures("expected_log")
def test_a_question_over_its_time_limit_is_heard_as_too_slow(jobs, screen, qtbot, asks):
    jobs.ask(asks("SELECT 1 FROM pg_sleep(60)"), screen.hear, screen=screen, failed=screen.fail, timeout=0.05)

    qtbot.waitUntil(lambda: screen.errors != [])
    assert isinstance(screen.errors[0], TooSlow)


@pytest.mark.usefixtures("expected_log")
def test_a_failure_nobody_listens_for_is_told_to_the_window(jobs, screen, qtbot, asks, ear):
    jobs.ask(asks("SELECT 1 FROM pg_sleep(60)"), screen.hear, screen=screen, title="Bills", timeout=0.05)

    qtbot.waitUntil(lambda: ear.failures != [])
    failure = ear.failures[0]
    assert (failure.kind, failure.title, type(failure.error)) == (JobKind.QUESTION, "Bills", TooSlow)


def test_a_mistake_of_ours_is_logged_with_its_origin_and_the_door_stays_open(
    jobs, screen, qtbot, asks, caplog
):
    jobs.ask(lambda _session: 1 // 0, screen.hear, screen=screen, failed=screen.fail)

    qtbot.waitUntil(lambda: screen.errors != [])
    (record,) = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
    caplog.clear()
    jobs.ask(asks("SELECT 1"), screen.hear, screen=screen)
    qtbot.waitUntil(lambda: screen.answers == [1])


def test_the_log_names_the_work_and_not_whom_it_was_about(jobs, screen, qtbot, caplog):
    def look_for(_session: object, *, text: str) -> None:
        raise LookupError

    jobs.ask(
        functools.partial(look_for, text="Petrović"),
        screen.hear,
        screen=screen,
        failed=screen.fail,
        title="Ana",
    )

    qtbot.waitUntil(lambda: screen.errors != [])
    (record,) = caplog.records
    assert "look_for" in record.getMessage()
    assert "Petrović" not in record.getMessage()
    assert "Ana" not in record.getMessage()
    caplog.clear()


def test_a_titled_question_is_in_the_tray_and_can_be_cancelled_there(
    jobs, screen, qtbot, asks, ear, overseer
):
    number = jobs.ask(
        asks("SELECT 1 FROM pg_sleep(60) /* tray */"),
        screen.hear,
        screen=screen,
        failed=screen.fail,
        title="Debtors",
    )
    (job,) = jobs.running
    assert (job.number, job.title, job.is_cancellable) == (number, "Debtors", True)
    qtbot.waitUntil(lambda: overseer.is_running("tray"))

    jobs.cancel(number)

    qtbot.waitUntil(lambda: not overseer.is_running("tray"))
    assert [type(error) for error in screen.errors] == [Cancelled]
    assert (ear.tray, jobs.running) == ([("started", number), ("finished", number)], ())


def test_three_hundred_questions_and_closing_screens_leave_nothing_behind(jobs, qtbot, asks, overseer):
    dice = random.Random(7)
    screens = [Screen() for _place in range(6)]
    for number in range(300):
        place = dice.randrange(len(screens))
        lane = dice.choice(["", "search", "search", "bills"])
        jobs.ask(
            asks(f"SELECT {number} FROM pg_sleep({dice.random() / 50}) /* hammer */"),
            screens[place].hear,
            screen=screens[place],
            lane=lane,
            title=dice.choice(["", "hammer"]),
        )
        if dice.random() < 0.1:
            close(screens[place])
            screens[place] = Screen()
        if dice.random() < 0.3:
            QCoreApplication.processEvents()
    for screen in screens:
        close(screen)

    qtbot.waitUntil(lambda: not overseer.is_running("hammer"))
    last = Screen()
    qtbot.addWidget(last)
    jobs.ask(asks("SELECT 'alive'"), last.hear, screen=last, lane="search")
    qtbot.waitUntil(lambda: last.answers == ["alive"])
    assert jobs.running == ()


def test_three_hundred_keystrokes_in_one_lane_answer_the_last_one_only(jobs, screen, qtbot, asks, overseer):
    for number in range(300):
        jobs.ask(
            asks(f"SELECT {number} FROM pg_sleep(0.05) /* keys */"), screen.hear, screen=screen, lane="search"
        )
        if number % 3 == 0:
            QCoreApplication.processEvents()

    qtbot.waitUntil(lambda: screen.answers[-1:] == [299])
    assert not overseer.is_running("keys")
    assert screen.errors == []
