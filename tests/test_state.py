"""The secret: made once, kept by its owner alone, the same for every process; and where it is kept."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from checker.files import FileError
from checker.state import given_secret, secret, state_folder


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("PRESEND_SECRET", raising=False)
    monkeypatch.setenv("PRESEND_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def test_the_secret_is_made_once_and_kept_by_its_owner(folder):
    first = secret()
    assert len(first) == 64
    assert secret() == first
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert [p.name for p in folder.iterdir()] == ["secret.key"]


def test_many_that_start_at_once_have_one_secret(folder):
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: secret(), range(32)))) == 1


def test_the_environment_comes_first(folder, monkeypatch):
    assert given_secret() is None
    monkeypatch.setenv("PRESEND_SECRET", "of our own")
    assert secret() == given_secret() == b"of our own"
    assert not folder.exists()


def test_a_key_file_that_was_cut_short_is_told(folder):
    folder.mkdir()
    (folder / "secret.key").write_bytes(b"short")
    with pytest.raises(FileError, match="holds no key"):
        secret()


def test_the_state_folder_follows_the_platforms_habit(monkeypatch, tmp_path):
    monkeypatch.delenv("PRESEND_STATE", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert state_folder() == tmp_path / "presend"
