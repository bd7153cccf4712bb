"""Printing without questions: a kind of document goes to its printer, tray and sides, remembered here.

Pages are drawn in narrow bands, one at a turn of the event loop, because a whole
page at the resolution of a printer would hold the window.  The same bands make
the picture of a page for the clipboard.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QRectF, QSettings, QTimer, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.documents.pages import PDFIUM
from app.domain.errors import PrinterFailed

POINTS = 72
MOST_DOTS = 600
"""Dots an inch: more is not seen on paper and costs four times as much."""
PICTURE_DOTS = 150
_BAND_POINTS = 18


@dataclass(frozen=True, slots=True)
class PrintProfile:
    """Where a kind of document goes; with a ``folder`` it becomes a PDF file there instead of paper."""

    printer: str
    tray: str = "Auto"
    duplex: str = "DuplexNone"
    folder: str = ""


TRAYS = ("Auto", "Upper", "Middle", "Lower", "Manual")
DUPLEXES = ("DuplexNone", "DuplexLongSide", "DuplexShortSide")


class PrintProfiles:
    """The profiles of this workstation, in ``printing.ini`` of the configuration folder."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / "printing.ini"), QSettings.Format.IniFormat)

    def of(self, kind: str) -> PrintProfile | None:
        """Return the profile of a kind of document, or None before the first print."""
        values = [
            self._settings.value(f"{kind}/{name}", "", type=str)
            for name in ("printer", "tray", "duplex", "folder")
        ]
        printer, tray, duplex, folder = (str(value) for value in values)
        if not printer and not folder:
            return None
        return PrintProfile(
            printer,
            tray if tray in TRAYS else "Auto",
            duplex if duplex in DUPLEXES else "DuplexNone",
            folder,
        )

    def keep(self, kind: str, profile: PrintProfile) -> None:
        """Remember where a kind of document goes."""
        self._settings.setValue(f"{kind}/printer", profile.printer)
        self._settings.setValue(f"{kind}/tray", profile.tray)
        self._settings.setValue(f"{kind}/duplex", profile.duplex)
        self._settings.setValue(f"{kind}/folder", profile.folder)
        self._settings.sync()


def printers() -> list[str]:
    """Return the printers of this workstation, its default one first."""
    names = QPrinterInfo.availablePrinterNames()
    default = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: (name != default, name.lower()))


@dataclass(frozen=True, slots=True)
class Band:
    """A strip of a page: ``top`` in dots from the upper edge of a page of ``width`` x ``height`` dots."""

    page: int
    width: int
    height: int
    top: int
    image: QImage


def bands(pdf: bytes, *, dots: int, in_color: bool) -> Iterator[Band]:
    """Draw the pages of a PDF strip by strip."""
    import pypdfium2

    form = QImage.Format.Format_RGBX8888 if in_color else QImage.Format.Format_Grayscale8
    scale = dots / POINTS
    rows = max(1, round(_BAND_POINTS * scale))
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        document.init_forms()  # or what is filled in stays white on paper
        count = len(document)
    try:
        for number in range(count):
            with PDFIUM:
                page = document[number]
                wide, high = page.get_size()
            width, height = _dots(wide, scale), _dots(high, scale)
            for top in range(0, height, rows):
                bottom = height - min(top + rows, height)
                cut = (0, _points(bottom, scale), 0, _points(top, scale))
                with PDFIUM:  # a page may be drawn meanwhile, on the thread of the preview
                    strip = page.render(
                        scale=scale, crop=cut, grayscale=not in_color, rev_byteorder=True, prefer_bgrx=True
                    )
                    image = QImage(strip.buffer, strip.width, strip.height, strip.stride, form).copy()
                    strip.close()
                yield Band(number, width, height, top, image)
            with PDFIUM:
                page.close()
    finally:
        with PDFIUM:
            document.close()


def _dots(points: float, scale: float) -> int:
    whole = int(points * scale)
    return whole if whole == points * scale else whole + 1


def _points(dots: int, scale: float) -> float:
    """Return a length that pdfium, rounding up, makes exactly so many dots."""
    return max(dots - 0.5, 0) / scale


class _Run(QObject):
    """Does a step at each turn of the event loop until there is none left."""

    failed = Signal(object)
    """It came to nothing: the exception."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        """Begin at the next turn of the event loop."""
        self._timer.start()

    def step(self) -> bool:
        """Do a little; False when all is done."""
        raise NotImplementedError

    def _turn(self) -> None:
        try:
            goes_on = self.step()
        except Exception as error:  # noqa: BLE001 - told to the clerk, and logged there
            self.failed.emit(error)
            return
        if goes_on and shiboken6.isValid(self):
            self._timer.start()


class PrintRun(_Run):
    """One document on its way to a printer."""

    printed = Signal()

    def __init__(
        self, pdf: bytes, *, name: str, profile: PrintProfile, parent: QObject, copies: int = 1
    ) -> None:
        super().__init__(parent)
        self._pdf = pdf
        # Before the printer: Python lets go of the first that was set first, and a printer must
        # not go before who paints on it, as when an account is closed while its contract is printed.
        self._painter: QPainter | None = None
        self._printer = _printer(name, profile)
        self._printer.setCopyCount(copies)  # a file is one, however many were asked for
        self._bands: Iterator[Band] = iter(())
        self._page = 0

    def step(self) -> bool:
        if self._painter is None:
            self._begin()
            return True
        band = next(self._bands, None)
        if band is None:
            self._end()
            self.printed.emit()
            return False
        if band.page != self._page:
            self._page = band.page
            if not self._printer.newPage():
                raise PrinterFailed
        dots = self._printer.resolution()
        size = dots / min(dots, MOST_DOTS)
        place = QRectF(0, band.top * size, band.image.width() * size, band.image.height() * size)
        self._painter.drawImage(place, band.image)
        return True

    def _begin(self) -> None:
        painter = QPainter()
        if not painter.begin(self._printer):
            raise PrinterFailed
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        self._painter = painter
        dots = min(self._printer.resolution(), MOST_DOTS)  # a counter's printer knows black only
        self._bands = bands(self._pdf, dots=dots, in_color=False)

    def _end(self) -> None:
        if self._painter is not None and not self._painter.end():
            raise PrinterFailed
        if self._printer.printerState() is QPrinter.PrinterState.Error:
            raise PrinterFailed


class PictureRun(_Run):
    """The first page of a document as a picture."""

    drawn = Signal(QImage)

    def __init__(self, pdf: bytes, parent: QObject) -> None:
        super().__init__(parent)
        self._bands = bands(pdf, dots=PICTURE_DOTS, in_color=True)
        self._picture = QImage()

    def step(self) -> bool:
        band = next(self._bands, None)
        if band is None or band.page:
            self.drawn.emit(self._picture)
            return False
        if self._picture.isNull():
            self._picture = QImage(band.width, band.height, QImage.Format.Format_RGB32)
        painter = QPainter(self._picture)
        painter.drawImage(0, band.top, band.image)
        painter.end()
        return True


def _printer(name: str, profile: PrintProfile) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if profile.folder:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(_free_path(Path(profile.folder), name)))
        printer.setResolution(MOST_DOTS // 2)
    else:
        printer.setPrinterName(profile.printer)
        printer.setPaperSource(QPrinter.PaperSource[profile.tray])
        printer.setDuplex(QPrinter.DuplexMode[profile.duplex])
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer


def _free_path(folder: Path, name: str) -> Path:
    path, number = folder / f"{name}.pdf", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.pdf"
    return path
