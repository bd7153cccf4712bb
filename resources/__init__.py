"""What the program carries with it: fonts, icons, style and translations.

Everything is read through ``importlib.resources``, so that it is found in a
source tree, in an installed wheel and in a frozen program alike.
"""

from importlib.resources import files


def read_bytes(path: str) -> bytes:
    """Return a carried file's bytes; ``path`` is written with slashes, as in ``fonts/NotoSans-Bold.ttf``."""
    return files(__name__).joinpath(path).read_bytes()


def read_text(path: str) -> str:
    """Return a carried text file's content."""
    return files(__name__).joinpath(path).read_text(encoding="utf-8")
