"""What can go wrong with the embedded server, each with the facts a person needs to mend it."""

from pathlib import Path

from app.domain.errors import SalterError


class EmbeddedServerError(SalterError):
    """The embedded server cannot be had."""


class NoPostgresPrograms(EmbeddedServerError):
    """No PostgreSQL programs were found in any of the places ``looked_in``."""

    def __init__(self, *, looked_in: tuple[str, ...]) -> None:
        super().__init__(", ".join(looked_in))
        self.looked_in = looked_in


class ClusterOfAnotherVersion(EmbeddedServerError):
    """The data directory was made by PostgreSQL ``found``; only ``available`` are installed."""

    def __init__(self, *, data: Path, found: int, available: tuple[int, ...]) -> None:
        super().__init__(f"{data}: {found}, not one of {available}")
        self.data = data
        self.found = found
        self.available = available


class NoPlainUser(EmbeddedServerError):
    """Started by root, and there is no way here to give up root's rights, which PostgreSQL demands."""


class ServerDidNotStart(EmbeddedServerError):
    """``program`` failed; ``log`` ends with what it had to say."""

    def __init__(self, *, program: str, log: str) -> None:
        super().__init__(f"{program}: {log}")
        self.program = program
        self.log = log
