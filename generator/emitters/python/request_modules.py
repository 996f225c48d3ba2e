"""The views of modules of requests: one for each tag, and the clients that lead to them.

`client` writes the clients of OData services.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.emitters.python import reserved
from generator.emitters.python.calls import MethodView, Writer, way_to
from generator.emitters.python.code import Code, docstring, identifier, literal
from generator.emitters.python.docs import describe
from generator.emitters.python.imports import Imports
from generator.emitters.python.layout import (
    Part,
    call,
    class_line,
    mapping,
    signature,
    statement,
)
from generator.emitters.python.names import Names
from generator.emitters.python.pytypes import PyTypes, literal_annotation
from generator.emitters.python.request_names import RequestNames
from generator.emitters.python.requests import RequestWriter
from generator.emitters.python.resources import ResourceClassView
from generator.emitters.python.spelling import apart, snake
from generator.model import Api, Operation, Resource, SecurityScheme, Server


@dataclass(frozen=True, slots=True)
class CredentialsView:
    """The class of what a caller proves who it is with: an entry a scheme."""

    name: str
    class_line: Code
    doc: Code
    entries: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class RequestModuleView:
    """A module of requests: `constants` describe the operations that the classes
    call."""

    module_doc: Code
    imports: tuple[Code, ...]
    checking: tuple[Code, ...]
    constants: tuple[Code, ...]
    classes: tuple[ResourceClassView, ...]
    credentials: tuple[CredentialsView, ...] = ()

    @property
    def credential_names(self) -> tuple[str, ...]:
        """The names of the classes of credentials."""
        return tuple(each.name for each in self.credentials)


def tag_view(
    resource: Resource, api: Api, names: Names, requests: RequestNames
) -> RequestModuleView:
    """The view of the module of a tag: its class and the asynchronous twin."""
    imports = Imports()
    types = PyTypes(api, names, "..models.")
    writing = RequestWriter(api, requests)
    twins = [Writer(names, types, imports, is_async) for is_async in (False, True)]
    constants = tuple(writing.constant(o, twins[0]) for o in resource.operations)
    classes = tuple(_tag(resource, writing, writer) for writer in twins)
    return RequestModuleView(
        module_doc=docstring(f"Operations: {resource.id.removeprefix('#')}", 0),
        imports=imports.lines(),
        checking=imports.checking_lines(),
        constants=constants,
        classes=classes,
    )


def _tag(
    resource: Resource, writing: RequestWriter, writer: Writer
) -> ResourceClassView:
    base = f"{writer.prefix}Requests"
    writer.imports.add(f"{writer.runtime}.requests", base)
    tag = resource.id.removeprefix("#")
    return ResourceClassView(
        class_line(writer.prefix + writing.names.tag_class(resource), [base]),
        describe(resource.doc, 4, facts=(f"Tag: {tag}",)),
        (Code("__slots__ = ()"),),
        _methods(resource.operations, writing, writer),
    )


def _methods(
    operations: Sequence[Operation], writing: RequestWriter, writer: Writer
) -> tuple[MethodView, ...]:
    return tuple(
        method
        for operation in operations
        for method in writing.methods(operation, writer)
    )


# --- the clients


def http_client_view(
    api: Api, names: Names, requests: RequestNames, base_url: str
) -> RequestModuleView:
    """The view of the module with the client and its asynchronous twin."""
    imports = Imports()
    types = PyTypes(api, names, ".models.", "._runtime")
    writing = RequestWriter(api, requests)
    twins = [Writer(names, types, imports, is_async, ".") for is_async in (False, True)]
    constants = tuple(writing.constant(o, twins[0]) for o in api.operations)
    classes = tuple(_client(api, writing, writer, base_url) for writer in twins)
    credentials = tuple(_credentials(api, writing, writer) for writer in twins)
    return RequestModuleView(
        module_doc=docstring(f"The clients of {api.name}.", 0),
        imports=imports.lines(),
        checking=imports.checking_lines(),
        constants=constants,
        credentials=tuple(each for each in credentials if each.entries),
        classes=classes,
    )


def _client(
    api: Api, writing: RequestWriter, writer: Writer, base_url: str
) -> ResourceClassView:
    names = writing.names
    base = f"{writer.prefix}HttpClient"
    writer.imports.add(f"{writer.runtime}.http_client", base)
    credentials = "Never"
    if any(has_key(each) for each in api.security_schemes.values()):
        credentials = writer.prefix + names.credentials_class
    else:
        writer.imports.add("typing", "Never")
    server = None if base_url or not api.servers else api.servers[0]
    methods: list[MethodView] = []
    if server is not None and server.variables:
        methods.append(_constructor(server, credentials, writer))
    for link in api.links:
        resource = api.resources[link.target]
        target = writer.prefix + names.tag_class(resource)
        module = f".resources.{names.tag_module(resource)}"
        attribute = names.tag_attribute(resource)
        doc = describe(resource.doc, 8, otherwise=f"Operations: {link.name}")
        made = call(target, "self._at")
        methods.append(way_to(attribute, made, module, doc, writer))
    kind = "asynchronous client" if writer.is_async else "client"
    ways = "attributes are the tags" if api.links else "methods are the operations"
    return ResourceClassView(
        class_line(f"{writer.prefix}Client", [f"{base}[{credentials}]"]),
        docstring(f"The {kind} of {api.name}: its {ways}.", 4),
        tuple(_setting(api, writing, writer, base_url or _address(server))),
        (*methods, *_methods(api.operations, writing, writer)),
    )


def _address(server: Server | None) -> str:
    """Where the service answers, by the defaults of the server's variables.

    A relative address needs one that only the caller knows.
    """
    if server is None:
        return ""
    url = server.filled()
    return url.rstrip("/") if url.startswith(("http://", "https://")) else ""


def _setting(
    api: Api, writing: RequestWriter, writer: Writer, base_url: str
) -> list[Code]:
    setting = [statement("_base_url = ", literal(base_url), 4)]
    schemes = [
        (literal(writing.names.credentials[each.id]), _scheme(each, writer))
        for each in api.security_schemes.values()
    ]
    if schemes:
        setting.append(statement("_schemes = ", mapping(schemes), 4))
    if api.requirements:
        required = writing.security(api.requirements)
        setting.append(statement("_requirements = ", required, 4))
    return setting


# --- security


def scheme_kind(scheme: SecurityScheme) -> str:
    """Give how a scheme is used, as the runtime's `Scheme` calls it: "bearer", "basic", ""
    for anything else."""
    if scheme.type in ("oauth2", "openIdConnect"):
        return "bearer"
    if scheme.type == "http" and scheme.scheme.lower() in ("basic", "bearer"):
        return scheme.scheme.lower()
    return ""


def has_key(scheme: SecurityScheme) -> bool:
    """Say whether a caller gives something for a scheme: certificates are the httpx
    client's."""
    return scheme.type != "mutualTLS"


