"""The examples in deploy/ and the Dockerfile: read by the programs that they are for, where those are here."""

import json
import os
import re
import shutil
import socket
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"


def program(name):
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found and not os.environ.get("CI"):
        pytest.skip(f"{name} is not installed (make system)")
    assert found, f"{name} is not installed"
    return found


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)


# Dockerfile.


def instructions(text):
    """(instruction, its words) of a Dockerfile, continued lines joined, comments left out."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [tuple(line.split(None, 1)) for line in joined.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def dockerfile():
    return instructions((ROOT / "Dockerfile").read_text("utf-8"))


def test_the_image_is_built_in_two_stages_with_pinned_bases(dockerfile):
    bases = [words for name, words in dockerfile if name == "FROM"]
    assert len(bases) == 2
    assert all(re.match(r"python:3\.\d+-slim-\w+( AS \w+)?$", base) for base in bases)


def test_the_image_runs_as_nobody_special_and_tells_its_health(dockerfile):
    last = dockerfile[max(i for i, (name, _) in enumerate(dockerfile) if name == "FROM") :]
    said = dict(last)
    assert said["USER"].isdigit()
    assert int(said["USER"]) > 0
    assert [name for name, _ in last].index("USER") < [name for name, _ in last].index("ENTRYPOINT")
    assert "/healthz" in said["HEALTHCHECK"]
    for name in ("ENTRYPOINT", "CMD"):
        assert all(isinstance(word, str) for word in json.loads(said[name]))


def test_the_image_holds_no_secret_and_only_what_it_needs(dockerfile):
    assert not [words for _, words in dockerfile if re.search(r"(?i)secret|password|token|api.?key", words)]
    assert not [words for name, words in dockerfile if name == "ADD" or (name == "COPY" and words.startswith(". "))]
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = {
        word.rstrip("/")
        for name, words in dockerfile
        if name == "COPY" and "--from" not in words
        for word in words.split()[:-1]
    }
    assert ignored[0] == "*"
    assert {word.removeprefix("./") for word in copied} <= {line[1:] for line in ignored if line.startswith("!")}
    assert all((ROOT / word).exists() for word in copied)


def test_the_images_python_is_one_that_presend_supports(dockerfile):
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    low, high = (tuple(map(int, number.split("."))) for number in re.findall(r"\d+\.\d+", wanted))
    version = tuple(map(int, re.search(r"python:(\d+)\.(\d+)", dockerfile[0][1]).groups()))
    assert low <= version < high


def test_what_the_image_starts_is_a_command_of_presend(dockerfile):
    from click.testing import CliRunner

    from checker.cli import main

    said = dict(dockerfile)
    assert json.loads(said["ENTRYPOINT"]) == ["presend"]
    for command in (json.loads(said["CMD"]), compose()["services"]["presend"]["command"], unit_command()[1:]):
        shown = CliRunner().invoke(main, [command[0], "--help"]).output
        assert shown.startswith("Usage")
        assert not [option for option in command if option.startswith("--") and option not in shown]


# Compose.


def compose():
    return yaml.load((DEPLOY / "compose.yaml").read_text("utf-8"), yaml.CSafeLoader)


def test_compose_is_consistent():
    document = compose()
    services = document["services"]
    assert set(document) == {"name", "services", "volumes"}
    allowed = {
        "build", "image", "command", "environment", "volumes", "ports", "depends_on", "restart", "read_only", "tmpfs",
        "cap_drop", "security_opt", "healthcheck",
    }  # fmt: skip
    for service in services.values():
        assert set(service) <= allowed
        assert ("build" in service) != ("image" in service)
        assert not set(service.get("depends_on", {})) - set(services)
        named = {volume.split(":")[0] for volume in service.get("volumes", []) if not volume.startswith(".")}
        assert named <= set(document["volumes"])
    for name, wanted in services["presend"]["depends_on"].items():
        assert (wanted["condition"] == "service_healthy") == ("healthcheck" in services[name])


def test_compose_holds_no_secret_and_opens_nothing_to_the_world():
    services = compose()["services"]
    for service in services.values():
        secrets = {k: v for k, v in service.get("environment", {}).items() if re.search("SECRET|PASSWORD|URL", k)}
        assert all("${" in value or "@" not in value for value in secrets.values())
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    database = services["presend"]["environment"]["PRESEND_DATABASE_URL"]
    named = {re.search(r"@(\w+):", database)[1], re.search(r"//(\w+):", example().doors["service"]["redis"])[1]}
    assert named == set(services) - {"presend"}


# The policy.


def example():
    from checker.setup import set_up

    return set_up(DEPLOY / "presend.toml").company


def test_the_example_policy_lets_nobody_in_without_a_key():
    service = example().doors["service"]
    assert service["hosts"] == [re.search(r"server_name (\S+);", (DEPLOY / "nginx.conf").read_text("utf-8"))[1]]
    assert service["open_on_loopback"] is False
    assert service["max_body_mb"] == int(
        re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text("utf-8"))[1]
    )


# systemd.


def unit_command():
    unit = (DEPLOY / "presend.service").read_text("utf-8")
    return re.search(r"^ExecStart=(.*)$", unit, re.M)[1].split()


def test_systemd_takes_the_unit(tmp_path):
    """With a program that is there in place of presend: the unit is not installed."""
    unit = (DEPLOY / "presend.service").read_text("utf-8").replace(unit_command()[0], shutil.which("true"))
    (tmp_path / "presend.service").write_text(unit)
    done = run(program("systemd-analyze"), "verify", "--man=no", str(tmp_path / "presend.service"))
    assert (done.returncode, done.stderr) == (0, "")


# nginx.


def test_nginx_takes_its_file(tmp_path):
    nginx, openssl = program("nginx"), program("openssl")
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    made = run(
        openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=presend.example.com",
        "-keyout", str(key), "-out", str(certificate),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    for old, new in (("/etc/ssl/presend/", f"{tmp_path}/"), ("/var/log/nginx/", f"{tmp_path}/"), *ports(site)):
        assert old in site
        site = site.replace(old, new)
    (tmp_path / "site.conf").write_text(site)
    main = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {temporary(tmp_path)} include {tmp_path}/site.conf; }}"
    (tmp_path / "nginx.conf").write_text(main)
    done = run(nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"))
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def ports(site):
    """Free ports in place of 80 and 443, which nginx -t would bind."""
    for port in ("443", "80"):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            number = free.getsockname()[1]
        yield f"listen {port}", f"listen 127.0.0.1:{number}"
        yield f"listen [::]:{port}", f"listen 127.0.0.1:{number + 1}"


def temporary(folder):
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
