"""Plans of all accounts for who oversees them, and the programmes with their drafts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_PAGE = text("""
SELECT ident, id, key_day, contract_number, programme_code, state, payer, branch_id, account_name, address,
       signed_on, created_by, next_due_on, breaks_on, instalments, payable, paid, late, late_open
FROM plan_portfolio(:which, :programme_id, CAST(:branch AS smallint), :state, :on_day, :after_day, :after_id,
                    :at_most)
""")

_COUNTS = text("""
SELECT branch_id, programme_id, programme_code, programme, state, count AS plans, payable, arriving, missed,
       breaking
FROM plan_portfolio_counts(:on_day)
ORDER BY programme_id DESC, branch_id, state
""")

_PROGRAMMES = text("""
SELECT v.programme_id, v.version, g.code, g.name, v.decision, v.legal_basis, v.valid_from, v.valid_to,
       v.terms, v.state, v.note, v.created_at, coalesce(s.full_name, v.created_by) AS created_by,
       v.published_at, coalesce(u.full_name, v.published_by, '') AS published_by, v.revision,
       coalesce(w.full_name, v.withdrawn_by, '') AS withdrawn_by, v.withdrawn_at, v.withdrawal_reason,
       session_user = ANY (v.editors) OR session_user = v.created_by AS is_mine
FROM programme_version v JOIN programme g ON g.id = v.programme_id
LEFT JOIN staff s ON s.login = v.created_by
LEFT JOIN staff u ON u.login = v.published_by
LEFT JOIN staff w ON w.login = v.withdrawn_by
ORDER BY v.valid_from DESC, v.programme_id DESC, v.version DESC
""")

_LARGEST_DEBTS = text("SELECT ident FROM largest_debts(:at_most) AS ident")


def page(
    session: Session,
    *,
    which: str,
    programme_id: int | None,
    branch: int | None,
    state: str | None,
    on_day: date,
    after: tuple[date, int] | None,
    at_most: int,
) -> Sequence[Row[Any]]:
    """Return plans after a key: the latest first where ``which`` is all, else the most urgent."""
    after_day, after_id = after or (None, None)
    given = {
        "which": which,
        "programme_id": programme_id,
        "branch": branch,
        "state": state,
        "on_day": on_day,
        "after_day": after_day,
        "after_id": after_id,
        "at_most": at_most,
    }
    return session.execute(_PAGE, given).all()


def counts(session: Session, *, on_day: date) -> Sequence[Row[Any]]:
    """Return how many plans there are by branch, programme and state, the latest programme first."""
    return session.execute(_COUNTS, {"on_day": on_day}).all()


def programmes(session: Session) -> Sequence[Row[Any]]:
    """Return every version of every programme, drafts too, the latest first."""
    return session.execute(_PROGRAMMES).all()


def largest_debts(session: Session, *, at_most: int) -> Sequence[int]:
    """Return the accounts with the largest debt, the largest first."""
    return session.execute(_LARGEST_DEBTS, {"at_most": at_most}).scalars().all()
