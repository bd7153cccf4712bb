"""What is typed into the form of a programme: read as terms, written back, and merged with another's."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.domain.plans import FirstDue, InterestRelief, LadderStep, Payer, SizeRule, Terms, VersionState
from app.domain.plans.programmes import from_json
from app.usecases.plans import EditedVersion, ProgrammeVersion
from db.codebook.loading import programmes
from ui.programmes.typed import FieldFault, blank_values, extension_of, merged, read, values_of

TODAY = date(2026, 11, 22)
TERMS = Terms(
    (LadderStep(Payer.ORDINARY, 1, Decimal(15)), LadderStep(Payer.ORDINARY, 12, Decimal("7.5"))),
    size_rules=(SizeRule(Payer.ORDINARY, Decimal(30000), 12), SizeRule(Payer.ORDINARY, None, 24)),
    interest=InterestRelief.ON_FULFILMENT,
    least_instalment=Decimal("1000.00"),
    first_due=FirstDue.END_OF_NEXT_MONTH,
    most_payable={"desk_clerk": Decimal("200000.00")},
    unconfirmed=frozenset({"breach"}),
)


def version(terms=TERMS, *, valid_to=date(2027, 1, 1)):
    it = ProgrammeVersion(
        7,
        2,
        "2026",
        "Reprogram 2026",
        "broj 5",
        "Zaključak",
        date(2026, 10, 1),
        valid_to,
        terms,
        "produženje",
    )
    moment = datetime(2026, 9, 30, 10, tzinfo=UTC)
    return EditedVersion(it, VersionState.DRAFT, "Sava Ilić", moment, "", None, 3)


def filled(**changed):
    return values_of(version()) | changed


def faults(**changed):
    return dict(read(filled(**changed), today=TODAY).faults)


def test_what_is_on_file_is_read_back_the_same():
    reading = read(filled(), today=TODAY)

    assert reading.terms == TERMS
    assert (reading.fields.valid_from, reading.fields.valid_to) == (date(2026, 10, 1), date(2027, 1, 1))
    assert (reading.fields.decision, reading.fields.legal_basis) == ("broj 5", "Zaključak")


@pytest.mark.parametrize("row", programmes()[1], ids=lambda row: f"{row['programme_id']}-{row['version']}")
def test_every_programme_the_city_published_passes_through_the_form_unchanged(row):
    terms = from_json(row["terms"])

    assert read(values_of(version(terms)), today=TODAY).terms == terms


def test_a_validity_is_typed_by_its_last_day():
    assert filled()["last_day"] == "31.12.2026."
    assert read(filled(last_day="30.6.2027"), today=TODAY).fields.valid_to == date(2027, 7, 1)
    assert read(filled(last_day=""), today=TODAY).fields.valid_to is None


def test_an_extension_begins_where_the_other_ends_and_has_no_decision_yet():
    typed = extension_of(version())

    assert (typed["valid_from"], typed["last_day"], typed["decision"]) == ("01.01.2027.", "", "")
    assert typed["ladder"] == filled()["ladder"]
    assert extension_of(version(valid_to=None))["valid_from"] == ""


@pytest.mark.parametrize(
    ("name", "typed", "fault"),
    [
        ("valid_from", "", FieldFault.NEEDED),
        ("valid_from", "nekad", FieldFault.NO_DAY),
        ("last_day", "30.9.2026", FieldFault.ENDS_BEFORE),
        ("due_until", "31.2.2026", FieldFault.NO_DAY),
        ("least_instalment", "hiljadu", FieldFault.NO_AMOUNT),
        ("least_instalment", "-5", FieldFault.CANNOT_BE),
        ("down_payment_percent", "pola", FieldFault.NO_PERCENT),
        ("down_payment_percent", "100", FieldFault.CANNOT_BE),
        ("first_due_days", "3.5", FieldFault.NO_NUMBER),
        ("first_due_days", "367", FieldFault.CANNOT_BE),
        ("missed_instalments", "dve", FieldFault.NO_NUMBER),
        ("most_desk_clerk", "mnogo", FieldFault.NO_AMOUNT),
        ("ladder", [], FieldFault.CANNOT_BE),
        ("ladder", [["100", "5", "", "", "", ""]], FieldFault.CANNOT_BE),
        ("ladder", [["12", "101", "", "", "", ""]], FieldFault.CANNOT_BE),
        ("ladder", [["", "5", "", "", "", ""]], FieldFault.NO_PERCENT),
        ("ladder", [["12", "NaN", "", "", "", ""]], FieldFault.NO_PERCENT),
        ("sizes", [["0", "12", "", "", "", ""]], FieldFault.CANNOT_BE),
        ("sizes", [["puno", "12", "", "", "", ""]], FieldFault.NO_AMOUNT),
        ("name", " ", FieldFault.NEEDED),
    ],
)
def test_what_cannot_be_read_or_cannot_be_is_said_of_its_own_field(name, typed, fault):
    assert faults(**{name: typed}) == {name: fault}


def test_debts_that_are_neither_sued_nor_unsued_are_no_debts():
    assert faults(takes_unsued=False, takes_sued=False) == {"takes_unsued": FieldFault.CANNOT_BE}


def test_rows_are_typed_in_any_order_and_empty_ones_mean_nothing():
    rows = [["12", "5", "", "", "", ""], ["", "", "", "", "", ""], ["1", "15 %", "20", "", "", ""]]

    steps = read(filled(ladder=rows), today=TODAY).terms.steps

    assert steps == (
        LadderStep(Payer.ORDINARY, 1, Decimal(15)),
        LadderStep(Payer.ORDINARY, 12, Decimal(5)),
        LadderStep(Payer.PENSIONER, 1, Decimal(20)),
    )


def test_a_blank_form_lacks_a_code_a_name_and_a_first_day():
    assert read(blank_values(), today=TODAY).faults == dict.fromkeys(
        ("code", "name", "valid_from"), FieldFault.NEEDED
    )


def test_what_both_changed_stays_mine_and_what_i_left_alone_is_theirs():
    seen = filled()
    mine = seen | {"note": "moje", "decision": "moja odluka"}
    theirs = seen | {"note": "njihovo", "days_of_grace": "9"}

    made, changed = merged(seen=seen, mine=mine, theirs=theirs)

    assert (made["note"], made["decision"], made["days_of_grace"]) == ("moje", "moja odluka", "9")
    assert {name: (before, after) for name, before, after in changed} == {
        "note": ("produženje", "njihovo"),
        "days_of_grace": ("0", "9"),
    }
