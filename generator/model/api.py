"""The Api: everything that one or several source documents say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from generator.model.annotations import Annotation
from generator.model.doc import Doc, Place
from generator.model.operations import Operation, Permission
from generator.model.permissions import PathPermissions
from generator.model.resources import Resource, ResourceLink
from generator.model.security import SecurityRequirement, SecurityScheme, Server
from generator.model.types import TypeDef, TypeRef


class Protocol(StrEnum):
    """How a service is spoken to: by the rules of OData, or only by what each operation
    says."""

    ODATA = "odata"
    HTTP = "http"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about an API."""

    name: str = ""
    url: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class License:
    """On what terms an API may be used; `identifier` is an SPDX expression."""

    name: str = ""
    identifier: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Info:
    """What an OpenAPI document says of the API as a whole beside its name, version and
    description (OpenAPI 3.1 section 4.8.2); `place` is in the document that was given.
    """

    terms_of_service: str = ""
    contact: Contact = Contact()
    license: License = License()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Tag:
    """A group of operations (OpenAPI 3.2 section 4.22)."""

    name: str
    parent: str = ""
    kind: str = ""
    doc: Doc = Doc()


@dataclass(frozen=True, slots=True)
class Root:
    """A named way into a service: an entity set (`many`) or a singleton (CSDL 4.01
    section 13).

    `target` is the annotation target, "<container>/<name>". `bindings` are (path, set)
    pairs.
    """

    name: str
    type: str
    many: bool
    target: str
    bindings: tuple[tuple[str, str], ...] = ()
    doc: Doc = Doc()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every name of the whole source, whatever a slice has left of it.

    Names of a target language are made from this, so that a slice renames nothing.
    `kinds` holds by type id "entity type", "complex type", "enum type" or "type
    definition"; `members` the wire names of the type's own properties or enum members
    in their order; `bases` the base of each type that has one; `links` and `operations`
    the ways in and what is called on the service itself. `given` are the names that a
    former run gave, in the lines of `generator.pins`, which emitters alone understand.
    """

    kinds: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    bases: Mapping[str, str]
    resources: Mapping[str, Resource]
    links: tuple[ResourceLink, ...] = ()
    operations: tuple[Operation, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Api:
    """An API, on its way through the passes.

    A reader gives `types`, `roots`, `operations` (bound ones too) and `annotations`;
    the passes make the rest. `namespace` is the main one, which gives its types their
    plain names; `odata_version` is that of OData in which the first document is written
    ("4.0", "4.01"), "" for another protocol. `namespaces` are all that the documents
    declare, `included` those of documents that were not read, so that nobody knows what
    is in them. Operations of `default_namespaces` are called by their plain names.
    `terms` are the types of the terms that the documents define. `annotations` are kept
    by target: "<type>", "<type>/<member>", "<container>/<set>[/...]",
    "<operation>(<types>)[/<parameter>]", "<term>", "<namespace>". `links` are the ways
    in, `resources` by id. `catalogue` is None until the passes have run.
    `implied_defaults`: a property of a number, Boolean, date, Guid or enumeration type
    that cannot be null has that type's own default where it is left out, although the
    source does not say so. `security` is what is asked of every caller, by scheme;
    `path_permissions` is what a list of permissions by request line says, whatever the
    annotations say.

    An Api of the protocol HTTP has no roots: its operations are of kind REQUEST, those
    with a tag on the resource of the first one, the others in `operations`.
    `requirements` are the security requirements of operations that have none of their
    own. `unnamed` are the types that have no name in the source, with the ways to them
    there.
    """

    name: str
    protocol: Protocol = Protocol.ODATA
    namespace: str = ""
    version: str = ""
    odata_version: str = ""
    namespaces: frozenset[str] = frozenset()
    included: frozenset[str] = frozenset()
    default_namespaces: frozenset[str] = frozenset()
    types: Mapping[str, TypeDef] = field(default_factory=dict[str, TypeDef])
    terms: Mapping[str, TypeRef] = field(default_factory=dict[str, TypeRef])
    roots: tuple[Root, ...] = ()
    operations: tuple[Operation, ...] = ()
    annotations: Mapping[str, tuple[Annotation, ...]] = field(
        default_factory=dict[str, tuple[Annotation, ...]]
    )
    servers: tuple[Server, ...] = ()
    key_as_segment: bool = False
    implied_defaults: bool = False
    security: tuple[Permission, ...] = ()
    security_schemes: Mapping[str, SecurityScheme] = field(
        default_factory=dict[str, SecurityScheme]
    )
    requirements: tuple[SecurityRequirement, ...] = ()
    tags: tuple[Tag, ...] = ()
    info: Info = Info()
    path_permissions: PathPermissions = PathPermissions()
    resources: Mapping[str, Resource] = field(default_factory=dict[str, Resource])
    links: tuple[ResourceLink, ...] = ()
    unnamed: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict[str, tuple[str, ...]], compare=False
    )
    catalogue: Catalogue | None = None
    doc: Doc = Doc()


def offered(api: Api) -> Iterator[tuple[str, Operation]]:
    """Give what can be asked for: the resource's id, "" for the service, and the
    operation."""
    for resource in api.resources.values():
        for operation in resource.operations:
            yield resource.id, operation
    for operation in api.operations:
        if operation.binding is None:
            yield "", operation
