"""Which printer a kind of document goes to: a line when it is known, three choices when it is not."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.buttons import Button, ButtonKind
from ui.kit.fields import ChoiceField
from ui.kit.printing import DUPLEXES, TRAYS, PrintProfile, PrintProfiles, printers
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID


class PrinterChoice(Speaking, QWidget):
    """Printer, tray and sides of one kind of document on this workstation."""

    def __init__(self, name: str, parent: QWidget, *, kind: str, profiles: PrintProfiles) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._kind = kind
        self._profiles = profiles
        self._profile: PrintProfile | None = None
        self._is_choosing = False
        self._names: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        self._title = label(self, "section", name=f"{name}.title")
        column.addWidget(self._title)
        known = QHBoxLayout()
        known.setSpacing(2 * GRID)
        self.known = label(self, "soft", name=f"{name}.known")
        self.known.setWordWrap(True)
        self.change = Button(f"{name}.change", self, kind=ButtonKind.LINK)
        self.change.clicked.connect(self.begin_choosing)
        known.addWidget(self.known, 1)
        known.addWidget(self.change)
        column.addLayout(known)
        self.printer = ChoiceField(f"{name}.printer", self)
        self.tray = ChoiceField(f"{name}.tray", self)
        self.duplex = ChoiceField(f"{name}.duplex", self)
        for field in (self.printer, self.tray, self.duplex):
            field.edited.connect(self._keep)
            column.addWidget(field)
        self.retranslate()

    @property
    def profile(self) -> PrintProfile | None:
        """Where the document goes, or None while no printer is known."""
        return self._profile

    def load(self) -> None:
        """Look up what is remembered; the first time, offer the printers there are."""
        self._profile = self._profiles.of(self._kind)
        self._is_choosing = False
        if self._profile is None:
            self.begin_choosing()
        else:
            self.retranslate()

    def begin_choosing(self) -> None:
        """Offer the printers of this workstation."""
        self._names = printers()
        self._is_choosing = True
        if self._profile is None and self._names:
            self._profile = PrintProfile(self._names[0])
        self.retranslate()
        if self._profile is not None:
            self._show_chosen(self._profile)

    def remember(self) -> None:
        """Keep what was chosen: it was printed with."""
        if self._profile is not None:
            self._profiles.keep(self._kind, self._profile)
            self._is_choosing = False
            self.retranslate()

    def _show_chosen(self, profile: PrintProfile) -> None:
        if profile.printer in self._names:
            self.printer.set_value(profile.printer)
        self.tray.set_value(profile.tray)
        self.duplex.set_value(profile.duplex)

    def _keep(self) -> None:
        chosen = self.printer.value()
        if chosen is not None:
            self._profile = PrintProfile(chosen, self.tray.value(), self.duplex.value())

    def retranslate(self) -> None:
        self._title.setText(self.tr("Printer").upper())
        self.change.setText(self.tr("Change"))
        self.printer.set_label(self.tr("Printer"))
        self.tray.set_label(self.tr("Tray"))
        self.duplex.set_label(self.tr("Sides"))
        offered = self._is_choosing and bool(self._names)
        for field in (self.printer, self.tray, self.duplex):
            field.setVisible(offered)
        self.printer.set_choices([(name, name) for name in self._names])
        self.tray.set_choices([(tray, _tray(tray)) for tray in TRAYS])
        self.duplex.set_choices([(duplex, _duplex(duplex)) for duplex in DUPLEXES])
        self.known.setVisible(not offered)
        self.change.setVisible(not self._is_choosing)
        if self._profile is None:
            self.known.setText(self.tr("No printer is set up on this workstation. Save the paper instead."))
        elif self._profile.folder:
            self.known.setText(self.tr("PDF files in {0}").format(self._profile.folder))
        else:
            sides = _duplex(self._profile.duplex)
            self.known.setText(f"{self._profile.printer}, {_tray(self._profile.tray)}, {sides}")


def _tray(name: str) -> str:
    return {
        "Auto": QCoreApplication.translate("printing", "automatic tray"),
        "Upper": QCoreApplication.translate("printing", "upper tray"),
        "Middle": QCoreApplication.translate("printing", "middle tray"),
        "Lower": QCoreApplication.translate("printing", "lower tray"),
        "Manual": QCoreApplication.translate("printing", "manual feed"),
    }[name]


def _duplex(name: str) -> str:
    return {
        "DuplexNone": QCoreApplication.translate("printing", "one side"),
        "DuplexLongSide": QCoreApplication.translate("printing", "both sides, turned like a book"),
        "DuplexShortSide": QCoreApplication.translate("printing", "both sides, turned like a calendar"),
    }[name]
