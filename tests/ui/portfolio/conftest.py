"""The page of plans on a small city whose plans are known."""

from collections.abc import Callable, Iterator

import pytest

from db.embedded import EmbeddedServer
from tests.conftest import Database, copied_from
from tests.robots.overseer import Overseer
from tests.robots.stage import SUPERVISOR, Stage, city_template, stage
from tests.ui.portfolio.known import sign_known

__all__ = ["city_template", "stage"]


@pytest.fixture(scope="module")
def town(cluster: EmbeddedServer, city_template: str) -> Iterator[Database]:
    """A city of the module's own, with plans that are known."""
    with copied_from(city_template, server=cluster) as copy:
        sign_known(copy)
        yield copy


@pytest.fixture
def overseer(stage: Stage) -> Callable[..., Overseer]:
    """What lets somebody sign in and go to the page of plans."""

    def comes(login: str = SUPERVISOR) -> Overseer:
        someone = stage.opens()
        someone.signs_in(login)
        found = Overseer(someone)
        found.goes_to_plans()
        return found

    return comes
