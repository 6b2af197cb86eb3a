"""The wheel: what is installed holds the defaults, every rule and every module, and finds them."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "checker", "rules")
# What pip says where it cannot fetch the build tools.
OFFLINE = ("Could not find a version that satisfies", "No matching distribution", "Connection", "Temporary failure")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel of the work tree, built in a copy: an old build folder must not lend its files."""
    tree = tmp_path_factory.mktemp("tree")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tree / name)
    out = tree / "out"
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        str(tree),
        "--no-deps",
        "-q",
        "--disable-pip-version-check",
        "-w",
        out,
    ]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode and any(words in done.stderr for words in OFFLINE) and not os.environ.get("CI"):
        pytest.skip("the build tools of wheels cannot be fetched here")
    assert done.returncode == 0, done.stderr
    return next(out.glob("presend-*.whl"))


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_holds_defaults_rules_and_modules(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    rules = {f"checker/rules/{p.relative_to(ROOT / 'rules').as_posix()}" for p in (ROOT / "rules").rglob("*.yaml")}
    modules = {p.relative_to(ROOT).as_posix() for p in (ROOT / "checker").rglob("*.py")}
    assert len(rules) > 40
    shown = {
        p.relative_to(ROOT).as_posix()
        for kind in ("static", "templates")
        for p in (ROOT / "checker" / "service" / kind).iterdir()
    }
    texts = {p.relative_to(ROOT).as_posix() for p in (ROOT / "checker" / "service").glob("*.yaml")}
    assert not {"checker/default.toml", "checker/rules/__init__.py", *rules, *modules, *shown, *texts} - held
    stray = {n for n in held if not n.startswith("checker/") and ".dist-info/" not in n}
    assert not stray


def test_what_is_unpacked_finds_every_rule(unpacked, tmp_path):
    program = (
        "import checker, checker.cli\n"
        "from checker.files import default_policy\n"
        "from checker.rule_folders import shipped_rules\n"
        "print(checker.__file__, len(default_policy()) > 1000, *(r.id for r in shipped_rules()), sep='\\n')"
    )
    # -P and a folder elsewhere: nothing is found because it happens to lie beside the caller.
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    origin, defaults, *ids = done.stdout.split()
    assert origin.startswith(str(unpacked))
    assert defaults == "True"
    expected = {p.relative_to(ROOT / "rules").with_suffix("").as_posix() for p in (ROOT / "rules").rglob("*.yaml")}
    assert set(ids) == expected


def test_the_wheel_tells_its_command_and_licence(wheel):
    archive = zipfile.ZipFile(wheel)
    info = next(n.split("/")[0] for n in archive.namelist() if ".dist-info/" in n)
    assert "presend = checker.cli:main" in archive.read(f"{info}/entry_points.txt").decode()
    assert "License-Expression: Apache-2.0" in archive.read(f"{info}/METADATA").decode()
