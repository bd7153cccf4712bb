"""What the server offers besides the database of the desk: other databases, programs, weak passwords."""

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from db import checks
from tests.security.conftest import CLERK, EVERYBODY, PASSWORD


@pytest.mark.parametrize("name", ["postgres", "template1"])
@pytest.mark.parametrize("login", EVERYBODY)
def test_nobody_at_a_desk_enters_the_databases_a_server_brings_along(guarded, login, name):
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(guarded.database.server.url_for(name, user=login, password=PASSWORD))


@pytest.mark.parametrize("login", EVERYBODY)
def test_nobody_at_a_desk_writes_lines_into_the_log_of_the_server(enter, login):
    connection = enter(login)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DO $$ BEGIN RAISE LOG 'checkpoint complete'; END $$")


@pytest.fixture
def weakened(guarded, superuser):
    """Whoever sets their own password in a weaker form; mended afterwards."""

    def weaken(*statements):
        with guarded.signed_in(CLERK) as connection:
            for statement in statements:
                connection.execute(statement)

    yield weaken
    superuser.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(CLERK), sql.Literal(PASSWORD))
    )


def found(guarded):
    engine = create_engine(
        guarded.database.url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool
    )
    return [
        (finding.problem, finding.examples)
        for result in checks.run(engine, only=["passwords"])
        for finding in result.findings
    ]


def test_a_password_kept_in_a_weaker_form_lets_nobody_in_and_is_found(guarded, weakened):
    assert found(guarded) == []

    weakened("SET password_encryption = md5", f"ALTER ROLE {CLERK} PASSWORD '{PASSWORD}'")

    with pytest.raises(psycopg.OperationalError):
        guarded.signed_in(CLERK)
    assert found(guarded) == [("password not kept by SCRAM: set it anew", (CLERK,))]


def test_a_password_kept_by_a_hasty_proof_is_found(guarded, weakened):
    weakened("SET scram_iterations = 1", f"ALTER ROLE {CLERK} PASSWORD '{PASSWORD}'")

    assert found(guarded) == [("password kept by too few rounds: set it anew", (CLERK,))]
