"""What was dropped on the window and is no bill: a form, a scan, or a message that becomes a request.

The panel shows what was read before anything is kept.  Enter makes the draft with
its attachments and opens its form; Esc leaves nothing behind.  The forms of one
message come one after the other, each for a request of its own.
"""

import functools

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.account_number import NotAnIdent, parse
from app.domain.changes import DECLARATIONS, ChangeKind, Field, declaration_of
from app.domain.visits import Channel, Purpose
from app.usecases import changes, search, visits
from app.usecases.changes import Started
from app.usecases.scanning import Arrived
from app.usecases.search import Found, Hit
from ui.changes.words import capital, field_word, problem_sentence, value_of
from ui.desk.desk import Desk
from ui.desk.places import AccountSection, Place
from ui.kit.banners import Banner
from ui.kit.buttons import ButtonKind
from ui.kit.fields import ChoiceField, TextField
from ui.kit.labels import Item
from ui.kit.master_detail import Part, TablePart
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Column
from ui.words import errors, states, text
from ui.words.tones import Tone
from ui.work.arriving import ArrivingFile, attachments_of, form_at, form_count, sizes, unread

_WIDTH = 560
_LONGEST_IDENT = 9
_LINES_OF_LETTER, _LONGEST_LETTER = 5, 400


class Intake(Speaking, Sheet):
    """Asks for what could not be read: the account, and the kind of change."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__("intake", host, width=_WIDTH)
        self._desk = desk
        self._arrived: Arrived | None = None
        self._hit: Hit | None = None
        self._about = 0
        self._place = 0
        """Which of the forms of a message is looked at."""
        self._made: Started | None = None
        self.notice = Banner("intake.notice", self.inside)
        self.source = label(self.inside, "soft", name="intake.source")
        self.source.setWordWrap(True)
        self.ident = TextField("intake.ident", self.inside, limit=_LONGEST_IDENT)
        self.account = label(self.inside, "strong", name="intake.account")
        self.account.setWordWrap(True)
        self.kind = ChoiceField("intake.kind", self.inside)
        self.values = Part("intake.values", self.inside, across=2)
        self.filing = Part("intake.filing", self.inside, across=2)
        self.letter = label(self.inside, "soft", name="intake.letter")
        self.letter.setWordWrap(True)
        self.files = TablePart("intake.files", self.inside, columns=_file_columns())
        self.left_out = label(self.inside, "error", name="intake.left_out")
        self.left_out.setWordWrap(True)
        self.problems = label(self.inside, "error", name="intake.problems")
        self.problems.setWordWrap(True)
        for widget in (
            self.notice,
            self.source,
            self.ident,
            self.account,
            self.kind,
            self.values,
            self.filing,
            self.problems,
            self.letter,
            self.files,
            self.left_out,
        ):
            self.body.addWidget(widget)
        self.skip = self.add_button("intake.skip", kind=ButtonKind.QUIET)
        self.skip.clicked.connect(self._next)
        self.start = self.add_button("intake.start", kind=ButtonKind.PRIMARY)
        self.start.clicked.connect(self._start)
        self.ident.edited.connect(self._ident_edited)
        self.ident.committed.connect(self._find_account)
        self.kind.edited.connect(self._kind_chosen)
        self.closed.connect(self._forget)
        self.files.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # nothing is done there
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._start)
        self.retranslate()

    def offer(self, arrived: Arrived) -> None:
        """Show what was read, and ask for the rest."""
        self._arrived = arrived
        self._place, self._made = 0, None
        self._offer_form(arrived)

    def _offer_form(self, arrived: Arrived) -> None:
        self._hit = None
        form = form_at(arrived, self._place)
        self.notice.clear()
        self.ident.set_value(text.ident(form.ident) if form.ident is not None else "")
        self.retranslate()
        self.kind.set_value(form.kind)
        self._kind_chosen()
        self._show_read()
        self._find_account()
        self.open()
        if form.ident is not None and form.kind is not None:
            self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    # the account ---------------------------------------------------------------------------------

    def _ident_edited(self) -> None:
        self._hit = None
        self.account.setText("")
        if len(self.ident.value()) >= 7:
            self._find_account()

    def _ident_typed(self) -> int | None:
        try:
            return parse(self.ident.value())
        except NotAnIdent:
            return None

    def _find_account(self) -> None:
        ident = self._ident_typed()
        self.account.setVisible(ident is not None)
        if ident is not None:
            question = functools.partial(search.accounts, idents=[ident])
            self._desk.jobs.ask(
                question,
                self._account_found,
                screen=self,
                lane="account",
                failed=self._refused,
                is_counted=True,
            )

    def _account_found(self, found: Found) -> None:
        self._hit = found.hits[0] if found.hits else None
        if self._hit is None:
            self.account.setText("")
            self.ident.set_error(self.tr("There is no account of this number."))
        else:
            self.ident.clear_error()
            self.account.setText(f"{self._hit.name}  ·  {self._hit.address}")

    # what was read -------------------------------------------------------------------------------

    def _show_read(self) -> None:
        arrived = self._arrived
        if arrived is None:
            return
        form = form_at(arrived, self._place)
        self.source.setText(self._source(arrived))
        kind = form.kind
        values = [
            Item(name=name, title=field_word(name), value=value_of(kind, name, value), strong=True)
            for name, value in form.values.items()
            if kind is not None and value not in (None, "")
        ]
        self.values.set_facts(values)
        self.values.setVisible(bool(values))
        filing = [
            Item(name=name, title=field_word(name), value=value) for name, value in form.filed(states.word)
        ]
        self.filing.set_facts(filing)
        self.filing.setVisible(bool(filing))
        self.files.set_rows(attachments_of(arrived, self._place))
        sentences = [
            f"{field_word(problem.field)}: {problem_sentence(problem, _field(kind, problem.field))}"
            for problem in form.problems
        ]
        self.problems.setText("\n".join(sentences))
        self.problems.setVisible(bool(sentences))
        mail = arrived.mail
        self.letter.setText(_beginning(mail.text) if mail is not None else "")
        self.letter.setVisible(bool(self.letter.text()))
        self.left_out.setText("\n".join(unread(arrived)))
        self.left_out.setVisible(bool(self.left_out.text()))
        count = form_count(arrived)
        self.skip.setVisible(count > 1)
        if count > 1 and not self.notice.words:
            self.notice.tell(
                self._forms_sentence(arrived).format(self._place + 1, count),
                tone=Tone.INFO,
            )
        if form.is_scan and not self.notice.words:
            self.notice.tell(self._scan_sentence(arrived), tone=Tone.INFO)

    def _forms_sentence(self, arrived: Arrived) -> str:
        if arrived.mail is not None:
            return self.tr("Form {0} of {1} in this message: each becomes a request of its own.")
        return self.tr("Form {0} of {1} in this file: each becomes a request of its own.")

    def _scan_sentence(self, arrived: Arrived) -> str:
        if arrived.mail is not None:
            return self.tr("There is no filled form in this message: say of which account and kind it is.")
        return self.tr("Only a picture: say of which account and of what kind the request is.")

    def _source(self, arrived: Arrived) -> str:
        mail = arrived.mail
        if mail is None:
            return arrived.file_name
        sender = self.tr("E-mail from {0}").format(mail.sender_name or mail.sender)
        received = text.day(mail.received_on)
        return "  ·  ".join(part for part in (sender, received, mail.subject) if part and part != text.DASH)

    def _kind_chosen(self) -> None:
        is_new = self.kind.value() is ChangeKind.OPEN_ACCOUNT
        self.ident.setEnabled(not is_new)
        self.start.setEnabled(True)

    # making the request --------------------------------------------------------------------------

    def _start(self) -> None:
        arrived, kind = self._arrived, self.kind.value()
        if arrived is None or not self.start.isEnabled():
            return
        ident = self._ident_typed()
        if kind is None:
            self.kind.set_error(self.tr("Say what is to be changed."))
            self.kind.setFocus()
            return
        if kind is not ChangeKind.OPEN_ACCOUNT and (ident is None or self.ident.error):
            if not self.ident.error:
                self.ident.set_error(self.tr("Say whose account it is about."))
            self.ident.setFocus()
            return
        self.start.setEnabled(False)
        # the visit is on record before anything of the account is touched
        if kind is ChangeKind.OPEN_ACCOUNT:
            self._desk.jobs.act(changes.reserve_account, self._reserved, screen=self, failed=self._refused)
        else:
            self._about = ident or 0
            action = functools.partial(
                visits.open_account,
                ident=self._about,
                purpose=Purpose.SERVICE,
                channel=Channel.MAIL if arrived.mail is not None else Channel.COUNTER,
            )
            self._desk.jobs.act(action, self._opened, screen=self, failed=self._refused)

    def _reserved(self, ident: int) -> None:
        self._about = ident
        self._make()

    def _opened(self, _visit: object) -> None:
        self._make()

    def _make(self) -> None:
        arrived = self._arrived
        if arrived is None:
            return
        action = functools.partial(
            changes.start_from_reading,
            ident=self._about,
            kind=self.kind.value(),
            reading=arrived.reading,
            file_name=arrived.file_name,
            content=arrived.content,
            today=self._desk.today,
            form_place=self._place,
            unread=self._unread_note(arrived),
        )
        title = self.tr("Request from {0}").format(arrived.file_name)
        self._desk.jobs.act(action, self._started, screen=self, failed=self._refused, title=title)

    def _unread_note(self, arrived: Arrived) -> str:
        said = unread(arrived)
        if not said:
            return ""
        return "\n".join([self.tr("Came with it, and not kept or not read:"), *said])

    def _started(self, started: Started) -> None:
        self._made = started
        self._desk.say(self.tr("The request is a draft now: check it, and submit it."))
        self._next()

    def _next(self) -> None:
        """Offer the next form of the message; after the last, open the request that was made last."""
        arrived = self._arrived
        if arrived is not None and self._place + 1 < form_count(arrived):
            self._place += 1
            self._offer_form(arrived)
            return
        made = self._made
        self.close_sheet()
        if made is not None:
            self._desk.go(
                Place.account(
                    made["ident"],
                    section=AccountSection.CHANGES,
                    doing="account.change",
                    request_id=made["request_id"],
                )
            )

    def _refused(self, error: Exception) -> None:
        self.start.setEnabled(True)
        self.notice.tell(errors.sentence(error), tone=Tone.BAD)

    def _forget(self) -> None:
        self._arrived = None

    # Qt ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._start()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.set_title(self.tr("A request that arrived"))
        self.ident.set_label(self.tr("Account number"))
        choices: list[tuple[ChangeKind | None, str]] = [(None, self.tr("Choose…"))]
        choices += [(one.kind, f"{one.number}. {capital(states.word(one.kind))}") for one in DECLARATIONS]
        self.kind.set_choices(choices)
        self.kind.set_label(self.tr("What is to be changed"))
        self.values.set_title(self.tr("Asked for"))
        self.filing.set_title(self.tr("Applicant and basis"))
        self.files.set_title(self.tr("Papers that came with it"))
        self.files.model.set_titles(
            {"name": self.tr("File"), "kind": self.tr("Type"), "size": self.tr("Size")}
        )
        self.skip.setText(self.tr("Not this form"))
        self.start.setText(self.tr("Make the request (Ctrl+Enter)"))
        self._show_read()


def _field(kind: ChangeKind | None, name: str) -> Field | None:
    if kind is None:
        return None
    found = [one for one in declaration_of(kind).fields if one.name == name]
    return found[0] if found else None


def _beginning(letter: str) -> str:
    """Return the first lines of a message: enough to see what it is about."""
    lines = [line for line in letter.splitlines() if line.strip()][:_LINES_OF_LETTER]
    shown = "\n".join(lines)
    return shown if len(shown) <= _LONGEST_LETTER else f"{shown[:_LONGEST_LETTER]}…"


def _file_columns() -> list[Column[ArrivingFile]]:
    return [
        Column(name="name", width=260, stretches=True, hinted=True),
        Column(name="kind", field="type_name", width=90, quiet=True),
        Column(name="size", as_=sizes, width=80, quiet=True),
    ]
