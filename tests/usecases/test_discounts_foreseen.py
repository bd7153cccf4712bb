"""The discount that is foreseen is the one a bill is issued with, in a city billed for fifteen months."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from app.domain.bills import discount_percent
from app.domain.changes import ChangeKind
from app.domain.money import ZERO
from app.domain.payment_reference import compose
from app.domain.period import Period
from app.usecases import changes
from app.usecases.changes.forecasting import terms_of
from db import city
from tests.conftest import Database
from tests.usecases.conftest import Town

TODAY = date(2026, 7, 20)
JUNE, JULY = Period(2026, 6), Period(2026, 7)


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


def effect(session, ident, kind, values):
    return changes.effect_of(session, ident=ident, kind=kind, values=values, applies_from=JULY, today=TODAY)


AS_OF_ISSUE = """
WITH latest AS (
    SELECT ident, ggmm, issued_on, due_on, discount_until, streak, discount_percent, charged,
           lead(ggmm) OVER w AS next_ggmm, lead(issued_on) OVER w AS day,
           lead(discount_percent) OVER w AS issued_percent
    FROM bill WHERE version = 1 WINDOW w AS (PARTITION BY ident ORDER BY ggmm)
), open_then AS (
    SELECT l.ident, l.ggmm, b.ggmm AS of_month, b.charged - coalesce(sum(a.amount), 0) AS open,
           max(y.received_on) AS paid_on,
           EXISTS (SELECT FROM plan_item i JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
                   WHERE i.ident = b.ident AND i.ggmm = b.ggmm AND p.signed_on < l.day
                     AND (p.ended_on IS NULL OR p.ended_on >= l.day)) AS in_plan
    FROM latest l JOIN bill b ON b.ident = l.ident AND b.ggmm <= l.ggmm AND b.version = 1
    LEFT JOIN (allocation a JOIN payment y ON y.ident = a.ident AND y.id = a.payment_id)
        ON a.ident = b.ident AND a.ggmm = b.ggmm AND y.received_on < l.day
    WHERE l.day IS NOT NULL GROUP BY l.ident, l.ggmm, l.day, b.ident, b.ggmm, b.charged
)
SELECT l.ident, l.next_ggmm, l.day, l.streak, l.discount_until, l.due_on, l.issued_percent,
       max(o.open) FILTER (WHERE o.of_month = l.ggmm) AS latest_open,
       max(o.paid_on) FILTER (WHERE o.of_month = l.ggmm AND o.open = 0) AS settled_on,
       coalesce(sum(o.open) FILTER (WHERE o.of_month < l.ggmm AND NOT o.in_plan), 0) AS open_debt,
       coalesce(bool_or(o.open > 0 AND o.in_plan), false) AS debt_in_plan,
       'with_plans' AS debt_counted, NULL AS holidays
FROM latest l JOIN open_then o USING (ident, ggmm)
GROUP BY l.ident, l.ggmm, l.next_ggmm, l.day, l.streak, l.discount_until, l.due_on, l.issued_percent
ORDER BY 1, 2
"""
"""What a forecast would have been made of on the day a bill was issued, by plain SQL."""


def test_the_discount_foreseen_on_the_day_of_issue_is_the_one_that_was_issued(town):
    rows = town.run(AS_OF_ISSUE).all()

    wrong = []
    for row in rows:
        terms = terms_of(row, subsidy=ZERO, today=row.day)
        foreseen = discount_percent(terms.streak, has_open_debt=terms.has_open_debt)
        if foreseen != row.issued_percent:
            wrong.append((row.ident, row.next_ggmm, foreseen, row.issued_percent))
    assert len(rows) > 1000
    assert len({row.issued_percent for row in rows}) >= 3
    assert wrong == []


def test_who_settled_the_last_bill_late_begins_again_at_five_percent(town, clerk):
    ident = town.run(
        "SELECT i.ident FROM bill i JOIN bill_balance b USING (ident, ggmm, version)"
        " JOIN account_balance a USING (ident) WHERE i.ggmm = 2606 AND i.streak >= 12 AND b.paid = 0"
        " AND b.open = i.charged AND a.unsued + a.sued + a.plan = 0 ORDER BY i.ident LIMIT 1"
    ).scalar_one()
    charged = town.run(
        "SELECT charged FROM bill_balance WHERE ident = :i AND ggmm = 2606", i=ident
    ).scalar_one()
    until = town.run("SELECT discount_until FROM bill WHERE ident = :i AND ggmm = 2606", i=ident).scalar_one()
    point = town.connection.begin_nested()
    for days, percent in ((0, 7), (3, 5)):
        town.receive(
            ident, str(charged), on=until + timedelta(days=days), reference=compose(ident, period=JUNE)
        )
        with town.visiting(clerk, ident) as session:
            foreseen = changes.effect_of(
                session,
                ident=ident,
                kind=ChangeKind.MEMBERS,
                values={"members": 3},
                applies_from=JULY,
                today=until + timedelta(days=5),
            )
        assert foreseen.before.discount_percent == percent
        point.rollback()
        point = town.connection.begin_nested()


def test_debt_under_a_plan_counts_by_the_setting_that_is_named_for_it(town, clerk):
    ident = town.run(
        "SELECT b.ident FROM account_balance b WHERE b.plan > 0 AND b.unsued = 0 AND b.sued = 0"
        " AND b.current_month = 0 AND b.latest_ggmm = 2606 AND EXISTS (SELECT FROM bill_balance m"
        " WHERE m.ident = b.ident AND m.stage = 'plan' AND m.open > 0) ORDER BY 1 LIMIT 1"
    ).scalar_one_or_none()
    assert ident is not None
    with town.visiting(clerk, ident) as session:
        counted = effect(session, ident, ChangeKind.MEMBERS, {"members": 3})
    town.run("UPDATE setting SET value = '\"without_plans\"' WHERE name = 'discount_debt'")
    with town.visiting(clerk, ident) as session:
        left_out = effect(session, ident, ChangeKind.MEMBERS, {"members": 3})

    assert counted.before.discount_percent == 0
    assert left_out.before.discount_percent >= 5
