"""GitHub's description, 13 MB and 1,223 operations, to the model and back."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from emitters.round_trip import comparable, model, operations, resolved, written
from support import shared_data

from generator.readers.source import load_source

pytestmark = [pytest.mark.corpus, pytest.mark.slow]


@cache
def before() -> Any:
    return load_source(shared_data("openapi/api.github.com.json.gz"))


@cache
def after() -> Any:
    return written(model(before()), "3.1")


def test_what_is_written_reads_as_what_was_read() -> None:
    assert comparable(model(after())) == comparable(model(before()))


def test_every_operation_says_the_same() -> None:
    was, now = json.loads(before().data), json.loads(after().data)
    found = operations(now)
    assert len(found) == 1223
    assert found.keys() == operations(was).keys()
    for line, operation in operations(was).items():
        same = found[line]
        for field in ("operationId", "tags", "deprecated", "externalDocs", "security"):
            assert same.get(field) == operation.get(field), (line, field)
        for field in operation:
            if field.startswith("x-"):
                assert same[field] == operation[field], (line, field)
        assert words(same) == words(operation)
        parameters = [resolved(was, each) for each in operation.get("parameters", ())]
        assert [
            (
                each["name"],
                each["in"],
                each.get("required", False),
                each.get("description"),
            )
            for each in same.get("parameters", ())
        ] == sorted_by_template(line[0], parameters)
        for status, response in operation["responses"].items():
            expected = resolved(was, response)
            answer = same["responses"][status]
            assert answer["description"].strip() == expected["description"].strip()
            assert set(answer.get("content", ())) == set(expected.get("content", ()))
            # A header Content-Type is to be ignored (OpenAPI 3.1 section 4.8.17).
            headers = set(expected.get("headers", ())) - {"Content-Type"}
            assert set(answer.get("headers", ())) == headers


def words(operation: Any) -> set[str]:
    """The texts of an operation; one that stands twice is read once."""
    texts = {operation.get("summary"), operation.get("description")}
    return {text for text in texts if text}


def sorted_by_template(path: str, parameters: list[Any]) -> list[Any]:
    """Those of the path first, in its order; a text stands without space around it."""
    of_path = [part.partition("}")[0] for part in path.split("{")[1:]]

    def place(parameter: Any) -> int:
        is_path = parameter["in"] == "path"
        return of_path.index(parameter["name"]) if is_path else len(of_path)

    return [
        (each["name"], each["in"], each.get("required", False), each.get("description"))
        for each in sorted(parameters, key=place)
    ]
