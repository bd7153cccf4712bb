"""Supervisors and clerks decide on requests: one by one, many at once, two at the same time."""

import pytest

from app.domain.changes import ChangeKind, IntakeChannel
from app.domain.personal_numbers import jmbg
from tests.robots.colleague import Colleague
from tests.robots.stage import ANA, CLERK, MILAN, OTHER_CLERK, SUPERVISOR
from tests.robots.work import Decider
from ui.work.decisions import Move
from ui.work.views import View

OTHER_SUPERVISOR = "goran.jovanovic"
ALWAYS_IN_TIME, LONG_PLAN, OVERPAID, IN_CYRILLIC = "1000105", "1000552", "1000773", "1001001"


@pytest.fixture
def colleague(stage):
    """Return what seats a colleague at another desk."""
    seated = []

    def seat(login):
        seated.append(Colleague(stage, login))
        return seated[-1]

    yield seat
    for someone in seated:
        someone.leaves()


@pytest.fixture
def decider(stage):
    """Return what lets somebody sign in and go to the list of work."""

    def comes(login=SUPERVISOR):
        clerk = stage.opens()
        clerk.signs_in(login)
        someone = Decider(clerk)
        someone.goes_to_work()
        return someone

    return comes


NEW_HOLDER = {
    "holder_kind": "natural",
    "last_name": "Jovanović",
    "first_name": "Mila",
    "jmbg": jmbg.make("010199071501"),
}


def state_of(stage, number):
    return stage.one(f"SELECT state FROM change_request WHERE number = '{number}'")


def test_a_supervisor_approves_what_a_clerk_filed_and_the_next_one_opens(stage, colleague, decider):
    clerk = colleague(CLERK)
    number = clerk.files(ANA, ChangeKind.MEMBERS, {"members": 5}, days_ago=13)
    after = clerk.files(MILAN, ChangeKind.MEMBERS, {"members": 4}, days_ago=13)
    supervisor = decider()

    supervisor.reviews(number)
    supervisor.approves()

    supervisor.sees_request(after)
    supervisor.clerk.hears(f"{number} is approved")
    assert state_of(stage, number) == "applied"
    members = f"SELECT members FROM premises_state WHERE ident = {ANA} ORDER BY valid_from DESC LIMIT 1"
    assert stage.one(members) == 5


def test_who_approves_another_holder_reads_what_ends_with_the_present_one(stage, colleague, decider):
    stage.run(
        "INSERT INTO contact (ident, contact_no, kind, value, normalized, since) VALUES"
        f" ({MILAN}, 91, 'phone', '064 900 9001', '0649009001', '2019-01-01'),"
        f" ({MILAN}, 92, 'phone', '064 900 9002', '0649009002', '2019-01-01')"
    )
    number = colleague(CLERK).files(MILAN, ChangeKind.HOLDER, NEW_HOLDER)
    supervisor = decider()

    supervisor.reviews(number)

    told = supervisor.clerk.widget("review.leaving").accessibleName()
    assert "064 900 9001" in told
    assert "064 900 9002" in told
    supervisor.approves()
    supervisor.clerk.hears(f"{number} is approved")
    left = f"SELECT count(*) FROM contact WHERE ident = {MILAN} AND ended_on IS NULL"
    assert stage.one(left) == 0


def test_letters_typed_into_the_box_are_no_decision_on_the_request_that_comes_meanwhile(
    stage, colleague, decider
):
    clerk = colleague(CLERK)
    number = clerk.files(ANA, ChangeKind.MEMBERS, {"members": 6}, days_ago=13)
    after = clerk.files(MILAN, ChangeKind.MEMBERS, {"members": 5}, days_ago=13)
    supervisor = decider()
    supervisor.reviews(number)

    supervisor.approves()
    supervisor.clerk.presses("Ctrl+K")
    supervisor.sees_request(after)
    supervisor.clerk.types("ana")

    assert supervisor.clerk.window.focusWidget() is supervisor.clerk.desk.search.field
    assert state_of(stage, after) == "submitted"


def test_the_rail_counts_what_waits_and_turns_red_for_what_is_overdue(stage, colleague, decider):
    colleague(CLERK).files(ANA, ChangeKind.DELIVERY_ADDRESS, _address("Glavna 1, Zemun"), days_ago=30)
    supervisor = decider()
    button = supervisor.clerk.widget("rail.work")

    supervisor.clerk.until(lambda: button.badge, "nothing is counted")

    assert int(button.badge) == len(supervisor.numbers())
    assert button.tone == "bad"
    assert "overdue" in button.accessibleName()


def test_nobody_is_offered_to_approve_what_they_entered_and_is_told_why(colleague, decider):
    number = colleague(CLERK).files(OVERPAID, ChangeKind.MEMBERS, {"members": 3})
    clerk = decider(CLERK)

    clerk.reviews(number)

    assert not clerk.may(Move.APPROVE)
    assert "somebody else has to approve" in clerk.is_told_why_not()


