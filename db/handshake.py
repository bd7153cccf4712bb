"""Why a server would not let us in, asked once more and read from codes instead of prose.

libpq tells a failed sign-in only as a sentence, in the language of the server and
of the workstation.  The protocol itself is exact: an SQLSTATE from the server, a
verification code from TLS.  So after a failure, and only then, the first steps of
a connection are repeated here by hand until the reason shows, and no further.
The password is proved by SCRAM, never sent.
"""

import base64
import hashlib
import hmac
import secrets
import socket
import ssl
import stringprep
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

_PROTOCOL: Final = 196608
_TLS_REQUEST: Final = 80877103
_OK, _SASL, _SASL_CONTINUE, _SASL_FINAL = 0, 10, 11, 12
_MECHANISM: Final = b"SCRAM-SHA-256"
WRONG_PASSWORD: Final = "28P01"  # noqa: S105 - an SQLSTATE
"""The SQLSTATE of a password that is not the one, or of a name nobody has."""
_LONGEST_MESSAGE: Final = 1 << 20

_TLS_REASONS: Final = {
    9: "not_yet_valid",
    10: "expired",
    18: "untrusted",
    19: "untrusted",
    20: "untrusted",
    21: "untrusted",
    23: "revoked",
    62: "other_name",
    64: "other_name",
}


class HandshakeStep(StrEnum):
    """How far a sign-in came before it failed."""

    UNREACHABLE = "unreachable"
    TLS = "tls"
    ASKED_FOR_MORE = "asked_for_more"
    REFUSED = "refused"
    LET_IN = "let_in"


@dataclass(frozen=True, slots=True)
class HandshakeResult:
    """Where it stopped; ``reason`` is an SQLSTATE, or one word for a network or TLS failure."""

    step: HandshakeStep
    reason: str = ""


class _ClosedEarlyError(Exception):
    """The server hung up in the middle of a message."""


def examine(parameters: Mapping[str, str], *, seconds: float) -> HandshakeResult:
    """Repeat the first steps of one connection and say where they stop.

    ``parameters`` are libpq's, with a single host.
    """
    host, port = parameters.get("host", ""), int(parameters.get("port") or 5432)
    try:
        line = _open(parameters.get("hostaddr") or host, port, seconds)
    except TimeoutError:
        return HandshakeResult(HandshakeStep.UNREACHABLE, "timeout")
    except socket.gaierror:
        return HandshakeResult(HandshakeStep.UNREACHABLE, "unknown_name")
    except OSError:
        return HandshakeResult(HandshakeStep.UNREACHABLE, "refused")
    try:
        if line.family != getattr(socket, "AF_UNIX", None):
            line = _over_tls(line, parameters, host)
        return _start(line, parameters)
    except ssl.SSLCertVerificationError as error:
        return HandshakeResult(HandshakeStep.TLS, _TLS_REASONS.get(error.verify_code, "invalid"))
    except ssl.SSLError:
        return HandshakeResult(HandshakeStep.TLS, "broken")
    except _NoTlsError as error:
        return HandshakeResult(HandshakeStep.TLS, str(error))
    except TimeoutError:
        return HandshakeResult(HandshakeStep.UNREACHABLE, "timeout")
    except (OSError, _ClosedEarlyError, ValueError, struct.error):
        return HandshakeResult(HandshakeStep.UNREACHABLE, "hung_up")
    finally:
        line.close()


class _NoTlsError(Exception):
    """TLS is asked for and cannot be had."""


def _open(target: str, port: int, seconds: float) -> socket.socket:
    if target and not target.startswith(("/", "@")):
        return socket.create_connection((target, port), timeout=seconds)
    if not hasattr(socket, "AF_UNIX"):
        return socket.create_connection(("localhost", port), timeout=seconds)
    directory = target or next(
        (path for path in ("/var/run/postgresql", "/tmp") if Path(path, f".s.PGSQL.{port}").exists()),  # noqa: S108
        "/tmp",  # noqa: S108
    )
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(seconds)
        line.connect(f"{directory.replace('@', chr(0), 1)}/.s.PGSQL.{port}")
    except OSError:
        line.close()
        raise
    return line


