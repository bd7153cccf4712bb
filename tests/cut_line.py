"""A line to the server that a test can cut, or cut at the very moment something is said over it."""

import contextlib
import selectors
import socket
import threading
from pathlib import Path
from urllib.parse import urlsplit

from db.embedded import EmbeddedServer


class CutLine:
    """Forwards connections of a free loopback port to the server, until it is cut."""

    def __init__(self, server: EmbeddedServer) -> None:
        self._server = server
        self._cut_before_answer_to = b""
        self._is_cut = False
        self._is_frozen = False
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._doorbell, self._bell = socket.socketpair()
        self._thread = threading.Thread(target=self._forward, daemon=True)
        self._thread.start()

    def url(self, url: str) -> str:
        """Return ``url`` led over this line."""
        parts = urlsplit(url)
        person = parts.netloc.rpartition("@")[0]
        return f"{parts.scheme}://{person}@127.0.0.1:{self.port}{parts.path}"

    def cut(self) -> None:
        """Break every connection, and let no new one through."""
        self._is_cut = True
        self._bell.send(b"!")

    def mend(self) -> None:
        """Let connections through again."""
        self._cut_before_answer_to = b""
        self._is_cut = self._is_frozen = False

    def freeze(self) -> None:
        """Swallow whatever is said from now on, as a server does that froze."""
        self._is_frozen = True

    def cut_before_the_answer_to(self, word: bytes) -> None:
        """Cut as soon as the server has answered a message that contains ``word``; the answer is lost."""
        self._cut_before_answer_to = word

    def close(self) -> None:
        """Take the line down."""
        self._bell.send(b"x")
        self._thread.join()
        for end in (self._listener, self._doorbell, self._bell):
            end.close()

    def _forward(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ, None)
            selector.register(self._doorbell, selectors.EVENT_READ, None)
            while True:
                for key, _events in selector.select():
                    if key.fileobj is self._listener:
                        self._accept(selector)
                    elif key.fileobj is self._doorbell:
                        self._hang_up(selector)
                        if self._doorbell.recv(1) == b"x":
                            return
                    elif key.fileobj.fileno() != -1:  # not dropped a moment ago
                        self._pass_on(selector, key.fileobj, *key.data)

    def _accept(self, selector: selectors.BaseSelector) -> None:
        near, _address = self._listener.accept()
        if self._is_cut:
            near.close()
            return
        address = self._server.address
        if Path(address.host).is_absolute():
            far = socket.socket(socket.AF_UNIX)
            target: object = f"{address.host}/.s.PGSQL.{address.port}"
        else:
            far = socket.socket(socket.AF_INET)
            target = (address.host, address.port)
        try:
            far.connect(target)
        except OSError:
            near.close()
            far.close()
            return
        self._pairs.append((near, far))
        selector.register(near, selectors.EVENT_READ, (far, True))
        selector.register(far, selectors.EVENT_READ, (near, False))

    def _pass_on(
        self,
        selector: selectors.BaseSelector,
        source: socket.socket,
        target: socket.socket,
        is_desk: bool,  # noqa: FBT001
    ) -> None:
        with contextlib.suppress(OSError):
            said = source.recv(65536)
            word = self._cut_before_answer_to
            if said and self._is_frozen:
                return
            if said and not (word and self._is_cut):
                target.sendall(said)
                if word and is_desk and word in said:
                    target.recv(65536)  # the server has done it; nobody will hear of it
                    self._is_cut = True
                    self._hang_up(selector)
                return
        self._drop(selector, source, target)

    def _drop(self, selector: selectors.BaseSelector, *ends: socket.socket) -> None:
        for end in ends:
            with contextlib.suppress(KeyError, ValueError):
                selector.unregister(end)
            end.close()
        self._pairs = [pair for pair in self._pairs if ends[0] not in pair]

    def _hang_up(self, selector: selectors.BaseSelector) -> None:
        for pair in tuple(self._pairs):
            self._drop(selector, *pair)
