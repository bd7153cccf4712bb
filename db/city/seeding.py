"""Building the demo city: from an empty database to one that looks as if the trade had gone on for years."""

import gc
import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date

import psycopg
from sqlalchemy import create_engine, make_url, text

from app.domain.errors import Refused
from app.domain.period import Period
from db import codebook, schema
from db.city import cases, changes, loading, staff, tariffs
from db.city.blocks import Block, Made, Maker, plan
from db.city.places import streets
from db.city.rows import Rows

Progress = Callable[[float, str], None]
"""Hears a fraction from 0 to 1 and what is being done."""

DEFAULT_SEED = 1
FEWEST_ACCOUNTS = 50
MOST_ACCOUNTS = 1_500_000
_ONE_PROCESS = 2_000
"""Cities up to so many accounts are built before a second process would have started."""

_IS_FROZEN: bool = getattr(sys, "frozen", False)
"""A frozen program would start its window again instead of a worker."""

_PREPARED, _LOADED = 0.02, 0.80


class CityThere(Refused):
    """The database has accounts already: a city is built in an empty one."""

    def __init__(self, accounts: int) -> None:
        super().__init__(str(accounts))
        self.accounts = accounts


class CityImpossible(Refused):
    """So many accounts or months cannot be."""

    def __init__(self, field: str, value: int, *, least: int, most: int) -> None:
        super().__init__(f"{field} {value}")
        self.field = field
        self.value = value
        self.least = least
        self.most = most


@dataclass(frozen=True, slots=True)
class Report:
    """What was built and how long it took."""

    accounts: int
    bills: int
    lines: int
    seconds: float
    loading_seconds: float

    @property
    def bills_a_second(self) -> float:
        """Over the whole time, indexes and search included."""
        return self.bills / self.seconds


@dataclass(frozen=True, slots=True)
class _Order:
    """What a worker must know."""

    url: str
    lists: tariffs.CodeLists
    months: int
    today: date
    seed: int
    without_triggers: bool


def quietly(_fraction: float, _what: str) -> None:
    """Report progress to nobody."""


def seed(
    url: str,
    *,
    accounts: int,
    months: int,
    seed: int = DEFAULT_SEED,
    today: date | None = None,
    progress: Progress = quietly,
    processes: int | None = None,
) -> Report:
    """Build the demo city in an empty database, making the schema and the code lists first.

    ``today`` is the server's date unless given; the last bill is of the month
    before it.  The same accounts, months, seed and day make the same city.  A
    failure leaves a database to be dropped.

    Raises: CityThere, CityImpossible.
    """
    started = time.monotonic()
    progress(0.0, "schema")
    address = _libpq_url(url)
    order = _prepare(url, address, accounts, months, seed, today)
    hand_made = cases.cases(order.today)
    progress(_PREPARED, "bills")
    with loading.connect(address, without_triggers=order.without_triggers) as session:
        loading.copy(session, _streets(order.lists))
        removed = loading.remove_indexes(session)
        with nullcontext() if order.without_triggers else loading.triggers_disabled(address):
            made = _make_all(order, accounts, hand_made, progress, started, processes)
            changes.settle(session)
        loading_seconds = time.monotonic() - started
        loading.advance_sequences(session)
    progress(_LOADED, "indexes and search")
    for step, what in enumerate(loading.finish(address, removed), 1):
        progress(min(_LOADED + 0.03 * step, 0.99), f"indexes and search: {what}")
    progress(1.0, "done")
    return Report(made.accounts, made.bills, made.lines, time.monotonic() - started, loading_seconds)


def small(url: str, *, today: date, accounts: int = 120, months: int = 15) -> Report:
    """Build a tiny city in this process, for tests; it has the hand-made accounts of ``cases``."""
    return seed(url, accounts=accounts, months=months, seed=DEFAULT_SEED, today=today, processes=1)


