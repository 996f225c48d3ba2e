"""Query options: what may be asked of an answer, as parameters.

After section 4.5 of OASIS's "OData to OpenAPI Mapping". What is the same for all places, or for all
places of a type, stands in the components once; what a place says of its own is written
where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from generator.emitters.openapi.dialect import Json, Schema
from generator.emitters.openapi.schemas import reference
from generator.emitters.structure import Structure
from generator.model import (
    Api,
    ListOf,
    Named,
    OperationKind,
    Property,
    QueryOption,
    RequestLine,
    StreamType,
    settle,
)

Option = QueryOption

_OF_LISTS: Final = (
    Option.TOP,
    Option.SKIP,
    Option.SEARCH,
    Option.FILTER,
    Option.COUNT,
    Option.ORDER_BY,
    Option.SELECT,
    Option.EXPAND,
)
_OF_ONE: Final = (Option.SELECT, Option.EXPAND)
_BY_TYPE: Final = (Option.ORDER_BY, Option.SELECT, Option.EXPAND)

_NUMBER: Final = {"type": "integer", "minimum": 0}
_TEXT: Final = {"type": "string"}

_PLAIN: Final[Mapping[QueryOption, tuple[str, Schema]]] = {
    Option.TOP: ("Give only the first items, so many of them.", _NUMBER),
    Option.SKIP: ("Leave out the first items, so many of them.", _NUMBER),
    Option.SEARCH: ("Give only the items in which these phrases are found.", _TEXT),
    Option.FILTER: ("Give only the items of which this expression is true.", _TEXT),
    Option.COUNT: (
        "Tell how many items there are, whatever page is given.",
        {"type": "boolean"},
    ),
}
_LISTED: Final[Mapping[QueryOption, str]] = {
    Option.ORDER_BY: "Put the items in the order of these properties.",
    Option.SELECT: "Give only these properties.",
    Option.EXPAND: "Give these related entities along.",
}

_DEEP: Final = 1
"""How many complex properties are followed for what can be sorted by."""


class QueryOptions:
    """Writes the query options of request lines, and the components they refer to."""

    def __init__(self, api: Api, structure: Structure) -> None:
        self._types = api.types
        self._structure = structure
        self._shared: dict[str, Json] = {}

    def of(self, line: RequestLine) -> Iterator[Json]:
        """Give the parameters by which an answer can be shaped."""
        options = _options(line)
        if not options:
            return
        refused = {refusal.option for refusal in line.refusals if not refusal.path}
        type_id = _type_of(line)
        for option in options:
            if option in refused:
                continue
            if option not in _BY_TYPE:
                yield self._share(option.value, _plain(option))
                continue
            excepted = {r.path for r in line.refusals if r.option is option}
            parameter = self._listed(option, type_id, excepted)
            if parameter is None:
                continue
            if excepted:
                yield parameter
            else:
                yield self._share(f"{type_id}-{option.value}", parameter)

    def components(self) -> dict[str, Json]:
        """Give the parameters that were referred to, by name."""
        return dict(sorted(self._shared.items()))

    def _share(self, name: str, parameter: Json) -> Json:
        self._shared.setdefault(name, parameter)
        return reference("parameters", name)

    def _listed(
        self, option: QueryOption, type_id: str, excepted: set[str]
    ) -> Json | None:
        """Give a parameter that names properties; None where there are none to name.

        An open type has properties that nobody knows, so that any name may be given.
        """
        names = [n for n in self._names(option, type_id) if n not in excepted]
        if option is Option.EXPAND and names:
            names = ["*", *names]
        if option is Option.ORDER_BY:
            names = [each for name in names for each in (name, f"{name} desc")]
        if not names:
            return None
        found = {"name": f"${option.value}", "in": "query"}
        if option is not Option.EXPAND and self._is_open(type_id):
            text = f"{_LISTED[option]} There are commas between them."
            return {**found, "description": text, "schema": dict(_TEXT)}
        schema = {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {**_TEXT, "enum": names},
        }
        said = {"description": _LISTED[option], "explode": False}
        return {**found, **said, "schema": schema}

    def _names(self, option: QueryOption, type_id: str) -> Iterator[str]:
        for member in self._structure.members(type_id).values():
            if option is Option.ORDER_BY:
                yield from self._sortable(member, "", _DEEP)
            elif (member.navigation is not None) == (option is Option.EXPAND):
                yield member.name

    def _sortable(self, member: Property, prefix: str, depth: int) -> Iterator[str]:
        """Give the paths of the single values in a property."""
        ref = settle(member.type, self._types)
        if member.navigation is not None or isinstance(ref, ListOf | StreamType):
            return
        path = f"{prefix}{member.name}"
        if not isinstance(ref, Named) or self._structure.struct(ref.id) is None:
            yield path
        elif depth:
            for inner in self._structure.members(ref.id).values():
                yield from self._sortable(inner, f"{path}/", depth - 1)

    def _is_open(self, type_id: str) -> bool:
        return any(struct.open for struct in self._structure.chain(type_id))


def _options(line: RequestLine) -> tuple[QueryOption, ...]:
    kind = line.operation.kind
    if kind is OperationKind.LIST:
        return _OF_LISTS
    return _OF_ONE if kind is OperationKind.READ else ()


def _type_of(line: RequestLine) -> str:
    result = line.operation.result
    ref = result.type if result is not None else None
    if isinstance(ref, ListOf):
        ref = ref.item
    return ref.id if isinstance(ref, Named) else ""


def _plain(option: QueryOption) -> Json:
    description, schema = _PLAIN[option]
    return {
        "name": f"${option.value}",
        "in": "query",
        "description": description,
        "schema": dict(schema),
    }