def test_a_request_is_rejected_with_a_reason(stage, colleague, decider):
    number = colleague(CLERK).files(IN_CYRILLIC, ChangeKind.MEMBERS, {"members": 6})
    supervisor = decider()

    supervisor.reviews(number)
    supervisor.rejects("The certificate is of another building.")

    supervisor.clerk.hears(f"{number} is rejected")
    assert state_of(stage, number) == "rejected"
    reason = stage.one(f"SELECT reason FROM change_request WHERE number = '{number}'")
    assert reason == "The certificate is of another building."


def test_nothing_is_rejected_without_a_reason(stage, colleague, decider):
    number = colleague(CLERK).files(ALWAYS_IN_TIME, ChangeKind.AREA, _area("60.00"))
    supervisor = decider()

    supervisor.reviews(number)
    supervisor.rejects("")

    supervisor.clerk.until(lambda: supervisor.review.strip.reason.error, "no reason was asked for")
    assert state_of(stage, number) == "submitted"


def test_what_was_returned_comes_back_to_the_list_once_it_is_completed(stage, colleague, decider):
    clerk = colleague(CLERK)
    number = clerk.files(LONG_PLAN, ChangeKind.MEMBERS, {"members": 2})
    supervisor = decider()
    supervisor.reviews(number)
    supervisor.returns("The certificate has no stamp.")
    supervisor.clerk.hears(f"{number} is returned")
    if supervisor.review.isVisible():
        supervisor.goes_back()
    supervisor.clerk.until(lambda: number not in supervisor.numbers(), "it is still to be decided")
    supervisor.page.queue.filters.choose_view(View.RETURNED)
    supervisor.clerk.until(lambda: number in supervisor.numbers(), "it is not among the returned")

    clerk.completes(number, {"members": 3})
    supervisor.page.queue.filters.choose_view(View.WAITING)
    supervisor.clerk.presses("F5")

    supervisor.clerk.until(lambda: number in supervisor.numbers(), "it did not come back")


def test_what_the_provider_decides_goes_there_and_is_approved_by_their_order(stage, colleague, decider):
    number = colleague(CLERK).files(ALWAYS_IN_TIME, ChangeKind.STOP_HEATING, {"ground": "heat_meter"})
    supervisor = decider()
    supervisor.reviews(number)
    assert "provider decides" in supervisor.is_told_why_not()

    supervisor.asks_provider("JKP Beogradske elektrane")
    supervisor.clerk.until(lambda: state_of(stage, number) == "with_provider", "it was not sent")
    if supervisor.review.isVisible():
        supervisor.goes_back()
    supervisor.page.queue.filters.choose_view(View.WITH_PROVIDER)
    supervisor.clerk.until(lambda: number in supervisor.numbers(), "it is not at the provider")
    supervisor.reviews(number)
    supervisor.writes_order("BE 77/2026")
    supervisor.clerk.until(lambda: supervisor.may(Move.APPROVE), "it cannot be approved")
    supervisor.approves()

    supervisor.clerk.hears(f"{number} is approved")
    heated = "SELECT heated_area FROM premises_state WHERE ident = {0} ORDER BY valid_from DESC LIMIT 1"
    assert stage.one(heated.format(ALWAYS_IN_TIME)) == 0
    order = f"SELECT provider_order FROM change_request WHERE number = '{number}'"
    assert stage.one(order) == "BE 77/2026"


def test_what_was_approved_by_mistake_is_undone_by_a_request_that_says_why(stage, colleague, decider):
    number = colleague(CLERK).files(LONG_PLAN, ChangeKind.DELIVERY_ADDRESS, _address("Glavna 9, Zemun"))
    supervisor = decider()
    supervisor.reviews(number)
    supervisor.approves()
    supervisor.clerk.hears(f"{number} is approved")

    supervisor.clerk.clicks("desk.messages.undo")
    supervisor.gives_reason("Entered on the wrong account.")

    supervisor.clerk.hears(f"undoing of {number} is filed")
    undoing = (
        "SELECT u.state FROM change_request u JOIN change_request r ON u.undoes = r.id WHERE r.number = '{0}'"
    )
    assert stage.one(undoing.format(number)) == "submitted"


# -- two at once ---------------------------------------------------------------------------------------


def test_the_second_at_a_request_sees_who_took_it(colleague, decider):
    number = colleague(CLERK).files(MILAN, ChangeKind.DELIVERY_ADDRESS, _address("Glavna 2, Zemun"))
    first, second = decider(), decider(OTHER_SUPERVISOR)
    first.reviews(number)

    second.clerk.presses("F5")
    second.clerk.until(lambda: "Vesna Marković" in " ".join(second.row_of(number)), "nobody is named")
    second.reviews(number)

    assert "Vesna Marković" in second.is_told_why_not()
    assert not second.may(Move.APPROVE)


def test_two_who_take_the_next_one_get_two_different_ones(colleague, decider):
    clerk = colleague(CLERK)
    for ident in (ANA, MILAN):
        clerk.files(ident, ChangeKind.DELIVERY_ADDRESS, _address("Glavna 12, Zemun"))
    first, second = decider(), decider(OTHER_SUPERVISOR)

    assert first.takes_next() != second.takes_next()


