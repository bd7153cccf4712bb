"""One payer with bills of two years, and a neighbor who was never billed."""

from datetime import date
from decimal import Decimal

from app.domain.period import Period
from tests.usecases.conftest import ANA, NEW, Town

PAYER, NOBODY_BILLED = ANA, NEW
TODAY = date(2026, 7, 10)
"""Before the discount of June ends on the 15th."""

MARCH, APRIL, MAY, JUNE = (Period(2026, month) for month in (3, 4, 5, 6))
NOVEMBER, DECEMBER = Period(2025, 11), Period(2025, 12)

HEATING = ("heating", "52.10", "144.60")
WASTE = ("waste", "54.30", "5.61")


def water(cubic_meters: str, price: str = "59.46") -> tuple[str, str, str]:
    """Return a line of cold water."""
    return ("cold_water", cubic_meters, price)


def bill_everybody(town: Town) -> None:
    """December and March paid, April before a bailiff, May corrected and overdue, June current."""
    for period, lines, streak in (
        (NOVEMBER, [HEATING, water("9.000"), WASTE], 0),
        (DECEMBER, [HEATING, water("8.000"), WASTE], 1),
        (MARCH, [HEATING, water("7.250"), WASTE], 4),
    ):
        charged = str(town.bill(PAYER, period, lines, discount_percent="5", streak=streak))
        town.pay(PAYER, charged, on=period.next().first_day, against={period: charged})
    town.bill(PAYER, APRIL, [HEATING, water("7.250"), WASTE], discount_percent="5", streak=5)
    town.bill(PAYER, MAY, [HEATING, water("60.000"), WASTE], discount_percent="0")
    town.bill(PAYER, MAY, [HEATING, water("6.000"), WASTE], version=2, reason="pogrešno očitavanje")
    town.bill(
        PAYER,
        JUNE,
        [water("15.000", "62.10"), WASTE, ("interest", "1", "103.52")],
        discount_percent="5",
        prior={"unsued": "500.00", "sued": "8269.37"},
    )
    case = town.run(
        "INSERT INTO enforcement_case (ident, internal_number, case_number, bailiff_id, state, principal,"
        " interest, interest_until, creditor_costs, bailiff_costs, filed_on) VALUES (:ident, 'U-1/2026',"
        " 'I.Iv 1234/2026', NULL, 'filed', 8269.37, 0, '2026-06-30', 1000, 2000, '2026-07-01') RETURNING id",
        ident=PAYER,
    ).scalar_one()
    town.insert("enforcement_item", ident=PAYER, case_id=case, ggmm=APRIL.ggmm, principal=Decimal("8269.37"))
