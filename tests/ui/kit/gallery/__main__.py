"""Paint the pages of the gallery to pictures, in both themes."""

import os
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QMenu,
    QProgressBar,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tests.ui.kit.gallery.account import SIZE, account_page
from ui.kit.banners import Banner
from ui.kit.busy import BusyIndicator, BusyLine
from ui.kit.buttons import Button, ButtonKind, IconButton
from ui.kit.empty import EmptyState
from ui.kit.fields import ChoiceField, DateField, MoneyField, NoteField, TextField
from ui.kit.icons import icon
from ui.kit.labels import Amount, Badge
from ui.kit.preview import DocumentPreview
from ui.kit.sheet import Sheet
from ui.kit.theme import apply_theme
from ui.kit.tokens import GRID, Density
from ui.words.tones import Tone


def widgets_page() -> QWidget:
    """Everything that is pressed, typed into or only looked at."""
    page = QWidget()
    page.setObjectName("window")
    grid = QGridLayout(page)
    grid.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 6 * GRID)
    grid.setHorizontalSpacing(8 * GRID)
    grid.setVerticalSpacing(4 * GRID)
    left = QVBoxLayout()
    left.setSpacing(3 * GRID)
    for kinds in (
        (ButtonKind.PRIMARY, ButtonKind.SECONDARY, ButtonKind.QUIET, ButtonKind.DANGER, ButtonKind.LINK),
    ):
        row = QHBoxLayout()
        for kind in kinds:
            row.addWidget(Button(kind, page, kind=kind, icon_name="check", text=str(kind).title()))
        row.addStretch(1)
        left.addLayout(row)
        row = QHBoxLayout()
        for kind in kinds:
            off = Button(f"{kind}.off", page, kind=kind, icon_name="check", text=str(kind).title())
            off.setEnabled(False)
            row.addWidget(off)
        row.addStretch(1)
        left.addLayout(row)
    row = QHBoxLayout()
    menued = Button("menued", page, text="Izvezi")
    menued.setMenu(QMenu(menued))
    row.addWidget(menued)
    for name in ("printer", "mail", "copy", "dots", "refresh", "x"):
        row.addWidget(IconButton(name, page, icon_name=name))
    for tone in Tone:
        badge = Badge(str(tone), page)
        badge.set_state(
            {
                "neutral": "nacrt",
                "good": "plaćen",
                "warn": "neplaćen",
                "bad": "utužen",
                "info": "poslata",
                "plan": "u reprogramu",
            }[tone],
            tone,
        )
        row.addWidget(badge)
    row.addStretch(1)
    left.addLayout(row)
    row = QHBoxLayout()
    for checked in (False, True):
        box = QCheckBox("Original na uvid", page)
        box.setChecked(checked)
        row.addWidget(box)
    third = QCheckBox("Delimično", page)
    third.setTristate(True)
    third.setCheckState(Qt.CheckState.PartiallyChecked)
    row.addWidget(third)
    off = QCheckBox("Isključeno", page)
    off.setChecked(True)
    off.setEnabled(False)
    row.addWidget(off)
    for checked in (True, False):
        radio = QRadioButton("Latinica" if checked else "Ћирилица", page)
        radio.setAutoExclusive(False)
        radio.setChecked(checked)
        row.addWidget(radio)
    row.addStretch(1)
    left.addLayout(row)
    for tone in (Tone.INFO, Tone.GOOD, Tone.WARN, Tone.BAD, Tone.NEUTRAL, Tone.PLAN):
        banner = Banner(f"banner.{tone}", page)
        banner.tell(
            "Veza sa centralnom bazom je prekinuta. Ono što ste upisali je sačuvano.",
            tone=tone,
            action="Pokušaj ponovo",
        )
        left.addWidget(banner)
    progress = QProgressBar(page)
    progress.setValue(40)
    left.addWidget(progress)
    line = BusyLine("line", page)
    line.setFixedHeight(2)
    left.addWidget(line)
    row = QHBoxLayout()
    row.addWidget(BusyIndicator("ring", page))
    for value in ("1234.56", "-371.2", "0"):
        amount = Amount(f"amount.{value}", page)
        amount.set_amount(Decimal(value), with_currency=True)
        row.addWidget(amount)
    row.addStretch(1)
    left.addLayout(row)
    left.addStretch(1)
    grid.addLayout(left, 0, 0)
    right = QVBoxLayout()
    right.setSpacing(3 * GRID)
    pair = QHBoxLayout()
    name = TextField("name", page)
    name.set_label("Ime i prezime")
    name.set_value("Ђорђе Ђорђевић")
    pair.addWidget(name)
    mail = TextField("mail", page)
    mail.set_label("E-pošta", hint="Na ovu adresu stiže račun")
    mail.set_placeholder("ime@primer.rs")
    pair.addWidget(mail)
    right.addLayout(pair)
    pair = QHBoxLayout()
    day = DateField("day", page, today=lambda: date(2026, 7, 31))
    day.set_label("Datum nastanka promene")
    day.set_value("31.6.")
    day.set_error("To nije datum. Upišite 15, 15.3, +7 ili t za danas.")
    pair.addWidget(day)
    amount_field = MoneyField("amount", page)
    amount_field.set_label("Iznos")
    amount_field.set_amount(Decimal("1234.5"))
    pair.addWidget(amount_field)
    right.addLayout(pair)
    pair = QHBoxLayout()
    choice = ChoiceField("choice", page)
    choice.set_label("Vrsta prostora")
    choice.set_choices([("flat", "stan"), ("house", "kuća")])
    pair.addWidget(choice)
    closed = TextField("closed", page)
    closed.set_label("Ident")
    closed.set_value("1000042")
    closed.setEnabled(False)
    pair.addWidget(closed)
    spin = QSpinBox(page)
    spin.setValue(12)
    pair.addWidget(spin, 0, Qt.AlignmentFlag.AlignBottom)
    right.addLayout(pair)
    note = NoteField("note", page, lines=3)
    note.set_label("Napomena o pozivu")
    note.set_value("Pita zašto je račun viši nego prošlog meseca.")
    right.addWidget(note)
    listing = QListWidget(page)
    listing.setProperty("framed", True)
    listing.addItems(["Račun ulazi na šalter", "Otvori nalog", "Štampaj prepis računa", "Promeni jezik"])
    listing.setCurrentRow(1)
    listing.setFixedHeight(126)
    right.addWidget(listing)
    empty = EmptyState("empty", page, icon_name="bell")
    empty.set_words(
        "Nema opomena", "Ništa nije dospelo, pa nema na šta da se opominje.", action="Pogledaj plaćanja"
    )
    right.addWidget(empty, 1)
    grid.addLayout(right, 0, 1)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    page.resize(SIZE)
    name.setFocus()
    return page


