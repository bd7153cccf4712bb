"""What a new plan stands on, asked in one go: the debt, the programmes, who owes, and a plan in the way."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.faulty import readable
from app.domain.holders import HolderKind
from app.domain.plans import IN_THE_WAY, Payer
from app.usecases.accounts import account_header
from app.usecases.contacts import ContactKind, contacts_of
from app.usecases.holders import holders_of
from app.usecases.plans.choosing import Choices, ProgrammeChoice, programmes
from app.usecases.plans.questions import Plan, plans_of
from app.usecases.plans.signing import DebtorFields


@dataclass(frozen=True, slots=True)
class OnFile:
    """The holder as the register knows him; ``fields`` is what a contract begins with."""

    kind: HolderKind | None
    jmbg_masked: str
    pib: str
    company_number: str
    fields: DebtorFields


@dataclass(frozen=True, slots=True)
class SigningGround:
    """Everything a wizard shows before anything is chosen."""

    choices: Choices
    payer: Payer
    on_file: OnFile
    in_the_way: Plan | None
    """A plan in force, or a contract that waits for its notary: there is no second one."""

    def allows(self, choice: ProgrammeChoice) -> bool:
        """Tell whether a plan may be signed under a programme today."""
        return self.in_the_way is None and choice.obstacle is None


def ground_of(session: Session, *, ident: int, payer: Payer, today: date) -> SigningGround:
    """Ask for a payer; whom the holder cannot be becomes the first that he can.

    Raises: VisitNotOpen, RateUnknown, NoSuchAccount.
    """
    choices = programmes(session, ident=ident, payer=payer, today=today)
    if payer not in choices.payers:
        payer = choices.payers[0]
        choices = programmes(session, ident=ident, payer=payer, today=today)
    standing = readable(plans_of(session, ident=ident, today=today))
    return SigningGround(
        choices,
        payer,
        _on_file(session, ident, today),
        next((plan for plan in standing if plan.state in IN_THE_WAY), None),
    )


def _on_file(session: Session, ident: int, today: date) -> OnFile:
    header = account_header(session, ident=ident, today=today)
    held = [one for one in holders_of(session, ident=ident) if one.valid_from <= today]
    holder = held[0] if held else None
    reached = {
        one.kind: one.value for one in reversed(contacts_of(session, ident=ident)) if one.ended_on is None
    }
    is_person = holder is not None and holder.kind is not HolderKind.LEGAL
    name = f"{holder.first_name} {holder.last_name}".strip() if holder is not None and is_person else ""
    return OnFile(
        holder.kind if holder is not None else None,
        holder.jmbg_masked if holder is not None else "",
        holder.pib if holder is not None else "",
        holder.company_number if holder is not None else "",
        DebtorFields(
            name=name or header.name,
            address=header.address,
            phone=reached.get(ContactKind.PHONE, ""),
            email=reached.get(ContactKind.EMAIL, ""),
        ),
    )
