"""What the page of an operation says of the request: its parameters, headers and body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from generator.emitters.docs.facts import body_row, parameter_row
from generator.emitters.docs.markdown import Md, cell, code_cell, join
from generator.emitters.docs.site import Site, said
from generator.emitters.docs.subjects import Line, Subject
from generator.emitters.docs.views import table
from generator.model import (
    Access,
    LinkKind,
    Named,
    OperationKind,
    Parameter,
    ParameterIn,
    Property,
    QueryOption,
    Refusal,
    ResourceLink,
    StreamType,
    Struct,
    settle,
)

Kind = OperationKind

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")

# What a caller may ask of one object and of a collection (OData 4.01 Protocol section
# 11.2).
_OPTIONS: Final = {
    QueryOption.COUNT: "Ask for the number of all items, `@odata.count`: `true`.",
    QueryOption.EXPAND: "Get related objects with it: names of relationships.",
    QueryOption.FILTER: "Get the items for which a condition holds.",
    QueryOption.ORDER_BY: "Sort the items: names of properties, with `desc` behind"
    " for the other direction.",
    QueryOption.SEARCH: "Get the items that match words.",
    QueryOption.SELECT: "Get these properties and no others.",
    QueryOption.SKIP: "Leave out so many items at the beginning.",
    QueryOption.TOP: "Get at most so many items.",
}
_OF_ONE: Final = (QueryOption.EXPAND, QueryOption.SELECT)
_QUERIED: Final = (Kind.READ, Kind.LIST)


def path_parameters(subject: Subject) -> Md:
    """Give the table of what stands in braces in the request lines."""
    rows: dict[str, tuple[Md, ...]] = {}
    for line in subject.lines:
        for name, row in _placeholders(subject.site, line):
            rows.setdefault(name, row)
    return table("Name|Type|Description", rows.values())


def _placeholders(site: Site, line: Line) -> Iterator[tuple[str, tuple[Md, ...]]]:
    names = iter(_PLACEHOLDER.findall(line.path.text))
    for step in line.path.steps:
        if step.kind is LinkKind.KEY:
            yield from _key_rows(site, step, names)
        elif step.operation is not None:
            for parameter in _in_path(step.operation.parameters):
                next(names, "")
                yield parameter.name, parameter_row(site, parameter)
    for parameter in _in_path(line.use.operation.parameters):
        yield parameter.name, parameter_row(site, parameter)


def _key_rows(
    site: Site, step: ResourceLink, names: Iterator[str]
) -> Iterator[tuple[str, tuple[Md, ...]]]:
    type_id = site.api.resources[step.target].type
    for part in step.key:
        name = next(names, part.name)
        member = site.structure.at(type_id, part.path)[1]
        what = Md(f"The {code_cell(part.name)} of the {site.type_link(type_id)}.")
        text = _own_text(site, type_id, member)
        kind = site.type_text(member.type) if member else Md("String")
        yield name, (cell(name), kind, join(" ", [what, text]))


def _own_text(site: Site, type_id: str, member: Property | None) -> Md:
    """What is said of a key that a base type has is about every kind of object."""
    struct = site.structure.struct(type_id)
    is_own = struct is not None and member in struct.properties
    return site.sentence(said(member.doc)) if member is not None and is_own else Md("")


def _in_path(parameters: Sequence[Parameter]) -> list[Parameter]:
    return [
        each for each in parameters if each.place is ParameterIn.PATH and each.required
    ]


def query_parameters(subject: Subject) -> Md:
    """Give the table of what a caller may ask for behind the path."""
    rows: dict[str, tuple[Md, ...]] = {}
    for use in subject.stands:
        for parameter in use.operation.parameters:
            if parameter.place is ParameterIn.QUERY:
                row = parameter_row(subject.site, parameter)
                rows.setdefault(parameter.name, row)
    if subject.key.kind in _QUERIED:
        for option in sorted(_OPTIONS):
            if option in _OF_ONE or subject.key.many:
                rows.update(_option(subject, option))
    return table("Name|Type|Description", rows.values())


def _option(
    subject: Subject, option: QueryOption
) -> Iterator[tuple[str, tuple[Md, ...]]]:
    """An option that no place takes is left out; what some refuse is said."""
    refused = [
        [each for each in use.resource.refusals if each.option is option]
        for use in subject.stands
        if use.resource is not None
    ]
    wholly = [any(not each.path for each in found) for found in refused]
    if all(wholly):
        return
    word = {QueryOption.COUNT: "Boolean", QueryOption.TOP: "Int32"}
    word[QueryOption.SKIP] = "Int32"
    notes = [Md(_OPTIONS[option])]
    if any(wholly):
        notes.append(Md("Not on every one of the paths above."))
    notes += _excepted([each for found in refused for each in found])
    name = f"${option}"
    yield name, (cell(name), Md(word.get(option, "String")), join(" ", notes))


def _excepted(refusals: Sequence[Refusal]) -> Iterator[Md]:
    paths = dict.fromkeys(each.path for each in refusals if each.path)
    if paths:
        yield Md(f"Not for {join(', ', [code_cell(path) for path in paths])}.")


def headers(subject: Subject) -> Md:
    """Give the table of request headers."""
    rows: dict[str, tuple[Md, ...]] = {}
    if subject.site.is_secured:
        rows["authorization"] = (Md("Authorization"), Md("Bearer {token}. Required."))
    media_type = _media_type(subject)
    if media_type:
        kind = cell(media_type)
        rows["content-type"] = (Md("Content-Type"), Md(f"{kind}. Required."))
    if needs_etag(subject):
        rows["if-match"] = (Md("If-Match"), Md(_IF_MATCH))
    for use in subject.stands:
        for each in use.operation.parameters:
            if each.place is ParameterIn.HEADER:
                name, _, text = parameter_row(subject.site, each)
                rows.setdefault(each.name.lower(), (name, text))
    return table("Name|Description", rows.values())


_IF_MATCH: Final = (
    "The ETag of the version that the change is about, or `*` for whatever is there."
    " Required."
)


def _media_type(subject: Subject) -> str:
    """Give what the request's body is, "" where there is none."""
    operation = subject.operation
    if operation.body is not None:
        return operation.body.media_type
    if subject.key.kind in _REFERENCES or _in_body(subject):
        return "application/json"
    return ""


