"""The right side of the page: a version to read, a draft to edit, and the trial run of either."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.plans import Terms, VersionState
from app.usecases.plans import DraftFields, EditedVersion
from ui.desk.desk import Desk
from ui.kit.scrolled import ScrolledColumn
from ui.kit.speaking import Speaking
from ui.kit.styling import rule
from ui.kit.tokens import GRID
from ui.programmes import words
from ui.programmes.change_list import ChangeList
from ui.programmes.form import TermsForm
from ui.programmes.head import Side, VersionHead
from ui.programmes.model import About, DraftModel, about_of, field_of
from ui.programmes.publish_strip import PublishStrip
from ui.programmes.trial import TrialPane
from ui.programmes.trouble import DraftTrouble
from ui.programmes.typed import read
from ui.programmes.version_view import VersionView
from ui.words import errors, states, text
from ui.words.tones import Tone

_LEAST = 60 * GRID
_AROUND = 20 * GRID


class VersionPane(Speaking, QWidget):
    """Shows one version of a programme, or the draft that is edited."""

    extension_wanted = Signal(object)
    """EditedVersion: a new version is to go on from this one."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("programme.pane")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._version: EditedVersion | None = None
        self.model = DraftModel(desk.jobs, desk.drafts, desk.me.login, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = VersionHead(self)
        column.addWidget(self.head)
        column.addWidget(rule(self))
        self.trouble = DraftTrouble(self)
        column.addWidget(self.trouble)
        self._places = QStackedWidget(self)
        self._reading = ScrolledColumn(self._places)
        into = self._reading.column
        self.view = VersionView(desk, self._reading.inside)
        into.insertWidget(0, self.view)
        self.editing = ScrolledColumn(self._places)
        into = self.editing.column
        self.changes = ChangeList(self.editing.inside)
        self.form = TermsForm(desk, self.editing.inside)
        into.insertWidget(0, self.changes)
        into.insertWidget(1, self.form)
        self.trial = TrialPane(desk, self._places)
        self.trial.setMinimumHeight(_LEAST)  # what was never shown thinks its words stand in a narrow column
        for place in (self._reading, self.editing, self.trial):
            self._places.addWidget(place)
        column.addWidget(self._places, 1)
        self.strip = PublishStrip(self)
        column.addWidget(self.strip)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.model.kept.due.connect(self.keep)
        self.head.side_changed.connect(self._show_side)
        self.head.extend.clicked.connect(self.ask_to_extend)
        self.head.save.clicked.connect(self.save_draft)
        self.head.publish.clicked.connect(self.ask_to_publish)
        self.form.edited.connect(self._edited)
        self.form.committed.connect(self._look_over)
        self.trial.wanted.connect(self.run_trial)
        self.strip.confirmed.connect(self._publish)
        self.strip.left.connect(self._strip_left)
        self.trouble.extension_chosen.connect(self._go_on_after)
        self.trouble.draft_dropped.connect(self.model.throw_away)
        self.model.begun.connect(self._begun)
        self.model.stored.connect(self._stored)
        self.model.refused.connect(self._refused)
        self.model.overtaken.connect(self._overtaken)
        self.model.gone_out.connect(self._gone_out)

    # what is shown -------------------------------------------------------------------------------

    @property
    def about(self) -> About | None:
        """What is shown, by its number."""
        if self.is_editing:
            return self.model.about
        return about_of(self._version) if self._version is not None else None

    @property
    def is_editing(self) -> bool:
        """Whether a draft is what is shown."""
        return self.model.about is not None

    def show_version(self, version: EditedVersion) -> None:
        """Show a version: a published one to be read, a draft to be edited."""
        is_edited_here = self.model.about == about_of(version)
        if is_edited_here and self.model.is_busy:
            return  # what becomes of it is told at the end of that
        if is_edited_here and self.model.is_edited:
            self._show_behind(version)
            return
        if version == self._version and not self.is_editing:
            return  # asked for again, and nothing is new: a trial run stays as it is
        self._leave_draft()
        self._version = version
        if version.state is VersionState.DRAFT:
            self.model.begin_draft(version)
        else:
            self.view.show_version(version)
            self._begin_looking(version.programme.terms)

    def _show_behind(self, version: EditedVersion) -> None:
        """Touch nothing that is typed, whatever has become of the draft it is typed over."""
        self._version = version
        if version.state is not VersionState.DRAFT:
            self._gone_out(version)
        self.retranslate()

    def begin_new(self) -> None:
        """Edit a programme there was none of."""
        self._leave_draft()
        self._version = None
        self.model.begin_new()

    def begin_extension(self, version: EditedVersion) -> None:
        """Edit a new version of a programme."""
        self._leave_draft()
        self._version = version
        self.model.begin_extension(version)

    def keep(self) -> None:
        """Put what was typed on disk now."""
        if self.is_editing:
            self.model.type_in(self.form.values())
            self.model.keep()

    def take_keyboard(self) -> None:
        """Put the cursor where the work goes on."""
        if self.head.side is Side.TRIAL:
            self.trial.take_keyboard()
        elif self.is_editing:
            self.form.take_keyboard()

    def _leave_draft(self) -> None:
        self.keep()
        self.model.leave()
        self.trouble.begin()

    def _begun(self) -> None:
        is_new = self.model.about == About()
        self.form.set_values(self.model.values, is_named_here=is_new)
        self.changes.show_changes(self.model.changes)
        reading = read(self.model.values, today=self._desk.today)
        self._begin_looking(reading.terms)

    def _begin_looking(self, terms: Terms | None) -> None:
        self.trouble.note_error(None)
        self.strip.hide()
        self.trial.forget()
        self.trial.set_payers(terms.payers if terms is not None else ())
        self._show_side()
        self.editing.verticalScrollBar().setValue(0)
        self._reading.verticalScrollBar().setValue(0)
        self.retranslate()

    def _show_side(self) -> None:
        if self.head.side is Side.TRIAL:
            self._places.setCurrentWidget(self.trial)
        else:
            self._places.setCurrentWidget(self.editing if self.is_editing else self._reading)

    # typing --------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self.model.type_in(self.form.values())
        self.model.kept.note_edit()
        self._offer()

    def _look_over(self) -> None:
        """Say beside the fields what cannot be as it is typed."""
        self.form.show_faults(read(self.form.values(), today=self._desk.today).faults)

    def _read(self) -> tuple[Terms, DraftFields] | None:
        """Understand the form; None when something in it cannot be, which is said there."""
        values = self.form.values()
        self.model.type_in(values)
        reading = read(values, today=self._desk.today)
        self.form.show_faults(reading.faults, everywhere=True)
        if reading.terms is None or reading.fields is None:
            self.head.show_side(Side.TERMS)
            self.form.go_to_fault()
            self._bring_cursor_to_sight()
            return None
        return reading.terms, reading.fields

    def _bring_cursor_to_sight(self) -> None:
        """Scroll to the field the cursor was put into, with room for what is said under it."""
        here = self.window().focusWidget()
        if here is not None and self.form.isAncestorOf(here):
            self.editing.ensureWidgetVisible(here, 0, _AROUND)

    # doing ---------------------------------------------------------------------------------------

    def ask_to_extend(self) -> None:
        """Go on from the version that is shown."""
        if self._version is not None and (self.model.about is None or self.model.about.is_stored):
            self.extension_wanted.emit(self._version)

    def save_draft(self) -> None:
        """Store what was typed."""
        if self.is_editing and self.model.is_edited:
            understood = self._read()
            if understood is not None:
                self.model.keep()
                self.model.save(*understood)

    def ask_to_publish(self) -> None:
        """Ask whether the draft is to go out; asked again, it goes."""
        if not self.is_editing or self.model.is_busy:
            return
        if not self.strip.isHidden():
            self.strip.confirm()
            return
        understood = self._read()
        if understood is not None:
            self.strip.begin(self._name(), understood[1], is_own=self._is_own)

    @property
    def _is_own(self) -> bool:
        """Whether something in the draft was written here, or before by the same person."""
        stored = self._version
        return (
            self.model.is_edited or stored is None or about_of(stored) != self.model.about or stored.is_mine
        )

    def run_trial(self) -> None:
        """Try the terms that are shown, saved or not."""
        self.head.show_side(Side.TRIAL)
        if self.is_editing:
            understood = self._read()
            if understood is not None:
                self.trial.run(*understood)
        elif self._version is not None:
            it = self._version.programme
            self.trial.run(it.terms, DraftFields(it.valid_from, it.valid_to))

    def show_trial(self) -> None:
        """Go to the trial run."""
        if self.about is not None:
            self.head.show_side(Side.TRIAL)
            self.trial.take_keyboard()

    def _publish(self) -> None:
        understood = self._read()
        if understood is None:
            self.strip.hide()
            return
        if self._is_own:  # typed into while it was asked
            self.strip.begin(self._name(), understood[1], is_own=True)
            return
        self.strip.set_busy(is_busy=True)
        self.model.publish()

    def _put_strip_away(self) -> None:
        """Hide the question; the cursor does not wander off into the bar of the window."""
        if not self.strip.isHidden():
            self.form.take_keyboard()
            self.strip.hide()

    def _strip_left(self) -> None:
        self.head.publish.setFocus(Qt.FocusReason.OtherFocusReason)

    # what came of it -----------------------------------------------------------------------------

    def _stored(self, _about: About) -> None:
        self.trouble.note_error(None)
        self.changes.show_changes(())
        self.form.set_values(self.model.values, is_named_here=False)
        self._desk.say(self.tr("The draft is saved."))
        self.retranslate()

    def _refused(self, error: Exception) -> None:
        self._put_strip_away()
        self._offer()
        sentence = errors.sentence(error)
        self.head.show_side(Side.TERMS)
        is_said = self.form.show_error(field_of(error), sentence)
        self._bring_cursor_to_sight()
        self.trouble.note_error(None if is_said else error)

    def _overtaken(self) -> None:
        self._put_strip_away()
        self.trouble.note_error(None)
        self.head.show_side(Side.TERMS)
        self.form.set_values(self.model.values, is_named_here=False)
        self.changes.show_changes(self.model.changes)
        self.editing.verticalScrollBar().setValue(0)
        self._offer()
        self._say_what_is_back()

    def _gone_out(self, theirs: EditedVersion) -> None:
        self._put_strip_away()
        if not self.model.is_edited:  # nothing is lost: it is read from now on
            self._desk.say(
                self.tr("Somebody else published this draft meanwhile; it is not altered any more.")
            )
            self.show_version(theirs)
            return
        self.trouble.note_gone_out(theirs)

    def _go_on_after(self, theirs: EditedVersion) -> None:
        self._version = theirs
        self.model.become_extension(theirs)

    # words ---------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.head.tell(self._name(), self._state(), self._author())
        self._offer()
        self._say_what_is_back()
        if self.is_editing:
            self._look_over()

    def _name(self) -> str:
        about = self.model.about
        if about is None:
            return words.version_title(self._version) if self._version is not None else ""
        name = text.listed(str(self.model.values["name"]))
        if about.is_stored:
            return words.title_of(name, about.version)
        if about.programme_id:
            return self.tr("{0}, new version").format(name)
        return name or self.tr("New programme")

    def _state(self) -> tuple[str, Tone]:
        if self._is_unstored:
            return self.tr("not saved yet"), Tone.WARN
        if self.is_editing:
            return states.word(VersionState.DRAFT), states.tone(VersionState.DRAFT)
        if self._version is None:
            return "", Tone.NEUTRAL
        return words.standing(self._version, today=self._desk.today)

    def _author(self) -> str:
        if self._version is None or (self.is_editing and about_of(self._version) != self.model.about):
            return ""  # it was stored a moment ago, and is not listed yet
        said = words.author(self._version)
        return said if self.is_editing else self.tr("{0}; it is not altered any more").format(said)

    @property
    def _is_unstored(self) -> bool:
        about = self.model.about
        return about is not None and not about.is_stored

    def _offer(self) -> None:
        is_free = not self.model.is_busy
        self.head.offer(
            extends=self._version is not None and not self._is_unstored,
            edits=self.is_editing,
            saves=self.model.is_edited and is_free,
            publishes=is_free,
        )

    def _say_what_is_back(self) -> None:
        self.trouble.show_restored(is_restored=self.is_editing and self.model.was_restored)
