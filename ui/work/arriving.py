"""One way to look at everything that arrives: a filled form, a scan, a message with either in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.documents.changes.filled_forms import FlatScan, FormReading
from app.documents.changes.mail import MailReading
from app.domain.changes import ChangeKind, Value
from app.domain.changes.problems import Problem
from app.domain.papers import sniff
from app.usecases.changes import forms_in, is_ornament, kept_attachments
from app.usecases.scanning import Arrived
from ui.changes.words import act_word
from ui.words import states, text

_KIB = 1024


@dataclass(frozen=True, slots=True)
class ArrivingFile:
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


def form_count(arrived: Arrived) -> int:
    """Return of how many requests this is: a message or a file may bring several forms."""
    return max(1, len(forms_in(arrived.reading)))


def form_at(arrived: Arrived, place: int) -> Form:
    """Return what can be known of the request from the form at ``place`` in what arrived."""
    reading = arrived.reading
    forms = forms_in(reading)
    if forms:
        return _form(forms[place])
    if not isinstance(reading, MailReading):
        return _form(reading)
    marked = [one.reading for one in reading.attachments if isinstance(one.reading, FlatScan)]
    return next((_form(scan) for scan in marked if scan.mark is not None), Form(is_scan=True))


def _form(reading: FormReading | FlatScan) -> Form:
    if isinstance(reading, FlatScan):
        return Form(kind=reading.kind, ident=reading.ident, is_scan=True)
    return Form(reading.kind, reading.ident, reading.values, reading.problems, reading)


def attachments_of(arrived: Arrived, place: int) -> list[ArrivingFile]:
    """List the files that will be kept with the request made of the form at ``place``."""
    if isinstance(arrived.reading, MailReading):
        kept = kept_attachments(arrived.reading, form_place=place)
        return [ArrivingFile(one.name, one.type.name, len(one.content)) for one in kept]
    found = sniff(arrived.content)
    return [ArrivingFile(arrived.file_name, found.name if found else "", len(arrived.content))]


def unread(arrived: Arrived) -> list[str]:
    """Say of each part of a message that is not kept, or is kept and cannot be read, why that is so."""
    mail = arrived.mail
    if mail is None:
        return []
    tr = QCoreApplication.translate
    said = [f"{one.name}: {states.word(one.flaw)}" for one in mail.left_out]
    said += [
        tr("intake", "{0}: it is kept as it came, but {1}").format(one.name, states.word(one.flaw))
        for one in mail.attachments
        if one.flaw is not None
    ]
    said += [
        tr("intake", "{0}: a small picture within the text, not kept").format(one.name)
        for one in mail.attachments
        if is_ornament(one)
    ]
    return said


def sizes(size: int) -> str:
    """Return how large a file is."""
    if size < _KIB * _KIB:
        return f"{max(1, round(size / _KIB))} KB"
    return f"{text.number(round(size * 10 / _KIB / _KIB) // 10)} MB"
