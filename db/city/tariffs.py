"""The code lists a bill is computed from, read once and handed to everybody who computes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Connection, TextClause, text

from app.domain.bills import discount_until, due_on, issued_on
from app.domain.charges import ALL_YEAR, Basis, PriceList, Tariff, season_months
from app.domain.interest import Rate, RateTable
from app.domain.payments import Rules
from app.domain.payments.rules import NAMES
from app.domain.period import Period
from app.domain.plans import INTEREST_ON_PAID, InterestOnPaid
from app.domain.premises import PremisesKind
from app.domain.validity import Dated, value_on
from db.city.rows import partition

_ONE = Decimal(1)

_SERVICES = text("""
SELECT s.id, s.code, p.code AS provider, s.unit, s.basis, s.premises_kinds, s.season_from, s.season_to
FROM service s JOIN provider p ON p.id = s.provider_id ORDER BY s.position, s.id
""")
_PRICES = text("SELECT service_id, valid_from, valid_to, amount FROM price ORDER BY service_id, valid_from")
_VAT_RATES = text(
    "SELECT service_id, valid_from, valid_to, percent AS amount FROM vat_rate ORDER BY service_id, valid_from"
)
_SETTINGS = text("""
SELECT name, valid_from, value #>> '{}' AS value FROM setting WHERE name = ANY (:names) ORDER BY valid_from
""")


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """A service of the code list."""

    id: int
    code: str
    provider: str
    unit: str
    basis: Basis
    kinds: frozenset[PremisesKind]
    season: frozenset[int]


@dataclass(frozen=True, slots=True)
class CodeLists:
    """Services with their prices and VAT through time, statutory rates, payment rules, holidays, places."""

    services: tuple[ServiceEntry, ...]
    prices: Mapping[int, Sequence[Dated[Decimal]]]
    vat_rates: Mapping[int, Sequence[Dated[Decimal]]]
    rates: tuple[Rate, ...]
    payment_rules: tuple[Dated[Rules], ...]
    """How payments are set against debts."""

    interest_on_paid: tuple[Dated[InterestOnPaid], ...]
    """What becomes of interest on principal that was paid under a plan that was broken."""

    holidays: frozenset[date]
    settlements: Mapping[str, int]

    def tariffs(self, period: Period) -> tuple[Tariff, ...]:
        """List what is charged in a month: a service with a price, or one its provider calculates."""
        found = []
        for service in self.services:
            price = value_on(self.prices.get(service.id, ()), day=period.last_day, default=None)
            if price is None and service.basis is Basis.PROVIDER:
                price = _ONE
            vat = value_on(self.vat_rates.get(service.id, ()), day=period.last_day, default=None)
            if price is not None and vat is not None:
                found.append(
                    Tariff(
                        service.code,
                        service.provider,
                        service.basis,
                        service.unit,
                        price,
                        vat,
                        service.kinds,
                        service.season,
                    )
                )
        return tuple(found)


def read(connection: Connection) -> CodeLists:
    """Read the code lists of a database."""
    services = tuple(
        ServiceEntry(
            row.id,
            row.code,
            row.provider,
            row.unit,
            Basis(row.basis),
            frozenset(PremisesKind(kind) for kind in row.premises_kinds),
            season_months(row.season_from, last=row.season_to) if row.season_from else ALL_YEAR,
        )
        for row in connection.execute(_SERVICES)
    )
    holidays = connection.execute(text("SELECT value FROM setting WHERE name = 'holidays'"))
    rates = connection.execute(text("SELECT valid_from, percent FROM statutory_rate ORDER BY valid_from"))
    settlements = connection.execute(text("SELECT name, id FROM settlement ORDER BY id"))
    return CodeLists(
        services,
        _dated(connection, _PRICES),
        _dated(connection, _VAT_RATES),
        tuple((row.valid_from, row.percent) for row in rates),
        _payment_rules(connection),
        tuple(
            Dated(row.valid_from, None, InterestOnPaid(row.value))
            for row in connection.execute(_SETTINGS, {"names": [INTEREST_ON_PAID]})
        ),
        frozenset(date.fromisoformat(day) for days in holidays.scalars() for day in days),
        {row.name: row.id for row in settlements},
    )


def _dated(connection: Connection, query: TextClause) -> dict[int, list[Dated[Decimal]]]:
    found: dict[int, list[Dated[Decimal]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.service_id, []).append(Dated(row.valid_from, row.valid_to, row.amount))
    return found


def _payment_rules(connection: Connection) -> tuple[Dated[Rules], ...]:
    known: dict[str, str] = {}
    steps: dict[date, Rules] = {}
    for row in connection.execute(_SETTINGS, {"names": list(NAMES)}):
        known[row.name] = row.value
        steps[row.valid_from] = Rules.of(known)
    return tuple(Dated(valid_from, None, rules) for valid_from, rules in steps.items())


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the city: its prices and the dates of its bills."""

    period: Period
    ggmm: int
    prices: PriceList
    first_day: date
    last_day: date
    issued_on: date
    discount_until: date
    due_on: date
    bill_table: str
    line_table: str
    balance_table: str
    bill_dates: str
    """Issued, discount until and due, as COPY's text."""

    due_text: str
    index: int
    from_last: int
    """Its place among the city's months, counted from the first and from the last."""

    season: float
    """How much warm water is used compared with the year's mean."""


_WARM_WATER = (1.12, 1.10, 1.06, 1.0, 0.96, 0.9, 0.84, 0.82, 0.94, 1.02, 1.08, 1.14)


def _month(lists: CodeLists, period: Period, *, index: int, months: int) -> Month:
    issued, due = issued_on(period), due_on(period)
    until = discount_until(period, holidays=lists.holidays)
    ggmm = period.ggmm
    return Month(
        period,
        ggmm,
        PriceList(lists.tariffs(period), period=period),
        period.first_day,
        period.last_day,
        issued,
        until,
        due,
        partition("bill", ggmm),
        partition("bill_line", ggmm),
        partition("bill_balance", ggmm),
        f"{issued.isoformat()}\t{until.isoformat()}\t{due.isoformat()}",
        due.isoformat(),
        index,
        months - 1 - index,
        _WARM_WATER[period.month - 1],
    )


class Timeline:
    """The months of the city up to the one before ``today``, whose bill is the last."""

    def __init__(self, lists: CodeLists, *, months: int, today: date) -> None:
        self.today = today
        self.last_moment = today - timedelta(days=1)
        self.rates = RateTable(lists.rates)
        self.holidays = lists.holidays
        self._payment_rules = lists.payment_rules
        self._interest_on_paid = lists.interest_on_paid
        self._rules_by_day: dict[date, Rules] = {}
        self.first = Period.of(today).plus(-months)
        self.months = tuple(
            _month(lists, self.first.plus(step), index=step, months=months) for step in range(months)
        )

    def payment_rules(self, day: date) -> Rules:
        """Return how a payment of a day is set against debts."""
        found = self._rules_by_day.get(day)
        if found is None:
            found = self._rules_by_day[day] = value_on(self._payment_rules, day=day, default=Rules())
        return found

    def interest_on_paid(self, signed_on: date) -> InterestOnPaid:
        """Return what contracts of a day say of interest on principal that is paid under them."""
        return value_on(self._interest_on_paid, day=signed_on, default=InterestOnPaid.STAYS)
