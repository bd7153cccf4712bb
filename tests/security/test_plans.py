"""Plans against people: who may sign, end and follow them, and what nobody may alter."""

import psycopg
import pytest
from psycopg.types.json import Jsonb
from sqlalchemy import create_engine

from db import checks
from tests.security.conftest import (
    AGENT,
    CLERK,
    LEFT,
    OTHER_SUPERVISOR,
    STRANGER,
    SUPERVISOR,
    one,
    sqlstate_of,
    visit,
)
from tests.security.signing import indebted, payload, set_rates, signed

FORBIDDEN, RULE = "42501", "SA001"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO plan SELECT * FROM plan",
        "UPDATE plan SET state = 'kept'",
        "UPDATE instalment SET paid = amount",
        "INSERT INTO plan_event (ident, plan_id, new_state, cause) VALUES (1000042, 1, 'kept', 'all_paid')",
        "DELETE FROM plan_item",
        "UPDATE programme_version SET terms = '{}'",
        "INSERT INTO programme (id, code, name) VALUES (9, 'X', 'X')",
        "SELECT move_plans('2999-01-01', NULL, NULL)",
        "SELECT settle_plan(1000042, 1, 1)",
        "SELECT book_payment(1000042, '2026-07-20', 1, 'bank')",
        "SELECT open_months(1000318, '2026-01-01')",
        "SELECT next_plan_serial(1::smallint, 2026::smallint)",
        "SELECT accrued_interest(1, '2020-01-01', '2020-02-01')",
        "SELECT * FROM plan_serial",
    ],
)
@pytest.mark.parametrize("login", [AGENT, CLERK, SUPERVISOR])
def test_nobody_reaches_behind_the_functions(enter, login, statement):
    assert sqlstate_of(enter(login), statement) == FORBIDDEN


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT cancel_plan(1000042, 1, 'x')",
        "SELECT follow_plans('2026-01-01')",
        "SELECT draft_programme('{}')",
        "SELECT publish_programme(1, 1, 1)",
    ],
)
def test_clerks_do_not_end_follow_or_decide(clerk, statement):
    assert sqlstate_of(clerk, statement) == FORBIDDEN


@pytest.mark.parametrize(
    "statement", ["SELECT register_plan(1000042, '{}')", "SELECT undo_plan(1000042, 1, 'x')"]
)
def test_who_serves_by_telephone_signs_nothing(enter, statement):
    agent = enter(AGENT)
    visit(agent, 1000042)

    assert sqlstate_of(agent, statement) == FORBIDDEN


@pytest.mark.parametrize("login", [LEFT, STRANGER])
def test_who_left_or_never_came_signs_nothing(enter, login):
    with pytest.raises(psycopg.Error) as refused:
        enter(login).execute("SELECT register_plan(1000042, '{}')")

    assert refused.value.diag.message_primary == "visit_not_open"


def test_nobody_signs_for_an_account_that_is_not_visited(guarded, enter):
    ident = indebted(guarded)
    clerk = enter(CLERK)

    for statement in (
        "SELECT register_plan(%s, '{}')",
        "SELECT months_of_debt(%s, '2026-01-01')",
        "SELECT what_follows(%s, '2026-01-01')",
        "SELECT book_plan_payment(%s, 1)",
    ):
        with pytest.raises(psycopg.Error) as refused:
            clerk.execute(statement, [ident])
        assert refused.value.diag.message_primary == "visit_not_open"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"payable": "0.01"}, "plan_sums_wrong"),
        ({"written_off_principal": "1000"}, "plan_sums_wrong"),
        ({"payable": "NaN"}, "plan_sums_wrong"),
        ({"schedule": []}, "plan_sums_wrong"),
        ({"months": []}, "plan_nothing_to_repay"),
        ({"months": [{"ggmm": 2401, "principal": "1", "interest": "0"}]}, "plan_debt_changed"),
        ({"months": [{"ggmm": 2401, "principal": "NaN", "interest": "0"}]}, "plan_debt_changed"),
        ({"months": [{"ggmm": 2512, "principal": "1000", "interest": "0"}]}, "plan_debt_changed"),
        ({"costs": "-1"}, "plan_debt_changed"),
        ({"instalments": 0}, "plan_count_not_offered"),
        ({"instalments": -1}, "plan_count_not_offered"),
        ({"instalments": 60}, "plan_count_not_offered"),
        ({"payer": "pensioner"}, "plan_payer_not_allowed"),
        ({"payer": None}, "plan_payer_not_allowed"),
        ({"version": 2}, "plan_programme_not_in_force"),
        ({"programme_id": None}, "plan_programme_not_in_force"),
        ({"debtor": {"jmbg": "0101990715003"}}, "plan_field_wrong"),
        ({"debtor": {"name": "A\nB"}}, "plan_field_wrong"),
        ({"debtor": {"name": ["A"]}}, "plan_field_wrong"),
    ],
)
def test_what_was_not_shown_is_not_signed(guarded, enter, change, rule):
    ident = indebted(guarded)
    given = {**payload(guarded, ident).obj, **change}
    clerk = enter(CLERK)
    visit(clerk, ident)

    with pytest.raises(psycopg.Error) as refused:
        clerk.execute("SELECT register_plan(%s, %s)", [ident, Jsonb(given)])

    assert (refused.value.sqlstate, refused.value.diag.message_primary) == (RULE, rule)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan SET principal = principal + 1, payable = payable + 1",
        "UPDATE plan SET signed_on = signed_on - 1",
        "DELETE FROM plan",
        "UPDATE instalment SET amount = amount + 1",
        "UPDATE instalment SET due_on = due_on + 30",
        "DELETE FROM instalment",
        "UPDATE plan_item SET principal = 1",
        "UPDATE plan_event SET reason = 'x'",
        "DELETE FROM plan_event",
        "TRUNCATE plan_event",
        "TRUNCATE plan CASCADE",
        "DELETE FROM plan_serial",
        "DELETE FROM programme",
        "TRUNCATE programme_version CASCADE",
    ],
)
def test_what_was_signed_stays_as_it_is_for_the_owner_too(guarded, statement):
    signed(guarded, indebted(guarded))
    with guarded.as_superuser() as owner:
        owner.execute("SELECT close_numbers()")
    with guarded.as_superuser(autocommit=False) as owner:
        with pytest.raises(psycopg.Error) as refused:
            owner.execute(statement)
        owner.rollback()

    assert refused.value.diag.message_primary == "row_immutable"


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE programme_version SET terms = terms || '{\"may_replan\": true}'", "programme_published"),
        ("UPDATE programme_version SET legal_basis = 'x'", "programme_published"),
        ("UPDATE programme_version SET state = 'draft', published_at = NULL", "programme_published"),
        ("UPDATE programme_version SET valid_to = NULL WHERE valid_to IS NOT NULL", None),
        ("DELETE FROM programme_version", "programme_published"),
        ("UPDATE plan SET state = 'requested'", "plan_transition_forbidden"),
        ("UPDATE plan SET state = 'proposed' WHERE state = 'active'", "plan_transition_forbidden"),
    ],
)
def test_what_was_published_or_ended_stays_so(guarded, statement, rule):
    signed(guarded, indebted(guarded))
    with guarded.as_superuser(autocommit=False) as owner:
        try:
            owner.execute(statement)
            said = None
        except psycopg.Error as error:
            said = error.diag.message_primary
        owner.rollback()

    assert said == rule


