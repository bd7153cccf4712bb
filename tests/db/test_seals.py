"""Sealing a database: the page, what verifies it, and the keys."""

import os
import re
import stat
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from db import cli
from tests.db.sealing import check, live_a_day, sealed
from tests.db.tampering import damage

PASSPHRASE = "hlebrakijaiso"


# -- what stands -----------------------------------------------------------------------------------


def test_what_was_sealed_stands_as_long_as_nobody_touched_it(lived_in, seal, keys, capsys):
    page = seal(lived_in)

    assert check(lived_in, page, keys) == 0
    said = capsys.readouterr().out
    assert "ok    seal" in said
    assert "ok    months" in said


def test_an_older_seal_stands_however_much_was_done_since(lived_in, seal, keys):
    page = seal(lived_in)
    live_a_day(lived_in)

    assert check(lived_in, page, keys) == 0


def test_a_seal_tells_what_stood_when_it_was_made(lived_in, seal, keys):
    found = sealed(seal(lived_in))

    with psycopg.connect(lived_in.url) as session:
        joint = session.execute("SELECT joint_no, encode(hash, 'hex') FROM chain_joint").fetchone()
        months = session.execute(
            "SELECT count(*) FROM chain_joint, jsonb_each(content -> 'months')"
        ).fetchone()
        heads = session.execute("SELECT count(*) FROM chain_head WHERE log <> 'chain_joint'").fetchone()
    assert found.joint is not None
    assert (found.joint.number, found.joint.hash) == joint
    assert months is not None
    assert (len({month.month for month in found.months}),) == months
    assert months > (10,)
    assert (len(found.heads),) == heads
    assert {head.log for head in found.heads} == {"audit_log", "read_log"}


# -- what is no seal of this database --------------------------------------------------------------


def test_a_seal_of_another_database_is_refused_by_both_names(lived_in, seal, keys, capsys):
    page = seal(lived_in)
    damage(lived_in, "UPDATE installation SET id = '00000000-0000-4000-8000-000000000000'")

    assert check(lived_in, page, keys) == 2
    said = capsys.readouterr().err
    assert f"the seal is of the database {lived_in.name} ({sealed(page).database_id})" in said
    assert "(00000000-0000-4000-8000-000000000000)" in said


def test_a_database_set_up_is_like_no_other(cluster, capsys):
    found = []
    for name in ("seal_one", "seal_other"):
        cluster.drop_database(name)
        assert cli.main(["--url", cluster.url_for(name), "init"]) == 0
        with psycopg.connect(cluster.url_for(name)) as session:
            found += session.execute("SELECT id FROM installation").fetchall()
        cluster.drop_database(name)

    assert len(set(found)) == 2


def test_which_database_it_is_nobody_alters(database):
    with psycopg.connect(database.url, autocommit=True) as owner:
        for statement in (
            "UPDATE installation SET id = gen_random_uuid()",
            "DELETE FROM installation",
            "TRUNCATE installation",
        ):
            with pytest.raises(psycopg.Error, match="row_immutable"):
                owner.execute(statement)
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO installation DEFAULT VALUES")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"head read_log 3", "head read_log 2"),
        (r"head audit_log .*\n", ""),
        (r"joint 1 [0-9a-f]*\n", ""),
        (r"month 2026-0[1-9].*\n", ""),
        (r"sealed 20", "sealed 19"),
    ],
)
def test_what_was_changed_on_the_page_is_not_what_was_signed(lived_in, seal, keys, capsys, before, after):
    page = seal(lived_in)
    changed = re.sub(before, after, page.read_text("utf-8"))
    assert changed != page.read_text("utf-8")
    page.write_text(changed, "utf-8")

    assert check(lived_in, page, keys) == 2
    assert "not what was signed" in capsys.readouterr().err


def test_a_page_sent_by_another_system_is_verified_all_the_same(lived_in, seal, keys):
    page = seal(lived_in)
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))

    assert check(lived_in, page, keys) == 0


def test_a_seal_by_another_key_is_told_from_a_forged_one(lived_in, seal, tmp_path, capsys):
    page = seal(lived_in)
    assert cli.main(["seal-key", str(tmp_path / "other"), "--no-passphrase"]) == 0
    capsys.readouterr()

    assert check(lived_in, page, tmp_path / "other") == 2
    assert f"the seal was signed with the key {sealed(page).key}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no seal, or not whole: line 1"),
        ("Salter seal 1\nkey x\nsignature " + 128 * "0", "no seal, or not whole: line 2"),
        ("Salter seal 7\n", "a seal of version 7"),
        (None, "is not there, or is no text"),
    ],
)
def test_what_is_no_seal_is_said_so(lived_in, keys, tmp_path, capsys, content, said):
    page = tmp_path / "page"
    if content is not None:
        page.write_text(content, "utf-8")

    assert check(lived_in, page, keys) == 2
    assert said in capsys.readouterr().err


def test_a_seal_without_a_key_to_verify_it_proves_nothing(lived_in, seal, capsys):
    page = seal(lived_in)

    assert cli.main(["--url", lived_in.url, "check", "--seal", str(page)]) == 2
    assert "go together" in capsys.readouterr().err


