"""The words of the people at the desk and of their roles."""

from enum import StrEnum

from app.domain.errors import SalterError
from app.usecases.staff import Role
from db.staff import BranchUnknown, LoginOfTheServer, LoginTaken, LoginUnknown, PasswordEmpty
from ui.words.errors import Says, told

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    Role: {
        Role.AGENT: "agent",
        Role.CLERK: "clerk",
        Role.SUPERVISOR: "supervisor",
        Role.ADMIN: "administrator",
    },
}

ERRORS: dict[type[SalterError], Says] = {
    BranchUnknown: Says("There is no branch with the code {code}.", told("code")),
    LoginOfTheServer: Says(
        "The name {login} belongs to the server itself. Choose another one.", told("login")
    ),
    LoginTaken: Says("Somebody works, or worked, under the name {login}. Choose another one.", told("login")),
    LoginUnknown: Says("Nobody works under the name {login}.", told("login")),
    PasswordEmpty: Says("The password is empty."),
}
