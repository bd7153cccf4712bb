"""The one way to the database: a question reads in one transaction, an action writes in one.

Questions and actions have connections of their own, so neither waits for the
other.  An action leaves its key behind in ``completed_action`` as the first thing
its transaction does: whoever sends the same key again waits for the first sender
and then gets the stored result, so that an action is done once however often the
line breaks while its answer is on the way.
"""

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar, cast
from uuid import UUID

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.domain.errors import Forbidden, Unavailable
from app.domain.topics import EVERYTHING
from db import errors, refusals, written  # noqa: F401 - refusals registers what broken rules mean
from db.gateway import keys
from db.gateway.keys import Acted, Done
from db.gateway.works import Stats, name_of, note_statement, own_statements
from db.handshake import WRONG_PASSWORD, examine
from db.profiles import (
    ACTION_SECONDS,
    ACTION_SETTINGS,
    CONNECT_SECONDS,
    QUESTION_SECONDS,
    QUESTION_SETTINGS,
    ServerProfile,
    connection_parameters,
    each_host,
    open_engine,
)
from db.tickets import IDLE_PATIENCE_SECONDS, Ticket, TicketedConnection

T = TypeVar("T")

_QUESTION_CONNECTIONS = 4
_SPARE_CONNECTIONS = 2  # an export and a ping never take a question's place
_TRIES = 4
_GRACE_SECONDS = 5.0  # beyond the server's own limits, for one that froze and keeps none
_OUTCOME_LOCK_MS = 15_000  # longer than a vanished desk may stay idle in its transaction

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Stage:
    """How far one try of an action came; from COMMIT on, a lost line leaves its fate open."""

    is_committing: bool = False


