"""Operations: what can be asked of a service, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.doc import Deprecation, Doc, Place
from generator.model.security import SecurityRequirement, Server
from generator.model.types import Constraints, TypeRef


class OperationKind(StrEnum):
    """What an operation does to the place where it stands."""

    READ = "read"
    LIST = "list"
    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    COUNT = "count"
    ADD_REFERENCE = "add-reference"
    SET_REFERENCE = "set-reference"
    REMOVE_REFERENCE = "remove-reference"
    DOWNLOAD = "download"
    UPLOAD = "upload"
    ACTION = "action"
    FUNCTION = "function"
    REQUEST = "request"


class ParameterIn(StrEnum):
    """Where a parameter travels."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter by its wire name; a nullable one may be null.

    One that is not `required` may be left out. `style` and `explode` say how a value of
    several parts is written, "" and None as is usual for the place, `media_type` that it
    is written as such a document instead (OpenAPI 3.1 section 4.8.12).
    """

    name: str
    type: TypeRef
    place: ParameterIn
    required: bool = True
    nullable: bool = False
    default: str | None = None
    constraints: Constraints | None = None
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False
    media_type: str = ""
    doc: Doc = Doc()
    deprecation: Deprecation | None = None
    source: Place | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """What an action or function is called on: one instance of a type, or a collection
    of them."""

    type: str
    many: bool = False
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one property of a form or multipart body is written (OpenAPI 3.1 section
    4.8.15)."""

    property: str
    content_type: str = ""
    style: str = ""
    explode: bool | None = None
    headers: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A request's body in one media type."""

    type: TypeRef
    media_type: str = "application/json"
    required: bool = True
    nullable: bool = False
    encodings: tuple[Encoding, ...] = ()
    doc: Doc = Doc()


@dataclass(frozen=True, slots=True)
class Response:
    """An answer by status ("200", "4XX", "default") and media type; `type` is None for
    one without a body. `item_type`: the body is a sequence of such (OpenAPI 3.2's
    itemSchema)."""

    status: str
    type: TypeRef | None = None
    nullable: bool = False
    media_type: str = "application/json"
    item_type: TypeRef | None = None
    headers: tuple[Parameter, ...] = ()
    doc: Doc = Doc()


@dataclass(frozen=True, slots=True)
class Permission:
    """Scopes of one security scheme, any one of which allows an operation, least
    first.

    The first `least` of them are the least privileged ones. `also` names with a scope
    the ones without which it does not do; where it names several, no source says
    whether one of them is enough.
    """

    scheme: str
    scopes: tuple[str, ...]
    least: int = 1
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def least_privileged(self) -> tuple[str, ...]:
        """The scopes to ask for."""
        return self.scopes[: self.least]

    @property
    def higher_privileged(self) -> tuple[str, ...]:
        """The scopes that allow more than is needed."""
        return self.scopes[self.least :]


@dataclass(frozen=True, slots=True)
class Operation:
    """Something to be called: a verb on a resource, an action, a function.

    `id` is unique in the Api. `name` is the wire name; for an action or function the
    qualified one. `path` is relative to the resource where the operation stands; an
    action or function is called there by the last segment, its plain name if that is
    enough. `binding` is None for an operation called on the service itself.
    `composable`: more path may follow the call (CSDL 4.01 section 12.7).
    `entity_set_path` leads from the binding parameter to where the result belongs
    (section 12.6). `delta`: it gives the entities of a collection that have changed
    since an earlier answer (OData 4.01 Protocol section 11.3). `departs` says in what
    way the operation departs from the rules of its protocol, if it does.

    One of kind REQUEST stands at `path` below the service, "{name}" in it for a path
    parameter. `other_bodies` are the same body in other media types, `security` the
    requirements any one of which is enough, None where those of the Api hold. `servers`
    are its own, where it has any.
    """

    id: str
    name: str
    kind: OperationKind
    method: str
    path: tuple[str, ...] = ()
    binding: Binding | None = None
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    other_bodies: tuple[Body, ...] = ()
    responses: tuple[Response, ...] = ()
    composable: bool = False
    entity_set_path: str = ""
    delta: bool = False
    permissions: tuple[Permission, ...] = ()
    security: tuple[SecurityRequirement, ...] | None = None
    servers: tuple[Server, ...] = ()
    tags: tuple[str, ...] = ()
    departs: str = ""
    doc: Doc = Doc()
    deprecation: Deprecation | None = None
    place: Place | None = None

    @property
    def result(self) -> Response | None:
        """The answer of success."""
        for response in self.responses:
            if response.status.startswith("2"):
                return response
        return None
