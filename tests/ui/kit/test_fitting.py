"""Words take the height they need at the width they have: none is cut off, no room is wasted."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.banners import Banner
from ui.kit.labels import Item, KeyValueGrid
from ui.kit.styling import label

LONG = (
    "Na ovoj radnoj stanici nije podešen štampač. Umesto toga sačuvajte dokument, pa ga odštampajte drugde."
)


def page(qtbot: QtBot, width: int) -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    qtbot.addWidget(made)
    made.setFixedSize(width, 500)
    return made, QVBoxLayout(made)


def lines(widget: QLabel) -> int:
    return round(widget.height() / widget.fontMetrics().lineSpacing())


@pytest.mark.parametrize("width", [120, 200, 400])
def test_wrapped_words_are_shown_whole_at_any_width(qtbot: QtBot, width: int) -> None:
    host, column = page(qtbot, width)
    words = label(host, "soft")
    words.setWordWrap(True)
    words.setText(LONG)
    across = QHBoxLayout()
    across.addWidget(words, 1)
    column.addLayout(across)
    column.addStretch(1)

    with qtbot.waitExposed(host):
        host.show()

    assert words.height() >= words.heightForWidth(words.width())
    assert words.height() <= words.heightForWidth(words.width()) + words.fontMetrics().lineSpacing()


def test_words_do_not_float_in_room_to_spare(qtbot: QtBot) -> None:
    host, column = page(qtbot, 300)
    first, second = label(host, "heading"), label(host)
    first.setText("Naslov")
    second.setText("Tekst")
    column.addWidget(first)
    column.addWidget(second)
    column.addStretch(1)

    with qtbot.waitExposed(host):
        host.show()

    assert first.height() < 2 * first.fontMetrics().lineSpacing()
    assert second.y() < 60


def test_a_banner_shows_its_sentence_whole_in_a_narrow_place(qtbot: QtBot) -> None:
    host, column = page(qtbot, 260)
    banner = Banner("banner", host)
    column.addWidget(banner)
    column.addStretch(1)
    banner.tell(LONG, action="Pokušaj ponovo")

    with qtbot.waitExposed(host):
        host.show()

    words = banner.findChild(QLabel, "banner.words")
    assert words is not None
    assert words.height() >= words.heightForWidth(words.width())


def test_a_long_value_is_shown_whole_beside_its_name(qtbot: QtBot) -> None:
    host, column = page(qtbot, 240)
    grid = KeyValueGrid("grid", host)
    grid.set_items([Item(name="long", title="Napomena", value=LONG)])
    column.addWidget(grid)
    column.addStretch(1)

    with qtbot.waitExposed(host):
        host.show()

    value = grid.findChild(QLabel, "grid.long")
    assert value is not None
    assert value.height() >= value.heightForWidth(value.width())
