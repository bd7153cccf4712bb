"""The moves that rows may make from state to state: the database's copy, which its guard reads."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.columns import Base


class StateTransition(Base):
    """A move that the rows of ``table_name`` may make, whoever makes it.

    Filled from the domain at every upgrade; what no row allows is refused.
    Requests to change data have moves of their own, by route and by who makes them.
    """

    __tablename__ = "state_transition"

    table_name: Mapped[str] = mapped_column(primary_key=True)
    old_state: Mapped[str] = mapped_column(String(24), primary_key=True)
    new_state: Mapped[str] = mapped_column(String(24), primary_key=True)
