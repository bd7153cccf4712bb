"""Buttons by their weight: one primary on a screen, the rest secondary or quiet."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from ui.kit.icons import icon
from ui.kit.styling import set_look, set_tip


class ButtonKind(StrEnum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"
    LINK = "link"


_INKS = {ButtonKind.PRIMARY: "accent_text", ButtonKind.DANGER: "danger_text", ButtonKind.LINK: "accent_ink"}


class Button(QPushButton):
    """A push button of some weight, with an icon when one helps."""

    def __init__(
        self,
        name: str,
        parent: QWidget,
        *,
        kind: ButtonKind | str = ButtonKind.SECONDARY,
        icon_name: str = "",
        text: str = "",
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self._icon_name = icon_name
        self.setIconSize(QSize(20, 16))  # the drawing stands at the left; the rest parts it from the words
        self.setAutoDefault(False)
        self.set_kind(kind)

    def set_kind(self, kind: ButtonKind | str) -> None:
        """Change the button's weight."""
        which = ButtonKind(kind)
        set_look(self, "kind", str(which))
        if self._icon_name:
            self.setIcon(icon(self._icon_name, ink=_INKS.get(which, "text_soft")))

    def setMenu(self, menu: object) -> None:
        super().setMenu(menu)  # type: ignore[arg-type]
        set_look(self, "menued", menu is not None)


class IconButton(QToolButton):
    """A button that is only an icon; its words are the hint and the accessible name."""

    def __init__(self, name: str, parent: QWidget, *, icon_name: str, side: int = 16) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setIconSize(QSize(side, side))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_icon(icon_name)

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        self.setIcon(icon(icon_name))

    def set_words(self, words: str) -> None:
        """Say what the button does, in the language in force."""
        set_tip(self, words)
        self.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()
