"""The contract on acknowledging a debt and repaying it (Ugovor o priznanju duga i otplati duga na rate).

Both sign every page by initials and the last in full, so nothing is signed that is
not on a numbered page of this very contract.
"""

from collections.abc import Sequence
from decimal import Decimal

from app.documents.paper import Ink, PdfPaper
from app.documents.plans.articles import TITLES, Article, Articles, Paragraph
from app.documents.plans.contract_data import ContractData
from app.documents.plans.parties import (
    CERTIFICATION,
    SIGNATURES,
    draw_certification,
    draw_parties,
    draw_signatures,
)
from app.documents.plans.slips import instalment_reference
from app.documents.plans.tables import TableColumn, draw_folded, draw_table
from app.documents.sheet import HALF, LEFT, RIGHT, WIDTH, Foot, PrintedSheet
from app.documents.typesetting import Align, Face, width_of, wrapped
from app.documents.wording import Script, day, money, percent, written
from app.domain import payment_reference

TITLE = "Ugovor o priznanju duga i otplati duga na rate"
FOLDED_FROM = 13
"""So many instalments are listed in two columns."""

_INDENT = 22.0
_TEXT = WIDTH - _INDENT
_SIZE, _LEADING, _APART, _HEADING = 9.0, 4.2, 0.9, 7.8
_WHOLE = 12
_MOST_LINES = 10_000
_MARK, _MARK_SIZE = 3.2, 6.6
_NOT_CONFIRMED = "(tekst nije potvrđen)"


def contract(data: ContractData, *, script: Script) -> bytes:
    """Make the contract as a PDF; the same data give the same bytes."""
    paper = PdfPaper(
        title=written(f"{TITLE} {data.number}".strip(), script),
        author=written(data.creditor.issuer.name, script),
        subject=written(data.programme, script),
        language=script.language,
        made_at=data.made_at,
    )
    foot = Foot(
        f"Ugovor broj {data.number}" if data.number else "Predlog ugovora",
        ("Poverilac", "Dužnik"),
        watermark="PREDLOG" if data.is_proposal else "",
    )
    title = f"UGOVOR {data.number}" if data.number else "PREDLOG UGOVORA"
    sheet = PrintedSheet(paper, data.creditor.issuer, title=title, code="", script=script, foot=foot)
    _Contract(sheet, data).draw()
    return sheet.finish()


