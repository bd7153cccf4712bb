"""Requests on the way: filed, papered and decided by the people of the town, a few words each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.changes import (
    ApplicantStanding,
    ChangeKind,
    IntakeChannel,
    Value,
    asked_papers,
    circumstances,
    declaration_of,
)
from app.domain.holders import HolderKind
from app.usecases import changes
from app.usecases.changes import Filing, Request
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR, Town

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HOUR = timedelta(hours=1)
NEW_HOLDER = {
    "holder_kind": "natural",
    "last_name": "Marić",
    "first_name": "Jovana",
    "jmbg": "0101000710009",
}


def office_day(town: Town) -> date:
    """Return the day in the offices, as the database knows it."""
    return town.run("SELECT office_day()").scalar_one()  # type: ignore[no-any-return]


def filing(day: date, **others: Any) -> Filing:
    """Return how an owner comes to the counter on a day, for what happened the day before."""
    given: dict[str, Any] = {
        "channel": IntakeChannel.COUNTER,
        "received_on": day,
        "happened_on": day - timedelta(days=1),
        "applicant_name": "Jovana Marić",
        "applicant_standing": ApplicantStanding.OWNER,
        **others,
    }
    return Filing(**given)


@dataclass(slots=True)
class Desk:
    """Files and decides requests in a town; who does what is said each time."""

    town: Town

    @property
    def today(self) -> date:
        """The day in the offices."""
        return office_day(self.town)

    def draft(
        self,
        kind: ChangeKind,
        values: Mapping[str, Value],
        *,
        ident: int = ANA,
        by: str = CLERK,
        with_papers: bool = True,
        **how: Any,
    ) -> int:
        """Enter a draft, with the papers it needs, and return its id."""
        with self.town.visiting(by, ident) as session:
            saved = changes.save_draft(
                session, ident=ident, kind=kind, filing=filing(self.today, **how), values=values
            )
            if with_papers:
                self.bring_papers(session, kind, values, ident, saved["request_id"])
        return saved["request_id"]

    def bring_papers(
        self,
        session: Session,
        kind: ChangeKind,
        values: Mapping[str, Value],
        ident: int,
        request_id: int,
    ) -> None:
        """Attach every paper the kind may ask of the applicant, originals seen."""
        declaration = declaration_of(kind)
        around = circumstances(declaration, values, holder_kind=HolderKind.NATURAL, by_members=True)
        for paper in asked_papers(declaration, around):
            attached = changes.attach_paper(
                session,
                ident=ident,
                request_id=request_id,
                paper_kind=paper.kind,
                act=paper.is_one_of[0] if paper.is_one_of else "",
                file_name=f"{paper.kind}.pdf",
                content=PDF,
            )
            if paper.must_see_original:
                changes.see_original(session, ident=ident, paper_id=attached["paper_id"])

    def seen(self, request_id: int, *, ident: int = ANA, by: str = CLERK) -> Request:
        """Return a request as somebody sees it."""
        with self.town.visiting(by, ident) as session:
            return changes.change_of(session, ident=ident, request_id=request_id, today=self.today)

    def submit(self, request_id: int, *, ident: int = ANA, by: str = CLERK) -> changes.Submitted:
        """Submit a draft, whatever has to be confirmed."""
        version = self.seen(request_id, ident=ident, by=by).version
        with self.town.visiting(by, ident) as session:
            return changes.submit(
                session, ident=ident, request_id=request_id, seen_version=version, confirmed=True
            )

    def approve(
        self, request_id: int, *, ident: int = ANA, by: str = SUPERVISOR, provider_order: str = ""
    ) -> changes.Moved:
        """Approve a request, which also applies it."""
        version = self.seen(request_id, ident=ident, by=by).version
        with self.town.visiting(by, ident) as session:
            return changes.approve(
                session,
                ident=ident,
                request_id=request_id,
                seen_version=version,
                provider_order=provider_order,
            )

    def send_to_provider(self, request_id: int, *, ident: int = ANA, by: str = CLERK) -> None:
        """Send a request to the second provider there is."""
        version = self.seen(request_id, ident=ident, by=by).version
        with self.town.visiting(by, ident) as session:
            changes.send_to_provider(
                session, ident=ident, request_id=request_id, seen_version=version, provider_id=2
            )

    def applied(
        self, kind: ChangeKind, values: Mapping[str, Value], *, ident: int = ANA, past_provider: bool = False
    ) -> Request:
        """Take a request from draft to applied: a clerk enters, a supervisor decides."""
        request_id = self.draft(kind, values, ident=ident)
        self.submit(request_id, ident=ident)
        if past_provider:
            self.send_to_provider(request_id, ident=ident)
        self.approve(request_id, ident=ident, provider_order="BE-77/2026" if past_provider else "")
        return self.seen(request_id, ident=ident)

    def row(self, sql: str, **given: object) -> Any:
        """Return one row as the owner of everything sees it."""
        return self.town.run(sql, **given).one()

    def state(self, ident: int = ANA) -> Any:
        """Return the latest state of the premises."""
        return self.row(
            "SELECT * FROM premises_state WHERE ident = :ident ORDER BY valid_from DESC LIMIT 1", ident=ident
        )

    def holder(self, ident: int = ANA) -> Any:
        """Return the latest holder, personal number and all."""
        return self.row(
            "SELECT * FROM holder WHERE ident = :ident ORDER BY valid_from DESC LIMIT 1", ident=ident
        )
