"""Questions and actions for the tests of the gateway, and what waits for them."""

import functools
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from db.gateway import Gateway
from db.models.settings import Setting


def asks(sql: str) -> Callable[[Session], Any]:
    return functools.partial(scalar, sql)


def scalar(sql: str, session: Session) -> Any:
    return session.scalar(text(sql))


def first_row(sql: str, session: Session) -> tuple[Any, ...]:
    return tuple(session.execute(text(sql)).one())


def writes_setting(name: str, session: Session) -> str:
    session.execute(text("INSERT INTO setting VALUES (:name, '2026-01-01', '1', false, '')"), {"name": name})
    return name


def settings(gateway: Gateway) -> list[str]:
    return gateway.ask(lambda session: list(session.scalars(select(Setting.name).order_by(Setting.name))))


def until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not is_true():
        assert time.monotonic() < deadline, "it never came true"


def statements_running(overseer: psycopg.Connection[Any], marked: str) -> int:
    row = overseer.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE %s"
        " AND pid <> pg_backend_pid()",
        [f"%{marked}%"],
    ).fetchone()
    assert row is not None
    return int(row[0])


def in_background(work: Callable[[], Any]) -> "queue.SimpleQueue[Any]":
    """Do ``work`` on another thread; its answer or its error can be got from the queue."""
    heard: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def run() -> None:
        try:
            heard.put(work())
        except Exception as error:  # noqa: BLE001 - handed to the test
            heard.put(error)

    threading.Thread(target=run, daemon=True).start()
    return heard
