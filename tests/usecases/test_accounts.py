"""The header of an account: who, what, where, the six sums, and what needs attention."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.limitation import LimitationState
from app.domain.period import Period
from app.domain.premises import PremisesKind
from app.usecases import accounts
from app.usecases.accounts import AlertKind, AlertTarget, SixSums
from tests.usecases.conftest import AGENT, ANA, CLERK, FIRM, NEW, TODAY, nodes

MAY, JUNE = Period(2026, 5), Period(2026, 6)
WATER = ("cold_water", "7.250", "59.46")


def header(session, ident=ANA, today=TODAY):
    return accounts.account_header(session, ident=ident, today=today)


def alert(header, kind):
    return next((one for one in header.alerts if one.kind is kind), None)


def test_the_header_says_who_what_and_where(town):
    with town.visiting(CLERK, ANA) as session:
        seen = header(session)

    assert (seen.name, seen.premises_kind, seen.area) == (
        "Petrović Ana",
        PremisesKind.FLAT,
        Decimal("54.30"),
    )
    assert seen.address.startswith("Učiteljska 12a/III/15")


def test_the_six_sums_are_those_of_the_portal(town):
    town.bill(ANA, MAY, [WATER])
    town.bill(ANA, JUNE, [WATER, ("waste", "54.30", "5.61")])
    town.pay(ANA, "150.00", on=date(2026, 6, 20), against={MAY: "100.00"})

    with town.visiting(CLERK, ANA) as session:
        seen = header(session)

    assert seen.sums == SixSums(
        total=Decimal("1066.80"),
        current_month=Decimal("735.71"),
        unsued=Decimal("331.09"),
        sued=Decimal("0.00"),
        plan=Decimal("0.00"),
        overpaid=Decimal("50.00"),
    )
    assert seen.latest_period == JUNE


def test_an_account_never_billed_owes_nothing(town):
    with town.visiting(CLERK, NEW) as session:
        seen = header(session, NEW)

    assert seen.is_disclosed
    assert seen.sums.total == 0
    assert seen.latest_period is None
    assert seen.alerts == ()


def test_the_header_is_one_statement_that_scans_no_table_of_accounts(town):
    town.bill(ANA, JUNE, [WATER])
    with town.visiting(CLERK, ANA) as session:
        header(session)
        plans = town.plans()

    assert len(plans) == 1
    scanned = {node["Relation Name"] for node in nodes(plans[0]) if node["Node Type"] == "Seq Scan"} - {
        "setting"
    }
    assert scanned == set()


def test_an_account_that_does_not_exist_is_refused(town):
    with town.signed_in(CLERK) as session, pytest.raises(accounts.NoSuchAccount):
        header(session, 7654321)


def test_a_legal_person_is_billed_by_e_invoice(town):
    with town.visiting(CLERK, FIRM) as session:
        assert alert(header(session, FIRM), AlertKind.LEGAL_PERSON).number == "100001011"


def test_e_mail_bills_are_offered_to_whom_we_know_an_address_of(town):
    with town.visiting(CLERK, ANA) as session:
        assert alert(header(session), AlertKind.EMAIL_BILLS_OFF) is None
    town.insert(
        "contact",
        ident=ANA,
        contact_no=1,
        kind="email",
        value="ana@primer.rs",
        normalized="ana@primer.rs",
        since=date(2024, 1, 1),
    )
    with town.visiting(CLERK, ANA) as session:
        found = alert(header(session), AlertKind.EMAIL_BILLS_OFF)

    assert (found.target, found.number) == (AlertTarget.DELIVERY, "ana@primer.rs")


def test_an_open_case_is_shown_with_what_it_claims_and_an_ended_one_is_not(town):
    case = (
        "INSERT INTO enforcement_case (ident, internal_number, case_number, state, principal, interest,"
        " interest_until, creditor_costs, bailiff_costs, filed_on)"
        " VALUES (:ident, :own, :number, :state, 1000, 50, '2026-01-31', 200, 300, '2026-02-01')"
    )
    town.run(case, ident=ANA, own="U-1", number="I.Iv 1/2026", state="collected")
    town.run(case, ident=ANA, own="U-2", number="I.Iv 2/2026", state="filed")
    with town.visiting(CLERK, ANA) as session:
        found = alert(header(session), AlertKind.ENFORCEMENT_OPEN)

    assert (found.number, found.amount, found.count, found.day) == (
        "I.Iv 2/2026",
        Decimal("1550.00"),
        1,
        date(2026, 2, 1),
    )


@pytest.fixture
def planned(town):
    """A plan of three instalments of 100,00, due on the last days of June, July and August."""
    plan = town.run(
        "INSERT INTO plan (ident, programme_id, contract_number, state, signed_on, principal, interest,"
        " costs, written_off_principal, written_off_interest, payable)"
        " VALUES (:ident, 4, 'R-7/2026', 'active', '2026-06-01', 300, 0, 0, 0, 0, 300) RETURNING id",
        ident=ANA,
    ).scalar_one()
    for number, month in enumerate((6, 7, 8), start=1):
        town.insert(
            "instalment",
            ident=ANA,
            plan_id=plan,
            instalment_no=number,
            due_on=Period(2026, month).last_day,
            amount=Decimal(100),
        )
    return town, plan


def test_a_plan_in_force_shows_its_next_instalment(planned):
    town, plan = planned
    town.pay(ANA, "100", on=date(2026, 6, 30), plan=(plan, 1, "100"))
    with town.visiting(CLERK, ANA) as session:
        found = alert(header(session), AlertKind.PLAN_IN_FORCE)

    assert (found.number, found.day, found.amount, found.count) == (
        "R-7/2026",
        date(2026, 7, 31),
        Decimal("100.00"),
        2,
    )


def test_an_instalment_not_paid_in_time_is_late_the_day_after(planned):
    town, _ = planned
    with town.visiting(CLERK, ANA) as session:
        on_the_day = header(session, today=date(2026, 6, 30))
        after = alert(header(session, today=date(2026, 7, 1)), AlertKind.INSTALMENT_LATE)

    assert alert(on_the_day, AlertKind.INSTALMENT_LATE) is None
    assert (after.amount, after.count, after.day) == (Decimal("100.00"), 1, date(2026, 6, 30))


def test_a_notice_nobody_answered_says_until_when_to_pay(town):
    town.run(
        "INSERT INTO notice (ident, number, kind, state, drawn_on, delivery_method, delivered_on,"
        " days_to_pay, principal, interest) VALUES"
        " (:ident, 'O-5/2026', 'first', 'delivered', '2026-07-01', 'post', '2026-07-06', 8, 700, 12.5)",
        ident=ANA,
    )
    with town.visiting(CLERK, ANA) as session:
        found = alert(header(session), AlertKind.NOTICE_UNANSWERED)

    assert (found.number, found.day, found.amount) == ("O-5/2026", date(2026, 7, 14), Decimal("712.50"))


def test_a_month_near_limitation_is_announced_sixty_days_before(town):
    """05/2026 fell due on June 30, 2026: a household's claim is barred a year later."""
    town.bill(ANA, MAY, [WATER])
    with town.visiting(CLERK, ANA) as session:
        early = header(session, today=date(2027, 4, 30))
        soon = alert(header(session, today=date(2027, 5, 1)), AlertKind.NEAR_LIMITATION)
        late = alert(header(session, today=date(2027, 7, 1)), AlertKind.NEAR_LIMITATION)

    assert alert(early, AlertKind.NEAR_LIMITATION) is None
    assert (soon.count, soon.amount, soon.day) == (1, Decimal("431.09"), date(2027, 6, 30))
    assert (soon.state, late.state) == (LimitationState.SOON, LimitationState.PASSED)


