"""Documents as they come from the database: one that Python cannot read spoils its own row and no other."""

import json
from typing import Any


class Unread:
    """Stands for a document too deep, or with a number too long; whoever looks into it finds no form."""


UNREAD = Unread()


def read_json(kept: str | bytes) -> Any:
    """Read a document; ``UNREAD`` where it cannot be."""
    try:
        return json.loads(kept)
    except (RecursionError, ValueError):
        return UNREAD
