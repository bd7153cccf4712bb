"""The page of the gallery that looks like an open account."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStatusBar,
    QTabBar,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.kit.banners import AlertRow, BannerAlert
from ui.kit.buttons import Button, ButtonKind, IconButton
from ui.kit.fields import SearchField
from ui.kit.icons import icon
from ui.kit.labels import Badge, Item, KeyValueGrid, SumTile
from ui.kit.messages import MessageArea
from ui.kit.styling import label, rule
from ui.kit.table import Align, Column, Table, TableModel
from ui.kit.tokens import GRID
from ui.words import text
from ui.words.tones import Tone

SIZE = QSize(1366, 768)

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


def columns() -> list[Column[Any]]:
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
            BannerAlert(name="case", words="Izvršenje I.Iv 1234/2025 u toku", tone=Tone.BAD, action="Otvori"),
            BannerAlert(name="mail", words="Računi e-poštom su isključeni", tone=Tone.INFO, action="Uključi"),
            BannerAlert(name="limit", words="Zastareva za 30 dana: 05/2025", tone=Tone.WARN),
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
