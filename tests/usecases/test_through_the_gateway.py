"""Use cases as screens run them: through the gateway, as a person who signed in with a password."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine

from app.domain.period import Period
from app.domain.reissues import Medium, Reason
from app.domain.visits import Channel, Purpose
from app.usecases import accounts, reissues, visits
from app.usecases.accounts import NoSuchAccount
from app.usecases.visits import Claim
from db.gateway import Gateway
from tests.conftest import Database
from tests.usecases.conftest import ANA, TODAY, Town, furnish

LOGIN, PASSWORD = "gordana_agent", "kišobran"


@pytest.fixture(scope="module")
def settled(engine: Engine, module_database: Database) -> Iterator[Database]:
    """The town, committed, with an agent who has a password."""
    with engine.begin() as connection:
        town = Town(connection)
        furnish(town)
        connection.exec_driver_sql(f"CREATE ROLE {LOGIN} LOGIN PASSWORD '{PASSWORD}'")
        connection.exec_driver_sql(f"GRANT desk_agent TO {LOGIN}")
        town.insert("staff", login=LOGIN, full_name="Gordana Ristić", role="desk_agent", branch_id=6)
        town.bill(ANA, Period(2026, 6), [("cold_water", "7.250", "59.46")])
    yield module_database
    with psycopg.connect(module_database.url, autocommit=True) as connection:
        connection.execute(f"DROP OWNED BY {LOGIN}")
        connection.execute(f"DROP ROLE {LOGIN}")


@pytest.fixture
def gateway(settled: Database) -> Iterator[Gateway]:
    opened = Gateway(settled.url_for(LOGIN, password=PASSWORD))
    yield opened
    opened.close()


def opens(ident: int) -> partial[visits.Visit]:
    return partial(visits.open_account, ident=ident, purpose=Purpose.CALL, channel=Channel.PHONE)


def sees(gateway: Gateway) -> accounts.AccountHeader:
    return gateway.ask(partial(accounts.account_header, ident=ANA, today=TODAY))


def test_a_call_from_opening_the_account_to_a_registered_copy(gateway):
    visit = gateway.act(opens(ANA), key=uuid4())
    assert (visit["must_verify"], sees(gateway).is_disclosed) == (True, visit["is_verified"])

    outcome = gateway.act(
        partial(visits.verify_caller, ident=ANA, claims={Claim.NAME: True, Claim.JMBG_LAST4: "0007"}),
        key=uuid4(),
    )
    assert outcome["passed"]
    assert sees(gateway).sums.total == Decimal("431.09")

    copy = partial(
        reissues.register_copy,
        ident=ANA,
        period=Period(2026, 6),
        version=1,
        reason=Reason.LOST,
        medium=Medium.PRINTED,
        script="latin",
    )
    key = uuid4()
    assert gateway.act(copy, key=key) == gateway.act(copy, key=key)
    made = gateway.ask(partial(reissues.copies_of_bill, ident=ANA, period=Period(2026, 6)))
    assert [one.operator for one in made] == ["Gordana Ristić"]


def test_a_refusal_of_the_database_arrives_as_the_error_of_its_rule(gateway):
    with pytest.raises(NoSuchAccount):
        gateway.act(opens(7_654_321), key=uuid4())
