"""The commands as a user types them: real processes, real files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, cold
from command import warm as presend
from rich.cells import cell_len

DRAFTS = ROOT / "examples" / "drafts"
CONFIG = ["--config", str(ROOT / "examples" / "presend.toml")]


def rules_of(result):
    return {f["rule"] for f in result["findings"] if f["severity"] != "info"}


@pytest.fixture(scope="module")
def drafts():
    done = presend("check", DRAFTS, *CONFIG, "--format", "json")
    assert done.returncode == 1, done.stderr.decode()
    return {Path(r["path"]).stem: r for r in json.loads(done.stdout)["results"]}


def test_the_guides_model_mail_is_corrected(drafts):
    mail = drafts["restock-guide-zh"]
    assert rules_of(mail) == {"data/wrong-coverage"}
    finding = next(f for f in mail["findings"] if f["rule"] == "data/wrong-coverage")
    assert "345" in finding["message"] + finding["suggestion"]


@pytest.mark.parametrize("name", ["restock-good-zh", "restock-good-en", "logistics-good-en", "ads-good-zh"])
def test_good_drafts_are_left_alone(drafts, name):
    assert rules_of(drafts[name]) == set()
    assert drafts[name]["verdict"] == "allow"


def test_bad_drafts_say_what_is_wrong(drafts):
    assert {"subject/untagged", "data/vague", "tone/blunt-urgency", "deadline/vague"} <= rules_of(drafts["vague-zh"])
    assert {"tone/blame", "sensitive/identity", "sensitive/contact", "sensitive/order"} <= rules_of(
        drafts["blame-and-leak-zh"]
    )
    assert "data/wrong-dos" in rules_of(drafts["broken-figures-en"])
    assert {"recipients/typo-domain", "deadline/wrong-weekday", "attachments/missing"} <= rules_of(
        drafts["typo-domain"]
    )


def test_no_output_shows_a_sensitive_value(drafts):
    for name in ("text", "json"):
        said = presend("check", DRAFTS, *CONFIG, "--format", name).stdout.decode()
        for value in ("11010519491231002X", "13812345678", "113-1234567-7654321"):
            assert value not in said
        assert "110105" in said


def test_spans_are_exact_in_the_json(drafts):
    mail = json.loads((DRAFTS / "typo-domain.json").read_text("utf-8"))
    finding = next(f for f in drafts["typo-domain"]["findings"] if f["rule"] == "deadline/wrong-weekday")
    start, end = finding["span"]["source"]
    assert finding["span"]["part"] == "text"
    assert mail["text"][start:end] == finding["text"]
    assert finding["span"]["source_utf16"] == [start, end]


def test_a_good_mail_exits_zero_and_a_bad_one_one():
    assert cold("check", DRAFTS / "restock-good-zh.eml", *CONFIG).returncode == 0
    assert cold("check", DRAFTS / "vague-zh.eml", *CONFIG).returncode == 1
    assert presend("check", DRAFTS / "restock-guide-zh.eml", *CONFIG).returncode == 0  # a warning is below error
    assert presend("check", DRAFTS / "restock-guide-zh.eml", *CONFIG, "--fail-on", "warning").returncode == 1


def test_standard_input_takes_mime_and_draft_json():
    eml = (DRAFTS / "vague-zh.eml").read_bytes()
    done = presend("check", "-", *CONFIG, "--format", "json", stdin=eml)
    assert "data/vague" in rules_of(json.loads(done.stdout)["results"][0])
    draft = (DRAFTS / "typo-domain.json").read_bytes()
    done = presend("check", "-", *CONFIG, "--format", "json", stdin=draft)
    assert "recipients/typo-domain" in rules_of(json.loads(done.stdout)["results"][0])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "nowhere.eml"], "presend: nowhere.eml: no such file or folder"),
        (["check", DRAFTS, "--config", "nowhere.toml"], "presend: nowhere.toml: no such file or directory"),
        (["check", DRAFTS, "--format", "yaml"], "presend: --format: 'yaml' is not allowed; allowed: text, json"),
        (["check", DRAFTS, "--now", "tomorrow"], "presend: --now: 'tomorrow' is no time"),
        (["check", DRAFTS, "--only", "tone/blam"], "did you mean tone/blame?"),
        (["explain", "tone/blam"], "presend: no rule tone/blam; did you mean tone/blame?"),
        (["facts", "nowhere.eml"], "presend: nowhere.eml: no such file or directory"),
        (["rules", "test", "nowhere"], "presend: nowhere: no folder with rules"),
    ],
)
def test_mistakes_are_one_line_and_exit_two(arguments, told):
    done = presend(*arguments)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.json").write_text('{"subject": 5}', "utf-8")
    (tmp_path / "b.json").write_text("not json", "utf-8")
    (tmp_path / "c.eml").write_bytes((DRAFTS / "restock-good-zh.eml").read_bytes())
    done = presend("check", tmp_path, *CONFIG, "--format", "json")
    results = {Path(r["path"]).name: r for r in json.loads(done.stdout)["results"]}
    assert done.returncode == 2
    assert results["c.eml"]["verdict"] == "allow"
    assert "subject" in results["a.json"]["errors"][0]
    assert "is not JSON" in results["b.json"]["errors"][0]


def test_a_bad_policy_is_told(tmp_path):
    policy = tmp_path / "presend.toml"
    policy.write_text('[policy]\nfail_on = "hi"\n', "utf-8")
    done = presend("check", DRAFTS, cwd=tmp_path)
    assert done.returncode == 2
    assert "policy.fail_on" in done.stderr.decode()
    assert "error, warning, info" in done.stderr.decode()


def test_text_fits_eighty_columns_and_has_no_colour_in_a_pipe():
    from rich.cells import cell_len

    said = presend("check", "examples/drafts", *CONFIG).stdout.decode()  # a path of any tree's would fold elsewhere
    assert "\x1b" not in said
    assert [line for line in said.splitlines() if cell_len(line) > 80] == []
    lines = said.splitlines()
    at = next(i for i, line in enumerate(lines) if "快卖完了" in line and i + 1 < len(lines) and "^" in lines[i + 1])
    before = lines[at][: lines[at].index("快卖完了")]
    assert lines[at + 1].index("^") == cell_len(before)


def test_language_can_be_chosen():
    said = presend("check", DRAFTS / "vague-zh.eml", *CONFIG, "--lang", "en").stdout.decode()
    assert "error" in said
    assert "错误" not in said


def test_the_sum_is_said_in_the_language_of_all_mails():
    def last(*paths):
        return presend("check", *paths, *CONFIG).stdout.decode().splitlines()[-1]

    chinese, english = DRAFTS / "restock-good-zh.eml", DRAFTS / "restock-good-en.eml"
    assert last(chinese) == "1 封邮件\uff1a1 封通过"
    assert last(english) == "1 mail: 1 allow"
    assert last(chinese, english) == "2 mails: 2 allow"


@pytest.mark.parametrize(("lang", "chinese"), [("zh_CN.UTF-8", True), ("C", False)])
def test_rules_are_listed_in_the_terminal_s_language_and_width(lang, chinese):
    lines = cold("rules", LC_ALL=lang).stdout.decode().splitlines()
    assert max(map(cell_len, lines)) in (79, 80)
    assert all(any("\u3400" <= char <= "\u9fff" for char in line) for line in lines) is chinese


def test_fix_shows_a_diff_then_writes_and_keeps_the_rest(tmp_path):
    mail = tmp_path / "a.eml"
    original = (DRAFTS / "blame-and-leak-zh.eml").read_bytes()
    mail.write_bytes(original)
    diff = presend("fix", mail, *CONFIG)
    assert diff.returncode == 0
    assert "138****5678" in diff.stdout.decode()
    assert "13812345678" not in diff.stdout.decode()
    assert mail.read_bytes() == original
    out = tmp_path / "fixed.eml"
    done = presend("fix", mail, "--only", "sensitive/*", "--out", out, *CONFIG)
    assert done.returncode == 0, done.stderr.decode()
    assert mail.read_bytes() == original
    again = presend("check", out, *CONFIG, "--only", "sensitive/*", "--format", "json")
    assert json.loads(again.stdout)["summary"]["findings"] == {}
    head, fixed_head = original.split(b"\n\n", 1)[0], out.read_bytes().split(b"\n\n", 1)[0]
    assert head == fixed_head


def test_fix_takes_a_folder_writes_once_and_goes_on_past_what_it_cannot_fix(tmp_path):
    drafts = tmp_path / "drafts"
    (drafts / "sub").mkdir(parents=True)
    names = ["blame-and-leak-zh.eml", "restock-good-zh.eml", "sub/vague-zh.eml"]
    for name in names:
        (drafts / name).write_bytes((DRAFTS / Path(name).name).read_bytes())
    (drafts / "half.json").write_text('{"subject": "x', "utf-8")
    before = {name: (drafts / name).read_bytes() for name in names}
    chosen = ["--only", "sensitive/*", *CONFIG]

    shown = presend("fix", drafts, *chosen)
    assert shown.returncode == 2
    assert "half.json: draft: is not JSON in UTF-8\n" in shown.stderr.decode()
    assert f"{drafts}/blame-and-leak-zh.eml:\n--- body" in shown.stdout.decode()
    assert f"{drafts}/restock-good-zh.eml: nothing to fix\n" in shown.stdout.decode()
    assert {name: (drafts / name).read_bytes() for name in names} == before

    (drafts / "half.json").unlink()
    untouched = (drafts / "restock-good-zh.eml").stat().st_ino
    written = presend("fix", drafts / names[0], drafts, "--write", *chosen)
    assert (written.returncode, written.stderr) == (0, b"")
    after = {name: (drafts / name).read_bytes() for name in names}
    assert [name for name in names if before[name] != after[name]] == [names[0]]
    head, _ = before[names[0]].split(b"\n\n", 1)
    assert after[names[0]].split(b"\n\n", 1)[0] == head
    assert (drafts / "restock-good-zh.eml").stat().st_ino == untouched

    again = presend("fix", drafts, "--write", *chosen).stdout.decode().splitlines()
    assert [line.rpartition(": ")[2] for line in again] == ["nothing to fix"] * 3
    assert {name: (drafts / name).read_bytes() for name in names} == after


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([DRAFTS, "--out", "x"], "--out takes one mail; to fix several in place write --write"),
        (["a.eml", "b.eml", "--out", "x"], "--out takes one mail"),
        (["-", "--write"], "standard input cannot be changed; write --out FILE"),
        (["nowhere.eml"], "nowhere.eml: no such file"),
    ],
)
def test_fix_refuses_in_one_line(arguments, told):
    done = presend("fix", *arguments, *CONFIG)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_init_writes_a_policy_that_works(tmp_path):
    done = presend("init", tmp_path)
    assert done.returncode == 0
    assert presend("check", DRAFTS / "restock-good-zh.eml", cwd=tmp_path).returncode in (0, 1)
    assert presend("init", tmp_path).returncode == 2


def test_own_rules_work_as_the_readme_says(tmp_path):
    readme = (ROOT / "README.md").read_text("utf-8")
    rule = readme.split("```yaml\n")[1].split("```")[0]
    policy = readme.split("```toml\n")[1].split("```")[0]
    (tmp_path / "rules" / "acme").mkdir(parents=True)
    (tmp_path / "rules" / "acme" / "discount.yaml").write_text(rule, "utf-8")
    (tmp_path / "presend.toml").write_text(policy, "utf-8")
    tested = presend("rules", "test", "rules/acme", cwd=tmp_path)
    assert tested.returncode == 0, tested.stdout.decode() + tested.stderr.decode()
    assert "1 rule, 4 examples in four dresses, 0 failures" in tested.stdout.decode()
    draft = json.dumps({"text": "这是最低价了。"}).encode()
    done = presend("check", "-", "--format", "json", "--only", "acme/*", cwd=tmp_path, stdin=draft)
    assert rules_of(json.loads(done.stdout)["results"][0]) == {"acme/discount"}


def test_facts_are_json_and_masked():
    done = presend("facts", DRAFTS / "blame-and-leak-zh.eml", *CONFIG)
    seen = json.loads(done.stdout)
    assert {s["family"] for s in seen["sensitive"]} >= {"identity", "contact", "order"}
    assert "13812345678" not in done.stdout.decode()


def test_every_command_and_option_is_in_the_readmes():
    from checker.cli import COMMANDS, main

    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text("utf-8")
        for name in COMMANDS:
            command = main.get_command(None, name)
            assert f"presend {name}" in text, f"{readme}: {name}"
            for parameter in command.params:
                option = next((o for o in parameter.opts if o.startswith("--")), None)
                if option and option != "--help":
                    assert option in text or parameter.name == "diff", f"{readme}: {name} {option}"


def test_the_help_of_all_commands_says_what_each_says_of_itself():
    from checker.cli import COMMANDS, main

    for name, entry in COMMANDS.items():
        assert main.get_command(None, name).help.startswith(entry.help), name


@pytest.mark.parametrize(("readme", "lang"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_readmes_show_what_is_really_said(readme, lang):
    command = f"$ presend check examples/drafts/restock-guide-zh.eml --config examples/presend.toml --lang {lang}\n"
    shown = (ROOT / readme).read_text("utf-8").split(command)[1].split("```")[0]
    said = cold(*command.strip("$ \n").split()[1:]).stdout.decode()
    assert shown.strip() == said.strip()


def test_a_command_whose_extra_is_not_installed_says_what_to_install():
    hidden = "import sys; sys.modules['pyarrow'] = None; from checker.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", hidden, "audit", "x", "--out", "y"], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "audit needs pyarrow: pip install 'presend[archive]'" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
