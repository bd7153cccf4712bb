"""City subsidies granted to a household (Secretariat for Social Protection decides)."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.subsidies import Category
from db.models.columns import PERCENT, Base, forward_in_time, no_overlap, one_of


class Subsidy(Base):
    """A share of the bill, in percent, borne by the city in [valid_from, valid_to)."""

    __tablename__ = "subsidy"
    __table_args__ = (
        no_overlap("ex_subsidy_validity", "ident"),
        forward_in_time(),
        CheckConstraint("percent > 0 AND percent <= 100", name="percent"),
    )

    ident: Mapped[int] = mapped_column(ForeignKey("account.ident"), primary_key=True, autoincrement=False)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    category: Mapped[Category] = mapped_column(one_of(Category, "category"))
    percent: Mapped[Decimal] = mapped_column(PERCENT)
    decision: Mapped[str]
