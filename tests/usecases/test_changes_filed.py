"""Filing: the kinds offered, the ground of a form, drafts, submission, and two people at once."""

from datetime import date, timedelta

import pytest

from app.domain.changes import ChangeKind, ChangeState, IntakeChannel, Rule
from app.domain.errors import Conflict
from app.domain.period import Period
from app.usecases import changes
from app.usecases.changes import FilingObstacle
from tests.usecases.conftest import AGENT, ANA, CLERK, FIRM, NEW, SUPERVISOR, refused
from tests.usecases.filed import NEW_HOLDER, Desk, filing


@pytest.fixture
def desk(town):
    return Desk(town)


def test_every_kind_is_offered_in_the_companys_order_or_says_why_not(desk):
    with desk.town.visiting(CLERK, ANA) as session:
        of_a_flat = changes.kinds_for(session, ident=ANA, today=desk.today)
    with desk.town.visiting(CLERK, FIRM) as session:
        of_a_shop = {
            one.kind: one.why_not for one in changes.kinds_for(session, ident=FIRM, today=desk.today)
        }

    assert [one.kind for one in of_a_flat] == list(ChangeKind)
    assert {one.kind: one.why_not for one in of_a_flat if not one.is_allowed} == {
        ChangeKind.OPEN_ACCOUNT: FilingObstacle.NEW_PREMISES_ONLY,
        ChangeKind.LEGAL_PERSON: FilingObstacle.NATURAL_PERSON,
    }
    assert of_a_shop[ChangeKind.LEGAL_PERSON] is None
    assert of_a_shop[ChangeKind.DEATH] is FilingObstacle.LEGAL_PERSON
    assert of_a_shop[ChangeKind.MEMBERS] is FilingObstacle.NOT_A_HOME
    assert of_a_shop[ChangeKind.CHARGING_METHOD] is FilingObstacle.NO_ASSEMBLY


def test_of_a_closed_account_only_names_and_ways_change(desk):
    desk.town.run(
        "UPDATE account SET closed_on = :day WHERE ident = :ident",
        day=desk.today - timedelta(days=3),
        ident=ANA,
    )
    with desk.town.visiting(CLERK, ANA) as session:
        choices = changes.kinds_for(session, ident=ANA, today=desk.today)

    assert {one.kind for one in choices if one.is_allowed} == {
        ChangeKind.CORRECTION,
        ChangeKind.DELIVERY_ADDRESS,
        ChangeKind.EMAIL_DELIVERY,
    }


def test_what_is_stopped_already_is_not_offered(desk):
    desk.town.run(
        "UPDATE premises_state SET heated_area = 0, has_waste = false WHERE ident = :ident", ident=ANA
    )
    with desk.town.visiting(CLERK, ANA) as session:
        choices = {one.kind: one.why_not for one in changes.kinds_for(session, ident=ANA, today=desk.today)}

    assert choices[ChangeKind.STOP_HEATING] is FilingObstacle.NOT_HEATED
    assert choices[ChangeKind.STOP_WASTE] is FilingObstacle.NO_WASTE_CHARGE


def test_a_form_stands_on_what_is_on_file_in_two_statements(desk):
    with desk.town.visiting(CLERK, ANA) as session:
        ground = changes.form_of(session, ident=ANA, kind=ChangeKind.AREA, today=date(2026, 6, 21))

    assert ground.current == {"area": "54.30", "heated_area": "52.10"}
    assert (ground.holder_kind, ground.by_members) == ("natural", False)
    assert ground.effective_on(date(2026, 6, 21)).period == Period(2026, 7)
    assert ground.open_duplicates == ()
    assert ground.debt is None
    assert len(desk.town.statements) == 2


@pytest.mark.parametrize(
    ("received_on", "ggmm"),
    [
        ((2026, 6, 20), 2606),
        ((2026, 6, 21), 2607),
        ((2026, 12, 21), 2701),
        ((2026, 2, 28), 2603),
        ((2014, 6, 15), 1406),
        ((2014, 6, 16), 1407),
    ],
)
def test_the_month_follows_the_cutoff_in_force_when_the_request_came(desk, received_on, ggmm):
    with desk.town.visiting(CLERK, ANA) as session:
        ground = changes.form_of(session, ident=ANA, kind=ChangeKind.AREA, today=desk.today)

    assert ground.effective_on(date(*received_on)).period == Period.from_ggmm(ggmm)


def test_the_database_counts_from_the_same_month_as_the_form(desk):
    days = [desk.today - timedelta(days=back) for back in (1, 9, 12, 40)]
    for day in days:
        request_id = desk.draft(
            ChangeKind.MEMBERS, {"members": 4}, received_on=day, happened_on=day - timedelta(days=2)
        )
        with desk.town.visiting(CLERK, ANA) as session:
            ground = changes.form_of(session, ident=ANA, kind=ChangeKind.MEMBERS, today=desk.today)
        submitted = desk.submit(request_id)

        assert submitted["applies_from"] == ground.effective_on(day).period.ggmm