# -- sealing ---------------------------------------------------------------------------------------


def test_what_does_not_hold_is_sealed_only_when_somebody_insists_and_the_page_says_so(
    lived_in, keys, tmp_path, capsys
):
    damage(lived_in, "UPDATE audit_log SET new_row = '{}' WHERE table_name = 'account'")
    page = tmp_path / "page"
    sealing = ["--url", lived_in.url, "seal", "--key", str(keys), "--to", str(page)]

    assert cli.main(sealing) == 1
    assert "not sealed" in capsys.readouterr().err
    assert not page.exists()
    assert cli.main([*sealing, "--anyway"]) == 1
    assert sealed(page).found == ("chains: broken link in a log (3)",)


def test_a_seal_is_not_written_over(lived_in, seal, keys, capsys):
    page = seal(lived_in)
    before = page.read_bytes()

    assert cli.main(["--url", lived_in.url, "seal", "--key", str(keys), "--to", str(page)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert page.read_bytes() == before


def test_whoever_keeps_the_key_on_the_server_is_told_what_that_is_worth(lived_in, seal, capsys):
    seal(lived_in)

    assert "seals nothing against its superuser" in capsys.readouterr().err


def test_nobody_of_the_desk_seals(lived_in, keys, tmp_path, capsys):
    with psycopg.connect(lived_in.url, autocommit=True) as owner:
        owner.execute("CREATE ROLE seal_somebody LOGIN PASSWORD 'x' IN ROLE desk_admin")
    page = tmp_path / "page"
    try:
        url = lived_in.url_for("seal_somebody", password="x")
        assert cli.main(["--url", url, "seal", "--key", str(keys), "--to", str(page)]) == 2
    finally:
        with psycopg.connect(lived_in.url, autocommit=True) as owner:
            owner.execute("DROP ROLE seal_somebody")
    assert "not enough rights" in capsys.readouterr().err
    assert not page.exists()


# -- keys ------------------------------------------------------------------------------------------


@pytest.fixture
def locked_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSPHRASE)
    assert cli.main(["seal-key", str(tmp_path / "locked")]) == 0
    return tmp_path / "locked"


def test_the_signing_key_is_its_owner_s_alone_and_the_other_everybody_s(locked_key):
    modes = [stat.S_IMODE(Path(path).stat().st_mode) for path in (locked_key, f"{locked_key}.pub")]

    assert modes[0] == 0o600
    assert modes[1] & 0o133 == 0
    assert "ENCRYPTED PRIVATE KEY" in locked_key.read_text("ascii")
    assert "PRIVATE" not in Path(f"{locked_key}.pub").read_text("ascii")


def test_the_mode_of_a_key_does_not_hang_on_the_mask_of_whoever_makes_it(tmp_path):
    mask = os.umask(0)
    try:
        assert cli.main(["seal-key", str(tmp_path / "key"), "--no-passphrase"]) == 0
    finally:
        os.umask(mask)

    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_locked_key_seals_for_whoever_knows_its_passphrase(
    lived_in, locked_key, tmp_path, monkeypatch, capsys
):
    sealing = ["--url", lived_in.url, "seal", "--key", str(locked_key), "--to", str(tmp_path / "page")]

    assert cli.main(sealing) == 0
    assert check(lived_in, tmp_path / "page", locked_key) == 0
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "guessed")
    assert cli.main([*sealing[:-1], str(tmp_path / "another")]) == 2
    assert "the passphrase is another" in capsys.readouterr().err


def test_a_key_that_others_may_read_seals_nothing(lived_in, keys, tmp_path, capsys):
    keys.chmod(0o640)

    assert cli.main(["--url", lived_in.url, "seal", "--key", str(keys), "--to", str(tmp_path / "page")]) == 2
    assert "others may read" in capsys.readouterr().err


@pytest.mark.parametrize("taken", ["key", "key.pub"])
def test_no_key_is_written_over(tmp_path, capsys, taken):
    (tmp_path / taken).write_text("kept", "utf-8")

    assert cli.main(["seal-key", str(tmp_path / "key"), "--no-passphrase"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / taken).read_text("utf-8") == "kept"
    assert [path.name for path in tmp_path.iterdir()] == [taken]


def test_a_key_of_another_kind_seals_nothing(lived_in, tmp_path, capsys):
    other = generate_private_key(public_exponent=65537, key_size=2048)
    path = tmp_path / "rsa"
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path.chmod(0o600)

    assert cli.main(["--url", lived_in.url, "seal", "--key", str(path), "--to", str(tmp_path / "page")]) == 2
    assert "no key of that kind" in capsys.readouterr().err


@pytest.mark.parametrize(("typed", "said"), [(["one", "other"], "differ"), (["", ""], "is empty")])
def test_a_passphrase_mistyped_makes_no_key(tmp_path, monkeypatch, capsys, typed, said):
    answers = iter(typed)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))

    assert cli.main(["seal-key", str(tmp_path / "key")]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
