"""Locking the desk: nothing can be read or reached, and nothing is lost."""

from tests.robots.stage import ANA, CLERK, MILAN


def test_a_lock_hides_everything_and_loses_nothing(clerk):
    clerk.opens(MILAN)
    clerk.opens(ANA)
    clerk.presses("N")
    clerk.types("half a sen")

    clerk.locks()
    assert not clerk.is_seen("desk")
    clerk.unlocks()

    clerk.types("tence")
    assert clerk.reads("note.text.editor") == "half a sentence"
    assert clerk.desk.tabs.idents == [int(MILAN), int(ANA)]


def test_no_key_gets_through_a_lock(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.locks()

    for keys in ("N", "Ctrl+K", "Ctrl+P", "Alt+3", "Ctrl+W", "F1", "Ctrl+O", "Ctrl+Shift+C"):
        clerk.presses(keys)

    assert clerk.window.is_locked
    assert not clerk.is_seen("note")
    assert not clerk.is_seen("keys")
    assert clerk.desk.tabs.idents == [int(ANA)]
    clerk.widget("lock.password").clear()
    clerk.unlocks()
    assert not clerk.is_seen("note")
    assert not clerk.is_seen("copy")


def test_a_wrong_password_keeps_the_desk_locked(clerk):
    clerk.locks()

    clerk.types("wrong\n")

    assert clerk.window.is_locked
    assert "not the password" in clerk.reads("lock.refusal")
    clerk.unlocks()


def test_a_desk_left_alone_locks_itself(clerk):
    clerk.opens(ANA)

    clerk.user_session.idle.idled.emit()

    assert clerk.window.is_locked


def test_a_scanner_pulled_before_a_locked_desk_opens_nothing(clerk):
    clerk.locks()

    clerk.types("K:PR|V:01|C:1|R:845000000040484987|N:X|RO:970512345672606")

    assert clerk.window.is_locked
    assert clerk.desk.tabs.idents == []


def test_somebody_else_can_sign_in_at_a_locked_desk(clerk):
    clerk.opens(ANA)
    clerk.locks()

    clerk.clicks("lock.leave")

    clerk.until(lambda: clerk.window.sign_in.isVisible(), "the sign-in screen did not come")
    clerk.signs_in("dragan.stojkovic")
    assert clerk.desk.tabs.idents == []


def test_a_note_that_was_not_saved_comes_back_after_the_program_was_closed(clerk, stage):
    clerk.opens(ANA)
    clerk.presses("N")
    clerk.types("not saved yet")
    workstation = clerk.program.workstation
    stage.closes(clerk)

    again = stage.returns_to(workstation)
    again.signs_in(CLERK)
    again.opens(ANA)
    again.sees_bill("/2026")
    again.presses("N")

    assert again.reads("note.text.editor") == "not saved yet"