def _over_tls(line: socket.socket, parameters: Mapping[str, str], host: str) -> socket.socket:
    mode = parameters.get("sslmode") or "prefer"
    if mode in ("disable", "allow"):
        return line
    line.sendall(struct.pack("!ii", 8, _TLS_REQUEST))
    answer = line.recv(1)
    if not answer:
        raise _ClosedEarlyError
    if answer != b"S":
        if mode == "prefer":
            return line
        raise _NoTlsError("not_offered")
    context = ssl.create_default_context()
    roots = parameters.get("sslrootcert", "")
    if mode in ("prefer", "require"):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    elif roots and roots != "system":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = mode == "verify-full"
        try:
            context.load_verify_locations(roots)
        except OSError as error:  # no such file, or not a certificate
            raise _NoTlsError("no_root_certificate") from error
    if parameters.get("sslcert"):
        context.load_cert_chain(parameters["sslcert"], parameters.get("sslkey"))
    return context.wrap_socket(line, server_hostname=host)


def _start(line: socket.socket, parameters: Mapping[str, str]) -> HandshakeResult:
    user = parameters.get("user", "")
    names = {"user": user, "database": parameters.get("dbname") or user}
    body = b"".join(f"{name}\0{value}\0".encode() for name, value in names.items()) + b"\0"
    line.sendall(struct.pack("!ii", len(body) + 8, _PROTOCOL) + body)
    proof: _Scram | None = None
    while True:
        kind, message = _receive(line)
        if kind == b"E":
            return HandshakeResult(HandshakeStep.REFUSED, _sqlstate(message))
        if kind == b"Z":
            return HandshakeResult(HandshakeStep.LET_IN)
        if kind != b"R":
            continue
        (step,) = struct.unpack_from("!i", message)
        if step == _SASL and parameters.get("password") and _MECHANISM in message[4:].split(b"\0"):
            proof = _Scram(parameters["password"])
            first = proof.first()
            head = _MECHANISM + b"\0" + struct.pack("!i", len(first))
            _send(line, head + first)
        elif step == _SASL_CONTINUE and proof is not None:
            _send(line, proof.final(message[4:].decode()))
        elif step not in (_OK, _SASL_FINAL):
            return HandshakeResult(HandshakeStep.ASKED_FOR_MORE)


def _send(line: socket.socket, body: bytes) -> None:
    line.sendall(b"p" + struct.pack("!i", len(body) + 4) + body)


def _receive(line: socket.socket) -> tuple[bytes, bytes]:
    head = _exactly(line, 5)
    (length,) = struct.unpack("!i", head[1:])
    if not 4 <= length < _LONGEST_MESSAGE:
        raise _ClosedEarlyError
    return head[:1], _exactly(line, length - 4)


def _exactly(line: socket.socket, count: int) -> bytes:
    received = b""
    while len(received) < count:
        piece = line.recv(count - len(received))
        if not piece:
            raise _ClosedEarlyError
        received += piece
    return received


def _sqlstate(message: bytes) -> str:
    fields = (part for part in message.split(b"\0") if part)
    return next((part[1:].decode("ascii", "replace") for part in fields if part[:1] == b"C"), "")


class _Scram:
    """The client's side of SCRAM-SHA-256 without channel binding (RFC 5802, RFC 7677)."""

    def __init__(self, password: str) -> None:
        self._password = _prepared(password).encode()
        self._bare = f"n=,r={secrets.token_urlsafe(18)}"

    def first(self) -> bytes:
        return f"n,,{self._bare}".encode()

    def final(self, challenge: str) -> bytes:
        given = dict(part.split("=", 1) for part in challenge.split(","))
        salted = hashlib.pbkdf2_hmac("sha256", self._password, base64.b64decode(given["s"]), int(given["i"]))
        key = hmac.digest(salted, b"Client Key", "sha256")
        bare = f"c=biws,r={given['r']}"
        signed = f"{self._bare},{challenge},{bare}".encode()
        signature = hmac.digest(hashlib.sha256(key).digest(), signed, "sha256")
        proof = bytes(left ^ right for left, right in zip(key, signature, strict=True))
        return f"{bare},p={base64.b64encode(proof).decode()}".encode()


def _prepared(password: str) -> str:
    """Apply SASLprep (RFC 4013) as libpq does: what cannot be prepared is used as it is."""
    mapped = "".join(
        " " if stringprep.in_table_c12(letter) else letter
        for letter in password
        if not stringprep.in_table_b1(letter)
    )
    prepared = unicodedata.normalize("NFKC", mapped)
    tables = (stringprep.in_table_c21_c22, _is_prohibited, stringprep.in_table_a1)
    return password if any(table(letter) for table in tables for letter in prepared) else prepared


def _is_prohibited(letter: str) -> bool:
    return (
        stringprep.in_table_c3(letter)
        or stringprep.in_table_c4(letter)
        or stringprep.in_table_c5(letter)
        or stringprep.in_table_c6(letter)
        or stringprep.in_table_c7(letter)
        or stringprep.in_table_c8(letter)
        or stringprep.in_table_c9(letter)
    )
