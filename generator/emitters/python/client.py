"""The view of the client module: the ways into the service."""

from __future__ import annotations

from generator.emitters.python.call_names import call_name
from generator.emitters.python.calls import Writer, call_methods, link_method
from generator.emitters.python.code import Code, docstring, literal
from generator.emitters.python.imports import Imports
from generator.emitters.python.layout import class_line, statement, texts
from generator.emitters.python.names import Names, link_key
from generator.emitters.python.pytypes import PyTypes
from generator.emitters.python.resources import ResourceClassView, ResourceModuleView
from generator.model import Api, Operation


def client_view(api: Api, names: Names, base_url: str) -> ResourceModuleView:
    """The view of the module with the client and its asynchronous twin."""
    imports = Imports()
    types = PyTypes(api, names, ".models.", "._runtime")
    classes = tuple(
        _client(api, Writer(names, types, imports, is_async, "."), base_url)
        for is_async in (False, True)
    )
    return ResourceModuleView(
        module_doc=docstring(f"The clients of {api.name}.", 0),
        imports=imports.lines(),
        checking=imports.checking_lines(),
        classes=classes,
    )


def _client(api: Api, writer: Writer, base_url: str) -> ResourceClassView:
    base = "AsyncClientBase" if writer.is_async else "SyncClient"
    writer.imports.add("._runtime.client", base)
    members = writer.names.client_members
    methods = []
    for link in api.links:
        target = api.resources[link.target]
        name = writer.prefix + writer.names.resource_class(target)
        module = f".resources.{writer.names.type_module(target.type)}"
        methods.append(link_method(members[link_key(link)], link, name, module, writer))
    calls: dict[str, list[Operation]] = {}
    for operation in api.operations:
        if operation.binding is None:
            calls.setdefault(call_name(members, operation), []).append(operation)
    for called, overloads in calls.items():
        methods.extend(call_methods(called, overloads, writer))
    asked = required_scopes(api)
    kind = "asynchronous client" if writer.is_async else "client"
    return ResourceClassView(
        class_line=class_line(f"{writer.prefix}Client", [base]),
        doc=docstring(
            f"The {kind} of {api.name}: its attributes are the ways in.",
            4,
            _security(api),
        ),
        setting=(
            Code(f"_base_url = {literal(base_url)}"),
            Code(f"_key_as_segment = {api.key_as_segment}"),
            *([Code("_evolvable = True")] if is_evolvable(api) else []),
            *([statement("_scopes = ", texts(asked), 4)] if asked else []),
        ),
        methods=tuple(methods),
    )


def is_evolvable(api: Api) -> bool:
    """Whether an enumeration has the member behind which Microsoft Graph hides those
    that were added later from callers who do not ask for them.

    A slice may hold none of these and still be answered with one, so the whole
    catalogue decides.
    """
    catalogue = api.catalogue
    return catalogue is not None and any(
        "unknownFutureValue" in members
        for type_id, members in catalogue.members.items()
        if catalogue.kinds[type_id] == "enum type"
    )


def required_scopes(api: Api) -> tuple[str, ...]:
    """The scopes to ask a credential for; none where several schemes need some, as
    nobody knows then which of them a caller uses.
    """
    asking = [each.scopes for each in api.security if each.scopes]
    if len(asking) != 1:
        return ()
    return tuple(scope for scopes in asking[0] for scope in scopes.split())


def _security(api: Api) -> tuple[str, ...]:
    """What the service asks of every caller, as the lines of a docstring."""
    return tuple(
        f"Credentials: {each.scheme} {' '.join(each.scopes)}" for each in api.security
    )
