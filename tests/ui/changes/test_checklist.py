"""The checklist of papers: what is asked for, what is here, and what may not come in."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from app.domain.changes import ChecklistPaper, Need, PaperKind
from app.domain.papers import Unreadable, sniff
from app.usecases.changes import PaperRow
from ui.changes import paper_intake
from ui.changes.checklist import Checklist
from ui.changes.form_words import intake_words
from ui.changes.paper_intake import FileNotAllowed, FileUnreadable, encode_picture, read_scan

TITLE = ChecklistPaper(PaperKind.TITLE, must_see_original=True, is_one_of=("sale_contract", "gift_contract"))
REQUEST = ChecklistPaper(PaperKind.REQUEST)
CARD = ChecklistPaper(PaperKind.IDENTITY_CARD, must_see_original=True, must_identify=True)
ORDER = ChecklistPaper(PaperKind.PROVIDER_ORDER, Need.OPTIONAL)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def stored(
    kind: PaperKind,
    *,
    size: int = 1000,
    is_seen: bool = False,
    paper_id: int = 7_000_000_001,
    number: str = "",
) -> PaperRow:
    return PaperRow(
        id=paper_id,
        kind=kind,
        act="",
        file_name="ugovor.pdf" if size else "",
        content_type="application/pdf" if size else "",
        size=size,
        sha256="",
        is_original_seen=is_seen,
        original_seen_by="Jelena Savić" if is_seen else "",
        original_seen_at=NOW if is_seen else None,
        added_by="Jelena Savić",
        added_at=NOW,
        number=number,
    )


@pytest.fixture
def checklist(qtbot):
    made = Checklist(None)
    qtbot.addWidget(made)
    made.show_asked([REQUEST, TITLE, ORDER])
    with qtbot.waitExposed(made):
        made.show()
    return made


def state(checklist: Checklist, kind: PaperKind) -> str:
    return checklist.boxes[kind].state.text()


def test_each_paper_says_what_it_still_needs(checklist):
    assert state(checklist, PaperKind.REQUEST) == "needed"
    assert state(checklist, PaperKind.TITLE) == "original needed"
    assert state(checklist, PaperKind.PROVIDER_ORDER) == "if there is one"


def test_a_scan_is_not_enough_where_the_original_must_be_seen(checklist):
    checklist.show_stored([stored(PaperKind.TITLE), stored(PaperKind.REQUEST)])

    assert state(checklist, PaperKind.REQUEST) == "here"
    assert state(checklist, PaperKind.TITLE) == "original to be seen"
    checklist.show_stored([stored(PaperKind.TITLE, is_seen=True)])
    assert state(checklist, PaperKind.TITLE) == "here"
    assert "Jelena Savić" in checklist.boxes[PaperKind.TITLE].seen.toolTip()


def test_space_says_that_the_original_was_seen(qtbot, checklist):
    box = checklist.boxes[PaperKind.TITLE]

    with qtbot.waitSignal(checklist.seen_asked) as told:
        qtbot.keyClick(box.seen, Qt.Key.Key_Space)

    assert told.args == [PaperKind.TITLE, True]


def test_a_card_that_was_seen_counts_by_its_number(qtbot, checklist):
    checklist.show_asked([CARD])
    box = checklist.boxes[PaperKind.IDENTITY_CARD]
    checklist.show_stored([stored(PaperKind.IDENTITY_CARD, size=0, is_seen=True)])
    assert state(checklist, PaperKind.IDENTITY_CARD) == "number or scan needed"
    checklist.show_stored([])
    assert checklist.number_of(PaperKind.IDENTITY_CARD, otherwise="001234567") == "001234567"

    qtbot.keyClicks(box.number, "007654321")
    with qtbot.waitSignal(checklist.seen_asked) as told:
        qtbot.keyClick(box.number, Qt.Key.Key_Return)

    assert told.args == [PaperKind.IDENTITY_CARD, True]
    assert checklist.number_of(PaperKind.IDENTITY_CARD, otherwise="001234567") == "007654321"
    checklist.show_stored([stored(PaperKind.IDENTITY_CARD, size=0, is_seen=True, number="007654321")])
    assert state(checklist, PaperKind.IDENTITY_CARD) == "here"
    assert box.number.isReadOnly()


def test_where_no_number_is_asked_none_is_taken(checklist):
    assert not checklist.boxes[PaperKind.REQUEST].number.isVisible()
    assert checklist.number_of(PaperKind.REQUEST, otherwise="001234567") == ""


def test_an_id_of_any_size_finds_its_paper(qtbot, checklist):
    checklist.show_stored([stored(PaperKind.TITLE)])
    view = checklist.boxes[PaperKind.TITLE].findChild(object, "change.paper.title.7000000001.view")

    with qtbot.waitSignal(checklist.viewed) as told:
        view.click()

    assert told.args[0] == 7_000_000_001


def test_ctrl_v_brings_what_is_on_the_clipboard(qtbot, checklist, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "ugovor.pdf"))])
    QApplication.clipboard().setMimeData(data)

    with qtbot.waitSignal(checklist.brought) as told:
        qtbot.keyClick(
            checklist.boxes[PaperKind.REQUEST].attach, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier
        )

    assert told.args[0] is PaperKind.REQUEST
    assert paper_intake.local_paths(told.args[1]) == [str(tmp_path / "ugovor.pdf")]


def test_papers_that_are_asked_for_still_keep_what_was_chosen_in_them(checklist):
    checklist.boxes[PaperKind.TITLE].act.set_value("gift_contract")

    checklist.show_asked([TITLE])

    assert list(checklist.boxes) == [PaperKind.TITLE]
    assert checklist.act_of(PaperKind.TITLE) == "gift_contract"


def test_a_file_is_what_it_holds_and_not_what_it_is_called(tmp_path):
    program = tmp_path / "potvrda.pdf"
    program.write_bytes(b"\x7fELF")
    paper = tmp_path / "potvrda.exe"
    paper.write_bytes(b"%PDF-1.7\n")

    with pytest.raises(FileNotAllowed):
        read_scan(path=str(program))
    assert read_scan(path=str(paper)).content == b"%PDF-1.7\n"


def test_a_photograph_of_any_telephone_is_attached_as_one_that_everybody_can_see(tmp_path):
    photograph = tmp_path / "IMG_0042.HEIC"
    photograph.write_bytes((Path(__file__).parents[2] / "documents" / "files" / "form.heic").read_bytes())

    scan = read_scan(path=str(photograph))

    assert (scan.file_name, scan.content[:3]) == ("IMG_0042.jpg", b"\xff\xd8\xff")


def test_a_photograph_that_cannot_be_opened_is_refused_in_words(tmp_path):
    photograph = tmp_path / "IMG_0042.HEIC"
    photograph.write_bytes(b"\0\0\0\x1cftypheic" + bytes(40))

    with pytest.raises(Unreadable) as refused:
        read_scan(path=str(photograph))
    assert intake_words(refused.value) == "This file cannot be read: it is damaged. Nothing was kept of it."


def test_a_file_that_is_gone_is_refused(tmp_path):
    with pytest.raises(FileUnreadable):
        read_scan(path=str(tmp_path / "nothing.pdf"))


def test_a_pasted_picture_becomes_a_file(qapp):
    picture = QImage(20, 10, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))

    scan = encode_picture(picture=picture, name="lična karta.png")

    assert sniff(scan.content) == "image/png"
    assert scan.file_name.endswith(".png")
