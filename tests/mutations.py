"""Planted bugs that the suite must catch. By hand: `python tests/mutations.py [number …]`; all of them without one.

Each is one line gone wrong as lines do go wrong. The tree is copied, the bug planted in the copy, the tests named are
run there; they must fail, and must not fail without the bug. test_mutations_fresh.py keeps the list in step with the code.
"""

# ruff: noqa: T201 - it reports to a terminal
from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Bug(NamedTuple):
    """In checker/<file>, `old` becomes `new`; one of the tests/test_<name>.py must fail."""

    file: str
    old: str
    new: str
    tests: str


BUGS = (
    Bug("text.py", 'words = ""\n        if not out', 'pass\n        if not out', "text html"),
    Bug("text.py", "if _literal(segment) else segment.origin[:2]", "if True else segment.origin[:2]", "text html"),
    Bug("text.py", "words = escape(new, quote=False)", "words = str(new)", "text html fix"),
    Bug("normalise.py", "self.plain_at[piece] + last - self.at[piece] + 1 if", "self.plain_at[piece] + last - self.at[piece] if", "text"),
    Bug("normalise.py", "at += length - len(new), length", "at += length, length", "text reading"),
    Bug("html.py", 'elif name == "href" and value[:7].lower() == "mailto:":', "elif False:", "html sensitive"),
    Bug("html.py", 'self.page.turn(table.tabs, "\\t", "\\n")', "pass", "html"),
    Bug("elements.py", "if open_name in SPECIAL and (name not in SPECIAL", "if False and (name not in SPECIAL", "html"),
    Bug("zones.py", "list(html.quotes) if html else []", "[]", "zones html"),
    Bug("zones.py", "if is_card(words, a, b)]", "]", "zones"),
    Bug("zones.py", "            kind = out[-1].kind\n", "            pass\n", "zones"),
    Bug("fix.py", "free = [c for c in copies if all(c.end <= g.start or g.end <= c.start for g in given)]", "free = list(copies)", "fix"),
    Bug("fix.py", "if _signed(root, leaf):", "if False:", "fix"),
    Bug("rewrite.py", "source[at : edit.start], edit.text]", "source[at : edit.end], edit.text]", "fix"),
    Bug("mime.py", "return date if date.tzinfo else date.replace(tzinfo=UTC)", "return date", "mime"),
    Bug("mime.py", "content=None if link else content,", "content=content,", "mime"),
    Bug("mime.py", "if not answered and (not references or _FORWARD.match(subject)):", "if not answered and not references:", "mime people"),
    Bug("facts/dates.py", "at >= sent.time():", "at <= sent.time():", "dates"),
    Bug("facts/dates.py", 'key=lambda d: d.kind == "weekday"', 'key=lambda d: d.kind != "weekday"', "dates"),
    Bug("facts/dates.py", "_RANGE.fullmatch(gap):", "False:", "dates"),
    Bug("facts/deadlines.py", "moment.weekday_stated != moment.day.isoweekday()", "moment.weekday_stated != moment.day.weekday()", "deadlines"),
    Bug("facts/deadlines.py", "moment.time or _END_OF_DAY", "moment.time or time(0)", "deadlines"),
    Bug("facts/row_owners.py", "if len(names) == 1:\n            return next(iter(names))\n        single", "if names:\n            return next(iter(names))\n        single", "figures"),
    Bug("facts/figures.py", '== "," else "、"', '== "," else ","', "figures"),
    Bug("facts/lines.py", "if fit == [False, True]:", "if fit == [True, True]:", "figures"),
    Bug("facts/lines.py", "return min(found, key=lambda m: m.value, default=None)", "return max(found, key=lambda m: m.value, default=None)", "figures"),
    Bug("facts/listings.py", 'problem = "letter_o" if "O" in', 'problem = "letter_i" if "O" in', "products"),
    Bug("facts/asins.py", "for a, b in urls) or _hyphenated(text, start, end):", "for a, b in urls):", "products"),
    Bug("facts/asins.py", "if wide and (form.valid or form.corrected):", "if wide and form.corrected:", "products"),
    Bug("facts/actors.py", 'return None if _PROMISE.search(tail) else "reader"', 'return "reader"', "actors"),
    Bug("facts/actors.py", 'if subject.lastgroup == "self" and _WANT_EN.match(tail):', "if False:", "actors"),
    Bug("facts/actors.py", "if _REPORTED.search(clause) and", "if False and", "actors"),
    Bug("facts/masks.py", 'return f"{digits[:4]} **** **** {digits[-4:]}"', 'return f"{digits[:6]} **** **** {digits[-4:]}"', "masks"),
    Bug("facts/masks.py", 'char.isdigit() and first < seen <= total - last', "char.isdigit() and first < seen < total - last", "masks"),
    Bug("presidio_pack/checksums.py", "for d in digits[-2::-2])", "for d in digits[-3::-2])", "checksums"),
    Bug("presidio_pack/checksums.py", "% 97 == 1", "% 97 == 0", "checksums"),
    Bug("facts/people.py", 'kind not in ("self", "internal")', 'kind not in ("internal",)', "people"),
    Bug("facts/people.py", "(person.corrected or person.address).lower()\n        found.add", "person.address.lower()\n        found.add", "people"),
    Bug("facts/people.py", "answers = subject.prefix and not", "answers = subject.prefix or not", "people"),
    Bug("facts/attachments.py", "return sides[0] * sides[1] < _LOGO_AREA", "return sides[0] * sides[1] > _LOGO_AREA", "attachments"),
    Bug("facts/attachments.py", '"empty" if attachment.size == 0 and not attachment.link', '"empty" if attachment.size == 0', "attachments"),
    Bug("facts/attachments.py", "and (not sides or max(sides) > 200)", "and True", "attachments"),
    Bug("engine.py", "_one_edit_a_place(_in_order(_silenced(findings, ruleset)))", "_one_edit_a_place(_silenced(findings, ruleset))", "engine"),
    Bug("engine.py", "(judge.rule.notice or not notice) and ", "", "engine"),
    Bug("engine.py", "if not f.waived}", "}", "engine"),
    Bug("findings.py", "words=hide.text(finding.place.text),", "words=finding.place.text,", "engine sensitive cli"),
    Bug("engine.py", "and at.place.zone in judge.rule.zones", "", "engine"),
    Bug("judge.py", "f'!({expect})'", "f'({expect})'", "engine"),
    Bug("judge.py", "and self.rule.id not in phrased", "and self.rule.id in phrased", "engine"),
    Bug("guards.py", 'm["field"], not m["no"])', 'm["field"], True)', "idle"),
    Bug("guards.py", '"||" in outermost or ', "", "idle"),
    Bug("guards.py", 'm["list"] in lets', "False", "idle"),
    Bug("judge.py", "dyn(null))\" if guarded", "dyn({column}))\" if guarded", "engine"),
    Bug("load.py", 'or ["own"])', "or ZONES)", "engine"),
    Bug("masking.py", "max(cluster, key=lambda spot: spot.end", "min(cluster, key=lambda spot: spot.end", "engine sensitive"),
)  # fmt: skip


