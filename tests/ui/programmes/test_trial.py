"""The trial run: every offer or why not, on record, and nothing is written."""

from decimal import Decimal

import psycopg

from app.domain.money import ZERO
from app.domain.plans import Payer
from tests.ui.programmes.conftest import (
    DEBTOR,
    IN_FORCE,
    OWES_NOTHING,
    PENSIONERS_TOO,
    choose,
    stored_draft,
    types,
)
from ui.programmes.head import Side


def cells(page, name):
    table = page.pane.trial.answer.table
    column = table.model().column(table.model().place_of(name))
    return [column.words(row) for row in table.model().rows()]


def tries(page, until, *idents):
    page.pane.show_trial()
    page.pane.trial.idents.set_value(", ".join(map(str, idents)))
    page.pane.run_trial()
    until(lambda: len(page.pane.trial.trials) == len(idents) and not page.pane.trial.answer.is_waiting)


def test_a_draft_shows_its_offers_and_who_could_sign_none(qtbot, opened, gateway, until):
    about = stored_draft(gateway)
    page = opened()
    choose(page, about)
    types(qtbot, page, "ladder.0.1", "15")
    types(qtbot, page, "ladder.1.0", "6")
    types(qtbot, page, "ladder.1.1", "10")

    tries(page, until, DEBTOR, OWES_NOTHING)

    assert cells(page, "account") == [str(DEBTOR), "", str(OWES_NOTHING)]
    assert cells(page, "count") == ["1", "6", ""]
    assert cells(page, "why") == ["", "", "nothing is overdue"]
    (trial, _) = page.pane.trial.trials
    at_once, in_six = trial.offers
    assert at_once.discount_percent == Decimal(15)
    for offer in (at_once, in_six):
        assert sum((one.amount for one in offer.instalments), ZERO) + offer.saved == (
            offer.principal + offer.interest + offer.costs
        )
    assert page.pane.trial.summary.text() == "1 account(s) could sign, of 2."


def test_terms_are_tried_as_they_stand_in_the_form_and_nothing_is_stored(
    qtbot, opened, gateway, settled, until
):
    about = stored_draft(gateway)
    page = opened()
    choose(page, about)
    types(qtbot, page, "ladder.0.1", "50")

    tries(page, until, DEBTOR)

    (offer,) = page.pane.trial.trials[0].offers
    assert offer.written_off_principal * 2 == offer.principal
    with psycopg.connect(settled.url) as connection:
        stored = connection.execute(
            "SELECT terms -> 'steps' -> 0 ->> 2, revision FROM programme_version WHERE state = 'draft'"
        ).fetchone()
        written = connection.execute("SELECT count(*) FROM plan").fetchone()
    assert stored == ("0", 1)
    assert written == (0,)


def test_every_account_is_opened_on_record_for_a_check_and_closed_again(opened, settled, until):
    page = opened()
    choose(page, IN_FORCE)

    tries(page, until, DEBTOR, OWES_NOTHING)

    def visits():
        with psycopg.connect(settled.url) as connection:
            return connection.execute(
                "SELECT ident, purpose, closed_at IS NOT NULL FROM visit ORDER BY ident"
            ).fetchall()

    until(lambda: visits() == [(DEBTOR, "check", True), (OWES_NOTHING, "check", True)])


def test_a_published_version_that_is_over_says_so_for_everybody(opened, until):
    page = opened()
    choose(page, PENSIONERS_TOO)

    tries(page, until, DEBTOR)

    assert cells(page, "why") == ["not in force any more since 01.11.2024."]
    assert page.pane.trial.summary.text() == "0 account(s) could sign, of 1."


def test_the_largest_debts_can_be_tried_without_knowing_their_numbers(opened, until):
    page = opened()
    choose(page, IN_FORCE)
    page.pane.show_trial()

    page.pane.trial.largest.click()

    until(lambda: page.pane.trial.trials)
    assert cells(page, "account") == [str(DEBTOR)]


def test_an_account_that_does_not_exist_is_said_where_it_was_typed(opened, until):
    page = opened()
    choose(page, IN_FORCE)
    page.pane.show_trial()
    page.pane.trial.idents.set_value("9999999")

    page.pane.run_trial()

    until(lambda: page.pane.trial.idents.error)
    assert page.pane.trial.go.isEnabled()


def test_numbers_that_cannot_be_are_said_before_anything_is_opened(opened):
    page = opened()
    choose(page, IN_FORCE)
    page.pane.show_trial()
    trial = page.pane.trial

    page.pane.run_trial()
    assert trial.idents.error == "Write at least one account number."
    trial.idents.set_value(" ".join(str(1_000_000 + n) for n in range(51)))
    page.pane.run_trial()
    assert trial.idents.error == "At most 50 accounts at a time."
    trial.idents.set_value(str(DEBTOR))
    trial.counts.set_value("mnogo")
    page.pane.run_trial()
    assert trial.counts.error == "Write numbers, such as 6, 9."


def test_terms_that_cannot_be_are_mended_before_they_are_tried(qtbot, opened, gateway):
    about = stored_draft(gateway)
    page = opened()
    choose(page, about)
    types(qtbot, page, "last_day", "1.1.2020")
    page.pane.show_trial()
    page.pane.trial.idents.set_value(str(DEBTOR))

    page.pane.run_trial()

    assert page.pane.head.side is Side.TERMS
    assert page.pane.form.field("last_day").error


def test_the_payer_offered_first_is_one_the_programme_is_for(opened, gateway):
    page = opened()
    page.pane.trial.payer.set_value(Payer.COMPANY)

    choose(page, PENSIONERS_TOO)

    assert page.pane.trial.payer.value() is Payer.ORDINARY
