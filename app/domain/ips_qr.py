"""The NBS IPS QR code: what a phone or a scanner reads off a bill.

Pairs ``TAG:value`` joined by ``|``, always in the order K V C R N I P SF S RO,
never with an empty value.  Composing is strict, so that every code printed is
one that banks accept; parsing forgives what scanners do to line breaks and to the
ends of the text, and an amount with fewer than two decimals (``RSD4376,9``), which
the standard allows; otherwise it names each fault.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain import bank_account, payment_reference
from app.domain.errors import Refused
from app.domain.money import PARA

ORDER = ("K", "V", "C", "R", "N", "I", "P", "SF", "S", "RO")
_REQUIRED = ("K", "V", "C", "R", "N", "I", "SF")
_FIXED = {"K": "PR", "V": "01", "C": "1"}
_LONGEST = {"N": 70, "P": 70, "S": 35, "RO": 25, "I": 18}
_MOST_LINES = {"N": 3, "P": 3, "S": 1}

_SIGNS = re.escape("""!(/@}):[~#*;]$+<^%,=_"&->\\`.?{'„”“’‘""")
_LETTERS = "A-Za-zČĆĐŠŽčćđšžЂА-ИЈК-Шђа-ијк-шЉЊЋЏљњћџ"
_NOT_ALLOWED = re.compile(rf"[^0-9 {_LETTERS}{_SIGNS}]")
_AMOUNT = re.compile(r"RSD(0|[1-9]\d*),(\d{0,2})", re.ASCII)
_ACCOUNT = re.compile(r"\d{18}", re.ASCII)
_CODE = re.compile(r"[12]\d{2}", re.ASCII)
_REFERENCE = re.compile(r"(\d{2})([0-9A-Za-z-]+)", re.ASCII)
_PAIR = re.compile(r"([A-Z]{1,2}):(.*)", re.DOTALL)
_LINE_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\r\n\u2028\u2029]+")


