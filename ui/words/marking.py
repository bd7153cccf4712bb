"""Marking sentences that stand as data, for whoever gathers the texts to be translated."""


def QT_TRANSLATE_NOOP(_context: str, words: str) -> str:
    """Return ``words`` as they are.

    Qt's own function of this name promises its callers no text.
    """
    return words
