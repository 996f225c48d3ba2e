"""OpenAPI descriptions at random, of names that get into each other's way and of texts
that would like to be something else.

They are valid JSON and mostly valid OpenAPI: what they say wrong, readers report.
"""

from __future__ import annotations

import random
from typing import Any

NAMES = """
list Any request overload self Client AsyncClient _GET _get GET get class def import from
None True property str bytes int bool float dt tuple dict object type __init__ __class__
__slots__ parameters body content_type properties request_body whole_request_body
credentials credential base_url headers retry scopes options transport timeout super
http_client on_request on_response server_url with_options close aclose prepare stream
streams multipart Requests Credentials AsyncCredentials UNSET Unpack Literal Callable
TypedDict Never Scheme as_json NOTHING path query header cookie part Pets pets PETS pets_
PetsResource Pet pet value args kwargs model field nested union_of literal_of Model Codec
STRING async await match _ x- 1a 1 -1 +1 mro name is_known id Id i_d iD Sequence Mapping
Union TypeAlias resources models _runtime
""".split()

HOSTILE = [
    'x"; import os; "',
    "x'''y",
    'x"""y',
    "a\\",
    "a\\N{BULLET}",
    "{{ 7 * 7 }}",
    "../../etc/passwd",
    "C:\\x",
    "a\r\nX-Evil: 1",
    "__import__('os')",
    "con",
    "\u202eevil",
    "😀",
    "ｃlass",
    "ﬁ",
    "x" * 120,
    "a = b" * 20,
    "a] | [b" * 15,
    "a, b: c = d -> e:" * 6,
    ".",
    "..",
    "",
    " ",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "| a | b |",
    "```\n",
    "---",
    "用户",
    "ß",
    "{id}",
    "a;b=c",
    "%2f",
    "\x00",
    "@odata.type",
    "\u2028",
]

_MEDIA_TYPES = """
application/json application/json multipart/form-data text/plain */* image/*
application/x-www-form-urlencoded application/octet-stream application/vnd.x+json
""".split()

_METHODS = ["get", "post", "put", "delete", "patch"]
_STYLES = "form deepObject pipeDelimited label matrix simple".split()
_FORMATS = "date date-time uuid binary byte duration time".split()


