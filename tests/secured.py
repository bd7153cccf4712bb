"""Servers that speak TLS, or only say they do; the embedded one was built without it.

``answering`` plays a server up to where a certificate is believed or not.
``secured`` goes on from there: behind it works the real server, so that
somebody can be let in by a certificate too.
"""

import contextlib
import selectors
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import trustme

from db.embedded import EmbeddedServer

_ASKS_FOR_TLS = struct.pack("!ii", 8, 80877103)
_PATIENCE_SECONDS = 5

Answer = Callable[[socket.socket], None]


@contextlib.contextmanager
def answering(answer: Answer) -> Iterator[int]:
    """Listen on a free loopback port and ``answer`` whoever asks for TLS, one after the other."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    caller, _address = listener.accept()
                except OSError:
                    return
                with caller, contextlib.suppress(OSError):
                    caller.settimeout(_PATIENCE_SECONDS)
                    if caller.recv(8) == _ASKS_FOR_TLS:
                        answer(caller)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def with_certificate(certificate: trustme.LeafCert) -> Answer:
    """Show ``certificate``, and hang up on whoever believes it."""
    context = _context(certificate)

    def answer(caller: socket.socket) -> None:
        caller.sendall(b"S")
        with contextlib.suppress(OSError), context.wrap_socket(caller, server_side=True) as secured:
            secured.recv(1024)

    return answer


@contextlib.contextmanager
def secured(server: EmbeddedServer, *, certificate: trustme.LeafCert) -> Iterator[int]:
    """Lead a free loopback port to ``server``, over TLS up to here."""
    context = _context(certificate)
    passing: list[threading.Thread] = []

    def answer(caller: socket.socket) -> None:
        caller.sendall(b"S")
        near = context.wrap_socket(caller.dup(), server_side=True)
        near.settimeout(None)
        thread = threading.Thread(target=_pass_on, args=(near, _reach(server)))
        passing.append(thread)
        thread.start()

    with answering(answer) as port:
        yield port
    for thread in passing:
        thread.join(_PATIENCE_SECONDS)


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def _reach(server: EmbeddedServer) -> socket.socket:
    address = server.address
    if Path(address.host).is_absolute():
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{address.host}/.s.PGSQL.{address.port}")
        return far
    return socket.create_connection((address.host, address.port))


def _pass_on(near: ssl.SSLSocket, far: socket.socket) -> None:
    """Carry what either end says to the other until one hangs up."""
    with near, far, selectors.DefaultSelector() as selector, contextlib.suppress(OSError):
        selector.register(near, selectors.EVENT_READ, far)
        selector.register(far, selectors.EVENT_READ, near)
        while True:
            for key, _events in selector.select():
                said = key.fileobj.recv(65536)  # type: ignore[union-attr]
                if not said:
                    return
                while key.fileobj is near and near.pending():  # decrypted already: no selector tells of it
                    said += near.recv(65536)
                key.data.sendall(said)
