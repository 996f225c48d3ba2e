"""Whatever a spec says, it becomes names, literals and docstrings: no code, no path."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import quoteattr

import pytest
from emitters.building import load, past_the_reader, sources, trees
from emitters.random_apis import Words, apis
from emitters.soundness import faults
from emitters.test_code import is_hidden, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Api, Struct

# Every kind of node that the templates and the functions of the emitter write.
NODES = {
    *("Module", "ImportFrom", "Import", "alias", "If", "ClassDef", "Expr"),
    *("Assign", "AnnAssign", "FunctionDef", "AsyncFunctionDef", "arguments", "arg"),
    *("Return", "Await", "Call", "keyword", "Name", "Attribute", "Subscript"),
    *("Constant", "Tuple", "Dict", "BinOp", "BitOr", "Div", "UnaryOp", "USub"),
    *("Load", "Store"),
}

# What the code of the emitter calls, besides the classes of places.
CALLED = {
    *("field", "nested", "list_of", "flags", "Limits", "Decimal", "one", "optional"),
    *("map_of", "union_of", "literal_of", "super"),
    *("self._call_action", "self._call_function", "self._list_action"),
    *("self._list_function", "self._delta_function", "self._delta_action"),
    *("self._at.key", "self._at.keys"),
    *("self._at.function", "lazy_names"),
}

DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def strange_code(texts: Mapping[str, str]) -> Iterator[str]:
    """Whatever is in modules that our templates do not write."""
    for path, tree in trees(texts).items():
        places = {
            name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom | ast.ClassDef)
            for name in _bound(node)
        }
        for node in ast.walk(tree):
            if type(node).__name__ not in NODES:
                yield f"{path}: {ast.dump(node)}"
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called not in CALLED | places:
                    yield f"{path}: calls {called}"
            if isinstance(node, ast.Attribute) and not _is_ours(node):
                yield f"{path}: {ast.unparse(node)}"
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from (f"{path}: {each}" for each in _strange_statements(node))


def _bound(node: ast.ImportFrom | ast.ClassDef) -> Iterator[str]:
    if isinstance(node, ast.ClassDef):
        yield node.name
    elif node.level:
        yield from (alias.name for alias in node.names)


def _is_ours(node: ast.Attribute) -> bool:
    return ast.unparse(node.value) in ("self", "self._at", "dt", "super()")


def _strange_statements(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """A body is a docstring, an import, and one expression, returned or not."""
    *before, last = node.body
    for each in before:
        if not isinstance(each, ast.ImportFrom) and not _is_text(each):
            yield ast.unparse(each)
    if not isinstance(last, ast.Return | ast.Expr):
        yield ast.unparse(last)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def strange_paths(paths: list[str]) -> Iterator[str]:
    folded = [path.casefold() for path in paths]
    for path in paths:
        parts = path.split("/")
        if len(path) >= 120 or max(len(part.encode()) for part in parts) > 255:
            yield f"{path} is long"
        if any(DEVICES.match(part) or part.strip(". ") != part for part in parts):
            yield f"{path} is none on Windows"
        if not all(part.rpartition(".")[0].isidentifier() for part in parts[-1:]):
            yield f"{path} has a name that is none"
        if folded.count(path.casefold()) > 1:
            yield f"{path} stands twice"


def strange_characters(texts: Mapping[str, str]) -> Iterator[str]:
    for path, text in texts.items():
        for character in text:
            if is_hidden(character):
                yield f"{path}: {character!r}"


def assert_harmless(texts: Mapping[str, str]) -> None:
    assert list(strange_code(texts)) == []
    assert list(strange_paths(list(texts))) == []
    assert list(strange_characters(texts)) == []
    assert faults(texts) == []


HOSTILE = Words(texts, texts, texts, texts)


@given(apis(HOSTILE, every=True))
@settings(max_examples=60)
def test_hostile_text_past_the_reader_becomes_a_harmless_package(api: Api) -> None:
    assert_harmless(sources(api, 'https://x.example/"; import os #'))


WORDS = [
    'x"; import os; "',
    "x'''y",
    'x"""y',
    "a\\",
    "a\\N{BULLET}",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "../../etc/passwd",
    "..\\..\\x",
    "C:\\x",
    "/etc/passwd",
    "a\nimport os",
    "__import__('os')",
    "__class__",
    "__init__",
    "__getattr__",
    "_index",
    "con",
    "NUL",
    "\u202eevil",
    "a\u200bb",
    "😀",
    "ｃlass",
    "x" * 120,
    "lambda: 0",
    "0",
    "-",
    ".",
    "..",
]


@pytest.mark.parametrize("word", WORDS)
def test_a_hostile_word_in_every_place_of_a_document(word: str) -> None:
    name = quoteattr(word, {"\n": "&#10;"})
    if "." in word:
        name = quoteattr(word.replace(".", "·"), {"\n": "&#10;"})
    text = quoteattr(word, {"\n": "&#10;"})
    core = "Org.OData.Core.V1"
    api = load(f"""
<EntityType Name={name} OpenType="true"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Property Name={name} Type="Edm.String" DefaultValue={text}>
    <Annotation Term="{core}.Description" String={text}/>
    <Annotation Term="{core}.LongDescription" String={text}/>
    <Annotation Term="Org.OData.Validation.V1.Pattern" String={text}/>
    <Annotation Term="Org.OData.Validation.V1.AllowedValues"><Collection><Record>
      <PropertyValue Property="Value" String={text}/></Record></Collection></Annotation>
    <Annotation Term="{core}.Revisions"><Collection><Record>
      <PropertyValue Property="Kind" EnumMember="{core}.RevisionKind/Deprecated"/>
      <PropertyValue Property="Version" String={text}/>
      <PropertyValue Property="Description" String={text}/></Record></Collection>
    </Annotation></Property></EntityType>
<EnumType Name="kind"><Member Name={name}>
  <Annotation Term="{core}.Description" String={text}/></Member></EnumType>
<Action Name={name}><Parameter Name={name} Type="Edm.String">
  <Annotation Term="{core}.Description" String={text}/></Parameter></Action>
<EntityContainer Name={name}><ActionImport Name={name} Action={quoteattr("self." + word)}/>
</EntityContainer>
""")
    texts = sources(api)
    assert len(texts) > 8
    assert_harmless(texts)


@pytest.mark.parametrize("length", [90, 100, 128, 200, 2000])
def test_a_long_name_gives_a_short_path(length: int) -> None:
    names = [f"ns.{'longName' * (length // 8)}{end}" for end in ("", "A", "B")]
    texts = sources(past_the_reader([Struct(name) for name in names]))
    assert_harmless(texts)
    for name in names:
        assert f'_type_name = "{name}"' in " ".join(
            "".join(texts.values()).split()
        ) or (f'"{name}"' in "".join(texts.values()))


def test_what_is_not_ours_would_be_found() -> None:
    code = {
        "m.py": "import os\nclass A:\n    def f(self):\n        os.system(1)\n        return 1\n"
    }
    assert list(strange_code(code)) == [
        "m.py: os.system(1)",
        "m.py: calls os.system",
        "m.py: os.system",
    ]
    assert list(strange_paths(["con.py", "a/b.py", "A/b.py", "x" * 120 + ".py"])) != []
    assert list(strange_characters({"m.py": "\u202e"})) == ["m.py: '\\u202e'"]
