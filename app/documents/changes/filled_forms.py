"""A form that comes back: what was filled in, or, from a scan, what its printed code says.

Whatever the file, the answer is a reading or the refusal ``Unreadable`` with its
reason.  Scripts, links, attachments and layouts for other programs (XFA) that a PDF
may carry are neither run nor looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.documents import inspection
from app.documents.changes import form_data as names
from app.documents.changes.form_data import EDITION, FILED, FormFiling, FormMark
from app.documents.scan import MOST_PAGES, UnreadableDocument, codes_drawn
from app.domain.changes import ApplicantStanding, ChangeKind, FieldType, PaperKind, declaration_of
from app.domain.changes.asking import Value
from app.domain.changes.checking import Problem, Rule, canonical, clean, read_day
from app.domain.papers import Flaw, PaperType, Unreadable, sniff

MOST_BYTES = inspection.MOST_BYTES
LONGEST_VALUE = 500
_MOST_FIELDS = 400
_DEEPEST = 4
_OFF = frozenset({"", "Off"})


@dataclass(frozen=True, slots=True)
class FormReading:
    """A form of ours, filled in.

    ``values`` holds what was filled in, as it is stored, and what could not be read as
    it was typed; a street is the name somebody wrote.  ``enclosed`` are the papers
    ticked as enclosed.  ``problems`` name what of the request itself cannot be read;
    the fields of the kind are checked with the form.
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


@dataclass(frozen=True, slots=True)
class FlatScan:
    """A picture or a PDF to be looked at; ``mark`` is what a form's printed code says, if one was found.

    ``is_heavy`` tells of a PDF with a page, among those that are looked for codes, that would
    take long to draw; it was not looked for one.
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
    kind = sniff(content)
    if kind is None:
        raise Unreadable(Flaw.NOT_ALLOWED)
    if kind.is_picture:
        return FlatScan(kind, _mark_on(content))
    with inspection.opened(content) as reader:
        inspection.page_count(reader)
        typed = _typed(reader.root_object)
        if names.KIND in typed:
            return _reading(typed)
        is_quick = inspection.are_quick_to_draw(reader, most=MOST_PAGES)
    return FlatScan(kind, _mark_on(content) if is_quick else None, is_heavy=not is_quick)


def _typed(root: Any) -> dict[str, str]:
    """What stands in the fields of a document, by their full names, at most so many and so deep."""
    form = inspection.followed(root.get("/AcroForm"))
    if not isinstance(form, dict):
        return {}
    found: dict[str, str] = {}
    waiting = [("", field, 0) for field in _listed(form.get("/Fields"))]
    seen = 0
    while waiting:
        family, reference, depth = waiting.pop()
        seen += 1
        if seen > _MOST_FIELDS:
            raise Unreadable(Flaw.TOO_INTRICATE)
        field = inspection.followed(reference)
        own = inspection.followed(field.get("/T")) if isinstance(field, dict) else None
        if not isinstance(own, str):  # a box of a field that is known already
            continue
        name = f"{family}.{own}" if family else own
        is_box = inspection.followed(field.get("/FT")) == "/Btn"
        value = _value(inspection.followed(field.get("/V")), is_box=is_box)
        if value is not None:
            found[name[:LONGEST_VALUE]] = value
        if depth < _DEEPEST:
            waiting += [(name, kid, depth + 1) for kid in _listed(field.get("/Kids"))]
    return found


def _listed(value: Any) -> list[Any]:
    found = inspection.followed(value)
    return list(found[: _MOST_FIELDS + 1]) if isinstance(found, list) else []


def _value(value: Any, *, is_box: bool) -> str | None:
    """The text of a field, or the state of a box without its slash, which some write into a text."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return None
    text = value[: LONGEST_VALUE + 1]
    return clean(text.removeprefix("/") if is_box else text)[:LONGEST_VALUE]


def _reading(typed: Mapping[str, str]) -> FormReading:
    kind = typed[names.KIND]
    edition = typed.get(names.FORM, "")
    if kind not in set(ChangeKind) or not (edition.isascii() and edition.isdigit()):
        raise Unreadable(Flaw.UNKNOWN_FORM)
    if not 1 <= int(edition) <= EDITION:
        raise Unreadable(Flaw.UNKNOWN_FORM)
    problems: list[Problem] = []
    written = typed.get(names.IDENT, "")
    ident = int(written) if written.isascii() and written.isdigit() and len(written) == 7 else None
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


def _mark_on(content: bytes) -> FormMark | None:
    """What the code of a form says, if a page shows one.

    Raises: Unreadable where the picture or the PDF cannot be opened.
    """
    try:
        texts = codes_drawn(content, most_pages=1)
    except UnreadableDocument as error:
        raise Unreadable(Flaw.MALFORMED) from error
    except Exception as error:  # picture readers fail in ways of their own
        raise Unreadable(Flaw.MALFORMED) from error
    marks = [mark for mark in map(FormMark.parse, texts) if mark is not None]
    return marks[0] if marks else None
