"""Widgets that are gone are gone: nothing keeps them, and nothing of theirs speaks afterwards."""

import gc
import weakref
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.kit.banners import AlertRow, Banner, BannerAlert
from ui.kit.busy import BusyIndicator, BusyLine
from ui.kit.buttons import Button, IconButton
from ui.kit.empty import EmptyState
from ui.kit.fields import ChoiceField, DateField, MoneyField, NoteField, SearchField, TextField
from ui.kit.labels import Amount, Badge, Item, KeyValueGrid, SumTile
from ui.kit.messages import MessageArea
from ui.kit.preview import DocumentPreview
from ui.kit.section import Section
from ui.kit.sheet import Sheet
from ui.kit.table import Column, Table, TableModel


def today() -> date:
    return date(2026, 11, 21)


def table(parent: QWidget) -> QWidget:
    model = TableModel([Column(name="one", text=str)], parent)
    model.set_rows(range(50))
    return Table(model, "table", parent)


def alerts(parent: QWidget) -> QWidget:
    row = AlertRow("alerts", parent)
    row.set_alerts([BannerAlert(name="one", words="one", action="do")])
    row.set_alerts([BannerAlert(name="two", words="two", action="do")])
    return row


def grid(parent: QWidget) -> QWidget:
    made = KeyValueGrid("grid", parent)
    made.set_items([Item(name="one", title="one", value="1")])
    made.set_items([Item(name="two", title="two", value="2")])
    return made


def sheet(parent: QWidget) -> QWidget:
    made = Sheet("sheet", parent)
    made.add_button("close")
    made.open()
    return made


MAKERS: dict[str, Callable[[QWidget], QWidget]] = {
    "table": table,
    "alerts": alerts,
    "grid": grid,
    "sheet": sheet,
    "banner": lambda parent: Banner("banner", parent),
    "ring": lambda parent: BusyIndicator("ring", parent),
    "line": lambda parent: BusyLine("line", parent),
    "button": lambda parent: Button("button", parent, icon_name="printer"),
    "icon": lambda parent: IconButton("icon", parent, icon_name="x"),
    "empty": lambda parent: EmptyState("empty", parent),
    "choice": lambda parent: ChoiceField("choice", parent),
    "day": lambda parent: DateField("day", parent, today=today),
    "money": lambda parent: MoneyField("money", parent),
    "note": lambda parent: NoteField("note", parent),
    "search": lambda parent: SearchField("search", parent),
    "text": lambda parent: TextField("text", parent),
    "amount": lambda parent: Amount("amount", parent),
    "badge": lambda parent: Badge("badge", parent),
    "sum": lambda parent: SumTile("sum", parent),
    "messages": lambda parent: MessageArea("messages", parent),
    "preview": lambda parent: DocumentPreview("preview", parent),
    "section": lambda parent: Section("section", parent),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_closed_widget_is_forgotten(qapp: QApplication, make: Callable[[QWidget], QWidget]) -> None:
    host = QWidget()
    host.resize(600, 400)
    widget = make(host)
    known = weakref.ref(widget)
    host.show()
    QApplication.processEvents()

    host.close()
    host.deleteLater()
    del widget, host
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    gc.collect()

    assert known() is None
