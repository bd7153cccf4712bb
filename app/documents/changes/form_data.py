"""What a form for a change of data says: when it is printed for somebody, and when it comes back.

The marks of a form, in its fields and in the code printed on it, tell its kind, its
edition and the account, so that even a scan of the paper is recognized.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from app.domain.changes import ApplicantStanding, ChangeKind
from app.domain.changes.asking import Value
from app.domain.holders import HolderKind

EDITION = 1
"""Raised when fields are renamed or mean something else; older editions stay readable."""
KIND, FORM, IDENT = "salter.kind", "salter.form", "ident"
VALUE, PAPER = "value.", "paper."
FILED = {
    "happened_on": "change.happened_on",
    "applicant_name": "applicant.name",
    "applicant_standing": "applicant.standing",
    "applicant_id_card": "applicant.id_card",
    "applicant_phone": "applicant.phone",
    "applicant_email": "applicant.email",
    "basis_act": "basis.act",
    "basis_number": "basis.number",
    "basis_date": "basis.date",
    "basis_issuer": "basis.issuer",
    "note": "change.note",
}
"""The fields of a form by what they tell about a request."""
OTHER_ACT = "basis.other"
HOLDER, ADDRESS = "account.holder", "account.address"

_CODE = re.compile(r"SALTER\|F:(\d{1,3})\|K:([a-z_]{1,40})\|I:(\d{0,7})", re.ASCII)


@dataclass(frozen=True, slots=True)
class FormFiling:
    """What the applicant says about the request itself; empty where nothing was said."""

    happened_on: date | None = None
    applicant_name: str = ""
    applicant_standing: ApplicantStanding | None = None
    applicant_id_card: str = ""
    applicant_phone: str = ""
    applicant_email: str = ""
    basis_act: str = ""
    """One of the acts of the kind, the name of a kind of paper, or what was written."""
    basis_number: str = ""
    basis_date: date | None = None
    basis_issuer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormData:
    """With what a form is printed for one account.

    ``current`` are the values on file, printed beside the empty fields; ``values``
    are filled in already.  Streets are given by their names.  ``holder_kind`` and
    ``by_members`` leave out what does not concern the account; None leaves it in.
    """

    ident: int
    holder: str
    address: str
    current: Mapping[str, Value] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    filing: FormFiling = FormFiling()
    holder_kind: HolderKind | None = None
    by_members: bool | None = None


@dataclass(frozen=True, slots=True)
class FormMark:
    """What the code on a form says; ``ident`` is None on a blank."""

    kind: ChangeKind
    edition: int
    ident: int | None

    def __str__(self) -> str:
        ident = "" if self.ident is None else f"{self.ident:07d}"
        return f"SALTER|F:{self.edition}|K:{self.kind.value}|I:{ident}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read the text of a code; None if it is no form of ours, or of a kind unknown here.

        >>> str(FormMark.parse("SALTER|F:1|K:holder|I:1234567"))
        'SALTER|F:1|K:holder|I:1234567'
        """
        match = _CODE.fullmatch(text)
        if match is None or match[2] not in set(ChangeKind):
            return None
        return cls(ChangeKind(match[2]), int(match[1]), int(match[3]) if match[3] else None)
