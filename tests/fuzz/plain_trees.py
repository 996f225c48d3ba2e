"""Changes of documents as trees of objects, lists and values: OpenAPI, overlays,
permissions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from . import words

Change = Callable[[Any, random.Random, Any], None]
"""What changes a tree in place; the last argument is the tree of another document."""

Place = tuple[Any, Any]
"""An object or a list, and a key or an index in it."""

KEYWORDS = """
type format enum const nullable allOf oneOf anyOf not discriminator additionalProperties
patternProperties properties items prefixItems required default example examples pattern
minimum maximum exclusiveMinimum multipleOf maxLength minLength maxItems uniqueItems
readOnly writeOnly deprecated title description $ref $id $anchor $defs $dynamicRef if then
else contentEncoding contentMediaType unevaluatedProperties propertyNames contains
parameters requestBody responses content schema headers links callbacks servers security
tags operationId summary in name style explode allowReserved allowEmptyValue mapping
propertyName xml externalDocs x-enum-varnames x-ms-enum x-nullable x-ms-paths
collectionFormat consumes produces itemSchema encoding variables scopes flows url get put
post delete trace query additionalOperations webhooks jsonSchemaDialect components
definitions paths info parent kind itemEncoding
""".split()

VALUES = [
    *("string", "object", "array", "integer", "number", "boolean", "null", "file"),
    *("query", "header", "path", "cookie", "body", "formData", "querystring", "binary"),
    *("date-time", "uuid", "byte", "int64", "decimal", "deepObject", "matrix", "label"),
    *("spaceDelimited", "pipeDelimited", "simple", "form", "multipart/form-data"),
    *("application/json", "application/x-www-form-urlencoded", "text/event-stream"),
    *("3.0.3", "3.1.0", "3.2.0", "2.0", "apiKey", "oauth2", "http", "openIdConnect"),
]

ELSEWHERE = [
    *("#", "#/", "", "#/paths", "#/components/schemas", "../../../etc/passwd"),
    *("file:///etc/passwd", "http://127.0.0.1/x.json", "spec.yaml#/info", "#%00"),
    *("other.yaml", "#/components/schemas/~2", "//host/x", "#anchor", "spec.json"),
    "#/paths/~1pets/get/responses/200",
]


MOST_DEPTH = 450
MOST_PLACES = 5000


def change(tree: Any, chance: random.Random, other: Any) -> None:
    """Change something of a tree; what is copied from `other` stays its own."""
    chance.choice(CHANGES)(tree, chance, other)


def places(tree: Any) -> list[Place]:
    """Give every place of a tree, each part of it once."""
    return list(_places(tree))


def _places(tree: Any) -> Iterator[Place]:
    waiting, seen = [tree], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        keys = node if isinstance(node, dict) else range(len(node))
        for key in list(keys):
            yield node, key
            if isinstance(node[key], dict | list):
                waiting.append(node[key])


def _some(tree: Any, chance: random.Random) -> Place:
    return chance.choice(places(tree) or [([None], 0)])


def _object(tree: Any, chance: random.Random) -> dict[Any, Any]:
    found = [node[key] for node, key in places(tree) if isinstance(node[key], dict)]
    return chance.choice([*found, tree if isinstance(tree, dict) else {}])


def _copy(value: Any, depth: int = 0) -> Any:
    """Copy a value; for one that is too deep or too large something small stands."""
    if depth > MOST_DEPTH or (depth == 0 and len(places([value])) > MOST_PLACES):
        return {}
    if isinstance(value, dict):
        return {key: _copy(child, depth + 1) for key, child in value.items()}
    if isinstance(value, list):
        return [_copy(child, depth + 1) for child in value]
    return value


# --- what stands where


def _delete(tree: Any, chance: random.Random, _other: Any) -> None:
    node, key = _some(tree, chance)
    del node[key]


def _double(tree: Any, chance: random.Random, _other: Any) -> None:
    node, key = _some(tree, chance)
    if isinstance(node, list):
        node.insert(chance.randrange(len(node) + 1), _copy(node[key]))
    else:
        twin = str(key).swapcase() if chance.random() < 0.5 else words.name(chance)
        node[twin] = _copy(node[key])


def _move(tree: Any, chance: random.Random, _other: Any) -> None:
    node, key = _some(tree, chance)
    value = _copy(node[key])
    del node[key]
    _object(tree, chance)[key if isinstance(key, str) else "items"] = value


def _swap(tree: Any, chance: random.Random, _other: Any) -> None:
    (one, key), (two, other) = _some(tree, chance), _some(tree, chance)
    one[key], two[other] = _copy(two[other]), _copy(one[key])


def _splice(tree: Any, chance: random.Random, other: Any) -> None:
    """Put a part of another document in, mostly where one of that name stands."""
    there, key = _some(other, chance)
    alike = [each for each in places(tree) if each[1] == key and isinstance(key, str)]
    node, here = chance.choice(alike) if alike else _some(tree, chance)
    node[here] = _copy(there[key])


def _shuffle(tree: Any, chance: random.Random, _other: Any) -> None:
    node = _object(tree, chance)
    entries = list(node.items())
    chance.shuffle(entries)
    node.clear()
    node.update(entries)


# --- values


def _retype(tree: Any, chance: random.Random, _other: Any) -> None:
    node, key = _some(tree, chance)
    node[key] = words.value(chance)


def _say(tree: Any, chance: random.Random, _other: Any) -> None:
    """Say something that the language knows, in a place that may not be for it."""
    makers: list[Callable[[], Any]] = [
        lambda: chance.choice(VALUES),
        lambda: words.value(chance),
        lambda: _copy(_value(tree, chance)),
        lambda: {words.name(chance): _copy(_value(tree, chance))},
        lambda: [_copy(_value(tree, chance)) for _ in range(3)],
    ]
    _object(tree, chance)[chance.choice(KEYWORDS)] = chance.choice(makers)()


def _value(tree: Any, chance: random.Random) -> Any:
    node, key = _some(tree, chance)
    return node[key]


def _text(tree: Any, chance: random.Random, _other: Any) -> None:
    """Put another text in place of one."""
    found = [(n, k) for n, k in places(tree) if isinstance(n[k], str)]
    node, key = chance.choice(found or [({}, "x")])
    kinds: list[Callable[[random.Random], str]] = [
        *(words.name, words.text, words.name),
        lambda chance: chance.choice(VALUES),
    ]
    node[key] = chance.choice(kinds)(chance)


def _many(tree: Any, chance: random.Random, _other: Any) -> None:
    node, key = _some(tree, chance)
    value, count = node[key], chance.choice([3, 30, 300])
    if len(places([value])) * count > 20_000:
        return
    copies = [_copy(value) for _ in range(count)]
    if isinstance(node, list):
        node.extend(copies)
    else:
        node.update({f"{key}{number}": each for number, each in enumerate(copies)})


def _nest(tree: Any, chance: random.Random, _other: Any) -> None:
    """Wrap a value many times."""
    node, key = _some(tree, chance)
    name = words.name(chance)
    around: list[Callable[[Any], Any]] = [
        lambda inner: {"type": "array", "items": inner},
        lambda inner: {"allOf": [inner]},
        lambda inner: {"oneOf": [inner, {"type": "string"}]},
        lambda inner: {"properties": {name: inner}},
        lambda inner: {"additionalProperties": inner},
        lambda inner: {"not": inner},
        lambda inner: [inner],
        lambda inner: {name: inner},
    ]
    wrap = chance.choice(around)
    for _ in range(chance.choice([1, 1, 2, 5, 50, 400])):
        node[key] = wrap(node[key])


# --- names


def _rename(tree: Any, chance: random.Random, _other: Any) -> None:
    """Call one thing otherwise, where it stands."""
    node, key = _some(tree, chance)
    if isinstance(node, dict):
        name = words.name(chance)
        entries = [(name if each == key else each, node[each]) for each in node]
        node.clear()
        node.update(entries)


def _rename_all(tree: Any, chance: random.Random, _other: Any) -> None:
    """Call one thing otherwise wherever it is named, so that all still goes together."""
    keys = sorted({key for _, key in places(tree) if isinstance(key, str)})
    texts = sorted({n[k] for n, k in places(tree) if isinstance(n[k], str)})
    old = chance.choice([*keys, *[each for each in texts if len(each) < 30], "x"])
    new = words.name(chance)
    pointer = new.replace("~", "~0").replace("/", "~1").replace("%", "%25")
    for node, key in places(tree):
        value = node[key]
        if isinstance(value, str) and value == old:
            node[key] = new
        elif isinstance(value, str) and value.endswith(f"/{old}"):
            node[key] = value.removesuffix(old) + pointer
    for node, key in places(tree):
        if isinstance(node, dict) and key == old and old not in KEYWORDS:
            entries = [(new if each == old else each, node[each]) for each in node]
            node.clear()
            node.update(entries)


# --- references


def _pointer(tree: Any, chance: random.Random) -> str:
    """Give a reference to some place of the tree, or to one that there is not."""
    if chance.random() < 0.2:
        return chance.choice(ELSEWHERE)
    steps, node = "#", tree
    for _ in range(chance.randint(1, 6)):
        if not isinstance(node, dict | list) or not node:
            break
        key: Any = chance.choice(list(node)) if isinstance(node, dict) else 0
        steps += "/" + str(key).replace("~", "~0").replace("/", "~1")
        node = node[key]
    return steps


def _retarget(tree: Any, chance: random.Random, _other: Any) -> None:
    """Let a reference lead elsewhere, also to where it came from."""
    found = [(n, k) for n, k in places(tree) if k == "$ref" and isinstance(n[k], str)]
    node, key = chance.choice(found or [({}, "$ref")])
    known = [n[k] for n, k in found] or ["#"]
    node[key] = chance.choice([chance.choice(known), _pointer(tree, chance)])


def _refer(tree: Any, chance: random.Random, _other: Any) -> None:
    """Put a reference in place of something."""
    node, key = _some(tree, chance)
    known = [n[k] for n, k in places(tree) if k == "$ref" and isinstance(n[k], str)]
    target = chance.choice([*known[:20], _pointer(tree, chance)])
    node[key] = {"$ref": target}


CHANGES: list[Change] = [
    *(_delete, _double, _double, _move, _swap, _splice, _splice, _shuffle, _retype),
    *(_retype, _say, _say, _say, _text, _text, _text, _many, _nest, _rename, _rename),
    *(_rename_all, _rename_all, _rename_all, _retarget, _retarget, _refer),
]