def times(bug: Bug) -> int:
    """How often the old text stands in its file: once, when the list is fresh."""
    return (ROOT / "checker" / bug.file).read_text("utf-8").count(bug.old)


def copy_tree(to: Path) -> Path:
    """The tree as it stands, with the rules where an installed package has them."""
    for name in ("checker", "rules", "tests", "examples", "docs"):
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
    for path in (*ROOT.glob("*.md"), *ROOT.glob("*.toml"), ROOT / "LICENSE"):
        shutil.copy(path, to / path.name)
    (to / "checker" / "rules").symlink_to(to / "rules")
    return to


def passes(tree: Path, names: str) -> bool:
    """Whether the tests of these names pass in a tree."""
    files = [f"tests/test_{name}.py" for name in names.split()]
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *files]
    env = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode not in (0, 1):  # neither passed nor failed: a bug that cannot even be imported counts as caught
        print(done.stdout[-300:], done.stderr[-300:], end=" ")
    return done.returncode == 0


def plant(tree: Path, bug: Bug) -> bool:
    """Plant a bug, run its tests, take it out again: whether it was caught."""
    path = tree / "checker" / bug.file
    sound = path.read_text("utf-8")
    path.write_text(sound.replace(bug.old, bug.new), "utf-8")
    try:
        return not passes(tree, bug.tests)
    finally:
        path.write_text(sound, "utf-8")


def main(chosen: list[int]) -> int:
    """Run the chosen bugs, counted from 1. 1 when one survived, or when the tests fail without any."""
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = copy_tree(Path(folder))
        sound = cache(lambda names: passes(tree, names))
        for number, bug in enumerate(BUGS, 1):
            if chosen and number not in chosen:
                continue
            said = "caught" if plant(tree, bug) else "SURVIVED"
            if said == "caught" and not all(sound(name) for name in bug.tests.split()):
                said = "nothing known: the tests fail without it"
            bad += said != "caught"
            print(f"{number:3} {bug.file:24} {bug.old.splitlines()[0].strip()[:60]:60} {said}", flush=True)
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main([int(number) for number in sys.argv[1:]]))
