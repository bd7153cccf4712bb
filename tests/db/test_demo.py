"""This machine's own demo city: built once, and brought up to date with the program."""

import threading

from sqlalchemy import create_engine, text

from db import demo, schema
from db.embedded import EmbeddedServer

CITY = "demo_city"


def bring_up(server: EmbeddedServer, heard: list[str]) -> None:
    demo.bring_up(
        server, database=CITY, accounts=60, months=3, progress=lambda _share, what: heard.append(what)
    )


def test_two_programs_started_together_build_one_city(cluster: EmbeddedServer):
    heard: tuple[list[str], list[str]] = ([], [])
    try:
        programs = [threading.Thread(target=bring_up, args=(cluster, words)) for words in heard]
        for program in programs:
            program.start()
        for program in programs:
            program.join()

        assert sorted(bool(words) for words in heard) == [False, True]
        assert {person.role for person in demo.staff(cluster, database=CITY)} >= {"desk_clerk", "desk_agent"}
    finally:
        cluster.drop_database(CITY)


def test_a_city_of_an_older_program_gets_this_programs_code(cluster: EmbeddedServer):
    bring_up(cluster, [])
    engine = create_engine(cluster.url_for(CITY))
    try:
        with engine.begin() as connection:
            connection.execute(text("COMMENT ON TABLE alembic_version IS 'code of before'"))
            connection.execute(text("DROP FUNCTION close_visit(integer)"))

        bring_up(cluster, [])

        with engine.connect() as connection:
            assert connection.execute(text("SELECT to_regproc('close_visit')")).scalar_one() is not None
            assert schema.is_current(connection)
    finally:
        engine.dispose()
        cluster.drop_database(CITY)
