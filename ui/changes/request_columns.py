"""The short tables of a request: the difference, the papers, the steps; how each cell reads its row."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.domain.changes import ApplicantStanding, ChangeKind, FieldType, declaration_of
from app.domain.changes.asking import asked_fields, circumstances
from app.usecases.changes import PaperAsked, PaperRow, Request, RequestEvent
from ui.changes import words
from ui.kit.table import Align, Column
from ui.words import states, text
from ui.words.tones import Tone

KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """A datum of a request as it was on file, and as it is asked for; in words already."""

    name: str
    old: str
    new: str
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A paper of the checklist, brought or missing."""

    asked: PaperAsked
    paper: PaperRow | None

    @property
    def is_missing(self) -> bool:
        """Whether it has to be there and is not."""
        return self.asked.is_missing

    @property
    def must_be_seen(self) -> bool:
        """Whether the original has to be seen and nobody did."""
        if not self.asked.must_see_original or self.paper is None:
            return False
        return not any(paper.is_original_seen for paper in self.asked.papers)


def difference_rows(request: Request, *, street: str = "") -> list[DifferenceRow]:
    """List the data that the request asks about, in the order of the form.

    ``street`` is the name of the street that the request knows by its id.
    """
    declaration = declaration_of(request.kind)
    around = circumstances(
        declaration,
        request.values,
        holder_kind=request.holder_kind,
        by_members=request.by_members,
        standing=request.filing.applicant_standing or ApplicantStanding.OWNER,
    )
    asked = {field.name for field in asked_fields(declaration, around)}
    known = {field.name for field in declaration.fields}
    streets = {field.name for field in declaration.fields if field.type is FieldType.STREET}
    return [
        DifferenceRow(
            name=change.name,
            old=words.value_of(request.kind, change.name, change.old),
            new=street
            if street and change.name in streets
            else words.value_of(request.kind, change.name, change.new),
            is_changed=change.is_changed,
        )
        for change in request.fields
        if change.name in asked or change.name not in known or change.is_changed
    ]


def paper_lines(request: Request) -> list[PaperLine]:
    """List the checklist, each paper that was brought on a line of its own."""
    lines: list[PaperLine] = []
    for asked in request.checklist:
        if asked.papers:
            lines += [PaperLine(asked=asked, paper=paper) for paper in asked.papers]
        else:
            lines.append(PaperLine(asked=asked, paper=None))
    return lines


def difference_columns() -> list[Column[DifferenceRow]]:
    """Return the columns of the difference."""
    return [
        Column(name="name", as_=words.field_word, width=150, quiet=True),
        Column(name="old", width=170, hinted=True),
        Column(name="new", width=190, strong=True, stretches=True, hinted=True),
        Column(name="mark", text=_mark, width=110, tone=_mark_tone),
    ]


def paper_columns() -> list[Column[PaperLine]]:
    """Return the columns of the checklist."""
    return [
        Column(name="paper", text=_paper, width=200, stretches=True, hinted=True),
        Column(name="file", text=_file, width=130, quiet=True, hinted=True),
        Column(name="size", text=_size, align=Align.RIGHT, width=64, quiet=True),
        Column(name="seen", text=_seen, width=200, tone=_seen_tone, hinted=True),
    ]


def event_columns() -> list[Column[RequestEvent]]:
    """Return the columns of the steps."""
    return [
        Column(name="moment", field="happened_at", as_=text.moment, width=128, quiet=True),
        Column(name="state", field="new_state", as_=states.word, toned=states.tone, width=160),
        Column(name="who", width=140),
        Column(name="reason", width=180, stretches=True, hinted=True),
    ]


def size_words(size: int) -> str:
    """Return how large a file is."""
    if not size:
        return ""
    if size < KIB * KIB:
        return f"{max(1, round(size / KIB))} KB"
    return f"{text.number(Decimal(size) / KIB / KIB, places=1)} MB"


def change_title(request: Request) -> str:
    """Return what a request is called: its number, or that it is a draft."""
    return request.number or QCoreApplication.translate("changes", "Draft")


def kind_title(kind: ChangeKind) -> str:
    """Return a kind with its number in the company's list."""
    return f"{declaration_of(kind).number}. {words.kind_word(kind)}"


def _mark(row: DifferenceRow) -> str:
    if row.is_changed:
        return QCoreApplication.translate("changes", "changed")
    return QCoreApplication.translate("changes", "the same")


def _mark_tone(row: DifferenceRow) -> Tone:
    return Tone.WARN if row.is_changed else Tone.NEUTRAL


def _paper(line: PaperLine) -> str:
    named = words.capital(words.paper_word(line.asked.kind))
    if line.paper is not None and line.paper.act:
        return f"{named}: {words.act_word(line.paper.act)}"
    return named


def _file(line: PaperLine) -> str:
    if line.paper is None or line.paper.size or not line.paper.number:
        return line.paper.file_name if line.paper is not None and line.paper.size else ""
    return QCoreApplication.translate("changes", "no. {0}").format(line.paper.number)


def _size(line: PaperLine) -> str:
    return size_words(line.paper.size) if line.paper is not None else ""


def _seen(line: PaperLine) -> str:
    tr = QCoreApplication.translate
    if line.paper is None:
        return tr("changes", "missing") if line.is_missing else tr("changes", "not needed")
    if line.is_missing:
        return tr("changes", "number or scan needed")
    if line.paper.is_original_seen:
        return tr("changes", "original seen: {0}, {1}").format(
            line.paper.original_seen_by, text.moment(line.paper.original_seen_at)
        )
    return tr("changes", "original not seen") if line.must_be_seen else tr("changes", "copy")


def _seen_tone(line: PaperLine) -> Tone:
    if line.is_missing:
        return Tone.BAD
    if line.paper is None:
        return Tone.NEUTRAL
    if line.paper.is_original_seen:
        return Tone.GOOD
    return Tone.WARN if line.must_be_seen else Tone.INFO
