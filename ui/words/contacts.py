"""The words of telephone numbers and e-mail addresses."""

from enum import StrEnum

from app.domain.contacts import NotAnEmail, NotAPhone
from app.domain.errors import SalterError
from app.usecases.contacts import ContactKind
from ui.words.errors import Says, typed

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    ContactKind: {
        ContactKind.PHONE: "phone",
        ContactKind.EMAIL: "e-mail",
    },
}

ERRORS: dict[type[SalterError], Says] = {
    NotAPhone: Says(
        "“{text}” is not a telephone number. Write it as 064 123 4567 or +381 64 123 4567.", typed
    ),
    NotAnEmail: Says("“{text}” is not an e-mail address.", typed),
}
