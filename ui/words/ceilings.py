"""The words of ceilings: what is counted of a person, and what whoever reached one is told."""

from enum import StrEnum
from typing import Any

from app.domain.ceilings import Ceiling, Doing
from app.domain.errors import SalterError
from app.usecases.ceilings import (
    AlertGone,
    CeilingDays,
    CeilingOwn,
    CeilingReached,
    CeilingSize,
    CeilingUnknown,
    NotOverseen,
    RaiseOver,
    TooManyCopiesThisHour,
    TooManyCopiesToday,
    TooManyExactLookUpsThisHour,
    TooManyExactLookUpsToday,
    TooManyExportsToday,
    TooManyLookUpsThisHour,
    TooManyLookUpsToday,
    TooManyMissesToday,
    TooManyRaises,
    TooManyRevealsThisHour,
    TooManyRevealsToday,
    TooManyShownThisHour,
    TooManyShownToday,
    TooManyVisitsHeld,
    TooManyVisitsThisHour,
    TooManyVisitsToday,
)
from ui.words import text
from ui.words.errors import Says

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    Ceiling: {
        Ceiling.VISITS_AT_ONCE: "accounts open at once",
        Ceiling.VISITS_AN_HOUR: "accounts opened in an hour",
        Ceiling.VISITS_A_DAY: "accounts opened in a day",
        Ceiling.REVEALS_AN_HOUR: "personal numbers shown in an hour",
        Ceiling.REVEALS_A_DAY: "personal numbers shown in a day",
        Ceiling.LOOK_UPS_AN_HOUR: "personal numbers looked up in an hour",
        Ceiling.LOOK_UPS_A_DAY: "personal numbers looked up in a day",
        Ceiling.COPIES_AN_HOUR: "papers made in an hour",
        Ceiling.COPIES_A_DAY: "papers made in a day",
        Ceiling.EXPORTS_A_DAY: "files written in a day",
        Ceiling.SHOWN_AN_HOUR: "accounts shown by searches in an hour",
        Ceiling.SHOWN_A_DAY: "accounts shown by searches in a day",
        Ceiling.EXACT_LOOK_UPS_AN_HOUR: "telephones, addresses and numbers looked up in an hour",
        Ceiling.EXACT_LOOK_UPS_A_DAY: "telephones, addresses and numbers looked up in a day",
        Ceiling.MISSES_A_DAY: "wrong data given in a day",
    },
    Doing: {
        Doing.VISITS: "account opened",
        Doing.REVEALS: "personal number shown",
        Doing.LOOK_UPS: "personal number looked up",
        Doing.COPIES: "paper made",
        Doing.EXPORTS: "file written",
        Doing.SHOWN: "account shown by a search",
        Doing.EXACT_LOOK_UPS: "telephone, address or number looked up",
        Doing.MISSES: "wrong datum given",
    },
}


def _reached(error: Any) -> dict[str, str]:
    return {
        "counted": text.number(error.counted),
        "most": text.number(error.most),
        "when": text.clock(error.again_at),
    }


def _size(error: Any) -> dict[str, str]:
    return {"above": text.number(error.above), "most": text.number(error.most)}


def _days(error: Any) -> dict[str, str]:
    return {"day": text.day(error.last_day)}


def _most(error: Any) -> dict[str, str]:
    return {"most": text.number(error.most)}


ERRORS: dict[type[SalterError], Says] = {
    CeilingReached: Says(
        "You have done {counted} of these; the limit is {most}. A supervisor can raise it.", _reached
    ),
    TooManyVisitsHeld: Says(
        "You hold {counted} accounts open at once; the limit is {most}. Close those you are done with,"
        " or ask a supervisor to raise it.",
        _reached,
    ),
    TooManyVisitsThisHour: Says(
        "You have opened {counted} accounts within an hour; the limit is {most}. You can open more at {when},"
        " or once a supervisor raises it.",
        _reached,
    ),
    TooManyVisitsToday: Says(
        "You have opened {counted} accounts today; the limit is {most}. You can open more tomorrow,"
        " or once a supervisor raises it.",
        _reached,
    ),
    TooManyRevealsThisHour: Says(
        "You have looked at {counted} personal numbers within an hour; the limit is {most}."
        " More can be shown at {when}, or once a supervisor raises it.",
        _reached,
    ),
    TooManyRevealsToday: Says(
        "You have looked at {counted} personal numbers today; the limit is {most}."
        " More can be shown tomorrow, or once a supervisor raises it.",
        _reached,
    ),
    TooManyLookUpsThisHour: Says(
        "You have looked up {counted} personal numbers within an hour; the limit is {most}."
        " Search by name or address, or ask a supervisor to raise it; otherwise it goes on at {when}.",
        _reached,
    ),
    TooManyLookUpsToday: Says(
        "You have looked up {counted} personal numbers today; the limit is {most}."
        " Search by name or address, or ask a supervisor to raise it.",
        _reached,
    ),
    TooManyCopiesThisHour: Says(
        "You have made {counted} papers within an hour; the limit is {most}. You can make more at {when},"
        " or once a supervisor raises it.",
        _reached,
    ),
    TooManyCopiesToday: Says(
        "You have made {counted} papers today; the limit is {most}. You can make more tomorrow,"
        " or once a supervisor raises it.",
        _reached,
    ),
    TooManyExportsToday: Says(
        "You have written {counted} files today; the limit is {most}. Nothing was written."
        " You can write more tomorrow, or once a supervisor raises it.",
        _reached,
    ),
    TooManyShownThisHour: Says(
        "Searches have shown you {counted} accounts since the full hour; the limit is {most}."
        " Searching goes on at {when}, or once a supervisor raises it; what you have open stays open.",
        _reached,
    ),
    TooManyShownToday: Says(
        "Searches have shown you {counted} accounts today; the limit is {most}. Searching goes on tomorrow,"
        " or once a supervisor raises it; what you have open stays open.",
        _reached,
    ),
    TooManyExactLookUpsThisHour: Says(
        "You have looked up {counted} telephones, addresses and numbers since the full hour; the limit is"
        " {most}. Search by name, address or account number, or ask a supervisor to raise it;"
        " otherwise it goes on at {when}.",
        _reached,
    ),
    TooManyExactLookUpsToday: Says(
        "You have looked up {counted} telephones, addresses and numbers today; the limit is {most}."
        " Search by name, address or account number, or ask a supervisor to raise it.",
        _reached,
    ),
    TooManyMissesToday: Says(
        "Wrong data were given {counted} times today; the limit is {most}. Nobody can be verified by data or"
        " looked up by them before tomorrow. Ask a colleague to take the call, and tell a supervisor.",
        _reached,
    ),
    CeilingOwn: Says("Nobody raises their own limit. Ask another supervisor."),
    CeilingUnknown: Says("This limit cannot be raised for this person. Choose another one."),
    CeilingSize: Says("Write a number above {above} and up to {most}.", _size),
    CeilingDays: Says("Choose a day from today on; the last is {day}", _days),
    TooManyRaises: Says(
        "You have raised as many limits today as one person may ({most}). Ask another supervisor.", _most
    ),
    RaiseOver: Says("This raised limit has ended already."),
    NotOverseen: Says("What this person did is for other supervisors to look at."),
    AlertGone: Says("Somebody has looked at it already."),
}
