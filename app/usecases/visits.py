"""Visits: an account is opened for a purpose, and a caller is verified before debt is disclosed.

Results of actions are plain JSON, because they are kept under the action's key
and must come back the same when the action is sent twice.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict

from sqlalchemy.orm import Session

from app.domain.errors import Refused
from app.domain.visits import Channel, Purpose
from app.usecases.accounts import NoSuchAccount
from db import errors
from db.errors import Facts, RuleBroken
from db.queries import visits as queries


class Claim(StrEnum):
    """A datum a caller can be verified by: two of them must agree, and none be wrong.

    ``IDENT``, ``NAME`` and ``ADDRESS`` led to the account and stand on the screen: they are
    attested at the desk (true or false) and count as one together.  All others are what the
    caller said, compared in the database, and on no screen before that.
    """

    IDENT = "ident"
    NAME = "name"
    ADDRESS = "address"
    JMBG_LAST4 = "jmbg_last4"
    PHONE = "phone"
    EMAIL = "email"
    PAYMENT = "payment"
    BILL_AMOUNT = "bill_amount"

    @property
    def is_attested(self) -> bool:
        """Whether it counts on the word of whoever serves the caller."""
        return self in (Claim.IDENT, Claim.NAME, Claim.ADDRESS)


@dataclass(frozen=True, slots=True)
class SaidPayment:
    """What a caller says of the last payment: how much, and when; three days early is near enough."""

    amount: Decimal
    day: date


Said = bool | str | Decimal | SaidPayment
"""What a claim says: an attestation, words as they were spoken, an amount, or a payment."""


def is_enough(claims: Iterable[Claim]) -> bool:
    """Tell whether these claims can verify a caller if all are right.

    >>> is_enough([Claim.NAME, Claim.ADDRESS]), is_enough([Claim.NAME, Claim.EMAIL])
    (False, True)
    """
    asked = set(claims)
    compared = sum(not claim.is_attested for claim in asked)
    return compared + any(claim.is_attested for claim in asked) >= 2


class NotServing(RuleBroken):
    """The signed-in person's role does not serve customers."""


class VisitNotOpen(RuleBroken):
    """The account must be opened first; a visit also ends by itself after twelve hours."""


class TooManyAttempts(RuleBroken):
    """Five tries to verify a caller failed within the hour, or ten of anybody's on this account in a day."""


class ClaimUnknown(RuleBroken):
    """That datum is not on file, so a caller cannot be verified by it."""


class TooFewClaims(Refused):
    """Two data at least must be asked of a caller, and one that is not on the screen."""

    field = "claims"


class ReasonMissing(RuleBroken):
    """Revealing a personal number asks for a reason."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "reason"


def _no_such_account(facts: Facts) -> Refused:
    return NoSuchAccount(int(facts.detail["ident"]))


errors.register("not_serving", NotServing)
errors.register("account_unknown", _no_such_account)
errors.register("visit_not_open", VisitNotOpen)
errors.register("too_many_attempts", TooManyAttempts)
errors.register("claim_unknown", ClaimUnknown)
errors.register("reason_missing", ReasonMissing)


class Visit(TypedDict):
    """A visit held; ``must_verify`` says that nothing is disclosed before ``is_verified``."""

    visit_id: int
    is_verified: bool
    must_verify: bool


class Verification(TypedDict):
    """The outcome of a try: which claims agreed, and how many more failures are allowed this hour."""

    passed: bool
    checks: dict[str, bool]
    attempts_left: int


def verification_choices(session: Session, *, ident: int) -> tuple[Claim, ...]:
    """Tell by which data the caller can be verified: what is not on file cannot be asked.

    Where all of them are attested nothing verifies a caller by telephone.

    Raises: VisitNotOpen.
    """
    return tuple(Claim(choice) for choice in queries.verification_choices(session, ident=ident))


def usual_purpose(channel: Channel) -> Purpose:
    """Return what an account is opened for when a customer comes that way: a call, or service."""
    return Purpose.CALL if channel is Channel.PHONE else Purpose.SERVICE


def open_account(session: Session, *, ident: int, purpose: Purpose, channel: Channel) -> Visit:
    """Open an account: from here on the person's reading of it is on record.

    Opening it again returns the visit held.  Raises: NotServing, NoSuchAccount.
    """
    row = queries.open_visit(session, ident=ident, purpose=purpose.value, channel=channel.value)
    return Visit(visit_id=row.visit_id, is_verified=row.is_verified, must_verify=row.must_verify)


def close_account(session: Session, *, ident: int) -> None:
    """End the visit; the account's rows are hidden again.  Nothing happens when none is held."""
    queries.close_visit(session, ident=ident)


def open_visits(session: Session, *, idents: Collection[int], purpose: Purpose) -> None:
    """Open several accounts at the counter; their rows can be read from the next transaction on.

    Raises: NotServing, AccountUnknown.
    """
    for ident in idents:
        open_account(session, ident=ident, purpose=purpose, channel=Channel.COUNTER)


def close_visits(session: Session, *, idents: Collection[int]) -> None:
    """End the visits to several accounts, those that are held."""
    for ident in idents:
        close_account(session, ident=ident)


def verify_caller(session: Session, *, ident: int, claims: Mapping[Claim, Said]) -> Verification:
    """Try to verify the caller by at least two claims; the try is on record either way.

    A failed try is a result, not an error, so that its record is committed.

    Raises: TooFewClaims, VisitNotOpen, TooManyAttempts, ClaimUnknown.
    """
    if not is_enough(claims):
        raise TooFewClaims
    plain = {claim.value: _plain(said) for claim, said in claims.items()}
    outcome = queries.verify_caller(session, ident=ident, claims=plain)
    return Verification(
        passed=outcome["passed"], checks=outcome["checks"], attempts_left=outcome["attempts_left"]
    )


def _plain(said: Said) -> object:
    match said:
        case SaidPayment(amount, day):
            return {"amount": str(amount), "day": day.isoformat()}
        case Decimal():
            return str(said)
        case str():
            return said.strip()
        case _:
            return said


def reveal_personal_number(session: Session, *, ident: int, valid_from: date, reason: str) -> None:
    """Put on record that the JMBG of the holder since ``valid_from`` will be looked at, and why.

    For five minutes after that ``revealed_personal_number`` answers.  They are two,
    because what is shown by the transaction that logs it could be seen and rolled back.

    Raises: VisitNotOpen, ReasonMissing.
    """
    queries.reveal_personal_number(session, ident=ident, valid_from=valid_from, reason=reason)


def revealed_personal_number(session: Session, *, ident: int, valid_from: date) -> str | None:
    """Return the JMBG that was put on record to be looked at, or None where there is none.

    Raises: VisitNotOpen, MustBeRecorded.
    """
    return queries.revealed_personal_number(session, ident=ident, valid_from=valid_from)
