"""The pages of one bill: a fixed frame, panels beneath it, and rows that flow onto further pages.

Everything stands between margins of 12 mm on one grid.  What is the same on
every bill of an issuer is kept once in a document; a bill adds only its data.
"""

from app.documents.bill.copy import BillCopy, Issuer
from app.documents.bill.panels import draw_labels, draw_panels
from app.documents.bill.specification import draw_head, draw_rows, draw_total, page_counts
from app.documents.paper import A4, Ink, PdfPaper, Pen
from app.documents.slip import HEIGHT as SLIP_HEIGHT
from app.documents.slip import draw_form, draw_slip
from app.documents.typesetting import Align, Face, wrapped
from app.documents.wording import Script, day, moment, money, month, percent, written
from app.domain.account_number import to_text

LEFT, WIDTH = 12.0, 186.0
RIGHT = LEFT + WIDTH
SLIP_TOP = A4.height - SLIP_HEIGHT
FLOOR = SLIP_TOP - 7.0
"""Where rows end on the first page: above the line of support and the cut."""
LAST_FLOOR = A4.height - 14.0
CELL = WIDTH / 6
HALF = 90.0
PANELS_TOP = 83.5
FURTHER_TOP = 24.5


def lay_out(paper: PdfPaper, copy: BillCopy, *, script: Script) -> None:
    """Add the pages of one bill to the paper."""
    pen = _first_page(paper, copy, script)
    top = draw_panels(pen, copy, top=PANELS_TOP, script=script) + 3.0
    counts = page_counts(len(copy.lines), first=FLOOR - top, further=LAST_FLOOR - FURTHER_TOP)
    start = 0
    for page, count in enumerate(counts):
        if page:
            paper.add(pen)
            pen = _further_page(paper, copy, script)
            top = FURTHER_TOP
        if len(counts) > 1:
            _page_number(pen, page + 1, len(counts), script)
        if count:
            lines = copy.lines[start : start + count]
            is_last = start + count == len(copy.lines)
            pen.stamp(paper.form(("head", script)) or _keep_head(paper, script), down=top)
            y = draw_rows(pen, lines, top=top, is_first=start == 0, is_last=is_last, script=script)
            start += count
            if is_last:
                draw_total(pen, copy, y=y, script=script)
    paper.add(pen)


def _first_page(paper: PdfPaper, copy: BillCopy, script: Script) -> Pen:
    pen = paper.pen()
    if copy.duplicate:
        pen.stamp(paper.form(("watermark", script)) or _keep_watermark(paper, script))
    pen.stamp(paper.form((copy.issuer, script)) or _keep_frame(paper, copy.issuer, script))
    _title(pen, copy, script)
    _parties(pen, copy, script)
    _dates(pen, copy, script)
    _amounts(pen, copy, script)
    if copy.slip:
        is_early = copy.has_discount and copy.slip.pay_until == copy.discount_until
        later = f"Posle tog datuma plaća se {money(copy.total)} RSD." if is_early else ""
        pen.stamp(paper.form(("slip", script)) or _keep_slip(paper, script))
        draw_slip(pen, copy.slip, top=SLIP_TOP, script=script, remark=later)
    else:
        _nothing_to_pay(pen, script)
    return pen


def _further_page(paper: PdfPaper, copy: BillCopy, script: Script) -> Pen:
    pen = paper.pen()
    if copy.duplicate:
        pen.stamp(paper.form(("watermark", script)))
    pen.field(LEFT, 9, width=WIDTH, height=0.9, tone=Ink.ACCENT)
    issuer = written(copy.issuer.name, script)
    pen.text(LEFT, 14.5, issuer, width=HALF, size=9, face=Face.BOLD, tone=Ink.ACCENT)
    words = written(f"Račun br. {copy.number} za {month(copy.period)}", script)
    pen.text(RIGHT - HALF, 14.5, words, width=HALF, size=9, face=Face.BOLD, align=Align.RIGHT)
    holder = f"{written('Ident', script)} {to_text(copy.ident)}   {written(copy.holder, script)}"
    pen.text(LEFT, 18.8, holder, width=HALF, size=7.5)
    if copy.duplicate:
        word = written("DUPLIKAT", script)
        pen.text(RIGHT - 60, 18.8, word, width=60, size=8, face=Face.BOLD, align=Align.RIGHT)
    pen.rule(LEFT, 21.2, to_x=RIGHT, to_y=21.2)
    return pen


