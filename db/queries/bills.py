"""Bills of one account: the list from the narrow balances, the lines of the one bill that is open.

Every statement names the account, and where the month is known the month too, of
each table by itself: the policies are asked before any comparison (decision 24), so
PostgreSQL carries none from one table over to another, and would read every year.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from app.domain.period import Period

_PAGE = text("""
SELECT b.ggmm, b.version, b.charged, b.paid, b.open, b.due_on, b.stage,
       i.issued_on, i.discount_until, i.discount, i.discount_percent, i.interest,
       (SELECT latest_ggmm FROM account_balance WHERE ident = :ident) AS latest_ggmm,
       (SELECT setting_on('discount_earned_by', office_day()) #>> '{}') AS discount_earned_by
FROM bill_balance b
JOIN bill i ON i.ident = b.ident AND i.ggmm = b.ggmm AND i.version = b.version
WHERE b.ident = :ident AND b.ggmm >= :from_ggmm AND b.ggmm < :before_ggmm
  AND i.ident = :ident AND i.ggmm >= :from_ggmm AND i.ggmm < :before_ggmm
ORDER BY b.ggmm DESC LIMIT :at_most
""")

_YEARS = text("""
SELECT ggmm / 100 AS year, count(*) AS bills, sum(charged) AS charged, sum(paid) AS paid, sum(open) AS open
FROM bill_balance WHERE ident = :ident GROUP BY 1 ORDER BY 1 DESC
""")

_BILL = text("""
SELECT i.ident, i.ggmm, i.version, i.issued_on, i.discount_until, i.due_on, i.charged, i.interest,
       i.discount_percent, i.discount, i.streak, i.kind, i.area, i.heated_area, i.members,
       i.charging_method, i.prior_unsued, i.prior_sued, i.prior_plan, i.prior_overpaid, i.reason,
       b.version AS current_version, b.paid, b.open, b.stage,
       (SELECT latest_ggmm FROM account_balance WHERE ident = :ident) AS latest_ggmm,
       (SELECT setting_on('discount_earned_by', office_day()) #>> '{}') AS discount_earned_by
FROM bill i
JOIN bill_balance b ON b.ident = i.ident AND b.ggmm = i.ggmm
WHERE i.ident = :ident AND i.ggmm = :ggmm AND b.ident = :ident AND b.ggmm = :ggmm
  AND i.version = coalesce(CAST(:version AS smallint), b.version)
""")

_LINES = text("""
SELECT l.ggmm, l.line_no, l.quantity, l.price, l.vat_percent, l.vat, l.amount,
       s.code AS service_code, s.name AS service, s.unit, s.basis,
       s.season_from IS NOT NULL AS is_seasonal, s.position,
       p.id AS provider_id, p.code AS provider_code, p.name AS provider, p.phone AS provider_phone
FROM bill_lines(:ident, CAST(:ggmm AS smallint), CAST(:ggmm AS smallint)) l
JOIN service s ON s.id = l.service_id
JOIN provider p ON p.id = s.provider_id
WHERE l.version = :version
ORDER BY l.line_no
""")

_LINKS = text("""
SELECT 'payment' AS kind, p.id AS record_id, p.received_on AS day, p.reference AS number,
       p.channel AS state, a.amount
FROM allocation a JOIN payment p ON p.ident = a.ident AND p.id = a.payment_id
WHERE a.ident = :ident AND a.ggmm = :ggmm AND p.ident = :ident
UNION ALL
SELECT 'notice', n.id, n.drawn_on, n.number, n.state, i.principal + i.interest
FROM notice_item i JOIN notice n ON n.ident = i.ident AND n.id = i.notice_id
WHERE i.ident = :ident AND i.ggmm = :ggmm AND n.ident = :ident
UNION ALL
SELECT 'case', c.id, c.filed_on, coalesce(nullif(c.case_number, ''), c.internal_number), c.state, i.principal
FROM enforcement_item i JOIN enforcement_case c ON c.ident = i.ident AND c.id = i.case_id
WHERE i.ident = :ident AND i.ggmm = :ggmm AND c.ident = :ident
UNION ALL
SELECT 'plan', p.id, p.signed_on, p.contract_number, p.state, i.principal + i.interest
FROM plan_item i JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
WHERE i.ident = :ident AND i.ggmm = :ggmm AND p.ident = :ident
UNION ALL
SELECT 'version', v.version, v.issued_on, '', v.reason, v.charged
FROM bill v WHERE v.ident = :ident AND v.ggmm = :ggmm
ORDER BY day DESC NULLS FIRST, record_id DESC
""")

_PARTIES = text("""
SELECT h.kind AS holder_kind, h.first_name, h.last_name, h.business_name, h.pib,
       coalesce(x.before ->> 'delivery_name', a.delivery_name) AS delivery_name,
       coalesce(x.before ->> 'delivery_address', a.delivery_address) AS delivery_address,
       u.name AS street, g.house_number, p.entrance, p.floor, p.door,
       n.name AS settlement, n.postcode, m.name AS municipality,
       s.is_water_metered, s.has_hot_water, s.has_waste, s.is_rented_from_city,
       g.has_district_heating, g.has_assembly, g.has_elevator,
       b.total, b.current_month, b.unsued, b.sued, b.plan, b.overpaid
FROM account a
JOIN premises p ON p.ident = a.ident
JOIN building g ON g.id = p.building_id
JOIN street u ON u.id = g.street_id
JOIN settlement n ON n.id = u.settlement_id
JOIN municipality m ON m.id = n.municipality_id
LEFT JOIN account_balance b ON b.ident = a.ident
LEFT JOIN LATERAL (
    SELECT kind, first_name, last_name, business_name, pib FROM holder
    WHERE ident = :ident AND valid_from <= :on_day ORDER BY valid_from DESC LIMIT 1
) h ON true
LEFT JOIN LATERAL (
    SELECT is_water_metered, has_hot_water, has_waste, is_rented_from_city FROM premises_state
    WHERE ident = :ident AND valid_from <= :on_day ORDER BY valid_from DESC LIMIT 1
) s ON true
-- an address elsewhere is kept as it is now: of a month it is what the first change after it found
LEFT JOIN LATERAL (
    SELECT e.before FROM change_effect e JOIN change_request r ON r.id = e.request_id
    WHERE e.ident = :ident AND r.ident = :ident AND e.table_name = 'account' AND r.applies_from > :ggmm
    ORDER BY e.id LIMIT 1
) x ON true
WHERE a.ident = :ident
""")


def page(
    session: Session, *, ident: int, from_ggmm: int, before_ggmm: int, at_most: int
) -> Sequence[Row[Any]]:
    """Return bills with ``from_ggmm <= ggmm < before_ggmm``, the latest first."""
    given = {"ident": ident, "from_ggmm": from_ggmm, "before_ggmm": before_ggmm, "at_most": at_most}
    return session.execute(_PAGE, given).all()


def years(session: Session, *, ident: int) -> Sequence[Row[Any]]:
    """Return the years (two digits) there are bills of, with their sums, the latest first."""
    return session.execute(_YEARS, {"ident": ident}).all()


def bill(session: Session, *, ident: int, ggmm: int, version: int | None) -> Row[Any] | None:
    """Return one bill with its balance; the current version when none is named."""
    given = {"ident": ident, "ggmm": ggmm, "version": version}
    return session.execute(_BILL, given).one_or_none()


def lines(session: Session, *, ident: int, ggmm: int, version: int) -> Sequence[Row[Any]]:
    """Return the lines of one version of a bill with their services and providers, as printed."""
    return session.execute(_LINES, {"ident": ident, "ggmm": ggmm, "version": version}).all()


def links(session: Session, *, ident: int, ggmm: int) -> Sequence[Row[Any]]:
    """Return everything that names one month: payments, notices, cases, plans, versions."""
    return session.execute(_LINKS, {"ident": ident, "ggmm": ggmm}).all()


def parties(session: Session, *, ident: int, period: Period) -> Row[Any] | None:
    """Return whom the bill of a month is addressed to and what the premises were, and the six sums now.

    The month counts, whenever its bill or a correction of it was issued.
    """
    given = {"ident": ident, "ggmm": period.ggmm, "on_day": period.last_day}
    return session.execute(_PARTIES, given).one_or_none()
