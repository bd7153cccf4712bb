"""Where pages are drawn for the window: our own on a thread, those from outside in a process of their own."""

from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial

from app.documents.apart import DRAWING
from app.documents.inspection import draw_from_outside, sizes_from_outside
from app.documents.pages import Picture, draw_page, page_sizes

Sizes = tuple[tuple[float, float], ...]


@cache
def _threads(name: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)


class Own:
    """For papers that we made."""

    @staticmethod
    def sizes(document: bytes) -> Future[Sizes]:
        """Promise the width and height of every page, in points."""
        return _threads("pages").submit(page_sizes, document)

    @staticmethod
    def draw(document: bytes, *, place: int, width: int) -> Future[Picture]:
        """Promise the page at ``place``, so many pixels wide."""
        return _threads("pages").submit(draw_page, document, place=place, width=width)


class FromOutside:
    """For papers that somebody else made; the promises may be broken by Unreadable."""

    @staticmethod
    def sizes(document: bytes) -> Future[Sizes]:
        """Promise the width and height of every page, in points."""
        return _threads("pages from outside").submit(DRAWING.run, partial(sizes_from_outside, document))

    @staticmethod
    def draw(document: bytes, *, place: int, width: int) -> Future[Picture]:
        """Promise the page at ``place``, so many pixels wide."""
        return _threads("pages from outside").submit(
            DRAWING.run, partial(draw_from_outside, document, place=place, width=width)
        )
