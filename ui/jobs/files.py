"""Files written away from the window: a chore of the door, given the bytes and the place."""

from pathlib import Path

from app.domain.errors import CannotWrite


def write_file(*, content: bytes, path: str) -> str:
    """Write ``content`` into the file ``path``, whatever was in it; return the path.

    Raises: CannotWrite.
    """
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        raise CannotWrite(path, error.strerror or "") from error
    return path
