"""How bills reach a customer: by post, by e-mail, on the portal e.Sanduče."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.delivery import ConsentEnd
from app.domain.visits import Channel
from db.models.columns import Base, one_of


class Delivery(Base):
    """By which ways the monthly bill goes out; e-mail only while an ``EmailConsent`` to it holds."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("NOT by_email OR email <> ''", name="email_address"),
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
    version: Mapped[int] = mapped_column(server_default=text("1"))


class EmailConsent(Base):
    """Who consented to bills by e-mail, to which address, when, how they were asked and in which wording.

    Ended, never altered otherwise.  ``wording`` is 0 where nobody wrote down in which
    wording it was asked for; ``recorded_by`` is empty for what the portal reported.
    """

    __tablename__ = "email_consent"
    __table_args__ = (
        CheckConstraint("email <> '' AND length(email) <= 254", name="address"),
        CheckConstraint("wording > 0 AND channel IS NOT NULL OR wording = 0", name="asked"),
        CheckConstraint(
            "(ended_at IS NULL) = (ended_because IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL)",
            name="ended",
        ),
        CheckConstraint("length(given_by) <= 200", name="volume"),
        Index(
            "ux_email_consent_in_force",
            "ident",
            "email",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    ident: Mapped[int] = mapped_column(ForeignKey("account.ident"), primary_key=True, autoincrement=False)
    consent_no: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    email: Mapped[str]
    given_by: Mapped[str]
    given_at: Mapped[datetime]
    channel: Mapped[Channel | None] = mapped_column(one_of(Channel, "channel"))
    wording: Mapped[int] = mapped_column(SmallInteger)
    recorded_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    ended_because: Mapped[ConsentEnd | None] = mapped_column(one_of(ConsentEnd, "ended_because"))


class PortalRegistration(Base):
    """The customer's account on the portal, as the portal reports it, until the holder it belongs to went."""

    __tablename__ = "portal_registration"

    ident: Mapped[int] = mapped_column(ForeignKey("account.ident"), primary_key=True, autoincrement=False)
    user_name: Mapped[str]
    registered_on: Mapped[date]
    activated_at: Mapped[datetime | None]
    notified_by_email: Mapped[bool]
    ended_on: Mapped[date | None]
