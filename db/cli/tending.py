"""Tending: what runs every night, every morning, or always."""

import argparse
from datetime import date

import psycopg

from db import monitoring, tidying, watching
from db.cli import commands
from db.cli.target import Target


def add_to(line: commands.Commands) -> None:
    """Add ``tidy``, ``watch`` and ``follow-plans``."""
    text = "forget what is kept for a while, join the logs' chains; for every night"
    commands.add(line, name="tidy", does=_tidy, text=text)
    text = "let go of whoever keeps colleagues waiting; runs until it is stopped"
    watch = commands.add(line, name="watch", does=_watch, text=text)
    text = "how long others wait before that (default: 10)"
    watch.add_argument("--patience", type=float, default=watching.PATIENCE_SECONDS, metavar="S", help=text)
    watch.add_argument("--once", action="store_true", help="look once, and be done")
    text = "move payment plans by what was paid and when; for every morning"
    follow = commands.add(line, name="follow-plans", does=_follow_plans, text=text)
    text = "up to that day (default: the server's date)"
    follow.add_argument("--day", type=date.fromisoformat, metavar="DAY", help=text)


def _tidy(target: Target, _options: argparse.Namespace) -> int:
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        forgotten = tidying.forget_completed_actions(session)
        closed = tidying.close_numbers(session)
        joint = tidying.join_chains(session)
    print(
        f"{forgotten:,} completed actions forgotten; {closed:,} registers went on;"
        f" joint {joint.number} of the chains: {joint.hash}"
    )
    return 0


def _watch(target: Target, options: argparse.Namespace) -> int:
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        for login in watching.watch(session, patience=options.patience, forever=not options.once):
            print(f"let go of {login}, for whom others waited", flush=True)
    return 0


def _follow_plans(target: Target, options: argparse.Namespace) -> int:
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        counts = monitoring.follow_plans(session, day=options.day)
    print(
        f"{counts['followed']:,} plans followed: {counts['active']:,} on time,"
        f" {counts['in_arrears']:,} in arrears, {counts['kept']:,} kept, {counts['broken']:,} broken;"
        f" {counts['settled']:,} payments settled"
    )
    return 0
