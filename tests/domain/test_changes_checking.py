"""What may be typed into a form: by type, by need, and together; and how it is stored."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.changes import (
    DECLARATIONS,
    ApplicantStanding,
    ChangeKind,
    FieldType,
    Problem,
    Rule,
    asked_fields,
    asked_papers,
    canonical,
    check,
    check_days,
    circumstances,
    clean,
    declaration_of,
)
from app.domain.changes.reading import read_day
from app.domain.holders import HolderKind
from app.domain.period import Period
from app.domain.personal_numbers import jmbg, pib

TODAY = date(2026, 7, 20)
NOBODY = ""


def problems(kind, values, *, holder_kind=HolderKind.NATURAL, by_members=False, current=None, **others):
    found = check(
        declaration_of(kind),
        values,
        holder_kind=holder_kind,
        by_members=by_members,
        current=current or {},
        today=TODAY,
        **others,
    )
    return {(problem.field, problem.rule) for problem in found}


PERSON = {
    "holder_kind": "natural",
    "last_name": "Marić",
    "first_name": "Jovana",
    "jmbg": "0101000710009",
}
FIRM = {
    "holder_kind": "legal",
    "business_name": "Lipa d.o.o.",
    "pib": "101134702",
    "company_number": "07007965",
}


def test_a_new_holder_needs_a_name_and_may_lack_a_jmbg():
    assert problems(ChangeKind.HOLDER, PERSON) == set()
    assert problems(ChangeKind.HOLDER, {**PERSON, "jmbg": ""}) == set()
    assert problems(ChangeKind.HOLDER, {"holder_kind": "natural"}) == {
        ("last_name", Rule.MISSING),
        ("first_name", Rule.MISSING),
    }


def test_what_is_asked_follows_the_kind_of_the_new_holder_and_not_of_the_old():
    assert problems(ChangeKind.HOLDER, FIRM, holder_kind=HolderKind.NATURAL) == set()
    assert problems(ChangeKind.HOLDER, {**FIRM, "pib": ""}) == {("pib", Rule.MISSING)}


def test_members_are_asked_of_a_new_holder_only_where_shares_go_by_members():
    assert problems(ChangeKind.HOLDER, PERSON, by_members=True) == {("members", Rule.MISSING)}
    assert problems(ChangeKind.HOLDER, {**PERSON, "members": "3"}, by_members=True) == set()


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("010100071000", Rule.UNREADABLE),
        ("0101000710008", Rule.WRONG_CHECK_DIGIT),
        ("3102000710009", Rule.IMPOSSIBLE_DATE),
        (jmbg.make(f"{TODAY + timedelta(days=1):%d%m}0" + f"{TODAY:%y}" + "71000"), Rule.NOT_BORN_YET),
        (jmbg.make("010179971000"), Rule.NOT_BORN_YET),
        ("Jovana", Rule.UNREADABLE),
        ("0101•••••0009", Rule.UNREADABLE),
    ],
)
def test_a_jmbg_is_refused_for_what_is_wrong_with_it(typed, rule):
    assert problems(ChangeKind.HOLDER, {**PERSON, "jmbg": typed}) == {("jmbg", rule)}


def test_somebody_born_today_has_a_jmbg():
    born = jmbg.make(f"{TODAY:%d%m}0{TODAY:%y}71000")

    assert problems(ChangeKind.HOLDER, {**PERSON, "jmbg": born}) == set()


def test_a_name_is_kept_in_one_script_and_in_the_letters_that_were_meant():
    written = {"last_name": "Milovanoviæ", "first_name": "Nјegoš"}

    assert canonical(declaration_of(ChangeKind.HOLDER), written) == {
        "last_name": "Milovanović",
        "first_name": "Njegoš",
    }


def test_a_masked_jmbg_stands_for_the_one_on_file():
    on_file = {"last_name": "Marić", "first_name": "Jovana", "jmbg": "0101•••••0009", "phone": None}

    assert problems(ChangeKind.CORRECTION, {**on_file, "first_name": "Jovanka"}, current=on_file) == set()
    assert problems(ChangeKind.CORRECTION, on_file, current=on_file) == {("", Rule.NOTHING_CHANGED)}


@pytest.mark.parametrize(
    ("typed", "rule"),
    [("10113470", Rule.UNREADABLE), ("101134703", Rule.WRONG_CHECK_DIGIT), ("RS101134702", None)],
)
def test_a_pib_has_nine_digits_and_the_last_one_checks(typed, rule):
    expected = {("pib", rule)} if rule else set()
    assert problems(ChangeKind.HOLDER, {**FIRM, "pib": typed}) == expected


def test_an_unusual_company_number_only_warns():
    (problem,) = check(
        declaration_of(ChangeKind.HOLDER),
        {**FIRM, "company_number": "07007966"},
        holder_kind=HolderKind.LEGAL,
        by_members=False,
        current={},
        today=TODAY,
    )

    assert problem == Problem("company_number", Rule.UNUSUAL)
    assert problem.is_warning
    assert problems(ChangeKind.HOLDER, {**FIRM, "company_number": "0700796"}) == {
        ("company_number", Rule.UNREADABLE)
    }


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("54,5", "54.50"), ("54.5", "54.50"), ("54", "54.00"), ("54,50 m²", "54.50"), (" 54,05m2", "54.05")],
)
def test_an_area_is_read_as_people_write_it_and_kept_with_two_decimals(typed, stored):
    values = {"area": typed, "heated_area": "10"}

    assert problems(ChangeKind.AREA, values) == set()
    assert canonical(declaration_of(ChangeKind.AREA), values)["area"] == stored


@pytest.mark.parametrize("typed", ["54,505", "1.054,5", "-3", "5 4", "pedeset", "٥٤", "1e3"])
def test_what_is_no_area_is_refused_and_kept_as_typed(typed):
    values = {"area": typed, "heated_area": "0"}

    assert problems(ChangeKind.AREA, values) == {("area", Rule.UNREADABLE)}
    assert canonical(declaration_of(ChangeKind.AREA), values)["area"] == typed


def test_no_more_can_be_heated_than_there_is():
    assert problems(ChangeKind.AREA, {"area": "50", "heated_area": "50,01"}) == {
        ("heated_area", Rule.LARGER_THAN_AREA)
    }
    purpose = {"purpose": "business", "heated_area": "60", "has_waste": True}
    assert problems(ChangeKind.PURPOSE, purpose, area=Decimal("54.30")) == {
        ("heated_area", Rule.LARGER_THAN_AREA)
    }


@pytest.mark.parametrize(
    ("typed", "rule"), [("100", Rule.TOO_BIG), ("-1", Rule.UNREADABLE), ("2,5", Rule.UNREADABLE)]
)
def test_members_are_counted_up_to_ninety_nine(typed, rule):
    assert problems(ChangeKind.MEMBERS, {"members": typed}) == {("members", rule)}


def test_the_same_data_as_on_file_are_no_change():
    assert problems(ChangeKind.MEMBERS, {"members": "3"}, current={"members": 3}) == {
        ("", Rule.NOTHING_CHANGED)
    }
    assert problems(ChangeKind.MEMBERS, {"members": "4"}, current={"members": 3}) == set()
    on_file = {"area": "54.30", "heated_area": "52.10"}
    assert problems(ChangeKind.AREA, {"area": "54,3", "heated_area": "52,1"}, current=on_file) == {
        ("", Rule.NOTHING_CHANGED)
    }


def test_what_is_stopped_already_cannot_be_stopped_again():
    heating = {"ground": "radiators_removed"}
    assert problems(ChangeKind.STOP_HEATING, heating, current={"heated_area": "52.10"}) == set()
    assert problems(ChangeKind.STOP_HEATING, heating, current={"heated_area": "0.00"}) == {
        ("", Rule.NOTHING_CHANGED)
    }
    waste = {"ground": "empty_flat"}
    assert problems(ChangeKind.STOP_WASTE, waste, current={"has_waste": True}) == set()
    assert problems(ChangeKind.STOP_WASTE, waste, current={"has_waste": False}) == {
        ("", Rule.NOTHING_CHANGED)
    }


def test_a_choice_is_one_of_those_offered():
    assert problems(ChangeKind.STOP_HEATING, {"ground": "too_warm"}) == {("ground", Rule.NOT_OFFERED)}


def test_bills_must_go_out_in_some_way_and_by_e_mail_to_an_address():
    assert problems(ChangeKind.EMAIL_DELIVERY, {"by_email": False, "on_paper": False}) == {
        ("on_paper", Rule.NO_WAY_OF_DELIVERY)
    }
    assert problems(ChangeKind.EMAIL_DELIVERY, {"by_email": True, "on_paper": False}) == {
        ("delivery_email", Rule.MISSING)
    }
    switched = {"by_email": True, "on_paper": False, "delivery_email": " Ana@Primer.RS "}
    assert problems(ChangeKind.EMAIL_DELIVERY, switched) == set()
    assert canonical(declaration_of(ChangeKind.EMAIL_DELIVERY), switched)["delivery_email"] == "ana@primer.rs"


def test_an_account_is_not_closed_ahead():
    assert problems(ChangeKind.CLOSE_ACCOUNT, {"closed_on": "21.7.2026."}) == {
        ("closed_on", Rule.IN_THE_FUTURE)
    }
    assert problems(ChangeKind.CLOSE_ACCOUNT, {"closed_on": "20.7.2026."}) == set()


def test_a_subsidy_is_between_ten_and_thirty_percent_and_not_over_before_it_begins():
    granted = {"category": "low_income", "percent": "20", "decision": "XIX-1", "granted_until": "2027-07-01"}
    assert problems(ChangeKind.SUBSIDY, granted) == set()
    assert problems(ChangeKind.SUBSIDY, {**granted, "percent": "9,99"}) == {("percent", Rule.TOO_SMALL)}
    assert problems(ChangeKind.SUBSIDY, {**granted, "percent": "31"}) == {("percent", Rule.TOO_BIG)}
    assert problems(
        ChangeKind.SUBSIDY, {**granted, "granted_until": "2026-08-01"}, applies_from=Period(2026, 8)
    ) == {("granted_until", Rule.ALREADY_PAST)}


def test_a_text_is_no_longer_than_its_column():
    assert problems(ChangeKind.HOLDER, {**PERSON, "last_name": "ž" * 61}) == {("last_name", Rule.TOO_LONG)}


def test_nothing_happened_tomorrow_and_nothing_came_before_it_happened():
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

    assert check_days(happened_on=yesterday, received_on=TODAY, today=TODAY) == ()
    assert [p.rule for p in check_days(happened_on=tomorrow, received_on=TODAY, today=TODAY)] == [
        Rule.IN_THE_FUTURE
    ]
    (early,) = check_days(happened_on=TODAY, received_on=yesterday, today=TODAY)
    assert (early.field, early.rule) == ("received_on", Rule.BEFORE_IT_HAPPENED)
    assert [p.field for p in check_days(happened_on=None, received_on=None, today=TODAY)] == [
        "happened_on",
        "received_on",
    ]


def test_a_scanned_text_becomes_one_line():
    assert clean("Marić\r\nJovana\x07\u200b udata\u2028Ilić ") == "Marić Jovana udata Ilić"


@pytest.mark.parametrize("written", ["1.7.2026.", "01.07.2026", "1. 7. 2026.", "1/7/2026", "2026-07-01"])
def test_a_day_is_read_as_people_write_it(written):
    assert read_day(written) == date(2026, 7, 1)


@pytest.mark.parametrize("written", ["31.2.2026.", "1.7.26.", "1.7.1026.", "juče", "2026-7-1", ""])
def test_what_is_no_day_is_none(written):
    assert read_day(written) is None


def test_a_proxy_brings_an_authorization_and_an_owner_none():
    declaration = declaration_of(ChangeKind.MEMBERS)

    def papers(standing):
        around = circumstances(
            declaration, {}, holder_kind=HolderKind.NATURAL, by_members=False, standing=standing
        )
        return [paper.kind.value for paper in asked_papers(declaration, around)]

    assert papers(ApplicantStanding.OWNER) == ["members_certificate"]
    assert papers(ApplicantStanding.PROXY) == ["members_certificate", "authorization"]


TYPED = st.one_of(st.none(), st.booleans(), st.integers(-5, 10**6), st.text(max_size=40))
GOOD = {
    FieldType.TEXT: st.text(st.characters(categories=["L"]), min_size=1, max_size=12),
    FieldType.JMBG: st.just(jmbg.make("010100071000")),
    FieldType.PIB: st.just(pib.make("10113470")),
    FieldType.COMPANY_NUMBER: st.just("07007965"),
    FieldType.PHONE: st.just("064 123 4567"),
    FieldType.EMAIL: st.just("ana@primer.rs"),
    FieldType.AREA: st.decimals(0, 500, places=2).map(str),
    FieldType.COUNT: st.integers(0, 99),
    FieldType.PERCENT: st.decimals(10, 30, places=2).map(str),
    FieldType.DATE: st.just("2026-07-19"),
    FieldType.FLAG: st.booleans(),
    FieldType.STREET: st.just("17"),
}


@st.composite
def typed_forms(draw):
    declaration = draw(st.sampled_from(DECLARATIONS))
    values = {}
    for one in declaration.fields:
        good = st.sampled_from(one.choices) if one.choices else GOOD[one.type]
        if draw(st.booleans()):
            values[one.name] = draw(st.one_of(TYPED, good))
    return declaration, values


@given(typed_forms(), st.sampled_from(HolderKind), st.booleans())
def test_whatever_is_typed_is_judged_alike_before_and_after_it_is_stored(form, holder_kind, by_members):
    declaration, values = form
    stored = canonical(declaration, values)

    def judged(what):
        return check(
            declaration, what, holder_kind=holder_kind, by_members=by_members, current={}, today=TODAY
        )

    assert canonical(declaration, stored) == stored
    assert judged(stored) == judged(values)


@given(typed_forms(), st.sampled_from(HolderKind), st.booleans())
def test_a_form_without_problems_holds_the_type_of_each_field(form, holder_kind, by_members):
    declaration, values = form
    found = check(
        declaration, values, holder_kind=holder_kind, by_members=by_members, current={}, today=TODAY
    )
    broken = {problem.field for problem in found if not problem.is_warning}
    stored = canonical(declaration, values)
    around = circumstances(declaration, values, holder_kind=holder_kind, by_members=by_members)

    for one in asked_fields(declaration, around):
        value = stored.get(one.name)
        if one.name in broken or value is None:
            continue
        assert type(value) is {FieldType.COUNT: int, FieldType.FLAG: bool}.get(one.type, str)
        if isinstance(value, str):
            assert value == clean(value)
            assert "\n" not in value
        if one.type in (FieldType.AREA, FieldType.PERCENT):
            assert Decimal(value).as_tuple().exponent == -2


@given(typed_forms())
def test_a_form_compared_with_itself_has_nothing_changed(form):
    declaration, values = form
    stored = canonical(declaration, values)
    if declaration.fixed:
        return
    found = check(
        declaration, values, holder_kind=HolderKind.NATURAL, by_members=True, current=stored, today=TODAY
    )

    assert found
