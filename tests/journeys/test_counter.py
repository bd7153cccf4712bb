"""A clerk at the counter: a queue of people, paper in hand, two minutes each."""

from tests.robots.stage import ANA, MILAN
from ui.shell.places import AccountSection

SCANNED = (
    "K:PR|V:01|C:1|R:845000000040484987|N:JKP Infostan tehnologije\nDanijelova 33\nBeograd"
    "|I:RSD1,00|P:Milan Marković\nUčiteljska 12a|SF:122|S:Račun 06/2026|RO:970512345672606"
)


def test_a_scanned_bill_opens_on_that_very_month(clerk):
    clerk.scans(SCANNED)

    clerk.sees_account(MILAN)
    clerk.sees_bill("06/2026")


def test_a_scanner_is_heard_wherever_the_cursor_is(clerk):
    clerk.opens(ANA)
    clerk.goes_to(AccountSection.PAYMENTS)

    clerk.scans_anywhere(SCANNED)

    clerk.sees_account(MILAN)
    clerk.sees_bill("06/2026")


def test_a_scan_over_a_half_written_note_leaves_the_note_as_it_was(clerk):
    clerk.opens(ANA)
    clerk.presses("N")
    clerk.types("asks about the heating")

    clerk.scans_anywhere(SCANNED)

    clerk.sees_account(MILAN)
    clerk.presses("Ctrl+Tab")
    clerk.sees_account(ANA)
    assert clerk.reads("note.text.editor") == "asks about the heating"
