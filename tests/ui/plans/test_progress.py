"""The picture of a plan: where today is, what a block tells, and how it is read without seeing it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QWidget

from app.domain.plans import InstalmentState
from app.usecases.plans import Instalment
from tests.ui.plans.conftest import SIGNED_ON
from tests.ui.plans.plans_town import sign_plan
from ui.kit.theme import apply_theme
from ui.plans import words
from ui.plans.progress import PlanProgress

DUE = date(2026, 4, 15)


def instalment(number, *, paid="0", state=InstalmentState.NOT_DUE):
    due_on = DUE + timedelta(days=30 * (number - 1))
    return Instalment(number, due_on, Decimal("100.00"), Decimal(paid), state, f"97-{number}")


def plan_of(count):
    paid = InstalmentState.PAID
    return [instalment(1, paid="100", state=paid), *(instalment(number) for number in range(2, count + 1))]


@pytest.fixture
def picture(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(820, 100)
    made = PlanProgress("plans.progress", host)
    made.resize(800, made.sizeHint().height())
    host.show()
    host.made = made
    yield made
    host.close()


def test_today_stands_at_the_end_of_the_block_that_is_due_today(picture):
    picture.show_plan(plan_of(4), since=SIGNED_ON, today=DUE)

    assert picture.at(QPointF(picture.today_at() - 1, 30)).number == 1
    assert picture.at(QPointF(picture.today_at() + 3, 30)).number == 2


def test_today_is_at_the_beginning_on_the_day_of_signing_and_at_the_end_when_all_dates_are_over(picture):
    picture.show_plan(plan_of(4), since=SIGNED_ON, today=SIGNED_ON)
    first = picture.today_at()
    picture.show_plan(plan_of(4), since=SIGNED_ON, today=DUE + timedelta(days=900))

    assert first == pytest.approx(0.5)
    assert picture.at(QPointF(picture.today_at() - 1, 30)).number == 4


def test_a_plan_that_ended_has_no_today(picture):
    picture.show_plan(plan_of(4), since=SIGNED_ON, today=None)

    assert picture.today_at() is None


def test_a_block_tells_all_of_its_instalment(picture):
    picture.show_plan(plan_of(2), since=SIGNED_ON, today=DUE)

    assert picture.words_of(instalment(1, paid="40", state=InstalmentState.PARTLY_PAID)) == (
        "Instalment 1, due 15.04.2026.: 40,00 of 100,00 paid, partly paid"
    )


def test_who_does_not_see_it_hears_how_many_stand_how(picture):
    picture.show_plan(plan_of(5), since=SIGNED_ON, today=DUE)

    assert picture.accessibleName() == "Paid of the plan"
    assert picture.accessibleDescription() == "paid: 1, not due yet: 4"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("count", [0, 1, 60, 99])
def test_any_number_of_instalments_is_painted_within_its_width(qapp, picture, count, theme):
    apply_theme(qapp, theme)
    picture.show_plan(plan_of(count) if count else [], since=SIGNED_ON, today=DUE)

    painted = picture.grab()
    apply_theme(qapp, "light")

    assert not painted.isNull()
    assert all(block.right() <= picture.width() for block in picture.blocks())
    assert len(picture.blocks()) == count


def test_a_click_on_a_block_goes_to_its_line_in_the_schedule(scene, shown, qtbot):
    sign_plan(scene)
    section = shown()
    picture = section.view.progress
    third = picture.blocks()[2].center()

    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(round(third.x()), round(third.y())))

    assert section.view.schedule.table.currentIndex().row() == 2


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((), ""), ((3,), "3"), ((1, 2, 3), "1–3"), ((4, 1, 2, 7), "1–2, 4, 7")],
)
def test_instalments_in_a_row_are_named_as_a_run(numbers, said):
    assert words.numbers_words(numbers) == said