TERMS = {"steps": [["ordinary", 6, "10"]]}


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"steps": []}, "steps"),
        ({"steps": [["ordinary", 0, "10"]]}, "steps"),
        ({"steps": [["nobody", 1, "10"]]}, "steps"),
        ({"steps": [["ordinary", 1, "NaN"]]}, "steps"),
        ({"steps": [["ordinary", 1, "1"], ["ordinary", 1, "2"]]}, "steps"),
        ({**TERMS, "size_rules": [["ordinary", "-1", 6]]}, "size_rules"),
        ({**TERMS, "interest": "double"}, "interest"),
        ({**TERMS, "down_payment_percent": "100"}, "down_payment_percent"),
        ({**TERMS, "down_payment_percent": "NaN"}, "down_payment_percent"),
        ({**TERMS, "first_due_days": 999}, "first_due_days"),
        ({**TERMS, "debts": {"takes_sued": False, "takes_unsued": False}}, "debts"),
        ({**TERMS, "breach": {"missed_instalments": -1}}, "breach"),
        ({**TERMS, "most_payable": {"desk_clerk": "NaN"}}, "most_payable"),
        ({**TERMS, "least_instalment": "many"}, "least_instalment"),
        ({**TERMS, "interest": None}, "interest"),
        ({**TERMS, "is_certified": None}, "is_certified"),
        ({"steps": "many"}, "terms"),
        ("nothing", "terms"),
    ],
)
def test_terms_that_cannot_be_are_not_drafted(enter, terms, field):
    given = {"code": "N", "name": "Novi", "valid_from": "2030-01-01", "terms": terms}
    with pytest.raises(psycopg.Error) as refused:
        enter(SUPERVISOR).execute("SELECT draft_programme(%s)", [Jsonb(given)])

    assert refused.value.diag.message_primary == "programme_terms_faulty"
    assert f'"{field}"' in (refused.value.diag.message_detail or "")


def test_a_version_ends_where_the_next_one_begins(guarded, enter):
    supervisor = enter(SUPERVISOR)
    given = {"code": "V", "name": "V", "valid_from": "2031-01-01", "terms": TERMS, "legal_basis": "Odluka"}
    first = one(supervisor, "SELECT draft_programme(%s)", Jsonb(given))
    number = first["programme_id"]
    publish = "SELECT publish_programme(%s, %s, %s)"
    other = enter(OTHER_SUPERVISOR)
    other.execute(publish, [number, 1, 1])
    later = {**given, "programme_id": number, "valid_from": "2031-06-01"}
    second = one(supervisor, "SELECT draft_programme(%s)", Jsonb(later))
    with pytest.raises(psycopg.Error) as outdated:
        other.execute(publish, [number, second["version"], 7])
    other.execute(publish, [number, second["version"], 1])

    with guarded.as_superuser() as owner:
        rows = owner.execute(
            "SELECT version, valid_from::text, valid_to::text, published_by FROM programme_version"
            " WHERE programme_id = %s ORDER BY 1",
            [number],
        ).fetchall()
    assert outdated.value.diag.message_primary == "programme_draft_outdated"
    assert rows == [
        (1, "2031-01-01", "2031-06-01", OTHER_SUPERVISOR),
        (2, "2031-06-01", None, OTHER_SUPERVISOR),
    ]


def test_numbers_have_no_gap_and_everything_reconciles(guarded, superuser):
    set_rates(superuser)
    for _ in range(3):
        signed(guarded, indebted(guarded))
    engine = create_engine(guarded.database.url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection:
        found = list(checks.found_in(connection, only=("plan numbers", "plan events", "plan outlook")))
    engine.dispose()

    assert found == []
