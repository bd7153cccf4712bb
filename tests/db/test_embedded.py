"""The embedded server: whoever starts it, however its users end, it is there again at the next start."""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from db.embedded import (
    BULK_LOAD,
    ClusterOfAnotherVersion,
    EmbeddedServer,
    NoPostgresPrograms,
    ServerDidNotStart,
    programs,
)
from tests.conftest import THROWAWAY

START_AND_WAIT = """
import sys
from pathlib import Path
from db.embedded import EmbeddedServer
with EmbeddedServer(Path(sys.argv[1])).running() as server:
    print(server.address.process_id, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="salter-embedded-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def made_home(folder: Path) -> Path:
    with EmbeddedServer(folder / "made", settings=THROWAWAY).running():
        return folder / "made"


@pytest.fixture
def home(folder: Path, made_home: Path) -> Iterator[Path]:
    """A server's home that was used before and is at rest."""
    home = folder / "home"
    shutil.copytree(made_home, home, ignore=shutil.ignore_patterns("socket", "salter.conf"))
    yield home
    shutil.rmtree(home)


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(home, settings=THROWAWAY)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def shared_server(folder: Path) -> Iterator[EmbeddedServer]:
    """A running server for tests that leave it as it was."""
    with EmbeddedServer(folder / "shared-home", settings=THROWAWAY).running() as server:
        yield server


def scalar(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()  # bytes are not held to be literals
    return row and row[0]


def has_ended(process_id: int) -> bool:
    """Tell whether the process ends, given a moment to do so."""
    try:
        process = os.pidfd_open(process_id)
    except ProcessLookupError:
        return True
    watched = select.poll()
    watched.register(process, select.POLLIN)
    try:
        return bool(watched.poll(5_000))
    finally:
        os.close(process)


def started_program(home: Path) -> tuple[subprocess.Popen[str], int]:
    """Start the server from another program, which keeps it until its input ends."""
    program = subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout
    return program, int(program.stdout.readline())


def killed(program: subprocess.Popen[str]) -> None:
    program.kill()
    program.communicate()


def test_an_empty_home_becomes_a_server_that_knows_serbian_letters(folder: Path) -> None:
    with EmbeddedServer(folder / "new", settings=THROWAWAY).running() as server:
        version = int(str(scalar(server.url_for("postgres"), "SHOW server_version_num")))

        assert version >= 150_000
        assert scalar(server.url_for("postgres"), "SELECT lower('ŠĐŽЋЏ')") == "šđžћџ"


def test_the_last_user_to_leave_stops_the_server(server: EmbeddedServer, home: Path) -> None:
    other = EmbeddedServer(home, settings=THROWAWAY)
    server.start()
    other.start()
    process_id = server.address.process_id

    server.stop()
    assert other.address.process_id == process_id
    assert scalar(other.url_for("postgres"), "SELECT 1") == 1

    other.stop()
    assert has_ended(process_id)


def test_leaving_in_the_middle_of_another_users_work_does_not_disturb_it(
    server: EmbeddedServer, home: Path
) -> None:
    server.start()
    with (
        EmbeddedServer(home, settings=THROWAWAY).running() as other,
        psycopg.connect(other.url_for("postgres")) as connection,
    ):
        connection.execute("CREATE TABLE work (done int)")

        server.stop()

        connection.execute("INSERT INTO work VALUES (1)")


def test_programs_that_start_at_the_same_moment_on_an_empty_home_share_one_server(folder: Path) -> None:
    users = [EmbeddedServer(folder / "crowd", settings=THROWAWAY) for _ in range(3)]

    with ThreadPoolExecutor(len(users)) as pool:
        list(pool.map(EmbeddedServer.start, users))
        process_ids = {user.address.process_id for user in users}
        list(pool.map(EmbeddedServer.stop, users))

    assert len(process_ids) == 1
    assert has_ended(process_ids.pop())
    assert not list((folder / "crowd").glob("unfinished-*"))


def test_the_server_a_killed_program_left_running_is_joined_and_stopped(
    server: EmbeddedServer, home: Path
) -> None:
    program, process_id = started_program(home)
    killed(program)

    server.start()
    joined = server.address.process_id
    server.stop()

    assert joined == process_id
    assert has_ended(process_id)


def test_a_killed_server_comes_back_with_what_was_committed(server: EmbeddedServer) -> None:
    server.start()
    killed_process = server.address.process_id
    with psycopg.connect(server.url_for("postgres")) as connection:
        connection.execute("CREATE TABLE bill (ident int)")
        connection.execute("INSERT INTO bill VALUES (1234567)")

    os.kill(killed_process, signal.SIGKILL)
    server.start()

    assert server.address.process_id != killed_process
    assert scalar(server.url_for("postgres"), "SELECT ident FROM bill") == 1234567


def test_a_program_and_its_server_killed_together_do_not_hinder_the_next_start(
    server: EmbeddedServer, home: Path
) -> None:
    program, process_id = started_program(home)
    killed(program)
    os.kill(process_id, signal.SIGKILL)

    server.start()

    assert scalar(server.url_for("postgres"), "SELECT 1") == 1


def test_a_dead_servers_number_now_borne_by_another_program_does_not_hinder_the_start(
    server: EmbeddedServer, home: Path
) -> None:
    words = f"{os.getpid()}\n{home / 'data'}\n1800000000\n5432\n{home / 'socket'}\n\n0 0\nready\n"
    (home / "data" / "postmaster.pid").write_text(words)

    server.start()

    assert server.address.process_id != os.getpid()


def test_a_stopped_server_returns_to_the_same_address(server: EmbeddedServer) -> None:
    server.start()
    url = server.url_for("postgres")
    server.halt()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)

    server.start()

    assert scalar(url, "SELECT 1") == 1


