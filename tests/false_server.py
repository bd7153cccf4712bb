"""A server that is none: it asks for a password in a way of its choice and remembers what it is given."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

_ASKS_FOR_TLS = 80877103
_ASKS_FOR_GSS = 80877104
_PATIENCE_SECONDS = 5

CLEARTEXT = struct.pack("!i", 3)
MD5 = struct.pack("!i", 5) + b"salt"
NOTHING = struct.pack("!i", 0)


@dataclass
class FalseServer:
    """Where it listens, and every message that came after it asked."""

    port: int
    given: list[bytes] = field(default_factory=list)


@contextlib.contextmanager
def false_server(*, asking: bytes, host: str = "127.0.0.1") -> Iterator[FalseServer]:
    """Listen on a free port of ``host``, let everybody come without TLS, and ask for a password."""
    with socket.create_server((host, 0)) as listener:
        server = FalseServer(listener.getsockname()[1])

        def serve() -> None:
            while True:
                try:
                    caller, _address = listener.accept()
                except OSError:
                    return
                with caller, contextlib.suppress(OSError, struct.error):
                    caller.settimeout(_PATIENCE_SECONDS)
                    _ask(caller, asking, server.given)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server
        finally:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _ask(caller: socket.socket, asking: bytes, given: list[bytes]) -> None:
    while True:
        length, code = struct.unpack("!ii", caller.recv(8, socket.MSG_WAITALL))
        if code in (_ASKS_FOR_TLS, _ASKS_FOR_GSS):
            caller.sendall(b"N")
            continue
        caller.recv(length - 8, socket.MSG_WAITALL)
        break
    caller.sendall(b"R" + struct.pack("!i", len(asking) + 4) + asking)
    while said := caller.recv(4096):
        given.append(said)
        if asking == NOTHING:
            return
