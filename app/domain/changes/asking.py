"""What a form asks for: which fields and papers of a declaration concern this very request.

A legal person has no JMBG, a flat charged by area needs no certificate of
members, an owner who comes in person needs no authorization.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.changes.declaring import ChecklistPaper, Declaration, Field, FieldType, Need
from app.domain.changes.filing import ApplicantStanding
from app.domain.holders import HolderKind
from app.domain.premises import ChargingMethod

Value = str | int | bool | None
"""What a field holds, as it is stored: text, a count, a flag, or nothing."""

_HOLDER_KIND = "holder.kind"
_CHARGING_METHOD = "premises_state.charging_method"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """On what it depends which fields and papers are asked for."""

    holder_kind: HolderKind
    by_members: bool
    is_proxy: bool

    def ask_for(self, need: Need) -> bool:
        """Tell whether something of this need is asked for at all."""
        match need:
            case Need.NATURAL_PERSON:
                return self.holder_kind is HolderKind.NATURAL
            case Need.LEGAL_PERSON:
                return self.holder_kind is HolderKind.LEGAL
            case Need.BY_MEMBERS:
                return self.by_members
            case Need.PROXY:
                return self.is_proxy
        return True


def circumstances(
    declaration: Declaration,
    values: Mapping[str, object],
    *,
    holder_kind: HolderKind,
    by_members: bool,
    standing: ApplicantStanding = ApplicantStanding.OWNER,
) -> Circumstances:
    """Tell the circumstances of a request: what it changes itself counts as it will be."""
    by = by_members
    for field in declaration.fields:
        value = values.get(field.name)
        if str(field.target) == _HOLDER_KIND and value in list(HolderKind):
            holder_kind = HolderKind(str(value))
        if str(field.target) == _CHARGING_METHOD and value in list(ChargingMethod):
            by = value == ChargingMethod.MEMBERS
    return Circumstances(holder_kind, by, standing is ApplicantStanding.PROXY)


def asked_fields(declaration: Declaration, around: Circumstances) -> tuple[Field, ...]:
    """List the fields to be shown, in the order of the form."""
    return tuple(field for field in declaration.fields if around.ask_for(field.need))


def must_be_filled(field: Field) -> bool:
    """Tell whether a shown field may not stay empty."""
    return field.need is not Need.OPTIONAL and not field.may_be_empty and field.type is not FieldType.FLAG


def asked_papers(declaration: Declaration, around: Circumstances) -> tuple[ChecklistPaper, ...]:
    """List the papers to be brought; those that are welcome but not needed are among them."""
    return tuple(paper for paper in declaration.papers if around.ask_for(paper.need))
