"""A paper beside its choices and its ways out: what is seen, and nothing of what is done."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.documents.wording import Script
from ui.kit.banners import Banner
from ui.kit.busy import BusyLine
from ui.kit.buttons import Button, ButtonKind
from ui.kit.fields import ChoiceField
from ui.kit.preview import DocumentPreview
from ui.kit.printer_choice import PrinterChoice
from ui.kit.printing import PrintProfiles
from ui.kit.scrolled import ScrolledColumn
from ui.kit.speaking import Speaking
from ui.kit.styling import rule, set_tip
from ui.kit.tokens import GRID
from ui.words.tones import Tone

_FORM_WIDTH = 264


class DocumentView(Speaking, QWidget):
    """Shows a paper; ``side`` takes more widgets above the choices, ``ways`` more buttons.

    ``kind`` is what the printer is remembered by.
    """

    def __init__(self, name: str, parent: QWidget, *, kind: str, profiles: PrintProfiles) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        left = QWidget(self)
        left.setFixedWidth(_FORM_WIDTH + 5 * GRID)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 5 * GRID, 3 * GRID)
        column.setSpacing(3 * GRID)
        # The choices scroll where the window is low; the ways out stay in sight.
        self.choices = ScrolledColumn(left)
        inside = self.choices.column
        inside.setContentsMargins(0, 0, 0, 0)
        self.side_host = QWidget(self.choices.inside)
        self.side = QVBoxLayout(self.side_host)
        self.side.setContentsMargins(0, 0, 0, 0)
        self.side.setSpacing(3 * GRID)
        self.script = ChoiceField(f"{name}.script", self.choices.inside)
        self.printer = PrinterChoice(f"{name}.printer", self.choices.inside, kind=kind, profiles=profiles)
        for place, widget in enumerate((self.side_host, self.script, self.printer)):
            inside.insertWidget(place, widget)
        column.addWidget(self.choices, 1)
        self.ways = QVBoxLayout()
        self.ways.setSpacing(2 * GRID)
        self.print = Button(f"{name}.print", left, kind=ButtonKind.PRIMARY, icon_name="printer")
        self.save = Button(f"{name}.save", left, icon_name="download")
        self.ways.addWidget(self.print)
        self.ways.addWidget(self.save)
        column.addLayout(self.ways)
        right = QWidget(self)
        seen = QVBoxLayout(right)
        seen.setContentsMargins(0, 0, 0, 0)
        seen.setSpacing(0)
        self.trouble = Banner(f"{name}.trouble", right)
        self.line = BusyLine(f"{name}.busy", right)
        self.line.setFixedHeight(2)
        self.line.hide()
        self.preview = DocumentPreview(f"{name}.preview", right)
        self.preview.setMinimumHeight(60 * GRID)
        for widget in (self.trouble, self.line):
            seen.addWidget(widget)
        seen.addWidget(self.preview, 1)
        across.addWidget(left)
        across.addWidget(rule(self, upright=True))
        across.addWidget(right, 1)

    @property
    def chosen_script(self) -> Script:
        """The script the paper is wanted in."""
        chosen = self.script.value()
        return chosen if isinstance(chosen, Script) else Script.LATIN

    @property
    def no_printer(self) -> str:
        """Why nothing can be printed here; empty where there is a printer."""
        if self.printer.profile is not None:
            return ""
        return self.tr("No printer is set up on this workstation. Save the paper instead.")

    def show_trouble(self, sentence: str) -> None:
        """Say why there is no paper, or why it did not leave."""
        self.trouble.tell(sentence, tone=Tone.WARN)

    def clear(self) -> None:
        """Let go of a paper that is no longer looked at, and of its troubles."""
        self.preview.clear()
        self.trouble.clear()
        self.line.hide()

    def retranslate(self) -> None:
        self.script.set_label(self.tr("Script of the paper"))
        self.script.set_choices([(Script.LATIN, self.tr("Latin")), (Script.CYRILLIC, self.tr("Cyrillic"))])
        self.print.setText(self.tr("Print"))
        self.save.setText(self.tr("Save as PDF…"))
        set_tip(self.save, self.tr("Save as PDF (Ctrl+S)"))
