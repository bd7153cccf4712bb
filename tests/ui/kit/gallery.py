"""All the kit's widgets on a few pages, painted to pictures: ``python -m tests.ui.kit.gallery FOLDER``."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QSize, Qt
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
    QSplitter,
    QStatusBar,
    QTabBar,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import text
from ui.kit.banners import Alert, AlertRow, Banner
from ui.kit.busy import BusyIndicator, BusyLine
from ui.kit.buttons import Button, ButtonKind, IconButton
from ui.kit.empty import EmptyState
from ui.kit.fields import ChoiceField, DateField, MoneyField, NoteField, SearchField, TextField
from ui.kit.icons import icon
from ui.kit.labels import Amount, Badge, Item, KeyValueGrid, SumTile
from ui.kit.looks import label, rule
from ui.kit.messages import MessageArea
from ui.kit.preview import DocumentPreview
from ui.kit.sheet import Sheet
from ui.kit.table import Align, Column, Table, TableModel
from ui.kit.theme import apply_theme
from ui.kit.tokens import GRID, Density, Tone

SIZE = QSize(1366, 768)


@dataclass(frozen=True, slots=True)
class Row:
    """A bill as a list shows it."""

    month: str
    charged: Decimal
    paid: Decimal
    due: date
    word: str
    tone: Tone


def rows(count: int = 60) -> list[Row]:
    """Return some bills of a payer of uneven temper."""
    states = [
        ("plaćen", Tone.GOOD),
        ("neplaćen", Tone.WARN),
        ("utužen", Tone.BAD),
        ("u reprogramu", Tone.PLAN),
    ]
    made = []
    for place in range(count):
        word, tone = states[(place * 7) % 4]
        charged = Decimal(4376_94 + place * 1311) / 100
        paid = charged if tone is Tone.GOOD else Decimal(place % 3) * 100
        month = f"{12 - place % 12:02d}/{2026 - place // 12}"
        made.append(Row(month, charged, paid, date(2026, 1 + place % 12, 28), word, tone))
    return made


def columns() -> list[Column]:
    """Return the columns of a list of bills."""
    return [
        Column(name="month", title="Mesec", text=lambda row: row.month, width=84, strong=True),
        Column(name="charged", title="Zaduženo", text=lambda row: text.money(row.charged), align=Align.RIGHT),
        Column(name="paid", title="Plaćeno", text=lambda row: text.money(row.paid), align=Align.RIGHT),
        Column(
            name="left",
            title="Ostaje",
            text=lambda row: text.money(row.paid - row.charged),
            align=Align.RIGHT,
        ),
        Column(name="due", title="Dospeva", text=lambda row: text.day(row.due), width=104, quiet=True),
        Column(
            name="state",
            title="Stanje",
            text=lambda row: row.word,
            tone=lambda row: row.tone,
            marks=lambda row: [(0, 2)] if row.tone is Tone.BAD else [],
            width=140,
            stretches=True,
        ),
    ]


def account_page() -> QWidget:
    """The account's page, as nearly as the kit alone can show it."""
    page = QWidget()
    page.setObjectName("window")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    top = QHBoxLayout()
    top.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
    top.addWidget(IconButton("menu", page, icon_name="menu-2"))
    search = SearchField("search", page)
    search.setMinimumWidth(620)
    search.set_words("Nađi: račun, ime, adresa, telefon, poziv na broj – ili skeniraj", key="Ctrl+K")
    top.addWidget(search, 3)
    top.addStretch(1)
    top.addWidget(IconButton("bell", page, icon_name="bell"))
    top.addWidget(Button("me", page, kind=ButtonKind.QUIET, icon_name="user-circle", text="Ana Petrović"))
    column.addLayout(top)
    column.addWidget(rule(page))
    middle = QHBoxLayout()
    middle.setSpacing(0)
    middle.setContentsMargins(0, 0, 0, 0)
    rail = QWidget(page)
    rail.setFixedWidth(76)
    rails = QVBoxLayout(rail)
    rails.setContentsMargins(GRID, 2 * GRID, GRID, GRID)
    rails.setSpacing(GRID)
    for name, words in (
        ("home", "Početna"),
        ("search", "Nađi"),
        ("list-check", "Poslovi"),
        ("report-analytics", "Izveštaji"),
        ("settings", "Podešavanja"),
    ):
        button = QToolButton(rail)
        button.setProperty("look", "navigation")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIcon(icon(name))
        button.setIconSize(QSize(20, 20))
        button.setText(words)
        button.setCheckable(True)
        button.setChecked(name == "search")
        button.setMinimumWidth(68)
        rails.addWidget(button)
    rails.addStretch(1)
    middle.addWidget(rail)
    middle.addWidget(rule(page, upright=True))
    work = QVBoxLayout()
    work.setContentsMargins(0, 0, 0, 0)
    work.setSpacing(0)
    tabs = QTabBar(page)
    tabs.setProperty("look", "documents")
    tabs.setTabsClosable(True)
    tabs.setExpanding(False)
    tabs.setDrawBase(False)
    for words in ("1000042 Petrović Ana", "1000318 Jović d.o.o.", "1000777 Ђорђевић Љубица"):
        tabs.addTab(words)
    strip = QHBoxLayout()
    strip.setContentsMargins(3 * GRID, 0, 0, 0)
    strip.addWidget(tabs)
    strip.addStretch(1)
    work.addLayout(strip)
    ground = QWidget(page)
    ground.setProperty("ground", "surface")
    ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    inner = QVBoxLayout(ground)
    inner.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 0)
    inner.setSpacing(3 * GRID)
    head = QHBoxLayout()
    title = label(ground, "title")
    title.setText("Petrović Ana")
    head.addWidget(title)
    badge = Badge("kind", ground)
    badge.set_state("stan", Tone.NEUTRAL)
    head.addWidget(badge)
    where = label(ground, "soft")
    where.setText("Učiteljska 12a/III/15, Zvezdara · 54 m² · 1000042")
    head.addWidget(where)
    head.addStretch(1)
    head.addWidget(
        Button("verify", ground, kind=ButtonKind.PRIMARY, icon_name="shield-check", text="Proveri pozivaoca")
    )
    inner.addLayout(head)
    sums = QHBoxLayout()
    sums.setSpacing(9 * GRID)
    for words, amount, tone, leading in (
        ("Ukupno", "48210.15", None, True),
        ("Ovaj mesec", "4376.94", None, False),
        ("Neutuženo", "12833.21", Tone.WARN, False),
        ("Utuženo", "31000.00", Tone.BAD, False),
        ("Reprogram", "0.00", Tone.PLAN, False),
        ("Pretplata", "0.00", Tone.GOOD, False),
    ):
        tile = SumTile(words, ground, leading=leading)
        tile.set_title(words)
        tile.set_amount(Decimal(amount), tone=tone)
        sums.addWidget(tile, 0, Qt.AlignmentFlag.AlignBottom)
    sums.addStretch(1)
    inner.addLayout(sums)
    alerts = AlertRow("alerts", ground)
    alerts.set_alerts(
        [
            Alert(name="case", words="Izvršenje I.Iv 1234/2025 u toku", tone=Tone.BAD, action="Otvori"),
            Alert(name="mail", words="Računi e-poštom su isključeni", tone=Tone.INFO, action="Uključi"),
            Alert(name="limit", words="Zastareva za 30 dana: 05/2025", tone=Tone.WARN),
        ]
    )
    inner.addWidget(alerts)
    sections = QTabWidget(ground)
    sections.setDocumentMode(True)
    bills = QSplitter(Qt.Orientation.Horizontal)
    model = TableModel(columns(), bills)
    model.set_rows(rows())
    table = Table(model, "bills", bills)
    table.choose_row(2)
    bills.addWidget(table)
    detail = QWidget(bills)
    lines = QVBoxLayout(detail)
    lines.setContentsMargins(4 * GRID, 3 * GRID, GRID, GRID)
    heading = label(detail, "heading")
    heading.setText("Stavke računa 10/2026")
    lines.addWidget(heading)
    grid = KeyValueGrid("detail", detail)
    grid.set_items(
        [
            Item(name="heat", title="Grejanje  54 m² × 132,80", value="7.171,20", right=True),
            Item(name="water", title="Hladna voda  4,25 m³ × 59,46", value="252,71", right=True),
            Item(name="discount", title="Popust 5 %", value="-371,20", right=True, tone=Tone.BAD),
            Item(name="total", title="Ukupno", value="7.052,71", right=True, strong=True),
        ]
    )
    lines.addWidget(grid)
    lines.addStretch(1)
    buttons = QHBoxLayout()
    buttons.addWidget(Button("print", detail, icon_name="printer", text="Štampaj prepis"))
    buttons.addWidget(Button("mail", detail, icon_name="mail", text="E-pošta"))
    buttons.addWidget(Button("slip", detail, icon_name="qrcode", text="Uplatnica"))
    buttons.addStretch(1)
    lines.addLayout(buttons)
    bills.addWidget(detail)
    bills.setSizes([760, 460])
    sections.addTab(bills, "Računi")
    for words in ("Utuženja", "Reprogram", "Opomene", "Plaćanja", "Podaci", "Promene", "Hronologija"):
        sections.addTab(QWidget(sections), words)
    inner.addWidget(sections, 1)
    work.addWidget(ground, 1)
    middle.addLayout(work, 1)
    column.addLayout(middle, 1)
    status = QStatusBar(page)
    status.setSizeGripEnabled(False)
    words = label(status)
    words.setText("● centralna baza 3 ms · Savski venac · referent")
    status.addWidget(words)
    busy = label(status)
    busy.setText("1 posao: izvoz 40 %    SR  СР  EN")
    status.addPermanentWidget(busy)
    column.addWidget(status)
    area = MessageArea("messages", page)
    page.resize(SIZE)
    area.say("Napomena je sačuvana", area.hide)
    table.setFocus()
    return page


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
    while not preview.pages._drawn:
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
