"""What knows reportlab, with ``fields``: fonts, and a document of forms and pages.

Imported when the first paper is made and never before: it takes a tenth of a
second that the window should not wait for.
"""

import zlib
from datetime import datetime
from importlib.resources import files
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFPage, PDFResourceDictionary, PDFStream
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.domain.office_time import ZONE

COMPRESSION = 1
"""A fifth larger than the best, and five times faster."""
PRODUCER = "Šalter"


def read_font(name: str) -> Any:
    """Read a typeface of ours and register it under its name."""
    data = files("resources").joinpath("fonts", f"{name}.ttf").read_bytes()
    made = TTFont(name, BytesIO(data), shapable=False)
    pdfmetrics.registerFont(made)
    return made


def pdf_moment(when: datetime) -> str:
    """Return a moment as PDF writes it, with its zone; without one, the clock of the offices is meant.

    >>> pdf_moment(datetime(2026, 7, 9, 14, 32))
    "D:20260709143200+02'00'"
    """
    zone = f"{when if when.tzinfo else when.replace(tzinfo=ZONE):%z}"
    return f"D:{when:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


class Document:
    """A PDF in the making; sizes in points.  ``reportlab`` is what fonts are subset for.

    ``typeface`` must have been read; without one, Helvetica would be named and not embedded.
    """

    def __init__(
        self,
        *,
        title: str,
        author: str,
        subject: str,
        language: str,
        made_at: datetime,
        width: float,
        height: float,
        typeface: str,
    ) -> None:
        self._size = width, height
        self._canvas: Any = Canvas(
            BytesIO(),
            pagesize=self._size,
            pageCompression=1,
            invariant=1,
            initialFontName=typeface,
            lang=language,
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator(PRODUCER)
        self._canvas.setProducer(PRODUCER)
        stamp = pdf_moment(made_at)
        self._canvas.setDateFormatter(lambda *_: stamp)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self.reportlab: Any = self._canvas._doc
        self._forms: list[str] = []
        self._resources = PDFResourceDictionary()
        self._resources.basicFonts()
        self._shared = self.reportlab.Reference(self._resources, "Resources")

    def add_form(self, content: str) -> str:
        """Keep operators to be used on many pages; return the operator that does."""
        name = f"form{len(self._forms)}"
        self._canvas.beginForm(name)
        self._canvas._code.append(content)
        self._canvas.endForm()
        self._forms.append(name)
        return f"/{self.reportlab.getXObjectName(name)} Do"

    def add_page(self, content: str, *, widgets: Any = None) -> None:
        """Add a page, compressed at once: a batch holds no more than its file."""
        page = PDFPage()
        page.pagewidth, page.pageheight = self._size
        page.Contents = PDFStream(
            dictionary=PDFDictionary({"Filter": PDFName("FlateDecode")}),
            content=zlib.compress(content.encode("ascii"), COMPRESSION),
        )
        page.Resources = self._shared
        page.Annots = widgets
        self.reportlab.addPage(page)

    def add_fields(self, form: Any) -> None:
        """Make the document one that can be filled in."""
        self.reportlab.Catalog.AcroForm = form

    def content(self) -> bytes:
        """The finished PDF."""
        self._resources.XObject = self.reportlab.xobjDict(self._forms)
        return bytes(self._canvas.getpdfdata())
