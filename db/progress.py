"""Telling how far something long has come, on a terminal or in a log."""

import sys
import time


class ProgressLine:
    """What is being done, on one line of a terminal, or a line every few seconds elsewhere."""

    _EVERY = 5.0

    def __init__(self, is_terminal: bool) -> None:  # noqa: FBT001 - a fact about the stream
        self._is_terminal = is_terminal
        self._started = time.monotonic()
        self._said = -self._EVERY
        self._step = ""

    def show(self, fraction: float, what: str) -> None:
        now = time.monotonic()
        step = what.partition(":")[0]
        if self._is_terminal:
            sys.stderr.write(f"\r{fraction:4.0%} {what:60}")
            sys.stderr.flush()
        elif step != self._step or now - self._said >= self._EVERY:
            sys.stderr.write(f"{now - self._started:6.1f} s {fraction:4.0%} {what}\n")
            sys.stderr.flush()
            self._said, self._step = now, step

    def end(self) -> None:
        if self._is_terminal:
            sys.stderr.write("\n")
