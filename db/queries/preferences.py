"""What a person likes the window to be; row security keeps each to their own."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.models.staff import Preference


def all_of_mine(session: Session) -> dict[str, Any]:
    """Return every preference of the signed-in person by its name."""
    mine = select(Preference.name, Preference.value).where(Preference.login == func.session_user())
    return {row.name: row.value for row in session.execute(mine)}


def keep(session: Session, *, name: str, value: Any) -> None:
    """Store one preference, over what it was."""
    new = insert(Preference).values(name=name, value=value)
    kept = new.on_conflict_do_update(
        index_elements=[Preference.login, Preference.name], set_={"value": new.excluded.value}
    )
    session.execute(kept)


def forget(session: Session, *, name: str) -> None:
    """Remove one preference."""
    session.execute(select(func.forget_preference(name)))