def test_a_change_of_user_shows_debt_cases_and_plans(desk):
    desk.town.bill(ANA, Period(2026, 6), [("heating", "52.10", "151.10")])
    today = desk.today
    with desk.town.visiting(CLERK, ANA) as session:
        ground = changes.form_of(session, ident=ANA, kind=ChangeKind.HOLDER, today=today)

    assert ground.debt is not None
    assert ground.debt.sums.total > 0
    assert ground.debt.cases == ground.debt.plans == ()
    assert len(desk.town.statements) == 6


def test_personal_numbers_on_file_come_masked(desk):
    with desk.town.visiting(CLERK, ANA) as session:
        current = changes.current_values(session, ident=ANA, kind=ChangeKind.CORRECTION)

    assert set(current) == {"last_name", "first_name", "jmbg", "phone", "email"}
    assert current["jmbg"] is None or "•" in current["jmbg"]


def test_a_draft_keeps_whatever_was_typed_and_has_no_number(desk):
    with desk.town.visiting(CLERK, ANA) as session:
        saved = changes.save_draft(
            session,
            ident=ANA,
            kind=ChangeKind.AREA,
            filing=filing(desk.today, received_on=None, happened_on=None, applicant_standing=None),
            values={"area": "oko pedeset\nkvadrata", "heated_area": "50"},
        )
    draft = desk.seen(saved["request_id"])

    assert (draft.state, draft.number, saved["version"]) == (ChangeState.DRAFT, "", 1)
    assert draft.values == {"area": "oko pedeset kvadrata", "heated_area": "50.00"}
    assert draft.fields[0].old == "54.30"
    assert draft.filing.received_on is None
    assert draft.moves == {ChangeState.SUBMITTED, ChangeState.CANCELLED}
    assert draft.is_editable


def test_what_cannot_be_is_refused_at_submission_field_by_field(desk):
    request_id = desk.draft(ChangeKind.AREA, {"area": "oko pedeset", "heated_area": "50"})
    with desk.town.visiting(CLERK, ANA) as session, refused(session, changes.FormWrong) as caught:
        changes.submit(session, ident=ANA, request_id=request_id, seen_version=1, confirmed=True)

    assert caught.value.field == "area"
    assert [problem.rule for problem in caught.value.problems] == [Rule.UNREADABLE]


def test_the_same_data_cannot_be_submitted_as_a_change(desk):
    request_id = desk.draft(ChangeKind.MEMBERS, {"members": 3})
    with desk.town.visiting(CLERK, ANA) as session, refused(session, changes.FormWrong) as caught:
        changes.submit(session, ident=ANA, request_id=request_id, seen_version=1, confirmed=True)

    assert [problem.rule for problem in caught.value.problems] == [Rule.NOTHING_CHANGED]


def test_nothing_is_reported_before_it_happens(desk):
    tomorrow = desk.today + timedelta(days=1)
    with desk.town.visiting(CLERK, ANA) as session:
        for days, field in (
            ({"happened_on": tomorrow, "received_on": tomorrow}, "happened_on"),
            ({"received_on": tomorrow}, "received_on"),
        ):
            with refused(session, changes.ChangeInFuture) as caught:
                changes.save_draft(
                    session,
                    ident=ANA,
                    kind=ChangeKind.MEMBERS,
                    filing=filing(desk.today, **days),
                    values={"members": 2},
                )
            assert (caught.value.field, caught.value.day) == (field, tomorrow)
        with refused(session, changes.ReceivedBeforeItHappened) as caught:
            changes.save_draft(
                session,
                ident=ANA,
                kind=ChangeKind.MEMBERS,
                filing=filing(desk.today, received_on=desk.today - timedelta(days=2)),
                values={"members": 2},
            )
    assert caught.value.field == "received_on"


def test_a_late_change_and_a_second_one_of_the_kind_have_to_be_confirmed(desk):
    first = desk.submit(desk.draft(ChangeKind.MEMBERS, {"members": 4}))["number"]
    late = desk.draft(ChangeKind.MEMBERS, {"members": 5}, happened_on=desk.today - timedelta(days=9))
    with desk.town.visiting(CLERK, ANA) as session:
        with refused(session, changes.SubmissionNeedsConfirmation) as caught:
            changes.submit(session, ident=ANA, request_id=late, seen_version=1, confirmed=False)
        submitted = changes.submit(session, ident=ANA, request_id=late, seen_version=1, confirmed=True)
        ground = changes.form_of(session, ident=ANA, kind=ChangeKind.MEMBERS, today=desk.today)

    assert (caught.value.duplicates, caught.value.days) == ((first,), 9)
    assert submitted["is_late"]
    assert [one.number for one in ground.open_duplicates] == [first, submitted["number"]]
    assert not desk.seen(ground.open_duplicates[0].id).is_late


