"""The branches (ekspoziture) where customers are served."""

from sqlalchemy import SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.columns import Base


class Branch(Base):
    """A branch or the head office; ``is_sample`` marks an entry nobody has confirmed."""

    __tablename__ = "branch"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    code: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    hours: Mapped[str]
    is_sample: Mapped[bool]
