"""The papers of a form: which are asked for, which are here, and whether the originals were seen.

Space says that the original was seen, Ctrl+V pastes a scan, a file can be dropped.
What belongs where and what is enough is told by the declaration and the database.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes import ChecklistPaper, PaperKind
from app.usecases.changes import PaperAsked, PaperRow
from ui.changes import paper_intake, words
from ui.changes.request_columns import size_words
from ui.kit.buttons import Button, ButtonKind, IconButton
from ui.kit.fields import ChoiceField
from ui.kit.labels import Badge
from ui.kit.speaking import Speaking
from ui.kit.styling import label, set_tip
from ui.kit.tokens import GRID
from ui.words import text
from ui.words.tones import Tone


class _Stored(Speaking, QWidget):
    """A scan that is stored: its name, to be looked at or taken away."""

    viewed = Signal(object, str)
    removed = Signal(object)

    def __init__(self, paper: PaperRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.paper = paper
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        name = f"change.paper.{paper.kind}.{paper.id}"
        self.view = Button(f"{name}.view", self, kind=ButtonKind.LINK, icon_name="eye")
        self.view.clicked.connect(self._view)
        self.size_label = label(self, "caption")
        self.size_label.setText(size_words(paper.size))
        self.remove = IconButton(f"{name}.remove", self, icon_name="trash")
        self.remove.clicked.connect(self._remove)
        row.addWidget(self.view)
        row.addWidget(self.size_label)
        row.addStretch(1)
        row.addWidget(self.remove)
        self.retranslate()

    def _view(self) -> None:
        self.viewed.emit(self.paper.id, words.capital(words.paper_word(self.paper.kind)))

    def _remove(self) -> None:
        self.removed.emit(self.paper.id)

    def retranslate(self) -> None:
        shown = self.paper.file_name
        self.view.setText(shown if len(shown) <= 34 else f"{shown[:20]}…{shown[-12:]}")
        set_tip(self.view, self.tr("Look at {0}").format(shown))
        self.remove.set_words(self.tr("Take {0} away").format(shown))


class PaperBox(Speaking, QFrame):
    """One paper of the checklist."""

    seen_asked = Signal(PaperKind, bool)
    file_asked = Signal(PaperKind)
    """A file is to be chosen."""
    brought = Signal(PaperKind, object)
    """A QMimeData that was dropped or pasted on this paper."""
    viewed = Signal(object, str)
    removed = Signal(object)
    act_chosen = Signal(str)

    def __init__(self, paper: ChecklistPaper, parent: QWidget) -> None:
        super().__init__(parent)
        self.paper = paper
        self._asked = PaperAsked.of(paper)
        name = f"change.paper.{paper.kind}"
        self.setObjectName(name)
        self.setProperty("look", "card")
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        self.title = label(self, "strong", name=f"{name}.title")
        self.title.setWordWrap(True)
        self.state = Badge(f"{name}.state", self)
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self.act = ChoiceField(f"{name}.act", self)
        self.act.setVisible(bool(paper.is_one_of))
        self.act.let_shrink()
        self.act.edited.connect(self._act_edited)
        self.number = QLineEdit(self)
        self.number.setObjectName(f"{name}.number")
        self.number.setMaxLength(30)
        self.number.setMaximumWidth(38 * GRID)
        self.number.setVisible(paper.must_identify)
        self.number.returnPressed.connect(self._number_entered)
        self.seen = QCheckBox(self)
        self.seen.setObjectName(f"{name}.seen")
        self.seen.clicked.connect(self._seen_clicked)
        self.attach = Button(f"{name}.attach", self, kind=ButtonKind.QUIET, icon_name="upload")
        self.attach.clicked.connect(self._attach_clicked)
        row.addWidget(self.act, 1)
        row.addWidget(self.number)
        row.addWidget(self.seen)
        row.addStretch(0 if paper.is_one_of else 1)
        row.addWidget(self.attach)
        column.addLayout(row)
        self._stored: list[_Stored] = []
        self._files = QVBoxLayout()
        self._files.setSpacing(0)
        column.addLayout(self._files)
        self.error = label(self, "error", name=f"{name}.error")
        self.error.setWordWrap(True)
        self.error.hide()
        column.addWidget(self.error)
        self.retranslate()

    @property
    def asked(self) -> PaperAsked:
        """What is asked for, and what of it is here."""
        return self._asked

    @property
    def chosen_act(self) -> str:
        """Which act it is, where several would do."""
        return str(self.act.value() or "")

    def show_papers(self, papers: Sequence[PaperRow]) -> None:
        """Show what is stored of it."""
        paper = self.paper
        self._asked = PaperAsked.of(paper, papers)
        for gone in self._stored:
            self._files.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._stored = []
        for one in papers:
            if one.size:
                shown = _Stored(one, self)
                shown.viewed.connect(self.viewed)
                shown.removed.connect(self.removed)
                self._files.addWidget(shown)
                self._stored.append(shown)
        acts = [one.act for one in papers if one.act]
        if acts and not self.chosen_act and acts[-1] in paper.is_one_of:
            self.act.set_value(acts[-1])
        self.retranslate()

    def _number_entered(self) -> None:
        if self.number.text().strip() and not self.number.isReadOnly():
            self._seen_clicked(True)
        else:
            self.focusNextChild()

    def show_error(self, sentence: str) -> None:
        """Say beside the paper what is wrong with what was brought."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _act_edited(self) -> None:
        self.act_chosen.emit(self.chosen_act)

    def _seen_clicked(self, is_checked: bool) -> None:  # noqa: FBT001
        self.show_error("")
        self.seen_asked.emit(self.paper.kind, is_checked)

    def _attach_clicked(self) -> None:
        self.show_error("")
        self.file_asked.emit(self.paper.kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._bring(QApplication.clipboard().mimeData())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paper_intake.has_something(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._bring(event.mimeData())

    def _bring(self, data: object) -> None:
        self.show_error("")
        self.brought.emit(self.paper.kind, data)

    def retranslate(self) -> None:
        asked = self._asked
        self.title.setText(words.capital(words.paper_word(asked.kind)))
        self.act.set_choices([("", text.DASH), *((act, words.act_word(act)) for act in asked.is_one_of)])
        self.act.set_name(self.tr("Which act"))
        self.attach.setText(self.tr("Attach…"))
        set_tip(self.attach, self.tr("Choose a file, drop it here, or press Ctrl+V"))
        self.attach.setAccessibleName(self.tr("Attach: {0}").format(self.title.text()))
        seen = next((paper for paper in asked.papers if paper.is_original_seen), None)
        self.seen.setChecked(seen is not None)
        self.seen.setText(self.tr("Original seen"))
        set_tip(
            self.seen,
            f"{seen.original_seen_by}, {text.moment(seen.original_seen_at)}" if seen is not None else "",
        )
        self.seen.setAccessibleName(f"{self.title.text()}: {self.tr('Original seen')}")
        number = next((paper.number for paper in asked.papers if paper.number), "")
        self.number.setReadOnly(bool(asked.papers))
        if asked.papers:
            self.number.setText(number)
        self.number.setPlaceholderText(self.tr("its number"))
        self.number.setAccessibleName(self.tr("Number: {0}").format(self.title.text()))
        word, tone = self._state()
        self.state.set_state(word, tone)

    def _state(self) -> tuple[str, Tone]:
        asked = self._asked
        if asked.is_satisfied and asked.papers:
            return self.tr("here"), Tone.GOOD
        if asked.is_optional:
            return self.tr("if there is one"), Tone.NEUTRAL
        if asked.is_missing and asked.papers:
            return self.tr("number or scan needed"), Tone.WARN
        if asked.papers:
            return self.tr("original to be seen"), Tone.WARN
        return (self.tr("original needed") if asked.must_see_original else self.tr("needed")), Tone.WARN


class Checklist(Speaking, QWidget):
    """The papers in the order of the declaration."""

    seen_asked = Signal(PaperKind, bool)
    file_asked = Signal(PaperKind)
    brought = Signal(PaperKind, object)
    viewed = Signal(object, str)
    removed = Signal(object)
    act_chosen = Signal(str)
    """Which act was brought, where several would do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("change.papers")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._head = label(self, "section", name="change.papers.head")
        self._column.addWidget(self._head)
        self.boxes: dict[PaperKind, PaperBox] = {}
        self._stored: tuple[PaperRow, ...] = ()
        self.retranslate()

    def show_asked(self, asked: Sequence[ChecklistPaper]) -> None:
        """Show these papers; those that were there before keep what was chosen in them."""
        wanted = [paper.kind for paper in asked]
        for kind in [kind for kind in self.boxes if kind not in wanted]:
            box = self.boxes.pop(kind)
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        for paper in asked:
            if paper.kind not in self.boxes:
                self.boxes[paper.kind] = self._made(paper)
        for place, kind in enumerate(wanted, start=1):
            self._column.removeWidget(self.boxes[kind])
            self._column.insertWidget(place, self.boxes[kind])
        self._share_out()

    def clear(self) -> None:
        """Forget the papers of another request."""
        self._stored = ()
        self.show_asked(())

    def show_stored(self, papers: Sequence[PaperRow]) -> None:
        """Show which papers are stored with the request."""
        self._stored = tuple(papers)
        self._share_out()

    def act_of(self, kind: PaperKind) -> str:
        """Return which act was chosen for a paper."""
        return self.boxes[kind].chosen_act if kind in self.boxes else ""

    def number_of(self, kind: PaperKind, *, otherwise: str) -> str:
        """Return the number read off a paper, or one known ``otherwise``; empty where none is asked."""
        box = self.boxes.get(kind)
        return box.number.text().strip() or otherwise if box is not None and box.paper.must_identify else ""

    def stored_of(self, kind: PaperKind) -> tuple[PaperRow, ...]:
        """Return what is stored of a paper."""
        return tuple(paper for paper in self._stored if paper.kind is kind)

    def first_wanting(self) -> PaperKind | None:
        """Return the first paper that is still wanting, for a file dropped beside them all."""
        wanting = (kind for kind, box in self.boxes.items() if not box.asked.papers)
        return next(wanting, next(iter(self.boxes), None))

    def unsatisfied(self, is_wanting: Callable[[PaperAsked], bool]) -> list[PaperKind]:
        """Return the papers of which ``is_wanting`` holds."""
        return [kind for kind, box in self.boxes.items() if is_wanting(box.asked)]

    def show_error(self, kind: PaperKind, sentence: str) -> None:
        """Say beside a paper what is wrong with it."""
        if kind in self.boxes:
            self.boxes[kind].show_error(sentence)

    def _made(self, paper: ChecklistPaper) -> PaperBox:
        box = PaperBox(paper, self)
        box.seen_asked.connect(self.seen_asked)
        box.file_asked.connect(self.file_asked)
        box.brought.connect(self.brought)
        box.viewed.connect(self.viewed)
        box.removed.connect(self.removed)
        box.act_chosen.connect(self.act_chosen)
        return box

    def _share_out(self) -> None:
        for kind, box in self.boxes.items():
            box.show_papers(self.stored_of(kind))

    def retranslate(self) -> None:
        self._head.setText(self.tr("Papers"))
