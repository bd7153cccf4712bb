"""The key that drafts are kept under, one a person and workstation, in the system's keyring.

Whoever gets at the disk, a backup of it or a stolen workstation reads no draft
without that person's own keyring.  Where a system has none, there is no key.
"""

import os
from functools import cache
from typing import Any

_SERVICE = "salter drafts"
_NONCE = 12


class DraftKey:
    """Locks what is to be kept; what was locked under one name opens under no other."""

    def __init__(self, secret: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._cipher = AESGCM(secret)

    def lock(self, content: bytes, *, name: str) -> bytes:
        """Return ``content`` so that only this key opens it."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, content, name.encode())

    def open(self, kept: bytes, *, name: str) -> bytes:
        """Return what was locked under this name.  Raises: ValueError."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(kept[:_NONCE], kept[_NONCE:], name.encode())
        except InvalidTag as error:
            raise ValueError(name) from error


def draft_key(login: str) -> DraftKey | None:
    """Return the person's key, made the first time, or None where the system keeps none.

    The keyring is asked once: it may take its time, or ask to be unlocked.
    """
    import keyring

    return _asked(keyring.get_keyring(), login)


@cache
def _asked(ring: Any, login: str) -> DraftKey | None:
    try:
        kept = ring.get_password(_SERVICE, login)
        if not kept:
            ring.set_password(_SERVICE, login, os.urandom(32).hex())
            kept = ring.get_password(_SERVICE, login)  # some take everything and keep nothing
        return DraftKey(bytes.fromhex(kept)) if kept else None
    except Exception:  # noqa: BLE001 - each keyring fails in ways of its own; a draft is not worth a refusal
        return None
