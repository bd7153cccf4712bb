"""One account's money through time: bills issued by the one engine, payments booked to their month.

The ledger knows what the database's own triggers would know, and writes it as
rows; ``salter-db check`` proves the two equal.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from app.domain import payment_reference
from app.domain.account_number import to_text
from app.domain.bills import (
    Bill,
    LatePrincipal,
    compose_bill,
    has_open_debt,
    late_interest,
    payable,
    streak_after,
)
from app.domain.charges import Charge, ChargedPremises, Usage
from app.domain.money import ZERO
from app.domain.notices import MonthClaim, claim, claimable
from app.domain.payment_reference import Reference
from app.domain.payments import Allocation, PaymentChannel, allocate
from app.domain.period import Period
from app.domain.subsidies import is_earned
from db.city.debts import Case, Debt, PlanRecord
from db.city.rows import NULL, Rows
from db.city.tariffs import Month, Timeline

IDS_OF_AN_ACCOUNT = 1000
"""Keys of payments, notices and so on are the ident times this, plus a number: workers need not agree."""

_ONE_DAY = timedelta(days=1)
_MOST_KNOWN_LINES = 400_000
_MONTH_ALONE = f"\t{NULL}\t{NULL}\t{NULL}"


class LineTexts:
    """What a charge reads in COPY's text, made once for each of the charges that bills share."""

    def __init__(self, service_ids: dict[str, int]) -> None:
        self._service_ids = service_ids
        self._known: dict[int, str] = {}
        self._kept: list[Charge] = []

    def write(self, lines: list[str], head: str, charges: Sequence[Charge], *, shared: int) -> None:
        """Append the lines of a bill; the first ``shared`` charges are out of a price list and remembered."""
        known = self._known
        for number, charge in enumerate(charges, 1):
            if number > shared:
                lines.append(f"{head}{number}\t{self._text(charge)}")
                continue
            # by identity, and kept so that it stays one: hashing nine fields takes longer than writing them
            text = known.get(id(charge))
            lines.append(f"{head}{number}\t{text or self._remember(charge)}")

    def _remember(self, charge: Charge) -> str:
        if len(self._kept) > _MOST_KNOWN_LINES:
            self._known.clear()
            self._kept.clear()
        self._kept.append(charge)
        text = self._known[id(charge)] = self._text(charge)
        return text

    def _text(self, charge: Charge) -> str:
        """Return service, quantity, price, VAT percent, VAT and amount."""
        return (
            f"{self._service_ids[charge.service]}\t{charge.quantity!s}\t{charge.price!s}\t"
            f"{charge.vat_percent!s}\t{charge.vat!s}\t{charge.amount!s}\n"
        )


