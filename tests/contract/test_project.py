"""Rules of the project itself: what stands at the top, who imports whom, what no file may hold."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("pipelines", "sources", "warehouse", "dashboards")
TOP_LEVEL = {
    *PACKAGES,
    "tests",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "compose.yaml",
    "constraints.txt",
}
MAY_IMPORT = {
    "pipelines": ("pipelines", "sources", "warehouse", "dashboards"),
    "dashboards": ("dashboards", "warehouse"),
    "sources": ("sources", "warehouse.standards"),
    "warehouse": ("warehouse",),
}
MAX_LINES = 300
# Put together here so that this file does not hold what it looks for.
REGISTRIES = ("pypi" + r"\.org", "python" + r"hosted\.org", "anaconda" + r"\.org", "npmjs" + r"\.(?:org|com)")
PLACES = (r"(?<![\w.~-])/wo" + r"rk/", r"(?<![\w.~-])/tm" + r"p/\w", "/opt/" + "pypi")
FORBIDDEN = re.compile("|".join((*REGISTRIES, *PLACES)))
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def tracked() -> list[str]:
    """Files git knows; the test is skipped where there is no checkout or no git."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = [git, "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip(f"git ls-files: {listed.stderr.decode(errors='replace').strip()}")
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def misplaced(names: list[str]) -> set[str]:
    """Top-level entries that do not belong there."""
    tops = {name.split("/", 1)[0] for name in names}
    return {top for top in tops if top not in TOP_LEVEL and not top.startswith(".")}


def imports(tree: ast.Module) -> Iterator[str]:
    """Dotted names a module imports; ``from a import b`` gives ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def forbidden_imports(package: str, tree: ast.Module) -> set[str]:
    """Imports of our own packages that this package may not make."""
    ours = {name for name in imports(tree) if name.split(".")[0] in PACKAGES}
    allowed = MAY_IMPORT[package]
    return {name for name in ours if not any(name == a or name.startswith(f"{a}.") for a in allowed)}


def _needs_docstring(node: ast.stmt) -> bool:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or node.name.startswith("_"):
        return False
    return not any(ast.unparse(d).split(".")[-1] == "overload" for d in node.decorator_list)


def bare_functions(tree: ast.Module) -> Iterator[str]:
    """Public functions and methods of public classes without a docstring; overloads speak through the last one."""
    scopes: list[tuple[str, list[ast.stmt]]] = [("", tree.body)]
    while scopes:
        prefix, body = scopes.pop()
        for node in body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                scopes.append((f"{prefix}{node.name}.", node.body))
            if _needs_docstring(node) and ast.get_docstring(node) is None:
                yield f"{prefix}{node.name}"


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def test_only_known_entries_stand_at_the_top():
    assert misplaced(tracked()) == set()


def test_a_stray_entry_at_the_top_is_found():
    assert misplaced(["README.md", ".ci/run", "notes.txt", "scripts/x.py"]) == {"notes.txt", "scripts"}


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_run_one_way(package):
    found = {
        str(path.relative_to(ROOT)): bad
        for path in MODULES
        if path.is_relative_to(ROOT / package) and (bad := forbidden_imports(package, parsed(path)))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("package", "code", "bad"),
    [
        ("sources", "from warehouse import standards", set()),
        ("sources", "from warehouse.standards import load", set()),
        ("sources", "from warehouse import store", {"warehouse.store"}),
        ("sources", "import warehouse", {"warehouse"}),
        ("dashboards", "def f():\n    from pipelines.air import rows", {"pipelines.air.rows"}),
        ("warehouse", "import sources.reasons", {"sources.reasons"}),
        ("pipelines", "from dashboards import page", set()),
    ],
)
def test_a_wrong_import_is_found(package, code, bad):
    assert forbidden_imports(package, ast.parse(code)) == bad


def test_no_file_names_a_registry_or_a_place_of_one_machine():
    found = []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if hit := FORBIDDEN.search(line):
                found.append(f"{name}:{number}: {hit.group()}")
    assert found == []


@pytest.mark.parametrize(
    ("line", "hit"),
    [
        ("https://files.python" + "hosted.org/x.whl", True),
        ("data in /wo" + "rk/shared", True),
        ("open('/tm" + "p/x')", True),
        ("pip install duckdb", False),
        ("net" + "/wo" + "rk/shared", False),
        ("homework/ and tmp/", False),
    ],
)
def test_a_registry_or_a_place_is_found(line, hit):
    assert (FORBIDDEN.search(line) is not None) is hit


@pytest.mark.parametrize("package", PACKAGES)
def test_public_functions_have_docstrings(package):
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in MODULES
        if path.is_relative_to(ROOT / package)
        for name in bare_functions(parsed(path))
    ]
    assert found == []


def test_a_missing_docstring_is_found():
    code = "def a(): ...\ndef _b(): ...\n@overload\ndef e(): ...\nclass C:\n    def d(self): ...\n    def __init__(self): ...\n"
    assert set(bare_functions(ast.parse(code))) == {"a", "C.d"}


def test_modules_are_short():
    lengths = {str(path.relative_to(ROOT)): path.read_bytes().count(b"\n") for path in MODULES}
    assert {name: n for name, n in lengths.items() if n > MAX_LINES} == {}
