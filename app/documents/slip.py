"""The payment slip (nalog za uplatu): for a bill, a plan instalment or a case.

Laid out as the law's form is customarily printed, a third of an A4 page, with
the NBS IPS QR code in the lower right.  A slip never asks two different things:
the code is refused unless it says the amount, account and reference in print.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.documents import qr
from app.documents.paper import A4, Ink, PdfPaper, Pen
from app.documents.typesetting import Align, Face
from app.documents.wording import Script, day, money, written
from app.domain import bank_account, payment_reference

HEIGHT = 99.0
"""A third of A4, in millimeters."""
ON_A_PAGE = 3
CODE_SIDE = 27.0
LEFT, MIDDLE, RIGHT = 12.0, 102.0, 108.0
LEFT_WIDTH, RIGHT_WIDTH = 84.0, 90.0


class CodeDisagrees(ValueError):
    """The QR code asks for something other than the print beside it: a bug of whoever composed it."""


@dataclass(frozen=True, slots=True)
class PaymentSlip:
    """What a slip asks for.  ``payer`` and ``payee`` are a name and up to two lines of address.

    ``account`` has 18 digits, ``reference`` its control digits in front.
    ``pay_until`` is the last day the amount holds, ``due_on`` the day it falls due.

    Raises: CodeDisagrees.
    """

    payer: tuple[str, ...]
    purpose: str
    payee: tuple[str, ...]
    payment_code: str
    amount: Decimal
    account: str
    model: str
    reference: str
    qr_payload: str
    pay_until: date | None = None
    due_on: date | None = None

    def __post_init__(self) -> None:
        said = dict(pair.split(":", 1) for pair in self.qr_payload.split("|") if ":" in pair)
        printed = {
            "R": self.account,
            "I": f"RSD{self.amount:.2f}".replace(".", ","),
            "SF": self.payment_code,
            "RO": self.model + "".join(sign for sign in self.reference if sign.isalnum()),
        }
        for tag, value in printed.items():
            if said.get(tag) != value:
                raise CodeDisagrees(f"{tag}: {said.get(tag)} in the code, {value} in print")


def render_slips(
    slips: Iterable[PaymentSlip], *, script: Script, title: str, author: str, made_at: datetime
) -> bytes:
    """Make a PDF of slips, three to an A4 page, in the order given."""
    paper = PdfPaper(
        title=written(title, script),
        author=written(author, script),
        subject=written("Nalozi za uplatu", script),
        language=script.language,
        made_at=made_at,
    )
    pen = paper.pen()
    for count, slip in enumerate(slips):
        if count and count % ON_A_PAGE == 0:
            paper.add(pen)
            pen = paper.pen()
        top = count % ON_A_PAGE * HEIGHT
        draw_form(pen, top=top, script=script)
        if top:
            pen.dashes(0, top, to_x=A4.width)
        draw_slip(pen, slip, top=top, script=script)
    paper.add(pen)
    return paper.content()


def draw_form(pen: Pen, *, top: float, script: Script) -> None:
    """Draw what is the same on every slip."""

    def label(x: float, y: float, words: str, width: float, align: Align = Align.LEFT) -> None:
        pen.text(x, top + y, written(words, script), width=width, size=6.2, tone=Ink.BLACK, align=align)

    def frame(x: float, y: float, width: float, height: float) -> None:
        pen.frame(x, top + y, width=width, height=height, weight=0.7, tone=Ink.BLACK)

    pen.text(
        RIGHT,
        top + 11.2,
        written("NALOG ZA UPLATU", script),
        width=RIGHT_WIDTH,
        size=11.5,
        face=Face.BOLD,
        align=Align.RIGHT,
        tone=Ink.BLACK,
    )
    for y, words in ((12.2, "platilac"), (33.2, "svrha uplate"), (50.2, "primalac")):
        label(LEFT, y, words, LEFT_WIDTH)
    for y, height in ((13.5, 16.0), (34.5, 12.0), (51.5, 16.0)):
        frame(LEFT, y, LEFT_WIDTH, height)

    label(RIGHT, 16.2, "šifra plaćanja", 17)
    label(RIGHT + 21, 16.2, "valuta", 14)
    label(RIGHT + 40, 16.2, "iznos", 50)
    frame(RIGHT, 17.5, 15, 7)
    frame(RIGHT + 21, 17.5, 14, 7)
    frame(RIGHT + 40, 17.5, 50, 7)
    pen.text(RIGHT + 21, top + 22.5, "RSD", width=14, size=10, align=Align.CENTER, tone=Ink.BLACK)
    label(RIGHT, 28.7, "račun primaoca", RIGHT_WIDTH)
    frame(RIGHT, 30, RIGHT_WIDTH, 7)
    label(RIGHT, 41.2, "model", 14)
    label(RIGHT + 19, 41.2, "poziv na broj (odobrenje)", 71)
    frame(RIGHT, 42.5, 14, 7)
    frame(RIGHT + 19, 42.5, 71, 7)
    pen.rule(MIDDLE, top + 12, to_x=MIDDLE, to_y=top + 88, weight=0.7, tone=Ink.BLACK)

    pen.rule(LEFT, top + 77.5, to_x=LEFT + 60, to_y=top + 77.5, weight=0.5, tone=Ink.BLACK)
    label(LEFT, 80.1, "pečat i potpis platioca", 60)
    pen.rule(LEFT, top + 87.2, to_x=LEFT + 50, to_y=top + 87.2, weight=0.5, tone=Ink.BLACK)
    label(LEFT, 89.8, "mesto i datum prijema", 50)
    pen.rule(LEFT + 54, top + 87.2, to_x=LEFT + LEFT_WIDTH, to_y=top + 87.2, weight=0.5, tone=Ink.BLACK)
    label(LEFT + 54, 89.8, "datum izvršenja", 30)


def draw_slip(pen: Pen, slip: PaymentSlip, *, top: float, script: Script, remark: str = "") -> None:
    """Fill a slip in, in the document's script; ``remark`` (in Latin) goes beside the code."""
    for y, lines in ((18.0, slip.payer), (56.0, slip.payee)):
        _box(pen, lines, top=top + y, script=script)
    _box(pen, (slip.purpose,), top=top + 39.0, script=script)

    for x, y, words, width, align in (
        (RIGHT, 22.5, slip.payment_code, 15.0, Align.CENTER),
        (RIGHT + 42, 22.5, "=" + money(slip.amount), 46.0, Align.RIGHT),
        (RIGHT + 2, 35.0, bank_account.dashed(slip.account), 86.0, Align.CENTER),
        (RIGHT, 47.5, slip.model, 14.0, Align.CENTER),
        (RIGHT + 21, 47.5, payment_reference.grouped(slip.reference), 67.0, Align.CENTER),
    ):
        pen.text(x, top + y, words, width=width, size=10.5, face=Face.BOLD, align=align, tone=Ink.BLACK)
    _code(pen, slip, top=top, script=script, remark=remark)


