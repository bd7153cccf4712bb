"""What a change does to the next bill: each line that becomes another, before and after, and the sums."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.charges import Charge
from app.usecases.changes import Effect, Estimate, NeighborEffect
from ui.kit.banners import Banner
from ui.kit.busy import BusyLine
from ui.kit.buttons import Button, ButtonKind
from ui.kit.master_detail import TablePart
from ui.kit.speaking import Speaking
from ui.kit.styling import label, set_look
from ui.kit.table import Align, Column
from ui.kit.tokens import GRID
from ui.words import text
from ui.words.tones import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRow:
    """A line of the next bill as it would be without the change, and with it; or a sum of such lines."""

    words: str
    unit: str = ""
    price: Decimal | None = None
    old_quantity: Decimal | None = None
    new_quantity: Decimal | None = None
    before: Decimal | None = None
    after: Decimal | None = None

    @property
    def change(self) -> Decimal:
        """By how much the line becomes dearer."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


def forecast_rows(effect: Effect, *, is_whole: bool) -> list[ForecastRow]:
    """Pair the lines of both bills, and end with what is to be paid.

    Lines that stay the same are one row unless the ``whole`` bill is wanted.
    """
    tr = QCoreApplication.translate
    paired = [_paired(effect, charge, old, new) for charge, old, new in _pairs(effect)]
    rows = [row for row in paired if is_whole or row.change]
    same = [row for row in paired if not row.change]
    if same and not is_whole:
        amount = sum((row.before or Decimal(0) for row in same), Decimal(0))
        count = len(same)
        said = tr("changes", "%n other line(s)", "", count)
        rows.append(ForecastRow(words=said, before=amount, after=amount))
    rows.append(
        ForecastRow(words=tr("changes", "Charged"), before=effect.before.charged, after=effect.after.charged)
    )
    if effect.before.discount or effect.after.discount:
        rows.append(
            ForecastRow(
                words=tr("changes", "To pay by the discount date"),
                before=effect.before.discounted,
                after=effect.after.discounted,
            )
        )
    return rows


def _pairs(effect: Effect) -> Iterator[tuple[Charge, Charge | None, Charge | None]]:
    """Yield each charge that is asked for before or after, with what it was and what it will be."""
    old = {(one.service, one.provider): one for one in effect.before.lines}
    new = {(one.service, one.provider): one for one in effect.after.lines}
    for key, charge in (old | new).items():
        yield charge, old.get(key), new.get(key)


def _paired(effect: Effect, charge: Charge, old: Charge | None, new: Charge | None) -> ForecastRow:
    return ForecastRow(
        words=effect.names.get(charge.service, charge.service),
        unit=charge.unit,
        price=charge.price,
        old_quantity=old.quantity if old is not None else None,
        new_quantity=new.quantity if new is not None else None,
        before=old.amount if old is not None else None,
        after=new.amount if new is not None else None,
    )


