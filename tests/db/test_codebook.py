"""The code lists: complete enough to compute a bill on, loaded once, and people's from then on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from app.domain import bank_account
from app.domain.charges import INTEREST, SUBSIDY, Basis
from app.domain.plans import Payer, Terms
from app.domain.plans.programmes import from_json
from app.domain.premises import PremisesKind
from db import codebook
from db.codebook import holidays
from tests.conftest import Database


@pytest.fixture
def engine(database: Database):
    engine = create_engine(database.url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        codebook.load(connection)
    yield engine
    engine.dispose()


def one(connection: Connection, query: str, **given: object) -> object:
    return connection.execute(text(query), given).scalar_one()


def test_all_seventeen_municipalities_have_a_settlement_with_a_postcode(engine: Engine):
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT m.name, count(s.id) AS settlements, bool_and(s.postcode ~ '^11[0-9]{3}$') AS postal"
                " FROM municipality m LEFT JOIN settlement s ON s.municipality_id = m.id GROUP BY m.name"
            )
        ).all()

    assert len(rows) == 17
    assert all(row.settlements and row.postal for row in rows)


def test_every_service_can_be_charged_by_the_engine(engine: Engine):
    with engine.connect() as connection:
        services = connection.execute(
            text(
                "SELECT s.code, s.basis, s.premises_kinds, count(p.amount) AS prices,"
                " count(v.percent) AS rates"
                " FROM service s LEFT JOIN price p ON p.service_id = s.id"
                " LEFT JOIN vat_rate v ON v.service_id = s.id GROUP BY s.id"
            )
        ).all()

    assert {SUBSIDY, INTEREST} <= {service.code for service in services}
    for service in services:
        assert {PremisesKind(kind) for kind in service.premises_kinds}
        assert service.rates, service.code
        assert service.prices or Basis(service.basis) is Basis.PROVIDER, service.code


def test_prices_follow_one_another_without_a_gap(engine: Engine):
    with engine.connect() as connection:
        gaps = connection.execute(
            text(
                "SELECT service_id FROM (SELECT service_id, valid_to, lead(valid_from) OVER"
                " (PARTITION BY service_id ORDER BY valid_from) AS next FROM price) p"
                " WHERE valid_to IS DISTINCT FROM next"
            )
        ).all()

    assert not gaps


def test_heating_cost_what_was_published_in_october_2024(engine: Engine):
    with engine.connect() as connection:
        amount = one(
            connection,
            "SELECT p.amount FROM price p JOIN service s ON s.id = p.service_id WHERE s.code = 'heating'"
            " AND p.valid_from <= :day AND (p.valid_to IS NULL OR p.valid_to > :day)",
            day=date(2024, 10, 31),
        )

    assert amount == Decimal("144.60")


def test_a_rate_no_table_confirms_is_marked(engine: Engine):
    query = "SELECT is_unconfirmed FROM statutory_rate WHERE percent = :percent AND valid_from = :day"
    with engine.connect() as connection:
        assert one(connection, query, percent=Decimal("13.75"), day=date(2024, 9, 13)) is True
        assert one(connection, query, percent=Decimal("14.50"), day=date(2023, 7, 14)) is False


def test_the_cutoff_day_of_changes_moved_from_the_15th_to_the_20th(engine: Engine):
    with engine.connect() as connection:
        days = connection.execute(
            text("SELECT value FROM setting WHERE name = 'change_cutoff_day' ORDER BY valid_from")
        ).scalars()

        assert list(days) == [15, 20]


def test_the_payment_account_checks(engine: Engine):
    with engine.connect() as connection:
        account = one(connection, "SELECT value FROM setting WHERE name = 'payment_account'")

    assert bank_account.validate(str(account)) == "200220618010100048"


def test_the_ladder_of_2023_gives_benefit_users_sixty_instalments(engine: Engine):
    terms = terms_of(engine, "2023", 1)

    assert terms.payers == {Payer.ORDINARY, Payer.PENSIONER, Payer.SOCIAL_BENEFIT}
    assert [(step.instalments, step.discount_percent) for step in terms.steps_for(Payer.ORDINARY)] == [
        (1, 15),
        (3, 12),
        (6, 10),
        (12, 5),
    ]
    assert terms.most_instalments(Payer.SOCIAL_BENEFIT, debt=Decimal(200_001)) == 60
    assert terms.most_instalments(Payer.PENSIONER, debt=Decimal(30_000)) == 12


def test_two_programmes_were_extended_by_a_version_that_follows_the_first(engine: Engine):
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT p.code, v.version, v.valid_from, v.valid_to, v.state FROM programme_version v"
                " JOIN programme p ON p.id = v.programme_id ORDER BY 1, 2"
            )
        ).all()

    assert [tuple(row) for row in rows] == [
        ("2014", 1, date(2014, 6, 1), date(2014, 11, 1), "published"),
        ("2019", 1, date(2019, 11, 1), date(2020, 5, 9), "published"),
        ("2019", 2, date(2020, 5, 9), date(2020, 8, 7), "published"),
        ("2023", 1, date(2023, 11, 1), date(2024, 5, 1), "published"),
        ("2023", 2, date(2024, 5, 1), date(2024, 11, 1), "published"),
        ("2025", 1, date(2025, 10, 1), None, "published"),
    ]
    assert terms_of(engine, "2019", 2) == terms_of(engine, "2019", 1)


def test_what_no_published_source_gives_is_marked(engine: Engine):
    assert "breach" in terms_of(engine, "2025", 1).unconfirmed
    assert "steps" in terms_of(engine, "2014", 1).unconfirmed
    assert "steps" not in terms_of(engine, "2019", 1).unconfirmed


def terms_of(engine: Engine, code: str, version: int) -> Terms:
    with engine.connect() as connection:
        return from_json(
            connection.execute(
                text(
                    "SELECT terms FROM programme_version v JOIN programme p ON p.id = v.programme_id"
                    " WHERE p.code = :code AND v.version = :version"
                ),
                {"code": code, "version": version},
            ).scalar_one()
        )


def test_loading_again_adds_nothing(engine: Engine):
    with engine.begin() as connection:
        assert codebook.load(connection) == 0


def test_a_price_people_changed_stays_as_they_left_it(engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE price SET amount = 1.23 WHERE service_id = 1 AND valid_to IS NULL"))

    with engine.begin() as connection:
        codebook.load(connection)

    with engine.connect() as connection:
        assert one(
            connection, "SELECT amount FROM price WHERE service_id = 1 AND valid_to IS NULL"
        ) == Decimal("1.23")


def test_a_service_removed_by_mistake_comes_back(engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM price WHERE service_id = 23"))
        connection.execute(text("DELETE FROM vat_rate WHERE service_id = 23"))
        connection.execute(text("DELETE FROM service WHERE id = 23"))

    with engine.begin() as connection:
        added = codebook.load(connection)

    assert added == 4  # the service, its two prices, its rate of VAT


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2023, (4, 16)), (2024, (5, 5)), (2025, (4, 20)), (2026, (4, 12)), (2027, (5, 2)), (2028, (4, 16))],
)
def test_the_four_days_of_easter_by_the_julian_calendar_are_free(year, sunday):
    easter = date(year, *sunday)

    assert {easter + timedelta(days=offset) for offset in (-2, -1, 0, 1)} <= holidays.of_year(year)


def test_a_holiday_on_a_sunday_frees_the_next_working_day():
    assert date(2026, 2, 17) in holidays.of_year(2026)  # the 15th was a Sunday
    assert date(2027, 2, 17) not in holidays.of_year(2027)


@pytest.mark.parametrize("day", [date(2015, 1, 1), date(2019, 4, 26), date(2022, 2, 15)])
def test_holidays_are_known_for_months_of_before_the_program(engine: Engine, day):
    with engine.connect() as connection:
        known = f"SELECT value ? '{day}' FROM setting WHERE name = 'holidays'"
        found = one(connection, f"{known} AND valid_from = '{day.year}-01-01'")
    assert found is True


def test_no_rule_of_the_discount_is_set_that_nobody_reads(engine: Engine):
    with engine.connect() as connection:
        assert (
            one(connection, "SELECT count(*) FROM setting WHERE name IN ('discount_day', 'discount_ladder')")
            == 0
        )
