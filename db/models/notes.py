"""Call notes: what was said with the customer, by whom and when."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Identity, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.visits import Channel
from db.models.columns import Base, one_of


class CallNote(Base):
    """A note on an account; author and time are the server's, and it stays as written."""

    __tablename__ = "call_note"
    __table_args__ = (CheckConstraint("length(btrim(text)) BETWEEN 1 AND 4000", name="text"),)

    ident: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    written_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    author: Mapped[str] = mapped_column(server_default=text("session_user"))
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "channel"))
    text: Mapped[str]
