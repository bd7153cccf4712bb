"""What somebody with the rights of the owner put into the database, and no window can read."""

import json
import logging
from collections.abc import Iterator

import pytest

from app.domain.changes import ChangeKind
from app.domain.faulty import Faulty, Illegible, RowKind, readable
from app.domain.plans import Payer
from app.usecases import bills, changes, plans
from app.usecases.plans import EditedVersion
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR, Town
from tests.usecases.filed import Desk
from tests.usecases.planned import office_day, owe, programme, sign


@pytest.fixture(autouse=True)
def log() -> Iterator[logging.Logger]:
    """Where faulty rows are told: awaited by every test of these, and listened to by one."""
    told = logging.getLogger("app.usecases.faulty")
    told.disabled = True
    yield told
    told.disabled = False


def written_past_the_guard(town: Town, statement: str, **given: object) -> None:
    town.run("SET LOCAL session_replication_role = replica")
    town.run(statement, **given)
    town.run("SET LOCAL session_replication_role = origin")


def spoil(town: Town, number: int, terms: object) -> None:
    written_past_the_guard(
        town,
        "UPDATE programme_version SET terms = CAST(:terms AS jsonb) WHERE programme_id = :number",
        terms=json.dumps(terms),
        number=number,
    )


SPOILT = (
    {"steps": [["ordinary", "0x1", "10"]]},
    {"steps": [["nobody", 1, "10"]]},
    {"steps": "many"},
    {"steps": [["ordinary", 1, "10"]], "debts": {"due_until": "-infinity"}},
    {"steps": [["ordinary", 1, "10"]], "breach": []},
    {"steps": [["ordinary", 1, "10"]], "interest": None},
    [],
    None,
)


@pytest.mark.parametrize("terms", SPOILT)
def test_a_programme_that_cannot_be_read_stands_as_such_among_the_others(town: Town, terms: object) -> None:
    number, _ = programme(town)
    others = len(_versions(town)) - 1
    spoil(town, number, terms)

    found = _versions(town)

    (one,) = [row for row in found if isinstance(row, Faulty)]
    assert (one.kind, one.number) == (RowKind.PROGRAMME, f"{_code(town, number)}/1")
    assert len(readable(found)) == others


def _versions(town: Town) -> tuple[EditedVersion | Faulty, ...]:
    with town.signed_in(SUPERVISOR) as session:
        return plans.programme_versions(session)


def _code(town: Town, number: int) -> str:
    return str(town.run("SELECT code FROM programme WHERE id = :number", number=number).scalar_one())


def test_nothing_is_signed_under_it_and_the_others_are_offered(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 3)
    number, _ = programme(town)
    spoil(town, number, {"steps": [["ordinary", "0x1", "10"]]})

    with town.visiting(CLERK, ANA) as session:
        choices = plans.programmes(session, ident=ANA, payer=Payer.ORDINARY, today=today)

    assert [one.number for one in choices.faulty] == [f"{_code(town, number)}/1"]
    assert number not in {one.programme.programme_id for one in choices.programmes}
    assert choices.programmes


def test_plans_signed_under_it_are_shown_and_only_their_contract_is_not(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 3)
    version = programme(town)
    with town.visiting(CLERK, ANA) as session:
        plan = sign(session, today=today, version=version, count=3)
    spoil(town, version[0], {"steps": "many"})

    with town.visiting(CLERK, ANA) as session:
        (found,) = readable(plans.plans_of(session, ident=ANA, today=today))
        with pytest.raises(Illegible) as caught:
            plans.contract_of(session, ident=ANA, plan_id=plan["plan_id"], today=today)

    assert found.id == plan["plan_id"]
    assert caught.value.kind is RowKind.PROGRAMME


def test_a_plan_whose_rule_of_breach_cannot_be_read_stands_as_such(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 3)
    version = programme(town)
    with town.visiting(CLERK, ANA) as session:
        number = sign(session, today=today, version=version, count=3)["contract_number"]
    spoil(town, version[0], {"steps": [["ordinary", 3, "0"]], "breach": {"missed_instalments": "two"}})

    with town.visiting(CLERK, ANA) as session:
        assert plans.plans_of(session, ident=ANA, today=today) == (Faulty(RowKind.PLAN, number, "breach"),)


@pytest.mark.parametrize(
    ("name", "value"),
    [("payment_account", {"no": "text"}), ("payment_account", "1"), ("issuer", {}), ("issuer", [])],
)
def test_a_setting_that_cannot_be_read_is_named(town: Town, name: str, value: object) -> None:
    written_past_the_guard(
        town,
        "UPDATE setting SET value = CAST(:value AS jsonb) WHERE name = :name",
        value=json.dumps(value),
        name=name,
    )

    with town.signed_in(CLERK) as session, pytest.raises(Illegible) as caught:
        bills.issuer_on(session, today=office_day(town))

    assert (caught.value.kind, caught.value.number) == (RowKind.SETTING, name)


def test_a_holiday_that_is_no_day_is_named(town: Town) -> None:
    written_past_the_guard(town, "UPDATE setting SET value = '[\"always\"]'::jsonb WHERE name = 'holidays'")

    with town.visiting(CLERK, ANA) as session, pytest.raises(Illegible) as caught:
        plans.debt_of(session, ident=ANA, today=office_day(town))

    assert caught.value.number == "holidays"


def test_a_request_of_a_kind_that_only_a_newer_program_knows_does_not_hide_the_others(town: Town) -> None:
    desk = Desk(town)
    known = desk.draft(ChangeKind.MEMBERS, {"members": 5})
    newer = desk.draft(ChangeKind.MEMBERS, {"members": 4})
    written_past_the_guard(
        town,
        "UPDATE change_request SET kind = 'metering' WHERE ident = :ident AND id = :id",
        ident=ANA,
        id=newer,
    )

    with town.visiting(CLERK, ANA) as session:
        rows = changes.change_page(session, ident=ANA).rows
        with pytest.raises(Illegible):
            changes.change_of(session, ident=ANA, request_id=newer, today=desk.today)

    assert [row.id for row in readable(rows)] == [known]
    assert [row for row in rows if isinstance(row, Faulty)] == [Faulty(RowKind.REQUEST, str(newer))]


def test_what_was_met_is_in_the_log_without_the_number_of_the_row(
    town: Town, log: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    number, _ = programme(town)
    spoil(town, number, None)
    log.disabled = False

    _versions(town)

    assert [record.getMessage() for record in caplog.records] == ["a faulty programme terms"]
    caplog.clear()
