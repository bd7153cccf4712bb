"""The inputs of a form, one for each type of datum; all speak of values as they are typed or stored."""

import functools
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.changes import Field, FieldType
from app.usecases import changes
from app.usecases.changes import StreetChoice
from ui.changes import words
from ui.desk.desk import Desk
from ui.kit.fields import ChoiceField, DateField, FlagField, FormField, TextField
from ui.kit.tokens import GRID
from ui.words import text

_WIDTHS = {
    FieldType.AREA: 30,
    FieldType.COUNT: 20,
    FieldType.PERCENT: 20,
    FieldType.JMBG: 44,
    FieldType.PIB: 36,
    FieldType.COMPANY_NUMBER: 36,
    FieldType.PHONE: 50,
}
"""Widths in steps of the grid, for what is never long."""
_LONGEST_EMAIL = 254
_ASK_AFTER = 200
_FEWEST_LETTERS = 2
_MOST_STREETS = 6


class StreetField(TextField):
    """A street of the code list: typed in part, picked from what is found."""

    def __init__(self, name: str, parent: QWidget, *, desk: Desk) -> None:
        super().__init__(name, parent, limit=80)
        self._desk = desk
        self._id = ""
        self._found: tuple[StreetChoice, ...] = ()
        self._is_awaited = False
        self.list = QListWidget(self)
        self.list.setObjectName(f"{name}.list")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._clicked)
        self.list.hide()
        self.column.addWidget(self.list)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_ASK_AFTER)
        self._timer.timeout.connect(self._ask)
        self.line.textEdited.connect(self._typed)

    @property
    def street_id(self) -> str:
        """The id of the street that was picked, or nothing."""
        return self._id

    @property
    def found(self) -> tuple[StreetChoice, ...]:
        """The streets that are offered."""
        return self._found

    def pick(self, street_id: str, name: str) -> None:
        """Take a street as picked."""
        self._id = street_id
        self.set_value(name)
        self._offer(())

    def put(self, street_id: str) -> None:
        """Take a stored street as picked, and ask for its name."""
        self.pick(street_id, "")
        if street_id.isdigit():
            question = functools.partial(changes.street_named, street_id=int(street_id))
            self._desk.jobs.ask(question, self._named, screen=self, lane="street", failed=self._failed)

    def _named(self, street: StreetChoice | None) -> None:
        if street is not None and self._id == str(street.id):
            self.set_value(street_words(street))

    def _typed(self, typed: str) -> None:
        self._id = ""
        if len(typed.strip()) >= _FEWEST_LETTERS:
            self._timer.start()
        else:
            self._offer(())

    def _ask(self) -> None:
        question = functools.partial(changes.streets_like, text=self.value(), limit=_MOST_STREETS)
        self._desk.jobs.ask(question, self._came, screen=self, lane="streets", failed=self._failed)

    def _came(self, found: tuple[StreetChoice, ...]) -> None:
        if not self._id:
            self._offer(found)

    def _failed(self, _error: Exception) -> None:
        self._offer(())

    def _offer(self, found: tuple[StreetChoice, ...]) -> None:
        self._found = found
        self.list.clear()
        for street in found:
            self.list.addItem(QListWidgetItem(street_words(street)))
        if found:
            self.list.setCurrentRow(0)
            self.list.setFixedHeight(min(len(found), _MOST_STREETS) * 7 * GRID + 2 * GRID)
        self.list.setVisible(bool(found))

    def _clicked(self, item: QListWidgetItem) -> None:
        self._pick_row(self.list.row(item))

    def _pick_row(self, row: int) -> None:
        street = self._found[row]
        self.pick(str(street.id), street_words(street))
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.line
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and self._found
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
        ):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % len(self._found))
            return True
        return super().eventFilter(watched, event)

    def _enter_pressed(self) -> bool:
        if self._found and not self._id:
            self._pick_row(max(self.list.currentRow(), 0))
        return super()._enter_pressed()


def editor_of(
    field: Field, name: str, parent: QWidget, *, desk: Desk, today: Callable[[], date]
) -> FormField:
    """Return an input for a datum."""
    match field.type:
        case FieldType.CHOICE:
            choice = ChoiceField(name, parent)
            choice.let_shrink()
            return choice
        case FieldType.FLAG:
            return FlagField(name, parent)
        case FieldType.DATE:
            return DateField(name, parent, today=today)
        case FieldType.STREET:
            return StreetField(name, parent, desk=desk)
        case FieldType.EMAIL:
            return TextField(name, parent, limit=_LONGEST_EMAIL)
        case FieldType.TEXT:
            return TextField(name, parent, limit=field.longest)
    made = TextField(name, parent, limit=40)
    if field.type in _WIDTHS:
        made.line.setMaximumWidth(_WIDTHS[field.type] * GRID)
    return made


def read(editor: FormField) -> str | bool | None:
    """Return what an input holds: as typed, but a day in ISO 8601 where it can be read."""
    match editor:
        case StreetField():
            return editor.street_id or editor.value()
        case DateField():
            day = editor.day()
            return day.isoformat() if day is not None else editor.value()
        case FlagField():
            return editor.value()
        case ChoiceField():
            chosen = editor.value()
            return str(chosen) if chosen else None
        case TextField():
            return editor.value()
    raise TypeError(type(editor).__name__)


def put(editor: FormField, field: Field, value: object) -> None:
    """Show a value that was stored or typed."""
    match editor:
        case StreetField():
            editor.put(str(value or ""))
        case DateField():
            written = str(value or "")
            try:
                editor.set_day(date.fromisoformat(written) if written else None)
            except ValueError:
                editor.set_value(written)
        case FlagField():
            editor.set_value(str(value).lower() in {"true", "1"})
        case ChoiceField():
            with suppress(ValueError):  # a choice of a newer declaration
                editor.set_value(str(value) if value is not None else "")
        case TextField():
            editor.set_value(shown(field, value))


def shown(field: Field, value: object) -> str:
    """Return a value as it stands in its input: a decimal with a comma."""
    if value is None:
        return ""
    written = str(value)
    if field.type in (FieldType.AREA, FieldType.PERCENT):
        try:
            number = Decimal(written)
        except InvalidOperation:
            return written
        return f"{number.normalize():f}".replace(".", ",")
    return written


def say_choices(editor: FormField, field: Field) -> None:
    """Name what is offered in the language in force."""
    if isinstance(editor, ChoiceField):
        offered = [("", text.DASH), *((one, words.choice_word(field.name, one)) for one in field.choices)]
        editor.set_choices(offered)
    elif isinstance(editor, FlagField):
        editor.set_words(text.yes_no(True))


def street_words(street: StreetChoice) -> str:
    """Return a street with its settlement."""
    return f"{street.name}, {street.settlement}" if street.settlement else street.name
