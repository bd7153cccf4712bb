"""The page of oversight on a small city where it is known who did how much."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from db.embedded import EmbeddedServer
from tests.conftest import Database, copied_from
from tests.robots.stage import Stage, city_template, stage
from tests.robots.watcher import Watcher

__all__ = ["city_template", "stage"]

SUPERVISOR = "goran.jovanovic"

_DONE = """
INSERT INTO read_log (ident, login, kind, detail, happened_at)
SELECT a.ident, %s, 'visit', '{"purpose": "service", "channel": "counter"}',
       date_trunc('day', now(), 'Europe/Belgrade') + place * interval '1 millisecond'
FROM (SELECT ident, row_number() OVER (ORDER BY ident) AS place FROM account) a WHERE place <= %s
"""

_BOUNDS = {"visits_a_day": 60, "visits_an_hour": 1000, "reveals_a_day": 4, "visits_at_once": 1000}


@pytest.fixture(scope="module")
def town(cluster: EmbeddedServer, city_template: str) -> Iterator[Database]:
    """A city in which a clerk did a day's work and saw two personal numbers, and another one did half."""
    with copied_from(city_template, server=cluster) as copy:
        with psycopg.connect(copy.url) as owner:
            owner.execute("DELETE FROM setting WHERE name = ANY(%s)", [list(_BOUNDS)])
            for name, most in _BOUNDS.items():
                owner.execute(
                    "INSERT INTO setting VALUES (%s, '2000-01-01', %s::text::jsonb, false)", [name, most]
                )
            owner.execute(_DONE, ["jelena.nikolic", 60])
            owner.execute(_DONE, ["zoran.petrovic", 30])
            for _ in range(2):
                owner.execute(
                    "INSERT INTO read_log (ident, login, kind, detail) VALUES (1000042, 'jelena.nikolic',"
                    """ 'reveal', '{"holder_from": "2015-01-01", "reason": "ugovor"}')"""
                )
        yield copy


@pytest.fixture
def watcher(stage: Stage) -> Callable[..., Watcher]:
    """What lets somebody sign in and go to the page of oversight."""

    def comes(login: str = SUPERVISOR) -> Watcher:
        someone = stage.opens()
        someone.signs_in(login)
        found = Watcher(someone)
        found.goes_to_oversight()
        return found

    return comes
