"""Archives that are not on this machine: a real S3 server and a real web server, spoken to over HTTP."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import fsspec
import pytest
from archives import folder_of, letters, mbox_of
from auditing import audit
from mailservers import answers, free_port, needs, until
from test_archive_sources import as_parquet, as_tar, as_zip

from checker.archive.locate import locate
from checker.archive.raw import SourceError

MAILS = letters(3, 3)
KEY = {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLEKEY000000", "AWS_SECRET_ACCESS_KEY": "verysecretkey+/0123456789"}
NOW = ("--now", "2026-04-01T08:00:00+08:00")


@pytest.fixture(scope="module")
def store():
    """An S3 server with an empty bucket; its address."""
    if not os.environ.get("CI"):
        pytest.importorskip("moto.server", reason="moto is not installed")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(store, monkeypatch):
    """A file system in which the bucket `archive` is empty."""
    for name, value in {**KEY, "AWS_ENDPOINT_URL": store, "AWS_DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(name, value)
    fsspec.config.conf.clear()
    system = fsspec.filesystem("s3", skip_instance_cache=True)
    if system.exists("archive"):
        system.rm("archive", recursive=True)
    system.mkdir("archive")
    return system


def read(*given):
    return [(raw.content, raw.problem) for source in locate(map(str, given)) for raw in source.mails(0)]


def lines(content):
    return content.replace(b"\r\n", b"\n").rstrip(b"\n")


KINDS = {"mails": folder_of, "all.mbox": mbox_of}
MADE = {"mails.zip": as_zip, "mails.tar.gz": as_tar, "parquet": as_parquet}


@pytest.mark.parametrize("name", [*KINDS, *MADE])
def test_every_kind_is_read_from_a_bucket(name, bucket, tmp_path):
    path = KINDS[name](tmp_path / name, MAILS) if name in KINDS else MADE[name](tmp_path)
    bucket.put(str(path), f"archive/{name}", recursive=True)
    bucket.invalidate_cache()
    found = read(f"s3://archive/{name}")
    assert [(lines(content), problem) for content, problem in found] == [(lines(mail), "") for mail in MAILS]
    (source,) = locate([f"s3://archive/{name}"])
    whole = list(source.mails(0))
    assert list(source.mails(whole[4].position)) == whole[4:]


def test_an_audit_of_a_bucket_is_that_of_a_folder_and_holds_no_key(bucket, tmp_path):
    folder = folder_of(tmp_path / "mails", MAILS)
    bucket.put(str(folder), "archive/mails", recursive=True)
    remote = audit("s3://archive/mails", tmp_path / "remote", *NOW)
    assert remote.returncode == 0, remote.stderr.decode()
    assert audit(folder, tmp_path / "local", *NOW).returncode == 0
    here, there = (json.loads((tmp_path / name / "summary.json").read_text("utf-8")) for name in ("local", "remote"))
    assert {**here, "sources": 0} == {**there, "sources": 0}
    for path in [p for p in (tmp_path / "remote").rglob("*") if p.is_file()]:
        assert not any(value.encode() in path.read_bytes() for value in KEY.values()), path


def test_a_mail_that_is_gone_is_told_and_the_others_are_read(bucket, tmp_path):
    folder = folder_of(tmp_path / "mails", MAILS)
    bucket.put(str(folder), "archive/mails", recursive=True)
    (source,) = locate(["s3://archive/mails"])
    bucket.rm("archive/mails/00002.eml")
    found = list(source.mails(0))
    assert [raw.problem for raw in found] == ["", "", "no such file or directory", *[""] * (len(MAILS) - 3)]


def test_what_the_network_refuses_is_no_fault_of_a_mail(bucket, tmp_path):
    """It is not put into quarantine for ever: the run stops, and the same command goes on."""
    bucket.put(str(folder_of(tmp_path / "mails", MAILS)), "archive/mails", recursive=True)
    (source,) = locate(["s3://archive/mails"])
    dead = fsspec.filesystem("s3", skip_instance_cache=True, endpoint_url="http://127.0.0.1:9", config_kwargs={"retries": {"max_attempts": 0}})  # fmt: skip
    with pytest.raises(SourceError, match=r"cannot be read further \(EndpointConnectionError\)"):
        list(type(source)(source.uri, dead, source.files).mails(0))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("s3://archive/nothing", "s3://archive/nothing: no such file or folder"),
        ("s3://nowhere/mails", "s3://nowhere/mails: no such file or folder"),
    ],
)
def test_what_a_store_does_not_have_is_one_line(given, told, bucket, tmp_path):
    done = audit(given, tmp_path / "out")
    assert (done.returncode, done.stderr.decode()) == (2, f"presend: {told}\n")


def test_without_a_key_the_reason_is_told(store, tmp_path):
    none = {"AWS_EC2_METADATA_DISABLED": "true", "HOME": str(tmp_path), "AWS_ENDPOINT_URL": store}
    done = audit("s3://archive/mails", tmp_path / "out", **none)
    assert done.returncode == 2
    assert done.stderr.decode() == "presend: s3://archive/mails: cannot be reached (NoCredentialsError)\n"


NGINX = """daemon off; user root; pid {place}/pid; error_log {place}/error.log;
events {{}}
http {{
    access_log off; client_body_temp_path {place}; proxy_temp_path {place}; fastcgi_temp_path {place};
    uwsgi_temp_path {place}; scgi_temp_path {place};
    server {{ listen 127.0.0.1:{port}; root {place}/web; }}
}}
"""


@pytest.fixture
def web(tmp_path):
    """A real web server for a folder; the folder, and the address."""
    needs("nginx")
    port = free_port()
    (tmp_path / "web").mkdir()
    (tmp_path / "nginx.conf").write_text(NGINX.format(place=tmp_path, port=port))
    command = [shutil.which("nginx", path="/usr/bin:/usr/sbin"), "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            until(lambda: answers(port))
            yield tmp_path / "web", f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.mark.parametrize("make", [as_zip, as_tar])
def test_an_archive_is_read_from_a_web_server(make, web):
    folder, address = web
    name = make(folder).name
    assert [content for content, _ in read(f"{address}/{name}")] == MAILS


def test_an_mbox_on_a_web_server_goes_on_from_an_offset(web):
    folder, address = web
    mbox_of(folder / "all.mbox", MAILS)
    (source,) = locate([f"{address}/all.mbox"])
    whole = list(source.mails(0))
    assert [lines(raw.content) for raw in whole] == [lines(mail) for mail in MAILS]
    assert list(source.mails(whole[4].position)) == whole[4:]


def test_links_are_chained_as_fsspec_chains_them(web):
    folder, address = web
    as_zip(folder)
    assert read(f"zip://in/001.eml::{address}/mails.zip") == [(MAILS[1], "")]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("https://me:hunter22@mail.example.com/all.mbox", "a password does not belong in a URL"),
        ("zip://a.eml::https://me:hunter22@mail.example.com/all.zip", "a password does not belong in a URL"),
        ("sftp://me:hunter22@mail.example.com/all.mbox", "a password does not belong in a URL"),
        ("https://mail.example.com/all.mbox?sig=hunter22", "may be a token"),
        ("imaps://me:hunter22@mail.example.com/INBOX", "a password does not belong in a URL"),
    ],
)
def test_a_password_in_a_url_is_refused_and_not_repeated(given, told, tmp_path):
    assert_refused(given, told, tmp_path)


def test_spark_is_given_no_password_either(tmp_path):
    assert_refused(
        "s3a://me:hunter22@archive/mails", "a password does not belong in a URL", tmp_path, "--engine", "spark"
    )


def assert_refused(given, told, tmp_path, *more):
    done = audit(given, tmp_path / "out", *more)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    said = done.stdout + done.stderr + b"".join(p.read_bytes() for p in Path(tmp_path).rglob("*") if p.is_file())
    assert b"hunter22" not in said
