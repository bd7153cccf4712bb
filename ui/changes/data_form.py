"""The data of a form: only those of the kind, each as it is on file beside what it shall be.

Which are shown, and what is wrong with one, follows from the declaration; there is
nothing here about any kind in particular.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.changes import (
    ApplicantStanding,
    Circumstances,
    Field,
    Problem,
    Rule,
    asked_fields,
    check,
    circumstances,
    must_be_filled,
)
from app.domain.period import Period
from app.usecases.changes import FormGround
from ui.changes import editors, words
from ui.desk.desk import Desk
from ui.kit.fields import FormField, TextField
from ui.kit.speaking import Speaking
from ui.kit.styling import label, set_tip
from ui.kit.tokens import GRID

_NAME_WIDTH, _OLD_WIDTH = 34 * GRID, 42 * GRID
_A_PERSON = ("holder", "contact", "account", "delivery")


class FieldRow(QObject):
    """A datum: its name, what is on file, and its input."""

    left = Signal(str)
    """Enter, or the input was left after a change."""

    def __init__(self, field: Field, editor: FormField, place: int, grid: QGridLayout, host: QWidget) -> None:
        super().__init__(host)
        self.field = field
        self.editor = editor
        self.current: object = None
        self._theirs = ""
        self.name = label(host, "soft", name=f"change.{field.name}.name")
        self.old = label(host, "amount", name=f"change.{field.name}.old")
        self.old.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for shown, width in ((self.name, _NAME_WIDTH), (self.old, _OLD_WIDTH)):
            shown.setFixedWidth(width)
            shown.setMinimumHeight(7 * GRID)
        self.name.setWordWrap(True)
        self.name.setBuddy(editor.editor)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.name, place, 0, top)
        grid.addWidget(self.old, place, 1, top)
        grid.addWidget(editor, place, 2, top)
        editor.committed.connect(self._left)
        self.retranslate()

    def show_current(self, value: object) -> None:
        """Show what is on file."""
        self.current = value
        said = words.value_word(self.field, value)
        self.old.setText(self.old.fontMetrics().elidedText(said, Qt.TextElideMode.ElideMiddle, _OLD_WIDTH))
        set_tip(self.old, said)

    def show_theirs(self, sentence: str) -> None:
        """Say under the input what somebody else stored meanwhile."""
        self.editor.set_hint(sentence)

    def set_shown(self, *, is_shown: bool) -> None:
        """Show or hide the datum as a whole."""
        for widget in (self.name, self.old, self.editor):
            # asking again costs as much as the first time; one nobody hid yet its layout would show
            is_settled = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
            if widget.isHidden() is is_shown or not is_settled:
                widget.setVisible(is_shown)

    @property
    def is_shown(self) -> bool:
        return not self.editor.isHidden()

    @property
    def value(self) -> str | bool | None:
        """What is typed."""
        return editors.read(self.editor)

    def put(self, value: object) -> None:
        """Show a value that was stored or typed."""
        editors.put(self.editor, self.field, value)

    def show_problem(self, problem: Problem | None) -> None:
        """Say beside the input what is wrong; what only deserves a second look is no error."""
        if problem is None:
            self.editor.clear_error()
            self.editor.set_hint("")
        elif problem.is_warning:
            self.editor.set_hint(words.problem_sentence(problem, self.field))
        else:
            self.editor.set_error(words.problem_sentence(problem, self.field))

    def _left(self) -> None:
        self.left.emit(self.field.name)

    def retranslate(self) -> None:
        word = words.field_word(self.field.name)
        self.name.setText(word)
        editors.say_choices(self.editor, self.field)
        self.editor.set_name(word)
        if isinstance(self.editor, TextField) and not must_be_filled(self.field):
            self.editor.set_placeholder(QCoreApplication.translate("changes", "may stay empty"))
        self.show_current(self.current)


class DataForm(Speaking, QWidget):
    """Builds itself anew for each kind."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("change.data")
        self._desk = desk
        self._ground: FormGround | None = None
        self._standing = ApplicantStanding.OWNER
        self.rows: dict[str, FieldRow] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(2 * GRID)
        self._grid.setColumnStretch(2, 1)
        self._heads = [label(self, "section") for _ in range(3)]
        for place, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, place)
        self.retranslate()

    def show_form(self, ground: FormGround) -> None:
        """Build the inputs of a kind, holding what is on file."""
        self._clear()
        self._ground = ground
        is_new_person = ground.declaration.names_another_person
        for place, field in enumerate(ground.declaration.fields, start=1):
            editor = editors.editor_of(
                field, f"change.{field.name}", self, desk=self._desk, today=self._today
            )
            row = FieldRow(field, editor, place, self._grid, self)
            current = ground.current.get(field.name)
            row.show_current(current)
            is_of_another = is_new_person and str(field.target).partition(".")[0] in _A_PERSON
            if not is_of_another or _table(field) == "holder.kind":
                row.put(current)
            editor.edited.connect(self._edited)
            row.left.connect(self._row_left)
            self.rows[field.name] = row
        self._show_asked()

    def _clear(self) -> None:
        for row in self.rows.values():
            for widget in (row.name, row.old, row.editor):
                self._grid.removeWidget(widget)
                widget.hide()
                self._desk.jobs.leave(widget)
                widget.deleteLater()
            row.deleteLater()
        self.rows = {}

    def _today(self) -> date:
        return self._desk.today

    # values -----------------------------------------------------------------------------------------

    def set_standing(self, standing: ApplicantStanding) -> None:
        """A proxy brings other papers."""
        self._standing = standing

    @property
    def around(self) -> Circumstances:
        """On what it depends which data and papers are asked for."""
        ground = self._known()
        return circumstances(
            ground.declaration,
            {name: row.value for name, row in self.rows.items()},
            holder_kind=ground.holder_kind,
            by_members=ground.by_members,
            standing=self._standing,
        )

    def values(self) -> dict[str, object]:
        """Return what is typed, of the data that are asked for."""
        return {name: row.value for name, row in self.rows.items() if row.is_shown}

    def typed(self) -> dict[str, object]:
        """Return what is typed anywhere, to be kept on disk."""
        kept: dict[str, object] = {name: row.value for name, row in self.rows.items()}
        for name, row in self.rows.items():
            if isinstance(row.editor, editors.StreetField):
                kept[f"{name}.words"] = row.editor.value()
        return kept

    def put(self, values: Mapping[str, object]) -> None:
        """Show values that were stored or typed before."""
        for name, row in self.rows.items():
            if name in values:
                row.put(values[name])
                said = values.get(f"{name}.words")
                if isinstance(row.editor, editors.StreetField) and said:
                    row.editor.pick(str(values[name] or ""), str(said))
        self._show_asked()

    def problems(self, *, applies_from: Period | None) -> tuple[Problem, ...]:
        """List what is wrong with the data."""
        ground = self._known()
        return check(
            ground.declaration,
            self.values(),
            holder_kind=ground.holder_kind,
            by_members=ground.by_members,
            current=ground.current,
            today=self._desk.today,
            area=ground.area,
            applies_from=applies_from,
        )

    def show_problems(self, problems: Sequence[Problem]) -> FieldRow | None:
        """Say beside each datum what is wrong with it; return the first that has an error."""
        found = {problem.field: problem for problem in reversed(problems)}
        for name, row in self.rows.items():
            row.show_problem(found.get(name))
        return next(
            (self.rows[one.field] for one in problems if one.field in self.rows and not one.is_warning), None
        )

    def show_refusal(self, name: str, sentence: str) -> bool:
        """Say beside a datum what the server has against it; False when there is no such datum."""
        row = self.rows.get(name)
        if row is None or not row.is_shown:
            return False
        row.editor.set_error(sentence)
        row.editor.setFocus()
        return True

    # inside -----------------------------------------------------------------------------------------

    def _known(self) -> FormGround:
        if self._ground is None:
            raise RuntimeError("no form is shown")
        return self._ground

    def _edited(self) -> None:
        self._show_asked()
        self.edited.emit()

    def _row_left(self, name: str) -> None:
        """Check a datum as it is left; that it is empty is said only when all is to be submitted."""
        mine = [
            problem
            for problem in self.problems(applies_from=None)
            if problem.field == name and problem.rule is not Rule.MISSING
        ]
        self.rows[name].show_problem(mine[0] if mine else None)

    def _show_asked(self) -> None:
        asked = set(asked_fields(self._known().declaration, self.around))
        for row in self.rows.values():
            row.set_shown(is_shown=row.field in asked)

    def retranslate(self) -> None:
        for head, said in zip(
            self._heads, (self.tr("Data item"), self.tr("On file"), self.tr("New")), strict=True
        ):
            head.setText(said)
        for row in self.rows.values():
            row.retranslate()


def _table(field: Field) -> str:
    return str(field.target)