def test_what_is_taken_is_given_back_on_leaving_and_on_locking(stage, colleague, decider):
    number = colleague(CLERK).files(OVERPAID, ChangeKind.AREA, _area("50.00"))
    claimed = f"SELECT claimed_by FROM change_request WHERE number = '{number}'"
    supervisor = decider()
    supervisor.reviews(number)
    assert stage.one(claimed) == SUPERVISOR

    supervisor.clerk.locks()
    supervisor.clerk.until(lambda: stage.one(claimed) is None, "it is still taken")
    supervisor.clerk.unlocks()
    supervisor.clerk.until(lambda: stage.one(claimed) == SUPERVISOR, "it was not taken again")
    supervisor.sees_request(number)

    supervisor.goes_back()
    supervisor.clerk.until(lambda: stage.one(claimed) is None, "it is still taken")


def test_who_decides_on_what_was_changed_meanwhile_sees_by_whom_and_keeps_the_reason(
    stage, colleague, decider
):
    clerk = colleague(CLERK)
    number = clerk.files(IN_CYRILLIC, ChangeKind.AREA, _area("70.00"))
    first = decider()
    first.reviews(number)
    first.returns("The extract is of another flat.")
    first.clerk.hears("returned")
    if first.review.isVisible():
        first.goes_back()
    first.page.queue.filters.choose_view(View.RETURNED)
    first.clerk.until(lambda: number in first.numbers(), "it is not among the returned")
    first.reviews(number)

    clerk.completes(number, {"area": "72.00"})
    first.rejects("It was never completed.")

    words = first.is_refused()
    assert "Jelena Nikolić" in words
    assert "72" in words
    assert first.clerk.reads("work.decision.reason.editor") == "It was never completed."
    assert state_of(stage, number) == "submitted"


def test_the_same_request_approved_at_the_same_instant_is_approved_once(stage, colleague, decider):
    number = colleague(CLERK).files(ANA, ChangeKind.DELIVERY_ADDRESS, _address("Glavna 7, Zemun"))
    first, second = decider(), decider(OTHER_SUPERVISOR)
    first.reviews(number)
    stage.run(
        "SET session_replication_role = replica; UPDATE change_request SET"
        f" claimed_at = claimed_at - interval '1 hour' WHERE number = '{number}'"
    )
    second.reviews(number)

    first.approves()
    second.approves()

    first.clerk.until(
        lambda: "approved" in first.clerk.desk.messages.words or bool(first.review.notice.words),
        "the first heard nothing",
    )
    second.clerk.until(
        lambda: "approved" in second.clerk.desk.messages.words or bool(second.review.notice.words),
        "the second heard nothing",
    )
    events = (
        "SELECT count(*) FROM change_event e JOIN change_request r ON r.id = e.request_id"
        f" WHERE r.number = '{number}' AND e.new_state = 'applied'"
    )
    assert stage.one(events) == 1
    told = [one for one in (first, second) if one.review.notice.words]
    assert len(told) == 1


# -- many at once --------------------------------------------------------------------------------------


def test_many_are_approved_at_once_each_on_its_own_result(stage, colleague, decider):
    clerk, other = colleague(OTHER_CLERK), colleague(OTHER_SUPERVISOR)
    numbers = [
        clerk.files(ident, ChangeKind.SUBSIDY, _subsidy(decision))
        for ident, decision in ((MILAN, "XIX-1"), (LONG_PLAN, "XIX-2"), (OVERPAID, "XIX-3"))
    ]
    announced = clerk.files(ANA, ChangeKind.SUBSIDY, _subsidy("XIX-4"), channel=IntakeChannel.PHONE)
    supervisor = decider()
    supervisor.clerk.until(lambda: announced in supervisor.numbers(), "they are not listed")
    other.approves(numbers[1])

    results = supervisor.approves_together(*numbers, announced)

    outcomes = {row[1]: row[0] for row in results}
    assert outcomes[numbers[0]] == outcomes[numbers[2]] == "✓ approved"
    assert outcomes[numbers[1]] == "✗ not approved"
    assert outcomes[announced] == "left out"
    assert [state_of(stage, number) for number in numbers] == ["applied"] * 3
    assert state_of(stage, announced) == "submitted"


def test_only_requests_of_one_kind_are_approved_together(colleague, decider):
    clerk = colleague(CLERK)
    one = clerk.files(LONG_PLAN, ChangeKind.AREA, _area("58.00"))
    other = clerk.files(LONG_PLAN, ChangeKind.MEMBERS, {"members": 4})
    supervisor = decider()

    supervisor.chooses(one, other)
    supervisor.clerk.presses("A")

    supervisor.clerk.hears("one kind")
    assert not supervisor.clerk.is_seen("batch")


def _area(area):
    return {"area": area, "heated_area": "40.00"}


def _address(address):
    return {"delivery_address": address}


def _subsidy(decision):
    return {
        "category": "low_income",
        "percent": "20",
        "decision": decision,
        "granted_until": "2099-12-31",
    }
