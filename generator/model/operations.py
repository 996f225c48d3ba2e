"""Operations: what can be asked of a service, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model.doc import Deprecation, Doc, Place
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

    One that is not `required` may be left out.
    """

    name: str
    type: TypeRef
    place: ParameterIn
    required: bool = True
    nullable: bool = False
    default: str | None = None
    constraints: Constraints | None = None
    doc: Doc = Doc()
    source: Place | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """What an action or function is called on: one instance of a type, or a collection
    of them."""

    type: str
    many: bool = False
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A request's body."""

    type: TypeRef
    media_type: str = "application/json"
    required: bool = True


@dataclass(frozen=True, slots=True)
class Response:
    """An answer by status; `type` is None for one without a body."""

    status: str
    type: TypeRef | None = None
    nullable: bool = False
    media_type: str = "application/json"
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
    since an earlier answer (OData 4.01 Protocol section 11.3). `departs` says in what way the operation departs from the rules of
    its protocol, if it does.
    """

    id: str
    name: str
    kind: OperationKind
    method: str
    path: tuple[str, ...] = ()
    binding: Binding | None = None
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...] = ()
    composable: bool = False
    entity_set_path: str = ""
    delta: bool = False
    permissions: tuple[Permission, ...] = ()
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
