"""The first screen: which server, who, and the password; what went wrong stands above the fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.kit.banners import Banner
from ui.kit.buttons import Button, ButtonKind
from ui.kit.icons import application_icon
from ui.kit.speaking import Speaking
from ui.kit.styling import PlainLabel, label, set_look
from ui.kit.tokens import GRID
from ui.shell.local import Server
from ui.words import states, text
from ui.words.tones import Tone

if TYPE_CHECKING:
    from app.usecases.staff import Role

_CARD_WIDTH = 360


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the demo city's staff, whose password is no secret."""

    login: str
    full_name: str
    role: "Role"
    branch: str


class SignIn(Speaking, QWidget):
    """Asks for a server, a name and a password; ``asked`` carries them."""

    asked = Signal(object, str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sign_in")
        self._servers: list[Server] = []
        self._demo: list[_PersonButton] = []
        self._demo_password = ""
        across = QHBoxLayout(self)
        across.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 6 * GRID)
        across.setSpacing(6 * GRID)
        across.addStretch(1)
        across.addWidget(self._make_card(), 0, Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(self._make_demo(), 0, Qt.AlignmentFlag.AlignVCenter)
        across.addStretch(1)
        self._demo_box.hide()
        self.set_servers([])
        self.retranslate()

    # what the program tells this screen --------------------------------------

    def set_servers(self, servers: Sequence[Server], *, chosen: str = "") -> None:
        """Offer these servers; with a single one there is nothing to choose."""
        self._servers = list(servers)
        self._server.clear()
        for server in self._servers:
            self._server.addItem(server.name)
        self._server.setCurrentIndex(max(0, self._server.findText(chosen)))
        for widget in (self._server, self._server_title):
            widget.setVisible(len(self._servers) > 1)

    def set_user(self, login: str) -> None:
        """Put in who signed in here last, and wait for the password."""
        self.user.setText(login)
        (self.password if login else self.user).setFocus()

    def set_demo_staff(self, people: Sequence[DemoPerson], *, password: str) -> None:
        """List the people of the demo city; one press signs in as any of them."""
        self._demo_password = password
        for button in self._demo:
            button.deleteLater()
        self._demo = []
        for person in people:
            button = _PersonButton(person, self._demo_list)
            button.chosen.connect(self._enter_as)
            self._demo_column.insertWidget(len(self._demo), button)
            self._demo.append(button)
        self._demo_box.setVisible(bool(people))
        self.retranslate()

    def show_progress(self, fraction: float, words: str) -> None:
        """Tell what is being prepared; below zero it is not known how far it is."""
        self._set_inputs_enabled(enabled=False)
        self._progress.setVisible(True)
        self._progress.setRange(0, 0 if fraction < 0 else 1000)
        self._progress.setValue(round(fraction * 1000))
        self._doing.setText(words)
        self._doing.setVisible(True)

    def show_ready(self) -> None:
        """Everything is prepared: let somebody sign in."""
        self._progress.hide()
        self._doing.hide()
        for layout in (self._card.layout(), self.layout()):
            if layout is not None:  # what is hidden leaves no room behind
                layout.invalidate()
                layout.activate()
        self._set_inputs_enabled(enabled=True)
        (self.password if self.user.text() else self.user).setFocus()

    def show_refusal(self, sentence: str) -> None:
        """Say why it did not go, and let them try again."""
        self.show_ready()
        self.refusal.tell(sentence, tone=Tone.BAD)
        self.password.selectAll()
        self.password.setFocus()

    def show_impossible(self, sentence: str) -> None:
        """Say why nobody can sign in here at all."""
        self._set_inputs_enabled(enabled=False)
        self._progress.hide()
        self._doing.hide()
        self.refusal.tell(sentence, tone=Tone.BAD)

    def begin_anew(self) -> None:
        """Forget the password and what was refused: somebody is in."""
        self.password.clear()
        self.refusal.clear()
        self.show_ready()

    # inside --------------------------------------------------------------------

    def _make_card(self) -> QWidget:
        card = self._card = QFrame(self)
        card.setProperty("look", "card")
        card.setFixedWidth(_CARD_WIDTH)
        column = QVBoxLayout(card)
        column.setContentsMargins(7 * GRID, 7 * GRID, 7 * GRID, 7 * GRID)
        column.setSpacing(GRID)
        head = QHBoxLayout()
        head.setSpacing(3 * GRID)
        mark = PlainLabel(card)
        mark.setPixmap(application_icon().pixmap(40, 40))
        head.addWidget(mark)
        names = QVBoxLayout()
        names.setSpacing(0)
        self._name = label(card, "title")
        self._what = label(card, "caption")
        names.addWidget(self._name)
        names.addWidget(self._what)
        head.addLayout(names, 1)
        column.addLayout(head)
        column.addSpacing(4 * GRID)
        self.refusal = Banner("sign_in.refusal", card)
        column.addWidget(self.refusal)
        self._server_title = label(card, "caption")
        self._server = QComboBox(card)
        self._server.setObjectName("sign_in.server")
        self._user_title = label(card, "caption")
        self.user = QLineEdit(card)
        self.user.setObjectName("sign_in.user")
        self._password_title = label(card, "caption")
        self.password = QLineEdit(card)
        self.password.setObjectName("sign_in.password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        pairs: list[tuple[QLabel, QWidget]] = [
            (self._server_title, self._server),
            (self._user_title, self.user),
            (self._password_title, self.password),
        ]
        for title, field in pairs:
            title.setBuddy(field)
            column.addSpacing(GRID)
            column.addWidget(title)
            column.addWidget(field)
        column.addSpacing(4 * GRID)
        self.enter = Button("sign_in.enter", card, kind=ButtonKind.PRIMARY)
        self.enter.setDefault(True)
        column.addWidget(self.enter)
        self._progress = QProgressBar(card)
        self._progress.setTextVisible(False)
        self._progress.hide()
        self._doing = label(card, "caption", name="sign_in.doing")
        self._doing.setWordWrap(True)
        self._doing.hide()
        column.addSpacing(GRID)
        column.addWidget(self._progress)
        column.addWidget(self._doing)
        column.addStretch(1)  # without it the fields drift apart
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        self.user.returnPressed.connect(self._go_to_password)
        self.password.returnPressed.connect(self._ask)
        self.enter.clicked.connect(self._ask)
        return card

    def _make_demo(self) -> QWidget:
        self._demo_box = QFrame(self)
        self._demo_box.setProperty("look", "card")
        self._demo_box.setFixedWidth(_CARD_WIDTH)
        self._demo_box.setFixedHeight(520)
        column = QVBoxLayout(self._demo_box)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(GRID)
        self._demo_title = label(self._demo_box, "heading")
        self._demo_hint = label(self._demo_box, "caption")
        self._demo_hint.setWordWrap(True)
        column.addWidget(self._demo_title)
        column.addWidget(self._demo_hint)
        column.addSpacing(GRID)
        area = QScrollArea(self._demo_box)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._demo_list = QWidget(area)
        self._demo_column = QVBoxLayout(self._demo_list)
        self._demo_column.setContentsMargins(0, 0, 2 * GRID, 0)
        self._demo_column.setSpacing(0)
        self._demo_column.addStretch(1)
        area.setWidget(self._demo_list)
        column.addWidget(area, 1)
        return self._demo_box

    def _go_to_password(self) -> None:
        self.password.setFocus()

    def _ask(self) -> None:
        login = self.user.text().strip()
        if not self.enter.isEnabled() or not self._servers:
            return
        if not login:
            self.refusal.tell(self.tr("Type the name you sign in with."), tone=Tone.WARN)
            self.user.setFocus()
            return
        self.refusal.clear()
        server = self._servers[max(0, self._server.currentIndex())]
        self.asked.emit(server, login, self.password.text())

    def _enter_as(self, person: DemoPerson) -> None:
        self.user.setText(person.login)
        self.password.setText(self._demo_password)
        self._ask()

    def _set_inputs_enabled(self, *, enabled: bool) -> None:
        for widget in (self._server, self.user, self.password, self.enter, self._demo_box):
            widget.setEnabled(enabled)

    def retranslate(self) -> None:
        self._name.setText(self.tr("Šalter"))
        self._what.setText(self.tr("The desk of consolidated billing"))
        fields: list[tuple[QLabel, QWidget, str]] = [
            (self._server_title, self._server, self.tr("Server")),
            (self._user_title, self.user, self.tr("User name")),
            (self._password_title, self.password, self.tr("Password")),
        ]
        for title, field, words in fields:
            title.setText(words)
            field.setAccessibleName(words)
        self.enter.setText(self.tr("Sign in"))
        self._demo_title.setText(self.tr("Staff of the demo city"))
        self._demo_hint.setText(
            self.tr("These people are invented. Sign in as any of them; the password is “{0}”.").format(
                self._demo_password
            )
        )


class _PersonButton(Speaking, QPushButton):
    """One of the demo staff: the name, and beneath it the role and the branch."""

    chosen = Signal(object)

    def __init__(self, person: DemoPerson, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"sign_in.demo.{person.login}")
        set_look(self, "kind", "quiet")
        self.setAutoDefault(False)
        set_look(self, "look", "two_lines")
        self._person = person
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        column.setSpacing(0)
        column.addStretch(1)
        name = label(self, "strong")
        name.setText(person.full_name)
        self._where = label(self, "caption")
        for line in (name, self._where):
            line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(line)
        column.addStretch(1)
        self.clicked.connect(self._choose)
        self.retranslate()

    def _choose(self) -> None:
        self.chosen.emit(self._person)

    def retranslate(self) -> None:
        where = f"{states.word(self._person.role)} · {text.listed(self._person.branch)}"
        self._where.setText(where)
        self.setAccessibleName(f"{self._person.full_name}, {where}")