def _in_body(subject: Subject) -> Sequence[Parameter]:
    """Give the parameters that travel in the body, the required ones first."""
    found = {
        each.name: each
        for use in subject.stands
        for each in use.operation.parameters
        if each.place is ParameterIn.BODY
    }
    return sorted(found.values(), key=lambda each: not each.required)


def needs_etag(subject: Subject) -> bool:
    """Say whether a change has to name the version that it is about."""
    changing = (Kind.UPDATE, Kind.REPLACE, Kind.DELETE)
    return subject.key.kind in changing and any(
        use.resource is not None and use.resource.concurrent for use in subject.stands
    )


def body(subject: Subject) -> tuple[Md, Md]:
    """Give the sentences about the request's body, and the table of what it holds."""
    site, operation = subject.site, subject.operation
    parameters = _in_body(subject)
    if parameters:
        text = Md("Supply the parameters as a JSON object in the request body.")
        rows = [parameter_row(site, each) for each in parameters]
        return text, table("Parameter|Type|Description", rows)
    if subject.key.kind in _REFERENCES:
        return _REFERENCES[subject.key.kind], Md("")
    if operation.body is None:
        return Md("This method takes no request body."), Md("")
    ref = settle(operation.body.type, site.api.types)
    struct = site.structure.struct(ref.id) if isinstance(ref, Named) else None
    if struct is None:
        kind = cell(operation.body.media_type)
        return Md(f"Supply the content as the request body, of type {kind}."), Md("")
    return _object(subject, struct)


_REFERENCES: Final = {
    kind: Md(
        "Supply a JSON object with one property, `@odata.id`: the address of the object"
        " to be referred to."
    )
    for kind in (Kind.ADD_REFERENCE, Kind.SET_REFERENCE)
}


def _object(subject: Subject, struct: Struct) -> tuple[Md, Md]:
    site, kind = subject.site, subject.key.kind
    name = site.type_link(struct.id)
    sentences = [Md(f"Supply a JSON representation of the {name} object.")]
    if kind is Kind.UPDATE:
        sentences = [
            Md(f"Supply the properties of the {name} object that are to change.")
        ]
    rows = [
        body_row(site, member, required=member.required and kind is not Kind.UPDATE)
        for member in writable(site, struct.id, kind)
    ]
    if rows:
        verb = (
            "set"
            if kind is Kind.CREATE
            else "change" if kind is Kind.UPDATE else "send"
        )
        sentences.append(Md(f"You can {verb} the properties below."))
    if struct.abstract:
        sentences.append(
            Md("The type is abstract: name a derived one in `@odata.type`.")
        )
    if any(each.open for each in site.structure.chain(struct.id)):
        sentences.append(
            Md("The type is open: it may have other properties, of any name.")
        )
    return join(" ", sentences), table("Property|Type|Description", rows)


def writable(site: Site, type_id: str, kind: OperationKind) -> Sequence[Property]:
    """Give the properties that a request may hold, the required ones first.

    A key is made by the service, unless it is said to be required. What cannot be
    changed after the object was made is left out of an update.
    """
    keys = {part.path for part in site.structure.key(type_id)}
    found = [
        member
        for member in site.structure.members(type_id).values()
        if member.navigation is None
        and not member.computed
        and member.access is not Access.READ
        and (member.name not in keys or member.required)
        and not isinstance(settle(member.type, site.api.types), StreamType)
    ]
    if kind is Kind.UPDATE:
        return [m for m in found if not m.immutable and m.name not in keys]
    return sorted(found, key=lambda member: not member.required)
