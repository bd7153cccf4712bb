"""An agent on the telephone: somebody impatient on the line, and nothing told before they are verified."""

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTabBar

from tests.robots.stage import ANA, FIRM, MILAN
from ui.desk.places import AccountSection


def test_nothing_of_an_account_is_told_before_the_caller_is_verified(agent):
    agent.opens(ANA)

    agent.until(lambda: agent.is_seen("verify"), "the strip did not come")
    assert agent.reads("account.sum.total.amount") == "•••"
    assert not agent.is_seen("bills")
    assert not agent.is_seen("account.sections")
    assert "Verify the caller first" in agent.reads("account.undisclosed.title")


def test_two_data_that_agree_disclose_the_account(agent, stage):
    agent.opens(ANA)
    agent.until(lambda: agent.is_seen("verify.email"), "e-mail is not asked")

    agent.verifies_by("name", email="ana.petrovic@example.com")

    agent.sees_bill("/2026")
    assert agent.reads("account.verified") == "caller verified"
    assert agent.reads("account.sum.total.amount") != "•••"
    checked = (
        "SELECT detail->'checks'->>'email' FROM read_log WHERE kind = 'verification' ORDER BY id DESC LIMIT 1"
    )
    assert stage.one(checked) == "true"


def test_a_wrong_answer_is_shown_beside_the_field_and_kept_out(agent):
    agent.opens("1234567")
    agent.until(lambda: agent.is_seen("verify.jmbg_last4"), "the JMBG is not asked")

    agent.verifies_by("name", jmbg="0000")

    agent.until(lambda: "last four digits of the JMBG" in agent.reads("verify.outcome"), "nobody said so")
    assert "attempt" in agent.reads("verify.outcome")
    assert agent.widget("verify.jmbg_last4").hasFocus()
    assert agent.reads("account.sum.total.amount") == "•••"


def test_nothing_that_is_asked_stands_on_the_screen_that_asks(agent, stage):
    agent.opens(ANA)
    agent.until(lambda: agent.is_seen("verify.email"), "the strip did not come")

    kinds = (QLabel, QLineEdit, QAbstractButton)
    things = [thing for kind in kinds for thing in agent.window.findChildren(kind) if thing.isVisible()]
    tabs = [bar.tabText(place) for bar in agent.window.findChildren(QTabBar) for place in range(bar.count())]
    shown = " ".join([*(thing.text() for thing in things), *tabs])
    assert "Petrović Ana" in shown
    last4 = stage.one(f"SELECT right(jmbg, 4) FROM holder WHERE ident = {ANA} AND valid_to IS NULL")
    on_file = stage.one(
        f"SELECT string_agg(value || ' ' || normalized, ' ') FROM contact WHERE ident = {ANA}"
    )
    paid = stage.one(f"SELECT to_char(max(received_on), 'DD.MM.YYYY.') FROM payment WHERE ident = {ANA}")
    assert [secret for secret in (last4, *on_file.split(), paid) if secret in shown] == []


def test_what_the_agent_ticks_is_not_enough_to_ask_with(agent):
    agent.opens(ANA)
    agent.until(lambda: agent.is_seen("verify.jmbg_last4"), "the strip did not come")

    for datum in ("ident", "name", "address"):
        agent.widget(f"verify.{datum}").setChecked(True)
        assert not agent.widget("verify.send").isEnabled()

    agent.widget("verify.jmbg_last4").setText("0000")
    assert agent.widget("verify.send").isEnabled()


def test_a_caller_is_verified_by_keyboard_alone(agent, stage):
    last4 = stage.one(f"SELECT right(jmbg, 4) FROM holder WHERE ident = {ANA} AND valid_to IS NULL")
    agent.opens(ANA)
    agent.until(lambda: agent.is_seen("verify.jmbg_last4"), "the strip did not come")
    agent.until(lambda: agent.widget("verify.ident").hasFocus(), "the strip has no cursor")

    agent.presses("Space")
    for _ in range(3):
        agent.presses("Tab")
    agent.types(last4)
    agent.presses("Return")

    agent.sees_bill("/2026")


def test_the_last_payment_verifies_whoever_has_made_it(agent, stage):
    amount, day = stage.one(
        f"SELECT ARRAY[amount::text, to_char(received_on, 'DD.MM.YYYY')] FROM payment WHERE ident = {MILAN}"
        " AND channel <> 'credit' ORDER BY received_on DESC, id DESC LIMIT 1"
    )
    agent.opens(MILAN)
    agent.until(lambda: agent.is_seen("verify.payment"), "the strip did not come")
    agent.widget("verify.name").setChecked(True)

    agent.widget("verify.payment").setText(amount)
    assert not agent.widget("verify.send").isEnabled()
    agent.widget("verify.payment_day").setText(day)
    agent.clicks("verify.send")

    agent.sees_bill("/2026")


def test_who_has_nothing_on_file_is_asked_to_the_counter(agent, stage):
    stage.run(f"UPDATE contact SET ended_on = since WHERE ident = {FIRM}")
    stage.run(f"SET session_replication_role = replica; DELETE FROM payment WHERE ident = {FIRM}")

    agent.opens(FIRM)

    agent.until(lambda: "identity card" in agent.reads("verify.outcome"), "nobody said so")
    assert not agent.is_seen("verify.jmbg_last4")
    agent.widget("verify.name").setChecked(True)
    agent.widget("verify.address").setChecked(True)
    assert not agent.widget("verify.send").isEnabled()


def test_a_call_is_found_verified_explained_and_noted(agent):
    agent.opens("064 123 4567")
    agent.verifies_by("name", phone="064 123 4567")
    agent.sees_bill("/2026")
    assert agent.is_seen("bills.why")

    agent.writes_note("asked why it is higher; heating")

    agent.hears("Note saved.")
    agent.goes_to(AccountSection.TIMELINE)
    noted = [row for row in agent.rows_of("timeline.table") if row[1] == "call note"]
    assert "heating" in noted[0][2]
    assert noted[0][-1] == "Ana Petrović"


def test_an_agent_switches_bills_by_email_on(agent, stage):
    agent.opens(ANA)
    agent.verifies_by("address", email="ana.petrovic@example.com")
    agent.sees_bill("/2026")

    agent.clicks("account.alerts.email_bills_off.action")
    agent.until(lambda: agent.is_seen("delivery"), "the form did not open")
    agent.widget("delivery.by_email").setChecked(True)
    agent.presses("Ctrl+S")

    agent.hears("ana.petrovic@example.com")
    assert stage.one(f"SELECT by_email FROM delivery WHERE ident = {ANA}") is True
    agent.until(lambda: not agent.is_seen("account.alerts.email_bills_off"), "the alert stayed")
