"""The words of account holders and of the numbers they are known by."""

from enum import StrEnum

from app.domain.errors import SalterError
from app.domain.holders import HolderKind
from app.domain.personal_numbers.company_number import NotACompanyNumber
from app.domain.personal_numbers.jmbg import JmbgDateImpossible, JmbgMistyped, NotAJmbg
from app.domain.personal_numbers.pib import NotAPib, PibMistyped
from ui.words.errors import Says

STATES: dict[type[StrEnum], dict[StrEnum, str]] = {
    HolderKind: {
        HolderKind.NATURAL: "natural person",
        HolderKind.LEGAL: "legal person",
    },
}

ERRORS: dict[type[SalterError], Says] = {
    NotAJmbg: Says("A JMBG has thirteen digits."),
    JmbgDateImpossible: Says("The first seven digits of a JMBG are the date of birth; these are no date."),
    JmbgMistyped: Says("The last digit of the JMBG does not fit: one digit at least was mistyped."),
    NotAPib: Says("A PIB has nine digits."),
    PibMistyped: Says("The last digit of the PIB does not fit: one digit at least was mistyped."),
    NotACompanyNumber: Says("A company number has eight digits."),
}
