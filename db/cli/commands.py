"""How a command is added to the line: its name, what it does, and a text for the help."""

import argparse
from collections.abc import Callable
from typing import TypeAlias

from db.cli.target import Target, target

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
OnDatabase = Callable[[Target, argparse.Namespace], int]
Alone = Callable[[argparse.Namespace], int]


def add(commands: Commands, *, name: str, does: OnDatabase, text: str) -> argparse.ArgumentParser:
    """Add a command that works on the database named on the line, and returns the exit code."""

    def run(options: argparse.Namespace) -> int:
        with target(options.url) as found:
            return does(found, options)

    return add_alone(commands, name=name, does=run, text=text)


def add_alone(commands: Commands, *, name: str, does: Alone, text: str) -> argparse.ArgumentParser:
    """Add a command that needs no database."""
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=does)
    return parser
