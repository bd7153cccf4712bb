"""A process of its own in which files from outside are opened, that can be stopped at any moment.

What reads PDFs and pictures is old, large and partly in C: whatever is weighed
beforehand, some file will keep it busy for minutes or take all memory.  A thread
cannot be stopped; a process can.  So such work is sent to a process that has a limit
of time and of memory, writes no file, starts no program and is given none of the
program's secrets.  It is started with the first file, kept for the next, and ends
with the program, however that ends: it reads from a pipe that then closes, and
stops by itself what takes too long.

Where memory cannot be limited (Windows, macOS) the limit of time holds alone.
"""

import atexit
import contextlib
import io
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from app.domain.errors import Refused
from app.domain.papers import Flaw, Unreadable

T = TypeVar("T")

SWITCH = "--read-apart"
"""How a frozen program is told to be this process instead of itself."""
MOST_MEMORY = 1024 * 1024 * 1024
MOST_ANSWERED = 256 * 1024 * 1024
_GRACE_SECONDS = 2.0
_PIPE_BYTES = 1024 * 1024  # a picture of megabytes goes over in a few turns instead of a hundred
_HEAD = struct.Struct("!Q")
_PASSED_ON = (
    "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
)  # fmt: skip
"""What of the environment the process is given: no password is among it."""
_ANSWERED = ("app.documents.", "app.domain.")
_PLAIN = {("datetime", "date"), ("decimal", "Decimal"), ("builtins", "frozenset"), ("builtins", "set")}


class Reader:
    """One such process and the way to it; any thread may call it, one after the other."""

    def __init__(self, *, seconds: float) -> None:
        """Prepare a process that is given so many seconds for each task; it is not started yet."""
        self._seconds = seconds
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def run(self, work: Callable[[], T]) -> T:
        """Return what ``work``, a partial of a function of ``app.documents``, makes over there.

        Raises: Unreadable, with TOO_INTRICATE for what took more time or memory than is
        allowed and MALFORMED for what failed otherwise, and what ``work`` refuses.
        """
        task = pickle.dumps((self._seconds, pickle.dumps(work)))
        with self._turn:
            answer = self._asked(task)
        if answer is None:
            raise Unreadable(Flaw.TOO_INTRICATE)
        try:
            is_done, result = taken(answer)
        except Exception as error:  # whoever answers so is not what was started
            self.close()
            raise Unreadable(Flaw.MALFORMED) from error
        if not is_done:
            raise result if isinstance(result, Refused) else Unreadable(Flaw.MALFORMED)
        return result  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the process, whatever it is doing; the next call starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    @property
    def process_id(self) -> int | None:
        """The number of the process, None where none runs."""
        return None if self._process is None else self._process.pid

    def _asked(self, task: bytes) -> bytes | None:
        """Send a task and wait for its answer; None where the process ended over it."""
        process = self._process
        if process is None or process.poll() is not None:
            self.close()
            process = self._process = _started()
        writing, reading = process.stdin, process.stdout
        if writing is None or reading is None:
            raise RuntimeError("it was started without pipes")
        alarm = threading.Timer(self._seconds + _GRACE_SECONDS, process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            writing.write(_HEAD.pack(len(task)) + task)
            writing.flush()
            answer = _received(reading)
        except OSError:  # it ended while the task was on its way
            answer = None
        finally:
            alarm.cancel()
        if answer is None:
            self.close()
        return answer


READING = Reader(seconds=30)
"""Where forms, scans, messages and codes are read."""
DRAWING = Reader(seconds=10)
"""Where pages are drawn: a long reading does not hold up what somebody looks at."""
HASTY = Reader(seconds=4)
"""Where a bill is looked for codes although it was weighed as heavy: much that is drawn soon weighs much."""


def close() -> None:
    """End the processes: whoever still waits for one is told that the file cannot be read."""
    for reader in (READING, DRAWING, HASTY):
        reader.close()


def taken(answer: bytes) -> Any:
    """Return what an answer holds: plain values and readings of our own types, and nothing else.

    A file that took the process over could answer anything.  Raises: UnpicklingError.
    """
    return _Answer(io.BytesIO(answer)).load()


class _Answer(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith(_ANSWERED) else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum | Refused)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _started() -> subprocess.Popen[bytes]:
    if getattr(sys, "frozen", False):
        # the tool beside the window: it has a console's pipes on every system, and no Qt
        tool = Path(sys.executable).with_name(f"salter-db{Path(sys.executable).suffix}")
        command = [str(tool), SWITCH]
    else:
        command = [sys.executable, "-I", "-B", "-m", __name__]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        pipesize=_PIPE_BYTES,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _received(pipe: Any) -> bytes | None:
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (length,) = _HEAD.unpack(head)
    if length > MOST_ANSWERED:
        return None
    body: bytes = pipe.read(length)
    return body if len(body) == length else None


# -- over there ----------------------------------------------------------------------------------------


def serve_if_asked() -> None:
    """Be this process, if a frozen program was started for that; does not return then."""
    if SWITCH in sys.argv[1:2]:
        serve()
        sys.exit()


def serve() -> None:
    """Answer task after task until nobody asks any more."""
    tasks, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    watch = _Watch()
    _limit_itself()
    while (task := _task(tasks)) is not None:
        seconds, work = pickle.loads(task)  # noqa: S301 - from the program itself
        watch.wind(seconds)
        try:
            answer = pickle.dumps((True, pickle.loads(work)()))  # noqa: S301 - as above
        except Refused as refusal:
            answer = pickle.dumps((False, refusal))
        except (MemoryError, RecursionError):
            answer = pickle.dumps((False, Unreadable(Flaw.TOO_INTRICATE)))
        except Exception:  # noqa: BLE001 - readers fail in ways of their own; it is the file's fault
            answer = pickle.dumps((False, None))
        watch.stop()
        answers.write(_HEAD.pack(len(answer)) + answer)
        answers.flush()


def _task(pipe: Any) -> bytes | None:
    head = pipe.read(_HEAD.size)
    return pipe.read(_HEAD.unpack(head)[0]) if len(head) == _HEAD.size else None


class _Watch:
    """Ends this process when a task takes longer than it may, also where nobody is left to end it."""

    def __init__(self) -> None:
        self._seconds: float | None = None
        self._changed = threading.Condition()
        threading.Thread(target=self._look, daemon=True).start()

    def wind(self, seconds: float) -> None:
        self._set(seconds)

    def stop(self) -> None:
        self._set(None)

    def _set(self, seconds: float | None) -> None:
        with self._changed:
            self._seconds = seconds
            self._changed.notify()

    def _look(self) -> None:
        with self._changed:
            while True:
                if not self._changed.wait(self._seconds):
                    os._exit(1)


def _limit_itself() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {
        "RLIMIT_AS": MOST_MEMORY,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,  # no file is written
    }
    for name, most in limits.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):  # not every system has each
            resource.setrlimit(getattr(resource, name), (most, most))
    with contextlib.suppress(AttributeError, ValueError, OSError):  # no program is started, but see below
        _soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
        resource.setrlimit(resource.RLIMIT_NPROC, (0, hard))


@contextlib.contextmanager
def threads_allowed() -> Iterator[None]:
    """Let a library start threads meanwhile: one that cannot do without would end the process."""
    try:
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    except (ImportError, AttributeError):
        yield
        return
    resource.setrlimit(resource.RLIMIT_NPROC, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NPROC, (soft, hard))


if __name__ == "__main__":
    serve()
