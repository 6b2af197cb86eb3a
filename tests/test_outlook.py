"""Outlook's manifests against Microsoft's schema and parser, and what the service serves for Outlook."""

import io
import json
import os
import re
import shutil
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest
from jsonschema import FormatChecker
from jsonschema.validators import validator_for

from checker.addin.pack import packed
from checker.addin.target import addin_version, target_of
from checker.company import Company
from checker.service import create_app
from checker.setup import set_up

ROOT = Path(__file__).parent.parent
MODULES = ROOT / "addin" / "node_modules"
SCHEMAS = MODULES / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams" / "v1.22"
URL = "https://presend.example:8443/base"
BASE = f"{URL}/addin/outlook"
HOST = "https://presend.company.com"


@pytest.fixture(scope="module", autouse=True)
def built():
    there = (ROOT / "checker" / "addin" / "dist").is_dir() and SCHEMAS.is_dir() and shutil.which("node")
    if not there:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the add-ins are not built (make addin)")


@pytest.fixture(scope="module")
def files():
    every = packed(target_of(URL, Company(unavailable="block", overridable=("warning",))))
    return {path.removeprefix("outlook/"): content for path, content in every.items() if path.startswith("outlook/")}


@pytest.fixture(scope="module")
def package(files):
    """The unified manifest's archive: name -> content."""
    archive = zipfile.ZipFile(io.BytesIO(files["presend.zip"]))
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def manifest(package):
    return json.loads(package["manifest.json"])


@pytest.fixture(scope="module")
def converted(files, tmp_path_factory):
    """The XML manifest as Microsoft's own parser reads it: it refuses what its schema does not allow."""
    folder = tmp_path_factory.mktemp("xml")
    return convert(files["manifest.xml"], folder)


def convert(xml, folder):
    (folder / "manifest.xml").write_bytes(xml)
    script = (
        "const { convert } = require('office-addin-manifest-converter');"
        "convert(process.argv[1], process.argv[2]).catch((error) => { console.error(error); process.exit(1); });"
    )
    command = ["node", "-e", script, str(folder / "manifest.xml"), str(folder / "out")]
    done = subprocess.run(command, cwd=ROOT / "addin", capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "out" / "manifest.json").read_text("utf-8"))


def faults(document, schema):
    read = json.loads((SCHEMAS / schema).read_text("utf-8"))
    validator = validator_for(read)(read, format_checker=FormatChecker())
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(document)]


def events(of):
    (extension,) = of["extensions"]
    return [event for runs in extension["autoRunEvents"] for event in runs["events"]]


def test_the_unified_manifest_fits_microsofts_schema(manifest, package):
    assert faults(manifest, "MicrosoftTeams.schema.json") == []
    assert faults(json.loads(package["zh-cn.json"]), "MicrosoftTeams.Localization.schema.json") == []
    assert manifest["manifestVersion"] == "1.22"
    wrong = json.loads(json.dumps(manifest).replace("softBlock", "blockSoftly"))
    assert faults(wrong, "MicrosoftTeams.schema.json") != [], "the schema sees what is wrong"


def test_every_translated_text_is_one_of_the_manifest(manifest, package):
    for path in set(json.loads(package["zh-cn.json"])) - {"$schema"}:
        at = manifest
        for name, number in re.findall(r"(\w+)|\[(\d+)\]", path):
            at = at[name] if name else at[int(number)]
        assert isinstance(at, str), path


def test_both_manifests_ask_for_the_same(manifest, converted):
    assert converted["id"] == manifest["id"]
    assert [(e["type"], e["actionId"], e.get("options")) for e in events(converted)] == [
        (e["type"], e["actionId"], e.get("options")) for e in events(manifest)
    ]
    assert events(manifest)[0] == {
        "type": "messageSending",
        "actionId": "onMessageSend",
        "options": {"sendMode": "softBlock"},
    }
    assert converted["authorization"] == manifest["authorization"]
    pages = {json.dumps(r["code"], sort_keys=True) for r in manifest["extensions"][0]["runtimes"]}
    assert {json.dumps(r["code"], sort_keys=True) for r in converted["extensions"][0]["runtimes"]} == pages


def test_microsofts_parser_sees_what_is_wrong(files, tmp_path):
    with pytest.raises(AssertionError):
        convert(files["manifest.xml"].replace(b"LaunchEvents>", b"Launches>"), tmp_path)


def test_the_least_permission_is_asked_for_and_explained(manifest, files):
    assert manifest["authorization"]["permissions"] == {
        "resourceSpecific": [{"name": "MailboxItem.ReadWrite.User", "type": "Delegated"}]
    }
    assert files["manifest.xml"].count(b"<Permissions>") == 1
    assert b"<Permissions>ReadWriteItem</Permissions>" in files["manifest.xml"]
    for language in ("outlook.md", "outlook.zh-CN.md"):
        page = (ROOT / "docs" / "install" / language).read_text("utf-8")
        for permission in ("ReadWriteItem", "MailboxItem.ReadWrite.User"):
            assert f"`{permission}`" in page, language


def test_what_the_manifests_name_is_there(manifest, files):
    named = set(re.findall(re.escape(BASE) + r"/([\w.-]+)", files["manifest.xml"].decode() + json.dumps(manifest)))
    assert {"taskpane.html", "launchevent.html", "launchevent.js", "icon-16.png", "icon-80.png"} <= named
    assert named <= set(files)
    script = files["launchevent.js"].decode()
    for action in ("onMessageSend", "onMessageChanged"):
        assert f'associate("{action}"' in script
    (tab,) = manifest["extensions"][0]["ribbons"][0]["tabs"]
    assert tab["groups"][0]["controls"][0]["id"] == "presendPane"
    assert b'id="presendPane"' in files["manifest.xml"]
    assert '"presendPane"' in script, "the alert opens the pane by this id"


