"""The service's answers, in process: the same findings as at the command line, and errors that say what is wrong."""

import json
from pathlib import Path

import pytest

from checker.service import create_app
from checker.setup import set_up

ROOT = Path(__file__).parent.parent
DRAFTS = sorted((ROOT / "examples" / "drafts").iterdir())


@pytest.fixture(scope="module")
def client():
    return create_app(set_up(ROOT / "examples" / "presend.toml"), key=b"k" * 32).test_client()


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_a_check_says_what_the_command_line_says(client, path, cli_report):
    kind = "application/json" if path.suffix == ".json" else "message/rfc822"
    answer = client.post("/v1/check", data=path.read_bytes(), content_type=kind)
    assert answer.status_code == 200
    result, expected = answer.json["results"][0], cli_report[path.name]
    assert result["path"] == "draft"
    assert len(result["findings"]) == len(expected["findings"])
    assert result | {"path": expected["path"]} == expected


def test_it_lives(client):
    assert client.get("/healthz").json == {"status": "ok"}


@pytest.fixture(scope="module")
def cli_report():
    import os
    import subprocess
    import sys

    command = [sys.executable, "-c", "from checker.cli import main; main()", "check", "examples/drafts"]
    done = subprocess.run(
        [*command, "--config", "examples/presend.toml", "--format", "json"],
        cwd=ROOT,
        env={**os.environ, "PRESEND_SECRET": "k" * 32},
        capture_output=True,
        timeout=60,
        check=False,
    )
    return {Path(result["path"]).name: result for result in json.loads(done.stdout)["results"]}
