"""The part of the tour that walks through the list of work: counts, a review, many at once, what arrives."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from app.documents.changes import FormData, FormFiling
from app.domain.changes import ApplicantStanding, ChangeKind, ChangeState
from tests.documents.requests import form
from tests.robots.clerk import Clerk
from tests.robots.work import Decider
from ui.work.views import View

SUPERVISOR = "vesna.markovic"
LANGUAGES = ("latin", "cyrillic", "english")
ACCOUNT = 1000773


def at_work(clerk: Clerk, picture: Callable[[str], Any], folder: Path) -> None:
    """Walk through the list of work as a supervisor who has just signed in."""
    someone = Decider(clerk)
    clerk.until(lambda: bool(clerk.widget("rail.work").badge), "nothing is counted")
    someone.goes_to_work()
    picture("work-list")
    someone.page.queue.filters.choose_view(View.OPEN)
    clerk.until(
        lambda: any(row.state is not ChangeState.SUBMITTED for row in someone.page.queue.rows),
        "not everything is listed",
    )
    picture("work-all-open")
    someone.page.queue.filters.choose_view(View.WAITING)
    someone.sees_list()
    for theme in ("light", "dark"):
        clerk.runs(f"desk.theme_{theme}")
        for language in LANGUAGES:
            clerk.runs(f"desk.language_{language}")
            _in_this_look(someone, f"{theme}-{language}", picture)
    clerk.runs("desk.theme_light")
    clerk.runs("desk.language_latin")
    _many(someone, picture)
    _arrives(someone, picture, folder)


def _in_this_look(someone: Decider, look: str, picture: Callable[[str], Any]) -> None:
    clerk = someone.clerk
    clerk.presses("Alt+W")
    someone.sees_list()
    picture(f"{look}-work")
    rows = someone.page.queue.rows
    kinds = {row.kind: row.number for row in rows}
    number = kinds.get(ChangeKind.HOLDER) or rows[0].number
    someone.reviews(number)
    clerk.until(lambda: someone.review.papers.preview.pages.is_drawn, "the paper was not drawn")
    clerk.until(lambda: not someone.review.view.effect.isHidden(), "no effect")
    picture(f"{look}-review")
    clerk.presses("R")
    picture(f"{look}-reject")
    clerk.presses("Esc")
    someone.goes_back()


def _many(someone: Decider, picture: Callable[[str], Any]) -> None:
    clerk = someone.clerk
    rows = [row for row in someone.page.queue.rows if row.state is ChangeState.SUBMITTED]
    kind = max({row.kind for row in rows}, key=lambda one: sum(row.kind is one for row in rows))
    someone.chooses(*(row.number for row in rows if row.kind is kind))
    clerk.presses("A")
    clerk.until(lambda: clerk.is_seen("batch.go"), "nothing is asked")
    picture("batch-asks")
    clerk.presses("Return")
    clerk.until(lambda: not someone.page.batch.is_under_way, "it did not end")
    picture("batch-results")
    clerk.presses("Esc")
    someone.sees_list()


def _arrives(someone: Decider, picture: Callable[[str], Any], folder: Path) -> None:
    filled = form(
        kind=ChangeKind.MEMBERS,
        prefilled=FormData(
            ident=ACCOUNT,
            holder="Vesna Lukić",
            address="Višnjička 44b",
            values={"members": 4},
            filing=FormFiling(applicant_name="Vesna Lukić", applicant_standing=ApplicantStanding.OWNER),
        ),
    )
    mail = EmailMessage()
    mail["From"] = "Vesna Lukić <vesna.lukic@example.com>"
    mail["Subject"] = "Promena broja članova domaćinstva"
    mail["Date"] = "Thu, 09 Jul 2026 10:15:00 +0200"
    mail.set_content("Poštovani,\n\nu prilogu je zahtev sa potvrdom upravnika.\n\nVesna Lukić")
    mail.add_attachment(filled, maintype="application", subtype="pdf", filename="zahtev.pdf")
    path = folder / "zahtev.eml"
    path.write_bytes(mail.as_bytes())
    for language in LANGUAGES:
        someone.clerk.runs(f"desk.language_{language}")
        someone.is_offered_a_request(path)
        someone.clerk.until(lambda: "Luki" in someone.clerk.reads("intake.account"), "no account")
        picture(f"intake-{language}")
        someone.clerk.presses("Esc")
        someone.clerk.until(lambda: not someone.clerk.is_seen("intake"), "the panel stayed")