def test_icons_have_the_sizes_that_are_asked_for(package, files):
    sizes = {f"icon-{size}.png": size for size in (16, 32, 64, 80, 128, 192)}
    for name, size in {**sizes, "outline.png": 32}.items():
        assert struct.unpack(">II", files[name][16:24]) == (size, size)
    assert package["color.png"] == files["icon-192.png"]
    assert package["outline.png"] == files["outline.png"]


def test_two_services_are_two_add_ins_and_one_stays_the_same(manifest):
    def identity(url):
        archive = packed(target_of(url, Company()))["outlook/presend.zip"]
        return json.loads(zipfile.ZipFile(io.BytesIO(archive)).read("manifest.json"))["id"]

    assert identity(URL) == manifest["id"]
    assert identity("https://test.example") != manifest["id"]


def test_the_version_is_ours(manifest, files):
    assert manifest["version"] == addin_version()
    assert re.search(rf"<Version>{re.escape(addin_version())}(\.\d+)+</Version>".encode(), files["manifest.xml"])


def test_an_address_with_signs_of_xml_and_json_is_written_as_one(tmp_path):
    strange = packed(target_of('https://a.example/x&y"z', Company()))
    converted = convert(strange["outlook/manifest.xml"], tmp_path)
    assert converted["developer"]["websiteUrl"] == 'https://a.example/x&y"z/'
    archive = zipfile.ZipFile(io.BytesIO(strange["outlook/presend.zip"]))
    assert json.loads(archive.read("manifest.json"))["developer"]["websiteUrl"] == 'https://a.example/x&y"z/'


def test_both_scripts_are_told_their_settings(files):
    expected = {"service": URL, "unavailable": "block", "overridable": ["warning"]}
    for script in ("launchevent.js", "taskpane.js"):
        line = files[script].decode().splitlines()[0]
        assert json.loads(line.removeprefix("var presendSettings = ").removesuffix(";")) == expected


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("service")
    policy = folder / "presend.toml"
    lines = '[service]\nhosts = ["presend.company.com"]\norigins = ["https://mail.company.com"]\nper_address = 5\n'
    policy.write_text(lines, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRESEND_STATE", str(folder))
        yield create_app(set_up(policy), key=b"k" * 32, wait_until_warm=False).test_client()


def directives(answer):
    return dict(one.strip().split(" ", 1) for one in answer.headers["Content-Security-Policy"].split(";"))


def test_outlook_may_show_its_pages_and_nobody_else_any(client):
    pane = client.get("/addin/outlook/taskpane.html", base_url=HOST)
    assert pane.content_type == "text/html; charset=utf-8"
    policy = directives(pane)
    assert policy["default-src"] == "'none'"
    # The second is office.js's own doing: it fetches MicrosoftAjax.js there.
    assert policy["script-src"] == "'self' https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com"
    assert policy["connect-src"] == "'self'"
    ancestors = policy["frame-ancestors"].split()
    assert {"https://outlook.office.com", "https://outlook.live.com", "https://mail.company.com"} <= set(ancestors)
    assert all(one.startswith("https://") and "*" not in one for one in ancestors)
    for other in ("/addin/outlook/taskpane.js", "/", "/docs"):
        answer = client.get(other, base_url=HOST)
        assert directives(answer)["frame-ancestors"] == "'none'", other


def test_no_script_of_the_pages_comes_from_elsewhere_but_office_js(client):
    for page in ("taskpane.html", "launchevent.html"):
        html = client.get(f"/addin/outlook/{page}", base_url=HOST).text
        scripts = re.findall(r'<script src="([^"]+)"></script>', html)
        assert html.count("<script") == len(scripts), "no script stands in the page itself"
        office, ours = scripts
        assert office == "https://appsforoffice.microsoft.com/lib/1/hosted/office.js"
        assert "/" not in ours


def test_outlook_may_keep_and_show_the_icons(client):
    icon = client.get("/addin/outlook/icon-64.png", base_url=HOST)
    assert icon.content_type == "image/png"
    assert "no-" not in icon.headers["Cache-Control"]
    assert icon.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_well_known_file_names_the_script_of_the_hooks(client):
    answer = client.get("/.well-known/microsoft-officeaddins-allowed.json", base_url=HOST)
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert answer.json == {"allowed": [f"{HOST}/addin/outlook/launchevent.js"]}


def test_classic_outlook_calls_as_if_from_another_origin(client):
    asked = {"Origin": HOST, "Access-Control-Request-Method": "POST"}
    assert client.options("/v1/check", base_url=HOST, headers=asked).status_code == 204
    answer = client.get("/v1/rules", base_url=HOST, headers={"Origin": HOST})
    assert answer.headers["Access-Control-Allow-Origin"] == HOST
    for other in ("https://presend.company.com.evil.example", "http://presend.company.com", "null"):
        assert client.options("/v1/check", base_url=HOST, headers=asked | {"Origin": other}).status_code == 403


def test_a_pane_does_not_use_up_an_office_s_rate(client):
    answers = [client.get("/addin/outlook/pane.css", base_url=HOST).status_code for _ in range(8)]
    assert answers == [200] * 8
