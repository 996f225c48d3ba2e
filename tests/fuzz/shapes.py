"""Every shape of statement that our templates write, and what is of none of them.

The tables below are Python, read as patterns by `patterns`: `ANY_TEXT` stands for any
text, `*ANY_CODEC` for any number of codecs, `{ANY_TEXT: ANY_NAME}` for any number of
entries; keyword arguments may be left out, but there are no others than those written
here. What a name means is for `scopes`: each has to be imported, defined or a parameter.
"""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from generator.emitters.python import RUNTIME
from generator.files import MARKER

from .patterns import Patterns, is_special, is_text, is_type
from .scopes import Package, bound, strange_names

EXPRESSIONS = {
    # how values are read and written, by the runtime's codecs
    "ANY_CODEC": """
STRING
BOOLEAN
INTEGER
INT64
DOUBLE
DECIMAL
BINARY
DATE
DATE_TIME
TIME
DURATION
GUID
ANY
list_of(ANY_CODEC)
map_of(ANY_CODEC)
literal_of(ANY_CONSTANT)
nested(ANY_TEXT, ANY_TEXT, *ANY_TEXT)
flags(ANY_TEXT, ANY_TEXT)
union_of(*ANY_CODEC, by=ANY_TEXT, tags={ANY_TEXT: ANY_CODEC})
""",
    # how an answer is read
    "ANY_READER": """
NOTHING
BYTES
TEXT
one(ANY_CODEC)
optional(ANY_CODEC)
as_json(ANY_CODEC, null=True)
""",
    # what the runtime checks of a property
    "ANY_LIMITS": """
Limits(
    max_length=ANY_NUMBER, min_length=ANY_NUMBER, min_items=ANY_NUMBER,
    max_items=ANY_NUMBER, pattern=ANY_TEXT, minimum=ANY_AMOUNT, maximum=ANY_AMOUNT,
    multiple_of=ANY_AMOUNT, exclusive_minimum=True, exclusive_maximum=True,
    allowed_values=(*ANY_TEXT,),
)
""",
    "ANY_AMOUNT": "ANY_NUMBER\nDecimal(ANY_TEXT)",
    # a part of a key: all of it, or one of several
    "ANY_KEY": "ANY_NAME\nANY_NAME[ANY_NUMBER]",
    # a request in plain HTTP
    "ANY_PARAMETER": "\n".join(
        f"{place}(ANY_TEXT, *ANY_CODEC, json=True, style=ANY_TEXT,"
        f" explode=ANY_CONSTANT, reserved=True{null})"
        for place, null in (
            ("path", ""),  # a part of a path cannot be left out
            ("query", ", null=True"),
            ("header", ", null=True"),
            ("cookie", ", null=True"),
        )
    ),
    "ANY_BODY": "body(ANY_TEXT, *ANY_CODEC, parts={ANY_TEXT: ANY_PART}, required=True)",
    "ANY_PART": """
part(ANY_TEXT, *ANY_CODEC, required=True, many=True, content_type=ANY_TEXT,
     style=ANY_TEXT, explode=ANY_CONSTANT)
""",
    "ANY_ALTERNATIVE": "{ANY_TEXT: (*ANY_TEXT,)}",
    "ANY_SCHEME": "Scheme(ANY_TEXT, *ANY_TEXT)",
}

LAZY = """
_MODULES = ANY_TEXT
__getattr__, __dir__ = lazy_names(__name__, _MODULES)
"""

MODULES = {
    # what stands at the top of a module beside its docstring, imports and classes
    "__init__.py": LAZY,
    "client.py": "",
    "models/__init__.py": LAZY,
    "models/__init__.pyi": "",
    "models/_index.py": """
ODATA = ANY_TRUTH
TYPES: dict[str, str] = {ANY_TEXT: ANY_TEXT}
""",
    "resources/__init__.py": "",
    "models/": """
ANY_NAME: TypeAlias = ANY_QUOTED
ANY_NAME: TypeAlias = Union[ANY_QUOTED, *ANY_QUOTED]
ANY_TEXT
CODEC: Codec[ANY_NAME] = ANY_CODEC
""",
    "resources/": "",
}

REQUESTS = """
ANY_NAME = request(
    ANY_TEXT, ANY_TEXT, *ANY_PARAMETER, bodies=[*ANY_BODY],
    answers={ANY_TEXT: ANY_READER}, errors={ANY_TEXT: ANY_CODEC}, accept=ANY_TEXT,
    security=[*ANY_ALTERNATIVE], server=ANY_TEXT,
)
"""
"""What stands in modules of requests too, of clients as of tags."""

