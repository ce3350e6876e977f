"""The start of the site under the blows of a laptop: Ctrl-C, kill -9, two windows, taken ports, odd paths."""

import os
import signal
import socket
import urllib.request

import pytest

from tests.fixtures_servers import free_port


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def test_ctrl_c_ends_every_process_and_a_second_start_keeps_the_data(site):
    first = site.start()
    url = site.note()["url"]
    assert "jinzu" in fetch(url)
    running = site.processes().values()
    assert all(
        any(mark in command for command in running) for mark in ("bin/postgres", "valkey-server", "web")
    )
    cluster = (site.data / "postgres/PG_VERSION").stat().st_mtime_ns

    os.kill(first.pid, signal.SIGINT)
    assert first.wait(20) == 0
    assert site.processes() == {}

    site.start()
    assert (site.data / "postgres/PG_VERSION").stat().st_mtime_ns == cluster


def test_kill_9_leaves_nothing_and_the_next_start_recovers(site):
    first = site.start()
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    site.wait_until(lambda: site.processes() == {}, seconds=20)
    site.start()
    assert "jinzu" in fetch(site.note()["url"])


def test_a_stale_pid_file_with_a_strangers_number_is_no_hindrance(site):
    first = site.start()
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    site.wait_until(lambda: site.processes() == {}, seconds=20)
    data = site.data / "postgres"
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n0\n5432\n/tmp\n\n\nready\n")
    site.start()
    os.kill(os.getpid(), 0)  # the stranger, who is us, lives


def test_a_set_up_cut_off_half_way_is_done_again(site):
    first = site.start()
    first.send_signal(signal.SIGTERM)
    assert first.wait(20) == 0
    servers = site.data
    (servers / "postgres.unfinished").touch()
    (servers / "postgres/PG_VERSION").unlink()
    site.start()
    assert not (servers / "postgres.unfinished").exists()


@pytest.mark.parametrize("mark", ["bin/postgres", "valkey-server", "stand_in.py web", "stand_in.py worker"])
def test_whatever_ends_by_itself_stops_the_rest(site, mark):
    started = site.start()
    os.kill(site.pid_of(mark), signal.SIGKILL)
    assert started.wait(30) == 1
    assert "ended by itself (rc -9)" in site.words(started)
    assert site.processes() == {}


def test_a_second_start_says_where_the_first_is(site):
    first = site.start()
    second = site.start(ready=False)
    assert second.wait(20) == 2
    assert site.words(second) == f"已在运行 Already running: {site.note()['url']} (pid {first.pid})\n"
    assert first.poll() is None


def test_a_port_asked_for_and_taken_is_an_error(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        started = site.start(ready=False, PORT=str(port))
        assert started.wait(20) == 1
    assert f"port {port} cannot be used" in site.words(started)
    assert site.processes() == {}


def test_the_port_asked_for_is_the_one_used(site):
    port = free_port()
    site.start(PORT=str(port))
    assert site.note()["url"] == f"http://127.0.0.1:{port}/"


def test_a_taken_default_port_is_passed_over_with_a_word(site, make_site):
    other = make_site("other")
    other.start()
    started = site.start()
    assert site.note()["url"] != other.note()["url"]
    assert "is taken, using" in site.words(started)


@pytest.mark.parametrize(
    "folders", [("我的 项目 'x'",), ("a" * 80, "b" * 80)], ids=["space-chinese-quote", "160-characters"]
)
def test_any_path_will_do(make_site, folders):
    site = make_site(*folders)
    site.start()
    assert "jinzu" in fetch(site.note()["url"])


def test_named_servers_are_used_and_none_are_started(site):
    named = {"DATABASE_URL": "postgresql://postgres@/named?host=/nowhere", "REDIS_URL": "unix:///nowhere"}
    site.start(**named)
    assert fetch(site.note()["url"]) == named["DATABASE_URL"]
    assert [c for c in site.processes().values() if "bin/postgres" in c or "valkey-server" in c] == []


def test_a_child_that_will_not_end_is_made_to(site):
    stand_in = site.home / "stand_in.py"
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    stand_in.write_text(stand_in.read_text().replace("time.sleep(600)", deaf))
    started = site.start()
    started.send_signal(signal.SIGTERM)
    assert started.wait(60) == 0
    assert site.processes() == {}
