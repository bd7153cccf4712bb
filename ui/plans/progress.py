"""The progress of a plan as a picture: its instalments in order, and where today is among them.

A block is the time up to the date of its instalment, so that today's mark stands
where it is due.  What was paid fills the foot of a block; what is late is
hatched as well, so that nothing depends on color.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.plans import InstalmentState
from app.usecases.plans import Instalment
from ui.kit.speaking import Speaking
from ui.kit.styling import plain_tip
from ui.kit.theme import current_tokens, text_font
from ui.kit.tokens import GRID, Tokens
from ui.words import states, text
from ui.words.tones import Tone

_CAPTION = 18
_BLOCK = 26
_FOOT = 5
_GAP = 2
_ROUND = 3
_WIDEST = 96
_SMALL = 11
_STEPS = (1, 5, 10)
"""All numbers are written, or every fifth or tenth where there is no room."""


class PlanProgress(Speaking, QWidget):
    """Paints the instalments of a plan; a click on one tells its number."""

    instalment_chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._instalments: Sequence[Instalment] = ()
        self._from: date = date.min
        self._today: date | None = None

    def show_plan(self, instalments: Sequence[Instalment], *, since: date, today: date | None) -> None:
        """Show the instalments of a plan signed on ``since``; without ``today`` nothing marks it."""
        self._instalments = tuple(instalments)
        self._from = since
        self._today = today
        self.retranslate()
        self.update()

    @property
    def counts(self) -> dict[InstalmentState, int]:
        """How many instalments stand how, those that occur only."""
        found: dict[InstalmentState, int] = {}
        for one in self._instalments:
            found[one.state] = found.get(one.state, 0) + 1
        return found

    def at(self, place: QPointF) -> Instalment | None:
        """Return the instalment whose block is there."""
        for one, block in zip(self._instalments, self.blocks(), strict=True):
            if block.adjusted(0, 0, _GAP, 0).contains(place):
                return one
        return None

    def today_at(self) -> float | None:
        """Return where today's mark stands; None where there is none."""
        blocks = self.blocks()
        if self._today is None or not blocks:
            return None
        begins = self._from
        for one, block in zip(self._instalments, blocks, strict=True):
            if self._today <= one.due_on:
                days = max(1, (one.due_on - begins).days)
                return block.left() + block.width() * max(0, (self._today - begins).days) / days
            begins = one.due_on
        return blocks[-1].right()

    # painting ---------------------------------------------------------------------------------------

    def blocks(self) -> list[QRectF]:
        """Return where the instalments are painted, in their order."""
        count = len(self._instalments)
        if not count:
            return []
        step = min(_WIDEST, (self.width() - 1) / count)
        gap = _GAP if step > 3 * _GAP else 1
        return [QRectF(0.5 + place * step, _CAPTION + 0.5, step - gap, _BLOCK) for place in range(count)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        blocks = self.blocks()
        if not blocks:
            return
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(pixels=_SMALL))
        metrics = QFontMetrics(painter.font())
        for one, block in zip(self._instalments, blocks, strict=True):
            _paint_block(painter, one, block, tokens)
        self._paint_numbers(painter, blocks, tokens, metrics)
        self._paint_dates(painter, blocks, tokens, metrics)
        mark = self.today_at()
        if mark is not None:
            self._paint_today(painter, mark, tokens, metrics)
        painter.end()

    def _paint_numbers(
        self, painter: QPainter, blocks: list[QRectF], tokens: Tokens, metrics: QFontMetrics
    ) -> None:
        widest = metrics.horizontalAdvance(str(len(blocks))) + 4
        step = next((step for step in _STEPS if step * blocks[0].width() >= widest), _STEPS[-1])
        for one, block in zip(self._instalments, blocks, strict=True):
            if one.number % step == 0:
                painter.setPen(QColor(tokens.tone(states.tone(one.state)).ink))
                room = max(0.0, widest - block.width()) / 2
                painter.drawText(
                    block.adjusted(-room, 0, room, -_FOOT), Qt.AlignmentFlag.AlignCenter, str(one.number)
                )

    def _paint_dates(
        self, painter: QPainter, blocks: list[QRectF], tokens: Tokens, metrics: QFontMetrics
    ) -> None:
        painter.setPen(QColor(tokens.text_muted))
        base = blocks[0].bottom() + metrics.ascent() + 2
        first, last = text.day(self._instalments[0].due_on), text.day(self._instalments[-1].due_on)
        painter.drawText(QPointF(blocks[0].left(), base), first)
        end = max(blocks[-1].right(), blocks[0].left() + 2.0 * metrics.horizontalAdvance(first))
        if len(blocks) > 1 and end <= self.width() + 1:
            painter.drawText(QPointF(end - metrics.horizontalAdvance(last), base), last)

    def _paint_today(self, painter: QPainter, at: float, tokens: Tokens, metrics: QFontMetrics) -> None:
        # a pointer above and a stroke through the foot: the number between them stays readable
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent_ink))
        top = float(_CAPTION)
        painter.drawPolygon([QPointF(at - 4, top - 3), QPointF(at + 4, top - 3), QPointF(at, top + 3)])
        painter.setPen(QPen(QColor(tokens.accent_ink), 2))
        foot = top + _BLOCK
        painter.drawLine(QPointF(at, foot - _FOOT), QPointF(at, foot + 2))
        words = self.tr("today")
        wide = metrics.horizontalAdvance(words)
        left = min(max(0.0, at - wide / 2), self.width() - wide)
        painter.drawText(QPointF(left, metrics.ascent() - 1), words)

    # reading ----------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            one = self.at(QPointF(event.pos()))
            words = plain_tip(self.words_of(one)) if one is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def words_of(self, one: Instalment) -> str:
        """Say all of one instalment."""
        said = self.tr("Instalment {0}, due {1}: {2} of {3} paid, {4}")
        return said.format(
            one.number,
            text.day(one.due_on),
            text.money(one.paid),
            text.money(one.amount),
            states.word(one.state),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        one = self.at(event.position())
        if one is not None:
            self.instalment_chosen.emit(one.number)
        else:
            super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(80 * GRID, 2 * _CAPTION + _BLOCK + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(40 * GRID, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Paid of the plan"))
        self.setAccessibleDescription(
            ", ".join(f"{states.word(state)}: {count}" for state, count in self.counts.items())
        )
        self.update()


def _paint_block(painter: QPainter, one: Instalment, block: QRectF, tokens: Tokens) -> None:
    colors = tokens.tone(states.tone(one.state))
    painter.setPen(QPen(QColor(colors.border), 1))
    painter.setBrush(QColor(colors.ground))
    painter.drawRoundedRect(block, _ROUND, _ROUND)
    painter.setPen(Qt.PenStyle.NoPen)
    if one.state is InstalmentState.LATE:
        painter.setBrush(QBrush(QColor(colors.border), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(block, _ROUND, _ROUND)
    paid = float(one.paid / one.amount) if one.amount > Decimal(0) else 1.0
    if paid:
        foot = QRectF(block.left(), block.bottom() - _FOOT, block.width() * paid, _FOOT)
        painter.setBrush(QColor(tokens.tone(Tone.GOOD).dot))
        painter.drawRoundedRect(foot, 2, 2)
