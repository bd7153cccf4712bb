"""A PostgreSQL of one's own, for a desk without a central server.

The programs come from a wheel; the data lies in the user's data directory.  To
everything above it the embedded server is one more connection URL::

    with EmbeddedServer(default_home()).running() as server:
        gateway = Gateway(server.url_for("salter"), user=..., password=...)

Any number of programs may start the same home at the same time: the first one
starts the server, the others join it, and the last one to leave stops it.
"""

from db.embedded.errors import (
    ClusterOfAnotherVersion,
    EmbeddedServerError,
    NoPlainUser,
    NoPostgresPrograms,
    ServerDidNotStart,
)
from db.embedded.server import BULK_LOAD, WORKSTATION, EmbeddedServer, default_home

__all__ = [
    "BULK_LOAD",
    "WORKSTATION",
    "ClusterOfAnotherVersion",
    "EmbeddedServer",
    "EmbeddedServerError",
    "NoPlainUser",
    "NoPostgresPrograms",
    "ServerDidNotStart",
    "default_home",
]
