"""A small sound city, and copies of it to be broken."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from db import city, cli
from db.embedded import EmbeddedServer
from tests.conftest import Database, copied_from
from tests.db.sealing import live_a_day

TODAY = date(2026, 11, 21)
SOUND_CITY = "salter_sound_city"


@pytest.fixture(scope="session")
def sound_city(cluster: EmbeddedServer, template: str) -> Iterator[str]:
    """The name of a database with a small sound city; copied, never used itself."""
    cluster.create_database(SOUND_CITY, template=template)
    city.small(cluster.url_for(SOUND_CITY), today=TODAY)
    yield SOUND_CITY
    cluster.drop_database(SOUND_CITY)


@pytest.fixture
def copy(cluster: EmbeddedServer, sound_city: str) -> Iterator[Database]:
    """A copy of the city for one test."""
    with copied_from(sound_city, server=cluster) as database:
        yield database


@pytest.fixture
def lived_in(copy: Database) -> Database:
    """A city in which somebody did something and looked at something, joined one night."""
    live_a_day(copy)
    return copy


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Where a signing key without a passphrase lies."""
    assert cli.main(["seal-key", str(tmp_path / "key"), "--no-passphrase"]) == 0
    return tmp_path / "key"


@pytest.fixture
def seal(keys: Path, tmp_path: Path) -> Callable[[Database], Path]:
    """Seals a database: the page that was written."""

    def take(database: Database) -> Path:
        page = tmp_path / f"{database.name}.seal"
        assert cli.main(["--url", database.url, "seal", "--key", str(keys), "--to", str(page)]) == 0
        return page

    return take
