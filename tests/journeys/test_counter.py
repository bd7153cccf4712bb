"""A clerk at the counter: a queue of people, paper in hand, two minutes each."""

import pypdfium2
import pytest
import zxingcpp

from app.documents.pages import PDFIUM
from app.domain import ips_qr, payment_reference
from tests.robots.stage import ANA, MILAN
from ui.desk.places import AccountSection
from ui.kit.printing import PrintProfile, PrintProfiles

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

    clerk.scans_at_a_busy_window(SCANNED, busy_after=len(SCANNED), seconds=0)

    clerk.sees_account(MILAN)
    clerk.presses("Ctrl+Tab")
    clerk.sees_account(ANA)
    assert clerk.reads("note.text.editor") == "asks about the heating"


def test_a_window_that_was_busy_in_the_middle_of_a_scan_still_hears_it(clerk):
    clerk.opens(ANA)
    clerk.presses("N")
    clerk.types("asks about the heating")

    clerk.scans_at_a_busy_window(SCANNED, busy_after=3, seconds=0.4)

    clerk.sees_account(MILAN)
    clerk.sees_bill("06/2026")
    clerk.presses("Ctrl+Tab")
    clerk.sees_account(ANA)
    assert clerk.reads("note.text.editor") == "asks about the heating"


def test_what_somebody_types_by_hand_stays_where_they_typed_it(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.presses("N")

    clerk.types_slowly("K:PR|V:01 stands on the paper")

    assert clerk.reads("note.text.editor") == "K:PR|V:01 stands on the paper"
    assert clerk.desk.tabs.idents == [int(ANA)]


def test_a_scan_replaces_what_was_left_in_the_box(clerk):
    clerk.finds("petrov")

    clerk.types(SCANNED)

    clerk.sees_account(MILAN)
    clerk.sees_bill("06/2026")


def test_a_copy_of_a_scanned_bill_carries_the_code_of_that_bill(clerk, tmp_path):
    clerk.scans(SCANNED)
    clerk.sees_bill("06/2026")

    clerk.saves_copy(tmp_path / "copy.pdf")

    request = ips_qr.parse(_code_of(tmp_path / "copy.pdf"))
    reference = payment_reference.parse(request.reference)
    assert (reference.ident, str(reference.period)) == (int(MILAN), "06/2026")


def test_a_saved_copy_stands_in_the_timeline(clerk, tmp_path):
    clerk.opens(MILAN)
    clerk.sees_bill("/2026")
    clerk.saves_copy(tmp_path / "copy.pdf")

    clerk.goes_to(AccountSection.TIMELINE)

    assert any(row[1] == "copy of a bill" and "saved to a file" in row[2] for row in _timeline(clerk))


def test_a_copy_is_printed_as_this_workstation_was_told(clerk, tmp_path):
    printed = tmp_path / "printed"
    printed.mkdir()
    PrintProfiles(clerk.program.workstation.folder).keep("copy", PrintProfile("", folder=str(printed)))
    clerk.opens(MILAN)
    clerk.sees_bill("/2026")

    clerk.prints_copy()

    assert [file.suffix for file in printed.iterdir()] == [".pdf"]


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_a_dropped_picture_of_a_bill_opens_that_bill(clerk, tmp_path, kind):
    clerk.scans(SCANNED)
    clerk.sees_bill("06/2026")
    clerk.saves_copy(tmp_path / "bill.pdf")
    _page(tmp_path / "bill.pdf").save(tmp_path / "bill.png")
    clerk.presses("Ctrl+W")

    clerk.drops(tmp_path / f"bill.{kind}")

    clerk.sees_account(MILAN)
    clerk.sees_bill("06/2026")


def test_a_bill_is_read_from_a_chosen_file(clerk, tmp_path):
    clerk.scans(SCANNED)
    clerk.sees_bill("06/2026")
    clerk.saves_copy(tmp_path / "bill.pdf")
    clerk.presses("Ctrl+W")

    clerk.presses("Ctrl+O")
    clerk.picks_file(tmp_path / "bill.pdf")

    clerk.sees_account(MILAN)


def test_a_picture_without_a_code_is_refused_in_words(clerk, tmp_path):
    clerk.picture().save(str(tmp_path / "window.png"))

    clerk.drops(tmp_path / "window.png")

    clerk.hears("payment code")
    assert clerk.desk.tabs.idents == []


def _timeline(clerk):
    return clerk.rows_of("timeline.table")


def _page(path):
    with PDFIUM, pypdfium2.PdfDocument(path) as pdf:
        return pdf[0].render(scale=200 / 72, grayscale=True).to_pil()


def _code_of(path):
    with PDFIUM, pypdfium2.PdfDocument(path) as pdf:
        pages = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in pdf]
    codes = [code.text for page in pages for code in zxingcpp.read_barcodes(page)]
    assert len(codes) == 1
    return codes[0]
