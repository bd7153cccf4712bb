"""Copies of bills: the same content, today's amount on the slip, and an entry in the register."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.documents.bill import Script, render
from app.domain import ips_qr
from app.domain.changes import ChangeKind
from app.domain.errors import Forbidden
from app.domain.period import Period
from app.domain.reissues import Medium, Reason
from app.usecases import bills, reissues, timeline
from app.usecases.timeline import EventKind
from tests.documents.extraction import text_of
from tests.usecases.conftest import AGENT, ANA, CLERK, FIRM, refused
from tests.usecases.filed import NEW_HOLDER, Desk

JUNE = Period(2026, 6)
LINES = [("cold_water", "7.250", "59.46"), ("waste", "54.30", "5.61"), ("interest", "1", "103.52")]
BEFORE, AFTER = datetime(2026, 7, 15, 14, 32, tzinfo=UTC), datetime(2026, 7, 16, 8, 0, tzinfo=UTC)


@pytest.fixture
def billed(town):
    town.bill(ANA, JUNE, LINES, discount_percent="5", prior={"unsued": "500.00", "sued": "31000.00"})
    return town


def register(session, *, ident=ANA, **given):
    values = {"reason": Reason.LOST, "medium": Medium.PRINTED, "script": "latin", "version": 1, **given}
    return reissues.register_copy(session, ident=ident, period=JUNE, **values)


def test_the_copy_asks_for_the_discounted_amount_until_the_discount_date(billed):
    with billed.visiting(CLERK, ANA) as session:
        early = bills.bill_copy(session, ident=ANA, period=JUNE, now=BEFORE)
        late = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)

    assert early.slip.amount == early.total - early.discount == Decimal("802.44")
    assert early.slip.pay_until == date(2026, 7, 15)
    assert late.slip.amount == late.total == Decimal("839.23")
    assert late.slip.pay_until is None


def test_the_code_on_a_copy_books_the_payment_to_this_very_month(billed):
    with billed.visiting(CLERK, ANA) as session:
        copy = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)

    asked = ips_qr.parse(copy.slip.qr_payload)
    assert (asked.amount, asked.payment_code, asked.payee_account) == (
        Decimal("839.23"),
        "122",
        "200220618010100048",
    )
    assert asked.reference == copy.slip.reference
    assert asked.reference.endswith("10000422606")
    assert asked.payer.startswith("Ana Petrović")


def test_a_bill_paid_in_part_asks_for_the_rest_and_a_settled_one_for_nothing(billed):
    billed.pay(ANA, "800.00", on=date(2026, 7, 10), against={JUNE: "800.00"})
    with billed.visiting(CLERK, ANA) as session:
        partly = bills.bill_copy(session, ident=ANA, period=JUNE, now=BEFORE)
        late = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)
    billed.pay(ANA, "39.23", on=date(2026, 7, 11), against={JUNE: "39.23"})
    with billed.visiting(CLERK, ANA) as session:
        settled = bills.bill_copy(session, ident=ANA, period=JUNE, now=BEFORE)

    assert partly.slip.amount == Decimal("39.23") - partly.discount == Decimal("2.44")
    assert late.slip.amount == Decimal("39.23")
    assert settled.slip is None
    assert settled.paid == settled.total


def test_a_copy_says_what_the_original_said(billed):
    with billed.visiting(CLERK, ANA) as session:
        copy = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)

    assert copy.holder == "Ana Petrović"
    assert copy.premises_address == ("Učiteljska 12a/III/15", "11050 Zvezdara")
    assert [provider.name for provider in copy.providers] == [
        "JKP Beogradski vodovod i kanalizacija",
        "JKP Gradska čistoća",
    ]
    assert (copy.charged, copy.interest, copy.total) == (
        Decimal("735.71"),
        Decimal("103.52"),
        Decimal("839.23"),
    )
    assert copy.obligations.unsued == Decimal("500.00")
    assert copy.obligations.total == Decimal("32339.23")


def test_a_copy_becomes_a_paper(billed):
    with billed.visiting(CLERK, ANA) as session:
        copy = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)

    assert render([copy], script=Script.CYRILLIC).startswith(b"%PDF-")


def test_a_preview_is_marked_as_the_copy_that_would_be_made_now(billed):
    with billed.visiting(CLERK, ANA) as session:
        register(session)
        mark = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER).duplicate

    assert (mark.operator, mark.branch, mark.moment, mark.number) == (
        "Ana Kovač",
        "Ekspozitura Savski venac",
        AFTER,
        2,
    )


def test_a_copy_is_marked_by_its_entry_in_the_register(billed):
    with billed.visiting(CLERK, ANA) as session:
        first = register(session)
        register(session, reason=Reason.NOT_RECEIVED, medium=Medium.SAVED)
        latest, earliest = reissues.copies_of_bill(session, ident=ANA, period=JUNE)
        mark = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER, reissue_id=first).duplicate

    assert (earliest.id, earliest.number, latest.number) == (first, 1, 2)
    assert (latest.reason, latest.medium, latest.operator) == (
        Reason.NOT_RECEIVED,
        Medium.SAVED,
        "Ana Kovač",
    )
    assert (mark.operator, mark.number, mark.moment) == ("Ana Kovač", 1, earliest.made_at)


def test_an_entry_of_another_bill_marks_nothing(billed):
    with billed.visiting(CLERK, ANA) as session, pytest.raises(bills.NoSuchReissue):
        bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER, reissue_id=999)


def wanted(*, now=BEFORE, script=Script.LATIN):
    return bills.WantedBillPaper(ANA, JUNE, 1, script, now)


def test_a_copy_on_paper_bears_the_number_of_its_entry(billed):
    with billed.visiting(CLERK, ANA) as session:
        first = register(session)
        ahead = bills.copy_paper(session, wanted=wanted())
        made = bills.copy_paper(session, wanted=wanted(script=Script.CYRILLIC), reissue_id=first)

    assert (ahead.number, made.number) == (2, 1)
    assert ahead.file_name == made.file_name == f"{ANA:07d}-2606"
    assert "Ana Petrović" in text_of(ahead.pdf)
    assert "Ана Петровић" in text_of(made.pdf)


def test_a_slip_asks_for_what_is_paid_today_and_counts_as_no_copy(billed):
    with billed.visiting(CLERK, ANA) as session:
        slip = bills.slip_paper(session, wanted=wanted())

    assert slip.number == 0
    assert "802,44" in text_of(slip.pdf)


def test_there_is_no_slip_of_a_settled_bill(billed):
    billed.pay(ANA, "839.23", on=date(2026, 7, 11), against={JUNE: "839.23"})

    with billed.visiting(CLERK, ANA) as session, pytest.raises(bills.NothingToPay):
        bills.slip_paper(session, wanted=wanted())


def test_a_copy_is_an_event_with_its_reason_and_maker(billed):
    with billed.visiting(CLERK, ANA) as session:
        register(session, reason=Reason.OTHER, note="za vrtić")
        (event,) = timeline.timeline_page(session, ident=ANA, kinds=[EventKind.REISSUE]).rows

    assert (event.period, event.state, event.text, event.who) == (JUNE, "other", "za vrtić", "Ana Kovač")


def test_another_reason_must_be_told(billed):
    with billed.visiting(CLERK, ANA) as session, pytest.raises(reissues.ReasonNeedsNote):
        register(session, reason=Reason.OTHER, note="  ")


def test_an_agent_who_has_not_verified_the_caller_registers_no_copy(billed):
    with billed.visiting(AGENT, ANA, verified=False) as session, refused(session, Forbidden):
        register(session)


def test_a_firm_is_addressed_by_its_business_name_and_number(town):
    town.bill(FIRM, JUNE, LINES)
    with town.visiting(CLERK, FIRM) as session:
        copy = bills.bill_copy(session, ident=FIRM, period=JUNE, now=AFTER)

    assert (copy.holder, copy.tax_number) == ("Jović d.o.o.", "100001011")


def test_a_corrected_bill_is_copied_as_corrected(billed):
    billed.bill(ANA, JUNE, LINES[:2], version=2, reason="pogrešno obračunata kamata")
    with billed.visiting(CLERK, ANA) as session:
        copy = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)

    assert (copy.correction.version, copy.correction.reason, copy.interest) == (
        2,
        "pogrešno obračunata kamata",
        0,
    )


def test_a_subsidy_is_taken_off_what_the_services_cost(town):
    town.bill(ANA, JUNE, [*LINES, ("subsidy", "1", "-73.57")])
    with town.visiting(CLERK, ANA) as session:
        copy = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)

    assert (copy.charged, copy.subsidy, copy.interest, copy.total) == (
        Decimal("735.71"),
        Decimal("73.57"),
        Decimal("103.52"),
        Decimal("765.66"),
    )


def test_a_bill_delivered_elsewhere_is_still_paid_by_its_holder(billed):
    billed.run(
        "UPDATE account SET delivery_name = 'Mira Petrović', delivery_address = 'Cara Dušana 1, 11080 Zemun'"
        " WHERE ident = :ident",
        ident=ANA,
    )
    with billed.visiting(CLERK, ANA) as session:
        copy = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)

    assert (copy.delivery_name, copy.delivery_address) == ("Mira Petrović", ("Cara Dušana 1, 11080 Zemun",))
    assert copy.slip.payer[0] == "Ana Petrović"


@pytest.fixture
def handed_over(billed):
    """A flat delivered elsewhere until Jovana took it over from July, with a meter and without hot water."""
    billed.run(
        "UPDATE account SET delivery_name = 'Mira Petrović', delivery_address = 'Cara Dušana 1, 11080 Zemun'"
        " WHERE ident = :ident",
        ident=ANA,
    )
    elsewhere = {"delivery_name": "Marko Marić", "delivery_address": "Bulevar 2"}
    Desk(billed).applied(ChangeKind.HOLDER, {**NEW_HOLDER, **elsewhere})
    billed.run(
        "UPDATE premises_state SET valid_to = '2026-07-01' WHERE ident = :ident AND valid_to IS NULL",
        ident=ANA,
    )
    billed.run(
        "INSERT INTO premises_state (ident, valid_from, kind, area, heated_area, members, charging_method,"
        " is_water_metered, has_hot_water, has_waste, is_rented_from_city, reason)"
        " SELECT ident, '2026-07-01', kind, area, heated_area, members, charging_method,"
        " NOT is_water_metered, NOT has_hot_water, has_waste, is_rented_from_city, 'vodomer'"
        " FROM premises_state WHERE ident = :ident",
        ident=ANA,
    )
    return billed


def test_a_copy_names_who_held_the_account_in_its_month_and_not_who_holds_it_since(handed_over):
    with handed_over.visiting(CLERK, ANA) as session:
        copy = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)

    assert copy.issued_on == date(2026, 7, 1)
    assert copy.holder == "Ana Petrović"
    assert copy.slip.payer[0] == "Ana Petrović"
    assert ips_qr.parse(copy.slip.qr_payload).payer.startswith("Ana Petrović")
    assert (copy.delivery_name, copy.delivery_address) == ("Mira Petrović", ("Cara Dušana 1, 11080 Zemun",))


def test_a_copy_says_what_the_premises_were_connected_to_in_its_month(handed_over):
    with handed_over.visiting(CLERK, ANA) as session:
        copy = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)

    facts = {fact.label: fact.value for fact in copy.elements}
    assert (facts["Vodomer"], facts["Topla voda"]) == ("zajednički", "centralna")


def test_the_bill_of_the_next_month_names_who_holds_the_account_then(handed_over):
    july = JUNE.next()
    handed_over.bill(ANA, july, LINES[:2])
    with handed_over.visiting(CLERK, ANA) as session:
        copy = bills.bill_copy(session, ident=ANA, period=july, now=AFTER)

    assert (copy.holder, copy.slip.payer[0]) == ("Jovana Marić", "Jovana Marić")
    assert (copy.delivery_name, copy.delivery_address) == ("Marko Marić", ("Bulevar 2",))
    assert {fact.label: fact.value for fact in copy.elements}["Vodomer"] == "sopstveni"


def test_a_correction_issued_under_the_next_holder_still_bills_the_one_of_its_month(handed_over):
    handed_over.bill(ANA, JUNE, LINES[:2], version=2, reason="pogrešno očitavanje")
    with handed_over.visiting(CLERK, ANA) as session:
        copy = bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)

    assert (copy.correction.version, copy.holder, copy.slip.payer[0]) == (2, "Ana Petrović", "Ana Petrović")


def test_a_copy_takes_six_statements(billed):
    with billed.visiting(CLERK, ANA) as session:
        bills.bill_copy(session, ident=ANA, period=JUNE, now=AFTER)

    assert len(billed.statements) == 6
