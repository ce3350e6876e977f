import pytest

from config.servers.environment import environment, is_near
from config.servers.places import CHECKOUT, Lock, Places, holder


@pytest.mark.parametrize(
    ("url", "near"),
    [
        ("", True),
        ("postgresql:///jinzu", True),
        ("postgresql://postgres@/jinzu?host=/tmp/sockets", True),
        ("postgresql://me:secret@127.0.0.1:5432/jinzu", True),
        ("postgresql://me@localhost/jinzu", True),
        ("postgresql://me@db.example/jinzu", False),
        ("postgresql://me@localhost/jinzu?host=db.example", False),
    ],
)
def test_the_demo_market_opens_only_on_a_database_of_this_machine(url, near):
    assert is_near(url) is near


@pytest.fixture
def where(tmp_path):
    return Places(CHECKOUT, tmp_path, tmp_path, tmp_path, tmp_path, None)


def test_what_is_set_wins_and_what_is_empty_counts_as_not_set(where, monkeypatch):
    monkeypatch.setenv("DEBUG", "0")
    monkeypatch.setenv("SECRET_KEY", "")
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@db.example/jinzu")
    env = environment(where, {"DATABASE_URL": "postgresql:///ours"}, 8001)
    assert (env["DEBUG"], env["PORT"], env["JINZU_DEMO_MARKET"]) == ("0", "8001", "0")
    assert env["DATABASE_URL"] == "postgresql://me@db.example/jinzu"
    assert len(env["SECRET_KEY"]) >= 50


def test_the_secret_key_survives_a_restart_and_is_nobody_elses(where, monkeypatch):
    monkeypatch.delenv("SECRET_KEY")
    first, second = (environment(where, {})["SECRET_KEY"] for _ in range(2))
    assert first == second
    assert (where.local / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_lock_tells_who_holds_it_and_only_while_it_is_held(tmp_path):
    lock, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    assert holder(tmp_path / "lock") is None
    assert lock.take() is True
    lock.note({"pid": 1, "url": "somewhere"})
    assert second.take() is False
    assert holder(tmp_path / "lock") == {"pid": 1, "url": "somewhere"}
    lock.drop()
    assert holder(tmp_path / "lock") is None
