"""Letting people in and out, and who they are."""

import argparse
import getpass
import sys

import psycopg

from db import staff
from db.cli import commands
from db.cli.target import Target


def add_to(line: commands.Commands) -> None:
    """Add ``staff`` with its own commands."""
    text = "let people in and out: each is a role of the server"
    people = line.add_parser("staff", help=text, description=text)
    actions = people.add_subparsers(title="commands", required=True, metavar="COMMAND")
    add = commands.add(actions, name="add", does=_add, text="let somebody in; asks for a password")
    add.add_argument("login", help="name of the PostgreSQL role, such as ana.petrovic")
    add.add_argument("--name", required=True, help="full name, as others see it")
    add.add_argument("--role", required=True, choices=[role.removeprefix("desk_") for role in staff.ROLES])
    add.add_argument("--branch", required=True, metavar="CODE", help="code of the branch, such as DIR")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    commands.add(actions, name="list", does=_list, text="list everybody who ever served")
    text = "let somebody out; what they did stays theirs"
    leave = commands.add(actions, name="deactivate", does=_deactivate, text=text)
    leave.add_argument("login")


def _add(target: Target, options: argparse.Namespace) -> int:
    if options.password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = getpass.getpass(f"Password for {options.login}: ")
        if getpass.getpass("Once more: ") != password:
            print("salter-db: the two passwords differ", file=sys.stderr)
            return 2
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        staff.add(
            session,
            login=options.login,
            full_name=options.name,
            role=f"desk_{options.role}",
            branch=options.branch,
            password=password,
        )
    print(f"{options.login} may sign in as {options.role}")
    return 0


def _list(target: Target, _options: argparse.Namespace) -> int:
    with psycopg.connect(target.libpq_url) as session:
        for person in staff.people(session):
            state = "" if person.is_active else "  (left)"
            role = person.role.removeprefix("desk_")
            print(f"{person.login:24} {role:11} {person.branch:4} {person.full_name}{state}")
    return 0


def _deactivate(target: Target, options: argparse.Namespace) -> int:
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        staff.deactivate(session, login=options.login)
    print(f"{options.login} may not sign in any more")
    return 0
