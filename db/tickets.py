"""A question in the server's hands, and the one way to take it back.

Cancelling is a race by nature: PostgreSQL cancels whatever a connection is doing
when the request arrives, and connections are pooled.  Two things close the race.
A ticket is asked before every single exchange with the server, so a withdrawn
question never starts another statement; and a connection goes back to its pool
only after every cancel request sent for it has been answered, so that none can
arrive late and stop somebody else's statement.
"""

import contextlib
import logging
import weakref
from threading import Condition
from typing import Any, TypeVar

import psycopg
from psycopg import pq
from psycopg.abc import PQGen
from psycopg.pq.abc import PGconn
from psycopg.rows import RowFactory

from db.errors import Cancelled

T = TypeVar("T")

_log = logging.getLogger(__name__)
IDLE_PATIENCE_SECONDS = 4.0
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

    def send_cancel(self) -> bool:
        """Withdraw, and ask the server once to stop what it is doing for this question.

        Waits for the server's receipt, at most two seconds.  Returns True when
        there is nothing left to stop.  False means send it again a little later: a
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
        while not self.send_cancel():
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

    def __init__(
        self,
        connection: "TicketedConnection",
        name: str,
        *,
        row_factory: RowFactory[tuple[object, ...]] | None = None,
        scrollable: bool | None = None,
        withhold: bool = False,
    ) -> None:
        super().__init__(
            connection,
            name,
            row_factory=row_factory or connection.row_factory,
            scrollable=scrollable,
            withhold=withhold,
        )
        self._ticketed = connection
        connection.server_cursors.add(self)

    def close(self) -> None:
        connection = self._ticketed
        ticket, connection.ticket = connection.ticket, None
        try:
            super().close()
        finally:
            connection.ticket = ticket


class TicketedConnection(psycopg.Connection[tuple[object, ...]]):
    """A connection that shows its ticket before each exchange, fetches and COPY included.

    ``patience`` is how many seconds the server may take to answer at all, beyond
    every limit it keeps itself: a machine that froze breaks no line and answers nothing.
    """

    ticket: Ticket | None = None
    patience: float = IDLE_PATIENCE_SECONDS

    def __init__(self, pgconn: PGconn, *rest: Any) -> None:
        super().__init__(pgconn, *rest)
        self.server_cursors: weakref.WeakSet[_TicketedServerCursor] = weakref.WeakSet()
        self.server_cursor_factory = _TicketedServerCursor

    def close_server_cursors(self) -> None:
        """Close what a long read left open when it was given up in the middle."""
        for cursor in tuple(self.server_cursors):
            with contextlib.suppress(psycopg.Error):
                cursor.close()

    def wait(self, gen: PQGen[T], interval: float = _POLL_SECONDS, timeout: float | None = None) -> T:
        ticket = self.ticket
        if ticket is None:
            return self._wait_patiently(gen, interval, timeout)
        ticket.begin_exchange()
        try:
            return self._wait_patiently(gen, interval, timeout)
        finally:
            ticket.end_exchange()

    def _wait_patiently(self, gen: PQGen[T], interval: float, timeout: float | None) -> T:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.info.transaction_status is pq.TransactionStatus.ACTIVE:
                self.close()  # an answer may still come, and must not be taken for the next one's
            raise
