"""What the database refuses about requests, by the names of its rules."""

from datetime import date
from typing import Any

from app.domain.changes import ChangeState, PaperKind, Problem, Rule
from app.domain.errors import Refused
from db import errors
from db.errors import Facts, RuleBroken


class FormWrong(Refused):
    """Values of the form cannot be; ``problems`` says which and why, ``field`` is the first of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(*(f"{problem.field}: {problem.rule}" for problem in problems))
        self.problems = problems
        self.field = problems[0].field if problems else ""


class TransitionForbidden(RuleBroken):
    """The request cannot go from ``old`` to ``new``, or not by this person."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.old = _state(facts.detail.get("old"))
        self.new = _state(facts.detail.get("new"))


class OwnApproval(RuleBroken):
    """Four eyes: whoever entered or edited a request does not approve it."""


class PapersMissing(RuleBroken):
    """Papers that the kind asks for are not there."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.papers = _papers(facts)
        self.field = "papers"


class OriginalNotSeen(RuleBroken):
    """Nobody has put on record that the original of a paper was seen."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.papers = _papers(facts)
        self.field = "papers"


class ChangeInFuture(RuleBroken):
    """Nothing can be reported before it happens."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = str(facts.detail.get("field", ""))
        self.day = _day(facts.detail.get("day"))


class ReceivedLongAgo(RuleBroken):
    """So far back a request is received by a supervisor alone, with the reason in the note."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "received_on"
        self.most = int(facts.detail.get("most", 0))


class PaperOfAnother(RuleBroken):
    """A paper is taken away by whoever brought it, ``by``, and nobody else."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "papers"
        self.by = str(facts.detail.get("by", ""))


class PaperKept(RuleBroken):
    """What was submitted with a request stays with it."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "papers"


class ChangeReasonMissing(RuleBroken):
    """Nobody returns, rejects or cancels a request without a reason."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "reason"


class Outdated(RuleBroken):
    """What the request started from is not on file any more: ``fields`` were changed since."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.fields = tuple(str(name) for name in facts.detail.get("fields", ()))


class NotEditable(RuleBroken):
    """In its state the request can no longer be edited, or not by this person."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.state = _state(facts.detail.get("state"))


class ProviderOrderMissing(RuleBroken):
    """The provider's order decides, and its number is not written down."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "provider_order"


class ChannelForbidden(RuleBroken):
    """Whoever serves by telephone only takes announcements by telephone."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "channel"


class PaperTooBig(RuleBroken):
    """The file is bigger than the setting allows; ``size`` and ``most`` are in bytes."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.size = int(facts.detail.get("size", 0))
        self.most = int(facts.detail.get("most", 0))
        self.field = "papers"


class PapersTooMany(RuleBroken):
    """The request has as many papers as the setting allows, ``most``."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.most = int(facts.detail.get("most", 0))
        self.field = "papers"


class PapersTooMuchToday(RuleBroken):
    """The person has stored as much in a day as the setting allows, ``most`` in bytes."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.most = int(facts.detail.get("most", 0))
        self.field = "papers"


class ChangesTooMany(RuleBroken):
    """The person has entered as many requests in a day as the setting allows, ``most``."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.most = int(facts.detail.get("most", 0))


class IdentsTooMany(RuleBroken):
    """The person has promised as many account numbers in a day as the setting allows, ``most``."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.most = int(facts.detail.get("most", 0))


class PaperTypeRefused(RuleBroken):
    """By its content the file is neither PDF nor JPEG, PNG or TIFF."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.file = str(facts.detail.get("file", ""))
        self.field = "papers"


class PaperNumberMissing(RuleBroken):
    """A paper that says who somebody is was only seen: it counts by its number, or by a copy."""


class PaperNumberRefused(RuleBroken):
    """This is no number of an identity card, a passport or an extract."""


class PaperNameRefused(RuleBroken):
    """The name of the file could be taken for a path, or holds signs that do not show."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.file = str(facts.detail.get("file", ""))
        self.field = "papers"


class UndoneAlready(RuleBroken):
    """The request is undone, or being undone, by another one."""


class Superseded(RuleBroken):
    """What the request changed was changed again since, so it cannot be taken back."""


class NotPossible(RuleBroken):
    """What is on file does not allow the change to be written: a state that ended, a number taken."""


class ReceivedBeforeItHappened(RuleBroken):
    """A request came in before what it reports."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.field = "received_on"


def _form_wrong(facts: Facts) -> FormWrong:
    rule = facts.detail.get("rule")
    known = Rule(rule) if rule in set(Rule) else Rule.NOT_OFFERED
    return FormWrong((Problem(str(facts.detail.get("field", "")), known),))


def _state(value: Any) -> ChangeState | None:
    return ChangeState(value) if value in list(ChangeState) else None


def _papers(facts: Facts) -> tuple[PaperKind, ...]:
    return tuple(PaperKind(kind) for kind in facts.detail.get("papers", ()) if kind in list(PaperKind))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


errors.register("change_transition_forbidden", TransitionForbidden)
errors.register("change_own_approval", OwnApproval)
errors.register("change_papers_missing", PapersMissing)
errors.register("change_original_not_seen", OriginalNotSeen)
errors.register("change_in_future", ChangeInFuture)
errors.register("change_received_long_ago", ReceivedLongAgo)
errors.register("paper_of_another", PaperOfAnother)
errors.register("paper_kept", PaperKept)
errors.register("change_field_wrong", _form_wrong)
errors.register("change_reason_missing", ChangeReasonMissing)
errors.register("change_outdated", Outdated)
errors.register("change_not_editable", NotEditable)
errors.register("change_provider_order_missing", ProviderOrderMissing)
errors.register("change_channel_forbidden", ChannelForbidden)
errors.register("paper_too_big", PaperTooBig)
errors.register("papers_too_many", PapersTooMany)
errors.register("papers_too_much_today", PapersTooMuchToday)
errors.register("changes_too_many", ChangesTooMany)
errors.register("idents_too_many", IdentsTooMany)
errors.register("paper_type_refused", PaperTypeRefused)
errors.register("paper_name_refused", PaperNameRefused)
errors.register("paper_number_missing", PaperNumberMissing)
errors.register("paper_number_refused", PaperNumberRefused)
errors.register("change_undone_already", UndoneAlready)
errors.register("uq_change_request_undoes", UndoneAlready)
errors.register("change_superseded", Superseded)
errors.register("change_not_possible", NotPossible)
errors.register("ck_change_request_happened_before_received", ReceivedBeforeItHappened)
