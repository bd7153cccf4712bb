"""The form of a programme: what is wrong is said beside its field, and the grids are typed like paper."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.plans import FirstDue
from tests.ui.programmes.conftest import PENSIONERS_TOO, choose, stored_draft, types
from ui.programmes.form import TermsForm
from ui.programmes.typed import values_of


def drafting(opened, gateway):
    about = stored_draft(gateway)
    page = opened()
    choose(page, about)
    return page


def test_an_error_stands_beside_its_field_once_the_field_is_left(qtbot, opened, gateway):
    page = drafting(opened, gateway)
    form = page.pane.form

    types(qtbot, page, "down_payment_percent", "100")
    types(qtbot, page, "missed_instalments", "dva")

    assert form.field("missed_instalments").error == "Write a whole number."
    types(qtbot, page, "missed_instalments", "2")
    assert form.field("missed_instalments").error == ""
    assert form.field("down_payment_percent").error == "From 0 to less than 100 %."
    types(qtbot, page, "down_payment_percent", "10")
    assert form.field("down_payment_percent").error == ""


def test_what_nobody_touched_is_not_blamed_before_it_is_to_be_saved(qtbot, page):
    page.begin_new()
    types(qtbot, page, "note", "prvi red")
    form = page.pane.form
    assert [name for name in ("code", "name", "valid_from") if form.field(name).error] == []

    page.pane.save_draft()

    assert [name for name in ("code", "name", "valid_from") if form.field(name).error] == [
        "code",
        "name",
        "valid_from",
    ]
    assert form.field("code").editor.hasFocus()


def test_an_empty_ladder_is_said_under_the_ladder(qtbot, page):
    page.begin_new()
    for name, words in (("code", "X"), ("name", "Y"), ("valid_from", "1.1.2027")):
        types(qtbot, page, name, words)

    page.pane.save_draft()

    assert page.pane.form.grid("ladder").error.startswith("At least one step")


def test_below_the_last_row_there_always_is_an_empty_one(qtbot, opened, gateway):
    page = drafting(opened, gateway)
    grid = page.pane.form.grid("ladder")
    assert grid.rows() == [["1", "0", "", "", "0", ""]]

    types(qtbot, page, "ladder.1.0", "6")
    types(qtbot, page, "ladder.1.3", "4")

    assert grid.rows()[1] == ["6", "", "", "4", "", ""]
    assert page.findChild(QWidget, "programme.ladder.2.0") is not None
    types(qtbot, page, "ladder.0.0", "")
    types(qtbot, page, "ladder.0.1", "")
    types(qtbot, page, "ladder.0.4", "")
    assert grid.rows() == [["6", "", "", "4", "", ""]]


def test_arrows_go_between_rows_and_enter_to_the_next_cell(qtbot, opened, gateway):
    page = drafting(opened, gateway)

    def cell(row, column):
        return page.findChild(QWidget, f"programme.ladder.{row}.{column}")

    cell(0, 2).setFocus()
    qtbot.keyClick(cell(0, 2), Qt.Key.Key_Down)
    assert cell(1, 2).hasFocus()
    qtbot.keyClick(cell(1, 2), Qt.Key.Key_Return)
    assert cell(1, 3).hasFocus()
    qtbot.keyClick(cell(1, 3), Qt.Key.Key_Up)
    assert cell(0, 3).hasFocus()


def test_every_cell_has_a_name_that_can_be_read_out(opened, gateway):
    page = drafting(opened, gateway)

    cell = page.findChild(QWidget, "programme.ladder.0.2")

    assert cell.accessibleName() == "Instalments and percent off the principal, 1: Pensioner"


def test_days_after_signing_are_asked_only_where_they_count(opened, gateway):
    page = drafting(opened, gateway)
    form = page.pane.form
    assert form.field("first_due_days").isVisible()

    form.field("first_due").set_value(FirstDue.END_OF_NEXT_MONTH)
    form.field("first_due").edited.emit()

    assert not form.field("first_due_days").isVisible()


def test_the_form_gives_back_every_text_it_was_given(qtbot, desk, opened):
    page = opened()
    choose(page, PENSIONERS_TOO)
    given = values_of(page.list.current)
    host = QWidget()
    qtbot.addWidget(host)
    form = TermsForm(desk, host)

    form.set_values(given, is_named_here=True)

    assert form.values() == given


def test_a_field_that_keeps_a_draft_from_being_saved_is_scrolled_to(qtbot, opened, gateway):
    page = drafting(opened, gateway)
    types(qtbot, page, "days_of_grace", "dan")
    page.pane.form.take_keyboard()
    page.pane.editing.verticalScrollBar().setValue(0)

    page.pane.save_draft()

    field = page.pane.form.field("days_of_grace")
    assert field.editor.hasFocus()
    assert not field.visibleRegion().isEmpty()