def test_a_server_over_loopback_returns_to_the_same_port(home: Path) -> None:
    server = EmbeddedServer(home, settings=THROWAWAY, over_loopback=True)
    with server.running():
        port = server.address.port
        assert server.address.host == "127.0.0.1"

    with server.running():
        assert server.address.port == port


def test_a_server_over_loopback_moves_when_its_port_is_taken(home: Path) -> None:
    server = EmbeddedServer(home, settings=THROWAWAY, over_loopback=True)
    with server.running():
        port = server.address.port

    with socket.create_server(("127.0.0.1", port)), server.running():
        assert server.address.port != port
        assert scalar(server.url_for("postgres"), "SELECT 1") == 1


def test_nobody_on_the_network_can_reach_the_server(shared_server: EmbeddedServer) -> None:
    assert scalar(shared_server.url_for("postgres"), "SHOW listen_addresses") == ""


def test_only_its_owner_can_reach_the_socket_and_read_the_password(
    shared_server: EmbeddedServer, folder: Path
) -> None:
    assert (folder / "shared-home" / "socket").stat().st_mode & 0o077 == 0
    assert (folder / "shared-home" / "data" / "superuser-password").stat().st_mode & 0o077 == 0


def test_the_superuser_is_refused_without_the_password(shared_server: EmbeddedServer) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(shared_server.url_for("postgres", password="guessed"))


def test_a_home_whose_name_is_too_long_for_a_socket_is_served_all_the_same(
    folder: Path, made_home: Path
) -> None:
    home = folder / ("korisnik-" * 12) / "server"
    home.parent.mkdir(mode=0o711)
    shutil.copytree(made_home, home, ignore=shutil.ignore_patterns("socket"))

    with EmbeddedServer(home, settings=THROWAWAY).running() as server:
        assert scalar(server.url_for("postgres"), "SELECT 1") == 1
        socket_folder = Path(server.address.host)
        assert socket_folder.stat().st_mode & 0o077 == 0
    assert not socket_folder.exists()


def test_a_socket_folder_that_others_may_enter_is_not_used(server: EmbeddedServer, home: Path) -> None:
    (home / "socket").mkdir()
    (home / "socket").chmod(0o755)

    with pytest.raises(ServerDidNotStart):
        server.start()


def test_settings_for_loading_last_as_long_as_the_loading(shared_server: EmbeddedServer) -> None:
    with psycopg.connect(shared_server.url_for("postgres"), autocommit=True) as loading:
        before = scalar(shared_server.url_for("postgres"), "SHOW max_wal_size")
        with shared_server.adjusted(BULK_LOAD):
            assert scalar(shared_server.url_for("postgres"), "SHOW max_wal_size") == "16GB"

        assert scalar(shared_server.url_for("postgres"), "SHOW max_wal_size") == before
        loading.execute("SELECT 1")


def test_a_database_built_under_another_name_is_seen_only_when_finished(
    shared_server: EmbeddedServer,
) -> None:
    shared_server.create_database("city being built")
    assert not shared_server.has_database("city")

    shared_server.rename_database("city being built", to="city")

    assert shared_server.has_database("city")
    assert scalar(shared_server.url_for("city"), "SELECT current_database()") == "city"


def test_what_is_done_once_is_not_done_by_two_programs_at_the_same_time(
    server: EmbeddedServer, home: Path
) -> None:
    server.start()
    done: list[str] = []

    def build(user: EmbeddedServer) -> None:
        with user.undisturbed():
            if not user.has_database("only one"):
                user.create_database("only one")
                done.append("built")

    with EmbeddedServer(home, settings=THROWAWAY).running() as other, ThreadPoolExecutor(2) as pool:
        list(pool.map(build, [server, other]))

    assert done == ["built"]


def test_a_program_that_ends_while_it_starts_the_server_leaves_none_running(
    server: EmbeddedServer, home: Path
) -> None:
    with ThreadPoolExecutor(1) as pool:
        starting = pool.submit(server.start)
        while not (home / "data" / "salter.conf").exists() and not starting.done():
            pass  # until it is in the middle of starting

        server.stop()

    starting.result()
    assert not (home / "data" / "postmaster.pid").exists()


def test_data_of_another_version_is_named_and_left_alone(home: Path) -> None:
    (home / "data" / "PG_VERSION").write_text("9\n")

    with pytest.raises(ClusterOfAnotherVersion) as refused:
        EmbeddedServer(home).start()

    assert refused.value.found == 9


def test_missing_programs_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALTER_PG_BIN", str(folder))

    with pytest.raises(NoPostgresPrograms) as refused:
        EmbeddedServer(folder / "never-made").start()

    assert refused.value.looked_in == (str(folder),)


def test_a_home_that_cannot_be_made_is_named(folder: Path) -> None:
    (folder / "a file").touch()

    with pytest.raises(ServerDidNotStart) as refused:
        EmbeddedServer(folder / "a file").start()

    assert "a file" in refused.value.log


def test_an_address_is_not_made_up_for_a_server_that_does_not_run(server: EmbeddedServer) -> None:
    with pytest.raises(ServerDidNotStart):
        server.url_for("postgres")


def test_where_namespaces_are_forbidden_root_lends_its_server_to_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody but root runs the server with their own rights, here as everywhere."""
    monkeypatch.setattr(programs, "SHARED_PLACE", folder / "shared")
    monkeypatch.setenv("PATH", "")  # so that unshare is not found

    with EmbeddedServer(folder / "lent", settings=THROWAWAY).running() as server:
        process_id = server.address.process_id

        assert scalar(server.url_for("postgres"), "SELECT 1") == 1
        assert Path(f"/proc/{process_id}").stat().st_uid != 0
    assert has_ended(process_id)
