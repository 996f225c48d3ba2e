"""The neutral model: what an API says of itself, whatever it was written in.

Readers make it, passes turn one `Api` into the next, emitters read it. It holds wire
names and structure, never the names of a target language; what refers to something else
holds its id. Frozen dataclasses of the standard library, nothing more.
"""

from generator.model.annotations import (
    Annotation,
    Constant,
    Dynamic,
    EnumMembers,
    PathValue,
    Record,
    Value,
)
from generator.model.api import Api, Catalogue, Root, Server
from generator.model.doc import Deprecation, Doc, Link, Place
from generator.model.operations import (
    Binding,
    Body,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    Permission,
    Response,
)
from generator.model.paths import RequestPath, best_paths, call_text
from generator.model.resources import (
    LinkKind,
    QueryOption,
    Refusal,
    Resource,
    ResourceLink,
)
from generator.model.types import (
    Access,
    Alias,
    AnyType,
    Constraints,
    Enum,
    EnumMember,
    KeyPart,
    ListOf,
    Named,
    Navigation,
    Property,
    Scalar,
    ScalarKind,
    StreamType,
    Struct,
    TypeDef,
    TypeRef,
    named_types,
)

__all__ = [
    "Access",
    "Alias",
    "Annotation",
    "AnyType",
    "Api",
    "Binding",
    "Body",
    "Catalogue",
    "Constant",
    "Constraints",
    "Deprecation",
    "Doc",
    "Dynamic",
    "Enum",
    "EnumMember",
    "EnumMembers",
    "KeyPart",
    "Link",
    "LinkKind",
    "ListOf",
    "Named",
    "Navigation",
    "Operation",
    "OperationKind",
    "Parameter",
    "ParameterIn",
    "PathValue",
    "Permission",
    "Place",
    "Property",
    "QueryOption",
    "Record",
    "Refusal",
    "RequestPath",
    "Resource",
    "ResourceLink",
    "Response",
    "Root",
    "Scalar",
    "ScalarKind",
    "Server",
    "StreamType",
    "Struct",
    "TypeDef",
    "TypeRef",
    "Value",
    "best_paths",
    "call_text",
    "named_types",
]
