"""Switching how a customer's bills go out, while the customer waits.

Somebody else may be changing the same: then what they changed is named and what
was typed here stays, to be saved over it or left.
"""

import functools

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.errors import Conflict, Refused
from app.usecases import delivery
from app.usecases.delivery import Delivery
from ui.desk.desk import Desk
from ui.kit.banners import Banner
from ui.kit.buttons import ButtonKind
from ui.kit.drafts import KeptForm
from ui.kit.fields import TextField
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.words import errors, text
from ui.words.delivery import consent_words
from ui.words.tones import Tone

_LONGEST_EMAIL = 254


class DeliverySheet(Speaking, Sheet):
    """E-mail, paper, or both; e-mail needs an address and the customer's consent."""

    def __init__(self, desk: Desk, ident: int, host: QWidget) -> None:
        super().__init__("delivery", host)
        self._desk = desk
        self._ident = ident
        self._seen: Delivery | None = None
        self._kept = KeptForm(desk.drafts, self, login=desk.me.login, form="delivery", ident=ident)
        self.notice = Banner("delivery.notice", self.inside)
        self.notice.action_chosen.connect(self._take_stored)
        self.by_email = QCheckBox(self.inside)
        self.by_email.setObjectName("delivery.by_email")
        self.email = TextField("delivery.email", self.inside, limit=_LONGEST_EMAIL)
        self.on_paper = QCheckBox(self.inside)
        self.on_paper.setObjectName("delivery.on_paper")
        self.paper_error = label(self.inside, "error", name="delivery.on_paper.error")
        self.paper_error.hide()
        self.consent = label(self.inside, "caption", name="delivery.consent")
        self.consent.setWordWrap(True)
        self.portal = label(self.inside, "caption", name="delivery.portal")
        self.portal.setWordWrap(True)
        for widget in (
            self.notice,
            self.by_email,
            self.email,
            self.on_paper,
            self.paper_error,
            self.consent,
            self.portal,
        ):
            self.body.addWidget(widget)
        self.save = self.add_button("delivery.save", kind=ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        self.by_email.toggled.connect(self._chosen)
        self.on_paper.toggled.connect(self._chosen)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._save)
        self._kept.due.connect(self.keep)
        self.email.edited.connect(self._kept.note_edit)
        self.closed.connect(self.keep)
        self.retranslate()

    def begin(self) -> None:
        """Ask how it is now, and open, with what was begun before and not saved."""
        self.notice.clear()
        self._reload()

    def keep(self) -> None:
        """Put what was changed on disk now, if the form is open."""
        if self._seen is not None:
            self._kept.keep({} if self._values() == _stored(self._seen) else self._values())

    def _values(self) -> dict[str, object]:
        return {
            "by_email": self.by_email.isChecked(),
            "email": self.email.value(),
            "on_paper": self.on_paper.isChecked(),
        }

    def _take_stored(self) -> None:
        """Throw away what was begun here, on purpose."""
        self._kept.drop()
        self._seen = None
        self._reload()

    def _reload(self) -> None:
        self.save.setEnabled(False)
        question = functools.partial(delivery.delivery_of, ident=self._ident)
        self._desk.jobs.ask(question, self._came, screen=self, lane="delivery", failed=self._not_read)

    def _came(self, now: Delivery) -> None:
        self._seen = now
        self.notice.clear()
        begun = self._kept.read()
        stored = _stored(now)
        shown = stored | {name: begun[name] for name in stored if name in begun}
        self.email.set_value(str(shown["email"]))
        self.by_email.setChecked(bool(shown["by_email"]))
        self.on_paper.setChecked(bool(shown["on_paper"]))
        self.save.setEnabled(True)
        self._chosen(True)
        if begun:
            self.notice.tell(
                self.tr("This was begun earlier and not saved."), action=self.tr("Take what is stored")
            )
        self._say_facts()
        if self.isHidden():
            self.open()

    def _not_read(self, error: Exception) -> None:
        self._desk.say(errors.sentence(error))

    def _chosen(self, _checked: bool) -> None:  # noqa: FBT001
        self.email.setEnabled(self.by_email.isChecked())
        self.paper_error.hide()
        self._kept.note_edit()

    def _save(self) -> None:
        if self._seen is None or not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        action = functools.partial(
            delivery.switch_email_delivery,
            ident=self._ident,
            seen_version=self._seen.version,
            by_email=self.by_email.isChecked(),
            on_paper=self.on_paper.isChecked(),
            email=self.email.value(),
            channel=self._desk.me.channel,
        )
        self._desk.jobs.act(action, self._saved, screen=self, failed=self._refused)

    def _saved(self, _result: object) -> None:
        self._seen = None
        self._kept.drop()
        self.close_sheet()
        words = (
            self.tr("Bills go out by e-mail to {0}.").format(self.email.value())
            if self.by_email.isChecked()
            else self.tr("Bills go out on paper.")
        )
        self._desk.say(words)

    def _refused(self, error: Exception) -> None:
        self.save.setEnabled(True)
        if isinstance(error, Conflict):
            self._say_conflict(error)
        elif isinstance(error, Refused) and error.field == "email":
            self.email.set_error(errors.sentence(error))
            self.email.setFocus()
        elif isinstance(error, Refused):
            self.paper_error.setText(errors.sentence(error))
            self.paper_error.show()
            self.on_paper.setFocus()
        else:
            self.notice.tell(errors.sentence(error), tone=Tone.WARN)

    def _say_conflict(self, error: Conflict) -> None:
        names = {
            "by_email": self.tr("Bills by e-mail"),
            "on_paper": self.tr("Bills on paper"),
            "email": self.tr("E-mail address"),
        }
        stored = ", ".join(
            f"{names.get(name, name)}: {_shown(value)}" for name, value in error.fields.items()
        )
        self.notice.tell(
            self.tr("{0} changed this meanwhile. Stored now: {1}.").format(error.changed_by, stored),
            tone=Tone.WARN,
            action=self.tr("Take theirs"),
        )
        self.save.setEnabled(False)  # a second try before theirs has come would only meet them again
        question = functools.partial(delivery.delivery_of, ident=self._ident)
        self._desk.jobs.ask(
            question, self._newer_came, screen=self, lane="delivery", failed=self._newer_not_read
        )

    def _newer_came(self, now: Delivery) -> None:
        self._seen = now  # what was typed stays; saving again is saving over what was just named
        self.save.setEnabled(True)

    def _newer_not_read(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self._not_read(error)

    def _say_facts(self) -> None:
        if self._seen is None:
            return
        said = consent_words(self._seen.consent) if self._seen.consent is not None else ""
        asked = self.tr("Switching e-mail on, or to another address, records the customer's consent.")
        if self._seen.wording:
            asked = f"{asked} {self.tr('Ask it in these words: “{0}”').format(self._seen.wording)}"
        self.consent.setText("\n".join(part for part in (said, asked) if part))
        portal = self._seen.portal
        if portal is None or portal.ended_on is not None:
            self.portal.setText(self.tr("Not registered on the portal e.Sanduče."))
        elif portal.is_active:
            self.portal.setText(
                self.tr("On the portal e.Sanduče as {0} since {1}").format(
                    portal.user_name, text.day(portal.registered_on)
                )
            )
        else:
            self.portal.setText(
                self.tr("Registered on the portal as {0}, not activated.").format(portal.user_name)
            )

    def retranslate(self) -> None:
        self.set_title(self.tr("Delivery of bills"))
        self.by_email.setText(self.tr("Bills by e-mail"))
        self.email.set_label(self.tr("E-mail address"))
        self.on_paper.setText(self.tr("Bills on paper"))
        self.save.setText(self.tr("Save"))
        self._say_facts()


def _shown(value: object) -> str:
    return text.yes_no(value) if isinstance(value, bool) else str(value)


def _stored(seen: Delivery) -> dict[str, object]:
    return {
        "by_email": seen.by_email,
        "email": seen.email or seen.email_on_file,
        "on_paper": seen.on_paper,
    }
