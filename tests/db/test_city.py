"""The demo city: the same for the same seed, believable, and sound to the last sum."""

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import psycopg
import pytest
from sqlalchemy import Engine, create_engine

from app.domain import payment_reference
from app.domain.payment_reference import ReferenceKind
from app.domain.period import Period
from app.domain.personal_numbers import company_number, jmbg, pib
from db import checks, city
from db.city import cases, tariffs
from db.city.blocks import Maker, plan
from db.city.rows import COLUMNS
from db.embedded import EmbeddedServer
from tests.conftest import Database, copied_from

TODAY = date(2026, 11, 21)
JULY = date(2026, 7, 1)


@pytest.fixture(scope="module")
def town(module_database: Database) -> Database:
    """A city of 500 accounts and 20 months: enough for everything to happen."""
    city.seed(module_database.url, accounts=500, months=20, seed=7, today=TODAY, processes=1)
    return module_database


@pytest.fixture(scope="module")
def session(town: Database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(town.url, autocommit=True) as session:
        yield session


@pytest.fixture(scope="module")
def engine(town: Database) -> Iterator[Engine]:
    engine = create_engine(town.url.replace("postgresql://", "postgresql+psycopg://", 1))
    yield engine
    engine.dispose()


def value(session: psycopg.Connection, query: str) -> object:
    row = session.execute(query).fetchone()
    assert row is not None
    return row[0]


def fingerprint(url: str) -> dict[str, str]:
    """Return a digest of every table of the city, byte for byte."""
    found = {}
    with psycopg.connect(url) as session:
        for table, columns in {**COLUMNS, "account_search": "ident, name, words"}.items():
            digest = hashlib.sha256()
            order = ", ".join(columns.split(", ")[: 4 if table in ("bill_line", "account_search") else 3])
            with session.cursor().copy(
                f"COPY (SELECT {columns} FROM {table} ORDER BY {order}) TO STDOUT"
            ) as rows:
                for row in rows:
                    digest.update(row)
            found[table] = digest.hexdigest()
    return found


# -- the same seed, the same city ----------------------------------------------------------------------


def test_the_same_seed_makes_the_same_city_byte_for_byte(cluster: EmbeddedServer, template: str):
    with (
        copied_from(template, server=cluster) as one,
        copied_from(template, server=cluster) as other,
        copied_from(template, server=cluster) as stranger,
    ):
        for database, number in ((one, 5), (other, 5), (stranger, 6)):
            city.seed(database.url, accounts=90, months=6, seed=number, today=TODAY, processes=1)

        assert fingerprint(one.url) == fingerprint(other.url)
        assert fingerprint(one.url)["bill_line"] != fingerprint(stranger.url)["bill_line"]


def test_it_does_not_matter_who_makes_which_block_and_in_which_order(engine: Engine):
    with engine.connect() as connection:
        lists = tariffs.read(connection)
    hand_made = cases.cases(TODAY)

    def maker() -> Maker:
        return Maker(lists, tariffs.Timeline(lists, months=6, today=TODAY), seed=3, hand_made=hand_made)

    blocks = list(plan(accounts=1200, seed=3, hand_made=hand_made))
    alone = maker()
    in_order = [alone.make(block)[0].texts() for block in blocks]
    backwards = [maker().make(block)[0].texts() for block in reversed(blocks)][::-1]

    assert len(blocks) > 3
    assert in_order == backwards


# -- sound ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", checks.names())
def test_everything_that_can_be_checked_holds(engine: Engine, check: str):
    findings = [finding for result in checks.run(engine, only=[check]) for finding in result.findings]

    assert not findings


def test_an_account_has_as_many_bills_as_months_it_was_open(session):
    assert value(session, "SELECT count(*) FROM account") == 500
    assert value(session, "SELECT max(ggmm) FROM bill") == 2610
    assert value(session, "SELECT min(ggmm) FROM bill") == 2503
    assert not value(
        session,
        "SELECT count(*) FROM bill b JOIN account a USING (ident)"
        " WHERE b.issued_on < a.opened_on OR b.issued_on > a.closed_on + interval '1 month'",
    )


def test_no_bill_is_empty(session):
    assert value(session, "SELECT count(*) FROM bill WHERE charged = 0") == 0


def test_nothing_happens_after_today(session):
    assert not value(session, f"SELECT count(*) FROM payment WHERE received_on >= '{TODAY}'")
    assert not value(session, f"SELECT count(*) FROM notice WHERE drawn_on >= '{TODAY}'")
    assert not value(
        session,
        "SELECT count(*) FROM enforcement_case WHERE greatest(filed_on, decided_on, served_on, objected_on,"
        f" final_on, ended_on) >= '{TODAY}'",
    )
    assert not value(session, f"SELECT count(*) FROM plan WHERE greatest(signed_on, ended_on) >= '{TODAY}'")


def test_a_payment_is_booked_to_the_month_its_reference_names(session):
    rows = session.execute(
        "SELECT p.ident, p.reference, array_agg(a.ggmm ORDER BY a.allocation_no), count(a.plan_id)"
        " FROM payment p JOIN allocation a ON a.ident = p.ident AND a.payment_id = p.id"
        " WHERE p.reference <> '' GROUP BY p.ident, p.id, p.reference"
    ).fetchall()

    assert len(rows) > 5000
    for ident, reference, months, plans in rows:
        read = payment_reference.parse(reference)
        assert read.ident == ident
        if read.kind is ReferenceKind.BILL:
            assert months == [read.period.ggmm]
        assert (read.kind is ReferenceKind.PLAN) == bool(plans)


# -- believable ----------------------------------------------------------------------------------------


def test_more_than_nine_tenths_are_collected_and_not_everything(session):
    share = value(session, "SELECT 100 * sum(paid) / sum(charged) FROM bill_balance WHERE ggmm < 2610")

    assert 90 < share < 99


@pytest.mark.parametrize("column", ["unsued", "sued", "plan", "overpaid", "current_month"])
def test_every_one_of_the_sums_occurs_and_most_owe_nothing_old(session, column):
    share = value(
        session, f"SELECT 100.0 * count(*) FILTER (WHERE {column} > 0) / count(*) FROM account_balance"
    )

    assert 0 < share < 40


@pytest.mark.parametrize(
    "query",
    [
        "SELECT count(*) FROM notice WHERE state = 'paid'",
        "SELECT count(*) FROM notice WHERE state = 'delivered'",
        "SELECT count(*) FROM enforcement_case WHERE state = 'executing'",
        "SELECT count(*) FROM enforcement_case WHERE state = 'collected' AND paid_costs > 0",
        "SELECT count(*) FROM plan WHERE state = 'active'",
        "SELECT count(*) FROM plan WHERE state = 'kept'",
        "SELECT count(*) FROM plan WHERE state = 'broken'",
        "SELECT count(*) FROM subsidy",
        "SELECT count(*) FROM bill_line l JOIN service s ON s.id = l.service_id WHERE s.code = 'subsidy'",
        "SELECT count(*) FROM bill_line l JOIN service s ON s.id = l.service_id WHERE s.code = 'interest'",
        "SELECT count(*) FROM bill WHERE discount_percent = 7",
        "SELECT count(*) FROM delivery WHERE by_email",
        "SELECT count(*) FROM portal_registration",
        "SELECT count(*) FROM call_note",
        "SELECT count(*) FROM reissue",
        "SELECT count(*) FROM holder WHERE valid_to IS NOT NULL",
        "SELECT count(*) FROM premises_state WHERE reason <> ''",
        "SELECT count(*) FROM account WHERE closed_on IS NOT NULL",
    ],
)
def test_it_all_occurs(session, query):
    assert value(session, query) > 0


def test_garages_are_heated_in_the_season_only(session):
    months = session.execute(
        "SELECT DISTINCT mod(l.ggmm, 100) FROM bill_line l JOIN service s ON s.id = l.service_id"
        " WHERE s.code = 'garage_heating'"
    ).fetchall()

    assert {month for (month,) in months} == {10, 11, 12, 1, 2, 3, 4}


def test_some_people_are_on_file_in_cyrillic_and_most_in_latin(session):
    share = value(
        session,
        "SELECT 100.0 * count(*) FILTER (WHERE last_name ~ '[а-шА-Ш]') / count(*) FROM holder"
        " WHERE kind = 'natural'",
    )

    assert 5 < share < 25


def test_all_personal_numbers_check(session):
    people = session.execute("SELECT jmbg FROM holder WHERE jmbg IS NOT NULL").fetchall()
    firms = session.execute("SELECT pib, company_number FROM holder WHERE kind = 'legal'").fetchall()

    assert len(people) > 300
    assert firms
    for (number,) in people:
        assert jmbg.validate(number) == number
    for tax_number, number in firms:
        assert pib.validate(tax_number) == tax_number
        assert company_number.is_plausible(number)


def test_nobody_can_own_the_addresses(session):
    assert not value(
        session,
        "SELECT count(*) FROM contact WHERE kind = 'email' AND value !~ '@example[.](com|org|net)$'",
    )


def test_the_staff_sign_in_with_the_password_of_the_demo(town: Database):
    with psycopg.connect(town.url_for("jelena.nikolic", password="demo")) as session:
        role, branch = session.execute("SELECT role, branch_name FROM who_am_i()").fetchone()

    assert (role, branch) == ("desk_clerk", "Ekspozitura Novi Beograd")


# -- hand-made accounts --------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=[JULY, TODAY], ids=str)
def dated(
    request: pytest.FixtureRequest, cluster: EmbeddedServer, template: str
) -> Iterator[psycopg.Connection]:
    """The small city of a day."""
    with copied_from(template, server=cluster) as database:
        city.small(database.url, today=request.param)
        with psycopg.connect(database.url, autocommit=True) as session:
            yield session


def sums(session: psycopg.Connection, ident: int) -> dict[str, Decimal]:
    row = session.execute(
        "SELECT current_month, unsued, sued, plan, overpaid FROM account_balance WHERE ident = %s", [ident]
    ).fetchone()
    assert row is not None
    return dict(zip(("current_month", "unsued", "sued", "plan", "overpaid"), row, strict=True))


def positive(session: psycopg.Connection, ident: int) -> set[str]:
    return {name for name, amount in sums(session, ident).items() if amount > 0}


def test_ana_petrovic_has_everything(dated):
    assert positive(dated, cases.EVERYTHING) == {"current_month", "unsued", "sued"}
    ident = cases.EVERYTHING
    assert value(
        dated, f"SELECT count(*) FROM enforcement_case WHERE ident = {ident} AND filed_on IS NOT NULL"
    )
    assert value(dated, f"SELECT state FROM plan WHERE ident = {ident}") == "kept"
    assert value(
        dated,
        f"SELECT count(*) FROM notice WHERE ident = {ident} AND state IN ('drawn', 'sent', 'delivered')",
    )
    assert value(dated, f"SELECT by_email FROM delivery WHERE ident = {ident}") is False
    assert value(dated, f"SELECT last_name FROM holder WHERE ident = {ident}") == "Petrović"
    assert value(dated, f"SELECT count(*) FROM call_note WHERE ident = {ident}")


def test_the_bill_of_june_waits_to_be_paid(dated):
    row = dated.execute(
        "SELECT b.open, b.charged, i.discount FROM bill_balance b JOIN bill i USING (ident, ggmm)"
        " WHERE ident = %s AND ggmm = %s",
        [cases.JUNE_UNPAID, cases.JUNE.ggmm],
    ).fetchone()
    others = value(
        dated,
        f"SELECT sum(open) FROM bill_balance WHERE ident = {cases.JUNE_UNPAID} AND ggmm <> {cases.JUNE.ggmm}"
        " AND ggmm < (SELECT max(ggmm) FROM bill)",
    )

    assert row is not None
    assert row[0] == row[1] > 0
    assert row[2] > 0
    assert others == 0
    assert payment_reference.compose(cases.JUNE_UNPAID, period=Period(2026, 6)) == "0512345672606"


@pytest.mark.parametrize("ident", [cases.PLAN_IN_FORCE, cases.LONG_PLAN])
def test_a_plan_is_in_force(dated, ident):
    assert "plan" in positive(dated, ident)
    assert value(dated, f"SELECT count(*) FROM plan WHERE ident = {ident} AND state = 'active'") == 1


def test_months_with_bills_are_in_the_plan_of_2025(dated):
    stages = value(
        dated, f"SELECT count(*) FROM bill_balance WHERE ident = {cases.PLAN_IN_FORCE} AND stage = 'plan'"
    )

    assert stages >= 3


def test_the_overpaid_are_overpaid(dated):
    assert sums(dated, cases.OVERPAID)["overpaid"] == Decimal("2500.00")


def test_the_brand_new_have_no_bill(dated):
    assert value(dated, f"SELECT count(*) FROM bill WHERE ident = {cases.BRAND_NEW}") == 0
    assert not positive(dated, cases.BRAND_NEW)


def test_the_closed_owe_nothing(dated):
    assert value(dated, f"SELECT closed_on FROM account WHERE ident = {cases.CLOSED}") is not None
    assert not positive(dated, cases.CLOSED)


def test_who_always_pays_in_time_has_the_highest_discount_and_a_subsidy(dated):
    row = dated.execute(
        "SELECT discount_percent, streak FROM bill WHERE ident = %s ORDER BY ggmm DESC",
        [cases.ALWAYS_IN_TIME],
    ).fetchone()

    assert row == (Decimal(7), 14)


def test_the_house_was_sold(dated):
    names = dated.execute(
        "SELECT last_name FROM holder WHERE ident = %s ORDER BY valid_from", [cases.NEW_OWNER]
    ).fetchall()

    assert names == [("Ćosić",), ("Živković",)]


@pytest.mark.parametrize(
    ("ident", "name"),
    [(cases.BUSINESS, "Jović d.o.o."), (cases.IN_CYRILLIC, "Његован Љиљана"), (cases.GARAGE, "Simić Nenad")],
)
def test_they_are_found_by_name(dated, ident, name):
    assert value(dated, f"SELECT name FROM account_search WHERE ident = {ident}") == name


# -- refused -------------------------------------------------------------------------------------------


def test_a_city_is_not_built_over_another(town: Database):
    with pytest.raises(city.CityThere) as refusal:
        city.small(town.url, today=TODAY)

    assert refusal.value.accounts == 500


@pytest.mark.parametrize(("accounts", "months", "field"), [(10, 12, "accounts"), (100, 47, "months")])
def test_an_impossible_city_is_refused(database: Database, accounts, months, field):
    with pytest.raises(city.CityImpossible) as refusal:
        city.seed(database.url, accounts=accounts, months=months, today=TODAY, processes=1)

    assert refusal.value.field == field


def test_an_administrator_who_is_no_superuser_builds_the_very_same_city(
    database: Database, cluster: EmbeddedServer, template: str
):
    groups = "salter_owner, desk_staff, desk_agent, desk_clerk, desk_supervisor, desk_admin"
    with psycopg.connect(database.url, autocommit=True) as session:
        session.execute("CREATE ROLE city_administrator LOGIN CREATEROLE PASSWORD 'secret'")
        session.execute(f"GRANT {groups} TO city_administrator WITH ADMIN OPTION")
    url = database.url_for("city_administrator", password="secret")
    try:
        city.seed(url, accounts=60, months=3, today=TODAY, processes=1)
        with copied_from(template, server=cluster) as twin:
            city.seed(twin.url, accounts=60, months=3, today=TODAY, processes=1)
            assert fingerprint(database.url) == fingerprint(twin.url)
        with psycopg.connect(database.url) as session:
            assert value(session, "SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'") == 0
    finally:
        with psycopg.connect(database.url, autocommit=True) as session:
            session.execute("DROP OWNED BY city_administrator")
            session.execute("DROP ROLE city_administrator")
