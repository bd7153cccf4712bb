"""The portfolio in few statements, each list by an index of its own; programmes drafted and tried."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from app.domain.errors import Forbidden
from app.domain.period import Period
from app.domain.plans import Offer, Payer, PlanState, TermsFaulty, VersionState
from app.usecases import plans
from app.usecases.plans import DraftFields, Which, rules
from app.usecases.plans.portfolio import portfolio_rest
from tests.usecases.conftest import AGENT, ANA, CLERK, FIRM, NEW, OTHER_SUPERVISOR, SUPERVISOR, Town, refused
from tests.usecases.planned import (
    FREE,
    PLAIN,
    followed,
    office_day,
    owe,
    plan_now,
    programme,
    sign,
    signed,
)


def three(town: Town) -> dict[str, int]:
    """Put plans of three accounts into the town: one late, one of another branch, one to be certified."""
    today = office_day(town)
    number, version = programme(town)
    found = {}
    for ident, state, branch, due in (
        (ANA, "in_arrears", 6, today - timedelta(days=3)),
        (FIRM, "active", 4, today + timedelta(days=5)),
        (NEW, "awaiting_certification", 6, today + timedelta(days=30)),
    ):
        plan = town.run(
            "INSERT INTO plan (ident, programme_id, programme_version, contract_number, state, signed_on,"
            " branch_id, principal, interest, costs, written_off_principal, written_off_interest, payable)"
            " VALUES (:ident, :number, :version, :name, :state, :day, :branch, 200, 0, 0, 0, 0, 200)"
            " RETURNING id",
            ident=ident,
            number=number,
            version=version,
            name=f"RP-{ident}",
            state=state,
            day=today - timedelta(days=30),
            branch=branch,
        ).scalar_one()
        for place in (1, 2):
            town.insert(
                "instalment",
                ident=ident,
                plan_id=plan,
                instalment_no=place,
                due_on=due + timedelta(days=31 * (place - 1)),
                amount=Decimal(100),
            )
        found[state] = plan
    return found


@pytest.mark.parametrize(
    ("which", "listed"),
    [
        (Which.ALL, ["awaiting_certification", "active", "in_arrears"]),
        (Which.AWAITING, ["awaiting_certification"]),
        (Which.ARRIVING, ["active"]),
        (Which.MISSED, ["in_arrears"]),
        (Which.BREAKING, []),
    ],
)
def test_each_list_holds_what_it_says(town: Town, which: Which, listed: list[str]) -> None:
    made = three(town)

    with town.signed_in(SUPERVISOR) as session:
        page = plans.portfolio(session, today=office_day(town), which=which)
        assert len(town.statements) == 2  # the day, and the page

    assert [row.plan_id for row in page.rows] == [made[state] for state in listed]


def test_what_breaks_within_a_week_is_listed_before_it_does(town: Town) -> None:
    signed(town)
    day = plan_now(town).breaks_on
    followed(town, day - timedelta(days=8))

    def listed(today: date) -> int:
        with town.signed_in(SUPERVISOR) as session:
            return len(plans.portfolio(session, today=today, which=Which.BREAKING).rows)

    assert (listed(day - timedelta(days=8)), listed(day - timedelta(days=7))) == (0, 1)


def test_a_clerk_sees_the_own_branch_and_a_supervisor_any(town: Town) -> None:
    made = three(town)
    today = office_day(town)

    with town.signed_in(CLERK) as session:
        own = plans.portfolio(session, today=today, branch=4)
        counts = plans.portfolio_counts(session, today=today)
    with town.signed_in(SUPERVISOR) as session:
        other = plans.portfolio(session, today=today, branch=4)
        late = plans.portfolio(session, today=today, state=PlanState.IN_ARREARS)
    with town.signed_in(AGENT) as session, refused(session, Forbidden):
        plans.portfolio(session, today=today)

    assert {row.branch_id for row in own.rows} == {6}
    assert [row.plan_id for row in other.rows] == [made["active"]]
    assert [(row.late, row.late_open) for row in late.rows] == [(1, Decimal(100))]
    assert sum(count.count for count in counts) == 2


def test_pages_follow_one_another_without_gap_or_repetition(town: Town) -> None:
    made = three(town)
    today = office_day(town)
    seen = []
    with town.signed_in(SUPERVISOR) as session:
        for which in (Which.ALL, Which.MISSED):
            after = None
            while True:
                page = plans.portfolio(session, today=today, which=which, after=after, limit=1)
                seen += [row.plan_id for row in page.rows]
                after = page.next_key
                if after is None:
                    break

    assert seen == [*sorted(made.values(), reverse=True), made["in_arrears"]]


def test_what_is_counted_is_what_is_listed(town: Town) -> None:
    three(town)
    town.run("UPDATE plan SET breaks_on = office_day() + 2 WHERE state = 'in_arrears'")
    today = office_day(town)

    with town.signed_in(SUPERVISOR) as session:
        counts = plans.portfolio_counts(session, today=today)
        listed = {
            which: len(
                plans.portfolio(session, today=today, which=which, programme=counts[0].programme_id).rows
            )
            for which in Which
        }

    assert {which: sum(count.of(which) for count in counts) for which in Which} == listed
    assert listed == {"all": 3, "awaiting": 1, "arriving": 1, "missed": 1, "breaking": 1}
    assert {count.programme for count in counts} == {f"Program {counts[0].programme_id}"}


def test_an_export_takes_up_where_the_page_ended_and_tells_what_it_left(town: Town) -> None:
    three(town)
    today = office_day(town)
    given = {"today": today, "which": Which.ALL, "programme": None, "branch": None, "state": None}

    with town.signed_in(SUPERVISOR) as session:
        first = plans.portfolio(session, today=today, limit=1)
        assert first.next_key is not None
        rest = portfolio_rest(session, after=first.next_key, at_most=50, **given)
        cut_off = portfolio_rest(session, after=first.next_key, at_most=1, **given)
        whole = plans.portfolio(session, today=today)

    assert first.rows + rest.rows == whole.rows
    assert rest.next_key is None
    assert (len(cut_off.rows), cut_off.next_key is None) == (1, False)


def test_a_round_in_portions_looks_at_every_plan_once(town: Town) -> None:
    three(town)
    today = office_day(town)

    with town.signed_in(SUPERVISOR) as session:
        portions = [plans.follow(session, day=today, at_most=1) for _ in range(3)]

    assert [done["followed"] for done in portions] == [1, 1, 0]
    assert sum(done["in_arrears"] for done in portions) == 1


@pytest.mark.parametrize(
    ("which", "index"),
    [
        ("all", "ix_plan_signed_on"),
        ("awaiting", "ix_plan_state_signed_on"),
        ("arriving", "ix_plan_next_due_on"),
        ("missed", "ix_plan_next_due_on"),
        ("breaking", "ix_plan_breaks_on"),
    ],
)
def test_each_list_walks_an_index_of_its_own(town: Town, which: str, index: str) -> None:
    today = office_day(town)
    three(town)
    town.run("SET LOCAL enable_seqscan = off")
    town.run("SET LOCAL enable_sort = off")
    key = {"all": "signed_on", "awaiting": "signed_on", "breaking": "breaks_on"}.get(which, "next_due_on")
    condition = {
        "all": "true",
        "awaiting": "state = 'awaiting_certification'",
        "breaking": "state IN ('active', 'in_arrears') AND breaks_on <= :day",
    }.get(which, "state IN ('active', 'in_arrears') AND next_due_on < :day")

    plan = "\n".join(
        town.connection.execute(
            text(
                f"EXPLAIN SELECT * FROM plan WHERE {condition} AND ({key}, id) > (:day - 999, 0)"
                f" ORDER BY {key}, id LIMIT 100"
            ),
            {"day": today},
        ).scalars()
    )

    assert index in plan
    assert "Sort" not in plan


# -- the account's own -------------------------------------------------------------------------------


def test_the_questions_of_a_wizard_ask_a_known_number_of_statements(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 3)
    version = programme(town)

    with town.visiting(CLERK, ANA) as session:
        choices = plans.programmes(session, ident=ANA, payer=Payer.ORDINARY, today=today)
        asked = len(town.statements)
        periods = [one.month.period for one in choices.debt.months]
        plans.offers_on(choices.debt, terms=PLAIN, payer=Payer.ORDINARY, months=periods)
        ticked = len(town.statements) - asked
        sign(session, today=today, version=version, count=3)
        town.statements.clear()
        plans.plans_of(session, ident=ANA, today=today)
        shown = len(town.statements)
        plans.what_if(session, ident=ANA, day=today)
        told = len(town.statements) - shown

    assert (asked, ticked, shown, told) == (5, 0, 1, 1)


# -- programmes --------------------------------------------------------------------------------------


def test_a_draft_is_tried_before_it_is_published_and_never_altered_after(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 3, amount="10000.00")
    fields = DraftFields(today, legal_basis="Zaključak", note="proba")
    with town.signed_in(SUPERVISOR) as session:
        drafted = plans.draft_programme(session, terms=FREE, fields=fields, code="NOVI", name="Novi")
        changed = plans.change_programme_draft(
            session,
            programme_id=drafted["programme_id"],
            version=drafted["version"],
            seen_revision=drafted["revision"],
            terms=PLAIN,
            fields=fields,
        )
        with refused(session, rules.DraftOutdated):
            plans.publish_programme(
                session, programme_id=drafted["programme_id"], version=1, seen_revision=drafted["revision"]
            )
        with refused(session, rules.OwnPublication):
            plans.publish_programme(
                session, programme_id=drafted["programme_id"], version=1, seen_revision=changed["revision"]
            )
        assert plans.programme_versions(session)[0].is_mine
    with town.visiting(SUPERVISOR, ANA) as session:
        (trial,) = plans.try_programme(
            session, terms=PLAIN, fields=fields, payer=Payer.ORDINARY, idents=[ANA], today=today
        )
    with town.visiting(OTHER_SUPERVISOR, ANA) as session:
        plans.publish_programme(
            session,
            programme_id=changed["programme_id"],
            version=changed["version"],
            seen_revision=changed["revision"],
        )
        with refused(session, rules.OwnProgramme):
            sign(session, today=today, version=(changed["programme_id"], 1), count=6)
    with town.visiting(SUPERVISOR, ANA) as session:
        published = plans.programme_versions(session)[0]
        with refused(session, rules.ProgrammePublished):
            plans.change_programme_draft(
                session,
                programme_id=changed["programme_id"],
                version=1,
                seen_revision=3,
                terms=PLAIN,
                fields=fields,
            )
        signed_plan = sign(session, today=today, version=(changed["programme_id"], 1), count=6)

    assert trial.obstacle is None
    assert [len(one.instalments) for one in trial.offers if isinstance(one, Offer)] == [1, 3, 6, 12]
    assert (published.state, published.published_by) == (VersionState.PUBLISHED, "Rada Simić")
    assert signed_plan["state"] == PlanState.ACTIVE


def test_a_draft_whose_terms_contradict_themselves_is_refused(town: Town) -> None:
    with town.signed_in(SUPERVISOR) as session, pytest.raises(TermsFaulty):
        plans.draft_programme(
            session, terms=replace(PLAIN, steps=()), fields=DraftFields(date(2030, 1, 1)), code="X", name="X"
        )


def test_clerks_draft_nothing(town: Town) -> None:
    with town.signed_in(CLERK) as session, refused(session, Forbidden):
        plans.draft_programme(session, terms=PLAIN, fields=DraftFields(date(2030, 1, 1)), code="X", name="X")


def test_no_terms_are_published_over_days_on_which_others_were_signed_under(town: Town) -> None:
    today = office_day(town)
    owe(town, 4)
    version = programme(town)
    with town.visiting(SUPERVISOR, ANA) as session:
        sign(session, today=today, version=version, count=1)
        drafted = plans.draft_programme(
            session,
            terms=PLAIN,
            fields=DraftFields(Period.of(today).first_day, legal_basis="Odluka"),
            programme_id=version[0],
        )
    with town.signed_in(OTHER_SUPERVISOR) as session, refused(session, rules.ProgrammeBackdated):
        plans.publish_programme(
            session,
            programme_id=version[0],
            version=drafted["version"],
            seen_revision=drafted["revision"],
        )
