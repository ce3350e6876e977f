"""Where machine code is kept."""

import logging
import os
import stat
import tempfile

import pytest

from config import compiled


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()


def test_the_state_folder_is_used_and_made(tmp_path, caplog):
    chosen = compiled.prepare(tmp_path / "state" / "compiled")

    assert chosen == os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "state" / "compiled")
    assert os.path.isdir(chosen)
    assert caplog.records == []


def test_what_is_set_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "elsewhere"))
    assert compiled.prepare(tmp_path / "state") == str(tmp_path / "elsewhere")


def test_a_folder_that_cannot_be_written_is_said_and_replaced_by_a_private_one(tmp_path, caplog):
    (tmp_path / "state").write_text("a file where a folder should be")
    with caplog.at_level(logging.WARNING):
        chosen = compiled.prepare(tmp_path / "state" / "compiled")

    assert chosen == str(tmp_path / "tmp" / f"jinzu-compiled-{os.getuid()}")
    assert stat.S_IMODE(os.stat(chosen).st_mode) == 0o700
    assert [record.getMessage() for record in caplog.records] == [
        f"compiled code cannot be kept in {tmp_path}/state/compiled: it is not writable. It is kept in {chosen}; "
        "where that is emptied, the next match waits for the compiler."
    ]


def test_a_spare_folder_that_others_may_write_is_not_trusted(tmp_path):
    (tmp_path / "state").write_text("")
    laid_out = tmp_path / "tmp" / f"jinzu-compiled-{os.getuid()}"
    laid_out.mkdir()
    laid_out.chmod(0o777)
    chosen = compiled.prepare(tmp_path / "state" / "compiled")
    assert chosen != str(laid_out)
    assert stat.S_IMODE(os.stat(chosen).st_mode) == 0o700
