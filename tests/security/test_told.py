"""What functions with the rights of the owner tell, and what is left of it by a rollback."""

import psycopg
import pytest

from tests.security.conftest import BORA, SERVING, SUPERVISOR

VISITED = "only of an account whose visit was committed before"
COMMITTED = "only what a record tells that was committed before"
COUNTED = "whether a guess is right, counted past a rollback"
OWN = "of the person that asks and of nobody else"
LISTED = "a list of work or of oversight, by role and branch: no visit is asked"
OVERSEEN = "what the logs hold of people one oversees, or the id of an own record"
FOUND = "which accounts a whole datum belongs to, but a personal number; counted past a rollback"
SHOWN = "names and addresses to choose an account by, a page at a time; counted past a rollback"

TOLD = {
    "account_changes": VISITED,
    "account_heading": COMMITTED,
    "alerts": OVERSEEN,
    "bill_lines": VISITED,
    "book_plan_payment": VISITED,
    "building_accounts": VISITED,
    "building_use": VISITED,
    "cancel_plan": VISITED,
    "certify_plan": VISITED,
    "change_current_values": VISITED,
    "change_history": VISITED,
    "change_programme_draft": LISTED,
    "change_queue": LISTED,
    "change_queue_counts": LISTED,
    "claim_change": LISTED,
    "count_by_words": SHOWN,
    "doings_of": OVERSEEN,
    "draft_programme": LISTED,
    "find_accounts": SHOWN,
    "find_beginning": SHOWN,
    "find_by_business_number": FOUND,
    "find_by_case_number": FOUND,
    "find_by_contact": FOUND,
    "find_by_ident": SHOWN,
    "find_by_phone_end": FOUND,
    "find_by_words": SHOWN,
    "find_instead": SHOWN,
    "follow_plans": LISTED,
    "largest_debts": LISTED,
    "look_up_personal_number": OWN,
    "is_building_on_record": VISITED,
    "looked_up_accounts": COMMITTED,
    "may_serve": OWN,
    "months_of_debt": VISITED,
    "must_verify": OWN,
    "my_branch": OWN,
    "open_visit": OWN,
    "plan_portfolio": LISTED,
    "plan_portfolio_counts": LISTED,
    "publish_programme": LISTED,
    "raise_ceiling": OVERSEEN,
    "readable_idents": OWN,
    "recent_accounts": OWN,
    "register_plan": VISITED,
    "remove_change_paper": VISITED,
    "reserve_ident": OWN,
    "revealed_personal_number": COMMITTED,
    "standing_of": OVERSEEN,
    "switch_delivery": VISITED,
    "take_next_change": LISTED,
    "undo_change": VISITED,
    "undo_plan": VISITED,
    "verification_choices": VISITED,
    "verify_caller": COUNTED,
    "visited_idents": OWN,
    "what_follows": VISITED,
    "who_am_i": OWN,
}
"""Every function of the owner's that answers somebody at a desk, and why that may be."""

_ANSWERING = """
    SELECT p.proname, p.pronargs
    FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
      AND p.prorettype NOT IN ('void'::regtype, 'trigger'::regtype)
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
      AND EXISTS (SELECT FROM unnest('{desk_agent,desk_clerk,desk_supervisor,desk_admin}'::text[]) AS role
                  WHERE has_function_privilege(role, p.oid, 'EXECUTE'))
"""


def test_what_answers_at_a_desk_is_listed_with_its_reason(superuser):
    answering = [name for name, _ in superuser.execute(_ANSWERING)]

    assert sorted(answering) == sorted(TOLD)


@pytest.mark.parametrize("name", [name for name, why in TOLD.items() if why == VISITED])
@pytest.mark.parametrize("login", SERVING)
def test_a_visit_that_is_rolled_back_tells_nothing_of_its_account(guarded, superuser, login, name):
    arguments = dict(superuser.execute(_ANSWERING).fetchall())[name]
    given = ", ".join([str(BORA), *["NULL"] * (arguments - 1)])

    with guarded.signed_in(login, autocommit=False) as connection:
        connection.execute("SELECT open_visit(%s, 'service', 'counter')", [BORA])
        try:
            told = connection.execute(f"SELECT * FROM {name}({given})").fetchall()
        except psycopg.Error as refused:
            told = [] if refused.sqlstate in {"SA001", "42501"} else [(refused,)]
        connection.rollback()

    assert [value for row in told for value in row if value is not None] == []


def test_the_visit_itself_is_gone_with_the_rollback(guarded):
    with guarded.signed_in(SUPERVISOR, autocommit=False) as connection:
        connection.execute("SELECT open_visit(%s, 'service', 'counter')", [BORA])
        told = connection.execute("SELECT visited_idents(), readable_idents()").fetchone()
        connection.rollback()

    assert told == ([], [])
