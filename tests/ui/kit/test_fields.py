"""Inputs: what is typed is kept, what is wrong is said beside it, Enter goes on."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.fields import ChoiceField, DateField, MoneyField, NoteField, SearchField, TextField


def today() -> date:
    return date(2026, 11, 21)


class Form(QWidget):
    """A form with one field of each kind."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.name = TextField("name", self)
        self.day = DateField("day", self, today=today)
        self.amount = MoneyField("amount", self)
        self.kind = ChoiceField("kind", self)
        self.kind.set_choices([("flat", "stan"), ("house", "kuća")])
        self.note = NoteField("note", self)
        for field in (self.name, self.day, self.amount, self.kind, self.note):
            column.addWidget(field)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def typed(qtbot: QtBot, field: TextField, words: str) -> None:
    field.setFocus()
    qtbot.keyClicks(field.line, words)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)


def test_enter_goes_to_the_next_field(qtbot: QtBot, form: Form) -> None:
    typed(qtbot, form.name, "Ana")

    assert form.day.line.hasFocus()


def test_a_day_is_shown_in_full_once_it_was_typed(qtbot: QtBot, form: Form) -> None:
    typed(qtbot, form.day, "15.3")

    assert form.day.line.text() == "15.03.2026."
    assert form.day.day() == date(2026, 3, 15)


def test_a_day_that_does_not_exist_is_said_beside_the_field_and_the_text_is_kept(
    qtbot: QtBot, form: Form
) -> None:
    typed(qtbot, form.day, "31.6")

    assert form.day.error
    assert form.day.line.text() == "31.6"
    assert form.day.day() is None
    assert form.day.line.hasFocus()


def test_the_error_goes_when_the_person_types_on(qtbot: QtBot, form: Form) -> None:
    typed(qtbot, form.day, "31.6")

    qtbot.keyClick(form.day.line, Qt.Key.Key_Backspace)

    assert form.day.error == ""


def test_an_error_is_told_to_a_screen_reader_too(form: Form) -> None:
    form.name.set_error("Ime nedostaje")

    assert form.name.editor.accessibleDescription() == "Ime nedostaje"


@pytest.mark.parametrize("words", ["1234.5", "1.234,50", "1234,5", "1.234,5 RSD"])
def test_an_amount_is_shown_the_serbian_way_however_it_was_typed(
    qtbot: QtBot, form: Form, words: str
) -> None:
    typed(qtbot, form.amount, words)

    assert form.amount.line.text() == "1.234,50"
    assert form.amount.amount() == Decimal("1234.50")


def test_what_is_no_amount_is_said_beside_the_field(qtbot: QtBot, form: Form) -> None:
    typed(qtbot, form.amount, "12a")

    assert form.amount.error
    assert form.amount.amount() is None


def test_leaving_a_field_reads_it_as_enter_does(qtbot: QtBot, form: Form) -> None:
    form.day.setFocus()
    qtbot.keyClicks(form.day.line, "t")

    qtbot.keyClick(form.day.line, Qt.Key.Key_Tab)

    assert form.day.line.text() == "21.11.2026."


def test_a_choice_stays_when_its_words_change(form: Form) -> None:
    form.kind.set_value("house")

    form.kind.set_choices([("flat", "стан"), ("house", "кућа")])

    assert form.kind.value() == "house"


def test_enter_in_a_note_makes_a_new_line(qtbot: QtBot, form: Form) -> None:
    form.note.setFocus()
    qtbot.keyClicks(form.note.editor, "a")
    qtbot.keyClick(form.note.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(form.note.editor, "b")

    assert form.note.value() == "a\nb"


def test_the_label_is_the_fields_accessible_name(form: Form) -> None:
    form.name.set_label("Ime i &prezime")

    assert form.name.editor.accessibleName() == "Ime i prezime"


def test_esc_empties_the_search_box_and_a_second_one_leaves_it(qtbot: QtBot) -> None:
    box = SearchField("search", None)  # type: ignore[arg-type]
    qtbot.addWidget(box)
    box.setText("petrovic")

    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""

    with qtbot.waitSignal(box.given_up):
        qtbot.keyClick(box, Qt.Key.Key_Escape)


def test_the_down_arrow_leaves_the_search_box_for_the_results(qtbot: QtBot) -> None:
    box = SearchField("search", None)  # type: ignore[arg-type]
    qtbot.addWidget(box)

    with qtbot.waitSignal(box.moved_down):
        qtbot.keyClick(box, Qt.Key.Key_Down)
