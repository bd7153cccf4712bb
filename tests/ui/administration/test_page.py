"""The administrator lands on a page of their own: settings, people, and what programmes may give."""

from datetime import date
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.faulty import Faulty
from app.domain.plans import LadderStep, Payer, Terms
from app.usecases import plans
from app.usecases.plans import DraftFields
from app.usecases.plans.rules import OverBounds
from db.gateway import Gateway
from tests.conftest import Database
from tests.robots.seating import Until, changed
from tests.ui.administration.conftest import TODAY
from ui.administration.screen import AdministrationPage


def in_row(page: AdministrationPage, place: int) -> list[str]:
    model = page.settings.model
    return [str(model.index(place, at).data()) for at in range(model.columnCount())]


def test_every_setting_is_listed_with_its_day_and_what_counts_today_first(page: AdministrationPage) -> None:
    rows = [in_row(page, place) for place in range(page.settings.model.rowCount())]
    cutoffs = [row for row in rows if row[0] == "change_cutoff_day"]

    assert [(row[1], row[2], row[3]) for row in cutoffs] == [
        ("20", "01.01.2015.", "in force"),
        ("15", "01.01.1977.", "over"),
    ]
    holds = [row[3] == "in force" for row in rows]
    assert holds == sorted(holds, reverse=True)
    assert {row[4] for row in cutoffs} == {"not confirmed"}


def test_people_are_listed_with_their_roles(page: AdministrationPage, until: Until) -> None:
    page.turn()
    until(lambda: page.people.model.rowCount())

    listed = [(one.full_name, one.role.value, one.is_active) for one in page.people.model.rows()]

    assert ("Vera Tasić", "desk_admin", True) in listed
    assert [name for name, _, _ in listed] == ["Rada Simić", "Sava Ilić", "Vera Tasić"]


def test_the_ground_it_runs_on_is_told(page: AdministrationPage, until: Until) -> None:
    until(lambda: page.facts.value_of("schema") != "–")

    assert page.facts.value_of("years").startswith("2023")
    assert page.facts.value_of("server")


def test_bounds_are_changed_from_a_day_on_with_a_reason(
    qtbot: QtBot, page: AdministrationPage, until: Until, said: list[str], chiefs: tuple[Gateway, Gateway]
) -> None:
    now = page.bounds.list.in_force
    assert now is not None
    assert (now.percent, now.instalments) == (50, 60)
    page.change_bounds()
    sheet = page.sheet
    assert sheet.from_day.day() == TODAY

    sheet.percent.set_value("12")
    sheet.instalments.set_value("24")
    sheet.reason.set_value("Odluka veća od 9. jula")
    qtbot.keyClick(sheet.reason.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    until(lambda: said)

    until(lambda: page.bounds.list.in_force != now)
    holds = page.bounds.list.in_force
    assert holds is not None
    assert (holds.percent, holds.instalments, holds.reason) == (12, 24, "Odluka veća od 9. jula")
    assert sheet.isHidden()
    with pytest.raises(OverBounds):
        publish(chiefs, percent=13)
    publish(chiefs, percent=12)


def publish(chiefs: tuple[Gateway, Gateway], *, percent: int) -> None:
    author, publisher = chiefs
    terms = Terms((LadderStep(Payer.ORDINARY, 6, Decimal(percent)),))
    draft = partial(
        plans.draft_programme,
        terms=terms,
        fields=DraftFields(date(2026, 9, 1), legal_basis="Zaključak"),
        code=f"P{percent}",
        name=f"P{percent}",
    )
    made = author.act(draft, key=uuid4())
    send = partial(
        plans.publish_programme,
        programme_id=made["programme_id"],
        version=made["version"],
        seen_revision=made["revision"],
    )
    publisher.act(send, key=uuid4())


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_sent(
    qtbot: QtBot, page: AdministrationPage
) -> None:
    page.change_bounds()
    sheet = page.sheet
    sheet.from_day.set_day(date(2026, 7, 9))
    sheet.percent.set_value("101")
    sheet.instalments.set_value("0")

    sheet.keep_bounds()

    assert all(field.error for field in sheet.fields)
    assert QApplication.focusWidget() is sheet.from_day.editor
    assert sheet.save.isEnabled()


def test_bounds_that_cannot_be_read_are_named_and_the_others_listed(
    settled: Database, page: AdministrationPage, until: Until
) -> None:
    with changed(settled) as town:
        town.run("SET LOCAL session_replication_role = replica")
        town.run(
            "INSERT INTO setting (name, valid_from, value, is_unconfirmed, note)"
            " VALUES ('programme_bounds', '2026-01-01', '\"many\"', true, '')"
        )
    from logging import getLogger

    getLogger("app.usecases.faulty").disabled = True
    page.refresh()
    until(lambda: page.bounds.list.model.rowCount() == 3)
    getLogger("app.usecases.faulty").disabled = False

    rows = page.bounds.list.model.rows()
    assert [isinstance(row, Faulty) for row in rows] == [True, False, False]
    assert rows[0].number == "programme_bounds 2026-01-01"
