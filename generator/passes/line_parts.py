"""The parts of request lines: segments of a path, and the parameters in them.

A part of `request_lines`, which walks; here is what is written on the way (OData 4.01
URL Conventions section 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model import (
    Api,
    Body,
    Constraints,
    Doc,
    KeyPart,
    LinkKind,
    ListOf,
    Named,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    Property,
    RequestLine,
    Resource,
    ResourceLink,
    Response,
    Scalar,
    ScalarKind,
    StreamType,
    Struct,
    TypeRef,
    settle,
)
from generator.lineage import Lineage

_TEXT = Scalar(ScalarKind.STRING)
_QUOTED = Constraints(pattern="^'([^']|'')*'$")

ITEM = "item"
"""How a key is called among the words of a line."""


@dataclass(frozen=True, slots=True)
class Trail:
    """How a path came here.

    `navigation` is the path from the set or singleton `root` as annotations write it,
    `target` what they are about with it. `level` counts navigation properties,
    `complex` are the complex properties since the last of these. `contained` says that
    everything on the path lives inside its parent.
    """

    text: str = ""
    parameters: tuple[Parameter, ...] = ()
    words: tuple[str, ...] = ()
    root: str = ""
    target: str = ""
    owner: str = ""
    navigation: str = ""
    level: int = 0
    contained: bool = True
    complex: tuple[str, ...] = ()
    last: LinkKind = LinkKind.ROOT


class Lines:
    """Writes paths step by step, and request lines at their ends."""

    def __init__(self, api: Api, lineage: Lineage) -> None:
        self._api = api
        self._lineage = lineage

    # --- steps

    def begin(self, link: ResourceLink) -> Trail:
        """Give the path of an entity set or singleton."""
        return Trail(
            text=f"/{link.name}",
            words=(link.name,),
            root=link.name,
            target=link.owner,
            owner=link.owner,
        )

    def navigation(self, trail: Trail, link: ResourceLink) -> Trail:
        """Go on along a navigation property."""
        return replace(
            self._named(trail, link),
            owner=link.owner,
            level=trail.level + 1,
            contained=trail.contained and link.contains,
            complex=(),
        )

    def complex(self, trail: Trail, link: ResourceLink) -> Trail:
        """Go on along a complex property."""
        step = self._named(trail, link)
        return replace(step, owner=link.owner, complex=(*trail.complex, link.name))

    def cast(self, trail: Trail, link: ResourceLink) -> Trail:
        """Go on to a derived type."""
        return self._named(trail, link)

    def function(self, trail: Trail, operation: Operation) -> Trail:
        """Go on from what a composable function gives."""
        text, parameters = self._call(trail, operation)
        return replace(
            trail,
            text=trail.text + text,
            parameters=(*trail.parameters, *parameters),
            words=(*trail.words, operation.path[-1]),
            last=LinkKind.FUNCTION,
        )

    def _named(self, trail: Trail, link: ResourceLink) -> Trail:
        navigation = f"{trail.navigation}/{link.name}".lstrip("/")
        return replace(
            trail,
            text=f"{trail.text}/{link.name}",
            words=(*trail.words, link.name),
            navigation=navigation,
            target=f"{trail.target}/{link.name}",
            last=link.kind,
        )

    def key(self, trail: Trail, place: Resource, link: ResourceLink) -> Trail:
        """Go on to an item of a collection.

        A key parameter is named for the part of the key, with the number of navigation
        properties before it where there are some: names of a path differ.
        """
        suffix = f"_{trail.level}" if trail.level else ""
        parts = [self._key_part(place.type, part, suffix) for part in link.key]
        if self._api.key_as_segment:
            text = "".join([f"/{{{parameter.name}}}" for parameter in parts])
        else:
            values = [self._value(parameter) for parameter in parts]
            if len(parts) > 1:
                names = [part.name for part in link.key]
                values = [f"{n}={v}" for n, v in zip(names, values, strict=True)]
            text = f"({','.join(values)})"
        return replace(
            trail,
            text=trail.text + text,
            parameters=(*trail.parameters, *parts),
            words=(*trail.words, ITEM),
            last=LinkKind.KEY,
        )

    def _key_part(self, type_id: str, part: KeyPart, suffix: str) -> Parameter:
        member = self._member(type_id, part.path)
        return Parameter(
            f"{part.name}{suffix}",
            member.type if member is not None else _TEXT,
            ParameterIn.PATH,
            constraints=member.constraints if member is not None else None,
            doc=member.doc if member is not None else Doc(),
        )

    def _member(self, type_id: str, path: str) -> Property | None:
        found = self._lineage.walk(type_id, path.split("/"))
        return found[1] if found is not None else None

    def _value(self, parameter: Parameter) -> str:
        is_text = settle(parameter.type, self._api.types) == _TEXT
        return f"'{{{parameter.name}}}'" if is_text else f"{{{parameter.name}}}"

    # --- lines

    def line(
        self, trail: Trail, resource: Resource | None, operation: Operation
    ) -> RequestLine:
        """Give the line of an operation at the end of a path."""
        text, parameters = self._call(trail, operation)
        return RequestLine(
            path=trail.text + text,
            place=trail.text,
            operation=operation,
            parameters=(*trail.parameters, *parameters),
            words=trail.words,
            root=trail.root,
            refusals=resource.refusals if resource is not None else (),
        )

    def stream(
        self, trail: Trail, resource: Resource, link: ResourceLink
    ) -> Iterator[RequestLine]:
        """Give the lines of a stream: reading its bytes, and writing them (OData 4.01
        Protocol sections 11.2.4.1 and 11.4.7.2)."""
        words = (*trail.words, link.name)
        for operation in _stream_operations(resource, link):
            yield RequestLine(
                path=f"{trail.text}/{link.name}",
                place=trail.text,
                operation=operation,
                parameters=trail.parameters,
                words=words,
                root=trail.root,
            )

    def _call(
        self, trail: Trail, operation: Operation
    ) -> tuple[str, tuple[Parameter, ...]]:
        """Give the segments of an operation below its place, and the parameters in
        them.

        A parameter of a function that is no primitive value is written as JSON in the
        query, behind an alias (URL Conventions section 5.3.1), and all of them stand
        there by their names if one may be left out (section 5.1.1.17). Without parameters
        4.01 needs no brackets.
        """
        segments = "".join([f"/{segment}" for segment in operation.path])
        if operation.kind is not OperationKind.FUNCTION:
            return segments, ()
        given = [p for p in operation.parameters if p.place is ParameterIn.PATH]
        segments = segments.partition("(")[0]
        if not all(parameter.required for parameter in given):
            return segments, tuple([_in_query(each, each.name) for each in given])
        taken = {parameter.name for parameter in trail.parameters}
        texts: list[str] = []
        written: list[Parameter] = []
        for each in given:
            if self._is_plain(each.type):
                name = f"{each.name}_value" if each.name in taken else each.name
                texts.append(f"{each.name}={{{name}}}")
                written.append(self._quoted(replace(each, name=name)))
            else:
                texts.append(f"{each.name}=@{each.name}")
                written.append(_in_query(each, f"@{each.name}"))
        if not given and self._api.odata_version == "4.01":
            return segments, ()
        return f"{segments}({','.join(texts)})", tuple(written)

    def _is_plain(self, ref: TypeRef) -> bool:
        settled = settle(ref, self._api.types)
        if isinstance(settled, Named):
            return not isinstance(self._api.types.get(settled.id), Struct)
        return not isinstance(settled, ListOf | StreamType)

    def _quoted(self, parameter: Parameter) -> Parameter:
        """A text in a function's brackets has quotation marks around it."""
        if settle(parameter.type, self._api.types) != _TEXT:
            return parameter
        return replace(parameter, type=_TEXT, constraints=_QUOTED)


def _in_query(parameter: Parameter, name: str) -> Parameter:
    is_json = not isinstance(parameter.type, Scalar)
    return replace(
        parameter,
        name=name,
        place=ParameterIn.QUERY,
        media_type="application/json" if is_json else "",
    )


def _stream_operations(resource: Resource, link: ResourceLink) -> Iterator[Operation]:
    owner = f"{resource.type}/{link.name}"
    kinds = {operation.kind for operation in resource.operations}
    yield Operation(
        id=f"{owner}:{OperationKind.DOWNLOAD}",
        name=OperationKind.DOWNLOAD.value,
        kind=OperationKind.DOWNLOAD,
        method="GET",
        responses=(Response("200", StreamType(), media_type="*/*"),),
        doc=link.doc,
        deprecation=link.deprecation,
    )
    if kinds & {OperationKind.UPDATE, OperationKind.REPLACE}:
        yield Operation(
            id=f"{owner}:{OperationKind.UPLOAD}",
            name=OperationKind.UPLOAD.value,
            kind=OperationKind.UPLOAD,
            method="PUT",
            body=Body(StreamType(), media_type="*/*"),
            responses=(Response("204"),),
            doc=link.doc,
            deprecation=link.deprecation,
        )
