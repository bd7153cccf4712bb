"""What was typed into the one search box, before anything is looked up.

A text has one or several meanings, the most plausible first: seven digits are an
account, but may be a telephone number without its network.  Words are always the last
resort, so that nothing typed is ever without a meaning.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain import account_number, contacts, enforcement, ips_qr, payment_reference
from app.domain.errors import Refused
from app.domain.payment_reference import Reference
from app.domain.personal_numbers import company_number, jmbg, pib
from app.domain.script import FOLDED, fold, to_latin


class MeaningKind(StrEnum):
    """What a text may be."""

    IDENT = "ident"
    IDENT_PREFIX = "ident_prefix"
    REFERENCE = "reference"
    IPS_QR = "ips_qr"
    PHONE = "phone"
    PHONE_TAIL = "phone_tail"
    EMAIL = "email"
    JMBG = "jmbg"
    PIB = "pib"
    COMPANY_NUMBER = "company_number"
    CASE_NUMBER = "case_number"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One way to understand a text.

    ``value`` is what to look up, in the form it is stored in; for words it is the
    text as typed, so that an exact match of diacritics can rank first, and
    ``tokens`` are its folded words.  ``ident`` is 0 where no account is named;
    ``named`` is what a payment reference says, whatever it asks to be paid.
    ``is_sound`` is False for a number whose check digits do not fit: then it was
    mistyped, and only its exact look-up is worth trying.
    """

    kind: MeaningKind
    value: str
    ident: int = 0
    named: Reference | None = None
    amount: Decimal | None = None
    tokens: tuple[str, ...] = ()
    is_sound: bool = True


@dataclass(frozen=True, slots=True)
class Intent:
    """All meanings of a text, most plausible first; none for a blank text."""

    text: str
    meanings: tuple[Meaning, ...]

    @property
    def best(self) -> Meaning | None:
        return self.meanings[0] if self.meanings else None

    def of(self, kind: MeaningKind) -> Meaning | None:
        """Return the meaning of a kind, if the text has one."""
        return next((meaning for meaning in self.meanings if meaning.kind is kind), None)


_LABEL = re.compile(
    r"""(?ix)
    ^ (?: ident | poziv (?: \s na \s broj )? | pnb | model | tel (?: efon )? | mob (?: ilni )?
        | jmbg | pib | mb | mati[cč]ni \s broj )
    [\s.:]+ (?= [\d+(] )
    """
)
"""What people write before a number, when they copy it from a letter."""

SHORTEST_TAIL = 6
"""A telephone without its network, as people dictate it: a shorter part could be tried out digit by digit."""

_DIGITS_AND_SIGNS = re.compile(r"[+\d][\d\s()/.\-\u2013]*|\([\d\s()/.\-\u2013]+", re.ASCII)
_SEPARATORS = re.compile(r"\D", re.ASCII)


def interpret(text: str) -> Intent:
    """List what a typed, pasted or scanned text may be."""
    if ips_qr.looks_like(text):
        return Intent(text, (_ips_qr(text),))
    bare = " ".join(unicodedata.normalize("NFC", text).split())
    if not bare:
        return Intent(text, ())
    meanings: list[Meaning] = []
    if "@" in bare:
        meanings += _email(bare)
    number = _LABEL.sub("", to_latin(bare))
    if _DIGITS_AND_SIGNS.fullmatch(number):
        meanings += _numbers(number)
    else:
        meanings += _case_number(bare)
    tokens = tuple(fold(bare).split())
    if tokens:
        meanings.append(Meaning(MeaningKind.WORDS, bare, tokens=tokens))
    return Intent(text, tuple(meanings))


def _ips_qr(text: str) -> Meaning:
    try:
        request = ips_qr.parse(text)
    except ips_qr.NotAnIpsQr:
        return Meaning(MeaningKind.IPS_QR, text.strip(), is_sound=False)
    try:
        reference = payment_reference.parse(request.reference)
    except payment_reference.NotAReference:
        return Meaning(MeaningKind.IPS_QR, request.reference, amount=request.amount)
    return Meaning(
        MeaningKind.IPS_QR,
        request.reference,
        ident=reference.ident,
        named=reference,
        amount=request.amount,
    )


def _case_number(text: str) -> list[Meaning]:
    try:
        return [Meaning(MeaningKind.CASE_NUMBER, enforcement.normalize_case_number(text))]
    except enforcement.NotACaseNumber:
        return []


def _email(text: str) -> list[Meaning]:
    try:
        return [Meaning(MeaningKind.EMAIL, contacts.normalize_email(text))]
    except contacts.NotAnEmail:
        return []


