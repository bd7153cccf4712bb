"""Everything that happened to one account, merged in one statement.

Most events have a day, some a moment; a day stands at its beginning.  The key
of a row is (moment, kind, number of the row within its kind).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_PAGE = text("""
WITH happened AS (
    SELECT 'bill_issued' AS kind, ggmm * 100 + version AS row_no, issued_on AS day,
           NULL::timestamptz AS moment, NULL::bigint AS record_id, ggmm, '' AS number, '' AS state,
           charged AS amount, NULL::text AS login, reason AS words
    FROM bill WHERE ident = :ident AND version = 1
    UNION ALL
    SELECT 'bill_corrected', ggmm * 100 + version, issued_on, NULL, version, ggmm, '', '', charged, NULL,
           reason
    FROM bill WHERE ident = :ident AND version > 1
    UNION ALL
    SELECT 'payment', id, received_on, NULL, id, NULL, reference, channel, amount, NULL, payer
    FROM payment WHERE ident = :ident
    UNION ALL
    SELECT 'notice_drawn', id, drawn_on, NULL, id, NULL, number, state, principal + interest, NULL, kind
    FROM notice WHERE ident = :ident
    UNION ALL
    SELECT 'notice_delivered', id, delivered_on, NULL, id, NULL, number, state, principal + interest, NULL,
           delivery_method
    FROM notice WHERE ident = :ident AND delivered_on IS NOT NULL
    UNION ALL
    SELECT 'case_step', c.id * 10 + s.place, s.day, NULL, c.id, NULL,
           coalesce(nullif(c.case_number, ''), c.internal_number), s.step,
           c.principal + c.interest + c.creditor_costs + c.bailiff_costs, NULL,
           CASE s.step WHEN 'ended' THEN c.state ELSE '' END
    FROM enforcement_case c
    CROSS JOIN LATERAL (VALUES (1, 'filed', c.filed_on), (2, 'decided', c.decided_on),
        (3, 'served', c.served_on), (4, 'objected', c.objected_on), (5, 'final', c.final_on),
        (6, 'ended', c.ended_on)) AS s (place, step, day)
    WHERE c.ident = :ident AND s.day IS NOT NULL
    UNION ALL
    SELECT 'plan_step', p.id * 10 + s.place, s.day, NULL, p.id, NULL, p.contract_number, s.step, p.payable,
           CASE s.step WHEN 'signed' THEN p.created_by END, CASE s.step WHEN 'ended' THEN p.state ELSE '' END
    FROM plan p
    CROSS JOIN LATERAL (VALUES (1, 'signed', p.signed_on), (2, 'certified', p.certified_on),
        (3, 'ended', p.ended_on)) AS s (place, step, day)
    WHERE p.ident = :ident AND s.day IS NOT NULL
    UNION ALL
    SELECT 'plan_paper', h.id, h.made_at::date, h.made_at, h.plan_id, NULL, coalesce(p.contract_number, ''),
           h.paper, NULL, h.operator, h.medium
    FROM plan_paper h LEFT JOIN plan p ON p.ident = h.ident AND p.id = h.plan_id
    WHERE h.ident = :ident
    UNION ALL
    SELECT 'reissue', id, made_at::date, made_at, id, ggmm, medium, reason, NULL, operator, note
    FROM reissue WHERE ident = :ident
    UNION ALL
    SELECT 'note', id, written_at::date, written_at, id, NULL, '', channel, NULL, author, text
    FROM call_note WHERE ident = :ident
    UNION ALL
    SELECT 'holder', valid_from - DATE '1900-01-01', valid_from, NULL, NULL, NULL, '', kind, NULL, NULL,
           CASE kind WHEN 'legal' THEN business_name
                     ELSE concat_ws(' ', nullif(last_name, ''), nullif(first_name, '')) END
    FROM holder WHERE ident = :ident
    UNION ALL
    SELECT 'premises', valid_from - DATE '1900-01-01', valid_from, NULL, NULL, NULL, members::text, kind,
           area, NULL, reason
    FROM premises_state WHERE ident = :ident
    UNION ALL
    SELECT 'subsidy', valid_from - DATE '1900-01-01', valid_from, NULL, NULL, NULL, '', category, percent,
           NULL, decision
    FROM subsidy WHERE ident = :ident
    UNION ALL
    SELECT 'portal_registered', 1, registered_on, NULL, NULL, NULL, '', '', NULL, NULL, user_name
    FROM portal_registration WHERE ident = :ident
    UNION ALL
    SELECT 'account_opened', 1, opened_on, NULL, NULL, NULL, '', '', NULL, NULL, ''
    FROM account WHERE ident = :ident
    UNION ALL
    SELECT 'account_closed', 1, closed_on, NULL, NULL, NULL, '', '', NULL, NULL, ''
    FROM account WHERE ident = :ident AND closed_on IS NOT NULL
    UNION ALL
    SELECT 'change', e.id, e.happened_at::date, e.happened_at, e.request_id, r.applies_from,
           coalesce(r.number, ''), e.new_state, NULL, e.login, r.kind
    FROM change_event e JOIN change_request r ON r.ident = e.ident AND r.id = e.request_id
    -- approved and applied are one moment; a draft is nobody's business yet
    WHERE e.ident = :ident AND r.number IS NOT NULL AND e.new_state NOT IN ('draft', 'approved')
    UNION ALL
    SELECT 'delivery_changed', id, happened_at::date, happened_at, NULL, NULL, '',
           CASE fields #>> '{by_email,1}' WHEN 'true' THEN 'email_on' WHEN 'false' THEN 'email_off'
                ELSE CASE fields #>> '{on_paper,1}' WHEN 'true' THEN 'paper_on' WHEN 'false' THEN 'paper_off'
                     ELSE 'address' END END,
           NULL, login, coalesce(fields #>> '{email,1}', '')
    FROM account_changes(:ident, ARRAY['delivery'], :before_moment, :at_most)
), keyed AS (
    SELECT coalesce(moment, day::timestamptz) AS at, * FROM happened
    WHERE kind = ANY (:kinds)
)
SELECT k.at, k.kind, k.row_no, k.day, k.moment, k.record_id, k.ggmm, k.number, k.state, k.amount, k.words,
       coalesce(s.full_name, k.login) AS who
FROM (
    SELECT * FROM keyed WHERE (at, kind, row_no) < (:before_moment, :before_kind, :before_row)
    ORDER BY at DESC, kind DESC, row_no DESC LIMIT :at_most
) k LEFT JOIN staff s ON s.login = k.login
ORDER BY k.at DESC, k.kind DESC, k.row_no DESC
""")


def page(
    session: Session,
    *,
    ident: int,
    kinds: Sequence[str],
    before: tuple[datetime, str, int],
    at_most: int,
) -> Sequence[Row[Any]]:
    """Return events of these kinds before a key, the latest first."""
    moment, kind, row_no = before
    given = {
        "ident": ident,
        "kinds": list(kinds),
        "before_moment": moment,
        "before_kind": kind,
        "before_row": row_no,
        "at_most": at_most,
    }
    return session.execute(_PAGE, given).all()
