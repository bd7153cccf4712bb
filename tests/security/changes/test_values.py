"""What the database takes for a value: the same as the program, and nothing a form does not ask for."""

from collections.abc import Mapping
from datetime import date

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.changes import DECLARATIONS, effective_month
from app.domain.contacts import NotAnEmail, NotAPhone, normalize_email, normalize_phone
from app.domain.errors import Refused
from app.domain.personal_numbers import jmbg, pib
from tests.security import filing
from tests.security.conftest import CLERK, one, visit


@pytest.fixture(scope="module")
def owner(guarded):
    with guarded.as_superuser() as opened:
        yield opened


# -- the month a change counts from --------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "cutoff", "ggmm"),
    [
        ("2026-06-20", 20, 2606),
        ("2026-06-21", 20, 2607),
        ("2026-12-21", 20, 2701),
        ("2026-02-28", 20, 2603),
        ("2026-06-15", 15, 2606),
        ("2026-06-16", 15, 2607),
        ("2024-02-29", 20, 2403),
        ("2099-12-31", 20, 1),
    ],
)
def test_the_month_follows_from_the_day_of_receipt(owner, received, cutoff, ggmm):
    assert one(owner, "SELECT effective_ggmm(%s, %s)", received, cutoff) == ggmm


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.integers(1, 31))
def test_the_month_is_the_one_the_program_shows(owner, received, cutoff):
    shown = effective_month(received, cutoff_day=cutoff).period.ggmm

    assert one(owner, "SELECT effective_ggmm(%s, %s)", received, cutoff) == shown


@pytest.mark.parametrize(
    ("received", "ggmm", "cutoff"),
    [("2014-06-15", 1406, 15), ("2014-06-16", 1407, 15), ("2015-06-20", 1506, 20), ("2015-06-21", 1507, 20)],
)
def test_the_rule_is_the_one_in_force_on_the_day_of_receipt(
    guarded, enter, superuser, received, ggmm, cutoff
):
    superuser.execute(
        "INSERT INTO setting VALUES ('change_cutoff_day', '1977-01-01', '15', true),"
        " ('change_cutoff_day', '2015-01-01', '20', true) ON CONFLICT DO NOTHING"
    )
    ident, clerk = guarded.new_account(), enter(CLERK)
    visit(clerk, ident)
    request = filing.submit(clerk, ident, "members", received_on=received, happened_on=received)

    row = clerk.execute(
        "SELECT applies_from, cutoff_day FROM change_request WHERE id = %s", [request]
    ).fetchone()
    assert row == (ggmm, cutoff)


@pytest.mark.parametrize(("happened", "is_late"), [("2020-03-02", False), ("2020-03-01", True)])
def test_later_than_eight_days_is_late(guarded, enter, happened, is_late):
    ident, clerk = guarded.new_account(), enter(CLERK)
    visit(clerk, ident)
    request = filing.submit(clerk, ident, "members", received_on="2020-03-10", happened_on=happened)

    row = clerk.execute("SELECT is_late, due_on FROM change_request WHERE id = %s", [request]).fetchone()
    assert row == (is_late, date(2020, 3, 25))


# -- numbers, telephones, addresses --------------------------------------------------------------


@given(st.integers(0, 10**12 - 1), st.integers(0, 9))
def test_a_personal_number_is_one_to_both(owner, body, check):
    number = f"{body:012}{check}"
    try:
        expected = jmbg.validate(number) and None
    except jmbg.JmbgDateImpossible:
        expected = "impossible_date"
    except jmbg.JmbgMistyped:
        expected = "wrong_check_digit"

    assert one(owner, "SELECT jmbg_problem(%s)", number) == expected


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 99999))
def test_a_true_personal_number_is_taken(owner, born, rest):
    number = jmbg.make(f"{born:%d%m}{born.year % 1000:03}{rest:05}")

    assert one(owner, "SELECT jmbg_problem(%s)", number) is None
    assert one(owner, "SELECT masked_number(%s)", number) == jmbg.mask(number)


@given(st.integers(0, 10**8 - 1), st.integers(0, 9))
def test_a_tax_number_is_one_to_both(owner, body, check):
    number = f"{body:08}{check}"
    try:
        pib.validate(number)
    except Refused:
        assert one(owner, "SELECT pib_problem(%s)", number) == "wrong_check_digit"
    else:
        assert one(owner, "SELECT pib_problem(%s)", number) is None


