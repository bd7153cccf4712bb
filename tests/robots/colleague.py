"""A colleague at another desk: files and decides requests through the same use cases, without a window."""

import functools
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from app.domain.changes import ApplicantStanding, ChangeKind, IntakeChannel, PaperKind, Value, declaration_of
from app.domain.changes.asking import asked_papers, circumstances
from app.domain.holders import HolderKind
from app.domain.visits import Channel, Purpose
from app.usecases import changes, visits
from app.usecases.changes import Filing
from db.city.scans import scan
from db.gateway import Gateway
from tests.robots.stage import Stage

PASSWORD = "demo"


class Colleague:
    """Somebody of the demo staff with a connection of their own."""

    def __init__(self, stage: Stage, login: str) -> None:
        self._stage = stage
        self._gateway = Gateway(stage.town.url_for(login, password=PASSWORD))

    def leaves(self) -> None:
        """Close the connection."""
        self._gateway.close()

    def files(
        self,
        ident: str,
        kind: ChangeKind,
        values: Mapping[str, Value],
        *,
        channel: IntakeChannel = IntakeChannel.COUNTER,
        days_ago: int = 0,
    ) -> str:
        """File a request with every paper it needs (a telephone call brings none), and return its number."""
        day = self._today(days_ago)
        number = int(ident)
        self._does(visits.open_account, ident=number, purpose=Purpose.SERVICE, channel=Channel.COUNTER)
        filing = Filing(
            channel, day, day, applicant_name="Petar Ilić", applicant_standing=ApplicantStanding.OWNER
        )
        saved = self._does(changes.save_draft, ident=number, kind=kind, filing=filing, values=values)
        request_id = saved["request_id"]
        if channel is not IntakeChannel.PHONE:
            self._brings_papers(number, request_id, kind, values)
        submitted = self._does(
            changes.submit,
            ident=number,
            request_id=request_id,
            seen_version=saved["version"],
            confirmed=True,
        )
        self._does(visits.close_account, ident=number)
        return str(submitted["number"])

    def _brings_papers(self, ident: int, request_id: int, kind: ChangeKind, values: Any) -> None:
        declaration = declaration_of(kind)
        around = circumstances(declaration, values, holder_kind=HolderKind.NATURAL, by_members=True)
        for paper in asked_papers(declaration, around):
            if paper.kind is PaperKind.PROVIDER_ORDER:
                continue
            act = paper.is_one_of[0] if paper.is_one_of else ""
            content = scan(paper.kind, act=act, applicant="Petar Ilić", day=self._today(0))
            attached = self._does(
                changes.attach_paper,
                ident=ident,
                request_id=request_id,
                paper_kind=paper.kind,
                act=act,
                file_name=f"{paper.kind}.pdf",
                content=content,
            )
            if paper.must_see_original:
                self._does(changes.see_original, ident=ident, paper_id=attached["paper_id"])

    def approves(self, number: str) -> None:
        """Approve a request by its number."""
        self._decides(number, changes.approve)

    def completes(self, number: str, values: Mapping[str, Value]) -> None:
        """Change what a returned request asks for, and submit it again."""
        ident, request_id = self._found(number)
        self._does(visits.open_account, ident=ident, purpose=Purpose.SERVICE, channel=Channel.COUNTER)
        request = self._asks(changes.change_of, ident=ident, request_id=request_id, today=self._today(0))
        saved = self._does(
            changes.change_draft,
            ident=ident,
            request_id=request_id,
            seen_version=request.version,
            filing=request.filing,
            values={**request.values, **values},
        )
        self._does(
            changes.submit,
            ident=ident,
            request_id=request_id,
            seen_version=saved["version"],
            confirmed=True,
        )

    def _decides(self, number: str, action: Any) -> None:
        ident, request_id = self._found(number)
        self._does(visits.open_account, ident=ident, purpose=Purpose.CASE, channel=Channel.COUNTER)
        request = self._asks(changes.change_of, ident=ident, request_id=request_id, today=self._today(0))
        self._does(action, ident=ident, request_id=request_id, seen_version=request.version)

    def _found(self, number: str) -> tuple[int, int]:
        ident = self._stage.one(f"SELECT ident FROM change_request WHERE number = '{number}'")
        return ident, self._stage.one(f"SELECT id FROM change_request WHERE number = '{number}'")

    def _today(self, days_ago: int) -> date:
        day: date = self._stage.one(f"SELECT office_day() - {days_ago}")
        return day

    def _does(self, action: Any, /, **given: Any) -> Any:
        return self._gateway.act(functools.partial(action, **given), key=uuid4())

    def _asks(self, question: Any, /, **given: Any) -> Any:
        return self._gateway.ask(functools.partial(question, **given))
