"""What is not signed: debts that changed, programmes that are over, sums and payers that cannot be."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.money import ZERO
from app.domain.plans import (
    CountNotOffered,
    DebtRule,
    InstalmentTooSmall,
    LadderStep,
    NothingToRepay,
    Payer,
    PlanState,
    Terms,
    TooManyInstalments,
)
from app.domain.statutory_rates import KNOWN_RATES
from app.usecases import plans, staff
from app.usecases.plans import rules
from db.refusals import PlanInForce
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR, Town, refused
from tests.usecases.planned import PLAIN, month, offered, office_day, owe, programme, register, sign, sue

ONE_OR_SIX = (LadderStep(Payer.ORDINARY, 1, ZERO), LadderStep(Payer.ORDINARY, 6, ZERO))
RATES = [(rate.first_day, rate.percent) for rate in KNOWN_RATES]


DAY = timedelta(days=1)


def test_a_second_plan_waits_for_the_end_of_the_first(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 3)
    version = programme(town)

    with town.visiting(CLERK, ANA) as session:
        sign(session, today=today, version=version, count=3, months=[month(town, 4)])
        with refused(session, PlanInForce):
            sign(session, today=today, version=version, count=3, months=[month(town, 3)])


def test_a_second_contract_waits_for_the_certification_of_the_first(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 3)
    version = programme(town, replace(PLAIN, is_certified=True))

    with town.visiting(CLERK, ANA) as session:
        sign(session, today=today, version=version, count=3)
        with refused(session, rules.PlanAwaiting):
            sign(session, today=today, version=version, count=3)


def test_a_debt_that_changed_between_preview_and_signing_is_named(town: Town) -> None:
    today = office_day(town)
    old, new = owe(town, 4, 3)
    version = programme(town)
    with town.visiting(CLERK, ANA) as session:
        debt = plans.debt_of(session, ident=ANA, today=today)
        shown = offered(session, today=today, version=version, count=3)
    town.pay(ANA, "10.00", on=today, against={new: "10.00"})

    with town.visiting(CLERK, ANA) as session, refused(session, rules.DebtChanged) as caught:
        plans.register(
            session,
            ident=ANA,
            programme_id=version[0],
            version=version[1],
            months=debt.months_of_debt,
            offer=shown,
        )

    assert caught.value.months == (new,)  # type: ignore[attr-defined]
    assert old not in caught.value.months  # type: ignore[attr-defined]


def test_costs_that_were_added_meanwhile_change_the_debt(town: Town) -> None:
    today = office_day(town)
    (period,) = owe(town, 4)
    case = sue(town, [period], costs="100.00", on=today)
    version = programme(town)
    with town.visiting(CLERK, ANA) as session:
        debt = plans.debt_of(session, ident=ANA, today=today)
        shown = offered(session, today=today, version=version, count=1)
    town.run("UPDATE enforcement_case SET bailiff_costs = 50 WHERE id = :case", case=case)

    with town.visiting(CLERK, ANA) as session, refused(session, rules.DebtChanged) as caught:
        plans.register(
            session,
            ident=ANA,
            programme_id=version[0],
            version=version[1],
            months=debt.months_of_debt,
            offer=shown,
        )

    assert caught.value.months == ()  # type: ignore[attr-defined]


def test_sums_that_do_not_follow_from_the_programme_are_refused(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 3)
    version = programme(town)

    with town.visiting(CLERK, ANA) as session:
        shown = offered(session, today=today, version=version, count=3)
        first, second, third = shown.instalments
        cheaper = replace(shown, written_off_principal=shown.written_off_principal + 1)
        later = replace(shown, instalments=(first, second, replace(third, due_on=third.due_on + 30 * DAY)))
        uneven = replace(
            shown,
            instalments=(
                replace(first, amount=first.amount - 1),
                replace(second, amount=second.amount + 1),
                third,
            ),
        )
        for wrong in (cheaper, later, uneven):
            with refused(session, rules.SumsWrong):
                register(session, today, version, wrong)


def test_a_programme_that_ended_between_preview_and_signing_is_refused(town: Town) -> None:
    today = office_day(town)
    owe(town, 4)
    open_one, over = programme(town), programme(town, valid_to=today)

    with town.visiting(CLERK, ANA) as session:
        shown = offered(session, today=today, version=open_one, count=3)
        with refused(session, rules.ProgrammeNotInForce) as caught:
            register(session, today, over, shown)

    assert caught.value.valid_to == today  # type: ignore[attr-defined]


def test_a_draft_is_no_programme(town: Town) -> None:
    today = office_day(town)
    owe(town, 4)
    version = programme(town)
    with town.signed_in(SUPERVISOR) as session:
        drafted = plans.draft_programme(
            session,
            terms=PLAIN,
            fields=plans.DraftFields(date(2020, 1, 1)),
            code="N",
            name="Nacrt",
        )
    draft = (drafted["programme_id"], drafted["version"])

    with town.visiting(CLERK, ANA) as session:
        shown = offered(session, today=today, version=version, count=3)
        with refused(session, rules.ProgrammeNotInForce):
            register(session, today, draft, shown)


@pytest.mark.parametrize(
    ("terms", "kind"),
    [
        (replace(PLAIN, debts=DebtRule(due_until=date(2024, 1, 1))), rules.DebtChanged),
        (replace(PLAIN, debts=DebtRule(least_unsued_bills=3)), rules.TooFewBills),
        (replace(PLAIN, steps=(LadderStep(Payer.PENSIONER, 3, ZERO),)), rules.PayerNotAllowed),
        (replace(PLAIN, steps=(LadderStep(Payer.ORDINARY, 1, ZERO),)), TooManyInstalments),
        (replace(PLAIN, steps=ONE_OR_SIX, takes_other_counts=False), CountNotOffered),
        (replace(PLAIN, least_instalment=Decimal(1000)), InstalmentTooSmall),
        (replace(PLAIN, most_payable={"desk_clerk": Decimal(100)}), rules.OverLimit),
    ],
)
def test_what_the_programme_does_not_allow_is_refused_by_its_name(
    town: Town, terms: Terms, kind: type[Exception]
) -> None:
    today = office_day(town)
    owe(town, 4, 3, amount="1000.00")
    plain, other = programme(town), programme(town, terms)

    with town.visiting(CLERK, ANA) as session:
        shown = offered(session, today=today, version=plain, count=3)
        with refused(session, kind):
            register(session, today, other, shown)


def test_what_the_domain_refuses_too_comes_back_with_the_domains_facts(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 3, amount="1000.00")
    plain = programme(town)
    fixed = programme(town, replace(PLAIN, steps=ONE_OR_SIX, takes_other_counts=False))
    short = programme(town, replace(PLAIN, steps=(LadderStep(Payer.ORDINARY, 1, ZERO),)))
    dear = programme(town, replace(PLAIN, least_instalment=Decimal(1000)))

    with town.visiting(CLERK, ANA) as session:
        shown = offered(session, today=today, version=plain, count=3)
        with refused(session, CountNotOffered) as not_offered:
            register(session, today, fixed, shown)
        with refused(session, TooManyInstalments) as too_many:
            register(session, today, short, shown)
        with refused(session, InstalmentTooSmall) as too_small:
            register(session, today, dear, shown)

    assert not_offered.value.counts == (1, 6)
    assert too_many.value.most == 1
    assert (too_small.value.smallest, too_small.value.least) == (
        min(one.amount for one in shown.instalments),
        Decimal(1000),
    )


def test_a_limit_of_clerks_does_not_bind_their_supervisor(town: Town) -> None:
    today = office_day(town)
    owe(town, 4)
    terms = replace(PLAIN, most_payable={"desk_clerk": Decimal(100)})
    version = programme(town, terms)
    with town.visiting(CLERK, ANA) as session:
        clerk = staff.sign_in_facts(session)
        shown = offered(session, today=today, version=version, count=1)

    with town.visiting(SUPERVISOR, ANA) as session:
        supervisor = staff.sign_in_facts(session)
        assert plans.may_sign(clerk)
        assert (plans.signing_limit(terms, me=clerk), plans.signing_limit(terms, me=supervisor)) == (
            100,
            None,
        )
        assert plans.is_over_limit(shown, terms=terms, me=clerk)
        assert not plans.is_over_limit(shown, terms=terms, me=supervisor)
        assert sign(session, today=today, version=version, count=1)["state"] == PlanState.ACTIVE


def test_nothing_to_repay_is_no_plan(town: Town) -> None:
    today = office_day(town)
    owe(town, 4)
    version = programme(town)

    with town.visiting(CLERK, ANA) as session:
        shown = offered(session, today=today, version=version, count=1)
        with refused(session, NothingToRepay):
            plans.register(
                session, ident=ANA, programme_id=version[0], version=version[1], months=[], offer=shown
            )


def test_who_broke_a_plan_signs_no_other_unless_the_programme_allows_it(town: Town) -> None:
    today = office_day(town)
    owe(town, 4)
    strict, lenient = programme(town), programme(town, replace(PLAIN, may_replan=True))
    for number, _ in (strict, lenient):
        town.run(
            "INSERT INTO plan (ident, programme_id, contract_number, state, signed_on, principal, interest,"
            " costs, written_off_principal, written_off_interest, payable, ended_on)"
            " VALUES (:ident, :number, :name, 'broken', '2024-01-01', 1, 0, 0, 0, 0, 1, '2024-03-01')",
            ident=ANA,
            number=number,
            name=f"RP-{number}",
        )

    with town.visiting(CLERK, ANA) as session:
        with refused(session, rules.BrokenBefore):
            sign(session, today=today, version=strict, count=1)
        assert sign(session, today=today, version=lenient, count=1)["state"] == PlanState.ACTIVE
