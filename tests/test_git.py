"""A drafts folder under git: only what changed, and the hook and the action as their runners run them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import reduce
from pathlib import Path

import pytest
import yaml
from test_cli import CONFIG, DRAFTS, ROOT, presend

AUTHOR = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]


def git(folder, *arguments):
    done = subprocess.run(["git", "-C", str(folder), *AUTHOR, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture
def mailbox(tmp_path):
    """A repository with three drafts, committed."""
    folder = tmp_path / "箱 子"
    (folder / "drafts").mkdir(parents=True)
    for name in ("vague-zh.eml", "blame-and-leak-zh.eml", "restock-good-zh.eml"):
        shutil.copy(DRAFTS / name, folder / "drafts")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "drafts")
    return folder


def names(done):
    return sorted(Path(r["path"]).name for r in json.loads(done.stdout)["results"])


def test_only_changed_renamed_and_new_drafts_are_checked(mailbox):
    run = ["check", "drafts", *CONFIG, "--format", "json", "--changed-since", "HEAD"]
    done = presend(*run, cwd=mailbox)
    assert (done.returncode, names(done)) == (0, [])
    git(mailbox, "mv", "drafts/vague-zh.eml", "drafts/含糊 的.eml")
    shutil.copy(DRAFTS / "broken-figures-en.eml", mailbox / "drafts" / "new.eml")
    git(mailbox, "rm", "-q", "drafts/restock-good-zh.eml")
    assert names(presend(*run, cwd=mailbox)) == ["new.eml", "含糊 的.eml"]
    with (mailbox / "drafts" / "blame-and-leak-zh.eml").open("ab") as file:
        file.write(b"\n")
    assert names(presend(*run, cwd=mailbox)) == ["blame-and-leak-zh.eml", "new.eml", "含糊 的.eml"]


@pytest.mark.parametrize(
    ("revision", "told"), [("nowhere", "'nowhere' is no revision here"), ("--output=x", "is no revision here")]
)
def test_a_revision_that_is_none_is_told(mailbox, revision, told):
    done = presend("check", "drafts", f"--changed-since={revision}", cwd=mailbox)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert not (mailbox / "x").exists()


def test_a_folder_without_git_is_told(tmp_path):
    shutil.copy(DRAFTS / "vague-zh.eml", tmp_path)
    done = presend("check", ".", "--changed-since", "HEAD", cwd=tmp_path)
    assert done.returncode == 2
    assert f"presend: --changed-since: {tmp_path} is not in a git repository" in done.stderr.decode()


@pytest.fixture
def hooks(tmp_path):
    """This project as a hook repository: the hook's file, and a command to find on the path."""
    folder = tmp_path / "hooks"
    folder.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "hooks")
    return folder


def path_with_presend(tmp_path):
    """A PATH on which `presend` is the package under test."""
    tools = tmp_path / "bin"
    tools.mkdir(exist_ok=True)
    script = tools / "presend"
    script.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c 'from checker.cli import main; main()' \"$@\"\n")
    script.chmod(0o755)
    return f"{tools}{os.pathsep}{os.environ['PATH']}"


def test_pre_commit_runs_the_hook_on_staged_drafts(mailbox, hooks, tmp_path):
    """The real pre-commit; only the installation is left to the wheel's own test (`language: system`)."""
    hook = {"id": "presend", "language": "system", "args": [*CONFIG, "--lang", "en"]}
    config = {"repos": [{"repo": str(hooks), "rev": git(hooks, "rev-parse", "HEAD").strip(), "hooks": [hook]}]}
    (mailbox / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    env = {
        **os.environ,
        "PATH": path_with_presend(tmp_path),
        "PRE_COMMIT_HOME": str(tmp_path / "cache"),
        "PYTHONPATH": str(ROOT),
    }

    def run():
        git(mailbox, "add", ".")
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run"], cwd=mailbox, env=env, capture_output=True, check=False
        )

    (mailbox / "notes.txt").write_text("请尽快处理", "utf-8")
    assert b"(no files to check)Skipped" in run().stdout
    shutil.copy(DRAFTS / "restock-good-zh.eml", mailbox / "drafts" / "good.eml")
    done = run()
    assert done.returncode == 0, done.stdout.decode()
    shutil.copy(DRAFTS / "broken-figures-en.eml", mailbox / "drafts" / "bad.eml")
    done = run()
    assert done.returncode == 1
    assert "data/wrong-dos" in done.stdout.decode()
    assert "vague" not in done.stdout.decode()  # committed before, not staged now


def test_the_hook_file_is_a_valid_manifest():
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()


def step(number, **inputs):
    """A step of the action as its runner prepares it: the script, and the environment with the inputs filled in."""
    action = yaml.load((ROOT / "action.yml").read_text("utf-8"), yaml.CSafeLoader)
    given = {name: entry["default"] for name, entry in action["inputs"].items()} | inputs
    chosen = action["runs"]["steps"][number]
    assert chosen["shell"] == "bash"
    env = {}
    for name, value in chosen["env"].items():
        filled = reduce(lambda v, one: v.replace(f"${{{{ inputs.{one[0]} }}}}", one[1]), given.items(), value)
        env[name] = filled.replace("${{ github.action_path }}", str(ROOT))
    assert "$" not in "".join(env.values())
    return chosen["run"], env


def act(mailbox, tmp_path, **inputs):
    script, env = step(1, **inputs)
    given = {**os.environ, **env, "PATH": path_with_presend(tmp_path), "PYTHONPATH": str(ROOT)}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=mailbox, env=given, capture_output=True, check=False)


def test_the_action_annotates_what_changed(mailbox, tmp_path):
    inputs = {"paths": "drafts", "config": CONFIG[1], "changed-since": "HEAD", "sarif": "out.sarif"}
    assert act(mailbox, tmp_path, **inputs).returncode == 0
    shutil.copy(DRAFTS / "broken-figures-en.eml", mailbox / "drafts" / "bad.eml")
    done = act(mailbox, tmp_path, **inputs)
    assert done.returncode == 1
    assert done.stdout.decode().startswith("::error file=drafts/bad.eml,line=")
    assert len(json.loads((mailbox / "out.sarif").read_text("utf-8"))["runs"][0]["results"]) == done.stdout.count(b"\n")


def test_the_action_fails_on_what_it_is_told(mailbox, tmp_path):
    shutil.copy(DRAFTS / "restock-guide-zh.eml", mailbox)
    paths = {"paths": "restock-guide-zh.eml drafts/restock-good-zh.eml", "config": CONFIG[1]}
    assert act(mailbox, tmp_path, **paths).returncode == 0
    assert act(mailbox, tmp_path, **paths, **{"fail-on": "warning"}).returncode == 1


def test_the_action_installs_this_project():
    script, env = step(0)
    assert env == {"SOURCE": str(ROOT)}
    assert script == 'python3 -m pip install --quiet "$SOURCE"'
