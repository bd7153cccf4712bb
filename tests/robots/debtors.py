"""Debtors of other times: accounts with debts from before the city's bills, and the days that pass for them.

What a bank, a court and the night do to an account; the clerk does the rest in the window.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.domain.period import Period
from db import checks, monitoring
from tests.conftest import Database
from tests.invented_day import invent_day, keep_years
from tests.usecases.conftest import Town

SINCE = 2013
_OPENED = date(2005, 1, 1)


class Debtors:
    """Puts people who owe into a city, lets days pass, and books what the bank brings."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._doors = 0
        with self._town() as town:
            keep_years(town.run, since=SINCE)

    @contextmanager
    def _town(self) -> Iterator[Town]:
        url = self.database.url.replace("postgresql://", "postgresql+psycopg://", 1)
        engine = create_engine(url, poolclass=NullPool)
        try:
            with engine.begin() as connection:
                yield Town(connection)
        finally:
            engine.dispose()

    # people and debts ----------------------------------------------------------------------------

    def lives(self, ident: str, first_name: str, last_name: str, *, jmbg: str | None = None) -> None:
        """Open an account of long ago, with a flat and its holder."""
        with self._town() as town:
            self._opens(town, int(ident))
            town.insert(
                "holder",
                ident=int(ident),
                valid_from=_OPENED,
                kind="natural",
                first_name=first_name,
                last_name=last_name,
                jmbg=jmbg,
            )

    def trades(self, ident: str, business_name: str, *, company_number: str) -> None:
        """Open an account of long ago, whose holder was an entrepreneur."""
        with self._town() as town:
            self._opens(town, int(ident))
            town.insert(
                "holder",
                ident=int(ident),
                valid_from=_OPENED,
                kind="legal",
                business_name=business_name,
                company_number=company_number,
            )

    def _opens(self, town: Town, ident: int) -> None:
        self._doors += 1
        town.insert("account", ident=ident, opened_on=_OPENED)
        building = town.run("SELECT min(id) FROM building").scalar_one()
        town.insert(
            "premises", ident=ident, building_id=building, entrance="", floor="V", door=f"{900 + self._doors}"
        )
        town.insert(
            "premises_state",
            ident=ident,
            valid_from=_OPENED,
            kind="flat",
            area=Decimal("54.30"),
            heated_area=Decimal("52.10"),
            members=3,
            charging_method="area",
            is_water_metered=False,
            has_hot_water=True,
            has_waste=True,
            is_rented_from_city=False,
        )
        town.insert("delivery", ident=ident, by_email=False, on_paper=True)

    def owes(self, ident: str, first: str, last: str, amount: str, *, interest: str = "0") -> list[Period]:
        """Issue bills of so much from a month to a month, and return the months."""
        since = Period.parse(first)
        months = [since.plus(step) for step in range(Period.parse(last).months_since(since) + 1)]
        lines = [("cold_water", "1", amount)]
        if Decimal(interest):
            lines.append(("interest", "1", interest))
        with self._town() as town:
            for month in months:
                town.bill(int(ident), month, lines)
        return months

    def is_sued(
        self, ident: str, months: Sequence[Period], *, costs: str, on: date, state: str = "final"
    ) -> None:
        """Open an enforcement case over months."""
        with self._town() as town:
            case = town.run(
                "INSERT INTO enforcement_case (ident, internal_number, case_number, state, principal,"
                " interest, interest_until, creditor_costs, bailiff_costs, filed_on, bailiff_id)"
                " SELECT :ident, :internal, :number, :state, 0, 0, :day, :costs, 0, :day, min(id)"
                " FROM bailiff RETURNING id",
                ident=int(ident),
                internal=f"P-{ident}",
                number=f"I.Iv {int(ident) % 1000}/{on.year}",
                state=state,
                day=on,
                costs=Decimal(costs),
            ).scalar_one()
            for month in months:
                town.insert(
                    "enforcement_item", ident=int(ident), case_id=case, ggmm=month.ggmm, principal=Decimal(1)
                )

    # time and money ------------------------------------------------------------------------------

    def wake_on(self, day: date) -> None:
        """Let it be this day at the office for whoever signs in from now on."""
        with self._town() as town:
            invent_day(town.run, day)

    def bring(self, ident: str, amount: Decimal | str, *, reference: str, on: date) -> None:
        """Let the bank bring money for what its reference names."""
        with self._town() as town:
            town.receive(int(ident), str(amount), on=on, reference=reference)

    def night_of(self, day: date) -> dict[str, int]:
        """Let it be this day, and follow all plans as the nightly round does; return what it counted."""
        self.wake_on(day)
        with psycopg.connect(self.database.url, autocommit=True) as owner:
            return dict(monitoring.follow_plans(owner, day=None))

    def troubles(self) -> list[str]:
        """Return what does not reconcile in the whole city."""
        with self._town() as town:
            return [str(found) for found in checks.found_in(town.connection, only=checks.names())]
