"""What a workstation remembers for itself, and the servers it was told of."""

import pytest

from ui.shell.local import Server, UnreadableServers, Workstation, servers


def test_no_list_of_servers_means_none_is_known(tmp_path):
    assert servers(tmp_path) == []


def test_servers_are_read_in_the_order_they_were_written(tmp_path):
    (tmp_path / "servers.toml").write_text(
        "[[server]]\nname = 'Central'\nurl = 'postgresql://db1,db2/salter'\nroot_certificate = '/ca.pem'\n"
        "[[server]]\nname = 'Training'\nurl = 'postgresql://training/salter'\n",
        encoding="utf-8",
    )

    assert servers(tmp_path) == [
        Server("Central", "postgresql://db1,db2/salter", "/ca.pem"),
        Server("Training", "postgresql://training/salter"),
    ]


@pytest.mark.parametrize("written", ["[[server]", "[[server]]\nname = 'Central'\n", "server = 3\n"])
def test_a_list_that_cannot_be_understood_is_named(tmp_path, written):
    (tmp_path / "servers.toml").write_text(written, encoding="utf-8")

    with pytest.raises(UnreadableServers) as refused:
        servers(tmp_path)

    assert refused.value.path == tmp_path / "servers.toml"


def test_a_server_nobody_has_named_is_called_by_its_host():
    assert Server.at("postgresql://ana@db.example.rs/salter").name == "db.example.rs"


def test_a_workstation_remembers_what_was_chosen_on_it(tmp_path):
    before = Workstation(tmp_path)
    before.theme, before.language, before.is_compact, before.last_user = "dark", "sr_Cyrl", True, "ana"
    before.flush()

    after = Workstation(tmp_path)

    assert (after.theme, after.language, after.is_compact, after.last_user) == (
        "dark",
        "sr_Cyrl",
        True,
        "ana",
    )