class Gateway:
    """A signed-in person's way to one database; every method may be called from any thread."""

    def __init__(self, url: str, *, user: str = "", password: str = "", root_certificate: str = "") -> None:
        """Prepare connections to the libpq ``url``; none is made before the first question.

        Raises: UnreadableProfile.
        """
        profile = ServerProfile("", url, root_certificate)
        self.stats = Stats()
        self._generation = 0
        self._parameters = connection_parameters(profile, user=user, password=password)
        self._questions = open_engine(
            profile,
            user=user,
            password=password,
            settings=QUESTION_SETTINGS,
            size=_QUESTION_CONNECTIONS,
            spare=_SPARE_CONNECTIONS,
        )
        self._actions = open_engine(profile, user=user, password=password, settings=ACTION_SETTINGS, size=1)
        for engine in (self._questions, self._actions):
            event.listen(engine, "before_cursor_execute", note_statement)

    def ask(
        self,
        question: Callable[[Session], T],
        *,
        ticket: Ticket | None = None,
        timeout: float = QUESTION_SECONDS,
        is_counted: bool = False,
    ) -> T:
        """Return the answer of ``question`` asked in a READ ONLY transaction.

        One that looks through the register of names ``is_counted`` by the database,
        on a sequence, which no READ ONLY transaction may move; it is asked in one that
        could write, and writes nothing else.  Each statement may take ``timeout``
        seconds.  Cancelling ``ticket`` stops it in the server.

        Raises: Cancelled, TooSlow, Forbidden, Unavailable, and what ``question`` raises.
        """
        ticket = ticket or Ticket()
        try:
            try:
                answer = self._ask_once(question, ticket, timeout, is_counted=is_counted)
            except DBAPIError as error:
                if not errors.is_old_plan(error):
                    raise
                # the server was upgraded meanwhile
                answer = self._ask_once(question, ticket, timeout, is_counted=is_counted)
        except Exception as error:
            raise self._meaning(error, withdrawn=ticket.is_withdrawn) from error
        if ticket.is_withdrawn:
            raise errors.Cancelled
        return answer

    def act(self, action: Callable[[Session], T], *, key: UUID, kind: str = "") -> T:
        """Do what ``carry_out`` does, and return the result alone."""
        return self.carry_out(action, key=key, kind=kind).result

    def carry_out(self, action: Callable[[Session], T], *, key: UUID, kind: str = "") -> Acted[T]:
        """Do ``action`` in one transaction, once for ``key``; return its result and what it wrote.

        The result is JSON or None; sent again, the same key returns it without
        doing anything, and may have written any topic.  A transaction that lost
        against another one is run anew, so ``action`` keeps no state outside its session.

        Raises: FateUnknown when the line broke while committing, Unavailable when
        it broke before (then nothing was done), Conflict, TooSlow, Forbidden, and
        what ``action`` raises.
        """
        for tries in range(1, _TRIES + 1):
            stage = _Stage()
            try:
                return self._act_once(action, key, kind or name_of(action), stage)
            except Exception as error:
                if errors.is_worth_another_try(error) and tries < _TRIES:
                    _log.info("an action lost against another one and is tried again, time %d", tries)
                    time.sleep(0.02 * 2**tries * (0.5 + random.random()))  # noqa: S311
                    continue
                meaning = self._meaning(error)
                if errors.is_read_only(error):
                    self._forget_connections()
                    meaning = Unavailable("read_only")
                if stage.is_committing and isinstance(meaning, Unavailable):
                    meaning = errors.FateUnknown(str(key))
                raise meaning from error
        raise AssertionError("unreachable")

    def outcome(self, key: UUID) -> Done | None:
        """Tell what became of the action sent with ``key``; None means it was not and will not be done.

        Waits for a transaction that is still going on under the key, so the answer
        is final.

        Raises: TooSlow when that transaction would not end, Unavailable.
        """
        try:
            with self._lent(self._actions, patience=_OUTCOME_LOCK_MS / 1000 + _GRACE_SECONDS) as connection:
                connection.execute(text(f"SET LOCAL lock_timeout = {_OUTCOME_LOCK_MS}"))
                if keys.claimed(connection, key=key, kind="outcome"):
                    return None  # the claim itself is rolled back
                return keys.stored(connection, key=key)
        except Exception as error:
            raise self._meaning(error) from error

    def ping(self) -> float:
        """Return the seconds of one round trip to the server and back.

        Raises: Unavailable.
        """
        try:
            with self._lent(self._questions, patience=IDLE_PATIENCE_SECONDS) as connection:
                connection.execute(text("SELECT 1"))
                started = time.perf_counter()
                connection.execute(text("SELECT 1"))
                return time.perf_counter() - started
        except Exception as error:
            raise self._meaning(error) from error

    def feel(self) -> float:
        """Return what ``ping`` does, and tell a password that was changed from a line that is lost.

        Raises: PasswordRefused, Unavailable.
        """
        try:
            return self.ping()
        except Unavailable as error:
            if self._is_password_refused():
                raise errors.PasswordRefused from error
            raise

    def close(self) -> None:
        """Close the connections that lie idle; those at work are closed when they come back."""
        self._forget_connections()

    def _is_password_refused(self) -> bool:
        hosts = each_host(self._parameters)
        return any(examine(host, seconds=CONNECT_SECONDS).reason == WRONG_PASSWORD for host in hosts)

    def _ask_once(
        self, question: Callable[[Session], T], ticket: Ticket, timeout: float, *, is_counted: bool
    ) -> T:
        with (
            self._lent(self._questions, patience=timeout + _GRACE_SECONDS) as connection,
            self._asking(connection, ticket, is_counted=is_counted),
            # committed although it wrote nothing: after a rollback the driver throws away
            # all that it has prepared
            connection.begin(),
        ):
            if timeout != QUESTION_SECONDS:
                _limit(connection, timeout)
            with own_statements(connection, kind="question", work=question, stats=self.stats):
                session = Session(connection, autoflush=False, expire_on_commit=False)
                answer = question(session)
                session.expunge_all()
            return answer

    def _act_once(self, action: Callable[[Session], T], key: UUID, kind: str, stage: _Stage) -> Acted[T]:
        with (
            self._lent(self._actions, patience=ACTION_SECONDS + _GRACE_SECONDS) as connection,
            connection.begin() as transaction,
        ):
            if not keys.claimed(connection, key=key, kind=kind):
                stored = keys.stored(connection, key=key)
                transaction.rollback()
                if stored is None:
                    raise Forbidden(str(key))  # somebody else's key
                return Acted(stored.result, EVERYTHING)
            with (
                own_statements(connection, kind="action", work=action, stats=self.stats),
                Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session,
            ):
                result = keys.as_stored(action(session))
                session.flush()
            topics = written.close_books(connection, key=key, result=result)
            stage.is_committing = True
            transaction.commit()
            return Acted(result, topics)

    @contextmanager
    def _lent(self, engine: Engine, *, patience: float) -> Iterator[Connection]:
        generation, pool = self._generation, engine.pool
        try:
            with engine.connect() as connection:
                driver = _driver_of(connection)
                driver.patience = patience
                try:
                    yield connection
                finally:
                    driver.patience = IDLE_PATIENCE_SECONDS
        finally:
            if generation != self._generation:
                pool.dispose()  # it was given up meanwhile: nobody else closes what came back to it

    @contextmanager
    def _asking(self, connection: Connection, ticket: Ticket, *, is_counted: bool) -> Iterator[None]:
        driver = _driver_of(connection)
        driver.read_only = False if is_counted else None  # None is as the connection was opened: READ ONLY
        ticket.attach(driver)
        try:
            yield
        finally:
            ticket.detach()
            driver.close_server_cursors()
            if ticket.is_spoilt:
                connection.invalidate()

    def _meaning(self, error: Exception, *, withdrawn: bool = False) -> Exception:
        meaning = errors.translate(error, cancelled=withdrawn)
        if isinstance(meaning, Unavailable):
            self._forget_connections()
        return meaning

    def _forget_connections(self) -> None:
        self._generation += 1
        self._questions.dispose()
        self._actions.dispose()


def _driver_of(connection: Connection) -> TicketedConnection:
    return cast("TicketedConnection", connection.connection.driver_connection)  # the engine makes no other


def _limit(connection: Connection, timeout: float) -> None:
    """Let each statement take ``timeout`` seconds, and the pauses between them as long."""
    milliseconds = max(1, round(timeout * 1000))
    pause = max(milliseconds, int(QUESTION_SETTINGS["idle_in_transaction_session_timeout"]))
    connection.execute(
        text(
            f"SELECT set_config('statement_timeout', '{milliseconds}', true),"
            f" set_config('idle_in_transaction_session_timeout', '{pause}', true)"
        )
    )
