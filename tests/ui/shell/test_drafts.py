"""What was typed and not saved, on disk."""

import os

from ui.kit.drafts import Draft


def test_a_draft_comes_back_to_the_same_person_form_and_account(tmp_path):
    Draft(tmp_path, login="ana", form="note", ident=1000042).keep({"text": "half a sentence"})

    assert Draft(tmp_path, login="ana", form="note", ident=1000042).read() == {"text": "half a sentence"}
    assert Draft(tmp_path, login="boban", form="note", ident=1000042).read() == {}
    assert Draft(tmp_path, login="ana", form="delivery", ident=1000042).read() == {}
    assert Draft(tmp_path, login="ana", form="note", ident=1000043).read() == {}


def test_only_its_owner_can_read_a_draft(tmp_path):
    folder = tmp_path / "drafts"
    Draft(folder, login="ana", form="note", ident=1).keep({"text": "x"})

    if os.name == "posix":
        assert [file.stat().st_mode & 0o077 for file in folder.iterdir()] == [0]
        assert folder.stat().st_mode & 0o077 == 0


def test_a_dropped_draft_leaves_nothing(tmp_path):
    draft = Draft(tmp_path, login="ana", form="note", ident=1)
    draft.keep({"text": "x"})

    draft.drop()

    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_is_no_draft(tmp_path):
    draft = Draft(tmp_path, login="ana", form="note", ident=1)
    draft.keep({"text": "x"})
    for file in tmp_path.iterdir():
        file.write_text("{", encoding="utf-8")

    assert draft.read() == {}
