"""What was changed on one page is seen on another: at once, or when somebody comes back to it."""

import pytest

from app.domain.changes import ChangeKind
from tests.robots.colleague import Colleague
from tests.robots.stage import ANA, CLERK, MILAN, SUPERVISOR
from tests.robots.work import Decider
from ui.desk.places import AccountSection
from ui.kit.fields import TextField

OTHER_SUPERVISOR = "goran.jovanovic"
BY_EMAIL = {"by_email": True, "delivery_email": "novi@example.com"}


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
def supervisor(stage):
    seated = stage.opens()
    seated.signs_in(SUPERVISOR)
    return seated


@pytest.mark.parametrize(
    ("kind", "values", "shown", "now"),
    [
        (ChangeKind.MEMBERS, {"members": 5}, "data.premises.facts.members", "5"),
        (ChangeKind.EMAIL_DELIVERY, BY_EMAIL, "data.delivery.facts.by_email", "novi@example.com"),
    ],
)
def test_an_account_whose_change_was_approved_in_review_is_shown_as_it_is_now(
    colleague, supervisor, kind, values, shown, now
):
    number = colleague(CLERK).files(ANA, kind, values, days_ago=13)
    supervisor.opens(ANA, section=AccountSection.DATA)
    supervisor.until(lambda: supervisor.reads(shown), "the data did not come")
    before = supervisor.reads(shown)
    decider = Decider(supervisor)
    decider.goes_to_work()

    decider.reviews(number)
    decider.approves()
    supervisor.hears(f"{number} is approved")
    supervisor.clicks("rail.account")

    assert before != now
    supervisor.until(lambda: supervisor.reads(shown) == now, f"{shown} is still what it was")


def test_accounts_approved_together_are_shown_as_they_are_now_though_the_last_was_refused(
    colleague, supervisor
):
    clerk, other = colleague(CLERK), colleague(OTHER_SUPERVISOR)
    first = clerk.files(ANA, ChangeKind.MEMBERS, {"members": 7}, days_ago=13)
    last = clerk.files(MILAN, ChangeKind.MEMBERS, {"members": 6}, days_ago=12)
    supervisor.opens(ANA, section=AccountSection.DATA)
    decider = Decider(supervisor)
    decider.goes_to_work()
    supervisor.until(lambda: {first, last} <= set(decider.numbers()), "they are not listed")
    other.approves(last)

    results = decider.approves_together(first, last)
    supervisor.clicks("rail.account")

    assert {row[1]: row[0] for row in results} == {first: "✓ approved", last: "✗ not approved"}
    supervisor.until(
        lambda: supervisor.reads("data.premises.facts.members") == "7", "the members are still those before"
    )


def test_what_is_done_on_a_page_that_is_seen_is_asked_for_once(supervisor):
    supervisor.opens(MILAN, section=AccountSection.DATA)
    supervisor.until(lambda: supervisor.reads("data.delivery.facts.by_email"), "the data did not come")
    assert "@" not in supervisor.reads("data.delivery.facts.by_email")
    supervisor.runs("account.delivery")
    supervisor.until(lambda: supervisor.is_seen("delivery"), "the form did not open")
    supervisor.widget("delivery.by_email").setChecked(True)
    supervisor.widget("delivery.email", TextField).set_value("milan@example.com")
    done = len(supervisor.user_session.gateway.stats.works)

    supervisor.presses("Ctrl+S")
    supervisor.until(
        lambda: "@" in supervisor.reads("data.delivery.facts.by_email"), "the section is as it was before"
    )

    supervisor.until(
        lambda: len(supervisor.user_session.gateway.stats.works[done:]) >= 3, "the header was not asked"
    )
    written, *read = [work.name for work in supervisor.user_session.gateway.stats.works[done:]]
    assert written == "delivery.switch_email_delivery"
    assert len(read) == len(set(read)) == 2  # the header and the section
