"""What round trips are made of: documents, the models read of them, their parts."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from generator.diagnostics import Diagnostics
from generator.emitters.openapi import Options, emit
from generator.model import Api
from generator.readers.openapi import read
from generator.readers.source import Source


def model(text: Source) -> Api:
    diagnostics = Diagnostics()
    api = read([text], diagnostics)
    assert not list(diagnostics.errors)
    return api


def written(api: Api, version: str, format_: str = "json") -> Source:
    (file,) = emit(api, Options("out", version=version, format=format_))
    return Source(file.path, file.data)


def comparable(value: Any, without: tuple[str, ...] = ("place", "source")) -> Any:
    """Give a part of the model without where things stand in their source."""
    if is_dataclass(value):
        compared = [each.name for each in fields(value) if each.compare]
        found = {name: getattr(value, name) for name in compared}
        return type(value).__name__, {
            name: comparable(part, without)
            for name, part in found.items()
            if name not in without
        }
    if isinstance(value, dict):
        return {key: comparable(part, without) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [comparable(part, without) for part in value]
    return value


def operations(document: Any) -> dict[tuple[str, str], Any]:
    return {
        (path, method): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict)
    }


def resolved(document: Any, part: Any) -> Any:
    while isinstance(part, dict) and part.get("$ref", "").startswith("#/"):
        found = document
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part
