"""The check of shapes lets what we generate pass, and nothing that somebody put in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from generator import pipeline
from generator.config import target_from
from generator.diagnostics import Diagnostics

from .paths import strange_paths
from .seeds import ROOT
from .shapes import strange_code

SPECS = [
    "specs/graph-qrpin.csdl",
    "specs/library.openapi.yaml",
    "tests/fuzz/seeds/signals.openapi.yaml",
    "tests/fuzz/seeds/shelves.swagger.yaml",
    "tests/cases/docs-requests/spec.yaml",
    "tests/cases/capabilities/spec.csdl",
    "tests/cases/keys/spec.csdl",
    "tests/cases/operations/spec.csdl",
]


@cache
def package(spec: str = SPECS[0]) -> Mapping[str, bytes]:
    table = {"spec": str(ROOT / spec), "package": "made", "out": "."}
    files = pipeline.build(target_from(table), Diagnostics()).files
    return {file.path.removeprefix("made/"): file.data for file in files}


def faults(files: Mapping[str, bytes]) -> list[str]:
    return list(strange_code(files))


def with_text(path: str, old: str, new: str, spec: str = SPECS[0]) -> list[str]:
    """The faults of a package in which a text of a module was replaced."""
    text = package(spec)[path].decode()
    assert old in text
    return faults({**package(spec), path: text.replace(old, new, 1).encode()})


@pytest.mark.parametrize("spec", SPECS)
def test_what_we_generate_is_of_our_shapes(spec: str) -> None:
    assert faults(package(spec)) == []


STATEMENTS = [
    "import os",
    "import os as dt",
    "from os import system",
    "from typing import cast",
    "from collections.abc import Iterator as Sequence",
    "from ..evil import x",
    "from ._runtime.lazy import nothing",
    "print(1)",
    "__import__('os')",
    "exec('x = 1')",
    "x = eval('1')",
    "x = 1",
    "x: int = 1",
    "del Client",
    "assert True",
    "if True:\n    import os",
    "if TYPE_CHECKING:\n    x = 1",
    "if TYPE_CHECKING:\n    from typing import Any\nelse:\n    import os",
    "try:\n    pass\nexcept Exception:\n    pass",
    "with open('x') as file:\n    pass",
    "for x in ():\n    pass",
    "def f() -> None:\n    pass",
    "async def f() -> None:\n    pass",
    "lambda: 0",
    "f'{1}'",
    "'text'",
    "b'bytes'",
    "...",
    "global x",
    "raise ValueError",
    "type(Client)",
    "Client = None",
    "class A(__import__('os').PathLike):\n    pass",
    "class A(Model, metaclass=type):\n    pass",
    "class A(list):\n    pass",
    "@print\nclass A(SyncClient):\n    __slots__ = ()",
    "class A(SyncClient):\n    print(1)",
    "class A(SyncClient):\n    x = 1",
    "class A(SyncClient):\n    _base_url = str(1)",
    "class A(SyncClient):\n    _base_url = f'{1}'",
    "class A(SyncClient):\n    _scopes = ('x', print)",
    "class A(SyncClient):\n    import os",
    "class A(SyncClient):\n    class B:\n        pass",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_that_is_put_in_is_found(statement: str) -> None:
    text = package()["client.py"].decode()
    assert faults({**package(), "client.py": f"{text}\n{statement}\n".encode()})


METHODS = [
    "def f(self) -> None:\n        print(1)",
    "def f(self) -> None:\n        import os",
    "def f(self) -> None:\n        pass",
    "def f(self) -> str:\n        return str(1)",
    "def f(self) -> str:\n        return self._at",
    "def f(self, a: str = str(1)) -> None:\n        self._call_action('f', {}, NOTHING)",
    "def f(self, a: str = []) -> None:\n        self._call_action('f', {}, NOTHING)",
    "def f(self, a: print(1)) -> None:\n        self._call_action('f', {}, NOTHING)",
    "def f(self, *a: str) -> None:\n        self._call_action('f', {}, NOTHING)",
    "def f(self, **a: str) -> None:\n        self._call_action('f', {}, NOTHING)",
    "def f(this) -> None:\n        this._call_action('f', {}, NOTHING)",
    "def f(self):\n        self._call_action('f', {}, NOTHING)",
    "def f(self) -> None:\n        self._call_action('f', {}, print)",
    "def f(self) -> None:\n        self._call_action('f', {'a': print(1)}, NOTHING)",
    "def f(self) -> None:\n        self._call_action('f', {'a': nobody}, NOTHING)",
    "def f(self) -> None:\n        self._call_action('f', {**self}, NOTHING)",
    "def f(self) -> None:\n        self._call_action('f', {}, NOTHING, a=1)",
    "def f(self) -> None:\n        self._other('f', {}, NOTHING)",
    "def f(self) -> None:\n        self._call_action('f', {}, NOTHING); print(1)",
    "@print\n    def f(self) -> None:\n        self._call_action('f', {}, NOTHING)",
    "@overload\n    def f(self) -> None: print(1)",
    "def __init__(self) -> None:\n        print(1)",
    "def f(self) -> None:\n        '''x''' + print(1)",
    "def f(self) -> None:\n        yield 1",
    "def __del__(self) -> None:\n        self._call_action('f', {}, NOTHING)",
]


@pytest.mark.parametrize("method", METHODS)
def test_a_method_that_is_put_in_is_found(method: str) -> None:
    spec, path = SPECS[7], "client.py"
    sound = "def f(self) -> None:\n        self._call_action('f', {}, NOTHING)"
    last = "    async def close_zoo"
    assert with_text(path, last, f"    {sound}\n\n{last}", spec) == []
    assert with_text(path, last, f"    {method}\n\n{last}", spec)


REPLACED = [
    ("_base_url = server_url(", "_base_url = print("),
    ("super().__init__(", "super().__new__("),
    ("branch: Literal[", "branch: Literal[print(1), "),
    ('"/report",', '"/report" + str(1),'),
    ('query("columns"', 'print("columns"'),
    ('style="pipeDelimited"', "style=print()"),
    ("answers={", "answers={**print(), "),
    ('accept="text/csv"', 'accept="text/csv", more=1'),
    ("_REPORT = request(", "_REPORT = [*print()] = request("),
    ("Scheme(", "Callable("),
    ("key: str |", "key: print(1) |"),
    ("key: str |", "print(1)\n    key: str |"),
    ("TypedDict, total=False", "TypedDict, total=print(1)"),
    ("import TEXT", "import TEXT, TEXT as os"),
    ("class Client(HttpClient[Credentials])", "class Client(HttpClient[print(1)])"),
    ("return self._request(_REPORT", "return self._request(print(1)"),
]


@pytest.mark.parametrize(("old", "new"), REPLACED)
def test_an_expression_that_is_put_in_is_found(old: str, new: str) -> None:
    assert with_text("client.py", old, new, SPECS[1])


def test_what_is_put_into_models_is_found() -> None:
    path = "models/qr_pin.py"
    for old, new in [
        ('field("code"', 'print("code"'),
        ('field("code"', 'field("code", print(1)'),
        ("default=None", "default=print(1)"),
        ("limits=Limits(", "limits=print("),
        ("__slots__ = ()", "__slots__ = (print(1),)"),
        ("__slots__ = ()", "__slots__ = ()\n    x = __import__('os')"),
        ("__slots__ = ()", "__slots__ = ()\n    __class__ = 'x'"),
        ("_type_name = ", "_type_name = print(1) or "),
        ("(Entity)", "(print(1))"),
    ]:
        if old in package()[path].decode():
            assert with_text(path, old, new), (old, new)
    index = "models/_index.py"
    assert with_text(index, "qr_pin:QrPin", "os:system")
    assert with_text(index, '"microsoft', 'print(1) or "microsoft')
    assert with_text("models/__init__.py", "QrPin qr_pin", "QrPin os.path")
    assert with_text("models/__init__.pyi", "from .qr_pin", "from os")
    assert with_text("__init__.py", "lazy_names(__name__", "lazy_names(print(1)")


def test_files_that_are_not_ours_are_found() -> None:
    lazy = package()["_runtime/lazy.py"]
    assert faults({**package(), "_runtime/lazy.py": lazy + b"\n"})
    assert faults({**package(), "_runtime/more.py": b""})
    assert faults({**package(), "more/__init__.py": package()["resources/__init__.py"]})
    assert faults({**package(), "sitecustomize.py": package()["resources/__init__.py"]})
    assert faults({**package(), "run.sh": b""})
    assert faults({**package(), "py.typed": b"x"})
    assert faults({k: v for k, v in package().items() if k != "_runtime/lazy.py"})
    assert faults({**package(), "client.py": b"x = ("})
    text = package()["client.py"]
    assert faults({**package(), "client.py": text.replace(b"Generated", b"Made", 1)})
    assert faults({**package(), "client.py": text + "# \u202e\n".encode()})


@pytest.mark.parametrize(
    "path",
    [
        *("../x.py", "/x.py", "made/../x.py", "made/./x.py", "made//x.py", "x.py"),
        *("made/con.py", "made/x .py", "made/x./y.py", "made/a\\b.py", "made/x.sh"),
        *("made/CLIENT.py", f"made/{'x' * 300}.py", "made/nul/x.py", "made/a:b.py"),
    ],
)
def test_a_path_that_leads_elsewhere_is_found(path: str) -> None:
    sound = ["made/client.py", "made-docs/mkdocs.yml", "made-docs/docs/api/a-b.md"]
    assert list(strange_paths(sound)) == []
    assert list(strange_paths([*sound, path]))
