"""The architecture as a test: imports run downwards only, and nothing above the doors touches the outside world."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "checker"
# From the bottom up. A module may import from its own layer (where that is no circle) and from those below.
LAYERS = [
    ["lazy", "normalise", "wraps", "text"],
    ["message"],
    ["markup", "clients", "grids", "page", "sections", "elements", "html", "history", "cards", "signoff", "zones"],
    ["charsets", "headers", "fields", "addresses", "parts", "body", "mime", "draft", "reading"],
    [
        "seller_data",
        "company",
        "service_table",
        "doors",
        "roster",
        "report_text",
        "report_age",
        "reports",
        "workbook",
        "yaml_source",
        "template",
    ],
    ["policy_checks", "policy", "rule", "rule_mistakes", "budget", "rewrite", "copies", "fix", "locate"],
    ["documents", "presidio_pack"],
    ["facts"],
    ["load", "expressions", "visible"],
    ["guards"],
    ["judge", "overrides"],
    ["compile"],
    ["identity", "masking", "override", "waiving"],
    ["findings"],
    ["engine"],
    ["examples", "render", "baseline", "newmail"],
    ["files", "report_files", "refusal"],
    ["rule_folders", "person_model"],
    ["rule_tests", "setup", "mailfile", "current_setup", "state", "credentials", "imap_client", "git"],
    ["store"],
    ["service", "archive", "drafts", "gate", "addin"],
    ["commands"],
    ["cli"],
]
DOORS = set().union(*LAYERS[next(i for i, layer in enumerate(LAYERS) if "files" in layer) :])
IMPURE = {
    "os",
    "pathlib",
    "sys",
    "socket",
    "time",
    "logging",
    "urllib",
    "subprocess",
    "shutil",
    "tempfile",
    "random",
    "requests",
    "flask",
}
CALLS = {"open", "print", "eval", "exec", "input", "__import__"}


def modules():
    return sorted(p for p in ROOT.rglob("*.py"))


def layer_name(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def rank(name):
    for i, layer in enumerate(LAYERS):
        if name in layer:
            return i
    return None


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "checker" else [node.module]
            )
            yield from ((name, node) for name in names)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_downwards(path):
    own = layer_name(path)
    if own == "__init__":
        return
    assert rank(own) is not None, f"{own} has no layer: say in LAYERS where it belongs"
    for name, _ in imports(path):
        parts = (name or "").split(".")
        if parts[0] == "checker" and len(parts) > 1 and parts[1] != own:
            assert rank(parts[1]) is not None, f"{parts[1]} has no layer"
            assert rank(parts[1]) <= rank(own), f"{path.name} imports {name}, which stands above it"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_io_above_the_doors(path):
    if layer_name(path) in DOORS:
        return
    for name, _ in imports(path):
        assert name == "urllib.parse" or name.split(".")[0] not in IMPURE, f"{path.name} imports {name}"
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert ast.unparse(node.func) not in {"io.open", "datetime.now", "date.today"}, f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in CALLS, f"{path.name}:{node.lineno} calls {node.func.id}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_heavy_libraries_are_imported_only_when_used(path):
    """The service is itself imported only when it is used; flask is what it is made of."""
    for node in ast.parse(path.read_text("utf-8")).body:
        names = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        heavy = {
            "spacy",
            "presidio_analyzer",
            "mailparser",
            "flask",
            "python_calamine",
            "pypdfium2",
            "olefile",
            "chinese_calendar",
        }
        if layer_name(path) == "service":
            heavy.discard("flask")
        assert not {n.split(".")[0] for n in names} & heavy, f"{path.name} imports {names} at import time"
