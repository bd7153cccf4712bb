"""What receipts and letters say of a request: its data before and after, and its papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.changes import words
from app.documents.sheet import WIDTH, PrintedSheet
from app.domain.changes import Declaration, PaperKind
from app.domain.changes.asking import Value


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A datum as it was on file and as it is to be; values as they are stored."""

    name: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class EnclosedPaper:
    """A paper that came with a request; ``act`` says which of several kinds it is."""

    kind: PaperKind
    act: str
    is_original_seen: bool
    has_copy: bool


def draw_changed(
    sheet: PrintedSheet, declaration: Declaration, fields: Sequence[ChangedField], *, title: str, new: str
) -> None:
    """What differs, before and after; personal numbers are masked, whatever was given."""
    said = (
        (
            words.label_of(one.name),
            words.value_of(declaration, one.name, one.old),
            words.value_of(declaration, one.name, one.new),
        )
        for one in fields
    )
    rows = [row for row, one in zip(said, fields, strict=True) if row[1] != row[2] or one.old != one.new]
    if not rows:
        return
    sheet.section(title)
    sheet.table((("Podatak", 60.0), ("Do sada", 63.0), (new, 63.0)), rows)


def draw_missing(sheet: PrintedSheet, missing: Sequence[PaperKind]) -> None:
    """What is still to be brought."""
    if missing:
        sheet.section("Nedostaje")
        sheet.table((("Prilog", WIDTH),), [(words.PAPERS[paper],) for paper in missing])


def paper_row(paper: EnclosedPaper) -> tuple[str, str, str]:
    """A paper, which act it is, and whether the original was seen or a copy kept."""
    seen = (("original na uvid", paper.is_original_seen), ("kopija", paper.has_copy))
    how = ", ".join(said for said, is_so in seen if is_so)
    return words.PAPERS[paper.kind], words.act_word(paper.act) if paper.act else "", how or words.NONE
