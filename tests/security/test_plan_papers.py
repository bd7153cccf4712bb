"""What is handed out of plans, against people: who may, whose, and what nobody may alter."""

import psycopg
import pytest

from tests.security.conftest import AGENT, ANA, BORA, CLERK, SUPERVISOR, one, sqlstate_of, visit

FORBIDDEN = "42501"
ENTRY = (
    "INSERT INTO plan_paper (ident, plan_id, paper, medium, script)"
    " VALUES (%s, %s, %s, 'printed', 'latin') RETURNING id"
)
OF_ANA = f"SELECT max(id) FROM plan WHERE ident = {ANA}"


@pytest.fixture
def plan(superuser):
    return one(superuser, OF_ANA)


@pytest.mark.parametrize("login", [CLERK, SUPERVISOR])
def test_a_paper_is_entered_under_the_name_branch_and_time_of_who_made_it(enter, plan, login):
    desk = enter(login)
    visit(desk, ANA)

    paper = one(desk, ENTRY, ANA, plan, "contract")

    made = desk.execute(
        "SELECT operator, branch_id = my_branch(), made_at > now() - interval '1 minute' FROM plan_paper"
        " WHERE id = %s",
        [paper],
    ).fetchone()
    assert made == (login, True, True)


@pytest.mark.parametrize(("column", "value"), [("operator", "'x'"), ("made_at", "now()"), ("branch_id", "2")])
def test_nobody_says_who_when_or_where(clerk, column, value):
    statement = (
        f"INSERT INTO plan_paper (ident, paper, medium, script, {column})"
        f" VALUES ({ANA}, 'proposal', 'printed', 'latin', {value})"
    )

    assert sqlstate_of(clerk, statement) == FORBIDDEN


def test_who_serves_by_telephone_hands_out_nothing(enter, plan):
    agent = enter(AGENT)
    visit(agent, ANA)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        agent.execute(ENTRY, [ANA, plan, "contract"])


def test_nothing_is_handed_out_of_an_account_that_is_not_visited(clerk):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        clerk.execute(ENTRY, [BORA, None, "proposal"])
    assert one(clerk, "SELECT count(*) FROM plan_paper WHERE ident = %s", BORA) == 0


def test_a_paper_of_another_account_s_plan_is_none(clerk, superuser):
    other = one(superuser, f"SELECT max(id) FROM plan WHERE ident = {BORA}")

    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        clerk.execute(ENTRY, [ANA, other, "contract"])


@pytest.mark.parametrize(("paper", "has_plan"), [("contract", False), ("slips", False), ("proposal", True)])
def test_a_proposal_has_no_plan_and_everything_else_has_one(clerk, plan, paper, has_plan):
    with pytest.raises(psycopg.errors.CheckViolation):
        clerk.execute(ENTRY, [ANA, plan if has_plan else None, paper])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan_paper SET medium = 'saved'",
        "DELETE FROM plan_paper",
        "TRUNCATE plan_paper",
    ],
)
def test_what_was_handed_out_stays_on_record_even_for_the_owner(clerk, superuser, plan, statement):
    clerk.execute(ENTRY, [ANA, plan, "contract"])
    assert sqlstate_of(clerk, statement) == FORBIDDEN

    superuser.execute("SET ROLE salter_owner")
    with pytest.raises(psycopg.Error, match="row_immutable"):
        superuser.execute(statement)


def test_a_paper_that_was_handed_out_is_audited(clerk, superuser, plan):
    paper = one(clerk, ENTRY, ANA, plan, "both")

    login = one(
        superuser,
        "SELECT login FROM audit_log WHERE table_name = 'plan_paper' AND new_row ->> 'id' = %s",
        str(paper),
    )
    assert login == CLERK
