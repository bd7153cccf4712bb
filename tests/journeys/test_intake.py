"""What arrives as a file: dropped on the window, looked at, and made a request."""

from email.message import EmailMessage

from app.documents.changes import FormData, FormFiling
from app.domain.changes import ApplicantStanding, ChangeKind
from tests.documents.requests import form
from tests.robots.stage import ANA, MILAN
from tests.robots.work import Decider


def test_a_message_with_a_filled_form_becomes_a_request_ready_to_be_checked(stage, clerk, tmp_path):
    path = tmp_path / "zahtev.eml"
    path.write_bytes(_message(_filled_form()))
    someone = Decider(clerk)

    someone.is_offered_a_request(path)
    clerk.until(lambda: "Marković" in clerk.reads("intake.account"), "the account is not named")
    clerk.presses("Return")

    clerk.sees_account(MILAN)
    made = f"FROM change_request WHERE ident = {MILAN} AND channel = 'email'"
    clerk.until(lambda: stage.one(f"SELECT count(*) {made}") == 1, "no request was made")
    assert stage.one(f"SELECT state {made}") == "draft"
    assert stage.one(f"SELECT new_values ->> 'members' {made}") == "7"
    assert stage.one(f"SELECT count(*) FROM change_paper WHERE request_id = (SELECT id {made})") == 1


def test_each_form_of_a_message_becomes_a_request_of_its_own(stage, clerk, tmp_path):
    path = tmp_path / "zahtevi.eml"
    path.write_bytes(_message(_filled_form(), _filled_form(ident=ANA, holder="Ana Petrović", members=2)))
    someone = Decider(clerk)
    before = stage.one("SELECT max(id) FROM change_request")

    someone.is_offered_a_request(path)
    assert "Form 1 of 2" in clerk.reads("intake.notice")
    clerk.until(lambda: "Marković" in clerk.reads("intake.account"), "the account is not named")
    clerk.presses("Return")
    clerk.until(lambda: "Form 2 of 2" in clerk.reads("intake.notice"), "the other form is not offered")
    clerk.until(lambda: "Petrović" in clerk.reads("intake.account"), "the other account is not named")
    clerk.presses("Return")

    clerk.sees_account(ANA)
    made = (
        "SELECT array_agg(concat_ws(' ', r.ident, r.state, r.new_values ->> 'members',"
        " (SELECT count(*) FROM change_paper p WHERE p.request_id = r.id)) ORDER BY r.id)"
        f" FROM change_request r WHERE id > {before}"
    )
    assert stage.one(made) == [f"{MILAN} draft 7 1", f"{ANA} draft 2 1"]


def test_what_came_with_a_message_and_is_not_kept_is_named_and_stands_in_the_note(stage, clerk, tmp_path):
    made = EmailMessage()
    made["From"] = "Milan Marković <milan@primer.example>"
    made["Date"] = "Thu, 09 Jul 2026 10:15:00 +0200"
    made.set_content("U prilogu je zahtev.")
    made.add_attachment(_filled_form(), maintype="application", subtype="pdf", filename="zahtev.pdf")
    made.add_attachment(b"", maintype="application", subtype="pdf", filename="ugovor.pdf")
    made.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="pola.pdf")
    path = tmp_path / "zahtev.eml"
    path.write_bytes(bytes(made))
    someone = Decider(clerk)

    someone.is_offered_a_request(path)
    shown = clerk.reads("intake.left_out")
    clerk.until(lambda: "Marković" in clerk.reads("intake.account"), "the account is not named")
    clerk.presses("Return")

    clerk.sees_account(MILAN)
    made_of_it = f"FROM change_request WHERE ident = {MILAN} AND channel = 'email'"
    note = f"SELECT note {made_of_it} ORDER BY id DESC LIMIT 1"
    clerk.until(lambda: stage.one(note), "no request was made")
    for name in ("ugovor.pdf: ", "pola.pdf: "):
        assert name in shown
        assert name in stage.one(note)
    assert stage.one(note).startswith("U prilogu je zahtev.")


def test_a_damaged_pdf_is_refused_in_words_and_nothing_is_kept(stage, clerk, tmp_path):
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7\nthis is no document")
    before = stage.one("SELECT count(*) FROM change_request")

    clerk.drops(path)

    clerk.hears("cannot be read")
    assert not clerk.is_seen("intake")
    assert stage.one("SELECT count(*) FROM change_request") == before


def test_a_scan_without_a_code_asks_for_the_account_and_the_kind(stage, clerk, tmp_path):
    path = tmp_path / "scan.png"
    clerk.picture().save(str(path))
    someone = Decider(clerk)
    before = stage.one("SELECT count(*) FROM change_request")

    someone.is_offered_a_request(path)
    clerk.presses("Ctrl+Return")

    clerk.until(
        lambda: clerk.reads("intake.ident.error") or clerk.reads("intake.kind.error"), "nothing is asked"
    )
    clerk.presses("Esc")
    clerk.until(lambda: not clerk.is_seen("intake"), "the panel stayed")
    assert stage.one("SELECT count(*) FROM change_request") == before


def _filled_form(*, ident=MILAN, holder="Milan Marković", members=7):
    return form(
        kind=ChangeKind.MEMBERS,
        prefilled=FormData(
            ident=int(ident),
            holder=holder,
            address="Učiteljska 12a",
            values={"members": members},
            filing=FormFiling(applicant_name=holder, applicant_standing=ApplicantStanding.OWNER),
        ),
    )


def _message(*papers):
    made = EmailMessage()
    made["From"] = "Milan Marković <milan.markovic@example.com>"
    made["To"] = "promene@example.org"
    made["Subject"] = "Promena broja članova"
    made["Date"] = "Thu, 09 Jul 2026 10:15:00 +0200"
    made.set_content("Poštovani, u prilogu je zahtev.")
    for place, paper in enumerate(papers, start=1):
        made.add_attachment(paper, maintype="application", subtype="pdf", filename=f"zahtev-{place}.pdf")
    return made.as_bytes()
