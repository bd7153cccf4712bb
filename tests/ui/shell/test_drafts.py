"""Drafts survive, but only for whoever typed them, on the form and account they were typed into."""

import os
from collections.abc import Iterator
from pathlib import Path

import keyring.backends.fail
import pytest

from tests.robots.keyrings import MemoryKeyring, own_keyring
from ui.kit.drafts import Draft, forget_old, forget_plain
from ui.shell.local import Workstation

JMBG = "0101990715003"


@pytest.fixture(autouse=True)
def ring() -> Iterator[MemoryKeyring]:
    with own_keyring() as made:
        yield made


@pytest.fixture
def no_ring(ring: MemoryKeyring) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())


def draft(folder: Path, *, login: str = "ana", form: str = "note", ident: int = 1000042) -> Draft:
    return Draft(folder, login=login, form=form, ident=ident)


def contents(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_draft_comes_back_to_whoever_typed_it_into_that_form_of_that_account(tmp_path):
    draft(tmp_path).keep({"text": "half a sentence"})

    assert draft(tmp_path).read() == {"text": "half a sentence"}
    assert draft(tmp_path, login="boban").read() == {}
    assert draft(tmp_path, form="delivery").read() == {}
    assert draft(tmp_path, ident=1000043).read() == {}


def test_a_personal_number_in_a_draft_cannot_be_read_off_the_disk(tmp_path):
    draft(tmp_path).keep({"jmbg": JMBG})

    assert JMBG.encode() not in contents(tmp_path)
    assert draft(tmp_path).read() == {"jmbg": JMBG}


def test_a_draft_opens_with_the_keyring_of_its_person_only(tmp_path, ring):
    draft(tmp_path).keep({"jmbg": JMBG})

    with own_keyring():
        assert draft(tmp_path).read() == {}
    assert draft(tmp_path).read() == {"jmbg": JMBG}
    assert [service for service, _login in ring.kept] == ["salter drafts"]


def test_a_draft_put_in_the_place_of_another_is_none(tmp_path):
    draft(tmp_path, ident=1000042).keep({"jmbg": JMBG})
    (kept,) = tmp_path.iterdir()
    kept.rename(tmp_path / kept.name.replace("1000042", "1000043"))

    assert draft(tmp_path, ident=1000043).read() == {}


def test_a_draft_that_was_kept_plain_is_locked_with_the_next_letter(tmp_path, ring):
    keyring.set_keyring(keyring.backends.fail.Keyring())
    draft(tmp_path).keep({"jmbg": JMBG})
    keyring.set_keyring(ring)

    assert draft(tmp_path).read() == {"jmbg": JMBG}
    draft(tmp_path).keep({"jmbg": JMBG, "text": "x"})

    assert JMBG.encode() not in contents(tmp_path)


@pytest.mark.usefixtures("no_ring")
def test_without_a_keyring_a_draft_is_gone_when_its_person_signs_out(tmp_path):
    draft(tmp_path).keep({"jmbg": JMBG})
    draft(tmp_path, login="boban").keep({"text": "of somebody else"})
    assert draft(tmp_path).read() == {"jmbg": JMBG}

    forget_plain(tmp_path, login="ana")

    assert draft(tmp_path).read() == {}
    assert draft(tmp_path, login="boban").read() == {"text": "of somebody else"}


def test_signing_out_leaves_what_is_locked(tmp_path):
    draft(tmp_path).keep({"text": "x"})

    forget_plain(tmp_path, login="ana")

    assert draft(tmp_path).read() == {"text": "x"}


def test_what_nobody_typed_into_for_days_is_thrown_away(tmp_path):
    draft(tmp_path, ident=1).keep({"text": "old"})
    draft(tmp_path, ident=2).keep({"text": "new"})
    (old,) = tmp_path.glob("*0000001*")
    os.utime(old, (0, old.stat().st_mtime - 15 * 86_400))

    forget_old(tmp_path, days=14)

    assert draft(tmp_path, ident=1).read() == {}
    assert draft(tmp_path, ident=2).read() == {"text": "new"}


def test_a_workstation_says_for_how_many_days(tmp_path):
    station = Workstation(tmp_path)
    assert station.draft_days == 14
    draft(station.drafts).keep({"text": "x"})
    (kept,) = station.drafts.iterdir()
    os.utime(kept, (0, kept.stat().st_mtime - 3 * 86_400))
    (tmp_path / "workstation.ini").write_text("[General]\ndraft_days=2\n", encoding="utf-8")

    assert Workstation(tmp_path).draft_days == 2
    assert list(station.drafts.iterdir()) == []


def test_only_its_owner_can_read_a_draft_also_in_a_folder_that_was_open(tmp_path):
    folder = tmp_path / "drafts"
    folder.mkdir()
    folder.chmod(0o755)

    draft(folder).keep({"text": "x"})

    if os.name == "posix":
        assert [file.stat().st_mode & 0o077 for file in folder.iterdir()] == [0]
        assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("has_ring", [True, False])
def test_a_dropped_draft_leaves_nothing(tmp_path, has_ring):
    if not has_ring:
        keyring.set_keyring(keyring.backends.fail.Keyring())
    draft(tmp_path).keep({"text": "x"})

    draft(tmp_path).drop()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("broken", [b"{", b"", b"x" * 40, b"[1]"])
def test_a_broken_file_is_no_draft(tmp_path, broken):
    draft(tmp_path).keep({"text": "x"})
    for file in tmp_path.iterdir():
        file.write_bytes(broken)

    assert draft(tmp_path).read() == {}
