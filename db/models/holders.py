"""The holder (nosilac): who an account bills, and who it billed before."""

from datetime import date

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.holders import HolderKind
from db.models.columns import Base, forward_in_time, no_overlap, one_of

MASKED = "left(jmbg, 4) || '•••••' || right(jmbg, 4)"


class Holder(Base):
    """A natural or legal person billed in [valid_from, valid_to).

    ``jmbg`` (13 digits) may be empty: foreigners have another number.  No staff
    role can select it; they see ``jmbg_masked`` and may call
    ``reveal_personal_number``, which is logged.
    """

    __tablename__ = "holder"
    __table_args__ = (
        no_overlap("ex_holder_validity", "ident"),
        forward_in_time(),
        CheckConstraint("jmbg ~ '^[0-9]{13}$'", name="jmbg"),
        CheckConstraint("pib ~ '^[0-9]{9}$'", name="pib"),
        CheckConstraint("company_number ~ '^[0-9]{8}$'", name="company_number"),
        CheckConstraint(
            "(kind = 'natural' AND last_name <> '') OR (kind = 'legal' AND business_name <> '')",
            name="named",
        ),
        Index("ix_holder_jmbg", "jmbg", postgresql_where=text("jmbg IS NOT NULL")),
        Index("ix_holder_pib", "pib", postgresql_where=text("pib IS NOT NULL")),
        Index(
            "ix_holder_company_number", "company_number", postgresql_where=text("company_number IS NOT NULL")
        ),
    )

    ident: Mapped[int] = mapped_column(ForeignKey("account.ident"), primary_key=True, autoincrement=False)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    kind: Mapped[HolderKind] = mapped_column(one_of(HolderKind, "kind"))
    first_name: Mapped[str] = mapped_column(server_default="")
    last_name: Mapped[str] = mapped_column(server_default="")
    business_name: Mapped[str] = mapped_column(server_default="")
    jmbg: Mapped[str | None] = mapped_column(Text(collation="C"))
    jmbg_masked: Mapped[str | None] = mapped_column(Text(collation="C"), Computed(MASKED, persisted=True))
    pib: Mapped[str | None] = mapped_column(Text(collation="C"))
    company_number: Mapped[str | None] = mapped_column(Text(collation="C"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
