"""Why a file or a message cannot be read, in the clerk's words."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.papers import Flaw

_WORDS = {
    Flaw.EMPTY: QT_TRANSLATE_NOOP("flaws", "it is empty"),
    Flaw.TOO_BIG: QT_TRANSLATE_NOOP("flaws", "it is too big"),
    Flaw.NOT_ALLOWED: QT_TRANSLATE_NOOP("flaws", "it is neither a PDF nor a picture nor an e-mail message"),
    Flaw.MALFORMED: QT_TRANSLATE_NOOP("flaws", "it is damaged"),
    Flaw.ENCRYPTED: QT_TRANSLATE_NOOP("flaws", "it is protected by a password"),
    Flaw.TOO_MANY_PAGES: QT_TRANSLATE_NOOP("flaws", "it has more pages than any paper of a request"),
    Flaw.TOO_MANY_PARTS: QT_TRANSLATE_NOOP("flaws", "it has more attachments than can be kept"),
    Flaw.TOO_INTRICATE: QT_TRANSLATE_NOOP("flaws", "it is built too intricately to be read safely"),
    Flaw.UNKNOWN_FORM: QT_TRANSLATE_NOOP("flaws", "it is a form that this version does not know"),
    Flaw.OUTLOOK: QT_TRANSLATE_NOOP(
        "flaws", "it is a message in Outlook's own format; save it as .eml, or as PDF"
    ),
    Flaw.NO_MESSAGE: QT_TRANSLATE_NOOP("flaws", "it is no e-mail message"),
}


def flaw_words(flaw: Flaw) -> str:
    """Return why a file cannot be read, as it ends a sentence."""
    return QCoreApplication.translate("flaws", _WORDS[flaw])
