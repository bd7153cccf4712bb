"""What a PDF from outside holds, told without drawing it, and how much work drawing it would be.

PDFium draws whatever it is asked to: a file of twenty kilobytes can keep it busy for
minutes.  So what comes from outside is weighed first, by what it holds and not by its
name, by a reader that has limits for everything and reads no more often than it is
allowed to.  What this misses, ``app.documents.apart`` stops.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from app.documents.pages import Picture, draw_page, page_sizes
from app.domain.papers import Flaw, PaperType, Unreadable, sniff

MOST_BYTES = 40 * 1024 * 1024
MOST_PAGES = 300
MOST_READS = 600_000
"""About a second; a form of ours takes 15 000, a scan of a hundred pages not much more."""
MOST_DRAWN = 400_000
"""Bytes of drawing on a page, forms counted as often as they are drawn: at worst half a second."""
MOST_PIXELS = 60_000_000
MOST_POINTS = 20_000.0
"""Seven meters: nobody's paper is longer."""
_MOST_OBJECTS = 60_000
_MOST_DECODED = 4_000_000
_DEEPEST = 4
_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": MOST_BYTES,
    "array_based_stream_maximum_output_length": _MOST_DECODED,
    "array_maximum_element_count": _MOST_OBJECTS,
    "dictionary_maximum_element_count": _MOST_OBJECTS,
    "lzw_maximum_output_length": _MOST_DECODED,
    "run_length_maximum_output_length": _MOST_DECODED,
    "zlib_maximum_output_length": _MOST_DECODED,
    "zlib_maximum_recovery_input_length": 100_000,
    "brotli_maximum_output_length": _MOST_DECODED,
    "stream_filters_maximum_length": 3,
    "stream_decoding_work_maximum_length": 3 * _MOST_DECODED,
    "page_tree_maximum_depth": 20,
    "page_tree_maximum_entries": 4 * MOST_PAGES,
    "jbig2dec_binary": None,
}
_DRAWS = re.compile(rb"/([^\s/\[\]<>(){}%]{1,127})\s{1,9}Do\b")


class _Metered(BytesIO):
    """A file that can be read only so often: whoever goes round in circles is stopped."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._left = MOST_READS

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise Unreadable(Flaw.TOO_INTRICATE)
        return super().read(size)


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """Open a PDF from outside to be looked into.

    Raises: Unreadable, whatever goes wrong within, but for what is raised as such.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(Flaw.TOO_BIG)
    import pypdf  # late: most days bring no file from outside

    # what is wrong with somebody's file is told to the clerk; the log is for what is wrong with us
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with pypdf.apply_configuration(**_LIMITS):
            reader = pypdf.PdfReader(
                _Metered(content), root_object_recovery_limit=200, xref_stream_maximum_entries=_MOST_OBJECTS
            )
            yield reader  # one locked against changes only is read; one that asks for a password is not
    except Unreadable:
        raise
    except (pypdf.errors.DependencyError, pypdf.errors.FileNotDecryptedError) as error:
        raise Unreadable(Flaw.ENCRYPTED) from error
    except (pypdf.errors.LimitReachedError, RecursionError, MemoryError) as error:
        raise Unreadable(Flaw.TOO_INTRICATE) from error
    except Exception as error:  # a hundred ways to be malformed, one to say so
        raise Unreadable(Flaw.MALFORMED) from error


def followed(value: Any) -> Any:
    """What a reference leads to, or the value itself."""
    return value.get_object() if hasattr(value, "get_object") else value


def page_count(reader: Any) -> int:
    """The number of pages a document says it has.  Raises: Unreadable where it is none or too many."""
    count = followed(followed(reader.root_object["/Pages"]).get("/Count", 0))
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise Unreadable(Flaw.MALFORMED)
    if count > MOST_PAGES:
        raise Unreadable(Flaw.TOO_MANY_PAGES)
    return int(count)


def is_quick_to_draw(reader: Any, *, place: int) -> bool:
    """Tell whether the page at ``place`` can be drawn in about a second, whatever is on it."""
    import pypdf

    try:
        page = reader.pages[place]
        drawing = _content(page.get("/Contents"))
        if drawing is None:
            return False
        work = _work(drawing, _dictionary(page.get("/Resources")), 0)
        return work <= MOST_DRAWN and work + _annotated(page.get("/Annots")) <= MOST_DRAWN
    except pypdf.errors.LimitReachedError:  # no flaw of the file: some drawings are large
        return False


