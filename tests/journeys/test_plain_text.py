"""What customers wrote is shown sign for sign, on every page and panel of the program."""

from email.message import EmailMessage

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from tests.documents.requests import form
from tests.robots.stage import CLERK, MILAN, SUPERVISOR
from tests.robots.work import Decider
from ui.desk.commands import ENTRIES
from ui.desk.places import AccountSection
from ui.shell.directory import pages_for


def labels() -> list[QLabel]:
    return [one for one in QApplication.allWidgets() if isinstance(one, QLabel)]


def told_as_a_page() -> list[str]:
    return [one.objectName() for one in labels() if one.textFormat() != Qt.TextFormat.PlainText]


def test_no_label_of_any_page_takes_words_for_a_page(stage):
    for login in (CLERK, SUPERVISOR):
        person = stage.opens()
        person.signs_in(login)
        for row in pages_for(person.user_session.desk):
            if row.command:
                person.presses(ENTRIES[row.command].keys[0])
        person.opens(MILAN)
        for section in AccountSection:
            person.goes_to(section)

    assert len(labels()) > 100
    assert told_as_a_page() == []


def test_signs_in_a_message_and_in_a_name_are_shown_as_they_are(stage, clerk, tmp_path):
    stage.run(f"UPDATE holder SET last_name = '<b>x</b>' WHERE ident = {MILAN} AND valid_to IS NULL")
    made = EmailMessage()
    made["From"] = "Milan <milan@example.com>"
    made["Subject"] = "<b>Promena</b>"
    made["Date"] = "Thu, 09 Jul 2026 10:15:00 +0200"
    body = f'<img src="{(tmp_path / "taken.png").as_uri()}"> <b>u prilogu</b>'
    made.set_content(body)
    made.add_attachment(form(), maintype="application", subtype="pdf", filename="zahtev.pdf")
    path = tmp_path / "zahtev.eml"
    path.write_bytes(made.as_bytes())

    Decider(clerk).is_offered_a_request(path)

    assert body in clerk.reads("intake.letter")
    clerk.presses("Esc")
    clerk.opens(MILAN)
    clerk.until(lambda: "<b>x</b>" in clerk.reads("account.name"), "the name is not shown")
    assert told_as_a_page() == []
