"""How a customer is reached: telephones and e-mail addresses on file."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.columns import Base


class Contact(Base):
    """One telephone or e-mail address; ``normalized`` is what a search compares.

    A telephone is normalized to its national digits (``0641234567``), an e-mail
    address to lower case.
    """

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("kind IN ('phone', 'email')", name="kind"),
        CheckConstraint("normalized <> ''", name="normalized"),
        Index("ix_contact_phone_end", text("right(normalized, 6)"), postgresql_where=text("kind = 'phone'")),
    )

    ident: Mapped[int] = mapped_column(ForeignKey("account.ident"), primary_key=True, autoincrement=False)
    contact_no: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str]
    value: Mapped[str]
    normalized: Mapped[str] = mapped_column(Text(collation="C"), index=True)
    since: Mapped[date]
    ended_on: Mapped[date | None]
