"""The words of rules the database keeps against everybody who writes."""

from app.domain.errors import SalterError
from db.refusals import (
    AlreadyThere,
    BrokenChain,
    ClaimedInAnotherCase,
    MonthInPlan,
    MoreThanIsKept,
    MoveForbidden,
    MustBeRecorded,
    PaymentAlreadyEntered,
    PlanInForce,
    RowImmutable,
    ValidityOverlaps,
    VisitAlreadyOpen,
)
from ui.words.errors import Says, told

ERRORS: dict[type[SalterError], Says] = {
    AlreadyThere: Says("It exists already. Choose another name or code."),
    BrokenChain: Says("The log was written to by somebody else at the same moment. Try again."),
    ClaimedInAnotherCase: Says("The bill is in another enforcement case already."),
    MonthInPlan: Says(
        "The month {month} is in the payment plan {number}: while that is in force, no case and no reminder"
        " claims it.",
        told("month", "number"),
    ),
    MoreThanIsKept: Says("This is more than can be kept. Make it shorter."),
    MoveForbidden: Says("This cannot be done from where it stands by now. Open the account again."),
    MustBeRecorded: Says("Looking this up must be recorded first. Open the account again."),
    PaymentAlreadyEntered: Says("This payment was entered already."),
    PlanInForce: Says("The account has a payment plan in force. A new one has to wait for its end."),
    RowImmutable: Says("What was issued or logged is never changed. Make a correction instead."),
    ValidityOverlaps: Says("Two entries would be in force on the same day. Check the dates."),
    VisitAlreadyOpen: Says("You have this account open already."),
}