class _Contract:
    """One contract being drawn on its sheet."""

    def __init__(self, sheet: PrintedSheet, data: ContractData) -> None:
        self._sheet = sheet
        self._data = data
        self._articles = Articles(data)

    def draw(self) -> None:
        articles = self._articles
        self._heading()
        draw_parties(self._sheet, self._data)
        self._article(Article.GROUND, articles.ground())
        self._article(Article.DEBT, articles.acknowledgement(), with_room=24)
        self._months()
        if self._data.offer.costs:
            self._paragraphs(articles.costs(), with_room=14)
            self._cases()
        self._paragraphs(articles.debt())
        self._article(Article.WRITE_OFF, articles.write_off())
        self._article(Article.REPAYMENT, (), with_room=36)
        self._sums()
        self._paragraphs(articles.repayment(), with_room=18)
        self._plan()
        self._paragraphs(articles.paying())
        *others, (last, paragraphs) = articles.rest()
        for article, said in others:
            self._article(article, said)
        # nobody signs, and no notary certifies, on a page without anything that is signed
        certification = self._data.certification
        end = SIGNATURES + (CERTIFICATION if certification is not None else 0.0)
        self._article(last, paragraphs, with_room=end)
        draw_signatures(self._sheet, self._data)
        if certification is not None:
            draw_certification(self._sheet, certification)

    # -- the first page ------------------------------------------------------------

    def _heading(self) -> None:
        sheet, data = self._sheet, self._data
        sheet.letterhead()
        right = (
            f"broj {data.number}" if data.number else "broj ____________________",
            f"{data.place}, {day(data.signed_on)}",
            data.branch,
        )
        for place, words in enumerate(right):
            face, size = (Face.REGULAR, 8.5) if place else (Face.BOLD, 11.0)
            sheet.pen.text(
                RIGHT - HALF, 15.6 + place * 4.4, sheet.say(words), width=HALF, size=size, face=face,
                align=Align.RIGHT,
            )  # fmt: skip
        sheet.pen.text(
            LEFT, 38.5, sheet.say(TITLE.upper()), width=WIDTH, size=14, face=Face.BOLD, align=Align.CENTER,
            tone=Ink.ACCENT,
        )  # fmt: skip
        words = sheet.say(f"zaključen dana {day(data.signed_on)} godine u mestu {data.place}, između:")
        sheet.pen.text(LEFT, 44.5, words, width=WIDTH, size=_SIZE, align=Align.CENTER)
        sheet.y = 48.5

    # -- articles -------------------------------------------------------------------

    def _article(self, article: Article, paragraphs: Sequence[Paragraph], *, with_room: float = 0.0) -> None:
        """The heading of an article and what it says first, never apart."""
        sheet = self._sheet
        sheet.room(_HEADING + (self._room_for(paragraphs, 0, with_room) if paragraphs else with_room))
        y = sheet.y + 5.8
        number = sheet.say(f"Član {article}.")
        sheet.pen.text(LEFT, y, number, width=_INDENT - 2, size=_SIZE, face=Face.BOLD, tone=Ink.ACCENT)
        sheet.pen.text(LEFT + _INDENT, y, sheet.say(TITLES[article]), width=_TEXT, size=_SIZE, face=Face.BOLD)
        sheet.y += _HEADING
        self._paragraphs(paragraphs, with_room=with_room)

    def _paragraphs(self, paragraphs: Sequence[Paragraph], *, with_room: float = 0.0) -> None:
        for place, paragraph in enumerate(paragraphs):
            self._sheet.room(self._room_for(paragraphs, place, with_room))
            self._paragraph(paragraph)

    def _room_for(self, paragraphs: Sequence[Paragraph], place: int, with_room: float) -> float:
        """What a paragraph needs on its page: itself, and what of the next it is not to be parted from.

        A paragraph goes over to the next page as a whole, unless it is very long; and
        the last of several is not left alone there.
        """
        needed = self._height(paragraphs[place], most=_WHOLE)
        if place == len(paragraphs) - 1:
            return needed + with_room
        if place == len(paragraphs) - 2:
            return needed + self._height(paragraphs[-1], most=3) + with_room
        return needed

    def _height(self, paragraph: Paragraph, *, most: int) -> float:
        return min(len(self._lines(paragraph)), most) * _LEADING + _MARK + _APART

    def _paragraph(self, paragraph: Paragraph) -> None:
        sheet = self._sheet
        x, width = self._column(paragraph)
        if paragraph.number:
            sheet.pen.text(LEFT + _INDENT, sheet.y + 3.4, f"{paragraph.number})", width=5, size=_SIZE)
        taken = 0.0
        for line in self._lines(paragraph):
            sheet.room(_LEADING)
            taken = sheet.pen.text(x, sheet.y + 3.4, line, width=width, size=_SIZE)
            sheet.y += _LEADING
        if not paragraph.is_confirmed:
            self._mark(x, taken, width)
        sheet.y += 0.4 if paragraph.number else _APART

    def _mark(self, x: float, taken: float, width: float) -> None:
        """Say of the paragraph above that nobody has confirmed it, behind its last word if there is room."""
        sheet = self._sheet
        words = sheet.say(_NOT_CONFIRMED)
        needed = width_of(words, Face.REGULAR) * _MARK_SIZE + 0.1
        if taken + 2 + needed > width:
            sheet.room(_MARK)
            sheet.y += _MARK
            taken = -2.0
        x += taken + 2
        sheet.pen.text(x, sheet.y - 0.8, words, width=needed, size=_MARK_SIZE, tone=Ink.MUTED)

    def _lines(self, paragraph: Paragraph) -> tuple[str, ...]:
        _x, width = self._column(paragraph)
        words = self._sheet.say(paragraph.text)
        return wrapped(words, face=Face.REGULAR, size=_SIZE, width=width, lines=_MOST_LINES)

    def _column(self, paragraph: Paragraph) -> tuple[float, float]:
        inward = _INDENT + (5.5 if paragraph.number else 0.0)
        return LEFT + inward, WIDTH - inward

    # -- tables ---------------------------------------------------------------------

    def _months(self) -> None:
        columns = (
            TableColumn("Mesec", 22),
            TableColumn("Dospelo", 26),
            TableColumn("Glavnica (RSD)", 32, Align.RIGHT),
            TableColumn("Kamata (RSD)", 30, Align.RIGHT),
            TableColumn("Ukupno (RSD)", 32, Align.RIGHT),
            TableColumn("Utuženo", 16, Align.CENTER),
            TableColumn("Broj predmeta", 28),
        )
        rows = [
            (
                str(month.period),
                day(month.due_on),
                money(month.principal),
                money(month.interest),
                money(month.principal + month.interest),
                "da" if month.is_sued else "ne",
                month.case_number,
            )
            for month in self._data.months
        ]
        offer = self._data.offer
        sums = (money(offer.principal), money(offer.interest), money(offer.principal + offer.interest))
        draw_table(self._sheet, columns, rows, total=("Ukupno", "", *sums, "", ""))

    def _cases(self) -> None:
        columns = (
            TableColumn("Broj predmeta", 40),
            TableColumn("Javni izvršitelj", 88),
            TableColumn("Troškovi (RSD)", 36, Align.RIGHT),
        )
        rows = [(case.case_number, case.bailiff or "–", money(case.costs)) for case in self._data.cases]
        total = ("Ukupno", "", money(self._data.offer.costs)) if len(rows) > 1 else ()
        draw_table(self._sheet, columns, rows, total=total, inward=_INDENT)

    def _sums(self) -> None:
        """From the debt to what is to be repaid, in the right of the page."""
        data, sheet = self._data, self._sheet
        offer = data.offer
        rows = [
            ("Glavnica", money(offer.principal), False),
            (f"Zatezna kamata do {day(data.interest_until)}", money(offer.interest), False),
            ("Troškovi postupka", money(offer.costs), False),
            ("Ukupan dug", money(data.debt), True),
            (f"Otpis glavnice ({percent(offer.discount_percent)})", _off(offer.written_off_principal), False),
            ("Otpis zatezne kamate", _off(offer.written_off_interest), False),
            ("Iznos za otplatu (RSD)", money(offer.payable), True),
        ]
        sheet.room(len(rows) * 4.6 + 3.2)
        x, width = LEFT + _INDENT, 110.0
        for label, amount, is_sum in rows:
            face = Face.BOLD if is_sum else Face.REGULAR
            if is_sum:
                sheet.y += 0.6
                sheet.pen.rule(x, sheet.y, to_x=x + width, to_y=sheet.y, weight=0.6, tone=Ink.INK)
            sheet.pen.text(x, sheet.y + 3.4, sheet.say(label), width=70, size=8.8, face=face)
            sheet.pen.text(
                x + 70, sheet.y + 3.4, amount, width=width - 70, size=8.8, face=face, align=Align.RIGHT
            )
            sheet.y += 4.6
        sheet.y += 2.0

    def _plan(self) -> None:
        columns = (
            TableColumn("Rata", 11, Align.CENTER),
            TableColumn("Dospeva", 21),
            TableColumn("Iznos (RSD)", 24, Align.RIGHT),
            TableColumn(f"Poziv na broj (model {payment_reference.MODEL})", 34, Align.RIGHT),
        )
        instalments = self._data.offer.instalments
        rows = [
            (
                str(one.number),
                day(one.due_on),
                money(one.amount),
                payment_reference.grouped(instalment_reference(self._data, instalment=one.number)),
            )
            for one in instalments
        ]
        if len(rows) >= FOLDED_FROM:
            draw_folded(self._sheet, columns, rows, total=("", "Ukupno", money(self._data.offer.payable), ""))
            return
        wide = tuple(TableColumn(one.title, one.width * 1.4, one.align) for one in columns)
        total = ("", "Ukupno", money(self._data.offer.payable), "") if len(rows) > 1 else ()
        draw_table(self._sheet, wide, rows, total=total, inward=_INDENT)


def _off(amount: Decimal) -> str:
    return f"−{money(amount)}" if amount else money(amount)