def _numbers(text: str) -> list[Meaning]:
    digits = _SEPARATORS.sub("", text)
    if text.startswith(("+", "00381", "(+")) or (digits.startswith("381") and len(digits) in (11, 12)):
        return _phone(text)
    match len(digits):
        case 7:
            found = [*_ident(digits), *_phone_tail(digits)]
        case 8:
            found = [*_company_number(digits), *_phone(text)]
        case 9:
            found = _nine(text, digits)
        case 11 | 12:
            found = [*_without_control(digits), *_phone(text)]
        case 13:
            found = _thirteen(digits)
        case 14:
            found = _soundest([*_reference(digits), *_without_control(digits)])
        case 15 | 18:
            found = _reference(_without_model(digits))
        case 16:
            found = _soundest([*_reference(digits), *_reference(_without_model(digits))])
        case few if few < 7:
            found = _few(text, digits)
        case _:
            found = _phone(text)
    return found


def _few(text: str, digits: str) -> list[Meaning]:
    """Read an account being typed; a slash or a dot makes it a house number or a telephone instead."""
    if "/" in text or "." in text:
        return _phone_tail(digits)
    return [Meaning(MeaningKind.IDENT_PREFIX, digits), *_ident(digits), *_phone_tail(digits)]


def _ident(digits: str) -> list[Meaning]:
    try:
        ident = account_number.parse(digits)
    except account_number.NotAnIdent:
        return []
    return [Meaning(MeaningKind.IDENT, account_number.to_text(ident), ident=ident)]


def _phone(text: str) -> list[Meaning]:
    try:
        return [Meaning(MeaningKind.PHONE, contacts.normalize_phone(text))]
    except contacts.NotAPhone:
        return []


def _phone_tail(digits: str) -> list[Meaning]:
    return [Meaning(MeaningKind.PHONE_TAIL, digits)] if len(digits) >= SHORTEST_TAIL else []


def _company_number(digits: str) -> list[Meaning]:
    return [Meaning(MeaningKind.COMPANY_NUMBER, digits, is_sound=company_number.is_plausible(digits))]


def _nine(text: str, digits: str) -> list[Meaning]:
    phone = _phone(text)
    if digits.startswith("0"):
        return phone
    is_sound = _is_sound(pib.validate, digits)
    taxpayer = Meaning(MeaningKind.PIB, digits, is_sound=is_sound)
    return [taxpayer, *phone] if is_sound else [*phone, taxpayer]


def _thirteen(digits: str) -> list[Meaning]:
    references = _reference(digits)
    citizen = Meaning(MeaningKind.JMBG, digits, is_sound=_is_sound(jmbg.validate, digits))
    return _soundest([*references, citizen])


def _soundest(found: list[Meaning]) -> list[Meaning]:
    return sorted(found, key=lambda meaning: not meaning.is_sound)


def _reference(digits: str) -> list[Meaning]:
    if not digits:
        return []
    try:
        reference = payment_reference.parse(digits)
    except payment_reference.ReferenceMistyped:
        return [Meaning(MeaningKind.REFERENCE, digits, is_sound=False)]
    except payment_reference.NotAReference:
        return []
    return [Meaning(MeaningKind.REFERENCE, digits, ident=reference.ident, named=reference)]


def _without_control(digits: str) -> list[Meaning]:
    """Read a reference typed without its control digits, as 1234567-2606 or 1234567-2606-301."""
    try:
        reference = payment_reference.completed(digits)
    except payment_reference.ForeignReference:
        return []
    value = payment_reference.make(digits)
    return [Meaning(MeaningKind.REFERENCE, value, ident=reference.ident, named=reference)]


def _without_model(digits: str) -> str:
    return digits.removeprefix(payment_reference.MODEL) if digits.startswith(payment_reference.MODEL) else ""


def _is_sound(validate: Callable[[str], str], digits: str) -> bool:
    try:
        validate(digits)
    except Refused:
        return False
    return True


def highlight(text: str, tokens: Iterable[str]) -> list[tuple[int, int]]:
    """Find what matched: spans of the text whose folded form contains a token.

    Spans are half-open, in order and apart.  A token is sought at the beginnings
    of words, and inside them only if it begins none.

    >>> highlight("Ђорђевић Ана, Učiteljska 5", ["djordj", "uc"])
    [(0, 4), (14, 16)]
    """
    folded, places = _folded_with_places(text)
    spans: list[tuple[int, int]] = []
    for token in {fold(token) for token in tokens} - {""}:
        starts = [found.start() for found in re.finditer(rf"(?<![a-z0-9]){re.escape(token)}", folded)]
        starts = starts or [found.start() for found in re.finditer(re.escape(token), folded)]
        spans += [(places[start][0], places[start + len(token) - 1][1]) for start in starts]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _folded_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Fold letter by letter, keeping for each folded letter where it came from."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).translate(FOLDED).lower():
            if letter == "j" and letters and letters[-1] == "d":
                places[-1] = (places[-1][0], place + 1)
                continue
            if not ("a" <= letter <= "z" or "0" <= letter <= "9"):
                letter = " "
            letters.append(letter)
            places.append((place, place + 1))
        if places and unicodedata.combining(character):
            places[-1] = (places[-1][0], place + 1)
    return "".join(letters), places
