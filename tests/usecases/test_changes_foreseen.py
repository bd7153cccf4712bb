"""What a change does to the next bill, in a city that was billed for fifteen months."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from app.domain.bills import BillStage
from app.domain.changes import DECLARATIONS, ChangeKind
from app.domain.changes.consequence import BillingTerms, Pool, next_bill, usage_of
from app.domain.charges import Basis
from app.domain.money import ZERO, percent_of
from app.domain.period import Period
from app.usecases import bills, changes
from app.usecases.changes import Estimate
from app.usecases.changes.forecasting import attributes_of, billed_of, price_sheet
from db import city
from db.queries.changes import effects as queries
from tests.conftest import Database
from tests.usecases.conftest import Town
from tests.usecases.filed import Desk

TODAY = date(2026, 7, 20)
JUNE, JULY = Period(2026, 6), Period(2026, 7)
NEVER_THE_SAME = {ChangeKind.OPEN_ACCOUNT, ChangeKind.CLOSE_ACCOUNT, ChangeKind.SUBSIDY}
NOTHING_ELSE = BillingTerms(subsidy_percent=ZERO, streak=0, has_open_debt=True, holidays=frozenset())


@pytest.fixture(scope="module")
def engine(module_database: Database) -> Iterator[Engine]:
    """A city of 120 accounts and 15 months."""
    city.small(module_database.url, today=TODAY)
    engine = create_engine(
        module_database.url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool
    )
    yield engine
    engine.dispose()


@pytest.fixture
def town(engine: Engine) -> Iterator[Town]:
    with engine.connect() as connection:
        transaction = connection.begin()
        yield Town(connection)
        transaction.rollback()


@pytest.fixture
def clerk(town: Town) -> str:
    return town.run("SELECT min(login) FROM staff WHERE role = 'desk_clerk' AND is_active").scalar_one()


def billed_last_month(town: Town) -> list[int]:
    """List the accounts billed in June by the very data that are on file now."""
    return (
        town.run(
            "SELECT b.ident FROM account_balance a JOIN bill_balance b"
            " ON b.ident = a.ident AND b.ggmm = a.latest_ggmm"
            " JOIN bill i ON i.ident = b.ident AND i.ggmm = b.ggmm AND i.version = b.version"
            " JOIN LATERAL (SELECT * FROM premises_state s WHERE s.ident = b.ident"
            "               ORDER BY valid_from DESC LIMIT 1) s ON true"
            " WHERE a.latest_ggmm = 2606 AND i.version = 1 AND s.valid_from <= DATE '2026-06-01'"
            "   AND s.valid_to IS NULL ORDER BY b.ident"
        )
        .scalars()
        .all()
    )


def effect(session, ident, kind, values, *, applies_from=JULY):
    return changes.effect_of(
        session, ident=ident, kind=kind, values=values, applies_from=applies_from, today=TODAY
    )


def test_with_last_months_data_and_prices_every_account_gets_last_months_lines(town, clerk):
    compared = 0
    for ident in billed_last_month(town):
        with town.visiting(clerk, ident) as session:
            issued = bills.bill_detail(session, ident=ident, period=JUNE, today=TODAY)
            row = queries.account(session, ident=ident)
            sheet = price_sheet(queries.tariffs(session, on_day=JUNE.last_day))
            pools = {
                Basis(one.basis): Pool(one.consumed, one.area, one.members)
                for one in queries.building_use(session, ident=ident)
            }
            lines = queries.lines(session, ident=ident, first_ggmm=2506, last_ggmm=2606)
        billed = billed_of(row, lines, JUNE)
        attributes = attributes_of(row, has_elevator=row.has_elevator)
        usage = usage_of(
            billed,
            attributes=attributes,
            was_metered=row.is_water_metered,
            tariffs=sheet.tariffs,
            pools=pools,
        )
        foreseen = next_bill(
            ident,
            period=JUNE,
            attributes=attributes,
            tariffs=sheet.tariffs,
            billed=billed,
            usage=usage,
            terms=NOTHING_ELSE,
        )

        expected = [(line.service_code, line.amount) for line in issued.lines if not line.is_of_issuer]
        assert [(line.service, line.amount) for line in foreseen.lines] == expected, ident
        compared += 1
    assert compared > 90


def test_data_that_do_not_change_leave_the_next_bill_as_it_would_be(town, clerk):
    for ident in billed_last_month(town)[::6]:
        for declaration in DECLARATIONS:
            if declaration.fixed or declaration.kind in NEVER_THE_SAME:
                continue
            with town.visiting(clerk, ident) as session:
                current = changes.current_values(session, ident=ident, kind=declaration.kind)
                found = effect(session, ident, declaration.kind, current)

            assert found.before == found.after
            assert found.differences == ()


def test_differences_add_up_to_the_change_to_the_para(town, clerk):
    told = 0
    for ident in billed_last_month(town)[::4]:
        with town.visiting(clerk, ident) as session:
            state = queries.account(session, ident=ident)
            for kind, values in (
                (ChangeKind.MEMBERS, {"members": state.members + 2}),
                (
                    ChangeKind.AREA,
                    {"area": str(state.area + 10), "heated_area": str(min(state.heated_area, state.area))},
                ),
                (ChangeKind.STOP_HEATING, {"ground": "heat_meter"}),
                (ChangeKind.STOP_WASTE, {"ground": "empty_flat"}),
                (ChangeKind.SUBSIDY, {"percent": "30", "category": "low_income"}),
            ):
                found = effect(session, ident, kind, values)
                assert sum((one.amount for one in found.differences), ZERO) == found.change
                told += len(found.differences)
    assert told > 30


def test_heating_that_stops_takes_its_lines_off_the_next_bill(town, clerk):
    ident = town.run(
        "SELECT s.ident FROM premises_state s JOIN account_balance b USING (ident)"
        " WHERE s.valid_to IS NULL AND s.kind = 'flat' AND s.heated_area > 0 AND b.latest_ggmm = 2606"
        " ORDER BY s.ident LIMIT 1"
    ).scalar_one()
    with town.visiting(clerk, ident) as session:
        found = effect(session, ident, ChangeKind.STOP_HEATING, {"ground": "heat_meter"})

    gone = {line.service for line in found.before.lines} - {line.service for line in found.after.lines}
    assert gone
    assert all(service.startswith("heating") for service in gone)
    assert found.after.charged < found.before.charged
    assert {one.service for one in found.differences} >= {found.names[service] for service in gone}
    assert found.names["elektrane"] == "JKP Beogradske elektrane"


def test_an_account_that_closes_has_no_next_bill(town, clerk):
    ident = billed_last_month(town)[0]
    with town.visiting(clerk, ident) as session:
        found = effect(session, ident, ChangeKind.CLOSE_ACCOUNT, {"closed_on": "2026-07-19"})

    assert found.before.charged > 0
    assert (found.after.lines, found.after.charged) == ((), ZERO)


def test_what_is_billed_already_is_shown_a_month_later(town, clerk):
    ident = billed_last_month(town)[0]
    with town.visiting(clerk, ident) as session:
        late = effect(session, ident, ChangeKind.MEMBERS, {"members": 7}, applies_from=JUNE)
        timely = effect(session, ident, ChangeKind.MEMBERS, {"members": 7}, applies_from=JULY)

    assert late.issued_already
    assert late.after.period == timely.after.period == JULY
    assert not timely.issued_already
    assert late.after == timely.after


def test_a_forecast_takes_four_statements_and_says_what_it_assumes(town, clerk):
    ident = billed_last_month(town)[0]
    with town.visiting(clerk, ident) as session:
        found = effect(session, ident, ChangeKind.MEMBERS, {"members": 7}, applies_from=Period(2026, 8))

        assert len(town.statements) == 4
    assert Estimate.PRICES in found.estimates
    assert Estimate.DISCOUNT in found.estimates


def test_a_subsidy_is_foreseen_while_the_bill_before_can_still_be_paid_in_time(town, clerk):
    ident = town.run(
        "SELECT y.ident FROM bill_balance y JOIN account_balance b ON b.ident = y.ident"
        " JOIN premises_state s ON s.ident = y.ident AND s.valid_to IS NULL"
        " WHERE y.ggmm = 2606 AND b.latest_ggmm = 2606 AND y.open > 0 AND s.kind = 'flat'"
        "   AND NOT EXISTS (SELECT FROM subsidy u WHERE u.ident = y.ident) ORDER BY y.ident LIMIT 1"
    ).scalar_one()

    def foreseen(today):
        return changes.effect_of(
            session,
            ident=ident,
            kind=ChangeKind.SUBSIDY,
            values={"percent": "30", "category": "low_income"},
            applies_from=JULY,
            today=today,
        )

    with town.visiting(clerk, ident) as session:
        in_july, in_august = foreseen(date(2026, 7, 31)), foreseen(date(2026, 8, 1))

    assert in_july.after.subsidy == -percent_of(in_july.before.principal, percent=30)
    assert in_august.after.subsidy == ZERO


def test_what_is_half_typed_changes_nothing_yet(town, clerk):
    ident = billed_last_month(town)[0]
    with town.visiting(clerk, ident) as session:
        found = effect(session, ident, ChangeKind.AREA, {"area": "5x", "heated_area": ""})

    assert found.before == found.after


def test_an_account_never_billed_says_so(town, clerk):
    with town.signed_in(clerk) as session:
        ident = changes.reserve_account(session)
        town.a_moment_later(clerk)
        values = {
            "purpose": "flat",
            "area": "50.00",
            "heated_area": "50.00",
            "members": 2,
            "has_hot_water": True,
            "is_water_metered": False,
            "has_waste": True,
        }
        found = effect(session, ident, ChangeKind.OPEN_ACCOUNT, values)

    assert found.before.charged == ZERO
    assert {line.service for line in found.after.lines} >= {"heating", "waste", "readiness"}
    assert Estimate.NEVER_BILLED in found.estimates


# -- a building of sixty flats -----------------------------------------------------------------------


@pytest.fixture
def sixty(town: Town) -> list[int]:
    """Sixty flats of one building without own meters, sharing by area, billed for June."""
    donor = town.run(
        "SELECT s.ident FROM premises_state s JOIN account_balance b USING (ident)"
        " JOIN premises p USING (ident) JOIN bill_line l ON l.ident = s.ident AND l.ggmm = 2606"
        " JOIN service v ON v.id = l.service_id"
        " WHERE s.valid_to IS NULL AND s.kind = 'flat' AND NOT s.is_water_metered AND s.has_hot_water"
        "   AND s.charging_method = 'area' AND b.latest_ggmm = 2606 AND v.code = 'hot_water'"
        " ORDER BY s.ident LIMIT 1"
    ).scalar_one()
    town.run("SET LOCAL session_replication_role = replica")
    town.run(
        "INSERT INTO building SELECT 900000, street_id, 'šezdeset', has_district_heating, true, has_elevator"
        " FROM building WHERE id = (SELECT building_id FROM premises WHERE ident = :donor)",
        donor=donor,
    )
    idents = list(range(9_900_001, 9_900_061))
    for number, ident in enumerate(idents):
        given = {"donor": donor, "ident": ident, "area": Decimal(31 + number) + Decimal("0.37")}
        town.run(
            "INSERT INTO account SELECT :ident, opened_on, NULL, '', '' FROM account WHERE ident = :donor",
            **given,
        )
        town.run("INSERT INTO premises SELECT :ident, 900000, '', '', ''", **given)
        town.run(
            "INSERT INTO premises_state SELECT :ident, DATE '2020-01-01', NULL, 'flat', :area, :area,"
            " :members, 'area', false, true, true, false, ''",
            **given,
            members=number % 6,
        )
        town.run(
            "INSERT INTO bill SELECT :ident, ggmm, 1, issued_on, discount_until, due_on, 100, 0, 0, 0, 0,"
            " 'flat', :area, :area, :members, 'area', 0, 0, 0, 0, '' FROM bill"
            " WHERE ident = :donor AND ggmm = 2606 AND version = 1",
            **given,
            members=number % 6,
        )
        town.run(
            "INSERT INTO bill_line SELECT :ident, l.ggmm, 1, l.line_no, l.service_id,"
            " round(CASE v.basis WHEN 'cold_water' THEN 0.083 WHEN 'hot_water' THEN 0.031"
            "   WHEN 'sewage' THEN 0.114 WHEN 'shared_electricity' THEN 0.11 WHEN 'fixed' THEN 1 / :area"
            "   ELSE 1 END * :area, 3), l.price, l.vat_percent, 0, 0"
            " FROM bill_line l JOIN service v ON v.id = l.service_id"
            " WHERE l.ident = :donor AND l.ggmm = 2606 AND l.version = 1"
            "   AND v.code NOT IN ('interest', 'subsidy')",
            **given,
        )
        town.run(
            "INSERT INTO bill_balance (ident, ggmm, version, due_on, charged, stage)"
            " VALUES (:ident, 2606, 1, DATE '2026-07-31', 100, :stage)",
            ident=ident,
            stage=BillStage.CURRENT.value,
        )
        town.run(
            "INSERT INTO account_balance (ident, current_month, unsued, sued, plan, overpaid, latest_ggmm)"
            " VALUES (:ident, 100, 0, 0, 0, 0, 2606)",
            ident=ident,
        )
    town.run("SET LOCAL session_replication_role = origin")
    return idents


BY_MEMBERS = {"charging_method": "members"}


def test_one_account_foresees_what_the_assemblys_decision_would_do_to_it(town, clerk, sixty):
    with town.visiting(clerk, sixty[10]) as session:
        found = effect(session, sixty[10], ChangeKind.CHARGING_METHOD, BY_MEMBERS)

    water = {line.service: line.quantity for line in found.after.lines}
    members, area = sum(n % 6 for n in range(60)), sum(Decimal(31 + n) + Decimal("0.37") for n in range(60))
    assert found.building == ()  # neighbors are shown once the request is on record
    assert float(water["cold_water"]) == pytest.approx(float(Decimal("0.083") * area * 4 / members), abs=0.01)


def test_the_assemblys_decision_recomputes_all_sixty_next_bills_of_the_same_consumption(town, clerk, sixty):
    desk = Desk(town)
    request_id = desk.draft(ChangeKind.CHARGING_METHOD, BY_MEMBERS, ident=sixty[0], by=clerk)
    desk.submit(request_id, ident=sixty[0], by=clerk)
    with town.visiting(clerk, sixty[0]) as session:
        found = effect(session, sixty[0], ChangeKind.CHARGING_METHOD, BY_MEMBERS)

        assert len(town.statements) <= 6
    before = sum((one.before for one in found.building), ZERO)
    after = sum((one.after for one in found.building), ZERO)

    assert [one.ident for one in found.building] == sixty
    assert sum(one.before != one.after for one in found.building) >= 55
    # the same consumption at the same prices: nothing but thousandths and paras of sixty bills
    assert abs(after - before) < Decimal("0.0005") * 60 * 350
    own = found.building[0]
    assert own.before == found.before.charged - found.before.subsidy
    assert own.after == found.after.charged - found.after.subsidy


def test_whoever_decides_sees_the_neighbors_once_they_have_taken_the_request(town, clerk, sixty):
    desk = Desk(town)
    supervisor = town.run("SELECT min(login) FROM staff WHERE role = 'desk_supervisor'").scalar_one()
    request_id = desk.draft(ChangeKind.CHARGING_METHOD, BY_MEMBERS, ident=sixty[0], by=clerk)
    desk.submit(request_id, ident=sixty[0], by=clerk)
    with town.visiting(supervisor, sixty[0]) as session:
        assert effect(session, sixty[0], ChangeKind.CHARGING_METHOD, BY_MEMBERS).building == ()
        changes.claim(session, ident=sixty[0], request_id=request_id)
        town.a_moment_later(supervisor)

        assert len(effect(session, sixty[0], ChangeKind.CHARGING_METHOD, BY_MEMBERS).building) == 60


def test_the_decision_applied_charges_all_sixty_by_members(town, clerk, sixty):
    desk = Desk(town)
    supervisor = town.run("SELECT min(login) FROM staff WHERE role = 'desk_supervisor'").scalar_one()
    request_id = desk.draft(ChangeKind.CHARGING_METHOD, BY_MEMBERS, ident=sixty[0], by=clerk)
    desk.submit(request_id, ident=sixty[0], by=clerk)
    desk.approve(request_id, ident=sixty[0], by=supervisor)
    methods = (
        town.run(
            "SELECT DISTINCT ON (ident) charging_method FROM premises_state WHERE ident = ANY (:idents)"
            " ORDER BY ident, valid_from DESC",
            idents=sixty,
        )
        .scalars()
        .all()
    )
    written = desk.row(
        "SELECT count(DISTINCT ident) AS n FROM change_effect WHERE request_id = :id", id=request_id
    )

    assert methods == ["members"] * 60
    assert written.n == 60


def test_an_empty_flat_shares_nothing_by_members(town, clerk, sixty):
    with town.visiting(clerk, sixty[6]) as session:  # nobody is registered there
        found = effect(session, sixty[6], ChangeKind.CHARGING_METHOD, BY_MEMBERS)

    shared = {"cold_water", "hot_water", "sewage", "shared_electricity"}
    assert shared & {line.service for line in found.before.lines}
    assert not shared & {line.service for line in found.after.lines}
    assert found.after.charged < found.before.charged
