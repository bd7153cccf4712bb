"""A plan lived through: debts of a time, a programme of that time, and the days and money that come after.

The day is invented; money comes as from a bank, by its reference, and the plan is
followed by a supervisor.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.domain import payment_reference
from app.domain.payment_reference import ReferenceKind
from app.domain.period import Period
from app.domain.plans import InstalmentState, Offer, Payer
from app.usecases import plans
from app.usecases.accounts import SixSums
from app.usecases.plans import DebtorFields, Plan, PlanEvent, ProgrammeChoice
from tests.invented_day import invent_day, keep_years
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR, Town
from tests.usecases.planned import assert_sound, offered, office_day, sums_of

SINCE = 2013
"""The first year of bills here."""


@dataclass(slots=True)
class Life:
    """An account from before all programmes, and what becomes of its plan."""

    town: Town
    plan_id: int = 0

    def __post_init__(self) -> None:
        keep_years(self.town.run, since=SINCE)
        for statement in (
            "UPDATE account SET opened_on = '2005-01-01' WHERE ident = :ident",
            "UPDATE premises_state SET valid_from = '2005-01-01' WHERE ident = :ident",
            "UPDATE holder SET valid_from = '2005-01-01' WHERE ident = :ident AND valid_to IS NOT NULL",
        ):
            self.town.run(statement, ident=ANA)

    # time and money ------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return office_day(self.town)

    def goes_to(self, day: date) -> None:
        """Let it be a day, whatever it was."""
        invent_day(self.town.run, day)

    def owes(self, first: str, last: str, amount: str, *, interest: str = "0") -> list[Period]:
        """Issue bills of so much from a month to a month, and return the months."""
        period, end, periods = Period.parse(first), Period.parse(last), []
        while period <= end:
            lines = [("cold_water", "1", amount)]
            if Decimal(interest):
                lines.append(("interest", "1", interest))
            self.town.bill(ANA, period, lines)
            periods.append(period)
            period = period.next()
        return periods

    def brings(self, amount: Decimal, *, instalment: int) -> None:
        """Let the bank bring money for an instalment today, by its reference."""
        plan = self.plan
        reference = payment_reference.compose(
            ANA, period=Period.of(plan.signed_on), kind=ReferenceKind.PLAN, instalment=instalment
        )
        assert plan.instalments[instalment - 1].reference == reference
        self.town.receive(ANA, str(amount), on=self.today, reference=reference)

    def follows(self) -> plans.Followed:
        """Follow all plans for today as a supervisor, and prove that every sum reconciles."""
        with self.town.signed_in(SUPERVISOR) as session:
            done = plans.follow(session, day=self.today)
        assert_sound(self.town)
        return done

    def pays_on_time(self, *, up_to: int) -> None:
        """Pay the instalments still open up to one, each on its day, and follow the plan every time."""
        for one in self.plan.instalments[:up_to]:
            if one.state is not InstalmentState.PAID:
                self.goes_to(one.due_on)
                self.brings(one.open, instalment=one.number)
                self.follows()

    def waits_until_broken(self) -> date:
        """Pay nothing: on the eve of the day the plan is in arrears, and on the day it is broken."""
        day = self.plan.breaks_on
        assert day is not None
        self.goes_to(day - timedelta(days=1))
        self.follows()
        assert self.plan.state == "in_arrears"
        self.goes_to(day)
        self.follows()
        return day

    # what is seen --------------------------------------------------------------------------------

    def choices(self, payer: Payer = Payer.ORDINARY) -> tuple[ProgrammeChoice, ...]:
        """Return what may be signed today, and why not."""
        with self.town.visiting(CLERK, ANA) as session:
            return plans.programmes(session, ident=ANA, payer=payer, today=self.today).programmes

    def possible(self, payer: Payer = Payer.ORDINARY) -> ProgrammeChoice:
        """Return the one programme that may be signed today."""
        (choice,) = [one for one in self.choices(payer) if one.obstacle is None]
        return choice

    @property
    def plan(self) -> Plan:
        with self.town.visiting(CLERK, ANA) as session:
            plan = plans.plan_of(session, ident=ANA, plan_id=self.plan_id, today=self.today)
        assert plan is not None
        return plan

    @property
    def sums(self) -> SixSums:
        with self.town.visiting(CLERK, ANA) as session:
            return sums_of(session, self.today)

    @property
    def debt(self) -> plans.Debt:
        with self.town.visiting(CLERK, ANA) as session:
            return plans.debt_of(session, ident=ANA, today=self.today)

    @property
    def history(self) -> Sequence[PlanEvent]:
        with self.town.visiting(CLERK, ANA) as session:
            return plans.history(session, ident=ANA, plan_id=self.plan_id)

    # signing -------------------------------------------------------------------------------------

    def signs(self, count: int, *, payer: Payer = Payer.ORDINARY, months: Collection[Period] = ()) -> Offer:
        """Sign what is possible today over all it takes in, or some months; return the offer shown."""
        choice = self.possible(payer)
        chosen = [period for period in choice.coverable if not months or period in months]
        version = (choice.programme.programme_id, choice.programme.version)
        with self.town.visiting(CLERK, ANA) as session:
            shown = offered(
                session, today=self.today, version=version, count=count, payer=payer, months=chosen
            )
            signed = plans.register(
                session,
                ident=ANA,
                programme_id=version[0],
                version=version[1],
                months=plans.debt_of(session, ident=ANA, today=self.today).of(chosen),
                offer=shown,
                debtor=DebtorFields(name="Petrović Petar", id_card="001234567"),
            )
        self.plan_id = signed["plan_id"]
        assert_sound(self.town)
        return shown

    def certifies(self, number: str = "UOP: 1-2020") -> None:
        """Bring the contract back from the notary today."""
        with self.town.visiting(CLERK, ANA) as session:
            plans.certify(
                session, ident=ANA, plan_id=self.plan_id, uop_number=number, certified_on=self.today
            )
        assert_sound(self.town)


def in_2014(life: Life) -> None:
    """Seven months up to April 2014, and three that came later."""
    life.owes("09/2013", "03/2014", "3000.00")
    life.owes("04/2014", "07/2014", "500.00")
    life.goes_to(date(2014, 9, 15))
