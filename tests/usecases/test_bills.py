"""Bills as they are listed, read line by line, and explained."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from app.domain.bills import DifferenceKind
from app.domain.period import Period
from app.usecases import bills
from app.usecases.bills import BillState, LinkKind
from tests.usecases.conftest import ANA, CLERK, NEW, TODAY, nodes

MARCH, APRIL, MAY, JUNE = (Period(2026, month) for month in (3, 4, 5, 6))
WATER = ("cold_water", "7.250", "59.46")
WASTE = ("waste", "54.30", "5.61")
HEATING = ("heating", "52.10", "144.60")


@pytest.fixture
def billed(town):
    """March paid, April before a bailiff, May overdue and paid in part, June current with interest."""
    town.bill(ANA, MARCH, [HEATING, WATER, WASTE], discount_percent="5")
    town.bill(ANA, APRIL, [HEATING, WATER, WASTE], discount_percent="5", streak=1)
    town.bill(ANA, MAY, [("cold_water", "6.000", "59.46"), WASTE], discount_percent="0")
    town.bill(
        ANA,
        JUNE,
        [WATER, WASTE, ("interest", "1", "103.52")],
        discount_percent="5",
        prior={"unsued": "500.00", "sued": "8269.37"},
    )
    town.pay(ANA, "8269.37", on=date(2026, 4, 14), against={MARCH: "8269.37"})
    town.pay(ANA, "200.00", on=date(2026, 6, 20), against={MAY: "200.00"})
    case = town.run(
        "INSERT INTO enforcement_case (ident, internal_number, case_number, bailiff_id, state, principal,"
        " interest, interest_until, creditor_costs, bailiff_costs, filed_on) VALUES (:ident, 'U-1/2026',"
        " 'I.Iv 1234/2026', NULL, 'filed', 8269.37, 0, '2026-06-30', 1000, 2000, '2026-07-01') RETURNING id",
        ident=ANA,
    ).scalar_one()
    town.insert("enforcement_item", ident=ANA, case_id=case, ggmm=2604, principal=Decimal("8269.37"))
    return town


def page(session, **given):
    return bills.bill_page(session, ident=ANA, today=TODAY, **given)


def test_bills_are_listed_latest_first_and_each_says_how_it_stands(billed):
    with billed.visiting(CLERK, ANA) as session:
        rows = page(session).rows

    assert [(row.period, row.state) for row in rows] == [
        (JUNE, BillState.CURRENT),
        (MAY, BillState.OVERDUE),
        (APRIL, BillState.SUED),
        (MARCH, BillState.PAID),
    ]
    assert (rows[1].charged, rows[1].paid, rows[1].open) == (
        Decimal("661.38"),
        Decimal("200.00"),
        Decimal("461.38"),
    )


def test_the_latest_bill_is_payable_with_discount_until_its_discount_date(billed):
    with billed.visiting(CLERK, ANA) as session:
        in_time = bills.bill_page(session, ident=ANA, today=date(2026, 7, 15)).rows[0]
        late = bills.bill_page(session, ident=ANA, today=date(2026, 7, 16)).rows[0]

    assert in_time.payable == in_time.charged - in_time.discount < in_time.charged
    assert late.payable == late.charged


def test_a_page_of_bills_says_where_the_next_one_begins(billed):
    with billed.visiting(CLERK, ANA) as session:
        first = page(session, limit=3)
        second = page(session, limit=3, before=first.next_key)

    assert [row.period for row in first.rows] == [JUNE, MAY, APRIL]
    assert first.next_key == APRIL
    assert [row.period for row in second.rows] == [MARCH]
    assert second.next_key is None


def test_bills_of_one_year_leave_the_other_years_alone(billed):
    billed.bill(ANA, Period(2025, 12), [WATER])

    with billed.visiting(CLERK, ANA) as session:
        assert [row.period for row in page(session, year=2025).rows] == [Period(2025, 12)]
        assert [(year.year, year.bills) for year in bills.bill_years(session, ident=ANA)] == [
            (2026, 4),
            (2025, 1),
        ]


def test_a_list_of_bills_is_one_statement_that_scans_no_partition(billed):
    with billed.visiting(CLERK, ANA) as session:
        page(session)
        (plan,) = billed.plans()

    assert not [node for node in nodes(plan) if node["Node Type"] == "Seq Scan"]
    assert {node["Index Name"].rsplit("_", 1)[0] for node in nodes(plan) if "Index Name" in node}


def test_one_bill_reads_the_partition_of_its_year_and_no_other(billed):
    with billed.visiting(CLERK, ANA) as session:
        bills.bill_detail(session, ident=ANA, period=JUNE, today=TODAY)
        plans = billed.plans()

    read = {
        node["Relation Name"]
        for plan in plans
        for node in nodes(plan)
        if node.get("Relation Name", "").startswith("bill_") or node.get("Relation Name") == "bill"
    }
    assert read == {"bill_2026", "bill_balance_2026"}
    assert not [
        node
        for plan in plans
        for node in nodes(plan)
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in read
    ]


def test_the_lines_of_a_bill_are_read_by_the_index_of_their_year(billed):
    with billed.visiting(CLERK, ANA) as session:
        bills.bill_detail(session, ident=ANA, period=JUNE, today=TODAY)
        # within a function, of which no plan tells
        read = session.execute(
            text(
                "SELECT relname, seq_scan, idx_scan FROM pg_stat_xact_user_tables"
                " WHERE relname LIKE 'bill\\_line\\_%' AND seq_scan + idx_scan > 0"
            )
        ).all()

    assert read == [("bill_line_2026", 0, 1)]


def test_a_bill_is_read_with_its_lines_by_provider_in_three_statements(billed):
    with billed.visiting(CLERK, ANA) as session:
        bill = bills.bill_detail(session, ident=ANA, period=MARCH, today=TODAY)

    assert len(billed.statements) == 3
    assert [(group.name, group.amount) for group in bill.providers] == [
        ("JKP Beogradske elektrane", Decimal("7533.66")),
        ("JKP Beogradski vodovod i kanalizacija", Decimal("431.09")),
        ("JKP Gradska čistoća", Decimal("304.62")),
    ]
    assert sum(group.amount for group in bill.providers) == bill.charged == Decimal("8269.37")
    assert sum(rate.amount for rate in bill.vat) == bill.charged
    assert bill.reference.endswith("10000422603")


def test_interest_and_subsidy_are_lines_but_belong_to_no_rate_of_vat(billed):
    with billed.visiting(CLERK, ANA) as session:
        bill = bills.bill_detail(session, ident=ANA, period=JUNE, today=TODAY)

    assert bill.interest == Decimal("103.52")
    assert sum(rate.amount for rate in bill.vat) == bill.charged - bill.interest
    assert [line.service_code for line in bill.lines if line.is_of_issuer] == ["interest"]


def test_a_bill_names_what_names_it(billed):
    with billed.visiting(CLERK, ANA) as session:
        april = bills.bill_detail(session, ident=ANA, period=APRIL, today=TODAY)
        may = bills.bill_detail(session, ident=ANA, period=MAY, today=TODAY)

    assert {(link.kind, link.number) for link in april.links} >= {(LinkKind.CASE, "I.Iv 1234/2026")}
    assert [link.amount for link in may.links if link.kind is LinkKind.PAYMENT] == [Decimal("200.00")]


def test_a_corrected_bill_shows_its_new_content_and_keeps_the_old_version(billed):
    billed.bill(ANA, MAY, [WASTE], version=2, reason="pogrešno očitavanje vodomera")

    with billed.visiting(CLERK, ANA) as session:
        now = bills.bill_detail(session, ident=ANA, period=MAY, today=TODAY)
        first = bills.bill_detail(session, ident=ANA, period=MAY, today=TODAY, version=1)
        listed = page(session).rows[1]

    assert (now.version, now.charged, now.correction_reason) == (
        2,
        Decimal("304.62"),
        "pogrešno očitavanje vodomera",
    )
    assert (first.version, first.charged, first.is_current_version) == (1, Decimal("661.38"), False)
    assert (listed.version, listed.charged) == (2, Decimal("304.62"))
    assert [link.record_id for link in now.links if link.kind is LinkKind.VERSION] == [2, 1]


def test_a_month_without_a_bill_is_refused_by_its_name(billed):
    with billed.visiting(CLERK, ANA) as session, pytest.raises(bills.NoSuchBill) as caught:
        bills.bill_detail(session, ident=ANA, period=Period(2024, 1), today=TODAY)
    assert caught.value.period == Period(2024, 1)


def test_every_dinar_a_bill_rose_by_has_a_reason(billed):
    with billed.visiting(CLERK, ANA) as session:
        why = bills.why_changed(session, ident=ANA, period=JUNE)

    assert len(billed.statements) == 4
    assert sum(found.amount for found in why.differences) == why.change
    assert {found.kind for found in why.differences} == {
        DifferenceKind.QUANTITY,
        DifferenceKind.INTEREST,
        DifferenceKind.DISCOUNT_GAINED,
    }
    assert "Hladna voda" in {found.service for found in why.differences}


def test_heating_that_ended_explains_a_lower_bill(billed):
    with billed.visiting(CLERK, ANA) as session:
        why = bills.why_changed(session, ident=ANA, period=MAY)

    dropped = next(found for found in why.differences if found.service == "Grejanje")
    assert dropped.amount == Decimal("-7533.66")
    assert why.change < 0


def test_a_first_bill_has_nothing_to_differ_from(town):
    town.bill(NEW, JUNE, [WATER])

    with town.visiting(CLERK, NEW) as session:
        why = bills.why_changed(session, ident=NEW, period=JUNE)

    assert why.previous is None
    assert why.differences == ()
