"""A question in the server's hands, and the one way to take it back.

Cancelling is a race by nature: PostgreSQL cancels whatever a connection is doing
when the request arrives, and connections are pooled.  Two things close the race.
A ticket is asked before every single exchange with the server, so a withdrawn
question never starts another statement; and a connection goes back to its pool
only after every cancel request sent for it has been answered, so that none can
arrive late and stop somebody else's statement.
"""

import logging
from threading import Condition
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq.abc import PGconn

from db.errors import Cancelled

T = TypeVar("T")

_log = logging.getLogger(__name__)
_POLL_SECONDS = 0.1
_ANSWER_SECONDS = 2.0
_FIRST_PAUSE_SECONDS = 0.01
_LONGEST_PAUSE_SECONDS = 0.5
_MOST_FAILURES = 2


class Ticket:
    """One question, withdrawn at any time and from any thread."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._connection: TicketedConnection | None = None
        self._exchanging = False
        self._withdrawn = False
        self._failures = 0

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether nobody waits for the answer any more."""
        return self._withdrawn

    @property
    def is_spoilt(self) -> bool:
        """Tell whether a cancel request got no answer, so that it may still arrive."""
        return self._failures > 0

    def withdraw(self) -> None:
        """Let no further statement start.  Never waits; what runs in the server goes on."""
        self._withdrawn = True

    def strike(self) -> bool:
        """Withdraw, and ask the server once to stop what it is doing for this question.

        Waits for the server's receipt, at most two seconds.  Returns True when
        there is nothing left to stop.  False means strike again a little later: a
        request may overtake the statement it was meant for.
        """
        self._withdrawn = True
        with self._changed:
            if self._connection is None or not self._exchanging or self._failures >= _MOST_FAILURES:
                return True
            try:
                self._connection.cancel_safe(timeout=_ANSWER_SECONDS)
            except psycopg.Error as error:
                self._failures += 1
                _log.info("a cancel request was not answered: %s", error)
            return False

    def cancel(self) -> None:
        """Withdraw, and return once the server does nothing for this question any more."""
        pause = _FIRST_PAUSE_SECONDS
        while not self.strike():
            with self._changed:
                self._changed.wait_for(lambda: not self._exchanging, timeout=pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)

    def attach(self, connection: "TicketedConnection") -> None:
        """Begin asking over ``connection``.

        Raises: Cancelled.
        """
        with self._changed:
            if self._withdrawn:
                raise Cancelled
            self._connection = connection
            connection.ticket = self

    def detach(self) -> None:
        """Stop asking; no cancel request of this ticket is on its way after this returns."""
        with self._changed:
            if self._connection is not None:
                self._connection.ticket = None
            self._connection = None

    def begin_exchange(self) -> None:
        """Note that the server is about to be asked.

        Raises: Cancelled.
        """
        with self._changed:
            if self._withdrawn:
                raise Cancelled
            self._exchanging = True

    def end_exchange(self) -> None:
        """Note that the server answered; waits for the receipt of a cancel request on its way."""
        with self._changed:
            self._exchanging = False
            self._changed.notify_all()


class _TicketedServerCursor(psycopg.ServerCursor[tuple[object, ...]]):
    """Closes in the server even after its question was withdrawn; that is no new statement of it."""

    def close(self) -> None:
        connection = self.connection
        assert isinstance(connection, TicketedConnection)  # noqa: S101 - it is made by one only
        ticket, connection.ticket = connection.ticket, None
        try:
            super().close()
        finally:
            connection.ticket = ticket


class TicketedConnection(psycopg.Connection[tuple[object, ...]]):
    """A connection that shows its ticket before each exchange, fetches and COPY included."""

    ticket: Ticket | None = None

    def __init__(self, pgconn: PGconn, *rest: Any) -> None:
        super().__init__(pgconn, *rest)
        self.server_cursor_factory = _TicketedServerCursor

    def wait(self, gen: PQGen[T], interval: float = _POLL_SECONDS, timeout: float | None = None) -> T:
        ticket = self.ticket
        if ticket is None:
            return super().wait(gen, interval, timeout)
        ticket.begin_exchange()
        try:
            return super().wait(gen, interval, timeout)
        finally:
            ticket.end_exchange()
