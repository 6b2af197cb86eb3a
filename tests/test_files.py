"""The files that presend opens and writes."""

import io
import os
import sys

import pytest

from checker import files
from checker.company import PolicyError
from checker.policy import load_company


def put(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def found(*paths):
    return [mail.path for mail in files.mails(map(str, paths))]


def problems(*paths):
    return [mail.problem for mail in files.mails(map(str, paths))]


def test_the_policy_is_found_upwards(tmp_path, monkeypatch):
    (tmp_path / "presend.toml").write_text('[company]\nname = "上"\n', "utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert files.read_policy().company.name == "上"
    assert files.read_policy().path == str(tmp_path / "presend.toml")
    (tmp_path / "a" / "presend.toml").write_text('[company]\nname = "下"\n', "utf-8")
    assert files.read_policy().company.name == "下"


def test_without_a_policy_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "find_policy", lambda start: None)
    policy = files.read_policy()
    assert (policy.company, policy.path) == (load_company(files.default_policy()), None)


def test_what_a_policy_names_stands_beside_it(tmp_path, monkeypatch):
    policy = tmp_path / "conf" / "my.toml"
    policy.parent.mkdir()
    policy.write_text('[data]\ndirectory = "p.csv"\nlistings = "l.txt"\n[policy]\nrules = ["own"]\n', "utf-8")
    (policy.parent / "p.csv").write_text("email,name,manager\na@b.cn,王芳,\n", "gb18030")
    monkeypatch.chdir(tmp_path)
    company = files.read_policy(policy).company
    assert [p.name for p in company.people] == ["王芳"]
    assert company.rule_folders == (str(policy.parent / "own"),)
    assert company.listings_path == str(policy.parent / "l.txt")


def test_mistakes_name_the_file(tmp_path):
    policy = tmp_path / "my.toml"
    with pytest.raises(files.FileError, match="no such file or directory"):
        files.read_policy(policy)
    policy.write_text('[data]\ndirectory = "p.csv"\n', "utf-8")
    with pytest.raises(PolicyError, match=r'my\.toml: data\.directory: cannot read "p\.csv"'):
        files.read_policy(policy)


def test_folders_give_their_mails_sorted_and_whole(tmp_path):
    put(tmp_path, "b.eml", "a/z.json", "a/y.EML", "c.txt", ".git/x.eml", ".hidden.eml", "a.eml/in.eml")
    inside = [str(tmp_path / name) for name in ("a/y.EML", "a/z.json", "a.eml/in.eml", "b.eml")]
    assert found(tmp_path) == inside


def test_a_file_is_taken_as_given_and_once(tmp_path):
    put(tmp_path, "odd", "b.eml")
    odd, mail = tmp_path / "odd", tmp_path / "b.eml"
    assert found(mail, odd, tmp_path, "-") == [str(mail), str(odd), "-"]


def test_a_path_without_mails_is_a_problem(tmp_path):
    (tmp_path / "empty").mkdir()
    assert problems(tmp_path / "none", tmp_path / "empty") == [
        "no such file or folder",
        "no mails in this folder; looked for .eml, .json",
    ]


def test_a_link_to_a_folder_above_does_not_loop(tmp_path):
    put(tmp_path, "a/b.eml")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    assert found(tmp_path) == [str(tmp_path / "a" / "b.eml")]


def test_reading(tmp_path, monkeypatch):
    put(tmp_path, "a.eml")
    assert files.read(str(tmp_path / "a.eml")) == b"x"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}")))
    assert files.read("-") == b"{}"
    with pytest.raises(files.FileError, match="is a directory"):
        files.read(str(tmp_path))


def test_writing_replaces_whole_and_keeps_mode_and_links(tmp_path):
    path, link = tmp_path / "a.eml", tmp_path / "l.eml"
    files.write(path, b"one")
    path.chmod(0o640)
    link.symlink_to(path)
    files.write(link, b"two")
    assert (path.read_bytes(), path.stat().st_mode & 0o777, link.is_symlink()) == (b"two", 0o640, True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.eml", "l.eml"]


def test_writing_to_what_is_no_file(tmp_path):
    with pytest.raises(files.FileError, match="no such file or directory"):
        files.write(tmp_path / "none" / "a.eml", b"x")
    with pytest.raises(files.FileError, match="is a directory"):
        files.write(tmp_path, b"x")
    files.write(type(tmp_path)(os.devnull), b"x")


def test_a_starter_can_be_loaded_and_is_never_overwritten(tmp_path):
    folder = tmp_path / "new"
    assert files.write_starter(folder) == (str(folder / "presend.toml"), str(folder / "people.csv"))
    company = files.read_policy(folder / "presend.toml").company
    assert [p.name for p in company.people] == ["王芳", "陈晓"]
    assert (folder / "people.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (folder / "presend.toml").unlink()
    with pytest.raises(files.FileError, match="is there already; nothing was written"):
        files.write_starter(folder)
    assert not (folder / "presend.toml").exists()


@pytest.mark.parametrize(("name", "language"), [("zh_CN.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("C", "en")])
def test_the_terminals_language(monkeypatch, name, language):
    monkeypatch.setenv("LC_ALL", name)
    assert files.terminal_language() == language
