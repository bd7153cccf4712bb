"""What each rule kept by the database means, under the name the database knows it by.

Rules of one use case are registered beside it; here are those that several
writers can break.  A CHECK or a foreign key needs no entry as long as the window
prevents it: it then arrives as ``ValueNotAllowed`` or ``NotOnFile``, with its name.
"""

from app.domain.period import Period
from db.errors import Facts, RuleBroken, register


class AlreadyThere(RuleBroken):
    """Something that exists once, such as a code or a name, exists already."""


class ValidityOverlaps(RuleBroken):
    """Two rows would be in force on the same day."""


class PlanInForce(RuleBroken):
    """The account has a payment plan in force; a second one has to wait for its end."""


class ClaimedInAnotherCase(RuleBroken):
    """The bill is in an enforcement case already."""


class MonthInPlan(RuleBroken):
    """A plan in force holds ``month``, so no case and no notice claims it; ``number`` is the contract's."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.month = Period.from_ggmm(int(facts.detail["ggmm"]))
        self.number = str(facts.detail["number"])


class VisitAlreadyOpen(RuleBroken):
    """The person has this account open already."""


class PaymentAlreadyEntered(RuleBroken):
    """This line of the bank's statement was entered before."""


class RowImmutable(RuleBroken):
    """What was issued or logged is never altered; a correction is a new row."""


class MoveForbidden(RuleBroken):
    """A notice or a case cannot go where it was to go from where it stands by now."""


class MustBeRecorded(RuleBroken):
    """Looking this up leaves a record, so it is an action and not a question."""


class MoreThanIsKept(RuleBroken):
    """A text, a document or a person's preferences are bigger than what is kept of such."""


class BrokenChain(RuleBroken):
    """Two rows of a log would follow the same one."""


_MEANINGS: dict[type[RuleBroken], tuple[str, ...]] = {
    AlreadyThere: (
        "uq_branch_code",
        "uq_building_street_id_house_number",
        "uq_change_request_branch_id_number_year_number_serial",
        "uq_change_request_id",
        "uq_enforcement_case_ident_internal_number",
        "uq_municipality_name",
        "uq_plan_branch_id_number_year_number_serial",
        "uq_plan_contract_number",
        "uq_programme_code",
        "uq_provider_code",
        "uq_service_code",
        "uq_street_settlement_id_name",
    ),
    ValidityOverlaps: (
        "ex_holder_validity",
        "ex_premises_state_validity",
        "ex_price_validity",
        "ex_programme_version_validity",
        "ex_subsidy_validity",
        "ex_vat_rate_validity",
    ),
    PlanInForce: ("uq_plan_in_force",),
    ClaimedInAnotherCase: ("uq_enforcement_item_ident_ggmm",),
    VisitAlreadyOpen: ("uq_visit_open",),
    PaymentAlreadyEntered: ("uq_payment_ident_bank_line",),
    RowImmutable: ("row_immutable",),
    MonthInPlan: ("month_in_plan",),
    MoveForbidden: ("case_transition_forbidden", "notice_transition_forbidden"),
    MustBeRecorded: ("must_be_recorded",),
    MoreThanIsKept: (
        "ck_change_paper_volume",
        "ck_completed_action_volume",
        "ck_delivery_volume",
        "ck_preference_volume",
        "ck_programme_volume",
        "ck_read_log_volume",
        "ck_reissue_volume",
        "preferences_too_many",
    ),
    BrokenChain: ("uq_audit_log_chain_chain_no", "uq_read_log_chain_chain_no"),
}

for _meaning, _rules in _MEANINGS.items():
    for _rule in _rules:
        register(_rule, _meaning)
