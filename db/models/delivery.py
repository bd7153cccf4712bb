"""How bills reach a customer: by post, by e-mail, on the portal e.Sanduče."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.visits import Channel
from db.models.columns import Base, one_of


class Delivery(Base):
    """By which ways the monthly bill goes out; e-mail only with a recorded consent."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("NOT by_email OR (email <> '' AND consented_at IS NOT NULL)", name="email_consent"),
        CheckConstraint("by_email OR on_paper", name="some_way"),
        CheckConstraint("length(email) <= 254", name="volume"),
        CheckConstraint(
            "email = '' OR length(email) <= 254 AND email = lower(email)"
            " AND email !~ '^mailto:' AND email ~ '^[^\\s@<>\"|]+@[^\\s@<>\"|.]+(\\.[^\\s@<>\"|.]+)+$'",
            name="email_form",
        ),
    )

    ident: Mapped[int] = mapped_column(ForeignKey("account.ident"), primary_key=True, autoincrement=False)
    by_email: Mapped[bool]
    on_paper: Mapped[bool]
    email: Mapped[str] = mapped_column(server_default="")
    consented_at: Mapped[datetime | None]
    consent_channel: Mapped[Channel | None] = mapped_column(one_of(Channel, "consent_channel"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class PortalRegistration(Base):
    """The customer's account on the portal, as the portal reports it."""

    __tablename__ = "portal_registration"

    ident: Mapped[int] = mapped_column(ForeignKey("account.ident"), primary_key=True, autoincrement=False)
    user_name: Mapped[str]
    registered_on: Mapped[date]
    activated_at: Mapped[datetime | None]
    notified_by_email: Mapped[bool]