@given(st.from_regex(r"\+?[0-9 /()\-.]{5,22}", fullmatch=True) | st.text("0123456789+ x", max_size=20))
def test_a_telephone_is_normalized_alike(owner, typed):
    try:
        expected = normalize_phone(typed)
    except NotAPhone:
        expected = None

    assert one(owner, "SELECT normalized_phone(%s)", typed) == expected


@given(st.emails() | st.text('ab@.<"| mailto:', max_size=20))
def test_an_e_mail_address_is_normalized_alike(owner, typed):
    try:
        expected = normalize_email(typed)
    except NotAnEmail:
        expected = None

    assert one(owner, "SELECT normalized_email(%s)", typed) == expected


# -- what a form must say ------------------------------------------------------------------------

WRONG: list[tuple[str, Mapping[str, object], str, str]] = [
    ("members", {}, "members", "missing"),
    ("members", {"members": 3}, "", "nothing_changed"),
    ("members", {"members": "5"}, "members", "unreadable"),
    ("members", {"members": 5.5}, "members", "unreadable"),
    ("members", {"members": 100}, "members", "too_big"),
    ("members", {"members": -1}, "members", "too_small"),
    ("members", {"members": True}, "members", "unreadable"),
    ("area", {"area": "60,5", "heated_area": "50"}, "area", "unreadable"),
    ("area", {"area": "60.555", "heated_area": "50"}, "area", "unreadable"),
    ("area", {"area": 60, "heated_area": "50"}, "area", "unreadable"),
    ("area", {"area": "60", "heated_area": "61"}, "heated_area", "larger_than_area"),
    ("area", {"area": "NaN", "heated_area": "0"}, "area", "unreadable"),
    ("area", {"area": "1000000.01", "heated_area": "0"}, "area", "too_big"),
    ("purpose", {"purpose": "castle", "heated_area": "0", "has_waste": True}, "purpose", "not_offered"),
    (
        "purpose",
        {"purpose": "flat", "heated_area": "55", "has_waste": True},
        "heated_area",
        "larger_than_area",
    ),
    ("purpose", {"purpose": "flat", "heated_area": "1", "has_waste": "yes"}, "has_waste", "unreadable"),
    ("holder", {**filing.PERSON, "last_name": None}, "last_name", "missing"),
    ("holder", {**filing.PERSON, "last_name": "  "}, "last_name", "missing"),
    ("holder", {**filing.PERSON, "last_name": "x" * 61}, "last_name", "too_long"),
    ("holder", {**filing.PERSON, "jmbg": "1505985710006"}, "jmbg", "wrong_check_digit"),
    ("holder", {**filing.PERSON, "jmbg": "3202985710005"}, "jmbg", "impossible_date"),
    ("holder", {**filing.PERSON, "jmbg": jmbg.make("010179971000")}, "jmbg", "not_born_yet"),
    ("holder", {**filing.PERSON, "jmbg": "123"}, "jmbg", "unreadable"),
    ("holder", {**filing.PERSON, "phone": "nema"}, "phone", "unreadable"),
    ("holder", {**filing.PERSON, "email": "a@b"}, "email", "unreadable"),
    ("holder", {**filing.FIRM, "pib": "101134703"}, "pib", "wrong_check_digit"),
    ("holder", {**filing.FIRM, "pib": None}, "pib", "missing"),
    ("holder", {**filing.FIRM, "company_number": "123"}, "company_number", "unreadable"),
    ("holder", {**filing.FIRM, "holder_kind": "other"}, "holder_kind", "not_offered"),
    ("email_delivery", {"by_email": True, "on_paper": True}, "delivery_email", "missing"),
    ("email_delivery", {"by_email": False, "on_paper": False}, "on_paper", "no_way_of_delivery"),
    ("close_account", {"closed_on": "2014-12-31"}, "closed_on", "before_it_began"),
    ("close_account", {"closed_on": "2024-02-30"}, "closed_on", "unreadable"),
    ("subsidy", {**filing.VALUES["subsidy"], "percent": "9.99"}, "percent", "too_small"),
    ("subsidy", {**filing.VALUES["subsidy"], "percent": "30.01"}, "percent", "too_big"),
    ("subsidy", {**filing.VALUES["subsidy"], "granted_until": "2019-12-31"}, "granted_until", "already_past"),
    ("legal_person", {"business_name": "X", "pib": "101134702"}, "", "nothing_changed"),
]


