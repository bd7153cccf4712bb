"""The register of copies: every duplicate of a bill that left the desk."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.period import Period
from app.domain.reissues import Medium, Reason
from db.models.columns import Base, one_of


class Reissue(Base):
    """One copy: which bill, why, how it was handed over, by whom, where and when.

    Operator, branch and time are the server's.
    """

    __tablename__ = "reissue"
    __table_args__ = (
        CheckConstraint("reason <> 'other' OR btrim(note) <> ''", name="other_needs_note"),
        CheckConstraint("script IN ('latin', 'cyrillic')", name="script"),
        CheckConstraint("length(note) <= 2000", name="volume"),
        Index("ix_reissue_operator_made_at", "operator", "made_at"),
    )

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    ggmm: Mapped[Period]
    version: Mapped[int] = mapped_column(SmallInteger)
    made_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    operator: Mapped[str] = mapped_column(server_default=text("session_user"))
    branch_id: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[Reason] = mapped_column(one_of(Reason, "reason"))
    medium: Mapped[Medium] = mapped_column(one_of(Medium, "medium"))
    script: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")