CLASSES = {
    # what stands in the body of a class beside its docstring and its methods
    "models/": """
__slots__ = ()
_type_name = ANY_TEXT
_open = True
_additional = ANY_CODEC
_tag_name = ANY_TEXT
_tags = {ANY_TEXT: ANY_TEXT}
_tag = ANY_TEXT
ANY_NAME: ANY_TYPE = field(
    ANY_TEXT, *ANY_CODEC, init=False, default=ANY_CONSTANT, nullable=ANY_TRUTH,
    immutable=True, write_only=True, limits=ANY_LIMITS,
)
ANY_NAME = ANY_TEXT
ANY_NAME = ANY_NUMBER
ANY_TEXT
""",
    "resources/": """
__slots__ = ()
_model = ANY_NAME
_refuses = {ANY_TEXT: ANY_TEXT}
_concurrent = True
""",
    "client.py": """
_base_url = ANY_TEXT
_key_as_segment = ANY_TRUTH
_evolvable = True
_scopes = (*ANY_TEXT,)
_schemes = {ANY_TEXT: ANY_SCHEME}
_requirements = [*ANY_ALTERNATIVE]
""",
}

CREDENTIALS = "ANY_NAME: ANY_TYPE"
"""What stands in the class of credentials, which is a TypedDict."""

SENDING = "\n".join(
    prefix + call
    for call in (
        "self._call_action(ANY_TEXT, {ANY_TEXT: ANY_NAME}, ANY_READER)",
        "self._call_function(ANY_TEXT, {ANY_TEXT: ANY_NAME}, ANY_READER)",
        "self._request(ANY_NAME, *ANY_NAME, body=ANY_NAME, properties=properties,"
        " content_type=content_type)",
    )
    for prefix in ("", "await ", "return ", "return await ")
)

LEADING = """
return ANY_NAME(self._at)
return ANY_NAME(self._at / ANY_TEXT)
return ANY_NAME(self._at.key(ANY_NAME))
return ANY_NAME(self._at.keys({ANY_TEXT: ANY_KEY}))
return ANY_NAME(self._at.function(ANY_TEXT, {ANY_TEXT: ANY_NAME}))
return self._list_action(ANY_TEXT, {ANY_TEXT: ANY_NAME}, ANY_CODEC)
return self._list_function(ANY_TEXT, {ANY_TEXT: ANY_NAME}, ANY_CODEC)
return self._delta_action(ANY_TEXT, {ANY_TEXT: ANY_NAME}, ANY_CODEC)
return self._delta_function(ANY_TEXT, {ANY_TEXT: ANY_NAME}, ANY_CODEC)
"""

METHODS = {
    # what a method does, after its docstring and an import
    "models/": "return super().additional",
    "resources/": SENDING + LEADING,
    "client.py": SENDING + LEADING,
}

CONSTRUCTOR = """
self._base_url = server_url(ANY_TEXT, {ANY_TEXT: ANY_NAME})
super().__init__(credential, **options)
"""

DEFAULTS = "UNSET\nNone\nANY_TEXT"


def strange_code(files: Mapping[str, bytes]) -> Iterator[str]:
    """Tell what is in the files of a package, by their paths in it, that our templates
    do not write."""
    yield from _strange_runtime(files)
    trees: dict[str, ast.Module] = {}
    for path, data in files.items():
        if path.endswith((".py", ".pyi")) and not path.startswith("_runtime/"):
            try:
                text = data.decode()
                trees[path] = ast.parse(text, path)
                compile(trees[path], path, "exec", dont_inherit=True)
            except (SyntaxError, ValueError, RecursionError) as error:
                yield f"{path}: {error!r}"
                continue
            yield from (f"{path}: {each}" for each in _strange_text(text))
    package = Package(trees, _runtime_names())
    for path, tree in trees.items():
        for each in (*_Module(path, tree).faults(), *strange_names(path, package)):
            yield f"{path}: {each}"


def _strange_runtime(files: Mapping[str, bytes]) -> Iterator[str]:
    """The runtime is a copy, and nothing else is there."""
    for path, data in files.items():
        if path.startswith("_runtime/"):
            if data != _runtime().get(path):
                yield f"{path} is not the runtime's"
        elif path == "py.typed":
            if data:
                yield f"{path} is not empty"
        elif not path.endswith((".py", ".pyi")):
            yield f"{path} is no module"
    yield from (f"{path} is missing" for path in _runtime() if path not in files)


@cache
def _runtime() -> Mapping[str, bytes]:
    return {f"_runtime/{each.name}": each.read_bytes() for each in RUNTIME.glob("*.py")}


