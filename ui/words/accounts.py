"""The words of accounts and their numbers."""

from typing import Any

from app.domain.account_number import NotAnIdent
from app.domain.errors import SalterError
from app.usecases.accounts import NoSuchAccount
from ui.words import text
from ui.words.errors import Says, typed


def _ident(error: Any) -> dict[str, str]:
    return {"ident": text.ident(error.ident)}


ERRORS: dict[type[SalterError], Says] = {
    NotAnIdent: Says("“{text}” is not an account number. It has up to seven digits.", typed),
    NoSuchAccount: Says("There is no account {ident}.", _ident),
}
