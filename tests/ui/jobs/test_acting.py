"""Actions: in order, to their end, heard in any case; exports: streamed, with progress."""

from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QEvent
from sqlalchemy import text

from app.domain.errors import Refused
from app.domain.topics import Topic
from db.errors import Cancelled
from tests.ui.jobs.conftest import Screen
from ui.jobs import JobKind, JobState


def close(widget: Screen) -> None:
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)


A_PROGRAMME = "INSERT INTO programme VALUES (90, 'winter', 'Zima')"


def refuses(_session: object) -> None:
    raise Refused


def test_after_an_action_the_window_is_told_what_changed(jobs, screen, qtbot, writes, ear, overseer):
    jobs.act(writes("rate", A_PROGRAMME), screen.hear, screen=screen)

    qtbot.waitUntil(lambda: screen.answers == ["rate"])
    assert screen.threads == {jobs.thread()}
    assert ear.changed == [frozenset({Topic.PROGRAMMES, Topic.SETTINGS})]
    assert overseer.settings() == ["rate"]


def test_actions_are_done_in_the_order_they_were_begun(jobs, screen, qtbot, writes):
    slow = writes("a", "SELECT pg_sleep(0.3)")
    for action in (slow, writes("b"), writes("c")):
        jobs.act(action, screen.hear, screen=screen)

    qtbot.waitUntil(lambda: screen.answers == ["a", "b", "c"])


def test_an_action_goes_on_when_its_screen_closes(jobs, qtbot, writes, ear, overseer):
    screen = Screen()
    slow = writes("rate", f"{A_PROGRAMME}; SELECT pg_sleep(0.3) /* going on */")
    jobs.act(slow, screen.hear, screen=screen)
    qtbot.waitUntil(lambda: overseer.is_running("going on"))

    close(screen)

    qtbot.waitUntil(lambda: ear.changed == [frozenset({Topic.PROGRAMMES, Topic.SETTINGS})])
    assert overseer.settings() == ["rate"]


def test_the_failure_of_an_action_is_heard_even_if_its_screen_is_gone(jobs, qtbot, ear):
    screen = Screen()
    jobs.act(refuses, screen.hear, screen=screen, failed=screen.fail, title="Save the note")
    close(screen)

    qtbot.waitUntil(lambda: ear.failures != [])
    failure = ear.failures[0]
    assert (failure.kind, failure.title, type(failure.error)) == (JobKind.ACTION, "Save the note", Refused)
    assert (ear.changed, jobs.running) == ([], ())


def test_the_failure_of_an_action_is_told_to_its_screen_alone(jobs, screen, qtbot, ear):
    jobs.act(refuses, screen.hear, screen=screen, failed=screen.fail)

    qtbot.waitUntil(lambda: [type(error) for error in screen.errors] == [Refused])
    assert ear.failures == []


def test_an_action_cannot_be_cancelled(jobs, screen, qtbot, writes, overseer):
    action = writes("rate", "SELECT pg_sleep(0.3) /* kept on */")
    number = jobs.act(action, screen.hear, screen=screen, title="Save")
    qtbot.waitUntil(lambda: overseer.is_running("kept on"))

    jobs.cancel(number)
    jobs.leave(screen)

    assert [job.is_cancellable for job in jobs.running] == [False]
    qtbot.waitUntil(lambda: overseer.settings() == ["rate"])


def test_sending_an_action_twice_does_it_once(jobs, screen, qtbot, writes, overseer):
    key = uuid4()
    for _time in range(2):
        jobs.act(writes("rate"), screen.hear, screen=screen, key=key)

    qtbot.waitUntil(lambda: screen.answers == ["rate", "rate"])
    assert overseer.settings() == ["rate"]


def test_questions_do_not_wait_for_actions_nor_actions_for_questions(jobs, screen, qtbot, asks, writes):
    for _place in range(4):
        jobs.ask(asks("SELECT 'question' FROM pg_sleep(2)"), screen.hear, screen=screen)
    jobs.act(writes("quick"), screen.hear, screen=screen)

    qtbot.waitUntil(lambda: screen.answers != [], timeout=1500)
    assert screen.answers == ["quick"]


def test_a_cancel_is_sent_while_every_question_thread_is_busy(jobs, screen, qtbot, asks, overseer):
    numbers = [
        jobs.ask(asks("SELECT 1 FROM pg_sleep(60) /* full */"), screen.hear, screen=screen)
        for _place in range(4)
    ]
    jobs.export(
        lambda session, _progress: session.scalar(text("SELECT 1 FROM pg_sleep(1)")),
        screen.hear,
        screen=screen,
        title="Export",
    )
    qtbot.waitUntil(lambda: overseer.statements("full") == 4)

    for number in numbers:
        jobs.cancel(number)

    qtbot.waitUntil(lambda: not overseer.is_running("full"), timeout=900)
    qtbot.waitUntil(lambda: screen.answers == [1])


# -- exports -----------------------------------------------------------------------------------


def reads_rows(count, report_every=500):
    def question(session, progress):
        rows = session.execute(
            text(f"SELECT generate_series(1, {count}) AS n /* export */"),
            execution_options={"yield_per": 500},
        )
        total = 0
        for done, row in enumerate(rows, start=1):
            total += row.n
            if done % report_every == 0:
                progress(done, count)
        return total

    return question


def test_an_export_tells_how_far_it_is(jobs, screen, qtbot):
    seen = []
    jobs.progressed.connect(lambda _number: seen.extend((job.done, job.total) for job in jobs.running))

    jobs.export(reads_rows(20_000), screen.hear, screen=screen, title="Debtors")

    qtbot.waitUntil(lambda: screen.answers == [20_000 * 20_001 // 2])
    assert (20_000, 20_000) in seen
    assert jobs.running == ()


def test_a_cancelled_export_stops_in_the_server(jobs, screen, qtbot, overseer):
    number = jobs.export(
        reads_rows(1_000_000_000), screen.hear, screen=screen, title="Debtors", failed=screen.fail
    )
    with qtbot.waitSignal(jobs.progressed):
        pass

    jobs.cancel(number)

    qtbot.waitUntil(
        lambda: (
            overseer.scalar("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'") == 0
        )
    )
    assert not overseer.is_running("export")
    assert [type(error) for error in screen.errors] == [Cancelled]


def test_an_export_says_what_went_wrong(jobs, screen, qtbot):
    def fails(_session: object, progress: object) -> None:
        raise Refused

    jobs.export(fails, screen.hear, screen=screen, title="Debtors", failed=screen.fail)

    qtbot.waitUntil(lambda: [type(error) for error in screen.errors] == [Refused])


def test_an_action_under_way_is_in_the_tray(jobs, screen, qtbot, writes):
    jobs.act(writes("rate"), screen.hear, screen=screen, title="Save")

    assert [(job.title, job.state) for job in jobs.running] == [("Save", JobState.RUNNING)]
    qtbot.waitUntil(lambda: jobs.running == ())
