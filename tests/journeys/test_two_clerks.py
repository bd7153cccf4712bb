"""Two clerks at one record: the second sees what the first changed, and keeps their own text."""

from tests.robots.stage import CLERK, FIRM, OTHER_CLERK


def test_the_second_to_save_is_told_what_was_changed_and_keeps_what_was_typed(stage):
    first, second = stage.opens(), stage.opens()
    first.signs_in(CLERK)
    second.signs_in(OTHER_CLERK)
    for someone in (first, second):
        someone.opens(FIRM)
        someone.sees_bill("/2026")
        someone.runs("account.delivery")
        someone.until(lambda someone=someone: someone.is_seen("delivery"), "the form did not open")
        someone.widget("delivery.by_email").setChecked(True)
        someone.until(
            lambda someone=someone: someone.widget("delivery.email.editor").isEnabled(), "no address"
        )

    _types_address(first, "first@example.com")
    first.presses("Ctrl+S")
    first.hears("first@example.com")
    _types_address(second, "second@example.com")
    second.presses("Ctrl+S")

    second.until(lambda: "Jelena Nikolić" in second.reads("delivery.notice.words"), "no conflict")
    assert "first@example.com" in second.reads("delivery.notice.words")
    assert second.reads("delivery.email.editor") == "second@example.com"

    second.until(lambda: second.widget("delivery.save").isEnabled(), "what is stored now was not read")
    second.presses("Ctrl+S")
    second.hears("second@example.com")
    assert stage.one(f"SELECT email FROM delivery WHERE ident = {FIRM}") == "second@example.com"


def _types_address(clerk, address):
    field = clerk.widget("delivery.email.editor")
    clerk.comes_forward()
    field.setFocus()
    field.selectAll()
    clerk.types(address)
