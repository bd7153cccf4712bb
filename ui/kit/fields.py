"""Inputs with their label above and their error beside them.

A field keeps what was typed whatever happens; it says what is wrong in words and
never by color alone.  Enter goes to the next field.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.money import NotMoney, parse_rsd
from ui.kit.dates import NotADay, read_day
from ui.kit.icons import icon
from ui.kit.letters import keep_letters
from ui.kit.styling import label, set_look
from ui.kit.tokens import GRID
from ui.words import text


class FormField(QWidget):
    """Base of all inputs: a label, an editor, and an error when there is one."""

    edited = Signal()
    """The person changed the value."""
    committed = Signal()
    """Enter, or the field was left after a change."""

    def __init__(self, name: str, editor: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._editor = editor
        editor.setObjectName(f"{name}.editor")
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self._label = label(self, "caption", name=f"{name}.label")
        self._label.setBuddy(editor)
        self._hint = label(self, "caption", name=f"{name}.hint")
        self._hint.setWordWrap(True)
        self._hint.hide()
        self._error = label(self, "error", name=f"{name}.error")
        self._error.setWordWrap(True)
        self._error.hide()
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addWidget(self._hint)
        column.addWidget(self._error)
        column.addStretch(1)
        editor.setParent(self)
        editor.installEventFilter(self)
        self.setFocusProxy(editor)

    @property
    def editor(self) -> QWidget:
        """The Qt input itself."""
        return self._editor

    @property
    def error(self) -> str:
        """The error that is shown, or nothing."""
        return self._error.text()

    def set_label(self, words: str, *, hint: str = "") -> None:
        """Name the field in the language in force."""
        self._label.setText(words)
        self._label.setVisible(bool(words))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint) and not self.error)
        self._editor.setAccessibleName(words.replace("&", ""))
        self.setAccessibleName(words.replace("&", ""))

    def set_name(self, words: str) -> None:
        """Name the field where its label stands elsewhere, such as in a column of names."""
        self._label.hide()
        self._editor.setAccessibleName(words)
        self.setAccessibleName(words)

    def set_hint(self, words: str) -> None:
        """Say something under the field that is no error."""
        self._hint.setText(words)
        self._hint.setVisible(bool(words) and not self.error)

    def set_error(self, sentence: str) -> None:
        """Say beside the field what is wrong; no words take the error away."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._hint.setVisible(bool(self._hint.text()) and not sentence)
        self._editor.setAccessibleDescription(sentence)
        set_look(self._editor, "invalid", bool(sentence))

    def clear_error(self) -> None:
        """Take the error away."""
        self.set_error("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self._editor
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            return self._enter_pressed()
        return super().eventFilter(watched, event)

    def _enter_pressed(self) -> bool:
        self._commit()
        self.committed.emit()
        if not self.error:
            self.focusNextChild()
        return True

    def _commit(self) -> None:
        """Read what was typed; fields that can be wrong show it here."""

    def _on_edited(self) -> None:
        if self.error:
            self.clear_error()
        self.edited.emit()


class TextField(FormField):
    """A line of text."""

    def __init__(self, name: str, parent: QWidget, *, limit: int = 0, secret: bool = False) -> None:
        self._line = QLineEdit(parent)
        super().__init__(name, self._line, parent)
        if limit:
            self._line.setMaxLength(limit)
        if secret:
            self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.textEdited.connect(self._on_edited)
        self._line.editingFinished.connect(self._left)

    @property
    def line(self) -> QLineEdit:
        return self._line

    def value(self) -> str:
        """Return the text without blanks around it."""
        return self._line.text().strip()

    def set_value(self, value: str) -> None:
        """Show a text as if it had always been there."""
        self._line.setText(value)
        self.clear_error()

    def set_placeholder(self, words: str) -> None:
        """Show an example while the field is empty."""
        self._line.setPlaceholderText(words)

    def _left(self) -> None:
        if not self._line.hasFocus():
            self._commit()
            self.committed.emit()


class NoteField(FormField):
    """Several lines of text.  Enter makes a new line, Tab goes on."""

    def __init__(self, name: str, parent: QWidget, *, lines: int = 4) -> None:
        self._text = QPlainTextEdit(parent)
        self._text.setTabChangesFocus(True)
        super().__init__(name, self._text, parent)
        self._text.setFixedHeight(lines * self._text.fontMetrics().lineSpacing() + 5 * GRID)
        self._text.textChanged.connect(self._on_edited)

    def value(self) -> str:
        """Return the text without blanks around it."""
        return self._text.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Show a text as if it had always been there."""
        self._text.blockSignals(True)
        self._text.setPlainText(value)
        self._text.blockSignals(False)
        self.clear_error()

    def _enter_pressed(self) -> bool:
        return False


class DateField(TextField):
    """A day, typed with the counter's shortcuts and shown as 31.07.2026."""

    def __init__(self, name: str, parent: QWidget, *, today: Callable[[], date]) -> None:
        super().__init__(name, parent, limit=20)
        self._today = today
        self._line.setPlaceholderText(text.day(today()))
        self._line.setMaximumWidth(40 * GRID)

    def day(self) -> date | None:
        """Return the day, or None when there is none or it cannot be read."""
        try:
            return read_day(self._line.text(), today=self._today())
        except NotADay:
            return None

    def set_day(self, value: date | None) -> None:
        """Show a day; None empties the field."""
        self.set_value(text.day(value) if value is not None else "")

    def _commit(self) -> None:
        try:
            value = read_day(self._line.text(), today=self._today())
        except NotADay:
            self.set_error(self.tr("This is not a day. Try 15, 15.3, +7 or t for today."))
            return
        self.set_day(value)


class MoneyField(TextField):
    """An amount of dinars, typed as 1234.5 or 1.234,50 and shown as 1.234,50."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent, limit=24)
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.setMaximumWidth(40 * GRID)

    def amount(self) -> Decimal | None:
        """Return the amount, or None when there is none or it cannot be read."""
        typed = self._line.text().strip()
        try:
            return parse_rsd(typed) if typed else None
        except NotMoney:
            return None

    def set_amount(self, value: Decimal | None) -> None:
        """Show an amount; None empties the field."""
        self.set_value(text.money(value) if value is not None else "")

    def _commit(self) -> None:
        typed = self._line.text().strip()
        try:
            value = parse_rsd(typed) if typed else None
        except NotMoney:
            self.set_error(self.tr("This is not an amount. Write it as 1.234,50 or 1234.5."))
            return
        self.set_amount(value)


class ChoiceField(FormField):
    """One of a few named values."""

    def __init__(self, name: str, parent: QWidget) -> None:
        self._combo = QComboBox(parent)
        super().__init__(name, self._combo, parent)
        self._combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        keep_letters(self._combo)
        self._values: list[Any] = []
        self._combo.activated.connect(self._picked)

    def let_shrink(self) -> None:
        """Let the longest choice be wider than the field: it is whole in the list that opens."""
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.setMinimumContentsLength(8)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer these values by these words; what was chosen stays chosen if it still is there."""
        chosen = self.value()
        self._values = [value for value, _ in choices]
        self._combo.blockSignals(True)
        self._combo.clear()
        for _, words in choices:
            self._combo.addItem(words)
        self._combo.blockSignals(False)
        if chosen in self._values:
            self.set_value(chosen)

    def value(self) -> Any:
        """Return the value that is chosen, or None."""
        place = self._combo.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def set_value(self, value: Any) -> None:
        """Choose a value."""
        self._combo.setCurrentIndex(self._values.index(value))
        self.clear_error()

    def _picked(self, _place: int) -> None:
        self._on_edited()
        self.committed.emit()


class FlagField(FormField):
    """A yes or a no, turned by Space."""

    def __init__(self, name: str, parent: QWidget) -> None:
        self._check = QCheckBox(parent)
        super().__init__(name, self._check, parent)
        self._check.clicked.connect(self._turned)

    def value(self) -> bool:
        """Return whether it is set."""
        return self._check.isChecked()

    def set_value(self, value: bool) -> None:  # noqa: FBT001
        """Show a yes or a no as if it had always been there."""
        self._check.setChecked(value)
        self.clear_error()

    def set_words(self, words: str) -> None:
        """Say behind the box what a yes means."""
        self._check.setText(words)

    def _turned(self, _checked: bool) -> None:  # noqa: FBT001
        self._on_edited()
        self.committed.emit()


class SearchField(QLineEdit):
    """A line to find things with: a glass before it, a key's name behind it, Esc empties it."""

    moved_down = Signal()
    """The down arrow was pressed: go to the results."""
    given_up = Signal()
    """Esc was pressed in an empty field."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("look", "search")
        self.setClearButtonEnabled(False)
        self.addAction(icon("search", ink="text_muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._key = label(self, "key", name=f"{name}.key")
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._key.hide()
        self.textChanged.connect(self._place_key)

    def set_words(self, placeholder: str, *, key: str = "") -> None:
        """Say what can be found, in the language in force, and by which key one gets here."""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._key.setText(key)
        self._place_key()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.given_up.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._place_key()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._place_key()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._place_key()

    def _place_key(self) -> None:
        self._key.setVisible(bool(self._key.text()) and not self.text() and not self.hasFocus())
        self._key.adjustSize()
        top = (self.height() - self._key.height()) // 2
        self._key.move(self.width() - self._key.width() - 2 * GRID, top)
