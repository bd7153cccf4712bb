"""Bills as a clerk sees them: found by year and month, read line by line, and explained."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.money import parse_rsd
from app.domain.period import Period
from app.usecases.bills import LinkKind
from tests.ui.bills.conftest import is_open
from tests.ui.bills.town import APRIL, DECEMBER, JUNE, MARCH, MAY, NOBODY_BILLED, PAYER
from ui.bills.rows import Weight


def cells(table, name):
    column = table.model().column(table.model().place_of(name))
    return [column.words(row) for row in table.model().rows()]


def presses(qtbot, section, key):
    qtbot.keyClick(section.list.table, key)


def test_the_bills_of_the_latest_year_are_listed_latest_first_and_the_first_is_open(section):
    assert cells(section.list.table, "month") == ["06/2026", "05/2026", "04/2026", "03/2026"]
    assert cells(section.list.table, "state") == ["not due yet", "overdue", "sued", "paid"]
    assert section.detail.title.text() == "06/2026"


def test_another_year_is_one_click_away_and_adds_up_at_the_foot(qtbot, section, until):
    chip = section.list.years.findChild(object, "bills.years.2025")

    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)

    until(lambda: is_open(section, DECEMBER))
    assert cells(section.list.table, "month") == ["12/2025", "11/2025"]
    assert section.list.foot.text().startswith("2025: 2 bill")
    assert "16.687,38" in section.list.foot.text()


def test_the_arrow_goes_on_beyond_the_first_month_of_a_year_and_back(qtbot, section, until):
    section.list.table.choose_row(3)
    presses(qtbot, section, Qt.Key.Key_Down)
    until(lambda: is_open(section, DECEMBER))

    presses(qtbot, section, Qt.Key.Key_Up)

    until(lambda: is_open(section, MARCH))
    assert section.list.table.chosen_row() == 3


def test_a_month_of_another_year_is_gone_to_directly(section, until):
    section.go_to(Period(2025, 11))

    until(lambda: is_open(section, Period(2025, 11)))
    assert section.list.table.chosen_row() == 1


def test_a_month_asked_for_before_anything_came_is_the_one_that_opens(shown, until):
    section = shown(PAYER)
    section.go_to(APRIL)

    until(lambda: is_open(section, APRIL))


def test_a_month_that_was_never_billed_is_said_to_be_missing(section, until):
    section.go_to(Period(2025, 2))

    until(lambda: section.trouble.words)
    assert section.trouble.words == "There is no bill for 02/2025."


def test_an_account_without_bills_says_when_the_first_one_comes(shown, until):
    section = shown(NOBODY_BILLED)

    until(lambda: section.is_empty)
    assert section.empty.title == "No bills yet"


def test_a_refreshed_list_keeps_the_month_that_was_looked_at(section, until):
    section.go_to(APRIL)
    until(lambda: is_open(section, APRIL))

    section.load()

    until(lambda: not section.model.is_awaited)
    assert section.list.table.chosen_row() == 2
    assert is_open(section, APRIL)


def test_lines_stand_under_their_provider_and_add_up_to_what_is_charged(section, until):
    section.go_to(MARCH)
    until(lambda: is_open(section, MARCH))
    rows = section.detail.table("lines").model().rows()

    groups = [row for row in rows if row.weight is Weight.GROUP]
    charged = next(row for row in rows if row.weight is Weight.SUM)
    assert [(row.code, row.words) for row in groups] == [
        ("02", "JKP Beogradske elektrane"),
        ("03", "JKP Beogradski vodovod i kanalizacija"),
        ("05", "JKP Gradska čistoća"),
    ]
    assert sum(row.amount for row in groups) == charged.amount == Decimal("8269.37")
    assert (rows[1].words, rows[1].quantity, rows[1].unit, rows[1].price) == (
        "Grejanje",
        "52,10",
        "m²",
        "144,60",
    )


def test_the_discount_says_its_tier_and_what_is_paid_until_when(section):
    rows = section.detail.table("lines").model().rows()

    words = [row.words for row in rows]
    assert "To pay by 15.07.2026." in words
    assert any(word.startswith("Discount 5 %") for word in words)
    assert section.detail.facts["payable"].words.text() == "1.277,83"


def test_every_reason_has_its_amount_and_they_add_up_to_the_difference_shown(section):
    rows = section.detail.why.table.model().rows()
    reasons = [row for row in rows if row.weight is Weight.LINE]
    total = rows[-1]

    shown = section.detail.why.total.text()
    assert sum(row.amount for row in reasons) == total.amount == parse_rsd(shown.lstrip("+"))
    sentences = {row.sentence: row.amount for row in reasons}
    assert sentences["Hladna voda: quantity 6 → 15 m³"] == Decimal("535.14")
    assert sentences["Hladna voda: price 59,46 → 62,10"] == Decimal("39.60")
    assert sentences["Interest: an earlier bill was paid late"] == Decimal("103.52")
    assert sentences["Discount of 5 % gained: no more open debt"] < 0


def test_a_month_after_a_gap_has_nothing_to_be_compared_with(section, until):
    section.go_to(MARCH)
    until(lambda: is_open(section, MARCH))

    assert section.detail.why.head.text() == "There is no bill for 02/2026 to compare with"
    assert not section.detail.why.is_open


def test_reasons_that_were_closed_stay_closed_for_the_person(qtbot, section, desk, until):
    qtbot.mouseClick(section.detail.why.head, Qt.MouseButton.LeftButton)

    section.go_to(MAY)
    until(lambda: is_open(section, MAY))

    assert not section.detail.why.is_open
    assert section.detail.why.summary.text() != ""
    assert desk.preferences.get("bills.why_open") is False


def test_what_names_a_month_leads_to_its_section(qtbot, section, until):
    section.go_to(APRIL)
    until(lambda: is_open(section, APRIL))
    links = section.detail.table("links")
    assert cells(links, "number") == ["I.Iv 1234/2026"]

    with qtbot.waitSignal(section.opened_elsewhere) as opened:
        links.choose_row(0)
        qtbot.keyClick(links, Qt.Key.Key_Return)

    assert opened.args[0] == "enforcement"
    assert opened.args[1]["period"] == APRIL


def test_a_corrected_bill_can_be_looked_at_as_it_was(qtbot, section, until):
    section.go_to(MAY)
    until(lambda: is_open(section, MAY))
    links = section.detail.table("links").model().rows()
    first = next(link for link in links if link.kind is LinkKind.VERSION and link.record_id == 1)
    assert section.detail.version.text() == "corrected, version 2"

    section.detail.link_opened.emit(first)
    until(lambda: section.detail.whole.detail.version == 1)
    assert section.detail.replaced.isVisible()
    assert section.detail.why.isHidden()

    section.detail.replaced.action_chosen.emit()
    until(lambda: section.detail.whole.detail.version == 2)
    assert section.detail.replaced.isHidden()


def test_opening_a_bill_asks_the_database_eight_times_and_the_list_twice(section, gateway):
    works = {work.name: len(work.statements) for work in gateway.stats.works}

    assert works["questions.whole_bill"] == 8
    assert works["questions.bill_list"] == 2


def test_payment_data_is_copied_with_the_amount_of_the_day(qtbot, section, said, until):
    qtbot.mouseClick(section.detail.payment_data, Qt.MouseButton.LeftButton)

    until(lambda: said)
    copied = QApplication.clipboard().text().splitlines()
    assert "Iznos: 1.277,83 RSD" in copied
    assert "Račun primaoca: 200-2206180101000-48" in copied
    assert "Iznos važi do: 15.07.2026." in copied


def test_a_settled_bill_asks_for_nothing(section, until):
    section.go_to(MARCH)
    until(lambda: is_open(section, MARCH))

    assert not section.detail.slip.isEnabled()
    assert not section.detail.payment_data.isEnabled()
    assert section.detail.copy.isEnabled()


def test_the_words_follow_the_language_while_the_bill_is_open(section, language, until):
    language.set("sr_Cyrl")

    until(lambda: section.detail.table("lines").model().column(1).title == "Услуга")
    assert section.detail.why.head.text().endswith("05/2026")
    assert "Why" not in section.detail.why.head.text()
    assert is_open(section, JUNE)


def test_everything_that_can_be_used_has_a_name_to_be_found_and_read_by(section):
    for table in [
        section.list.table,
        *(section.detail.table(n) for n in ("lines", "vat", "links", "copies")),
    ]:
        assert table.objectName()
        assert table.accessibleName()
    for button in (
        section.detail.copy,
        section.detail.save,
        section.detail.slip,
        section.detail.payment_data,
    ):
        assert button.objectName()
        assert button.text()
