"""Copies: seen before they leave, registered before they leave, and each of them once."""

import io
from datetime import date
from functools import partial
from pathlib import Path
from uuid import uuid4

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from app.documents.scan import codes_drawn
from app.documents.wording import Script
from app.domain import ips_qr
from app.domain.reissues import Medium, Reason
from app.usecases import reissues, visits
from tests.ui.bills.conftest import is_open
from tests.ui.bills.town import APRIL, DECEMBER, JUNE, MARCH, MAY, NOVEMBER, PAYER
from ui.bills.copy_pane import CopyPane
from ui.bills.slip_pane import SlipPane
from ui.kit.printing import PrintProfile, PrintProfiles


@pytest.fixture
def opened(section, until):
    """Open the copy of a month and wait until it is seen."""

    def open_copy(period, kind=CopyPane):
        section.go_to(period)
        until(lambda: is_open(section, period) and not section.model.is_awaited)
        if kind is CopyPane:
            section.print_copy()
        else:
            section.print_slip()
        pane = section.sheet(kind).pane
        until(lambda: pane.may_leave)
        return pane

    return open_copy


def copies_of(gateway, period):
    return gateway.ask(partial(reissues.copies_of_bill, ident=PAYER, period=period))


def words_of(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_a_copy_comes_out_of_the_printer_with_a_code_that_asks_for_the_amount_of_the_day(
    opened, section, papers_folder, gateway, said, until
):
    opened(JUNE)

    section.print_copy()

    until(lambda: said == ["Copy no. 1 printed."])
    (printed,) = papers_folder.iterdir()
    assert printed.name == "1000042-2606.pdf"
    (code,) = codes_drawn(printed.read_bytes(), most_pages=1)
    assert str(ips_qr.parse(code).amount) == "1277.83"
    (copy,) = copies_of(gateway, JUNE)
    assert (copy.number, copy.operator, copy.medium, copy.reason) == (
        1,
        "Jelena Savić",
        Medium.PRINTED,
        Reason.NOT_RECEIVED,
    )


def test_a_printed_copy_stands_among_the_copies_of_its_bill(opened, section, said, until):
    opened(NOVEMBER).print_paper()

    until(lambda: said)
    until(lambda: section.detail.whole.copies)
    rows = section.detail.table("copies").model().rows()
    assert [row.operator for row in rows] == ["Jelena Savić"]


def test_pressing_print_many_times_prints_once(qtbot, opened, papers_folder, gateway, said, until):
    pane = opened(DECEMBER)

    qtbot.mouseDClick(pane.print, Qt.MouseButton.LeftButton)
    pane.print_paper()
    pane.print_paper()

    until(lambda: said)
    assert len(list(papers_folder.iterdir())) == 1
    assert len(copies_of(gateway, DECEMBER)) == 1


def test_another_reason_must_be_named_beside_the_reason(opened, gateway, until):
    pane = opened(APRIL)
    pane.reason.set_value(Reason.OTHER)

    pane.print_paper()

    assert pane.note.error == "Say for what the copy is made."
    assert pane.may_leave
    assert copies_of(gateway, APRIL) == ()


def test_a_saved_copy_says_it_is_one_and_who_made_it(opened, gateway, said, tmp_path, until):
    pane = opened(MARCH)
    pane.reason.set_value(Reason.OTHER)
    pane.note.set_value("za banku")

    pane.save_to(str(tmp_path / "kopija.pdf"))

    until(lambda: said)
    assert said == [f"Copy no. 1 saved: {tmp_path / 'kopija.pdf'}"]
    words = words_of((tmp_path / "kopija.pdf").read_bytes())
    assert "DUPLIKAT" in words
    assert "Jelena Savić" in words
    (copy,) = copies_of(gateway, MARCH)
    assert (copy.note, copy.medium, copy.script) == ("za banku", Medium.SAVED, "latin")


def test_saving_proposes_a_name_made_of_account_and_month(qtbot, section, until):
    qtbot.mouseClick(section.detail.save, Qt.MouseButton.LeftButton)

    until(lambda: section.findChild(QFileDialog) or section.sheet(CopyPane).findChild(QFileDialog))
    dialog = section.sheet(CopyPane).findChild(QFileDialog, "copy.pane.file")
    assert [Path(path).name for path in dialog.selectedFiles()] == ["1000042-2606.pdf"]
    dialog.close()


def test_the_script_that_was_chosen_is_kept_for_the_next_paper(opened, section, desk, until):
    pane = opened(MAY)
    pane.script.set_value(Script.CYRILLIC)
    pane.script.edited.emit()
    until(lambda: pane.may_leave)
    assert "РАЧУН ОБЈЕДИЊЕНЕ НАПЛАТЕ" in words_of(pane.pdf)
    section.sheet(CopyPane).close_sheet()

    again = opened(APRIL)

    assert again.script.value() is Script.CYRILLIC
    assert desk.preferences.get("paper.script") == "cyrillic"


def test_a_copied_copy_can_be_pasted_as_a_document_a_picture_and_a_file(opened, gateway, said, until):
    opened(MAY).copy_paper()

    until(lambda: said == ["Copy no. 1 is on the clipboard."])
    pasted = QApplication.clipboard().mimeData()
    assert bytes(pasted.data("application/pdf").data())[:5] == b"%PDF-"
    assert (QApplication.clipboard().image().width(), QApplication.clipboard().image().height()) == (
        1241,
        1754,
    )
    assert Path(pasted.urls()[0].toLocalFile()).name == "1000042-2605.pdf"
    assert [copy.medium for copy in copies_of(gateway, MAY)] == [Medium.COPIED]


@pytest.mark.qt_log_ignore("This plugin does not support", "Returned false")
def test_a_printer_that_fails_is_told_and_trying_again_prints_the_copy_that_is_on_record(
    opened, gateway, papers_folder, said, until
):
    before = len(copies_of(gateway, APRIL))
    pane = opened(APRIL)
    papers_folder.rmdir()
    pane.print_paper()
    until(lambda: pane.trouble.words)
    assert pane.trouble.words.startswith("The printer does not answer.")
    assert "on record" in pane.trouble.words
    assert pane.may_leave

    papers_folder.mkdir()
    pane.print_paper()

    until(lambda: said == [f"Copy no. {before + 1} printed."])
    assert len(copies_of(gateway, APRIL)) == before + 1
    assert pane.trouble.words == ""


@pytest.mark.qt_log_ignore("This plugin does not support", "Returned false")
def test_a_copy_that_did_not_leave_the_printer_is_the_same_after_the_sheet_was_closed(
    opened, section, gateway, papers_folder, said, until
):
    before = len(copies_of(gateway, MARCH))
    pane = opened(MARCH)
    papers_folder.rmdir()
    pane.print_paper()
    until(lambda: pane.trouble.words)
    section.sheet(CopyPane).close_sheet()
    papers_folder.mkdir()

    opened(MARCH).print_paper()

    until(lambda: said)
    assert len(copies_of(gateway, MARCH)) == before + 1


@pytest.mark.qt_log_ignore("This plugin does not support", "Returned false")
def test_a_copy_for_another_reason_is_another_copy_though_the_first_never_left(
    opened, gateway, papers_folder, said, until
):
    before = len(copies_of(gateway, MARCH))
    pane = opened(MARCH)
    papers_folder.rmdir()
    pane.print_paper()
    until(lambda: pane.trouble.words)
    papers_folder.mkdir()
    pane.reason.set_value(Reason.FOR_COURT)

    pane.print_paper()

    until(lambda: said)
    reasons = [copy.reason for copy in copies_of(gateway, MARCH)]
    assert reasons[: len(reasons) - before] == [Reason.FOR_COURT, Reason.NOT_RECEIVED]


def test_two_copies_that_left_are_two_entries(opened, gateway, said, until):
    before = len(copies_of(gateway, MAY))
    opened(MAY).print_paper()
    until(lambda: len(said) == 1)

    opened(MAY).print_paper()

    until(lambda: len(said) == 2)
    assert len(copies_of(gateway, MAY)) == before + 2


def test_a_file_that_cannot_be_written_is_told_and_trying_again_makes_the_same_copy(
    opened, gateway, said, tmp_path, until
):
    before = len(copies_of(gateway, APRIL))
    pane = opened(APRIL)
    pane.save_to(str(tmp_path / "nowhere" / "kopija.pdf"))
    until(lambda: pane.trouble.words)
    assert "nowhere" in pane.trouble.words

    pane.save_to(str(tmp_path / "kopija.pdf"))

    until(lambda: said)
    assert len(copies_of(gateway, APRIL)) == before + 1


def test_a_note_that_was_typed_is_still_there_when_the_sheet_is_opened_again(opened, section):
    pane = opened(APRIL)
    pane.reason.set_value(Reason.OTHER)
    pane.note.set_value("za banku")
    section.sheet(CopyPane).close_sheet()

    again = opened(APRIL)

    assert (again.reason.value(), again.note.value()) == (Reason.OTHER, "za banku")


def test_without_a_visit_no_copy_is_registered_and_none_leaves(opened, gateway, papers_folder, caplog, until):
    pane = opened(JUNE)
    gateway.act(partial(visits.close_account, ident=PAYER), key=uuid4())

    pane.print_paper()

    until(lambda: pane.trouble.words)
    assert pane.trouble.words
    assert "on record" not in pane.trouble.words
    assert list(papers_folder.iterdir()) == []
    caplog.clear()  # a right that was missing is logged


def test_a_workstation_without_a_printer_says_so_and_offers_to_save(opened, gateway, desk, until):
    PrintProfiles(desk.settings).keep("copy", PrintProfile(""))
    pane = opened(APRIL)
    before = len(copies_of(gateway, APRIL))

    pane.print_paper()

    assert pane.trouble.words.startswith("No printer is set up")
    assert not pane.print.isEnabled()
    assert pane.print.toolTip().startswith("No printer is set up")
    assert pane.save.isEnabled()
    assert len(copies_of(gateway, APRIL)) == before


def test_a_slip_asks_for_the_amount_of_the_day_and_is_not_registered(
    opened, gateway, papers_folder, said, until
):
    before = len(copies_of(gateway, JUNE))
    pane = opened(JUNE, SlipPane)
    assert "NALOG ZA UPLATU" in words_of(pane.pdf)

    pane.print_paper()

    until(lambda: said == ["The slip is printed."])
    (printed,) = papers_folder.iterdir()
    assert len(codes_drawn(printed.read_bytes(), most_pages=1)) == 1
    assert len(copies_of(gateway, JUNE)) == before


def test_the_copy_waits_for_the_month_that_was_just_gone_to(section, until):
    section.go_to(DECEMBER)
    section.print_copy()

    until(lambda: section.sheets and section.sheet(CopyPane).pane.may_leave)
    assert section.sheet(CopyPane).pane.period == DECEMBER


def test_a_paper_is_dated_by_the_servers_day(opened):
    assert opened(JUNE).wanted().now.date() == date(2026, 7, 10)


def test_the_reason_comes_first_for_the_keyboard(opened):
    pane = opened(JUNE)

    assert pane.window().focusWidget() is pane.reason.editor
