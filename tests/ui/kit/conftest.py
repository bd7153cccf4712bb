"""A table of bills, for whoever tests tables."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.kit.bill_rows import COLUMNS
from ui.kit.table import Table, TableModel


@pytest.fixture
def model(qapp: QApplication) -> Iterator[TableModel]:
    owner = QObject()
    yield TableModel(COLUMNS, owner)
    owner.deleteLater()


@pytest.fixture
def table(qtbot: QtBot, model: TableModel) -> Table:
    made = Table(model, "bills", None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(400, 300)
    return made
