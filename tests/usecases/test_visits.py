"""No visit, no data: opening an account, and verifying who is on the line."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.errors import Forbidden
from app.domain.period import Period
from app.domain.visits import Channel, Purpose
from app.usecases import accounts, bills, staff, visits
from app.usecases.accounts import NoSuchAccount
from app.usecases.visits import Claim, SaidPayment
from db.refusals import MustBeRecorded
from tests.usecases.conftest import ADMIN, AGENT, ANA, CLERK, FIRM, TODAY, refused


def open_by_phone(session, ident=ANA):
    return visits.open_account(session, ident=ident, purpose=Purpose.CALL, channel=Channel.PHONE)


def test_a_clerk_reads_an_account_once_it_is_open(town):
    with town.signed_in(CLERK) as session:
        with pytest.raises(NoSuchAccount):
            accounts.account_header(session, ident=ANA, today=TODAY)

        visit = open_by_phone(session)
        town.a_moment_later(CLERK)

        assert not visit["must_verify"]
        assert accounts.account_header(session, ident=ANA, today=TODAY).is_disclosed


def test_opening_twice_finds_the_same_visit(town):
    with town.signed_in(CLERK) as session:
        assert open_by_phone(session)["visit_id"] == open_by_phone(session)["visit_id"]


def test_closing_an_account_hides_it_again(town):
    with town.visiting(CLERK, ANA) as session:
        visits.close_account(session, ident=ANA)

        header = accounts.account_header(session, ident=ANA, today=TODAY)
        assert header.visit is None
        assert not header.is_disclosed


def test_an_agent_sees_nothing_but_name_and_address_before_the_caller_is_verified(town):
    with town.visiting(AGENT, ANA, verified=False) as session:
        header = accounts.account_header(session, ident=ANA, today=TODAY)

        assert header.name == "Petrović Ana"
        assert "Učiteljska 12a/III/15" in header.address
        assert header.must_verify
        assert not header.visit.is_verified
        assert (header.sums, header.alerts, header.premises_kind) == (None, (), None)
        assert bills.bill_page(session, ident=ANA, today=TODAY).rows == ()


def test_two_data_that_agree_disclose_the_account_to_an_agent(town):
    with town.visiting(AGENT, ANA, verified=False) as session:
        outcome = visits.verify_caller(
            session, ident=ANA, claims={Claim.NAME: True, Claim.JMBG_LAST4: " 0007 "}
        )

        town.a_moment_later(AGENT)

        assert outcome["passed"]
        assert accounts.account_header(session, ident=ANA, today=TODAY).is_disclosed


def test_one_datum_that_is_wrong_blocks_and_costs_a_try(town):
    with town.visiting(AGENT, ANA, verified=False) as session:
        outcome = visits.verify_caller(
            session, ident=ANA, claims={Claim.NAME: True, Claim.JMBG_LAST4: "1234"}
        )

        assert outcome == {
            "passed": False,
            "checks": {"name": True, "jmbg_last4": False},
            "attempts_left": 4,
        }
        assert not accounts.account_header(session, ident=ANA, today=TODAY).is_disclosed


def test_a_sixth_try_within_the_hour_is_refused(town):
    wrong = {Claim.NAME: True, Claim.JMBG_LAST4: "0000"}
    with town.visiting(AGENT, ANA, verified=False) as session:
        for _ in range(5):
            visits.verify_caller(session, ident=ANA, claims=wrong)

        with refused(session, visits.TooManyAttempts):
            visits.verify_caller(session, ident=ANA, claims=wrong)


@pytest.mark.parametrize(
    "claims", [{Claim.NAME: True}, dict.fromkeys((Claim.NAME, Claim.ADDRESS), True), {Claim.EMAIL: "a@b.rs"}]
)
def test_too_few_claims_are_refused_before_they_are_tried(town, claims):
    with town.visiting(AGENT, ANA, verified=False) as session:
        with refused(session, visits.TooFewClaims):
            visits.verify_caller(session, ident=ANA, claims=claims)

        assert town.statements == []


def test_the_last_payment_verifies_and_may_have_been_made_some_days_before_it_came(town):
    town.pay(ANA, "4376.94", on=date(2026, 11, 16))
    said = SaidPayment(Decimal("4376.94"), date(2026, 11, 13))
    with town.visiting(AGENT, ANA, verified=False) as session:
        assert Claim.PAYMENT in visits.verification_choices(session, ident=ANA)
        assert visits.verify_caller(session, ident=ANA, claims={Claim.NAME: True, Claim.PAYMENT: said})[
            "passed"
        ]


def test_where_a_setting_says_so_the_amount_of_the_last_bill_is_asked(town):
    town.run("UPDATE setting SET value = 'false' WHERE name = 'caller_private_datum'")
    charged = town.bill(ANA, Period(2026, 6), [("waste", "54.30", "5.61")])
    with town.visiting(AGENT, ANA, verified=False) as session:
        assert Claim.BILL_AMOUNT in visits.verification_choices(session, ident=ANA)
        claims = {Claim.NAME: True, Claim.BILL_AMOUNT: charged}
        assert visits.verify_caller(session, ident=ANA, claims=claims)["passed"]


def test_only_data_on_file_can_be_asked_of_a_caller(town):
    with town.visiting(AGENT, FIRM, verified=False) as session:
        assert visits.verification_choices(session, ident=FIRM) == (Claim.IDENT, Claim.NAME, Claim.ADDRESS)
        with refused(session, visits.ClaimUnknown):
            visits.verify_caller(session, ident=FIRM, claims={Claim.NAME: True, Claim.EMAIL: "a@b.rs"})


def test_the_choices_of_an_account_that_was_not_opened_are_refused(town):
    with town.signed_in(AGENT) as session, refused(session, visits.VisitNotOpen):
        visits.verification_choices(session, ident=ANA)


def test_an_account_that_does_not_exist_cannot_be_opened(town):
    with town.signed_in(CLERK) as session, refused(session, NoSuchAccount) as caught:
        open_by_phone(session, 9999999)
    assert caught.value.ident == 9999999


def test_an_administrator_opens_no_account(town):
    with town.signed_in(ADMIN) as session, refused(session, Forbidden):
        open_by_phone(session)


def test_who_no_longer_works_here_opens_no_account(town):
    town.run("UPDATE staff SET is_active = false WHERE login = :login", login=CLERK)
    with town.signed_in(CLERK) as session, refused(session, visits.NotServing):
        open_by_phone(session)


def test_a_personal_number_is_revealed_for_a_reason_and_goes_on_record(town):
    with town.visiting(CLERK, ANA) as session:
        visits.reveal_personal_number(
            session, ident=ANA, valid_from=date(2021, 6, 1), reason="ugovor o reprogramu"
        )
        town.a_moment_later(CLERK)

        number = visits.revealed_personal_number(session, ident=ANA, valid_from=date(2021, 6, 1))
        assert number == "0101990360007"
    logged = town.run("SELECT detail ->> 'reason' FROM read_log WHERE kind = 'reveal'").scalars().all()
    assert logged == ["ugovor o reprogramu"]


def test_a_personal_number_is_not_seen_before_its_record_is_committed(town):
    with town.visiting(CLERK, ANA) as session:
        visits.reveal_personal_number(session, ident=ANA, valid_from=date(2021, 6, 1), reason="upit")

        with refused(session, MustBeRecorded):
            visits.revealed_personal_number(session, ident=ANA, valid_from=date(2021, 6, 1))


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_personal_number_is_not_revealed_without_a_reason(town, reason):
    with town.visiting(CLERK, ANA) as session, refused(session, visits.ReasonMissing) as caught:
        visits.reveal_personal_number(session, ident=ANA, valid_from=date(2021, 6, 1), reason=reason)
    assert caught.value.field == "reason"


def test_several_accounts_are_opened_for_a_purpose_and_closed_at_once(town):
    with town.signed_in(CLERK) as session:
        visits.open_visits(session, idents=(ANA, FIRM), purpose=Purpose.CHECK)
    held = "SELECT ident, purpose, channel FROM visit WHERE closed_at IS NULL ORDER BY ident"
    opened = town.run(held).all()

    with town.signed_in(CLERK) as session:
        visits.close_visits(session, idents=(ANA, FIRM))
        visits.close_visits(session, idents=(ANA, FIRM))

    assert [tuple(row) for row in opened] == [(ident, "check", "counter") for ident in sorted((ANA, FIRM))]
    assert town.run(held).all() == []


def test_who_serves_by_telephone_opens_accounts_for_calls(town):
    with town.signed_in(AGENT) as session:
        agent = staff.sign_in_facts(session)
    with town.signed_in(CLERK) as session:
        clerk = staff.sign_in_facts(session)

    assert (agent.channel, visits.usual_purpose(agent.channel)) == (Channel.PHONE, Purpose.CALL)
    assert (clerk.channel, visits.usual_purpose(clerk.channel)) == (Channel.COUNTER, Purpose.SERVICE)
    assert (agent.decides, clerk.decides, clerk.supervises) == (False, True, False)