def _prepare(url: str, address: str, accounts: int, months: int, seed: int, today: date | None) -> _Order:
    if not FEWEST_ACCOUNTS <= accounts <= MOST_ACCOUNTS:
        raise CityImpossible("accounts", accounts, least=FEWEST_ACCOUNTS, most=MOST_ACCOUNTS)
    engine = create_engine(_driver_url(url))
    try:
        with engine.connect() as connection:
            is_there = schema.revision(connection) == schema.HEAD
        if not is_there:
            schema.upgrade(engine)
        with engine.begin() as connection:
            there = connection.execute(text("SELECT count(*) FROM account")).scalar_one()
            if there:
                raise CityThere(there)
            codebook.load(connection)
            day = today or connection.execute(text("SELECT office_day()")).scalar_one()
            _check_months(months, day)
            connection.execute(text("SET LOCAL ROLE salter_owner"))
            for year in range(schema.FIRST_YEAR, day.year + 2):
                schema.add_year(connection, year=year)
            lists = tariffs.read(connection)
    finally:
        engine.dispose()
    with psycopg.connect(address) as session:
        staff.engage(session)
    return _Order(address, lists, months, day, seed, loading.may_fire_no_triggers(address))


def _check_months(months: int, today: date) -> None:
    most = Period.of(today).months_since(Period(schema.FIRST_YEAR, 1))
    if not 1 <= months <= most:
        raise CityImpossible("months", months, least=1, most=most)


def _streets(lists: tariffs.CodeLists) -> Rows:
    rows = Rows()
    for street in streets().all:
        rows.add("street", street.id, lists.settlements[street.settlement], street.name)
    return rows


def _make_all(
    order: _Order,
    accounts: int,
    hand_made: tuple[cases.Case, ...],
    progress: Progress,
    started: float,
    processes: int | None,
) -> Made:
    blocks = plan(accounts=accounts, seed=order.seed, hand_made=hand_made)
    count = processes or (1 if accounts <= _ONE_PROCESS or _IS_FROZEN else min(8, os.cpu_count() or 1))
    results = _in_this_process(order, blocks) if count == 1 else _in_processes(order, blocks, count)
    done = bills = lines = 0
    for made in results:
        done, bills, lines = done + made.accounts, bills + made.bills, lines + made.lines
        rate = bills / (time.monotonic() - started)
        progress(_PREPARED + (_LOADED - _PREPARED) * done / accounts, f"bills: {bills:,} ({rate:,.0f}/s)")
    return Made(done, bills, lines)


class _Worker:
    """Makes blocks and copies them, over a connection of its own."""

    def __init__(self, order: _Order) -> None:
        timeline = tariffs.Timeline(order.lists, months=order.months, today=order.today)
        self._maker = Maker(order.lists, timeline, seed=order.seed, hand_made=cases.cases(order.today))
        self.session = loading.connect(order.url, without_triggers=order.without_triggers)

    def work(self, block: Block) -> Made:
        rows, made = self._maker.make(block)
        loading.copy(self.session, rows)
        return made


def _in_this_process(order: _Order, blocks: Iterator[Block]) -> Iterator[Made]:
    worker = _Worker(order)
    with worker.session:
        yield from map(worker.work, blocks)


def _in_processes(order: _Order, blocks: Iterator[Block], count: int) -> Iterator[Made]:
    # never forked: whoever builds the city from a window has threads and a display connection
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(order,)) as pool:
        waiting: deque[Future[Made]] = deque()
        for block in blocks:
            waiting.append(pool.submit(_work, block))
            if len(waiting) > 2 * count:
                yield waiting.popleft().result()
        for future in waiting:
            yield future.result()


_workers: list[_Worker] = []
"""This process's worker, once it has begun; the pool's functions can be given no object."""


def _begin(order: _Order) -> None:
    # what a worker makes is no part of a cycle, and looking for cycles costs it a seventh of its time
    gc.disable()
    _workers.append(_Worker(order))


def _work(block: Block) -> Made:
    return _workers[0].work(block)


def _driver_url(url: str) -> str:
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def _libpq_url(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
