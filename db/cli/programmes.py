"""Withdrawing a version of a programme that was published and is wrong."""

import argparse

import psycopg

from db.cli import commands
from db.cli.target import Target

_WITHDRAW = "SELECT public.withdraw_programme(%s, %s, %s)"


def add_to(line: commands.Commands) -> None:
    """Add ``withdraw-programme``."""
    text = "end signing under a published version that is wrong; plans signed under it stay"
    withdraw = commands.add(line, name="withdraw-programme", does=_withdraw, text=text)
    withdraw.add_argument("code", help="code of the programme, such as P2025")
    withdraw.add_argument("version", type=int, help="number of the version")
    text = "why, on one line; everybody reads it beside the version"
    withdraw.add_argument("--reason", required=True, metavar="TEXT", help=text)


def _withdraw(target: Target, options: argparse.Namespace) -> int:
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        given = [options.code, options.version, options.reason]
        ((plans,),) = session.execute(_WITHDRAW, given)
    print(
        f"version {options.version} of {options.code} is withdrawn; {plans:,} plans under it stay as they are"
    )
    return 0