def test_eight_days_are_in_time_and_submitting_takes_two_statements(desk):
    request_id = desk.draft(ChangeKind.MEMBERS, {"members": 5}, happened_on=desk.today - timedelta(days=8))
    with desk.town.visiting(CLERK, ANA) as session:
        submitted = changes.submit(session, ident=ANA, request_id=request_id, seen_version=1, confirmed=False)

        assert len(desk.town.statements) == 2
    assert not submitted["is_late"]


def test_numbers_of_a_branch_follow_one_another(desk):
    numbers = [desk.submit(desk.draft(ChangeKind.MEMBERS, {"members": n}))["number"] for n in (1, 2, 4)]
    serials = [int(number.rpartition("-")[2].partition("/")[0]) for number in numbers]

    assert serials == [serials[0], serials[0] + 1, serials[0] + 2]
    assert {number.rpartition("/")[2] for number in numbers} == {str(desk.today.year)}


def test_who_edits_second_is_told_who_was_first_and_what_is_stored_now(desk):
    request_id = desk.draft(ChangeKind.MEMBERS, {"members": 4})
    with desk.town.visiting(SUPERVISOR, ANA) as session:
        changes.change_draft(
            session,
            ident=ANA,
            request_id=request_id,
            seen_version=1,
            filing=filing(desk.today, applicant_name="Mira Marić"),
            values={"members": 6},
        )
    with desk.town.visiting(CLERK, ANA) as session, pytest.raises(Conflict) as caught:
        changes.change_draft(
            session,
            ident=ANA,
            request_id=request_id,
            seen_version=1,
            filing=filing(desk.today),
            values={"members": 7},
        )

    assert caught.value.changed_by == "Sava Ilić"
    assert caught.value.changed_at is not None
    assert caught.value.fields == {"applicant_name": "Mira Marić", "members": 6}


def test_an_agent_takes_an_announcement_and_nothing_else(desk):
    with desk.town.visiting(AGENT, ANA) as session:
        with refused(session, changes.ChannelForbidden):
            changes.save_draft(
                session, ident=ANA, kind=ChangeKind.MEMBERS, filing=filing(desk.today), values={"members": 2}
            )
        saved = changes.save_draft(
            session,
            ident=ANA,
            kind=ChangeKind.MEMBERS,
            filing=filing(desk.today, channel=IntakeChannel.PHONE),
            values={"members": 2},
        )
        submitted = changes.submit(
            session, ident=ANA, request_id=saved["request_id"], seen_version=1, confirmed=False
        )

    assert submitted["number"]
    assert desk.seen(saved["request_id"], by=AGENT).moves == {ChangeState.CANCELLED}


def test_requests_of_an_account_are_listed_the_latest_first_and_by_pages(desk):
    made = [desk.draft(ChangeKind.MEMBERS, {"members": n}, with_papers=False) for n in (1, 2, 4)]
    with desk.town.visiting(CLERK, ANA) as session:
        first = changes.change_page(session, ident=ANA, limit=2)
        second = changes.change_page(session, ident=ANA, limit=2, after=first.next_key)
        assert len(desk.town.statements) == 2
    with desk.town.visiting(SUPERVISOR, NEW) as session:
        elsewhere = changes.change_page(session, ident=ANA)

    assert [row.id for row in (*first.rows, *second.rows)] == made[::-1]
    assert second.next_key is None
    assert elsewhere.rows == ()


def test_a_request_is_read_whole_in_one_statement(desk):
    request_id, today = desk.draft(ChangeKind.HOLDER, NEW_HOLDER), desk.today
    with desk.town.visiting(CLERK, ANA) as session:
        changes.change_of(session, ident=ANA, request_id=request_id, today=today)

        assert len(desk.town.statements) == 1
        with refused(session, changes.NoSuchRequest):
            changes.change_of(session, ident=ANA, request_id=request_id + 1, today=today)


def test_streets_are_found_in_either_script_without_diacritics(desk):
    with desk.town.signed_in(CLERK) as session:
        found = [
            changes.streets_like(session, text=typed) for typed in ("ucit", "УЧИТЕЉ", "zvezd uči", "100%")
        ]
        by_id = changes.street_named(session, street_id=1)

    assert [[street.name for street in streets] for streets in found] == [["Učiteljska"]] * 3 + [[]]
    assert by_id == found[0][0]
