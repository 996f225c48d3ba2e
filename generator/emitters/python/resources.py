"""The views of resource modules: the places of a type, one and many, for callers of
both kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.emitters.python.call_names import call_name, place_name
from generator.emitters.python.calls import (
    MethodView,
    Writer,
    call_methods,
    function_methods,
    key_method,
    link_method,
)
from generator.emitters.python.code import Code, docstring, literal
from generator.emitters.python.docs import describe, said
from generator.emitters.python.imports import Imports
from generator.emitters.python.layout import class_line, mapping, statement
from generator.emitters.python.names import Names, link_key
from generator.emitters.python.pytypes import PyTypes
from generator.emitters.structure import Structure
from generator.model import (
    AnyType,
    Api,
    KeyPart,
    LinkKind,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    Resource,
    ResourceLink,
)

Kind = OperationKind

# The runtime's class for what may be done, and whether it is generic in the model.
_VERBS: dict[Kind, tuple[str, bool]] = {
    Kind.READ: ("Readable", True),
    Kind.LIST: ("Listable", True),
    Kind.CREATE: ("Creatable", True),
    Kind.UPDATE: ("Updatable", True),
    Kind.REPLACE: ("Replaceable", True),
    Kind.DELETE: ("Deletable", False),
    Kind.COUNT: ("Countable", False),
    Kind.ADD_REFERENCE: ("ReferenceCollection", False),
    Kind.SET_REFERENCE: ("Referenceable", False),
}

# What stands at the places of a variant, where that is not simply one of its type.
_STANDS = {
    "$singleton": "One {}, a singleton of the service",
    "$ref": "One {}, related to another object",
    "$member": "One {}, of several that are related to another object",
}

# What the runtime's classes call their verbs, for those that OData calls otherwise.
_METHODS = {Kind.READ: "get"}

_CUSTOM = {ParameterIn.HEADER: "Header", ParameterIn.QUERY: "Query parameter"}

# What takes query options, and what may have to name the version that it is about.
_QUERIES = {Kind.READ, Kind.LIST, Kind.COUNT}
_CHANGES = {Kind.UPDATE, Kind.REPLACE, Kind.DELETE}

_CALLS = (Kind.ACTION, Kind.FUNCTION)


@dataclass(frozen=True, slots=True)
class ResourceClassView:
    """A class: `setting` are the assignments that tell the runtime of the place."""

    class_line: Code
    doc: Code
    setting: tuple[Code, ...]
    methods: tuple[MethodView, ...]


@dataclass(frozen=True, slots=True)
class ResourceModuleView:
    """A module with the places of one type."""

    module_doc: Code
    imports: tuple[Code, ...]
    checking: tuple[Code, ...]
    classes: tuple[ResourceClassView, ...]


class ResourceViews:
    """Makes the views of resource modules from an Api and its names."""

    def __init__(self, api: Api, names: Names) -> None:
        self._api = api
        self._names = names
        self._types = PyTypes(api, names, "..models.")
        self._structure = Structure(api)

    def module(self, type_id: str, resources: Sequence[Resource]) -> ResourceModuleView:
        """The view of the module with all places of a type."""
        imports = Imports()
        model = self._names.type_class(type_id)
        imports.add(f"..models.{self._names.type_module(type_id)}", model)
        ordered = sorted(
            resources, key=lambda resource: (resource.many, resource.variant)
        )
        classes: list[ResourceClassView] = []
        for is_async in (False, True):
            writer = Writer(self._names, self._types, imports, is_async)
            for many in (False, True):
                variants = [resource for resource in ordered if resource.many is many]
                if variants:
                    classes.extend(self._classes(variants, writer))
        return ResourceModuleView(
            module_doc=docstring(f"Places of {type_id}.", 0),
            imports=imports.lines(),
            checking=imports.checking_lines(),
            classes=tuple(classes),
        )

    def _classes(
        self, variants: Sequence[Resource], writer: Writer
    ) -> Iterable[ResourceClassView]:
        """The classes of one cardinality; what several have alike is written once, in a
        base.
        """
        shared = self._shared_methods(variants[0], writer)
        base = ""
        if len(variants) > 1 and shared:
            first = variants[0]
            base = writer.prefix + self._names.links_class(first.type, first.many)
            root = _runtime("Resource", writer)
            yield ResourceClassView(
                class_line(base, [root]),
                docstring("Where one can go from here, and what can be called.", 4),
                (Code("__slots__ = ()"),),
                tuple(shared),
            )
            shared = []
        for resource in variants:
            yield self._class(resource, base, shared, writer)

    def _class(
        self,
        resource: Resource,
        base: str,
        shared: Sequence[MethodView],
        writer: Writer,
    ) -> ResourceClassView:
        model = self._names.type_class(resource.type)
        bases = [base] if base else []
        for operation in resource.operations:
            if operation.kind in _VERBS:
                verb, generic = _VERBS[operation.kind]
                bases.append(_runtime(verb, writer) + (f"[{model}]" if generic else ""))
        if not bases:
            bases = [_runtime("Resource", writer)]
        return ResourceClassView(
            class_line(writer.prefix + self._names.resource_class(resource), bases),
            self._doc(resource),
            (Code("__slots__ = ()"), Code(f"_model = {model}"), *_heeded(resource)),
            (*self._key_methods(resource, writer), *shared),
        )

    def _doc(self, resource: Resource) -> Code:
        departs = [
            operation.departs for operation in resource.operations if operation.departs
        ]
        what = (
            "Collection of {}"
            if resource.many
            else _STANDS.get(resource.variant, "One {}")
        )
        return describe(
            resource.doc,
            4,
            notes=(
                *(f"Note on `create`: {text}" for text in departs),
                *_custom(resource),
            ),
            facts=(what.format(resource.type),),
        )

    # --- methods

    def _shared_methods(self, resource: Resource, writer: Writer) -> list[MethodView]:
        names = self._names.resource_members(resource)
        methods: list[MethodView] = []
        for link in resource.links:
            if link.kind not in (LinkKind.KEY, LinkKind.FUNCTION):
                methods.append(
                    self._link(names[link_key(link)], link, resource, writer)
                )
        for name, links in _grouped(resource.links, names):
            target, module = self._target(links[0], resource, writer)
            methods.extend(function_methods(name, links, target, module, writer))
        calls: dict[str, list[Operation]] = {}
        for operation in resource.operations:
            if operation.kind in _CALLS:
                calls.setdefault(call_name(names, operation), []).append(operation)
        for name, overloads in calls.items():
            methods.extend(call_methods(name, overloads, writer))
        return methods

    def _link(
        self, name: str, link: ResourceLink, resource: Resource, writer: Writer
    ) -> MethodView:
        if link.kind is LinkKind.STREAM:
            return link_method(
                name, link, _runtime("StreamResource", writer), "", writer
            )
        target, module = self._target(link, resource, writer)
        return link_method(name, link, target, module, writer)

    def _key_methods(self, resource: Resource, writer: Writer) -> Iterable[MethodView]:
        names = self._names.resource_members(resource)
        for link in resource.links:
            if link.kind is LinkKind.KEY:
                name = names[link_key(link)] if link.alternate else "__getitem__"
                target, module = self._target(link, resource, writer)
                keys = [
                    self._key_annotation(resource.type, part, writer)
                    for part in link.key
                ]
                yield key_method(name, link, target, module, keys, writer)

    def _target(
        self, link: ResourceLink, resource: Resource, writer: Writer
    ) -> tuple[str, str]:
        """The class to which a link leads, and its module, "" if it is the one being
        written.
        """
        target = self._api.resources[link.target]
        name = writer.prefix + self._names.resource_class(target)
        if target.type == resource.type:
            return name, ""
        return name, f".{self._names.type_module(target.type)}"

    def _key_annotation(self, type_id: str, part: KeyPart, writer: Writer) -> str:
        """The type of a key property; its path may lead through complex properties."""
        _, member = self._structure.at(type_id, part.path)
        ref = member.type if member is not None else AnyType()
        return self._types.annotation(ref, writer.imports, given=True)


def _heeded(resource: Resource) -> Iterable[Code]:
    """What the service says of a place that the runtime has to heed there."""
    kinds = {operation.kind for operation in resource.operations}
    if resource.refusals and kinds & _QUERIES:
        refused = mapping(
            (literal(f"${each.option} {each.path}".rstrip()), literal(each.said))
            for each in resource.refusals
        )
        yield statement("_refuses = ", refused, 4)
    if resource.concurrent and kinds & _CHANGES:
        yield Code("_concurrent = True")


def _custom(resource: Resource) -> Iterable[str]:
    """The headers and query parameters of the service's own, with the verbs that take
    them."""
    found: dict[Parameter, list[str]] = {}
    for operation in resource.operations:
        if operation.kind in _VERBS:
            method = _METHODS.get(operation.kind, operation.kind.value)
            for parameter in operation.parameters:
                found.setdefault(parameter, []).append(f"`{method}`")
    for parameter, methods in found.items():
        how = "needed" if parameter.required else "taken"
        kind = _CUSTOM[parameter.place]
        said_of_it = f": {said(parameter.doc)}" if said(parameter.doc) else "."
        yield f"{kind} {parameter.name}, {how} by {' and '.join(methods)}{said_of_it}"


def _runtime(name: str, writer: Writer) -> str:
    """Import a class of the runtime's resources, of the kind that the writer writes."""
    module = f"{writer.runtime}.{'aio' if writer.is_async else 'resources'}"
    writer.imports.add(module, writer.prefix + name)
    return writer.prefix + name


def _grouped(
    links: Iterable[ResourceLink], names: dict[str, str]
) -> list[tuple[str, list[ResourceLink]]]:
    """Function links by the name of their method."""
    found: dict[str, list[ResourceLink]] = {}
    for link in links:
        if link.operation is not None:
            found.setdefault(place_name(names, link.operation), []).append(link)
    return list(found.items())