def weighed(reader: Any, *, most: int) -> tuple[bool, ...]:
    """Return of each of the first pages, at most so many, whether it can be drawn in about a second."""
    import pypdf

    try:
        count = len(reader.pages)
    except pypdf.errors.LimitReachedError:
        return (False,)
    return tuple(is_quick_to_draw(reader, place=place) for place in range(min(count, most)))


def can_be_shown(pdf: bytes, *, place: int) -> bool:
    """Tell whether the page at ``place`` of a PDF from outside can be drawn without the window waiting long.

    Raises: Unreadable.
    """
    with opened(pdf) as reader:
        return is_quick_to_draw(reader, place=place)


def sizes_from_outside(document: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and height of every page of a paper from outside, in points.

    Raises: Unreadable.
    """
    if sniff(document) is PaperType.PDF:
        with opened(document) as reader:
            page_count(reader)
    sizes = page_sizes(_of_a_kind_we_keep(document))
    if not sizes or len(sizes) > MOST_PAGES:
        raise Unreadable(Flaw.TOO_MANY_PAGES if sizes else Flaw.MALFORMED)
    if not all(0 < side <= MOST_POINTS for size in sizes for side in size):
        raise Unreadable(Flaw.MALFORMED)
    return sizes


def draw_from_outside(document: bytes, *, place: int, width: int) -> Picture:
    """Draw the page at ``place`` of a paper from outside, unless it would take long.

    Pictures have a limit of their own in ``draw_page``.

    Raises: Unreadable, with TOO_INTRICATE for what can be read but not drawn soon.
    """
    if sniff(document) is PaperType.PDF and not can_be_shown(document, place=place):
        raise Unreadable(Flaw.TOO_INTRICATE)
    return draw_page(_of_a_kind_we_keep(document), place=place, width=width)


def _of_a_kind_we_keep(document: bytes) -> bytes:
    """Return a document; what is none by its first bytes PDFium may still take for one."""
    if sniff(document) is None:
        raise Unreadable(Flaw.NOT_ALLOWED)
    return document


def _dictionary(value: Any) -> Any:
    found = followed(value)
    return found if isinstance(found, dict) else {}


def _content(value: Any) -> bytes | None:
    """The operators of a page, or None if they are more than anybody draws."""
    found = followed(value)
    if found is None:
        return b""
    parts = [followed(part) for part in found] if isinstance(found, list) else [found]
    drawn = b""
    for part in parts[:50]:
        drawn += part.get_data() + b"\n"
        if len(drawn) > MOST_DRAWN:
            return None
    return drawn


def _work(drawing: bytes, resources: Any, depth: int) -> int:
    """Bytes of operators in all, forms as often as they are drawn; too much where it cannot be told."""
    if depth > _DEEPEST or resources.get("/Pattern") or _has_drawn_type(resources):
        return MOST_DRAWN + 1
    total = len(drawing)
    named = _dictionary(resources.get("/XObject"))
    costs: dict[str, int] = {}
    for match in _DRAWS.finditer(drawing):
        name = "/" + match[1].decode("latin-1")
        if name not in costs:
            costs[name] = _cost(_dictionary(named.get(name)), depth)
        total += costs[name]
        if total > MOST_DRAWN:
            break
    return total


def _annotated(annotations: Any) -> int:
    """What fields and stamps on a page cost: each is drawn in one of its states, all are counted."""
    total = 0
    for one in followed(annotations) or ():
        looks = _dictionary(_dictionary(_dictionary(one).get("/AP")).get("/N"))
        for look in [looks] if hasattr(looks, "get_data") else [_dictionary(each) for each in looks.values()]:
            total += _cost(look, 0)
            if total > MOST_DRAWN:
                return total
    return total


def _cost(drawn: Any, depth: int) -> int:
    if drawn.get("/Subtype") == "/Image":
        width, height = followed(drawn.get("/Width", 0)), followed(drawn.get("/Height", 0))
        is_fit = isinstance(width, int) and isinstance(height, int) and 0 < width * height <= MOST_PIXELS
        return MOST_DRAWN // 20 if is_fit else MOST_DRAWN + 1
    if not hasattr(drawn, "get_data"):
        return 0
    return _work(drawn.get_data(), _dictionary(drawn.get("/Resources")), depth + 1)


def _has_drawn_type(resources: Any) -> bool:
    """True if letters are drawings themselves (Type 3), each of which may draw anything."""
    fonts = _dictionary(resources.get("/Font"))
    return any(_dictionary(font).get("/Subtype") == "/Type3" for font in fonts.values())
