"""Bills and their lines: what was issued, never altered; and what is still open of each.

A bill is known by (ident, ggmm); a correction is a new version with a reason.
Both tables are partitioned by year of ggmm.  ``BillBalance`` is maintained by
the database from allocations, so that a list of bills reads one narrow table.
"""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Computed, Index, Numeric, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.bills import BillStage
from app.domain.period import Period
from app.domain.premises import ChargingMethod, PremisesKind
from db.models.columns import PERCENT, Base, one_of
from db.models.premises import AREA
from db.models.providers import PRICE

BY_YEAR = {"postgresql_partition_by": "RANGE (ggmm)"}
A_MONTH = "ggmm BETWEEN 1 AND 9912 AND mod(ggmm, 100) BETWEEN 1 AND 12"


class Bill(Base):
    """An issued bill.

    ``charged`` is the sum of its lines, of which ``interest`` is the interest of
    earlier months.  ``discount`` is what a payer saves until ``discount_until``.
    The premises are copied as they were charged; the ``prior_*`` sums are the
    state of obligations when the bill was issued.
    """

    __tablename__ = "bill"
    __table_args__ = (
        CheckConstraint(A_MONTH, name="ggmm"),
        CheckConstraint("version = 1 OR reason <> ''", name="correction_reason"),
        CheckConstraint("charged >= 0 AND interest >= 0 AND discount BETWEEN 0 AND charged", name="sums"),
        CheckConstraint("discount_until <= due_on", name="discount_before_due"),
        BY_YEAR,
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ggmm: Mapped[Period] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    issued_on: Mapped[date]
    discount_until: Mapped[date]
    due_on: Mapped[date]
    charged: Mapped[Decimal]
    interest: Mapped[Decimal]
    discount_percent: Mapped[Decimal] = mapped_column(PERCENT)
    discount: Mapped[Decimal]
    streak: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[PremisesKind] = mapped_column(one_of(PremisesKind, "kind"))
    area: Mapped[Decimal] = mapped_column(AREA)
    heated_area: Mapped[Decimal] = mapped_column(AREA)
    members: Mapped[int] = mapped_column(SmallInteger)
    charging_method: Mapped[ChargingMethod] = mapped_column(one_of(ChargingMethod, "charging_method"))
    prior_unsued: Mapped[Decimal]
    prior_sued: Mapped[Decimal]
    prior_plan: Mapped[Decimal]
    prior_overpaid: Mapped[Decimal]
    reason: Mapped[str] = mapped_column(server_default="")


class BillLine(Base):
    """A charge on a bill, VAT included.  Loaded only for the bill that is open.

    There is no primary key: a non-unique index on (ident, ggmm) deduplicates to
    a third of the size, and the loader asserts uniqueness.
    """

    __tablename__ = "bill_line"
    __table_args__ = (
        Index("ix_bill_line_ident_ggmm", "ident", "ggmm"),
        Index("ix_bill_line_ggmm_brin", "ggmm", postgresql_using="brin"),
        BY_YEAR,
    )
    __mapper_args__ = {"primary_key": ["ident", "ggmm", "version", "line_no"]}  # noqa: RUF012 - mapped classes say it so

    ident: Mapped[int]
    ggmm: Mapped[Period]
    version: Mapped[int] = mapped_column(SmallInteger)
    line_no: Mapped[int] = mapped_column(SmallInteger)
    service_id: Mapped[int] = mapped_column(SmallInteger)
    quantity: Mapped[Decimal] = mapped_column(Numeric(14, 3))
    price: Mapped[Decimal] = mapped_column(PRICE)
    vat_percent: Mapped[Decimal] = mapped_column(PERCENT)
    vat: Mapped[Decimal]
    amount: Mapped[Decimal]


class BillBalance(Base):
    """What is paid and open of the current version of a bill, and at which stage its debt is."""

    __tablename__ = "bill_balance"
    __table_args__ = (
        CheckConstraint("paid BETWEEN 0 AND charged", name="paid_within_charged"),
        BY_YEAR,
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ggmm: Mapped[Period] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger)
    due_on: Mapped[date]
    charged: Mapped[Decimal]
    paid: Mapped[Decimal] = mapped_column(server_default=text("0"))
    open: Mapped[Decimal] = mapped_column(Computed("charged - paid", persisted=True))
    stage: Mapped[BillStage] = mapped_column(one_of(BillStage, "stage"))
