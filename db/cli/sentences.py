"""What went wrong, in a sentence for whoever typed the command."""

import psycopg
from sqlalchemy.exc import ArgumentError, DBAPIError

from app.domain import seals
from app.domain.errors import Refused
from db import checks, city, profiles, seal_keys, staff

_BY_STATE = {
    "28P01": "the server does not accept this name with this password",
    "28000": "the server does not let this user in from here",
    "3D000": "there is no such database: run salter-db init",
    "42501": "this user has not enough rights: use a superuser, or one with CREATEROLE who owns the database",
    "42P01": "the database was never set up: run salter-db init",
    "53300": "the server has no connection left",
    "57P03": "the server is starting up or shutting down",
}


def sentence(error: Exception) -> str:
    """Say what ``error`` means to whoever sits before the command line."""
    if isinstance(error, ArgumentError | profiles.UnreadableProfile):
        # not the URL itself: there may be a password in it
        return (
            "not a connection URL, or one with a parameter that is not allowed (service, passfile and such)"
        )
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, psycopg.Error):
        known = _BY_STATE.get(cause.sqlstate or _state_of_connecting(cause))
        if cause.diag.message_primary in _RULES:
            return _RULES[cause.diag.message_primary]
        detail = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
        if known is not None:
            return f"{known} ({detail})"
        if isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None:
            return f"the server cannot be reached ({detail})"
        return detail
    if isinstance(error, city.CityThere):
        return f"there are {error.accounts:,} accounts already: a city is built in an empty database"
    if isinstance(error, city.CityImpossible):
        return f"{error.field} must be {error.least:,} to {error.most:,}, not {error.value:,}"
    if isinstance(error, seals.NotASeal):
        return "no seal, or not whole" + (f": line {error.line} cannot be" if error.line else "")
    if isinstance(error, seal_keys.KeyOfAnother):
        return f"the seal was signed with the key {error.signed}, and this one is {error.given}"
    if isinstance(error, checks.SealOfAnotherDatabase):
        return f"the seal is of the database {error.sealed}, and this one is {error.here}"
    if isinstance(error, Refused):
        return _SENTENCES.get(type(error), type(error).__name__).format(error)
    return f"this machine's own server: {error}"


_RULES = {
    "programme_not_published": "there is no such version of a programme, or it is not published",
    "programme_withdrawal_unreasoned": "a reason is needed, on one line",
}

_SENTENCES: dict[type[Refused], str] = {
    staff.LoginTaken: "the login {0} is taken",
    staff.LoginOfTheServer: "{0} is a role of the server already, and not of the desk",
    staff.LoginUnknown: "nobody works under the login {0}",
    staff.BranchUnknown: "there is no branch {0}",
    staff.PasswordEmpty: "the password is empty",
    seals.SealOfAnotherVersion: "a seal of version {0}, which this program does not read",
    seal_keys.FileThere: "{0} is there already, and is not written over",
    seal_keys.KeyUnreadable: "{0} is not there, is no key of that kind, or the passphrase is another",
    seal_keys.KeyOpenToOthers: "others may read {0}: take that from them (chmod 600), or make a new key",
    seal_keys.SealUnreadable: "{0} is not there, or is no text",
    seal_keys.SealForged: "what stands on the seal is not what was signed",
}


def _state_of_connecting(error: psycopg.Error) -> str:
    # libpq tells why it was not let in only in words
    words = str(error)
    for state, sign in (
        ("28P01", "password authentication failed"),
        ("28P01", "no password supplied"),
        ("3D000", "does not exist"),
        ("28000", "no pg_hba.conf entry"),
        ("53300", "too many"),
        ("57P03", "starting up"),
    ):
        if sign in words:
            return state
    return ""
