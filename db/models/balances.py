"""The six sums of an account, the same the customer sees on the portal."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, Computed, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.period import Period
from db.models.columns import Base

TOTAL = "current_month + unsued + sued + plan"


class AccountBalance(Base):
    """Maintained by triggers from bills, allocations, cases and plans; ``salter-db check`` recomputes it.

    ``current_month`` is what is open of the latest bill (``latest_ggmm``),
    ``unsued`` and ``sued`` of the earlier ones, ``plan`` of the instalments of the
    plan in force, ``overpaid`` what payments exceed their allocations by.
    """

    __tablename__ = "account_balance"
    __table_args__ = (
        CheckConstraint(
            "current_month >= 0 AND unsued >= 0 AND sued >= 0 AND plan >= 0 AND overpaid >= 0",
            name="not_negative",
        ),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    total: Mapped[Decimal] = mapped_column(Computed(TOTAL, persisted=True))
    current_month: Mapped[Decimal] = mapped_column(server_default=text("0"))
    unsued: Mapped[Decimal] = mapped_column(server_default=text("0"))
    sued: Mapped[Decimal] = mapped_column(server_default=text("0"))
    plan: Mapped[Decimal] = mapped_column(server_default=text("0"))
    overpaid: Mapped[Decimal] = mapped_column(server_default=text("0"))
    latest_ggmm: Mapped[Period | None]
