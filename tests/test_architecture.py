"""The rules of the house, read off the source: who imports whom, who writes, how long.

They are what keeps a reader able to find things: imports run one way, emitters return
files and write none, templates hold no logic, and nothing is too long to be seen at
once.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[1]
GENERATOR = ROOT / "generator"
MODULES = sorted(GENERATOR.rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.j2"))

LEAVES = {
    "",
    "files",
    "hashes",
    "words",
    "hidden",
    "markup",
    "diagnostics",
    "lineage",
    "locations",
    "model",
    "pins",
    "recording",
    "statuses",
}
ALLOWED = {
    "": set[str](),
    "__main__": {"cli"},
    "asking": {"config", "lock", "runs"} | LEAVES,
    "cli": {"asking", "commands", "console", "options", "watching", "writer"} | LEAVES,
    "commands": {
        "answers",
        "asking",
        "codes",
        "completion",
        "config",
        "console",
        "diff",
        "formats",
        "listing",
        "outcomes",
        "pipeline",
        "runs",
        "sarif",
        "starter",
    }
    | LEAVES,
    "completion": set[str](),
    "console": {"codes", "formats", "progress", "report", "writer"} | LEAVES,
    "hatch_hook": {"cli", "config"},
    "outcomes": {"console", "listing", "runs", "writer"} | LEAVES,
    "options": {"asking", "commands", "template_commands", "usage"} | LEAVES,
    "usage": {"config"},
    "template_commands": {"commands", "console", "emitters", "saving"} | LEAVES,
    "listing": {"passes", "pipeline"} | LEAVES,
    "pipeline": {"config", "outputs", "passes", "plugins", "readers", "sources"}
    | {"emitters"}
    | LEAVES,
    "outputs": {"config", "diff", "emitters", "passes", "plugins"} | LEAVES,
    "answers": {"config", "diff", "pairs", "passes", "pipeline", "readers", "sources"}
    | LEAVES,
    "codes": {"passes", "readers"} | LEAVES,
    "config": {"codes", "plugins"} | LEAVES,
    "lineage": {"model"},
    "locations": {"hashes"},
    "pairs": set[str](),
    "plugins": LEAVES,
    "runs": {"cache", "config", "lock", "outputs", "pipeline", "writer"} | LEAVES,
    "cache": {"lock", "pipeline", "saving"} | LEAVES,
    "lock": {"config", "plugins", "readers"} | LEAVES,
    "progress": set[str](),
    "watching": set[str](),
    "report": LEAVES,
    "formats": {"report", "sarif"} | LEAVES,
    "sarif": LEAVES,
    "saving": {"writer"},
    "statuses": set[str](),
    "starter": {"config", "readers", "saving", "sources", "writer"} | LEAVES,
    "sources": {"readers", "saving"} | LEAVES,
    "writer": LEAVES,
    "diagnostics": {"model"},
    "files": set[str](),
    "hashes": set[str](),
    "pins": set[str](),
    "recording": {"hashes"},
    "words": set[str](),
    "hidden": set[str](),
    "markup": set[str](),
    "model": set[str](),
    "readers": {"runtime"} | LEAVES,
    "passes": LEAVES,
    "diff": {"passes"} | LEAVES,
    "emitters": LEAVES,
    "runtime": set[str](),
}
"""What each part of generator/ may import beside itself; "" is generator itself."""


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def part(path: Path) -> str:
    """The part of generator/ to which a module belongs: a package or a single
    module."""
    first = path.relative_to(GENERATOR).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every imported module, absolute, with its line; `from a import b` may give
    a.b."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*start, *(node.module or "").split("."))).strip(".")
            if module == "generator":
                for alias in node.names:
                    is_part = alias.name in ALLOWED
                    yield node.lineno, f"generator.{alias.name}" if is_part else module
            else:
                yield node.lineno, module


def faults_of_imports(path: Path) -> Iterator[str]:
    own = part(path)
    for line, module in imported(path):
        top, _, rest = module.partition(".")
        target = rest.partition(".")[0]
        if top == "generator" and target not in ALLOWED[own] | {own}:
            yield f"{shown(path)}:{line}: {own or 'generator'} imports {module}"


def test_imports_run_one_way() -> None:
    assert {part(path) for path in MODULES} <= ALLOWED.keys()
    assert [fault for path in MODULES for fault in faults_of_imports(path)] == []


def outside(path: Path, allowed: set[str]) -> Iterator[str]:
    for line, module in imported(path):
        top = module.partition(".")[0]
        if top not in sys.stdlib_module_names and top not in allowed:
            yield f"{shown(path)}:{line}: {module}"


def test_the_model_needs_nothing_but_the_standard_library() -> None:
    modules = sorted((GENERATOR / "model").rglob("*.py"))
    assert modules
    assert [fault for path in modules for fault in outside(path, {"generator"})] == []


OPTIONAL = {"anyio", "orjson", "pydantic", "pydantic_core"}
"""Used where it is installed; anyio comes with httpx and is needed by async clients."""


def test_the_runtime_can_be_copied_away() -> None:
    """Only relative imports, the standard library, and what generated packages may
    use."""
    modules = sorted((GENERATOR / "runtime").rglob("*.py"))
    allowed = {"generator", "httpx", *OPTIONAL}
    assert modules
    assert [fault for path in modules for fault in outside(path, allowed)] == []
    for path in modules:
        for node in ast.walk(parse(path)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names.append(node.module or "")
            assert not [n for n in names if n.split(".")[0] == "generator"], shown(path)


def test_optional_libraries_are_not_needed_to_import_the_runtime() -> None:
    """They stand in a `try`, in a function, or below TYPE_CHECKING."""
    for path in sorted((GENERATOR / "runtime").rglob("*.py")):
        for statement in parse(path).body:
            names = []
            if isinstance(statement, ast.Import):
                names = [alias.name for alias in statement.names]
            elif isinstance(statement, ast.ImportFrom) and not statement.level:
                names = [statement.module or ""]
            tops = {name.partition(".")[0] for name in names}
            assert not tops & OPTIONAL, f"{shown(path)}:{statement.lineno}"


SIBLINGS = ("readers", "passes", "emitters")


def test_readers_passes_and_emitters_never_import_one_another() -> None:
    for name in SIBLINGS:
        assert not ALLOWED[name] & set(SIBLINGS)


# `docs` shows what `python` writes; `samples` is for whoever shows examples.
STRANGERS = {
    "docs": {"openapi"},
    "openapi": {"docs", "python"},
    "python": {"docs", "openapi", "samples"},
    "samples": {"docs", "openapi", "python"},
}


def test_emitters_know_no_more_of_one_another_than_they_show() -> None:
    for name, others in STRANGERS.items():
        modules = sorted((GENERATOR / "emitters" / name).rglob("*.py"))
        assert modules
        for path in modules:
            for line, module in imported(path):
                place = module.removeprefix("generator.emitters.").partition(".")[0]
                is_known = module == place or place not in others
                assert is_known, f"{shown(path)}:{line} imports {module}"


WRITING = {
    "hardlink_to",
    "mkdir",
    "rename",
    "rmdir",
    "symlink_to",
    "touch",
    "unlink",
    "write_bytes",
    "write_text",
}


def writes(node: ast.AST) -> bool:
    """Whether a call changes the disk, as far as its name and its mode tell."""
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else ""
    owner = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
    if owner in {"shutil", "tempfile"} or name in WRITING:
        return True
    if owner == "os" and name in {"replace", "remove", "makedirs", "link"}:
        return True
    if name != "open" and ast.unparse(function) != "open":
        return False
    values = [*node.args, *(keyword.value for keyword in node.keywords)]
    texts = [v.value for v in values if isinstance(v, ast.Constant)]
    modes = [t for t in texts if isinstance(t, str) and set(t) <= set("rwaxbt+")]
    return any(set(mode) & set("wax+") for mode in modes)


SAVING = GENERATOR / "runtime" / "streams.py"
"""Writes what the user of a generated package downloads."""


def test_only_the_writer_touches_the_disk() -> None:
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in MODULES
        if part(path) not in ("writer", "saving") and path != SAVING
        for node in ast.walk(parse(path))
        if writes(node) and isinstance(node, ast.Call)
    ]
    assert found == []


def test_only_the_command_line_prints() -> None:
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in MODULES
        if part(path) not in ("cli", "commands", "console")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    ]
    assert found == []


def test_templates_miss_nothing_in_silence() -> None:
    """Every Jinja environment has StrictUndefined and an escaping that never lets text
    through as it came."""
    environments = [
        (path, node)
        for path in MODULES
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2]
        in {"Environment", "SandboxedEnvironment"}
    ]
    for path, node in environments:
        options = {k.arg: ast.unparse(k.value) for k in node.keywords}
        assert options.get("undefined", "").endswith("StrictUndefined"), shown(path)
        assert {"finalize", "autoescape"} & options.keys(), shown(path)


PLAIN = (
    nodes.Template,
    nodes.Block,
    nodes.Extends,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.Macro,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Call,
)
FILTERS = {"indent", "join"}


def logic_in(source: str) -> Iterator[str]:
    """What a template does beyond laying out the attributes of its view.

    Allowed are loops, truth tests, inclusion, inheritance of templates, macros of the
    same simple kind, and filters that only lay out. There is no arithmetic, comparison,
    test, assignment or call of anything but a macro.
    """
    tree = Environment(trim_blocks=True, lstrip_blocks=True).parse(source)
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    for imports in tree.find_all(nodes.FromImport):
        macros |= {name if isinstance(name, str) else name[1] for name in imports.names}
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, PLAIN):
            yield f"{node.lineno}: {type(node).__name__}"
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            yield f"{node.lineno}: filter {node.name}"
        elif isinstance(node, nodes.Call):
            called = node.node
            if not isinstance(called, nodes.Name) or called.name not in macros:
                yield f"{node.lineno}: call"


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_templates_hold_no_logic(path: Path) -> None:
    assert list(logic_in(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "{% if a == 1 %}{% endif %}",
        "{{ a + 1 }}",
        "{{ a ~ b }}",
        "{{ a.upper() }}",
        "{{ a | upper }}",
        "{% set a = 1 %}",
        "{% if a is defined %}{% endif %}",
        "{{ a[0] }}",
    ],
)
def test_logic_in_a_template_is_found(source: str) -> None:
    assert list(logic_in(source))


MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_A_FILE = 500


def test_everything_can_be_seen_at_once() -> None:
    found = []
    for path in MODULES:
        lines = len(path.read_text("utf-8").splitlines())
        if lines > MOST_LINES_OF_A_FILE:
            found.append(f"{shown(path)}: {lines} lines")
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_LINES_OF_A_FUNCTION:
                    found.append(f"{shown(path)}:{node.lineno}: {node.name}: {lines}")
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    assert [shown(p) for p in MODULES if not ast.get_docstring(parse(p))] == []


CODE = re.compile(r"[a-z]+(-[a-z]+)+")
ADDING = {"add", "count", "error", "fault", "info", "report", "warning", "Diagnostic"}


def given_codes() -> Iterator[tuple[str, str]]:
    """The codes that stand in a call that adds or makes a finding, with the place."""
    for path in MODULES:
        for node in ast.walk(parse(path)):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func).rpartition(".")[2].strip("_")
            if name in ADDING | {"failure", "refuse", "BadType", "Fault"}:
                for value in node.args[:3]:
                    text = value.value if isinstance(value, ast.Constant) else ""
                    if isinstance(text, str) and CODE.fullmatch(text):
                        yield text, f"{shown(path)}:{node.lineno}"


def test_every_code_that_is_given_is_in_a_table() -> None:
    from generator.codes import all_codes

    given = dict(given_codes())
    assert len(given) > 100
    assert {
        code: where for code, where in given.items() if code not in all_codes()
    } == {}


def test_every_emitter_that_can_be_configured_exists() -> None:
    from generator import config, outputs

    assert set(config.EMITTERS) == {"python", *outputs.EMITTERS}
