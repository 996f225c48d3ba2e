"""Gaps: what pages about an Api cannot say, because nothing says it.

Answers a question about an Api and changes nothing. Each gap names the annotation
target that is silent and gives the CSDL that would fill it, so that what a publisher
writes into a document of annotations makes the pages complete.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Final
from xml.sax.saxutils import quoteattr

from generator.model import (
    SERVICE_PATH,
    Api,
    Doc,
    Enum,
    Operation,
    OperationKind,
    Place,
    Resource,
    Struct,
    permitted,
)
from generator.passes.missing import Gap, Missing
from generator.passes.request_paths import request_paths
from generator.passes.vocabulary import AUTHORIZATION, CAPABILITIES, CORE, find

Kind = OperationKind


def gaps(api: Api) -> tuple[Gap, ...]:
    """Give what the documentation of an Api lacks: descriptions in the order of the
    types, operations and roots, then permissions.

    Permissions are missing from an operation that can be called if no annotation and no
    list of permissions has any for one of its paths; where nobody says anything of
    permissions, the service as a whole lacks its security schemes.
    """
    return (*_descriptions(api), *_Permissions(api).gaps())


def _descriptions(api: Api) -> Iterator[Gap]:
    for definition in api.types.values():
        yield from _undescribed(definition.doc, definition.id, "type", definition.place)
        if isinstance(definition, Struct):
            for member in definition.properties:
                what = "property" if member.navigation is None else "relationship"
                target = f"{definition.id}/{member.name}"
                yield from _undescribed(member.doc, target, what, member.place)
        elif isinstance(definition, Enum):
            for item in definition.members:
                target = f"{definition.id}/{item.name}"
                yield from _undescribed(item.doc, target, "enum member", item.place)
    for operation in api.operations:
        what = operation.kind.value
        yield from _undescribed(operation.doc, operation.id, what, operation.place)
        for parameter in operation.parameters:
            target = f"{operation.id}/{parameter.name}"
            place = parameter.source or operation.place
            yield from _undescribed(parameter.doc, target, "parameter", place)
    for root in api.roots:
        what = "entity set" if root.many else "singleton"
        yield from _undescribed(root.doc, root.target, what, root.place)
    yield from _undescribed(api.doc, _container(api), "service", None)


def _undescribed(
    doc: Doc, target: str, what: str, place: Place | None
) -> Iterator[Gap]:
    if not (doc.summary or doc.description):
        text = f'<Annotation Term="{CORE}Description" String="..."/>'
        yield Gap(
            Missing.DESCRIPTION, target, what, _annotations(target, text), place=place
        )


def _annotations(target: str, text: str) -> str:
    return f"<Annotations Target={quoteattr(target)}>{text}</Annotations>"


def _container(api: Api) -> str:
    containers = [root.target.partition("/")[0] for root in api.roots]
    return containers[0] if containers else f"{api.namespace}.{api.name}"


_RECORD: Final = "<Collection><Record>{}</Record></Collection>"
_SCOPES: Final = (
    '<PropertyValue Property="SchemeName" String="..."/>'
    '<PropertyValue Property="Scopes">'
    + _RECORD.format('<PropertyValue Property="Scope" String="..."/>')
    + "</PropertyValue>"
)
_PERMISSIONS: Final = (
    f'<PropertyValue Property="Permissions">{_RECORD.format(_SCOPES)}</PropertyValue>'
)
_SCHEME: Final = _RECORD.format(
    '<PropertyValue Property="Authorization" String="..."/>'
)

# The restrictions that have Permissions (Capabilities vocabulary): those of counting and
# of relationships have none.
_TERMS: Final[Mapping[OperationKind, str]] = {
    Kind.READ: "ReadRestrictions",
    Kind.LIST: "ReadRestrictions",
    Kind.CREATE: "InsertRestrictions",
    Kind.UPDATE: "UpdateRestrictions",
    Kind.REPLACE: "UpdateRestrictions",
    Kind.DELETE: "DeleteRestrictions",
    Kind.ACTION: "OperationRestrictions",
    Kind.FUNCTION: "OperationRestrictions",
}


class _Permissions:
    """Which operations nobody gives permissions for."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._paths = request_paths(api)
        self._owners: defaultdict[str, set[str]] = defaultdict(set)

    def gaps(self) -> Iterator[Gap]:
        """Give the gaps, one for each target and term."""
        silent = self._silent()
        if silent is None:
            if not self._api.security:
                yield self._security()
            return
        self._find_owners()
        found: dict[tuple[str, str], Gap] = {}
        for resource, operation in silent:
            term = CAPABILITIES + _TERMS[operation.kind]
            target = self._target(resource, operation)
            gap = found.get((target, term))
            if gap is None:
                found[target, term] = self._gap(target, term, operation)
            elif operation.kind.value not in gap.what.split(", "):
                what = f"{gap.what}, {operation.kind.value}"
                found[target, term] = replace(gap, what=what)
        yield from found.values()

    def _silent(self) -> list[tuple[Resource | None, Operation]] | None:
        """Give the operations without permissions, each with the first of its places;
        None if not a single one has some.

        What is offered by places of one type and cardinality is one operation.
        """
        first: dict[tuple[str, bool, str], tuple[Resource | None, Operation]] = {}
        told: set[tuple[str, bool, str]] = set()
        for resource, operation in self._offered():
            owner = resource.type if resource else ""
            key = (owner, resource is not None and resource.many, operation.id)
            if operation.kind not in (Kind.ACTION, Kind.FUNCTION):
                key = (*key[:2], operation.kind.value)
            first.setdefault(key, (resource, operation))
            if self._is_told(resource, operation):
                told.add(key)
        if not told:
            return None
        return [found for key, found in first.items() if key not in told]

    def _is_told(self, resource: Resource | None, operation: Operation) -> bool:
        """Say whether anything gives permissions for an operation at a place, by any of
        the ways there."""
        told = (
            chain.from_iterable(each for _, each in resource.told) if resource else ()
        )
        if any(each.permissions for each in told if each.id == operation.id):
            return True
        paths = self._paths[resource.id] if resource else (SERVICE_PATH,)
        return bool(permitted(operation, paths, self._api.path_permissions))

    def _offered(self) -> Iterator[tuple[Resource | None, Operation]]:
        reached = [self._api.resources[resource_id] for resource_id in self._paths]
        for resource in reached:
            calls = [link.operation for link in resource.links if link.operation]
            for operation in (*resource.operations, *calls):
                if operation.kind in _TERMS:
                    yield resource, operation
        for operation in self._api.operations:
            if operation.binding is None:
                yield None, operation

    def _find_owners(self) -> None:
        """Note by resource what may be annotated for it: sets and properties."""
        places = self._api.resources.values()
        ways = [self._api.links, *[resource.links for resource in places]]
        for link in chain.from_iterable(ways):
            if link.owner:
                self._owners[link.target].add(link.owner)

    def _target(self, resource: Resource | None, operation: Operation) -> str:
        """Give what to annotate: the action or function, else the type of the place.

        Creating one entity is said of the place that is not there yet, so of the
        property that leads to it.
        """
        if resource is None or operation.kind in (Kind.ACTION, Kind.FUNCTION):
            return operation.id
        owners = self._owners[resource.id]
        is_special = operation.kind is Kind.CREATE and not resource.many
        return min(owners) if is_special and owners else resource.type

    def _gap(self, target: str, term: str, operation: Operation) -> Gap:
        what, place = operation.kind.value, operation.place
        if find(self._api.annotations.get(target, ()), term) is not None:
            return Gap(Missing.PERMISSIONS, target, what, _PERMISSIONS, term, place)
        text = f'<Annotation Term="{term}"><Record>{_PERMISSIONS}</Record></Annotation>'
        return Gap(
            Missing.PERMISSIONS, target, what, _annotations(target, text), place=place
        )

    def _security(self) -> Gap:
        target = _container(self._api)
        term = AUTHORIZATION + "SecuritySchemes"
        text = f'<Annotation Term="{term}">{_SCHEME}</Annotation>'
        return Gap(Missing.SECURITY, target, "service", _annotations(target, text))
