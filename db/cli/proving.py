"""Proving: whether the database is what it should be, and what it was when it was sealed."""

import argparse
import sys
from pathlib import Path

from db import checks
from db.cli import commands, sealing
from db.cli.target import Target


def add_to(line: commands.Commands) -> None:
    """Add ``check``."""
    text = "prove shape, log chains and sums; exit code 1 when something does not hold"
    check = commands.add(line, name="check", does=_check, text=text)
    check.add_argument("--quiet", action="store_true", help="say only what does not hold")
    text = "make this check (repeatable)"
    check.add_argument("--only", action="append", choices=checks.names(), metavar="NAME", help=text)
    text = "prove that all that was sealed on this page stands as it was"
    check.add_argument("--seal", type=Path, metavar="FILE", help=text)
    text = "the key that verifies the seal (FILE.pub of salter-db seal-key)"
    check.add_argument("--public-key", type=Path, metavar="FILE", help=text)


def _check(target: Target, options: argparse.Namespace) -> int:
    seal = None
    if (options.seal is None) != (options.public_key is None):
        print("salter-db: --seal and --public-key go together", file=sys.stderr)
        return 2
    if options.seal is not None:
        seal = sealing.verified(options.seal, public_key=options.public_key)
        if not options.quiet:
            print(f"seal of {seal.sealed_at}, signed with {seal.key}")
            for one in seal.found:
                print(f"found when it was sealed: {one}")
    problems = 0
    with target.engine() as engine:
        for result in checks.run(engine, only=options.only or (), seal=seal):
            problems += len(result.findings)
            if not result.findings and not options.quiet:
                print(f"ok    {result.check}")
            for finding in result.findings:
                times = f" ({finding.count:,})" if finding.count > 1 else ""
                where = f": {', '.join(finding.examples)}" if finding.examples else ""
                print(f"WRONG {finding.check}: {finding.problem}{times}{where}")
        if not options.quiet:
            with engine.connect() as connection:
                print(checks.where_the_chains_stand(connection))
    print("the database is sound" if not problems else f"{problems} finding(s)")
    return 1 if problems else 0