def sheet_page() -> QWidget:
    """A form in a sheet over a document."""
    page = QWidget()
    page.setObjectName("window")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    preview = DocumentPreview("preview", page)
    preview.show_document(paper())
    while not preview.pages.drawn:
        QApplication.processEvents()
    column.addWidget(preview)
    sheet = Sheet("sheet", page)
    sheet.set_title("Prepis računa 06/2026")
    choice = ChoiceField("reason", sheet.inside)
    choice.set_label("Razlog")
    choice.set_choices([("lost", "račun je izgubljen"), ("court", "za sud")])
    sheet.body.addWidget(choice)
    note = NoteField("note", sheet.inside)
    note.set_label("Napomena")
    sheet.body.addWidget(note)
    sheet.body.addWidget(QCheckBox("Na ćirilici", sheet.inside))
    sheet.add_button("cancel").setText("Odustani")
    sheet.add_button("print", kind=ButtonKind.PRIMARY).setText("Štampaj")
    page.resize(SIZE)
    page.show()
    sheet.open()
    return page


def paper() -> bytes:
    """Return a small PDF of two pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    made = BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for page in ("One", "Two"):
        canvas.setFont("Helvetica", 28)
        canvas.drawString(72, 740, f"Page {page}")
        canvas.setFont("Helvetica", 10)
        for line in range(40):
            canvas.drawString(72, 700 - line * 14, f"{line:02d}  heat  54 m2 x 132,80  7.171,20")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def menu_page() -> QWidget:
    """A menu, painted by itself."""
    menu = QMenu()
    for name, words in (
        ("printer", "Štampaj prepis\tCtrl+P"),
        ("mail", "Pošalji e-poštom"),
        ("copy", "Kopiraj"),
    ):
        menu.addAction(icon(name), words)
    menu.addSeparator()
    check = menu.addAction("Zaduženo")
    check.setCheckable(True)
    check.setChecked(True)
    menu.addAction("Isključeno").setEnabled(False)
    menu.setActiveAction(menu.actions()[1])
    return menu


PAGES: dict[str, Callable[[], QWidget]] = {
    "account": account_page,
    "widgets": widgets_page,
    "sheet": sheet_page,
    "menu": menu_page,
}


def main(folder: Path) -> None:
    """Paint every page in both themes into ``folder``."""
    app = QApplication.instance() or QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        for density in Density:
            apply_theme(app, theme, density=density)
            for name, make in PAGES.items():
                if density is Density.COMPACT and name != "account":
                    continue
                page = make()
                page.show()
                page.activateWindow()
                for _ in range(5):
                    app.processEvents()
                suffix = "-compact" if density is Density.COMPACT else ""
                page.grab().save(str(folder / f"{name}-{theme}{suffix}.png"))
                page.close()
                page.deleteLater()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery"))
