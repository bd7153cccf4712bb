"""The words of papers and files that come in: why one cannot be read."""

from enum import StrEnum
from typing import Any

from app.domain.errors import SalterError
from app.domain.papers import Flaw, Unreadable
from ui.words import states
from ui.words.errors import Says


def _flaw(error: Any) -> dict[str, str]:
    return {"why": states.word(error.flaw)}


STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    Flaw: {
        Flaw.EMPTY: "it is empty",
        Flaw.TOO_BIG: "it is too big",
        Flaw.NOT_ALLOWED: "it is neither a PDF nor a picture nor an e-mail message",
        Flaw.MALFORMED: "it is damaged",
        Flaw.ENCRYPTED: "it is protected by a password",
        Flaw.TOO_MANY_PAGES: "it has more pages than any paper of a request",
        Flaw.TOO_MANY_PARTS: "it has more attachments than can be kept",
        Flaw.TOO_INTRICATE: "it is built too intricately to be read safely",
        Flaw.UNKNOWN_FORM: "it is a form that this version does not know",
        Flaw.OUTLOOK: "it is a message in Outlook's own format; save it as .eml, or as PDF",
        Flaw.RICH_TEXT: (
            "it is Outlook's packing of a message in rich text; ask the sender to send it as plain text"
        ),
        Flaw.SEALED: "it is encrypted; ask the sender to send it without encryption",
        Flaw.NO_MESSAGE: "it is no e-mail message",
    },
}

ERRORS: dict[type[SalterError], Says] = {
    Unreadable: Says("This file cannot be read: {why}. Nothing was kept of it.", _flaw),
}
