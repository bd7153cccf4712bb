"""The next bill before and after: paired line by line, and adding up to what is charged."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester

from app.domain.bills import Bill
from app.domain.charges import Charge
from app.domain.period import Period
from app.usecases.changes import Effect, Estimate, NeighborEffect
from ui.changes.effect_panel import EffectPanel, forecast_rows
from ui.kit.table import TableModel
from ui.kit.tokens import GRID


def charge(service: str, quantity: str, amount: str) -> Charge:
    price = Decimal(amount) / Decimal(quantity)
    return Charge(
        service, "one", Decimal(quantity), "m²", price, Decimal(0), Decimal(10), Decimal(0), Decimal(amount)
    )


def bill(*lines: Charge, discount: str = "0.00") -> Bill:
    charged = sum((line.amount for line in lines), Decimal("0.00"))
    return Bill(
        ident=1234567,
        period=Period(2026, 12),
        lines=lines,
        charged=charged,
        principal=charged,
        interest=Decimal(0),
        subsidy=Decimal(0),
        streak=0,
        discount_percent=Decimal(0),
        discount=Decimal(discount),
        issued_on=date(2027, 1, 1),
        discount_until=date(2027, 1, 15),
        due_on=date(2027, 1, 31),
    )


HEATING, LESS_HEATING = charge("heating", "64", "9670.40"), charge("heating", "60", "9066.00")
WATER, WASTE = charge("cold_water", "8", "559.92"), charge("waste", "64", "422.40")
NAMES = {"heating": "Grejanje", "cold_water": "Hladna voda", "waste": "Smeće"}
EFFECT = Effect(
    before=bill(HEATING, WATER, discount="100.00"),
    after=bill(LESS_HEATING, WATER, WASTE, discount="90.00"),
    differences=(),
    estimates=(Estimate.READINGS,),
    building=(),
    issued_already=False,
    names=NAMES,
)


@pytest.mark.parametrize("is_whole", [True, False])
def test_the_lines_add_up_to_what_is_charged_on_both_sides(is_whole):
    *lines, charged, _paid = forecast_rows(EFFECT, is_whole=is_whole)

    assert sum(row.before or 0 for row in lines) == charged.before == EFFECT.before.charged
    assert sum(row.after or 0 for row in lines) == charged.after == EFFECT.after.charged
    assert sum(row.change for row in lines) == charged.change


def test_what_stays_the_same_is_one_row_until_every_line_is_wanted():
    told = [row.words for row in forecast_rows(EFFECT, is_whole=False)]

    assert told == ["Grejanje", "Smeće", "1 other line(s)", "Charged", "To pay by the discount date"]
    assert "Hladna voda" in [row.words for row in forecast_rows(EFFECT, is_whole=True)]


def test_a_line_that_is_only_after_has_nothing_before():
    waste = next(row for row in forecast_rows(EFFECT, is_whole=True) if row.words == "Smeće")

    assert waste.before is None
    assert waste.change == Decimal("422.40")


def test_a_bill_that_stays_the_same_shows_no_table_until_it_is_asked_for(qtbot):
    panel = EffectPanel("effect", None)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.show_effect(replace(EFFECT, after=EFFECT.before))
    assert panel.lines.isHidden()
    assert "stays the same" in panel.total.text()

    panel.turn()

    assert not panel.lines.isHidden()


def test_a_whole_building_is_listed_account_by_account(qtbot):
    panel = EffectPanel("effect", None)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    neighbors = tuple(NeighborEffect(1_000_000 + one, Decimal(100), Decimal(90)) for one in range(60))

    panel.show_effect(replace(EFFECT, building=neighbors))

    assert panel.building.model is not None
    assert panel.building.model.rowCount() == 60
    assert panel.building.model.index(0, 3).data() == "-10,00"


def test_a_whole_building_is_summed_up_in_a_word(qtbot):
    panel = EffectPanel("effect", None)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    dearer, cheaper = NeighborEffect(1, Decimal(90), Decimal(100)), NeighborEffect(2, Decimal(9), Decimal(8))

    panel.show_effect(replace(EFFECT, building=(dearer, dearer, cheaper)))

    assert "2 pay more, 1 less" in panel.building.findChild(QLabel, "effect.building.title").text()


def test_a_subsidy_is_an_amount_without_price_and_quantity(qtbot):
    subsidy = replace(charge("subsidy", "1", "-2519.24"), unit="")
    panel = EffectPanel("effect", None)  # type: ignore[arg-type]
    qtbot.addWidget(panel)

    panel.show_effect(replace(EFFECT, after=bill(HEATING, WATER, subsidy)))

    model = panel.lines.model
    assert [model.index(0, column).data() for column in range(6)] == ["subsidy", "", "", "–", "", "-2.519,24"]


def test_a_quantity_is_read_to_its_unit(qtbot):
    panel = EffectPanel("effect", None)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    table = panel.lines.table

    wide = table.fontMetrics().horizontalAdvance("10,125 kWh") + 4 * GRID

    assert table.columnWidth(2) >= wide
    assert table.columnWidth(4) >= wide


def test_a_forecast_that_is_awaited_again_stays_readable(qtbot):
    panel = EffectPanel("effect", None)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.show_effect(EFFECT)

    panel.show_waiting(is_waiting=True)

    assert panel.is_waiting
    assert panel.effect is EFFECT


def test_the_table_of_the_forecast_keeps_qts_rules(qtbot, qtmodeltester: ModelTester):
    panel = EffectPanel("effect", None)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    model = panel.lines.model
    assert isinstance(model, TableModel)
    assert isinstance(model, QObject)
    qtmodeltester.check(model, force_py=False)

    panel.show_effect(EFFECT)
    panel.turn()
    panel.show_none("not yet")
