"""Sealing: where chains, joints and months stand, signed, on a page that is kept off the server."""

import argparse
import getpass
import hashlib
import sys
from pathlib import Path

from sqlalchemy import text

from app.domain import seals
from db import checks, seal_keys
from db.cli import commands
from db.cli.target import Target

_ON_THE_SERVER = text("SELECT coalesce(inet_server_addr() = inet_client_addr(), true)")


def add_to(line: commands.Commands) -> None:
    """Add ``seal`` and ``seal-key``."""
    words = "write where logs and months stand to a signed page, to be kept off the server"
    seal = commands.add(line, name="seal", does=_seal, text=words)
    seal.add_argument("--key", type=Path, required=True, metavar="FILE", help="the signing key")
    seal.add_argument("--to", type=Path, required=True, metavar="FILE", help="the page; never written over")
    words = "seal also what does not hold; what was found is on the page"
    seal.add_argument("--anyway", action="store_true", help=words)
    words = "make the pair of keys for seals: FILE signs and is yours alone, FILE.pub verifies"
    key = commands.add_alone(line, name="seal-key", does=_make_key, text=words)
    key.add_argument("file", type=Path, metavar="FILE")
    key.add_argument("--no-passphrase", action="store_true", help="leave the signing key unlocked")


def verified(seal: Path, *, public_key: Path) -> seals.Seal:
    """Return the seal on the page, which was signed with the other half of ``public_key``.

    Raises: KeyUnreadable, KeyOfAnother, SealForged, SealUnreadable, NotASeal, SealOfAnotherVersion.
    """
    key = seal_keys.verifying_key(public_key)
    try:
        page = seal.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise seal_keys.SealUnreadable(str(seal)) from None
    found, signature = seals.read(page)
    seal_keys.verify(found, signature=signature, key=key)
    return found


def _seal(target: Target, options: argparse.Namespace) -> int:
    key = seal_keys.signing_key(options.key, passphrase=lambda: getpass.getpass("Passphrase of the key: "))
    if options.to.exists():
        raise seal_keys.FileThere(str(options.to))
    found = []
    with target.engine() as engine:
        for result in checks.run(engine, only=checks.PROVEN_WITH):
            for finding in result.findings:
                found.append(f"{finding.check}: {finding.problem} ({finding.count:,})")
                print(f"WRONG {found[-1]}", file=sys.stderr)
        if found and not options.anyway:
            print("salter-db: not sealed: salter-db check tells more, --anyway seals it", file=sys.stderr)
            return 1
        with engine.connect() as connection:
            if connection.scalar(_ON_THE_SERVER):
                words = (
                    "this is the server itself: a key that is kept here seals nothing against its superuser"
                )
                print(f"salter-db: {words}", file=sys.stderr)
            fingerprint = seal_keys.fingerprint(key.public_key())
            seal = checks.to_seal(connection, key=fingerprint, found=tuple(found))
    page = seal.page(signature=seal_keys.sign(seal, key=key)).encode()
    seal_keys.write_new(options.to, page)
    joint = "no joint yet: salter-db tidy" if seal.joint is None else f"joint {seal.joint.number}"
    months = len({month.month for month in seal.months})
    print(f"sealed {seal.sealed_at}: {joint}, {months} months, {len(seal.heads)} chains")
    print(f"sha256 of {options.to}: {hashlib.sha256(page).hexdigest()}")
    return 1 if found else 0


def _make_key(options: argparse.Namespace) -> int:
    passphrase = ""
    if not options.no_passphrase:
        passphrase = getpass.getpass("Passphrase of the new key: ")
        if getpass.getpass("Once more: ") != passphrase:
            print("salter-db: the two passphrases differ", file=sys.stderr)
            return 2
        if not passphrase:
            print("salter-db: the passphrase is empty; --no-passphrase wants none", file=sys.stderr)
            return 2
    fingerprint = seal_keys.make_pair(options.file, passphrase=passphrase)
    print(f"{options.file} signs: keep it off the server, where nobody else gets at it")
    print(f"{seal_keys.public_path(options.file)} verifies: give it to whoever checks")
    print(f"key {fingerprint}")
    return 0