@cache
def _runtime_names() -> Mapping[str, set[str]]:
    return {path: set(bound(ast.parse(data))) for path, data in _runtime().items()}


def _strange_text(text: str) -> Iterator[str]:
    if not text.startswith(MARKER):
        yield "does not begin with the mark"
    for character in set(text) - {"\n", " "}:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs"):
            yield f"holds {character!r}"


@cache
def _patterns(text: str) -> Patterns:
    return Patterns(text, EXPRESSIONS)


class _Module:
    """A module, whose statements are held against what its kind may have."""

    def __init__(self, path: str, tree: ast.Module) -> None:
        self._tree = tree
        folder, _, name = path.rpartition("/")
        self._kind = path if path in MODULES else f"{folder}/"
        self._is_known = self._kind in MODULES and bool(name)

    def faults(self) -> Iterator[str]:
        """Give every statement that is of no shape."""
        if not self._is_known:
            yield "a module of no kind"
            return
        known = MODULES[self._kind]
        if self._kind in ("client.py", "resources/"):
            known += REQUESTS
        for index, node in enumerate(self._tree.body):
            if index == 0 and is_text(node):
                continue
            match node:
                case ast.ImportFrom() | ast.Import():
                    pass  # for `scopes`
                case ast.If(ast.Name("TYPE_CHECKING"), body, []):
                    yield from _other_than_imports(body)
                case ast.ClassDef() if self._kind in CLASSES:
                    yield from self._class(node)
                case _ if not _patterns(known).fit(node):
                    yield _shown(node)

    def _class(self, node: ast.ClassDef) -> Iterator[str]:
        known = CLASSES[self._kind]
        bases = [ast.unparse(each) for each in node.bases]
        keywords = [ast.unparse(each) for each in node.keywords]
        if bases == ["TypedDict"] and keywords == ["total=False"]:
            known = CREDENTIALS
        elif keywords or not all(map(_is_base, node.bases)):
            yield f"class {node.name}({', '.join([*bases, *keywords])})"
        if node.decorator_list:
            yield f"class {node.name} is decorated"
        for index, each in enumerate(node.body):
            if index == 0 and is_text(each):
                continue
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from self._method(each)
            elif not _patterns(known).fit(each):
                yield _shown(each)

    def _method(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
        decorators = [ast.unparse(each) for each in node.decorator_list]
        if decorators not in ([], ["property"], ["overload"]):
            yield f"{node.name} is decorated: {decorators}"
        if is_special(node.name) and node.name not in ("__init__", "__getitem__"):
            yield f"{node.name} has a meaning for Python"
        yield from _strange_signature(node)
        body = node.body[1:] if is_text(node.body[0]) else list(node.body)
        if decorators == ["overload"]:
            if [ast.unparse(each) for each in node.body] != ["..."]:
                yield f"{node.name} does something"
            return
        if node.name == "__init__":
            both = _patterns(CONSTRUCTOR).alternatives
            if len(body) != len(both) or not all(
                _patterns(CONSTRUCTOR).same(one, each)
                for one, each in zip(both, body, strict=True)
            ):
                yield _shown(node)
            return
        if body and isinstance(body[0], ast.ImportFrom):
            body = body[1:]
        if len(body) != 1 or not _patterns(METHODS[self._kind]).fit(body[0]):
            yield _shown(node)


def _strange_signature(
    node: ast.FunctionDef | ast.AsyncFunctionDef,
) -> Iterator[str]:
    arguments = node.args
    own, *others = [*arguments.args, *arguments.kwonlyargs] or [ast.arg("")]
    if own.arg != "self" or own.annotation or arguments.posonlyargs or arguments.vararg:
        yield f"{node.name} has strange parameters"
    rest = arguments.kwarg
    if rest is not None:
        others.append(rest)
        if rest.arg not in ("options", "properties"):
            yield f"{node.name} takes **{rest.arg}"
    for each in (*(other.annotation for other in others), node.returns):
        if each is None or not is_type(each):
            yield f"{node.name} has no type for something, or none that is one"
    for default in (*arguments.defaults, *filter(None, arguments.kw_defaults)):
        if not _patterns(DEFAULTS).fit_expression(default):
            yield f"{node.name} has the default {ast.unparse(default)}"


def _is_base(node: ast.expr) -> bool:
    """A base is a name, with names for what it is generic in."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Name) and isinstance(node.slice, ast.Name)
    return isinstance(node, ast.Name)


def _other_than_imports(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if not isinstance(node, ast.ImportFrom | ast.Import):
            yield _shown(node)


def _shown(node: ast.AST) -> str:
    return f"of no shape: {ast.unparse(node)[:300]}"
