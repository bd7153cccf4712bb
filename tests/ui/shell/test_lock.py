"""What a lock knows of a password."""

from ui.shell.lock import KnownPassword


def test_the_password_is_recognized_and_no_other_is():
    known = KnownPassword("Šta god!")

    assert known.matches("Šta god!")
    assert not known.matches("šta god!")
    assert not known.matches("")


def test_the_password_itself_is_not_kept():
    known = KnownPassword("a-secret-of-mine")

    assert b"a-secret-of-mine" not in b"".join(
        value if isinstance(value, bytes) else str(value).encode() for value in vars(known).values()
    )
