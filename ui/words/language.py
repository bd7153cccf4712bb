"""The three languages of the desk: Serbian in Latin and in Cyrillic script, and English.

The sources are English.  Qt brings no Serbian for its own buttons, so ours come
in the same files.  Switching sends every widget a LanguageChange, upon which those
that are ``Speaking`` say their words anew.
"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator, Signal

import resources


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language as it calls itself, in full and as a sign."""

    code: str
    name: str
    sign: str


LANGUAGES = (
    LanguageName("sr_Latn", "Srpski (latinica)", "SR"),
    LanguageName("sr_Cyrl", "Српски (ћирилица)", "СР"),
    LanguageName("en", "English", "EN"),
)
SYSTEM = "system"
_LOCALES = {
    "sr_Latn": (QLocale.Language.Serbian, QLocale.Script.LatinScript, QLocale.Country.Serbia),
    "sr_Cyrl": (QLocale.Language.Serbian, QLocale.Script.CyrillicScript, QLocale.Country.Serbia),
    "en": (QLocale.Language.English, QLocale.Script.LatinScript, QLocale.Country.UnitedKingdom),
}
_NEIGHBORS = ("hr", "bs", "cnr", "sh", "me")


def language_of(tags: list[str]) -> str:
    """Return the language for what a system says it speaks, best first, as in ``sr-Latn-RS``."""
    for tag in tags:
        parts = tag.replace("_", "-").split("-")
        if parts[0] == "sr":
            return "sr_Latn" if "Latn" in parts or "latin" in tag else "sr_Cyrl"
        if parts[0] in _NEIGHBORS:
            return "sr_Latn"
        if parts[0] == "en":
            return "en"
    return "sr_Latn"


def locale_of(code: str) -> QLocale:
    """Return Qt's locale for one of our languages."""
    return QLocale(*_LOCALES[code])


class Language(QObject):
    """The language in force; the program has one of these."""

    changed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("language")
        self._code = ""
        self._translator: QTranslator | None = None
        self._said = b""
        """What the translator reads from as long as it lives: Qt makes no copy."""

    @property
    def code(self) -> str:
        """sr_Latn, sr_Cyrl or en; empty before the first ``set``."""
        return self._code

    def set(self, code: str) -> None:
        """Speak another language from now on; ``system`` follows the system's."""
        wanted = language_of(QLocale.system().uiLanguages()) if code == SYSTEM else code
        if wanted not in _LOCALES:
            raise ValueError(code)
        if wanted == self._code:
            return
        app = QCoreApplication.instance()
        if app is None:
            raise RuntimeError("a language is spoken only by a running program")
        said = resources.read_bytes(f"translations/salter_{wanted}.qm")
        new = QTranslator(self)
        new.load(said)
        self.silence()
        self._said = said
        self._code = wanted
        QLocale.setDefault(locale_of(wanted))
        self._translator = new
        app.installTranslator(new)
        self.changed.emit(wanted)

    def silence(self) -> None:
        """Take the language away: the sources' own words are left."""
        self._code = ""
        old, self._translator = self._translator, None
        app = QCoreApplication.instance()
        if old is not None and app is not None:
            app.removeTranslator(old)
            old.deleteLater()
            QLocale.setDefault(locale_of("en"))
