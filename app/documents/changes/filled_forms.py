"""A form that comes back: what was filled in, or, from a scan, what its printed code says.

Whatever the file, the answer is a reading or the refusal ``Unreadable`` with its
reason.  Scripts, links, attachments and layouts for other programs (XFA) that a PDF
may carry are neither run nor looked at.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from app.documents import inspection
from app.documents.changes import form_data as names
from app.documents.changes.form_data import EDITION, FILED, FormFiling, FormMark
from app.documents.changes.typed_fields import typed_forms
from app.documents.keeping import keepable
from app.documents.scan import MOST_PAGES, UnreadableDocument, codes_on, quick_places
from app.domain.changes import ApplicantStanding, ChangeKind, FieldType, PaperKind, declaration_of
from app.domain.changes.asking import Value
from app.domain.changes.problems import Problem, Rule
from app.domain.changes.reading import canonical, read_day
from app.domain.papers import Flaw, PaperType, Unreadable

MOST_BYTES = inspection.MOST_BYTES
_OFF = frozenset({"", "Off"})
_BETWEEN = re.compile(r"[\s./-]")


@dataclass(frozen=True, slots=True)
class FormReading:
    """A form of ours, filled in.

    ``values`` holds what was filled in, as it is stored, and what could not be read as
    it was typed; a street is the name somebody wrote.  ``enclosed`` are the papers
    ticked as enclosed.  ``problems`` name what of the request itself cannot be read;
    the fields of the kind are checked with the form.  ``further`` are the forms that
    follow in the same file.
    """

    kind: ChangeKind
    edition: int
    ident: int | None
    holder: str
    address: str
    filing: FormFiling
    values: Mapping[str, Value]
    enclosed: tuple[PaperKind, ...]
    problems: tuple[Problem, ...]
    further: tuple["FormReading", ...] = ()

    @property
    def all(self) -> tuple["FormReading", ...]:
        """The forms of the file, this one first."""
        return (self, *self.further)


@dataclass(frozen=True, slots=True)
class FlatScan:
    """A picture or a PDF to be looked at; ``mark`` is what a form's printed code says, if one was found.

    ``is_heavy`` tells of a PDF with a page, among those that are looked for codes, that would
    take long to draw; that page was not looked for one.
    """

    type: PaperType
    mark: FormMark | None
    is_heavy: bool = False

    @property
    def kind(self) -> ChangeKind | None:
        return self.mark.kind if self.mark else None

    @property
    def ident(self) -> int | None:
        return self.mark.ident if self.mark else None


def read_form(content: bytes, *, most_bytes: int = MOST_BYTES) -> FormReading | FlatScan:
    """Read a form that came back as a PDF, or a scan or picture of one.

    Raises: Unreadable.
    """
    if not content:
        raise Unreadable(Flaw.EMPTY)
    if len(content) > min(most_bytes, MOST_BYTES):
        raise Unreadable(Flaw.TOO_BIG)
    paper = keepable(content)
    if paper.type.is_picture:
        return FlatScan(paper.type, _mark_on(paper.content, places=range(MOST_PAGES)))
    with inspection.opened(paper.content) as reader:
        inspection.page_count(reader)
        typed = typed_forms(reader)
        if typed:
            first, *further = [_reading(one) for one in typed]
            return replace(first, further=tuple(further))
        are_quick = inspection.weighed(reader, most=MOST_PAGES)
    mark = _mark_on(paper.content, places=quick_places(are_quick))
    return FlatScan(paper.type, mark, is_heavy=not all(are_quick))


def _reading(typed: Mapping[str, str]) -> FormReading:
    kind = typed[names.KIND]
    edition = typed.get(names.FORM, "")
    if kind not in set(ChangeKind) or not (edition.isascii() and edition.isdigit()):
        raise Unreadable(Flaw.UNKNOWN_FORM)
    if not 1 <= int(edition) <= EDITION:
        raise Unreadable(Flaw.UNKNOWN_FORM)
    problems: list[Problem] = []
    written = typed.get(names.IDENT, "")
    digits = _BETWEEN.sub("", written)
    ident = int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 7 else None
    if ident is None and written:
        problems.append(Problem("ident", Rule.UNREADABLE, {"typed": written}))
    filing = _filing(typed, problems)
    return FormReading(
        kind=ChangeKind(kind),
        edition=int(edition),
        ident=ident,
        holder=typed.get(names.HOLDER, ""),
        address=typed.get(names.ADDRESS, ""),
        filing=filing,
        values=_values(ChangeKind(kind), typed),
        enclosed=tuple(paper for paper in PaperKind if typed.get(names.PAPER + paper.value, "") not in _OFF),
        problems=tuple(problems),
    )


def _values(kind: ChangeKind, typed: Mapping[str, str]) -> dict[str, Value]:
    """The fields of the kind that were filled in; an empty one says nothing and is left out."""
    declaration = declaration_of(kind)
    filled: dict[str, object] = {}
    for field in declaration.fields:
        written = typed.get(names.VALUE + field.name, "")
        is_box = field.type in (FieldType.CHOICE, FieldType.FLAG)
        if written and not (is_box and written in _OFF):
            filled[field.name] = written
    return canonical(declaration, filled)


def _filing(typed: Mapping[str, str], problems: list[Problem]) -> FormFiling:
    said = {name: typed.get(field, "") for name, field in FILED.items()}
    days = {}
    for name in ("happened_on", "basis_date"):
        days[name] = read_day(said[name])
        if said[name] and days[name] is None:
            problems.append(Problem(name, Rule.UNREADABLE, {"typed": said[name]}))
    act = typed.get(names.OTHER_ACT, "") or said["basis_act"]
    standing = said["applicant_standing"]
    filing = FormFiling(
        applicant_name=said["applicant_name"],
        applicant_standing=ApplicantStanding(standing) if standing in set(ApplicantStanding) else None,
        applicant_id_card=said["applicant_id_card"],
        applicant_phone=said["applicant_phone"],
        applicant_email=said["applicant_email"],
        basis_act="" if act in _OFF else act,
        basis_number=said["basis_number"],
        basis_issuer=said["basis_issuer"],
        note=said["note"],
    )
    return replace(filing, happened_on=days["happened_on"], basis_date=days["basis_date"])


def _mark_on(content: bytes, *, places: Sequence[int]) -> FormMark | None:
    """What the code of a form says, on the first of these sheets that shows one.

    Raises: Unreadable where the picture or the PDF cannot be opened.
    """
    try:
        with closing(codes_on(content, places=places)) as texts:
            marks = (FormMark.parse(text) for text in texts)
            return next((mark for mark in marks if mark is not None), None)
    except UnreadableDocument as error:
        raise Unreadable(Flaw.MALFORMED) from error
    except Exception as error:  # picture readers fail in ways of their own
        raise Unreadable(Flaw.MALFORMED) from error