class TagProblem(StrEnum):
    """What is wrong with one tag of a code."""

    MISSING = "missing"
    EMPTY = "empty"
    REPEATED = "repeated"
    UNKNOWN_TAG = "unknown_tag"
    NOT_A_PAIR = "not_a_pair"
    WRONG_ORDER = "wrong_order"
    WRONG_VALUE = "wrong_value"
    TOO_LONG = "too_long"
    TOO_MANY_LINES = "too_many_lines"
    CHARACTERS = "characters"
    CHECK_DIGITS = "check_digits"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where, what, and the offending value as read."""

    tag: str
    problem: TagProblem
    value: str = ""


class NotAnIpsQr(Refused):
    """The text is no request for payment at all."""

    field = "ips_qr"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class IpsQrFaulty(NotAnIpsQr):
    """A request for payment that breaks the rules; ``faults`` lists every breach."""

    def __init__(self, text: str, faults: tuple[Fault, ...]) -> None:
        super().__init__(text)
        self.faults = faults

    def __str__(self) -> str:
        return ", ".join(f"{fault.tag}: {fault.problem}" for fault in self.faults)


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """What a code asks for.  Lines of names are separated by a line feed.

    ``reference`` is without its ``model``; both are empty when the code has none,
    and the model is ``00`` for a reference without a model.
    """

    payee_account: str
    payee: str
    amount: Decimal
    payment_code: str
    payer: str = ""
    purpose: str = ""
    model: str = ""
    reference: str = ""


def compose(
    payee_account: str,
    *,
    payee: str,
    amount: Decimal,
    payment_code: str,
    payer: str = "",
    purpose: str = "",
    reference: str = "",
    model: str = payment_reference.MODEL,
) -> str:
    """Return the text to be encoded (UTF-8), lines of names parted by CR LF.

    The account may be dashed; the reference may be dashed when its model is 97,
    and an empty ``model`` means a reference without one.  Optional parts left
    empty are left out.  Nothing is cut or cleaned on the way: see ``clean``.

    Raises: IpsQrFaulty, NotABankAccount, NotAReference.

    >>> compose("200-2206180101000-48", payee="JKP INFOSTAN TEHNOLOGIJE",
    ...         amount=Decimal("4376.94"), payment_code="122")
    'K:PR|V:01|C:1|R:200220618010100048|N:JKP INFOSTAN TEHNOLOGIJE|I:RSD4376,94|SF:122'
    """
    if reference and model == payment_reference.MODEL:
        reference = payment_reference.validate(reference)
    values = {
        **_FIXED,
        "R": bank_account.validate(payee_account),
        "N": _LINE_BREAK.sub("\r\n", payee),
        "I": _amount_text(amount),
        "P": _LINE_BREAK.sub("\r\n", payer),
        "SF": payment_code,
        "S": purpose,
        "RO": (model or "00") + reference if reference else "",
    }
    written = [(tag, values[tag]) for tag in ORDER if values[tag]]
    text = "|".join(f"{tag}:{value}" for tag, value in written)
    faults = _faults(written)
    if faults:
        raise IpsQrFaulty(text, faults)
    return text


def parse(text: str) -> PaymentRequest:
    """Read a scanned code.

    Forgiven: blanks and line breaks around the whole, and CR, LF, CR LF or the
    separators of an input field between the lines of a name.

    Raises: NotAnIpsQr, IpsQrFaulty.
    """
    bare = text.strip(" \t\r\n\ufeff\u00a0\u2028\u2029\x00")
    if not looks_like(bare):
        raise NotAnIpsQr(text)
    written: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for part in bare.split("|"):
        if match := _PAIR.fullmatch(part):
            written.append((match[1], _LINE_BREAK.sub("\r\n", match[2])))
        else:
            faults.append(Fault("", TagProblem.NOT_A_PAIR, part))
    faults += _faults(written)
    if faults:
        raise IpsQrFaulty(text, tuple(faults))
    found = dict(written)
    reference = found.get("RO", "")
    return PaymentRequest(
        payee_account=found["R"],
        payee=found["N"].replace("\r\n", "\n"),
        amount=Decimal(found["I"].removeprefix("RSD").replace(",", ".")).quantize(PARA),
        payment_code=found["SF"],
        payer=found.get("P", "").replace("\r\n", "\n"),
        purpose=found.get("S", ""),
        model=reference[:2],
        reference=reference[2:],
    )


def looks_like(text: str) -> bool:
    """Tell whether a text is meant to be a request for payment, sound or not."""
    return "|" in text and re.search(r"(?:^|\|)\s*(?:K:PR|R:\d|V:01)", text.lstrip("\ufeff")) is not None


def clean(text: str, *, longest: int, most_lines: int = 3) -> str:
    """Fit a name and address into the code: allowed characters, lines, length.

    Foreign accents are dropped, other strange characters become blanks, empty
    lines go, lines too many are joined to the last, and what is too long is cut
    (a line break counts as two characters).  Lines are parted by a line feed.
    """
    lines = []
    for line in _LINE_BREAK.split(unicodedata.normalize("NFC", text)):
        line = _NOT_ALLOWED.sub(lambda match: _plain(match[0]), line)
        line = _BLANKS.sub(" ", line).strip()
        if line:
            lines.append(line)
    if len(lines) > most_lines:
        lines[most_lines - 1 :] = [" ".join(lines[most_lines - 1 :])]
    cut = "\r\n".join(lines)[:longest].rstrip()
    return cut.replace("\r\n", "\n")


def _plain(character: str) -> str:
    return _NOT_ALLOWED.sub("", unicodedata.normalize("NFKD", character)) or " "


def _amount_text(amount: Decimal) -> str:
    if amount != amount.quantize(PARA):
        raise ValueError(f"{amount} is not in whole paras")
    return f"RSD{amount:.2f}".replace(".", ",")


def _faults(written: list[tuple[str, str]]) -> tuple[Fault, ...]:
    faults: list[Fault] = []
    values: dict[str, str] = {}
    last = -1
    for tag, value in written:
        if tag not in ORDER:
            faults.append(Fault(tag, TagProblem.UNKNOWN_TAG, value))
            continue
        if tag in values:
            faults.append(Fault(tag, TagProblem.REPEATED, value))
            continue
        if ORDER.index(tag) < last:
            faults.append(Fault(tag, TagProblem.WRONG_ORDER, value))
        last = max(last, ORDER.index(tag))
        values[tag] = value
        problem = _problem(tag, value)
        if problem:
            faults.append(Fault(tag, problem, value))
    faults += [Fault(tag, TagProblem.MISSING) for tag in _REQUIRED if tag not in values]
    return tuple(faults)


def _problem(tag: str, value: str) -> TagProblem | None:
    if not value.strip():
        return TagProblem.EMPTY
    if tag in _FIXED:
        return None if value == _FIXED[tag] else TagProblem.WRONG_VALUE
    if len(value) > _LONGEST.get(tag, len(value)):
        return TagProblem.TOO_LONG
    match tag:
        case "R":
            return _account_problem(value)
        case "I":
            amount = _AMOUNT.fullmatch(value)
            has_value = amount is not None and value.strip("RSD0,") != ""
            return None if has_value else TagProblem.WRONG_VALUE
        case "SF":
            return None if _CODE.fullmatch(value) else TagProblem.WRONG_VALUE
        case "RO":
            return _reference_problem(value)
        case _:
            return _words_problem(tag, value)


def _account_problem(value: str) -> TagProblem | None:
    if not _ACCOUNT.fullmatch(value):
        return TagProblem.WRONG_VALUE
    try:
        bank_account.validate(value)
    except bank_account.BankAccountMistyped:
        return TagProblem.CHECK_DIGITS
    return None


def _reference_problem(value: str) -> TagProblem | None:
    match = _REFERENCE.fullmatch(value)
    if match is None:
        return TagProblem.WRONG_VALUE
    if match[1] != payment_reference.MODEL:
        return None
    if "-" in match[2]:
        return TagProblem.WRONG_VALUE
    try:
        payment_reference.validate(match[2])
    except payment_reference.ReferenceMistyped:
        return TagProblem.CHECK_DIGITS
    except payment_reference.NotAReference:
        return TagProblem.WRONG_VALUE
    return None


def _words_problem(tag: str, value: str) -> TagProblem | None:
    lines = value.split("\r\n")
    if len(lines) > _MOST_LINES[tag]:
        return TagProblem.TOO_MANY_LINES
    if any(_NOT_ALLOWED.search(line) for line in lines):
        return TagProblem.CHARACTERS
    return None