def _credentials(api: Api, writing: RequestWriter, writer: Writer) -> CredentialsView:
    """The class of the credentials that a client of this kind takes."""
    schemes = [each for each in api.security_schemes.values() if has_key(each)]
    if schemes:
        writer.imports.add("typing", "TypedDict")
    entries = []
    for scheme in schemes:
        key = identifier(writing.names.credentials[scheme.id])
        entries.append(Code(f"{key}: {_key_annotation(scheme, writer)}"))
    name = writer.prefix + writing.names.credentials_class
    return CredentialsView(
        name,
        Code(f"class {name}(TypedDict, total=False):"),
        docstring("What callers prove who they are with, by scheme.", 4),
        tuple(entries),
    )


def _key_annotation(scheme: SecurityScheme, writer: Writer) -> str:
    kind = scheme_kind(scheme)
    if kind == "basic":
        return "tuple[str, str]"
    if kind == "bearer":
        name = f"{writer.prefix}Credential"
        writer.imports.add_checking(f"{writer.runtime}.auth", name)
        return name
    writer.imports.add_checking("collections.abc", "Callable")
    if not writer.is_async:
        return "str | Callable[[], str]"
    writer.imports.add_checking("collections.abc", "Awaitable")
    return "str | Callable[[], str] | Callable[[], Awaitable[str]]"


def _scheme(scheme: SecurityScheme, writer: Writer) -> Part:
    writer.imports.add(f"{writer.runtime}.security", "Scheme")
    if scheme.type == "apiKey":
        arguments = [literal(t) for t in ("apiKey", scheme.place, scheme.name)]
    elif scheme.type == "mutualTLS":
        arguments = [literal(scheme.type)]
    else:
        arguments = [literal(scheme_kind(scheme) or scheme.scheme)]
    return call("Scheme", *arguments)


def _constructor(server: Server, credentials: str, writer: Writer) -> MethodView:
    """The constructor of a client whose address has variables."""
    options = f"{writer.prefix}ClientOptions"
    runtime = writer.runtime
    writer.imports.add("typing", "Unpack")
    writer.imports.add_checking(f"{runtime}.http_client", options)
    writer.imports.add(f"{runtime}.http_client", "server_url")
    writer.imports.add_checking(f"{runtime}.auth", f"{writer.prefix}Credential")
    parameters = ["self", f"credential: {writer.prefix}Credential = None", "*"]
    wishes = {each.name: snake(each.name) for each in server.variables}
    names = apart(wishes, wishes, reserved.SERVER_VARIABLE)
    for each in server.variables:
        annotation = "str"
        if each.values:
            writer.imports.add_checking("typing", "Literal")
            values = dict.fromkeys((*each.values, each.default))
            annotation = literal_annotation([literal(value) for value in values])
        name = identifier(names[each.name])
        parameters.append(f"{name}: {annotation} = {literal(each.default)}")
    parameters.append(f"**options: Unpack[{options}[{credentials}]]")
    variables = mapping((literal(wire), names[wire]) for wire in wishes)
    address = call("server_url", literal(server.url.rstrip("/")), variables)
    return MethodView(
        (),
        signature("def __init__", parameters, "None", 4),
        Code(""),
        (
            statement("self._base_url = ", address, 8),
            Code("super().__init__(credential, **options)"),
        ),
    )
