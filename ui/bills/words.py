"""Short words of the bills section, made when they are asked for."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.documents.slip import PaymentSlip
from app.domain import bank_account, payment_reference
from app.domain.enforcement import CaseState
from app.domain.notices import NoticeState
from app.domain.payments import PaymentChannel
from app.domain.period import Period
from app.domain.plans import PlanState
from app.usecases.bills import BillDetail, BillLink, LinkKind
from ui.words import states, text
from ui.words.tones import Tone

_STATES = {
    LinkKind.PAYMENT: PaymentChannel,
    LinkKind.NOTICE: NoticeState,
    LinkKind.CASE: CaseState,
    LinkKind.PLAN: PlanState,
}


def signed(amount: Decimal) -> str:
    """Return an amount that always shows its sign: ``+160,54``."""
    return f"+{text.money(amount)}" if amount > 0 else text.money(amount)


def together() -> str:
    """Name a sum."""
    return QCoreApplication.translate("bills", "Together")


def charged(period: Period) -> str:
    """Name the sum of a bill."""
    return QCoreApplication.translate("bills", "Charged for {0}").format(text.period(period))


def paid_in_time(until: date) -> str:
    """Name the discounted amount."""
    return QCoreApplication.translate("bills", "To pay by {0}").format(text.day(until))


def paid_later(due_on: date) -> str:
    """Name the amount after the discount date."""
    return QCoreApplication.translate("bills", "To pay after that, by {0}").format(text.day(due_on))


def charged_from_to(before: Decimal, after: Decimal) -> str:
    """Say how the sum of the lines changed."""
    sentence = QCoreApplication.translate("bills", "Charged: {0} → {1}")
    return sentence.format(text.money(before), text.money(after))


def in_time_from_to(before: Decimal, after: Decimal) -> str:
    """Say how what is to be paid in time changed."""
    sentence = QCoreApplication.translate("bills", "To pay in time: {0} → {1}")
    return sentence.format(text.money(before), text.money(after))


def phone(number: str) -> str:
    """Say where a provider is reached, for complaints."""
    return QCoreApplication.translate("bills", "Phone {0}").format(number)


def version(number: int) -> str:
    """Name a version of a bill."""
    return QCoreApplication.translate("bills", "version {0}").format(number)


def premises(bill: BillDetail) -> str:
    """Say in a line what the bill was charged for."""
    parts = [f"{states.word(bill.premises_kind)} {text.quantity(bill.area)} m²"]
    if bill.heated_area:
        heated = QCoreApplication.translate("bills", "heated {0} m²")
        parts.append(heated.format(text.quantity(bill.heated_area)))
    members = bill.members
    if members:
        parts.append(QCoreApplication.translate("bills", "%n member(s)", "", members))
    parts.append(states.word(bill.charging_method))
    return " · ".join(parts)


def payment_data(slip: PaymentSlip) -> str:
    """Return what a payer writes on a slip, a line each, in Serbian as on the slip itself."""
    lines = [
        ("Platilac", ", ".join(slip.payer)),
        ("Svrha uplate", slip.purpose),
        ("Primalac", ", ".join(slip.payee)),
        ("Šifra plaćanja", slip.payment_code),
        ("Iznos", text.money_rsd(slip.amount)),
        ("Račun primaoca", bank_account.dashed(slip.account)),
        ("Model i poziv na broj", f"{slip.model} {payment_reference.compact(slip.reference)}"),
    ]
    if slip.pay_until is not None:
        lines.append(("Iznos važi do", text.day(slip.pay_until)))
    return "\n".join(f"{name}: {value}" for name, value in lines)


def link_state(link: BillLink) -> str:
    """Return the state of what names a month; of a version its reason."""
    if link.kind is LinkKind.VERSION:
        return link.state or QCoreApplication.translate("bills", "as first issued")
    return states.word(_STATES[link.kind](link.state))


def link_tone(link: BillLink) -> Tone:
    """Return what the state of a link means at a glance."""
    if link.kind is LinkKind.VERSION:
        return Tone.INFO
    if link.kind is LinkKind.PAYMENT:
        return Tone.GOOD
    return states.tone(_STATES[link.kind](link.state))