class EffectPanel(Speaking, QWidget):
    """The forecast; says why there is none yet."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._effect: Effect | None = None
        self._why_none = ""
        self._is_whole = False
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self._line = BusyLine(f"{name}.busy", self)
        self._line.setFixedHeight(2)
        self.none = label(self, "soft", name=f"{name}.none")
        self.none.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        self.total = label(self, "strong", name=f"{name}.total")
        self.total.setWordWrap(True)
        self.whole = Button(f"{name}.whole", self, kind=ButtonKind.LINK)
        self.whole.clicked.connect(self.turn)
        head.addWidget(self.total, 1)
        head.addWidget(self.whole)
        self.issued = Banner(f"{name}.issued", self)
        self.lines = TablePart(f"{name}.lines", self, columns=_line_columns())
        self.notes = label(self, "caption", name=f"{name}.notes")
        self.notes.setWordWrap(True)
        self._building: TablePart | None = None
        for widget in (self._line, self.none):
            column.addWidget(widget)
        column.addLayout(head)
        for part in (self.issued, self.lines, self.notes):
            column.addWidget(part)
        self.show_waiting(is_waiting=False)
        self.retranslate()

    # what is shown ----------------------------------------------------------------------------------

    def show_effect(self, effect: Effect) -> None:
        """Show the next bill before and after."""
        self._effect, self._why_none = effect, ""
        self.show_waiting(is_waiting=False)
        self._say_effect()

    def show_none(self, why: str) -> None:
        """Show no forecast, and why there is none."""
        self._effect, self._why_none = None, why
        self.show_waiting(is_waiting=False)
        self._say_effect()

    def show_waiting(self, *, is_waiting: bool) -> None:
        """Show that a forecast is being computed; what was shown before stays."""
        self._line.setVisible(is_waiting)
        self._show_if_any()

    def _show_if_any(self) -> None:
        """Take no room while there is nothing to say."""
        self.setVisible(self._effect is not None or bool(self._why_none) or self.is_waiting)

    @property
    def building(self) -> TablePart:
        """The accounts of a whole building; few changes reach so far, so it is made when one does."""
        if self._building is None:
            self._building = TablePart(f"{self.objectName()}.building", self, columns=_building_columns())
            self._column.addWidget(self._building)
            self._name_building()
        return self._building

    @property
    def is_waiting(self) -> bool:
        """Whether what is shown is about to be replaced."""
        return not self._line.isHidden()

    def turn(self) -> None:
        """Show every line of the bill, or only those that become another."""
        self._is_whole = not self._is_whole
        self._say_effect()

    @property
    def effect(self) -> Effect | None:
        """What is shown."""
        return self._effect

    # words ------------------------------------------------------------------------------------------

    def _say_effect(self) -> None:
        effect = self._effect
        self.none.setText(self._why_none)
        self.none.setVisible(effect is None and bool(self._why_none))
        for widget in (self.total, self.whole):
            widget.setVisible(effect is not None)
        self.issued.clear()
        if effect is None:
            for part in (self.lines, self.notes, self._building):
                if part is not None:
                    part.hide()
            return
        self.total.setText(_total_words(effect))
        set_look(self.total, "tone", _change_tone(effect.change))
        self.whole.setText(self.tr("Only what changes") if self._is_whole else self.tr("Every line"))
        is_same = effect.before.lines == effect.after.lines
        rows = forecast_rows(effect, is_whole=self._is_whole)
        self.lines.set_rows(() if is_same and not self._is_whole else rows)
        said = [estimate_words(one) for one in effect.estimates]
        if effect.awaits_record:
            said.append(self.tr("The whole building is computed once this is submitted."))
        self.notes.setText(" ".join(said))
        self.notes.setVisible(bool(said))
        if effect.building or self._building is not None:
            self.building.set_rows(effect.building)
            self._name_building()
        if effect.issued_already:
            self.issued.tell(
                self.tr("Bills of that month are issued already: the change shows on the next ones."),
                tone=Tone.INFO,
            )

    def retranslate(self) -> None:
        self.lines.set_title(self.tr("Next bill, before and after"))
        self._name_building()
        self.lines.model.set_titles(
            {
                "words": self.tr("Item"),
                "price": self.tr("Price"),
                "old_quantity": self.tr("Qty"),
                "before": self.tr("Now"),
                "new_quantity": self.tr("Qty"),
                "after": self.tr("After"),
                "change": self.tr("Difference"),
            }
        )
        self._say_effect()

    def _name_building(self) -> None:
        if self._building is None:
            return
        rows = self._effect.building if self._effect is not None else ()
        dearer = sum(1 for row in rows if row.after > row.before)
        cheaper = sum(1 for row in rows if row.after < row.before)
        said = self.tr("Whole building: %n account(s), {0} pay more, {1} less", "", len(rows))
        self._building.set_title(said.format(dearer, cheaper))
        self._building.model.set_titles(
            {
                "ident": self.tr("Account"),
                "before": self.tr("Now"),
                "after": self.tr("After"),
                "change": self.tr("Difference"),
            }
        )


def estimate_words(estimate: Estimate) -> str:
    """Say what a forecast takes from earlier bills."""
    tr = QCoreApplication.translate
    match estimate:
        case Estimate.READINGS:
            return tr("changes", "Meters are taken as on the latest bill.")
        case Estimate.SHARED_USE:
            return tr("changes", "Shared consumption is taken as on the latest bills of the building.")
        case Estimate.PROVIDER_AMOUNTS:
            return tr("changes", "Amounts computed by a provider are taken as on the latest bill.")
        case Estimate.PRICES:
            return tr("changes", "Prices of that month are not known yet; the latest ones are used.")
        case Estimate.NEVER_BILLED:
            return tr("changes", "The account was never billed: consumption is not in the forecast.")
        case Estimate.DISCOUNT:
            return tr("changes", "The discount is taken as on the latest bill.")


def signed(amount: Decimal) -> str:
    """Return an amount that always shows its sign."""
    return f"+{text.money(amount)}" if amount > 0 else text.money(amount)


def _total_words(effect: Effect) -> str:
    tr = QCoreApplication.translate
    old, new = text.money(effect.before.charged), text.money(effect.after.charged)
    change = effect.after.charged - effect.before.charged
    if not change:
        return tr("changes", "The next bill stays the same: {0}.").format(new)
    return tr("changes", "The next bill: {0} → {1} ({2}).").format(old, new, signed(change))


def _change_tone(change: Decimal) -> str:
    if not change:
        return ""
    return str(Tone.WARN if change > 0 else Tone.GOOD)


def _line_columns() -> list[Column[ForecastRow]]:
    return [
        Column(name="words", as_=text.listed, width=140, stretches=True, hinted=True),
        Column(name="price", text=_price, align=Align.RIGHT, width=62, quiet=True),
        Column(name="old_quantity", text=_old_quantity, align=Align.RIGHT, width=88),
        Column(name="before", as_=text.money, align=Align.RIGHT, width=76),
        Column(name="new_quantity", text=_new_quantity, align=Align.RIGHT, width=88),
        Column(name="after", as_=text.money, align=Align.RIGHT, width=78, strong=True),
        Column(name="change", text=_change, align=Align.RIGHT, width=80),
    ]


def _building_columns() -> list[Column[NeighborEffect]]:
    return [
        Column(name="ident", as_=text.ident, width=110, strong=True, stretches=True),
        Column(name="before", as_=text.money, align=Align.RIGHT, width=110),
        Column(name="after", as_=text.money, align=Align.RIGHT, width=110),
        Column(name="change", text=_neighbor_change, align=Align.RIGHT, width=110),
    ]


def _price(row: ForecastRow) -> str:
    if row.price is None or not row.unit:  # a subsidy is one amount, not so many at a price
        return ""
    places = 2 if row.price == row.price.quantize(Decimal("0.01")) else 4
    return text.number(row.price, places=places)


def _old_quantity(row: ForecastRow) -> str:
    return _measure(row.old_quantity, row.unit)


def _new_quantity(row: ForecastRow) -> str:
    return _measure(row.new_quantity, row.unit)


def _measure(quantity: Decimal | None, unit: str) -> str:
    return "" if quantity is None or not unit else f"{text.quantity(quantity)} {unit}"


def _change(row: ForecastRow) -> str:
    return signed(row.change) if row.change else ""


def _neighbor_change(row: NeighborEffect) -> str:
    return signed(row.after - row.before) if row.after != row.before else ""