def random_description(chance: random.Random) -> dict[str, Any]:
    """Make a description; the same state of `chance` gives the same one."""
    return _Maker(chance).document()


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        hostile = chance.sample(HOSTILE, chance.choice([0, chance.randint(0, 9)]))
        self._words = chance.sample(NAMES, chance.randint(2, 12)) + hostile
        self._types = self._some(6, least=1)

    def document(self) -> dict[str, Any]:
        """The whole."""
        schemas = {name: self._schema(0) for name in self._types}
        schemes = {name: self._scheme() for name in self._some(3)}
        info = {"title": self._text(), "version": self._text()}
        return {
            "openapi": self._chance.choice(["3.0.3", "3.1.0", "3.2.0"]),
            "info": {**info, "description": self._text()},
            "servers": [self._server()] if self._coin() else [],
            "security": [{self._word(): []}] if self._coin() else [],
            "tags": [
                {"name": name, "description": self._text()} for name in self._some(3)
            ],
            "paths": dict(self._path(number) for number in range(4)),
            "components": {"schemas": schemas, "securitySchemes": schemes},
        }

    def _coin(self, chance: float = 0.5) -> bool:
        return self._chance.random() < chance

    def _word(self) -> str:
        return self._chance.choice(self._words)

    def _some(self, most: int, least: int = 0) -> list[str]:
        count = self._chance.randint(least, most)
        return list(dict.fromkeys(self._word() for _ in range(count)))

    def _text(self) -> str:
        return self._chance.choice(self._words + HOSTILE)

    def _schema(self, depth: int) -> Any:
        makers = [self._reference, self._scalar, self._constant, self._enum]
        if depth < 3:
            makers += [self._list, self._object, self._object, self._map]
            makers += [self._union, self._all]
        made = self._chance.choice(makers)(depth + 1)
        if "$ref" in made:
            return made
        more: dict[str, Any] = {
            "title": self._text(),
            "description": self._text(),
            "default": self._chance.choice([self._text(), 1, None, [], {}]),
            "example": {self._text(): [self._text(), 1]},
            "pattern": self._text(),
            "nullable": True,
            "readOnly": True,
        }
        return {**made, **{key: more[key] for key in more if self._coin(0.2)}}

    def _reference(self, depth: int) -> Any:
        name = self._chance.choice(self._types)
        for character, escaped in (("~", "~0"), ("/", "~1"), ("%", "%25")):
            name = name.replace(character, escaped)
        return {"$ref": f"#/components/schemas/{name}"}

    def _scalar(self, depth: int) -> Any:
        if self._coin():
            kinds = ["integer", "number", "boolean"]
            return {"type": self._chance.choice(kinds)}
        return {
            "type": "string",
            "format": self._chance.choice([*_FORMATS, self._text()]),
        }

    def _constant(self, depth: int) -> Any:
        return {"const": self._chance.choice([self._text(), 1, 1.5, True, None])}

    def _enum(self, depth: int) -> Any:
        texts = [self._text() for _ in range(3)]
        if self._coin():
            return {"type": "string", "enum": list(dict.fromkeys(texts))}
        return {"type": "integer", "enum": [0, 1, -1], "x-enum-varnames": texts}

    def _list(self, depth: int) -> Any:
        return {"type": "array", "items": self._schema(depth)}

    def _map(self, depth: int) -> Any:
        return {"type": "object", "additionalProperties": self._schema(depth)}

    def _object(self, depth: int) -> Any:
        properties = {name: self._schema(depth) for name in self._some(5)}
        made = {
            "type": "object",
            "properties": properties,
            "required": [name for name in properties if self._coin()],
        }
        return {**made, **self._discriminator()}

    def _union(self, depth: int) -> Any:
        count = self._chance.randint(1, 3)
        members = [self._schema(depth) for _ in range(count)]
        kind = self._chance.choice(["oneOf", "anyOf"])
        return {kind: members, **self._discriminator()}

    def _all(self, depth: int) -> Any:
        return {"allOf": [self._schema(depth), self._schema(depth)]}

    def _discriminator(self) -> dict[str, Any]:
        if self._coin(0.7):
            return {}
        mapping = {self._text(): self._chance.choice(self._types)}
        chosen = {"propertyName": self._word(), "mapping": mapping}
        return {"discriminator": chosen}

    def _path(self, number: int) -> tuple[str, Any]:
        names = [name for name in self._some(2) if not {*name} & {*"{}/"}]
        slots = "".join(f"/{{{name}}}" for name in names)
        methods = self._chance.sample(_METHODS, 2)
        operations = {method: self._operation(names) for method in methods}
        return f"/{self._text()}{number}{slots}", operations

    def _operation(self, names: list[str]) -> Any:
        parameters = [self._parameter("path", name) for name in names]
        for name in self._some(4):
            place = self._chance.choice(["query", "header", "cookie"])
            parameters.append(self._parameter(place, name))
        statuses = ["200", "201", "204", "default", "404", "4XX", "302", self._text()]
        more = {
            "operationId": f"{self._word()}{self._chance.choice('/_.')}{self._word()}",
            "tags": [self._word()],
            "requestBody": {"content": self._content(), "required": self._coin()},
            "summary": self._text(),
            "description": self._text(),
            "security": [{self._word(): [self._text()]}],
            "servers": [self._server()],
            "deprecated": True,
            "externalDocs": {"url": f"javascript:{self._text()}"},
        }
        return {
            "parameters": parameters,
            "responses": {
                status: {"description": self._text(), "content": self._content()}
                for status in self._chance.sample(statuses, 2)
            },
            **{key: more[key] for key in more if self._coin()},
        }

    def _parameter(self, place: str, name: str) -> Any:
        more = {
            "description": self._text(),
            "explode": self._coin(),
            "style": self._chance.choice([*_STYLES, self._text()]),
        }
        return {
            "name": name,
            "in": place,
            "schema": self._schema(2),
            "required": place == "path" or self._coin(),
            **{key: more[key] for key in more if self._coin(0.3)},
        }

    def _content(self) -> Any:
        kinds = [*_MEDIA_TYPES, self._text()]
        encoding = {self._word(): {"contentType": self._text(), "style": self._text()}}
        return {
            self._chance.choice(kinds): {
                "schema": self._schema(1),
                **({"encoding": encoding} if self._coin(0.3) else {}),
            }
            for _ in range(self._chance.randint(0, 2))
        }

    def _server(self) -> Any:
        names = self._some(3)
        urls = ["https://x.example", "/v1", "x", self._text()]
        url = self._chance.choice(urls) + "".join(f"/{{{name}}}" for name in names)
        variables = {
            name: {
                "default": self._text(),
                **({"enum": [self._text(), self._text()]} if self._coin() else {}),
            }
            for name in names
        }
        return {"url": url, "variables": variables, "description": self._text()}

    def _scheme(self) -> Any:
        place = self._chance.choice(["query", "header", "cookie"])
        flow = {"tokenUrl": "https://x.example", "scopes": {self._text(): self._text()}}
        return self._chance.choice(
            [
                {"type": "apiKey", "in": place, "name": self._text()},
                {"type": "http", "scheme": "basic"},
                {"type": "http", "scheme": self._text()},
                {"type": "oauth2", "flows": {"clientCredentials": flow}},
                {"type": "mutualTLS"},
            ]
        )