def _keep_watermark(paper: PdfPaper, script: Script) -> str:
    pen = paper.pen()
    word = written("DUPLIKAT", script)
    pen.watermark(132, word, degrees=28)
    return paper.keep(("watermark", script), pen)


def _keep_slip(paper: PdfPaper, script: Script) -> str:
    pen = paper.pen()
    pen.dashes(0, SLIP_TOP, to_x=A4.width)
    draw_form(pen, top=SLIP_TOP, script=script)
    return paper.keep(("slip", script), pen)


def _keep_head(paper: PdfPaper, script: Script) -> str:
    pen = paper.pen()
    draw_head(pen, script=script)
    return paper.keep(("head", script), pen)


def _keep_frame(paper: PdfPaper, issuer: Issuer, script: Script) -> str:
    pen = paper.pen()
    pen.field(LEFT, 9, width=WIDTH, height=0.9, tone=Ink.ACCENT)
    name = written(issuer.name, script)
    pen.text(LEFT, 15.6, name, width=HALF, size=13, face=Face.BOLD, tone=Ink.ACCENT)
    place = written(f"{issuer.street}, {issuer.place}", script)
    given = (("PIB", issuer.tax_number), ("matični broj", issuer.company_number))
    numbers = written("   ".join(f"{name} {number}" for name, number in given if number), script)
    pen.lines(LEFT, 19.8, (place, numbers), width=HALF, size=7, leading=3.3, tone=Ink.MUTED)
    title = written("RAČUN OBJEDINJENE NAPLATE", script)
    pen.text(RIGHT - HALF, 15.6, title, width=HALF, size=13, face=Face.BOLD, align=Align.RIGHT)

    for x, words in ((LEFT, "Korisnik"), (LEFT + HALF + 6, "Adresa za dostavu")):
        pen.text(x, 34.5, written(words, script), width=HALF, size=6.2, tone=Ink.MUTED)
    labels = (
        "Ident",
        "Obračunski period",
        "Broj računa",
        "Datum izdavanja",
        "Rok za popust",
        "Datum dospeća",
    )
    pen.field(LEFT, 54.5, width=WIDTH, height=10.5)
    for place_in_row, words in enumerate(labels):
        x = LEFT + place_in_row * CELL
        pen.text(x + 2, 58.2, written(words, script), width=CELL - 4, size=6.2, tone=Ink.MUTED)
        if place_in_row:
            pen.rule(x, 56, to_x=x, to_y=63.5, tone=Ink.WHITE, weight=1)

    draw_labels(pen, top=PANELS_TOP, script=script)
    support = "   ".join(f"{fact.label} {fact.value}" for fact in issuer.support)
    pen.text(LEFT, SLIP_TOP - 2.2, written(support, script), width=WIDTH, size=6.4, tone=Ink.MUTED)
    pen.rule(LEFT, FLOOR + 1.6, to_x=RIGHT, to_y=FLOOR + 1.6)
    return paper.keep((issuer, script), pen)


def _title(pen: Pen, copy: BillCopy, script: Script) -> None:
    words = written(f"za {month(copy.period)}", script)
    pen.text(RIGHT - HALF, 20.3, words, width=HALF, size=9.5, align=Align.RIGHT)
    if copy.correction:
        words = f"Ispravljen račun, verzija {copy.correction.version}: {copy.correction.reason}"
        pen.text(
            RIGHT - HALF, 23.6, written(words, script), width=HALF, size=7, align=Align.RIGHT, tone=Ink.MUTED
        )
    if copy.duplicate:
        again = copy.duplicate
        pen.frame(LEFT, 25.2, width=WIDTH, height=5.4, weight=0.8, tone=Ink.ACCENT)
        word = written("DUPLIKAT", script)
        taken = pen.text(LEFT + 2, 29.0, word, width=40, size=9.5, face=Face.BOLD, tone=Ink.ACCENT)
        words = written(
            f"ponovno izdavanje br. {again.number}   ·   izdao: {again.operator}   ·   "
            f"{again.branch}   ·   {moment(again.moment)}",
            script,
        )
        pen.text(LEFT + taken + 6, 28.9, words, width=WIDTH - taken - 8, size=7.4)


