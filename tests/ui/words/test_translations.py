"""Nothing is said in one language only, and what is compiled is what is written."""

import gc
import re
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from ui.kit.messages import MessageArea
from ui.words import translations
from ui.words.language import LANGUAGES, Language, language_of
from ui.words.translations import Source

PLACE = re.compile(r"\{[^}]*\}|%n|%\d")
KEY = re.compile(r"\b(?:Ctrl|Alt|Shift)\+\S|\bF\d\b")


@pytest.fixture(scope="module")
def wanted() -> list[Source]:
    return translations.sources()


@pytest.fixture(scope="module")
def table() -> translations.Table:
    return translations.read_table()


def test_the_extractor_finds_plain_sentences_plurals_and_words_of_states(wanted: list[Source]) -> None:
    assert Source("Table", "Copy rows", is_plural=False) in wanted
    assert Source("BillStage", "sued", is_plural=False) in wanted
    assert any(source.is_plural for source in wanted)


def test_a_plural_is_found_whatever_its_number_is_made_of(wanted: list[Source]) -> None:
    plurals = {source.words for source in wanted if source.is_plural}
    written = {
        match
        for path in (translations.ROOT / "ui").rglob("*.py")
        if path.name != "translations.py"
        for match in re.findall(r'"([^"\n]*%n[^"\n]*)"', path.read_text(encoding="utf-8"))
    }

    assert written - plurals == set()


def test_everything_is_said_in_serbian(table: translations.Table, wanted: list[Source]) -> None:
    assert [f"{s.context}: {s.words}" for s in translations.missing(table, wanted)] == []


def test_the_table_has_nothing_that_left_the_code(table: translations.Table, wanted: list[Source]) -> None:
    assert translations.merged(table, wanted) == table


@pytest.mark.parametrize("code", translations.LANGUAGES)
def test_what_is_compiled_is_what_is_written(
    table: translations.Table, wanted: list[Source], code: str
) -> None:
    kept = translations.compiled_path(code).read_bytes()

    assert kept == translations.release(code, table, wanted), "run: make i18n"


def test_a_translation_has_the_places_of_its_source(table: translations.Table) -> None:
    wrong = [
        (context, words, form)
        for context, found in table.items()
        for words, said in found.items()
        for form in (said if isinstance(said, list) else [said])
        if form and set(PLACE.findall(form)) != set(PLACE.findall(words))
    ]

    assert wrong == []


def test_keys_are_named_alike_in_all_languages(table: translations.Table) -> None:
    for found in table.values():
        for words, said in found.items():
            if isinstance(said, str) and said:
                assert set(KEY.findall(words)) == set(KEY.findall(said)), words
                assert set(KEY.findall(translations.cyrillic(said))) == set(KEY.findall(words)), words


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Štampa {0} (Ctrl+P)", "Штампа {0} (Ctrl+P)"),
        ("e.Sanduče", "е.Сандуче"),
        ("Računi e-poštom", "Рачуни е-поштом"),
        ("<b>Ljubav</b> i {name}", "<b>Љубав</b> и {name}"),
        ("%n račun", "%n рачун"),
        ("Izvezi XLSX", "Извези XLSX"),
        ("F1 pomoć, Esc nazad", "F1 помоћ, Esc назад"),
        ("Piši na https://primer.rs/put", "Пиши на https://primer.rs/put"),
    ],
)
def test_cyrillic_leaves_places_keys_tags_and_addresses_alone(latin: str, cyrillic: str) -> None:
    assert translations.cyrillic(latin) == cyrillic


def test_english_makes_its_plurals_from_the_source() -> None:
    assert translations.english_forms("%n bill(s) unpaid") == ["%n bill unpaid", "%n bills unpaid"]


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        (["sr-Latn-RS"], "sr_Latn"),
        (["sr-RS", "en-US"], "sr_Cyrl"),
        (["sr_Cyrl_RS"], "sr_Cyrl"),
        (["hr-HR"], "sr_Latn"),
        (["en-US"], "en"),
        (["de-DE", "en-US"], "en"),
        (["C"], "sr_Latn"),
        ([], "sr_Latn"),
    ],
)
def test_the_first_language_follows_the_system(tags: list[str], code: str) -> None:
    assert language_of(tags) == code


def test_each_language_calls_itself_by_its_own_name() -> None:
    assert [language.name for language in LANGUAGES] == ["Srpski (latinica)", "Српски (ћирилица)", "English"]


def test_a_shown_widget_changes_its_words_with_the_language(qtbot: QtBot, language: Language) -> None:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    area = MessageArea("messages", window)
    button = area.findChild(QPushButton, "messages.undo")
    assert button is not None
    with qtbot.waitExposed(window):
        window.show()

    for code, words in (("sr_Latn", "Poništi"), ("sr_Cyrl", "Поништи"), ("en", "Undo")):
        language.set(code)
        qtbot.waitUntil(partial(says, button, words))


def says(button: QPushButton, words: str) -> bool:
    return button.text() == words


def test_a_language_stays_loaded_while_memory_is_used_again(language: Language) -> None:
    language.set("sr_Cyrl")
    gc.collect()
    used_again = [bytes([place]) * 80_000 for place in range(200)]

    assert QCoreApplication.translate("MessageArea", "Undo") == "Поништи"
    assert used_again


def test_qts_own_buttons_speak_serbian(qtbot: QtBot, language: Language) -> None:
    language.set("sr_Latn")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Close)
    qtbot.addWidget(box)

    assert {button.text() for button in box.buttons()} == {"Otkaži", "Zatvori"}


def test_plurals_have_the_three_serbian_forms(language: Language, wanted: list[Source]) -> None:
    source = next(source for source in wanted if source.is_plural)
    language.set("sr_Latn")
    said = {
        number: QCoreApplication.translate(source.context, source.words, "", number)
        for number in (1, 2, 5, 11, 21, 22)
    }

    forms = {number: words.replace(str(number), "%n") for number, words in said.items()}
    assert forms[1] == forms[21]
    assert forms[2] == forms[22]
    assert forms[5] == forms[11]


def test_the_locale_follows_the_language(qapp: QApplication, language: Language) -> None:
    language.set("sr_Cyrl")

    assert QLocale().script() == QLocale.Script.CyrillicScript


def test_a_language_nobody_speaks_here_is_refused(language: Language) -> None:
    with pytest.raises(ValueError, match="de"):
        language.set("de")
