"""Documents by number: which seeds are taken, and what is changed in them and in what
is said beside them. The same number gives the same document."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from lxml import etree

from tests.emitters.random_descriptions import random_description
from . import plain_trees, texts, words, xml_trees
from .seeds import seeds

KINDS = ("csdl", "openapi")

PACKAGE = "made"
OUT = "out"


@dataclass(frozen=True, slots=True)
class Document:
    """What a user has in a folder: files by name, with a configuration among them.

    `has_own_place`: the configuration is as we wrote it, so that it is known where the
    output goes.
    """

    kind: str
    number: int
    files: Mapping[str, bytes]
    has_own_place: bool


def document(kind: str, number: int) -> Document:
    """Make the document of a number."""
    chance = random.Random(f"{kind} {number}")
    name, data = _csdl(chance) if kind == "csdl" else _openapi(chance)
    files, entries = {name: data}, {"spec": [name]}
    if chance.random() < 0.12:
        files |= _beside(kind, chance, entries)
    if chance.random() < 0.05:
        files["former"] = _seed("csdl" if kind == "csdl" else "openapi", chance)
    entries |= _wishes(kind, chance, "former" in files)
    config = _toml(entries).encode()
    has_own_place = chance.random() >= 0.04
    if not has_own_place:
        config = texts.changed(config, chance)
    return Document(kind, number, files | {"specwright.toml": config}, has_own_place)


# --- the description


def _seed(kind: str, chance: random.Random) -> bytes:
    """Give a sound document, a small one more often."""
    known = seeds(kind)
    return chance.choices(known, [1 / (2000 + len(s.data)) for s in known])[0].data


def _csdl(chance: random.Random, kind: str = "csdl") -> tuple[str, bytes]:
    name = "spec.csdl" if kind == "csdl" else "more.csdl"
    data = _seed(kind, chance)
    if chance.random() < 0.15:
        return name, texts.changed(data, chance)
    tree, other = etree.fromstring(data), _element(_seed("csdl", chance))
    for _ in range(chance.choice([1, 1, 2, 3, 5, 9])):
        xml_trees.change(tree, chance, other)
    data = etree.tostring(tree, encoding=chance.choice(["utf-8", "utf-8", "us-ascii"]))
    return name, texts.changed(data, chance) if chance.random() < 0.05 else data


@cache
def _element(data: bytes) -> etree._Element:
    return etree.fromstring(data)


def _openapi(chance: random.Random) -> tuple[str, bytes]:
    if chance.random() < 0.25:
        tree: Any = random_description(chance)
    elif chance.random() < 0.15:
        return "spec.yaml", texts.changed(_seed("openapi", chance), chance)
    else:
        tree = copy.deepcopy(_plain(_seed("openapi", chance)))
    if chance.random() < 0.1 and "openapi" in tree:
        tree["openapi"] = chance.choice(["3.0.0", "3.1.1", "3.2.0"])
    return _changed_tree(tree, "spec", chance)


def _changed_tree(tree: Any, stem: str, chance: random.Random) -> tuple[str, bytes]:
    """Change a tree, write it down, and at times change what is written."""
    other = _plain(_seed("openapi", chance))
    for _ in range(chance.choice([1, 1, 2, 3, 5, 9])):
        plain_trees.change(tree, chance, other)
    name, data = _written(tree, stem, chance)
    return name, texts.changed(data, chance) if chance.random() < 0.05 else data


@cache
def _plain(data: bytes) -> Any:
    return yaml.load(data, yaml.CSafeLoader)


def _written(tree: Any, stem: str, chance: random.Random) -> tuple[str, bytes]:
    """Write a tree as JSON or as YAML, which has aliases for what is there twice."""
    if chance.random() < 0.3:
        try:
            text = yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True)
            return f"{stem}.yaml", text.encode()
        except (UnicodeError, yaml.YAMLError, RecursionError):
            pass  # YAML cannot say it
    try:
        text = json.dumps(tree, default=str, ensure_ascii=chance.random() < 0.5)
        return f"{stem}.json", text.encode("utf-8", "surrogatepass")
    except (RecursionError, ValueError, TypeError):
        return f"{stem}.json", b"{}"


# --- what stands beside it


def _beside(
    kind: str, chance: random.Random, entries: dict[str, Any]
) -> dict[str, bytes]:
    """Give what annotates a description, or says who may call it."""
    if kind == "csdl" and chance.random() < 0.5:
        name, data = _csdl(chance, "annotations")
        entries["annotations"] = [name]
        return {name: data}
    what = "permissions" if kind == "csdl" else "overlay"
    data = _seed(what, chance)
    if chance.random() < 0.3:
        name, data = "beside.json", texts.changed(data, chance)
    else:
        tree = copy.deepcopy(_plain(data))
        if what == "overlay" and chance.random() < 0.5:
            _aim(tree, chance)
        name, data = _changed_tree(tree, "beside", chance)
    entries[what.replace("overlay", "annotations")] = name
    return {name: data}


def _aim(tree: Any, chance: random.Random) -> None:
    """Give an action a target of another shape."""
    part = chance.choice(["*", ".*", ".paths", "[0]", "['a']", "[::2]", "[?@.in]"])
    targets = [
        "$" + f".{part}" * chance.randint(1, 3),
        f"$..{part}",
        f"$.paths.*[?search(@.description, '{chance.choice(['a*', '(a|b)', '.'])}')]",
        words.name(chance),
    ]
    chance.choice(tree["actions"])["target"] = chance.choice(targets)


# --- the configuration


def _wishes(kind: str, chance: random.Random, has_former: bool) -> dict[str, Any]:
    """Give what else a user asks for."""
    entries: dict[str, Any] = {"package": PACKAGE, "out": OUT, "emit": ["python"]}
    if chance.random() < 0.15 or has_former:
        entries["emit"] += ["docs", "openapi"]
    if chance.random() < 0.7:
        entries["diagnostics"] = {"*": "warn"}  # what has a fault is used all the same
    if kind == "openapi" and chance.random() < 0.95:
        entries["validate"] = False
    if chance.random() < 0.1:
        entries["base_url"] = "https://x.example/v1"
    if chance.random() < 0.05:
        entries["include"] = [chance.choice(["*", "*.*", words.name(chance) or "*"])]
        if chance.random() < 0.5:
            entries["depth"] = 1
    if chance.random() < 0.1:
        entries["openapi"] = {
            "version": chance.choice(["3.0", "3.1"]),
            "format": chance.choice(["yaml", "json"]),
            "ms_extensions": chance.random() < 0.5,
        }
    if has_former:
        entries["docs"] = {"previous": "former"}
    return entries


def _toml(entries: dict[str, Any]) -> str:
    """Write a configuration of one target."""
    tables = {key: each for key, each in entries.items() if isinstance(each, dict)}
    lines = ["[[target]]"]
    lines += [
        f"{key} = {_toml_value(value)}"
        for key, value in entries.items()
        if key not in tables
    ]
    for name, table in tables.items():
        lines.append(f"[target.{name}]")
        lines += [f'"{key}" = {_toml_value(value)}' for key, value in table.items()]
    return "\n".join(lines) + "\n"


def _toml_value(value: Any) -> str:
    """Write a value, which TOML writes as JSON does, but for what JSON lets stand."""
    return json.dumps(value).replace("\x7f", "\\u007f")