@pytest.mark.parametrize(("kind", "values", "field", "rule"), WRONG)
def test_a_wrong_form_is_kept_as_a_draft_and_not_submitted(guarded, enter, kind, values, field, rule):
    ident, clerk = guarded.new_account(), enter(CLERK)
    visit(clerk, ident)

    with pytest.raises(psycopg.Error, match="change_field_wrong") as refused:
        filing.submit(clerk, ident, kind, values)

    assert refused.value.diag.message_detail is not None
    assert f'"field": "{field}"' in refused.value.diag.message_detail
    assert f'"rule": "{rule}"' in refused.value.diag.message_detail


def test_an_account_is_not_closed_tomorrow(guarded, enter):
    ident, clerk = guarded.new_account(), enter(CLERK)
    visit(clerk, ident)

    with pytest.raises(psycopg.Error, match="change_in_future"):
        filing.submit(clerk, ident, "close_account", {"closed_on": "2099-01-01"})


@pytest.mark.parametrize("missing", ["received_on", "happened_on", "applicant_name", "applicant_standing"])
def test_who_applies_and_when_is_said_by_submission(guarded, enter, missing):
    ident, clerk = guarded.new_account(), enter(CLERK)
    visit(clerk, ident)

    with pytest.raises(psycopg.Error, match=f'"field": "{missing}"'):
        filing.submit(clerk, ident, "members", **{missing: "" if missing == "applicant_name" else None})


def test_texts_are_kept_without_blanks_around_them(guarded, enter):
    ident, clerk = guarded.new_account(), enter(CLERK)
    visit(clerk, ident)

    request = filing.file(
        clerk, ident, "death", {"members": 1, "delivery_name": "  Porodica  ", "delivery_address": ""}
    )

    assert one(clerk, "SELECT new_values FROM change_request WHERE id = %s", request) == {
        "members": 1,
        "delivery_name": "Porodica",
        "delivery_address": None,
    }


def test_what_a_form_does_not_ask_for_is_dropped_at_submission(guarded, enter):
    ident, clerk = guarded.new_account(), enter(CLERK)
    visit(clerk, ident)

    request = filing.submit(clerk, ident, "holder", {**filing.PERSON, "pib": "101134702", "members": 4})

    kept = one(clerk, "SELECT new_values FROM change_request WHERE id = %s", request)
    assert "pib" not in kept
    assert "members" not in kept


@pytest.mark.parametrize("declaration", DECLARATIONS, ids=lambda one: one.kind.value)
def test_whatever_is_declared_aims_at_a_column_there_is(owner, declaration):
    aimed = {field.target for field in declaration.fields if field.target is not None}
    for target in aimed | {fixed.target for fixed in declaration.fixed}:
        if target.table == "contact":
            assert target.column in ("phone", "email")
            continue
        found = one(
            owner,
            "SELECT count(*) FROM information_schema.columns WHERE table_name = %s AND column_name = %s",
            target.table,
            target.column,
        )
        assert found == 1, target


def test_what_is_on_file_is_told_by_field_and_masked(guarded, enter, superuser):
    ident, clerk = guarded.new_account(), enter(CLERK)
    superuser.execute("UPDATE holder SET jmbg = %s WHERE ident = %s", [filing.JMBG, ident])
    visit(clerk, ident)

    assert one(clerk, "SELECT change_current_values(%s, 'correction')", ident) == {
        "last_name": "Petrović",
        "first_name": "Ana",
        "jmbg": f"{filing.JMBG[:4]}•••••{filing.JMBG[-4:]}",
        "phone": None,
        "email": "a@example.rs",
    }
    assert one(clerk, "SELECT change_current_values(%s, 'area')", ident) == {
        "area": "54.00",
        "heated_area": "50.00",
    }
    assert one(clerk, "SELECT change_current_values(%s, 'stop_waste')", ident) == {"has_waste": True}
