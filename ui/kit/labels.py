"""Words and amounts that are only looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.speaking import Speaking
from ui.kit.styling import Fitting, PlainLabel, label, set_look
from ui.kit.tokens import GRID
from ui.words import text
from ui.words.tones import Tone


class Badge(PlainLabel):
    """A state: its word on a ground of its tone."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("look", "badge")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def set_state(self, word: str, tone: Tone) -> None:
        """Show a state's word in its tone; no word hides the badge."""
        self.setText(word)
        self.setVisible(bool(word))
        set_look(self, "tone", str(tone))


class Amount(Speaking, PlainLabel):
    """An amount of dinars, right-aligned; below zero it is red and carries a minus."""

    def __init__(self, name: str, parent: QWidget, *, look: str = "amount") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("look", look)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._amount: Decimal | None = None
        self._tone: Tone | None = None
        self._with_currency = False

    @property
    def amount(self) -> Decimal | None:
        return self._amount

    def set_amount(
        self, amount: Decimal | None, *, tone: Tone | None = None, with_currency: bool = False
    ) -> None:
        """Show an amount; None shows a dash."""
        self._amount = amount
        self._tone = tone
        self._with_currency = with_currency
        self.retranslate()

    def retranslate(self) -> None:
        if self._amount is None:
            self.setText("–")
        elif self._with_currency:
            self.setText(text.money_rsd(self._amount))
        else:
            self.setText(text.money(self._amount))
        tone = self._tone
        if tone is None and self._amount is not None and self._amount < 0:
            tone = Tone.BAD
        set_look(self, "tone", str(tone) if tone else "")
        set_look(self, "idle", not self._amount)


class SumTile(QWidget):
    """One of the sums in an account's header: its name above, the amount below."""

    def __init__(self, name: str, parent: QWidget, *, leading: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._title = label(self, "caption", name=f"{name}.title")
        self._amount = Amount(f"{name}.amount", self, look="sum")
        self._amount.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._amount.setProperty("leading", leading)
        column.addWidget(self._title)
        column.addWidget(self._amount)

    @property
    def amount(self) -> Decimal | None:
        return self._amount.amount

    def set_title(self, title: str) -> None:
        """Name the sum in the language in force."""
        self._title.setText(title)
        self._amount.setAccessibleName(title)
        self.setAccessibleName(title)

    def set_amount(self, amount: Decimal | None, *, tone: Tone | None = None) -> None:
        """Show the sum; the tone is worn only by a sum that is not zero."""
        self._amount.set_amount(amount, tone=tone if amount else None)

    def set_hidden_amount(self, words: str) -> None:
        """Show words in the place of an amount that may not be disclosed yet."""
        self._amount.set_amount(None)
        self._amount.setText(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a KeyValueGrid; ``name`` is what tests and screen readers find it by."""

    name: str
    title: str
    value: str
    tone: Tone | None = None
    strong: bool = False
    right: bool = False


class KeyValueGrid(Fitting, QWidget):
    """Names beside values, for reading and for copying out of."""

    def __init__(self, name: str, parent: QWidget, *, across: int = 1) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._across = across
        self._pairs: dict[str, tuple[QLabel, QLabel]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4 * GRID)
        self._grid.setVerticalSpacing(GRID)
        for pair in range(across):
            self._grid.setColumnStretch(2 * pair + 1, 1)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """Keep the names and values off the edges by as many pixels."""
        self._grid.setContentsMargins(left, top, right, bottom)

    def set_items(self, items: Sequence[Item]) -> None:
        """Show these lines, in this order."""
        for name in [name for name in self._pairs if name not in {item.name for item in items}]:
            for gone in self._pairs.pop(name):
                self._grid.removeWidget(gone)
                gone.hide()
                gone.deleteLater()
        for place, item in enumerate(items):
            title, value = self._pairs.get(item.name) or self._make(item.name)
            title.setText(item.title)
            value.setText(item.value or "–")
            value.setAccessibleName(item.title)
            set_look(value, "look", "strong" if item.strong else "amount")
            set_look(value, "tone", str(item.tone) if item.tone else "")
            side = Qt.AlignmentFlag.AlignRight if item.right else Qt.AlignmentFlag.AlignLeft
            value.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            row, pair = divmod(place, self._across)
            self._grid.addWidget(title, row, 2 * pair, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 2 * pair + 1)

    def value_of(self, name: str) -> str:
        """Return the words shown for a line."""
        return self._pairs[name][1].text()

    def _make(self, name: str) -> tuple[QLabel, QLabel]:
        title = label(self, "caption", name=f"{self.objectName()}.{name}.title")
        value = label(self, "amount", name=f"{self.objectName()}.{name}")
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pairs[name] = (title, value)
        return title, value
