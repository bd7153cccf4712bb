"""An agent on the telephone: somebody impatient on the line, and nothing told before they are verified."""

from tests.robots.stage import ANA
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

    agent.until(lambda: "does not agree" in agent.reads("verify.outcome"), "nobody said so")
    assert "attempt" in agent.reads("verify.outcome")
    assert agent.widget("verify.jmbg_last4").hasFocus()
    assert agent.reads("account.sum.total.amount") == "•••"


def test_one_datum_is_not_enough_to_ask_with(agent):
    agent.opens("1000773")
    agent.until(lambda: agent.is_seen("verify.send"), "the strip did not come")

    agent.widget("verify.name").setChecked(True)

    assert not agent.widget("verify.send").isEnabled()


def test_a_call_is_found_verified_explained_and_noted(agent):
    agent.opens("064 123 4567")
    agent.verifies_by("address", "name")
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
    agent.verifies_by("address", "name")
    agent.sees_bill("/2026")

    agent.clicks("account.alerts.email_bills_off.action")
    agent.until(lambda: agent.is_seen("delivery"), "the form did not open")
    agent.widget("delivery.by_email").setChecked(True)
    agent.presses("Ctrl+S")

    agent.hears("ana.petrovic@example.com")
    assert stage.one(f"SELECT by_email FROM delivery WHERE ident = {ANA}") is True
    agent.until(lambda: not agent.is_seen("account.alerts.email_bills_off"), "the alert stayed")
