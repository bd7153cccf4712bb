"""The words of rows that cannot be read: which it is, what is wrong with it, and whom to tell."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.errors import SalterError
from app.domain.faulty import Faulty, Illegible, RowKind
from ui.words.errors import Says
from ui.words.marking import QT_TRANSLATE_NOOP

_SENTENCES = {
    RowKind.PROGRAMME: QT_TRANSLATE_NOOP(
        "faulty",
        "Programme {number} cannot be read: {part}. Nobody signs under it; tell the administrator.",
    ),
    RowKind.PLAN: QT_TRANSLATE_NOOP(
        "faulty", "Plan {number} cannot be read: {part}. The rest is complete; tell the administrator."
    ),
    RowKind.REQUEST: QT_TRANSLATE_NOOP(
        "faulty", "Request {number} cannot be read: {part}. The rest is complete; tell the administrator."
    ),
    RowKind.EVENT: QT_TRANSLATE_NOOP(
        "faulty", "An event of {number} cannot be read: {part}. The rest is complete; tell the administrator."
    ),
    RowKind.SETTING: QT_TRANSLATE_NOOP(
        "faulty", "The setting {number} cannot be read: {part}. Tell the administrator."
    ),
}

_PARTS = {
    "": QT_TRANSLATE_NOOP("faulty", "it is not of the form it should have"),
    "steps": QT_TRANSLATE_NOOP("faulty", "its ladder of discounts is not of the form it should have"),
    "size_rules": QT_TRANSLATE_NOOP("faulty", "its rules of sizes are not of the form they should have"),
    "debts": QT_TRANSLATE_NOOP("faulty", "which debts it takes is not of the form it should have"),
    "breach": QT_TRANSLATE_NOOP("faulty", "when a plan is broken is not of the form it should have"),
    "terms": QT_TRANSLATE_NOOP("faulty", "its terms are not of the form they should have"),
    "values": QT_TRANSLATE_NOOP("faulty", "the values of its form are not of the form they should have"),
}


def sentence(row: Faulty | Illegible) -> str:
    """Say of a row in one sentence which it is, what is wrong, and who is to know."""
    said = QCoreApplication.translate("faulty", _SENTENCES[row.kind])
    part = QCoreApplication.translate("faulty", _PARTS.get(row.part, _PARTS["terms"]))
    return said.format(number=row.number, part=part)


def _row(error: Any) -> dict[str, str]:
    return {"row": sentence(error)}


ERRORS: dict[type[SalterError], Says] = {Illegible: Says("{row}", _row)}