class Ledger:
    """The bills and payments of one account."""

    def __init__(self, ident: int, *, rows: Rows, timeline: Timeline, line_texts: LineTexts) -> None:
        self.ident = ident
        self.rows = rows
        self.timeline = timeline
        self.owed: dict[int, Debt] = {}
        self.overpaid = ZERO
        self.streak = 0
        self.plans: dict[int, PlanRecord] = {}
        """The plan in force, if there is one."""

        self.cases: dict[int, Case] = {}
        """The cases that have not ended."""

        self.left: list[Debt] = []
        """Months of which a plan that ended left interest that is on no bill yet, paid off or not."""

        self._line_texts = line_texts
        self._issued: list[tuple[Month, Decimal]] = []
        self._delays: list[LatePrincipal] = []
        self._settled_on: dict[int, date] = {}
        self._next_id = ident * IDS_OF_AN_ACCOUNT

    def new_id(self) -> int:
        """Return a key no other row of the city has."""
        self._next_id += 1
        return self._next_id

    @property
    def issued_months(self) -> list[Month]:
        """The months billed, in order."""
        return [month for month, _ in self._issued]

    # -- bills -------------------------------------------------------------------------------------

    def issue(
        self, month: Month, *, premises: ChargedPremises, usage: Usage, subsidy_percent: Decimal
    ) -> Debt:
        """Issue the bill of a month; nothing is due twice and no interest is asked twice."""
        unsued = sued = ZERO
        if self.owed:
            eve = month.issued_on - _ONE_DAY
            for debt in self.owed.values():
                if debt.case_id:
                    sued += debt.open
                elif not debt.plan_id:
                    unsued += debt.open
                    self._book_delay(debt, eve)
        interest = late_interest(self._delays, rates=self.timeline.rates) if self._delays else ZERO
        self._delays.clear()
        if self.left:
            interest += self._take_up_left()
        charges = month.prices.charge(premises, usage=usage)
        bill = compose_bill(
            self.ident,
            period=month.period,
            charges=charges,
            subsidy_percent=subsidy_percent if self._earns_subsidy(month) else ZERO,
            interest=interest,
            streak=self._new_streak(),
            has_open_debt=self._has_open_debt(month),
            holidays=self.timeline.holidays,
        )
        self.streak = bill.streak
        self._write(month, bill, len(charges), premises, unsued, sued)
        debt = Debt(
            month,
            bill.charged,
            bill.principal,
            bill.charged,
            bill.discount,
            bill.discount_until,
            bill.due_on,
            bill.due_on,
        )
        self._issued.append((month, bill.charged))
        if bill.charged:
            self.owed[month.ggmm] = debt
        return debt

    def _book_delay(self, debt: Debt, until: date) -> None:
        if until > debt.accrued_until:
            self._delays.append(
                LatePrincipal(debt.month.period, debt.open_principal, debt.accrued_until, until)
            )
            debt.accrued_until = until

    def _take_up_left(self) -> Decimal:
        """Take onto the next bill what ended plans left of months that nobody claims."""
        taken = [debt for debt in self.left if not debt.is_claimed]
        interest = sum((debt.acknowledged for debt in taken), ZERO)
        for debt in taken:
            debt.acknowledged = ZERO
        self.left = [debt for debt in self.left if debt.is_claimed]
        return interest

    def _has_open_debt(self, month: Month) -> bool:
        return has_open_debt(
            in_plan=any(debt.plan_id for debt in self.owed.values()),
            elsewhere=any(not debt.plan_id for debt in self.owed.values()),
            counted=self.timeline.payment_rules(month.issued_on).debt_counted,
        )

    def _earns_subsidy(self, month: Month) -> bool:
        if not self._issued:
            return True
        before, charged = self._issued[-1]
        if not charged:
            return True  # nothing was asked for, so nothing was late
        return is_earned(month.period, previous_settled_on=self._settled_on.get(before.ggmm))

    def _new_streak(self) -> int:
        if not self._issued:
            return 0
        month = self._issued[-1][0]
        return streak_after(
            self.streak,
            settled_on=self._settled_on.pop(month.ggmm, None),
            discount_until=month.discount_until,
        )

    def _write(
        self,
        month: Month,
        bill: Bill,
        shared_lines: int,
        premises: ChargedPremises,
        unsued: Decimal,
        sued: Decimal,
    ) -> None:
        head = f"{self.ident}\t{month.ggmm}\t1\t"
        self.rows.of(month.bill_table).append(
            f"{head}{month.bill_dates}\t{bill.charged!s}\t{bill.interest!s}\t{bill.discount_percent!s}\t"
            f"{bill.discount!s}\t{bill.streak}\t{premises.kind!s}\t{premises.area!s}\t"
            f"{premises.heated_area!s}\t{premises.members}\t{premises.method!s}\t{unsued!s}\t{sued!s}\t"
            f"{self.plan_open!s}\t{self.overpaid!s}\t\n"
        )
        self._line_texts.write(self.rows.of(month.line_table), head, bill.lines, shared=shared_lines)

    # -- payments ----------------------------------------------------------------------------------

    def pay(
        self,
        month: Month,
        *,
        day: date,
        amount: Decimal | None,
        channel: PaymentChannel,
        with_reference: bool,
    ) -> None:
        """Receive a payment for a month; a clerk finds the month of one without a reference.

        ``amount`` None pays what the bill asks for on that day, if it asks for anything.
        """
        if amount is None:
            debt = self.owed.get(month.ggmm)
            if debt is None:
                return
            earned_by = self.timeline.payment_rules(day).earned_by
            amount = payable(debt, open_amount=debt.open, today=day, earned_by=earned_by)
        named = Reference(self.ident, month.period)
        self.receive(day, amount=amount, channel=channel, named=named, with_reference=with_reference)

    def receive(
        self,
        day: date,
        *,
        amount: Decimal,
        channel: PaymentChannel,
        named: Reference,
        with_reference: bool = True,
    ) -> None:
        """Receive a payment and set it against what it names."""
        reference = ""
        if with_reference:
            reference = payment_reference.compose(
                self.ident, period=named.period, kind=named.kind, instalment=named.instalment
            )
        payment_id = self._write_payment(day, amount, channel, reference)
        rules = self.timeline.payment_rules(day)
        booking = allocate(amount, received_on=day, named=named, debts=self, rules=rules)
        self._settle(payment_id, booking.parts, day)
        self.overpaid += booking.overpaid
        if booking.credited is not None:
            self.credit(booking.credited, day=day, payer="popust")

    def credit(self, part: Allocation, *, day: date, payer: str) -> None:
        """Settle a debt without money."""
        payment_id = self._write_payment(day, part.amount, PaymentChannel.CREDIT, "", payer)
        self._settle(payment_id, (part,), day)

    def give_back(self, amount: Decimal, *, day: date, payer: str) -> None:
        """Leave what was paid twice with the account."""
        self._write_payment(day, amount, PaymentChannel.CREDIT, "", payer)
        self.overpaid += amount

    def _write_payment(
        self, day: date, amount: Decimal, channel: PaymentChannel, reference: str, payer: str = ""
    ) -> int:
        payment_id = self.new_id()
        written = day.isoformat()
        bank_line = ""
        if channel not in (PaymentChannel.CREDIT, PaymentChannel.COUNTER):
            bank_line = f"{written}/{payment_id % IDS_OF_AN_ACCOUNT}"
        self.rows.of("payment").append(
            f"{self.ident}\t{payment_id}\t{written}\t{written} 18:30:00+01\t{amount!s}\t{channel!s}\t"
            f"{reference}\t{payer}\t{bank_line}\n"
        )
        return payment_id

    def _settle(self, payment_id: int, parts: Sequence[Allocation], day: date) -> None:
        lines = self.rows.of("allocation")
        for number, part in enumerate(parts, 1):
            if part.period is not None:
                debt = self.owed[part.period.ggmm]
                self._settle_month(debt, part.amount, day)
                target = f"{debt.month.ggmm}{_MONTH_ALONE}"
            elif part.plan_id is not None and part.instalment is not None:
                self.plans[part.plan_id].instalments[part.instalment - 1].paid += part.amount
                target = f"{NULL}\t{part.plan_id}\t{part.instalment}\t{NULL}"
            elif part.case_id is not None:
                self.cases[part.case_id].paid_costs += part.amount
                target = f"{NULL}\t{NULL}\t{NULL}\t{part.case_id}"
            lines.append(f"{self.ident}\t{payment_id}\t{number}\t{target}\t{part.amount!s}\n")

    def _settle_month(self, debt: Debt, amount: Decimal, day: date) -> None:
        if day > debt.due_on and not debt.is_claimed:
            self._book_delay(debt, day)
        debt.was_paid_late = debt.was_paid_late or day > debt.discount_until
        debt.open -= amount
        if not debt.open:
            del self.owed[debt.month.ggmm]
            self._settled_on[debt.month.ggmm] = day

    # -- what payments find ------------------------------------------------------------------------

    def month(self, period: Period, /) -> Debt | None:
        """Return what is open of a month."""
        return self.owed.get(period.ggmm)

    def plan(self, signed_in: Period, /) -> PlanRecord | None:
        """Return the plan in force if it was signed in that month."""
        return next((one for one in self.plans.values() if Period.of(one.signed_on) == signed_in), None)

    def case(self, first: Period, /) -> Case | None:
        """Return the case that has not ended and whose first month that is."""
        return next((one for one in self.cases.values() if one.first == first), None)

    def unsued(self) -> list[Debt]:
        """List the months that no case and no plan has."""
        return [debt for debt in self.owed.values() if not debt.is_claimed]

    @property
    def plan_open(self) -> Decimal:
        """What is open of the plan in force."""
        return sum((plan.open for plan in self.plans.values()), ZERO) if self.plans else ZERO

    def claims(self, debts: Sequence[Debt], *, on: date) -> tuple[MonthClaim, ...]:
        """Say what is claimed of months on a day, as any notice says it."""
        return claim(debts, on=on, rates=self.timeline.rates)

    def overdue(self, day: date) -> list[Debt]:
        """List the months overdue on a day that no case and no plan has taken up."""
        return list(claimable(self.owed.values(), today=day))

    # -- what is left ------------------------------------------------------------------------------

    def write_balances(self, stages: dict[int, str]) -> None:
        """Write what is paid and open; ``stages`` names the months that are sued or in a plan."""
        current = unsued = sued = ZERO
        latest = self._issued[-1][0].ggmm if self._issued else None
        for month, charged in self._issued:
            debt = self.owed.get(month.ggmm)
            stage = stages.get(month.ggmm, "unsued") if stages else "unsued"
            paid = charged
            if debt is not None:
                paid = charged - debt.open
                if stage == "sued":
                    sued += debt.open
                elif stage == "unsued" and month.ggmm == latest:
                    current += debt.open
                elif stage == "unsued":
                    unsued += debt.open
            self.rows.of(month.balance_table).append(
                f"{self.ident}\t{month.ggmm}\t1\t{month.due_text}\t{charged!s}\t{paid!s}\t{stage}\n"
            )
        self.rows.add(
            "account_balance", self.ident, current, unsued, sued, self.plan_open, self.overpaid, latest
        )

    def number(self, letters: str, *, day: date) -> str:
        """Return a number of a paper: letters, the year, and the account."""
        return f"{letters}-{day.year}/{to_text(self.ident)}"
