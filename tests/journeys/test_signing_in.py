"""Signing in: every reason why not is a sentence of its own."""

import pytest

from db import schema
from tests.robots.stage import ANA, CLERK, COUNTER_SCREEN


def test_a_wrong_password_is_told_and_can_be_tried_again(stage):
    clerk = stage.opens()

    clerk.tries_to_sign_in(CLERK, "wrong")

    assert "password" in clerk.is_refused()
    clerk.signs_in(CLERK)
    assert clerk.reads("status.who") == "Ekspozitura Novi Beograd · clerk"


def test_an_unreachable_server_is_told_from_a_wrong_password(stage):
    clerk = stage.opens(url="postgresql://127.0.0.1:1/salter")

    clerk.tries_to_sign_in(CLERK, "demo")

    assert "Nothing answers at that address" in clerk.is_refused()


def test_a_database_that_was_never_set_up_is_told(stage, cluster):
    cluster.create_database("empty")
    try:
        clerk = stage.opens(url=stage.url.replace(stage.town.name, "empty"))
        clerk.tries_to_sign_in(CLERK, "demo")

        assert "salter-db" in clerk.is_refused()
    finally:
        cluster.drop_database("empty")


@pytest.mark.parametrize(
    ("revision", "advice"),
    [
        ("0000", "An administrator must run: salter-db upgrade."),
        ("9999", "Update the program."),
    ],
)
def test_a_database_of_another_version_is_told_from_everything_else(stage, revision, advice):
    stage.run(f"UPDATE alembic_version SET version_num = '{revision}'")
    try:
        clerk = stage.opens()
        clerk.tries_to_sign_in(CLERK, "demo")

        said = clerk.is_refused()
        assert revision in said
        assert said.endswith(advice)
    finally:
        stage.run(f"UPDATE alembic_version SET version_num = '{schema.HEAD}'")
    clerk.signs_in(CLERK)


def test_somebody_the_server_knows_but_who_does_not_work_here_is_told(stage, cluster):
    stage.run("CREATE ROLE passer_by LOGIN PASSWORD 'demo'")
    try:
        clerk = stage.opens()
        clerk.tries_to_sign_in("passer_by", "demo")

        assert "passer_by" in clerk.is_refused()
    finally:
        stage.run("DROP ROLE passer_by")


def test_a_name_is_asked_for_before_anything_is_tried(stage):
    clerk = stage.opens()

    clerk.window.sign_in.user.clear()
    clerk.clicks("sign_in.enter")

    assert clerk.reads("sign_in.refusal") == "Type the name you sign in with."


@pytest.mark.parametrize("liking", ["theme", "columns", "language"])
def test_what_a_person_likes_follows_them_to_another_workstation(stage, liking):
    clerk = stage.opens()
    clerk.signs_in(CLERK)
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    if liking == "theme":
        clerk.runs("desk.theme_dark")
    elif liking == "language":
        clerk.runs("desk.language_latin")
    else:
        clerk.widget("bills.table").set_column_hidden("due", hidden=True)
    stage.closes(clerk)

    elsewhere = stage.opens()
    elsewhere.signs_in(CLERK)
    elsewhere.opens(ANA)
    elsewhere.sees_bill("/2026")

    if liking == "theme":
        assert elsewhere.picture().pixelColor(4, 200).lightness() < 60
        elsewhere.runs("desk.theme_light")
    elif liking == "language":
        assert elsewhere.reads("rail.home") == "Početna"
        elsewhere.presses("Ctrl+Shift+K")
        elsewhere.types("English\n")
    else:
        assert "due" not in [column.name for column in elsewhere.widget("bills.table").seen_columns()]
        elsewhere.widget("bills.table").reset_columns()


def test_closing_ends_the_visits_and_leaves_no_connection(stage):
    clerk = stage.opens()
    clerk.signs_in(CLERK)
    clerk.opens(ANA)

    stage.closes(clerk)

    still_open = f"SELECT count(*) FROM visit WHERE login = '{CLERK}' AND closed_at IS NULL"
    assert stage.one(still_open) == 0
    connected = f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{CLERK}'"
    stage.wait_until(lambda: stage.one(connected) == 0)


def test_the_window_is_as_large_as_a_counters_screen(stage):
    assert stage.opens().window.size() == COUNTER_SCREEN