def _parties(pen: Pen, copy: BillCopy, script: Script) -> None:
    columns = (
        (LEFT, copy.holder, copy.premises_address),
        (LEFT + HALF + 6, copy.delivery_name, copy.delivery_address),
    )
    if copy.tax_number:
        words = f"{written('PIB', script)} {copy.tax_number}"
        pen.text(LEFT, 34.5, words, width=HALF, size=7.5, align=Align.RIGHT)
    for x, name, address in columns:
        y = 39.0
        for line in wrapped(written(name, script), face=Face.BOLD, size=10, width=HALF, lines=2):
            pen.text(x, y, line, width=HALF, size=10, face=Face.BOLD)
            y += 4.2
        for line in address[:2]:
            pen.text(x, y, written(line, script), width=HALF, size=8.5)
            y += 3.7


def _dates(pen: Pen, copy: BillCopy, script: Script) -> None:
    values = (
        to_text(copy.ident),
        str(copy.period),
        copy.number,
        day(copy.issued_on),
        day(copy.discount_until) if copy.has_discount else "–",
        day(copy.due_on),
    )
    for place, value in enumerate(values):
        x = LEFT + place * CELL + 2
        pen.text(x, 63.0, written(value, script), width=CELL - 4, size=10, face=Face.BOLD)


def _amounts(pen: Pen, copy: BillCopy, script: Script) -> None:
    """The two sums a payer looks for: until the discount date, and after it."""
    top, height, width = 67.5, 12.5, 58.0
    if copy.paid:
        cells = [("Uplaćeno za ovaj račun", copy.paid), ("Preostalo za uplatu", copy.payable)]
        note = ""
    elif copy.has_discount:
        cells = [
            (f"Za uplatu do {day(copy.discount_until)}", copy.discounted),
            (f"Za uplatu posle {day(copy.discount_until)}", copy.total),
        ]
        note = f"Uračunat popust {percent(copy.discount_percent)}: {money(copy.discount)} RSD."
    else:
        cells = [(f"Za uplatu do {day(copy.due_on)}", copy.total)]
        note = "Za ovaj mesec nema popusta."
    for place, (label, amount) in enumerate(cells):
        x = LEFT + place * (width + 4)
        pen.field(x, top, width=0.9, height=height, tone=Ink.ACCENT)
        pen.text(x + 3.2, top + 3.8, written(label, script), width=width - 4, size=7.6)
        taken = pen.text(
            x + 3.2, top + 11.2, money(amount), width=width - 14, size=19, face=Face.BOLD, tone=Ink.ACCENT
        )
        pen.text(x + 4.6 + taken, top + 11.2, "RSD", width=9, size=8)
    x = LEFT + len(cells) * (width + 4)
    after = (
        ""
        if copy.slip is None
        else f"Za uplate posle {day(copy.due_on)} obračunava se zakonska zatezna kamata."
    )
    notes = [
        *wrapped(written(note, script), face=Face.REGULAR, size=7.2, width=RIGHT - x, lines=2),
        *wrapped(written(after, script), face=Face.REGULAR, size=7.2, width=RIGHT - x, lines=2),
    ]
    pen.lines(x, top + 3.8, notes, width=RIGHT - x, size=7.2, leading=3.3, tone=Ink.MUTED)


def _nothing_to_pay(pen: Pen, script: Script) -> None:
    pen.field(LEFT, SLIP_TOP + 8, width=WIDTH, height=18)
    words = written("Račun je izmiren", script)
    pen.text(LEFT, SLIP_TOP + 16, words, width=WIDTH, size=12, face=Face.BOLD, align=Align.CENTER)
    words = written("Po ovom računu nema iznosa za uplatu, pa se nalog za uplatu ne izdaje.", script)
    pen.text(LEFT, SLIP_TOP + 21.5, words, width=WIDTH, size=8, align=Align.CENTER)


def _page_number(pen: Pen, page: int, pages: int, script: Script) -> None:
    words = written(f"Strana {page} od {pages}", script)
    pen.text(RIGHT - 40, 7.2, words, width=40, size=6.8, align=Align.RIGHT, tone=Ink.MUTED)
