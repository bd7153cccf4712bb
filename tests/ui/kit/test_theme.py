"""The dress of the program: type, palette, light and dark."""

import pytest
from PySide6.QtGui import QFontMetrics, QIcon, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

import resources
from ui.kit.icons import application_icon, icon, pixmap
from ui.kit.theme import apply_theme, current_density, current_tokens, text_font
from ui.kit.tokens import DARK, LIGHT, Density

SERBIAN = "AaBbCcČčĆćDdĐđŠšŽžЂђЉљЊњЋћЏџЈј„”–…€№0123456789²³×·←↑→↓≤≥●✓"


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication):
    yield
    apply_theme(qapp, "light")


def test_the_program_brings_its_own_type(qapp: QApplication) -> None:
    assert qapp.font().family() == "Salter Sans"


@pytest.mark.parametrize("weight", ["Regular", "SemiBold", "Bold"])
def test_each_weight_has_all_serbian_letters(qapp: QApplication, weight: str) -> None:
    font = QRawFont(resources.read_bytes(f"fonts/NotoSans-{weight}.ttf"), 13)

    assert [letter for letter in SERBIAN if not font.supportsCharacter(ord(letter))] == []


def test_all_figures_are_of_one_width(qapp: QApplication) -> None:
    metrics = QFontMetrics(text_font())

    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_dark_is_dark_for_what_the_style_sheet_leaves_to_qt(qapp: QApplication) -> None:
    apply_theme(qapp, "dark")

    assert current_tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window


def test_dressing_twice_keeps_one_theme(qapp: QApplication) -> None:
    one = apply_theme(qapp, "dark")
    other = apply_theme(qapp, "light")

    assert one is other
    assert current_tokens() is LIGHT


def test_a_theme_nobody_made_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="sepia"):
        apply_theme(qapp, "sepia")


def test_compact_rows_are_24_pixels(qapp: QApplication) -> None:
    apply_theme(qapp, "light", density=Density.COMPACT)

    assert current_density().row_height == 24


def test_buttons_follow_the_density(qtbot: QtBot, qapp: QApplication) -> None:
    button = QPushButton("Štampaj")
    qtbot.addWidget(button)
    button.show()
    button.ensurePolished()
    roomy = button.sizeHint().height()

    apply_theme(qapp, "light", density=Density.COMPACT)

    assert button.sizeHint().height() == roomy - 4


def test_an_icon_follows_the_theme_without_being_asked_for_again(qapp: QApplication) -> None:
    search = icon("search")
    light = search.pixmap(24).toImage()

    apply_theme(qapp, "dark")

    assert search.pixmap(24).toImage() != light


def test_a_disabled_icon_is_fainter(qapp: QApplication) -> None:
    search = icon("search")

    assert search.pixmap(24, QIcon.Mode.Disabled).toImage() != search.pixmap(24).toImage()


def test_every_icon_is_drawn(qapp: QApplication) -> None:
    from importlib.resources import files

    names = [
        path.name.removesuffix(".svg")
        for path in files(resources).joinpath("icons").iterdir()
        if path.name.endswith(".svg")
    ]
    blank = pixmap("search", size=16, ink="text").toImage()
    blank.fill(0)

    assert [name for name in names if pixmap(name, size=16, ink="text").toImage() == blank] == []


def test_the_programs_own_icon_is_there_in_the_sizes_window_systems_ask_for(qapp: QApplication) -> None:
    assert {size.width() for size in application_icon().availableSizes()} >= {16, 32, 48, 256}
