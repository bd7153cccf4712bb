"""The pair of keys that seals are signed with (Ed25519): one signs and is kept off the server, one verifies.

Whoever has the signing key can seal whatever they like.  It lies in a file that
nobody else reads, locked with a passphrase unless none is wanted; the other may be
known to everybody.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from app.domain.errors import Refused
from app.domain.seals import Seal

PUBLIC_SUFFIX = ".pub"
_OWNER_ONLY = 0o600
_EVERYBODY = 0o644
_OTHERS = 0o077


class FileThere(Refused):
    """A file of this name is there already; neither a key nor a seal is ever written over."""


class KeyUnreadable(Refused):
    """The file is not there, is no Ed25519 key of the kind that is wanted, or its passphrase is another."""


class KeyOpenToOthers(Refused):
    """Others may read the signing key; it is used only where nobody else can."""


class KeyOfAnother(Refused):
    """The seal was signed with another key than the one it is verified with."""

    def __init__(self, *, signed: str, given: str) -> None:
        super().__init__(signed)
        self.signed = signed
        self.given = given


class SealUnreadable(Refused):
    """The page is not there, or is no text."""


class SealForged(Refused):
    """What stands on the page is not what was signed."""


def make_pair(path: Path, *, passphrase: str) -> str:
    """Write a new signing key to ``path`` and what verifies beside it; return the fingerprint of both.

    An empty passphrase leaves the key unlocked.

    Raises: FileThere.
    """
    key = Ed25519PrivateKey.generate()
    locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    public = public_path(path)
    if public.exists():
        raise FileThere(str(public))
    write_new(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked), mode=_OWNER_ONLY)
    write_new(
        public,
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        mode=_EVERYBODY,
    )
    return fingerprint(key.public_key())


def public_path(path: Path) -> Path:
    """Return where the verifying half of the signing key at ``path`` lies."""
    return path.with_name(path.name + PUBLIC_SUFFIX)


def write_new(path: Path, content: bytes, *, mode: int = _EVERYBODY) -> None:
    """Write a file that was not there, open to no more than ``mode`` says from its first byte on.

    Raises: FileThere.
    """
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    except FileExistsError:
        raise FileThere(str(path)) from None
    with os.fdopen(opened, "wb") as file:
        file.write(content)


def signing_key(path: Path, *, passphrase: Callable[[], str]) -> Ed25519PrivateKey:
    """Return the signing key at ``path``; ``passphrase`` is asked only where it is locked.

    Raises: KeyUnreadable, KeyOpenToOthers.
    """
    content = _content(path)
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise KeyOpenToOthers(str(path))
    try:
        try:
            key = load_pem_private_key(content, password=None)
        except TypeError:  # it is locked
            key = load_pem_private_key(content, password=passphrase().encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyUnreadable(str(path)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnreadable(str(path))
    return key


def verifying_key(path: Path) -> Ed25519PublicKey:
    """Return the verifying key at ``path``.  Raises: KeyUnreadable."""
    try:
        key = load_pem_public_key(_content(path))
    except (ValueError, UnsupportedAlgorithm):
        raise KeyUnreadable(str(path)) from None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyUnreadable(str(path))
    return key


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise KeyUnreadable(str(path)) from None


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return the hash by which people tell keys apart."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def sign(seal: Seal, *, key: Ed25519PrivateKey) -> bytes:
    """Return the signature under ``seal``, whose ``key`` is that key's fingerprint."""
    return key.sign(seal.text().encode())


def verify(seal: Seal, *, signature: bytes, key: Ed25519PublicKey) -> None:
    """Make sure that whoever has the signing half of ``key`` sealed this.

    Raises: KeyOfAnother, SealForged.
    """
    given = fingerprint(key)
    if seal.key != given:
        raise KeyOfAnother(signed=seal.key, given=given)
    try:
        key.verify(signature, seal.text().encode())
    except InvalidSignature:
        raise SealForged from None
