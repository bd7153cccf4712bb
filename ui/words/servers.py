"""The words of reaching a server and being let in, and of this computer's own."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.errors import SalterError
from db.connecting import (
    NotStaff,
    OutdatedClient,
    OutdatedSchema,
    ServerUnreachable,
    WrongCertificate,
    WrongPassword,
)
from db.embedded.errors import (
    ClusterOfAnotherVersion,
    EmbeddedServerError,
    NoPlainUser,
    NoPostgresPrograms,
    ServerDidNotStart,
)
from db.profiles import UnreadableProfile
from ui.words.errors import Says, told
from ui.words.marking import QT_TRANSLATE_NOOP


def _cluster(error: Any) -> dict[str, str]:
    return {"found": str(error.found), "available": ", ".join(str(one) for one in error.available)}


def _uncertain(error: Any) -> dict[str, str]:
    why = str(_WHY_UNCERTAIN.get(error.reason, ""))
    return {"host": str(error.host), "why": QCoreApplication.translate("errors", why)}


def _unreachable(error: Any) -> dict[str, str]:
    return {
        "host": str(error.host),
        "why": QCoreApplication.translate("errors", str(_WHY_UNREACHABLE.get(error.reason, ""))),
    }


def _versions(error: Any) -> dict[str, str]:
    return {"server": str(error.server or "–"), "client": str(error.client)}


_WHY_UNREACHABLE = {
    "refused": QT_TRANSLATE_NOOP("errors", "Nothing answers at that address."),
    "timeout": QT_TRANSLATE_NOOP("errors", "It did not answer in time."),
    "unknown_name": QT_TRANSLATE_NOOP("errors", "There is no server of that name."),
    "hung_up": QT_TRANSLATE_NOOP("errors", "It hung up."),
    "read_only": QT_TRANSLATE_NOOP("errors", "Only a stand-by server answers."),
    "3D000": QT_TRANSLATE_NOOP("errors", "It has no such database."),
    "53300": QT_TRANSLATE_NOOP("errors", "It has too many connections at the moment."),
    "57P03": QT_TRANSLATE_NOOP("errors", "It is just starting up."),
}

_WHY_UNCERTAIN = {
    "untrusted": QT_TRANSLATE_NOOP("errors", "Its certificate was issued by nobody we trust."),
    "expired": QT_TRANSLATE_NOOP("errors", "Its certificate has expired."),
    "not_yet_valid": QT_TRANSLATE_NOOP(
        "errors", "Its certificate is not valid yet; check this computer's clock."
    ),
    "revoked": QT_TRANSLATE_NOOP("errors", "Its certificate was revoked."),
    "other_name": QT_TRANSLATE_NOOP("errors", "Its certificate belongs to another server."),
    "not_offered": QT_TRANSLATE_NOOP("errors", "It offers no protected connection."),
    "no_root_certificate": QT_TRANSLATE_NOOP(
        "errors", "The root certificate of the profile is not on this computer."
    ),
}

ERRORS: dict[type[SalterError], Says] = {
    NotStaff: Says(
        "The server knows the name {login}, but nobody of that name works at the desk. Ask an administrator.",
        told("login"),
    ),
    OutdatedClient: Says(
        "This program is older than the database ({client} before {server}). Update the program.", _versions
    ),
    OutdatedSchema: Says(
        "The database is older than this program ({server} before {client}). "
        "An administrator must run: salter-db upgrade.",
        _versions,
    ),
    ServerUnreachable: Says(
        "The server {host} cannot be reached. {why} Check the network, then try again.", _unreachable
    ),
    WrongCertificate: Says(
        "The server {host} cannot prove that it is the right one, so no password was sent. {why} "
        "Tell an administrator.",
        _uncertain,
    ),
    WrongPassword: Says("The user name or the password is wrong."),
    EmbeddedServerError: Says("The database of this computer cannot be started."),
    ClusterOfAnotherVersion: Says(
        "The data on this computer were made by PostgreSQL {found}; installed is {available}.", _cluster
    ),
    NoPlainUser: Says(
        "The database does not run with an administrator's rights. Start the program as an ordinary user."
    ),
    NoPostgresPrograms: Says("PostgreSQL was not found on this computer. Install the program again."),
    ServerDidNotStart: Says(
        "The database of this computer did not start ({program} failed). Details are in the log.",
        told("program"),
    ),
    UnreadableProfile: Says("The address of the server cannot be read. Check the server profile."),
}
