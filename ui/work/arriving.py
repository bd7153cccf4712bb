"""One way to look at everything that arrives: a filled form, a scan, a message with either in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.documents.changes.mail import MailReading
from app.documents.changes.reading import FlatScan, FormReading
from app.domain.changes import ChangeKind, Value
from app.domain.changes.checking import Problem
from app.domain.papers import sniff
from app.usecases.scanning import Arrived
from ui import text
from ui.changes.words import act_word

_KIB = 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that will be kept with the request."""

    name: str
    type_name: str
    size: int


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of the request before anybody typed anything."""

    kind: ChangeKind | None = None
    ident: int | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    reading: FormReading | None = None
    is_scan: bool = False

    def filed(self, word: Callable[[StrEnum], str]) -> Iterator[tuple[str, str]]:
        """Go through what the applicant said about the request itself."""
        if self.reading is None:
            return
        said = self.reading.filing
        standing = word(said.applicant_standing) if said.applicant_standing is not None else ""
        parts = {
            "applicant_name": said.applicant_name,
            "applicant_standing": standing,
            "applicant_id_card": said.applicant_id_card,
            "applicant_phone": said.applicant_phone,
            "applicant_email": said.applicant_email,
            "happened_on": text.day(said.happened_on) if said.happened_on else "",
            "basis_act": act_word(said.basis_act) if said.basis_act else "",
            "basis_number": said.basis_number,
            "basis_date": text.day(said.basis_date) if said.basis_date else "",
            "basis_issuer": said.basis_issuer,
            "note": said.note,
        }
        yield from ((name, words) for name, words in parts.items() if words)


def first_form(arrived: Arrived) -> Form:
    """Return what can be known of the request from the first form in what arrived."""
    reading = arrived.reading
    if isinstance(reading, MailReading):
        if not reading.forms:
            return Form(is_scan=True)
        return _form(reading.forms[0])
    return _form(reading)


def _form(reading: FormReading | FlatScan) -> Form:
    if isinstance(reading, FlatScan):
        return Form(kind=reading.kind, ident=reading.ident, is_scan=True)
    return Form(reading.kind, reading.ident, reading.values, reading.problems, reading)


def attachments_of(arrived: Arrived) -> list[Attachment]:
    """List the files that will be kept with the request."""
    if isinstance(arrived.reading, MailReading):
        return [Attachment(one.name, one.type.name, len(one.content)) for one in arrived.reading.attachments]
    found = sniff(arrived.content)
    return [Attachment(arrived.file_name, found.name if found else "", len(arrived.content))]


def sizes(size: int) -> str:
    """Return how large a file is."""
    if size < _KIB * _KIB:
        return f"{max(1, round(size / _KIB))} KB"
    return f"{text.number(round(size * 10 / _KIB / _KIB) // 10)} MB"
