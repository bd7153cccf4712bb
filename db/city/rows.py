"""Rows on their way into the database: text for COPY, gathered by table.

Nothing in the city's texts needs escaping; ``NULL`` is written as COPY wants it.
"""

from collections.abc import Iterable

NULL = r"\N"

COLUMNS: dict[str, str] = {
    "street": "id, settlement_id, name",
    "building": "id, street_id, house_number, has_district_heating, has_assembly, has_elevator",
    "account": "ident, opened_on, closed_on, delivery_name, delivery_address",
    "premises": "ident, building_id, entrance, floor, door",
    "premises_state": "ident, valid_from, valid_to, kind, area, heated_area, members, charging_method,"
    " is_water_metered, has_hot_water, has_waste, is_rented_from_city, reason",
    "holder": "ident, valid_from, valid_to, kind, first_name, last_name, business_name, jmbg, pib,"
    " company_number",
    "contact": "ident, contact_no, kind, value, normalized, since, ended_on",
    "subsidy": "ident, valid_from, valid_to, category, percent, decision",
    "email_consent": "ident, consent_no, email, given_by, given_at, channel, wording, recorded_by",
    "delivery": "ident, by_email, on_paper, email",
    "portal_registration": "ident, user_name, registered_on, activated_at, notified_by_email",
    "bill": "ident, ggmm, version, issued_on, discount_until, due_on, charged, interest, discount_percent,"
    " discount, streak, kind, area, heated_area, members, charging_method, prior_unsued, prior_sued,"
    " prior_plan, prior_overpaid, reason",
    "bill_line": "ident, ggmm, version, line_no, service_id, quantity, price, vat_percent, vat, amount",
    "bill_balance": "ident, ggmm, version, due_on, charged, paid, stage",
    "account_balance": "ident, current_month, unsued, sued, plan, overpaid, latest_ggmm",
    "payment": "ident, id, received_on, booked_at, amount, channel, reference, payer, bank_line",
    "allocation": "ident, payment_id, allocation_no, ggmm, plan_id, instalment_no, case_id, amount",
    "notice": "ident, id, number, kind, state, drawn_on, delivery_method, delivered_on, days_to_pay,"
    " principal, interest",
    "notice_item": "ident, notice_id, ggmm, principal, interest",
    "enforcement_case": "ident, id, internal_number, case_number, bailiff_id, state, principal, interest,"
    " interest_until, creditor_costs, bailiff_costs, paid_costs, filed_on, decided_on, served_on,"
    " objected_on, final_on, ended_on, means, state_before_plan",
    "enforcement_item": "ident, case_id, ggmm, principal",
    "plan": "ident, id, programme_id, contract_number, state, signed_on, certified_on,"
    " certification_number, ended_on, principal, interest, costs, written_off_principal,"
    " written_off_interest, payable, created_by, created_at, programme_version, branch_id, payer,"
    " discount_percent, interest_relief, next_due_on, breaks_on",
    "plan_item": "ident, plan_id, ggmm, principal, interest, was_sued, case_id, accrued_from,"
    " interest_on_bill",
    "plan_cost": "ident, plan_id, case_id, amount",
    "instalment": "ident, plan_id, instalment_no, due_on, amount, paid",
    "plan_event": "ident, plan_id, id, happened_at, login, old_state, new_state, cause, facts",
    "call_note": "ident, id, written_at, author, channel, text",
    "change_request": "ident, id, version, kind, state, channel, branch_id, entered_by, entered_at, editors,"
    " number, number_year, number_serial, submitted_at, received_on, happened_on, applicant_name,"
    " applicant_standing, applicant_id_card, applicant_phone, applicant_email, basis_act, basis_number,"
    " basis_date, basis_issuer, new_values, secrets, sent_to_provider_at, decided_by, decided_at, reason,"
    " note",
    "change_paper": "ident, request_id, id, paper_kind, act, file_name, content_type, content,"
    " is_original_seen, original_seen_by, original_seen_at, added_by, added_at, number",
    "change_event": "ident, request_id, id, happened_at, login, old_state, new_state, reason",
    "reissue": "ident, id, ggmm, version, made_at, operator, branch_id, reason, medium, script, note",
}
"""What COPY is given, by table, in the order that references between tables ask for."""

BY_YEAR = ("bill", "bill_line", "bill_balance")
"""Tables kept by year; loading names the partition itself, which saves choosing it for every row."""


def partition(table: str, ggmm: int) -> str:
    """Return the partition a month's rows belong to."""
    return f"{table}_{2000 + ggmm // 100}"


def columns_of(table: str) -> str:
    """Return the columns of a table or of a year's partition of one."""
    if table in COLUMNS:
        return COLUMNS[table]
    return COLUMNS[table.rpartition("_")[0]]


def copy_order(tables: Iterable[str]) -> list[str]:
    """Sort tables and partitions so that what is referred to comes first."""
    places = {name: place for place, name in enumerate(COLUMNS)}
    return sorted(tables, key=lambda name: (places.get(name, places.get(name.rpartition("_")[0], 0)), name))


class Rows:
    """The rows of some accounts, in account order."""

    __slots__ = ("_lines",)

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def of(self, table: str) -> list[str]:
        """Return the list that the rows of a table are appended to."""
        found = self._lines.get(table)
        if found is None:
            found = self._lines[table] = []
        return found

    def add(self, table: str, *values: object) -> None:
        """Add a row given by its values in the order of ``COLUMNS``; None is NULL."""
        self.of(table).append("\t".join([_text(value) for value in values]) + "\n")

    def texts(self) -> list[tuple[str, str]]:
        """Return what to copy: tables in order, each with its rows."""
        return [(table, "".join(self._lines[table])) for table in copy_order(self._lines)]

    def count(self, table: str) -> int:
        """Count the rows of a table, all years together."""
        return sum(
            len(lines)
            for name, lines in self._lines.items()
            if name == table or name.rpartition("_")[0] == table
        )


def _text(value: object) -> str:
    if value is None:
        return NULL
    if value is True:
        return "t"
    if value is False:
        return "f"
    return str(value)