def _box(pen: Pen, lines: tuple[str, ...], *, top: float, script: Script) -> None:
    for place, line in enumerate(lines[:3]):
        pen.text(
            LEFT + 2,
            top + place * 4.4,
            written(line, script),
            width=LEFT_WIDTH - 4,
            size=9 if place else 9.5,
            tone=Ink.BLACK,
        )


def _code(pen: Pen, slip: PaymentSlip, *, top: float, script: Script, remark: str) -> None:
    symbol = qr.code(slip.qr_payload)
    module = CODE_SIDE / symbol.modules
    x, y = RIGHT, top + 54 + qr.QUIET_MODULES * module
    x += qr.QUIET_MODULES * module - module
    pen.bitmap(x, y, side=CODE_SIDE, modules=symbol.modules, rows=symbol.rows)
    beside = x + CODE_SIDE + qr.QUIET_MODULES * module + 1
    width = RIGHT + RIGHT_WIDTH - beside
    pen.text(beside, top + 60, "NBS IPS QR", width=width, size=11, face=Face.BOLD, tone=Ink.BLACK)
    remarks = [written("Skenirajte kod aplikacijom svoje banke.", script)]
    if slip.pay_until is not None:
        remarks.append(written(f"Iznos važi do {day(slip.pay_until)}", script))
    if slip.due_on is not None:
        remarks.append(written(f"Dospeva {day(slip.due_on)}", script))
    if remark:
        remarks.append(written(remark, script))
    pen.lines(beside, top + 65, remarks, width=width, size=7, leading=3.6, tone=Ink.BLACK)
