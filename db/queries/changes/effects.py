"""What a forecast is computed from: the state of the premises, the latest bills, prices, the building."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_ACCOUNT = text("""
SELECT s.kind, s.area, s.heated_area, s.members, s.charging_method, s.is_water_metered, s.has_hot_water,
       s.has_waste, s.is_rented_from_city, coalesce(g.has_elevator, false) AS has_elevator,
       b.latest_ggmm, coalesce(b.unsued + b.sued, 0) AS open_debt,
       EXISTS (SELECT FROM bill_balance p
               WHERE p.ident = :ident AND p.stage = 'plan' AND p.open > 0) AS debt_in_plan,
       setting_on('discount_debt', office_day()) #>> '{}' AS debt_counted,
       i.kind AS billed_kind, i.area AS billed_area, i.members AS billed_members,
       i.charging_method AS billed_method, i.streak, i.discount_until, i.due_on, y.open AS latest_open,
       (SELECT max(p.received_on) FROM allocation a JOIN payment p ON p.id = a.payment_id
        WHERE a.ident = :ident AND p.ident = :ident AND a.ggmm = b.latest_ggmm) AS settled_on,
       (SELECT jsonb_agg(jsonb_build_array(valid_from, valid_to, percent::text)) FROM subsidy
        WHERE ident = :ident) AS subsidies,
       (SELECT jsonb_agg(value) FROM setting WHERE name = 'holidays') AS holidays
FROM (SELECT) nothing
LEFT JOIN LATERAL (
    SELECT * FROM premises_state WHERE ident = :ident ORDER BY valid_from DESC LIMIT 1
) s ON true
LEFT JOIN premises p ON p.ident = :ident
LEFT JOIN building g ON g.id = p.building_id
LEFT JOIN account_balance b ON b.ident = :ident
LEFT JOIN bill_balance y ON y.ident = :ident AND y.ggmm = b.latest_ggmm
LEFT JOIN bill i ON i.ident = :ident AND i.ggmm = b.latest_ggmm AND i.version = y.version
""")

_LINES = text("""
SELECT l.ggmm, s.code, p.code AS provider, s.unit, l.quantity, l.price, l.vat_percent, l.vat, l.amount,
       s.season_from IS NOT NULL AS is_seasonal
FROM bill_balance b
JOIN bill_lines(:ident, CAST(:first_ggmm AS smallint), CAST(:last_ggmm AS smallint)) l
  ON l.ident = b.ident AND l.ggmm = b.ggmm AND l.version = b.version
JOIN service s ON s.id = l.service_id
JOIN provider p ON p.id = s.provider_id
WHERE b.ident = :ident AND b.ggmm BETWEEN :first_ggmm AND :last_ggmm
ORDER BY l.ggmm DESC, l.line_no
""")

_TARIFFS = text("""
SELECT s.id, s.code, s.name, p.code AS provider, p.name AS provider_name, s.basis, s.unit,
       s.premises_kinds, s.season_from, s.season_to,
       coalesce(c.amount, CASE s.basis WHEN 'provider' THEN 1 END) AS price, v.percent AS vat_percent
FROM service s
JOIN provider p ON p.id = s.provider_id
LEFT JOIN price c ON c.service_id = s.id AND is_in_force(c.valid_from, c.valid_to, :on_day)
LEFT JOIN vat_rate v ON v.service_id = s.id AND is_in_force(v.valid_from, v.valid_to, :on_day)
ORDER BY s.position, s.id
""")

_BUILDING_USE = text("SELECT basis, consumed, area, members FROM building_use(:ident)")

_IS_BUILDING_ON_RECORD = text("SELECT is_building_on_record(:ident)")

_BUILDING_ACCOUNTS = text("""
SELECT ident, kind, area, heated_area, members, charging_method, is_water_metered, has_hot_water, has_waste,
       is_rented_from_city, ggmm, lines
FROM building_accounts(:ident)
""")


def account(session: Session, *, ident: int) -> Row[Any]:
    """Return the state of the premises and the latest bill's header; empty where there is none."""
    return session.execute(_ACCOUNT, {"ident": ident}).one()


def lines(session: Session, *, ident: int, first_ggmm: int, last_ggmm: int) -> Sequence[Row[Any]]:
    """Return the lines of the bills of some months, the latest first."""
    given = {"ident": ident, "first_ggmm": first_ggmm, "last_ggmm": last_ggmm}
    return session.execute(_LINES, given).all()


def tariffs(session: Session, *, on_day: date) -> Sequence[Row[Any]]:
    """Return every service with its price and VAT on a day, in the order of the bill."""
    return session.execute(_TARIFFS, {"on_day": on_day}).all()


def building_use(session: Session, *, ident: int) -> Sequence[Row[Any]]:
    """Return what the building of an account consumed in common, by measure."""
    return session.execute(_BUILDING_USE, {"ident": ident}).all()


def building_accounts(session: Session, *, ident: int) -> Sequence[Row[Any]]:
    """Return the accounts of the building; none before it is on record that this person looks at them."""
    if not session.execute(_IS_BUILDING_ON_RECORD, {"ident": ident}).scalar_one():
        return ()
    return session.execute(_BUILDING_ACCOUNTS, {"ident": ident}).all()
