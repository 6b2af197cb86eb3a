"""The add-ins as they are packed and served."""

import io
import json
import os
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import jsonschema
import pytest

from checker.addin.bundles import bundle
from checker.addin.pack import CLIENTS, packed
from checker.addin.target import target_of
from checker.company import Company
from checker.refusal import RefusalError
from checker.service import create_app
from checker.setup import set_up

ROOT = Path(__file__).parent.parent
URL = "https://presend.example:8443/base"
POLICY = Company(unavailable="block", overridable=("warning", "subject/untagged"))


@pytest.fixture(scope="module", autouse=True)
def built():
    if not (ROOT / "checker" / "addin" / "dist").is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the add-ins are not built (make addin)")


@pytest.fixture(scope="module")
def files():
    return packed(target_of(URL, POLICY))


def unzipped(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def command(*arguments, cwd=ROOT):
    program = [sys.executable, "-c", "from checker.cli import main; main()", "addin", "build", *map(str, arguments)]
    return subprocess.run(program, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def test_thunderbird_asks_for_these_permissions_and_one_host(files):
    manifest = json.loads(unzipped(files["thunderbird/presend.xpi"])["manifest.json"])
    assert manifest["host_permissions"] == ["https://presend.example/*"]
    # Each is explained in docs/install/thunderbird.md.
    assert manifest["permissions"] == ["compose", "compose.send", "messagesRead", "sensitiveDataUpload", "storage"]
    assert "content_security_policy" not in manifest, "the default allows our own scripts only"


def test_the_gmail_extension_asks_for_less_still(files):
    manifest = json.loads(unzipped(files["gmail/presend-gmail.zip"])["manifest.json"])
    assert manifest["permissions"] == ["storage"]
    assert manifest["host_permissions"] == ["https://presend.example/*"]
    assert [script["matches"] for script in manifest["content_scripts"]] == [["https://mail.google.com/*"]]
    for key in (
        "content_security_policy",
        "optional_permissions",
        "externally_connectable",
        "web_accessible_resources",
    ):
        assert key not in manifest


@pytest.mark.parametrize(("client", "archive"), [("thunderbird", "presend.xpi"), ("gmail", "presend-gmail.zip")])
def test_every_permission_is_explained(files, client, archive):
    manifest = json.loads(unzipped(files[f"{client}/{archive}"])["manifest.json"])
    for language in (f"{client}.md", f"{client}.zh-CN.md"):
        page = (ROOT / "docs" / "install" / language).read_text("utf-8")
        for permission in manifest["permissions"]:
            assert f"`{permission}`" in page, f"{language}: {permission}"


def test_gmails_policy_and_schema_know_every_setting(files):
    held = unzipped(files["gmail/presend-gmail.zip"])
    assert json.loads(held["settings.json"])["service"] == URL
    policies = json.loads(files["gmail/policies.json"])
    ((identity, settings),) = policies["3rdparty"]["extensions"].items()
    assert list(policies["ExtensionSettings"]) == [identity]
    assert (settings["service"], settings["unavailable"]) == (URL, "block")
    schema = json.loads(held[json.loads(held["manifest.json"])["storage"]["managed_schema"]])
    allowed = set(schema["properties"])
    assert set(settings) <= allowed
    for language in ("gmail.md", "gmail.zh-CN.md"):
        page = (ROOT / "docs" / "install" / language).read_text("utf-8")
        for setting in allowed:
            assert f"`{setting}`" in page, f"{language}: {setting}"
    assert jsonschema.Draft3Validator(schema).is_valid({**settings, "language": "zh"})
    assert not jsonschema.Draft3Validator(schema).is_valid({**settings, "unavailable": "ask"})


def test_every_file_that_the_gmail_manifest_names_is_there(files):
    held = unzipped(files["gmail/presend-gmail.zip"])
    manifest = json.loads(held["manifest.json"])
    scripts = [name for script in manifest["content_scripts"] for name in script["js"]]
    named = [*manifest["icons"].values(), *manifest["action"]["default_icon"].values(), *scripts]
    named += [manifest["background"]["service_worker"], manifest["options_ui"]["page"]]
    assert set(named) <= set(held)
    for size, name in manifest["icons"].items():
        assert held[name].startswith(b"\x89PNG")
        assert int.from_bytes(held[name][16:20]) == int(size)


def test_address_and_policy_travel_with_it(files):
    settings = json.loads(unzipped(files["thunderbird/presend.xpi"])["settings.json"])
    assert settings == {"service": URL, "unavailable": "block", "overridable": ["warning", "subject/untagged"]}
    policies = json.loads(files["thunderbird/policies.json"])["policies"]
    assert policies["ExtensionSettings"]["thunderbird@presend"]["install_url"] == f"{URL}/addin/thunderbird/presend.xpi"
    assert policies["3rdparty"]["Extensions"]["thunderbird@presend"]["service"] == URL


@pytest.mark.parametrize("archive", ["thunderbird/presend.xpi", "gmail/presend-gmail.zip"])
def test_both_languages_have_the_words_of_the_manifest(files, archive):
    held = unzipped(files[archive])
    for locale in ("en", "zh_CN"):
        messages = json.loads(held[f"_locales/{locale}/messages.json"])
        assert set(messages) == {"name", "short", "description", "button"}
        assert len(messages["description"]["message"]) <= 132, "the limit of the browsers' shops"


@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_no_code_comes_from_elsewhere(client):
    for name, content in bundle(client).items():
        if name.endswith((".js", ".html")):
            # office.js has to come from Microsoft's own address: tests/test_outlook.py.
            text = content.decode().replace('src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"', "")
            for remote in (
                "eval(",
                "new Function",
                "importScripts",
                "innerHTML",
                "document.write",
                'src="http',
                'href="http',
            ):
                assert remote not in text, f"{client}/{name}: {remote}"


def test_the_same_input_gives_the_same_bytes(files):
    assert packed(target_of(URL, POLICY)) == files


@pytest.mark.parametrize(
    "url",
    ["", "presend.example", "ftp://presend.example", "https://", "https://u:p@presend.example", "https://a/?q", "https://a/#x",
     "https://a:port", "http://presend.example", "http://10.0.0.7:8080", "https://[::1"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_refused(url):
    with pytest.raises(RefusalError, match="--url: "):
        target_of(url, POLICY)


@pytest.mark.parametrize(
    ("url", "pattern"),
    [("http://127.0.0.1:8765/", "http://127.0.0.1/*"), ("http://localhost:1", "http://localhost/*"),
     ("http://[::1]:80", "http://[::1]/*"), ("https://a.example:8443", "https://a.example/*")],
)  # fmt: skip
def test_host_patterns_have_no_port(url, pattern):
    assert target_of(url, POLICY).host_pattern == pattern


def test_build_writes_what_it_says(tmp_path):
    out = tmp_path / "new" / "folder"
    done = command("--url", URL, "--out", out)
    assert done.returncode == 0, done.stderr
    written = [line.removesuffix(": written") for line in done.stdout.splitlines()]
    assert {Path(path) for path in written} == {path for path in out.rglob("*") if path.is_file()}
    assert (out / "thunderbird" / "presend.xpi").stat().st_size > 1000


def test_build_tells_mistakes_in_a_line(tmp_path):
    for arguments, words in (
        (("--url", "http://presend.example", "--out", tmp_path), "https"),
        (("--url", URL, "--out", __file__), "test_addin.py"),
        (("--url", URL, "--out", tmp_path, "--config", tmp_path / "none.toml"), "none.toml"),
    ):
        done = command(*arguments)
        assert done.returncode == 2
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_an_installation_without_bundles_says_how_to_get_them(tmp_path):
    shutil.copytree(ROOT / "checker", tmp_path / "checker", ignore=shutil.ignore_patterns("dist", "__pycache__"))
    shutil.copytree(ROOT / "rules", tmp_path / "checker" / "rules")
    done = command("--url", URL, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "make addin" in done.stderr


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("service")
    policy = folder / "presend.toml"
    policy.write_text('[service]\nhosts = ["presend.company.com"]\n', "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRESEND_STATE", str(folder))
        yield create_app(set_up(policy), key=b"k" * 32, wait_until_warm=False).test_client()


def test_the_service_serves_what_is_packed_for_its_address(client):
    answer = client.get("/addin/thunderbird/presend.xpi", base_url="https://presend.company.com")
    assert answer.status_code == 200
    assert answer.content_type == "application/x-xpinstall"
    assert json.loads(unzipped(answer.data)["settings.json"])["service"] == "https://presend.company.com"
    again = client.get(
        "/addin/thunderbird/presend.xpi",
        base_url="https://presend.company.com",
        headers={"If-None-Match": answer.headers["ETag"]},
    )
    assert again.status_code == 304


def test_the_service_serves_the_gmail_extension(client):
    answer = client.get("/addin/gmail/presend-gmail.zip", base_url="https://presend.company.com")
    assert (answer.status_code, answer.content_type) == (200, "application/zip")
    assert json.loads(unzipped(answer.data)["manifest.json"])["host_permissions"] == ["https://presend.company.com/*"]


def test_the_service_serves_nothing_else(client):
    for path in ("/addin/thunderbird/none.js", "/addin/thunderbird/../__init__.py"):
        answer = client.get(path, base_url="https://presend.company.com")
        assert answer.status_code == 404
        assert answer.content_type == "application/problem+json"


def test_no_key_is_needed_to_fetch_an_add_in(client):
    assert client.get("/addin/thunderbird/policies.json", base_url="https://presend.company.com").status_code == 200
    assert client.get("/v1/rules", base_url="https://presend.company.com").status_code == 401


def test_the_service_does_not_hand_out_add_ins_that_would_send_in_the_clear(client):
    answer = client.get("/addin/thunderbird/presend.xpi", base_url="http://presend.company.com")
    assert answer.status_code == 503
    assert "https" in answer.json["detail"]


def test_the_icons_are_whole_pngs_with_our_drawing_in_it(tmp_path):
    if shutil.which("node") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("node is missing")
    script = f"import {{ writeIcons }} from './icons.mjs'; await writeIcons({json.dumps(str(tmp_path))}, [16, 48]);"
    subprocess.run(["node", "--input-type=module", "-e", script], cwd=ROOT / "addin", check=True, timeout=60)
    for size in (16, 48):
        width, alphas = _alphas((tmp_path / f"icon-{size}.png").read_bytes())
        assert width == size
        assert {0, 255} <= set(alphas), "strokes on nothing"
        # The envelope's left edge, and the middle of its flap's open side.
        assert alphas[size // 2 * size + round(3 / 24 * size)] > 100
        assert alphas[0] == 0


def _alphas(content):
    """Width, and the alpha of every pixel, of a PNG that filters no row; the checksums are checked."""
    at, data, width = 8, b"", 0
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        assert struct.unpack(">I", content[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        width = struct.unpack(">I", body[:4])[0] if kind == b"IHDR" else width
        data += body if kind == b"IDAT" else b""
        at += length + 12
    rows = zlib.decompress(data)
    return width, [a for y in range(width) for a in rows[y * (width * 4 + 1) + 4 : (y + 1) * (width * 4 + 1) : 4]]
