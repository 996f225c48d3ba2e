"""The views of the modules that hold a package together: names, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.emitters.python.code import Code, docstring, literal
from generator.emitters.python.layout import import_lines
from generator.emitters.python.names import Names
from generator.emitters.python.pytypes import PyTypes
from generator.model import Alias, Api, Protocol, Struct

# What users import from the package itself, by the module of the runtime that has it.
_COMMON = {
    "errors": (
        "ApiError BadRequest CallError Conflict ConnectionFailed FailedDependency"
        " Forbidden GatewayTimeout Gone Locked MethodNotAllowed NotFound NotModified"
        " PreconditionFailed ServerError ServiceUnavailable TimedOut TooManyRequests"
        " Unauthorized UnexpectedResponse UntrustedLink"
    ),
    "prepared": "Answer AsyncPrepared Prepared",
    "query": "Path",
    "retry": "Retry",
    "streams": "AsyncDownload Download",
}

# The same where the service is one of OData, and where it is not.
_ODATA = {
    "aio": "AsyncStreamResource",
    "batch": "AsyncBatch Batch BatchItem",
    "delta": "AsyncDelta Delta Removed",
    "errors": "OperationFailed UnsupportedOption",
    "expand": "Expand",
    "expressions": "Expression Filter Order",
    "long_running": "AsyncLongRunning LongRunning",
    "pages": "AsyncPages Page Pages",
    "resources": "StreamResource",
    "search": "Search",
    "uploads": "AsyncLargeUpload LargeUpload",
    "values": "case constant is_of it max_datetime min_datetime now this",
}
_HTTP = {"events": "ServerEvent", "multipart": "FilePart"}

# With the module as the package sees it; "" for one that is itself a module.
_OWN = (
    ("AsyncClient", "client"),
    ("Client", "client"),
    ("models", ""),
    ("resources", ""),
)


@dataclass(frozen=True, slots=True)
class PackageView:
    """A module of names: `imports` are statements, `entries` lines of a table."""

    doc: Code
    imports: tuple[Code, ...] = ()
    entries: tuple[Code, ...] = ()


def top_view(api: Api, of_client: Sequence[str] = ()) -> PackageView:
    """The package itself: a table for run time, imports for checkers and editors.

    `of_client` are the names of the module `client` beside the clients themselves.
    """
    exports = [*_OWN, *((name, "client") for name in of_client)]
    for names_by_module in (
        _COMMON,
        _HTTP if api.protocol is Protocol.HTTP else _ODATA,
    ):
        for module, names in names_by_module.items():
            exports += [(name, f"_runtime.{module}") for name in names.split()]
    what = (
        f"A client of {api.name}, made by specwright from what the API says of itself."
    )
    return PackageView(
        docstring(what, 0),
        imports=tuple(
            import_lines(f".{module}", [f"{name} as {name}"], 4)
            for module, name in sorted((module, name) for name, module in exports)
        ),
        entries=tuple(
            Code(f"{name} {module}".rstrip()) for name, module in sorted(exports)
        ),
    )


def resources_view(api: Api) -> PackageView:
    """The package of the places, which says nothing but what it is."""
    what = f"The places of {api.name}, each imported when it is first reached."
    return PackageView(docstring(what, 0))


def models_view(api: Api, names: Names, types: PyTypes) -> PackageView:
    """The package of the types: a table for run time, imports for checkers and editors."""
    modules = sorted(
        (names.type_class(type_id), names.type_module(type_id))
        for type_id in api.types
        if types.has_module(type_id)
    )
    what = f"The types of {api.name}, each imported when it is first named."
    return PackageView(
        docstring(what, 0),
        imports=tuple(
            import_lines(f".{module}", [f"{cls} as {cls}"]) for cls, module in modules
        ),
        entries=tuple(Code(f"{cls} {module}") for cls, module in modules),
    )


def index_view(api: Api, names: Names) -> PackageView:
    """The table by which the class of an object is found that names its type."""
    what = "Where the class of a type stands, by the name of the type on the wire."
    entries = []
    for type_id in sorted(api.types):
        if isinstance(api.types[type_id], Alias):
            continue
        place = f"{names.type_module(type_id)}:{names.type_class(type_id)}"
        entries.append(Code(f"{literal(type_id)}: {literal(place)}"))
    return PackageView(
        docstring(what, 0),
        imports=(Code(f"ODATA = {_is_odata(api)}"),),
        entries=tuple(entries),
    )


def _is_odata(api: Api) -> bool:
    """Whether objects carry OData's control information, their type above all; so says
    the protocol, or a description in OpenAPI of a service that speaks it."""
    return api.protocol is Protocol.ODATA or any(
        definition.discriminator.property == "@odata.type"
        for definition in api.types.values()
        if isinstance(definition, Struct) and definition.discriminator is not None
    )