def test_an_admission_of_the_debt_begins_its_limitation_anew(town):
    """As the contract of a plan says; also when the plan has ended, and only for the months it holds."""
    town.bill(ANA, MAY, [WATER])
    for state, signed_on in (("cancelled", date(2026, 9, 10)), ("requested", date(2027, 1, 1))):
        plan = town.run(
            "INSERT INTO plan (ident, programme_id, contract_number, state, signed_on, principal, interest,"
            " costs, written_off_principal, written_off_interest, payable)"
            " SELECT :ident, min(id), :number, :state, :day, 400, 0, 0, 0, 0, 400 FROM programme"
            " RETURNING id",
            ident=ANA,
            number=f"RP-{state}",
            state=state,
            day=signed_on,
        ).scalar_one()
        town.run(
            "INSERT INTO plan_item (ident, plan_id, ggmm, principal, interest, was_sued)"
            " VALUES (:ident, :plan, 2605, 400, 0, false)",
            ident=ANA,
            plan=plan,
        )
    with town.visiting(CLERK, ANA) as session:
        without = alert(header(session, today=date(2027, 7, 1)), AlertKind.NEAR_LIMITATION)
        soon = alert(header(session, today=date(2027, 7, 12)), AlertKind.NEAR_LIMITATION)

    assert without is None
    assert (soon.count, soon.day, soon.state) == (1, date(2027, 9, 10), LimitationState.SOON)


def test_a_subsidy_and_a_closed_account_are_shown(town):
    town.insert(
        "subsidy",
        ident=ANA,
        valid_from=date(2026, 1, 1),
        valid_to=date(2027, 1, 1),
        category="disability",
        percent=Decimal(20),
        decision="XIX-1/2026",
    )
    town.run("UPDATE account SET closed_on = '2026-07-01' WHERE ident = :ident", ident=ANA)
    with town.visiting(CLERK, ANA) as session:
        seen = header(session)

    assert seen.is_closed
    assert [one.kind for one in seen.alerts] == [AlertKind.CLOSED, AlertKind.SUBSIDIZED]
    assert alert(seen, AlertKind.SUBSIDIZED).amount == Decimal("20.00")


def test_the_header_knows_the_visit_that_is_held(town):
    with town.visiting(AGENT, ANA) as session:
        seen = header(session)

    assert seen.visit.is_verified
    assert seen.is_disclosed
