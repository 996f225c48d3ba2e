"""Python examples: the program that makes the request of the HTTP example.

`requests` decides what is sent, `literals` writes values, `chains` the way to the
place; here they become the few lines that a person would write with the generated
package. The reader has the `credential` and, where the package does not know it, the
`base_url` of the service.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.emitters.docs.addresses import Way
from generator.emitters.docs.chains import Chain, Chains, item_name
from generator.emitters.docs.literals import Imported, Literals
from generator.emitters.docs.program import Program
from generator.emitters.docs.requests import CALLS, QUERIES, Kind, Requests, content
from generator.emitters.python.call_names import call_name
from generator.emitters.python.code import literal
from generator.emitters.python.layout import Group, Join, Pair, Part, flat, mapping
from generator.emitters.python.names import Names, link_key
from generator.emitters.samples import Purpose, Samples
from generator.model import (
    Api,
    LinkKind,
    ListOf,
    Named,
    Operation,
    Property,
    Resource,
    ResourceLink,
    StreamType,
    TypeRef,
)


class Snippets:
    """Writes the Python examples of an Api for its generated package.

    `needs_root`: the package does not know where the service is.
    """

    def __init__(
        self,
        api: Api,
        names: Names,
        package: str,
        samples: Samples,
        *,
        needs_root: bool = False,
    ) -> None:
        self._names = names
        self._package = package
        self._needs_root = needs_root
        self._samples = samples
        self._requests = Requests(api, samples, "")
        self._literals = Literals(api, names, samples.structure)
        self._chains = Chains(api, names, self._literals)

    def text(
        self, resource: Resource | None, operation: Operation, path: Way, is_async: bool
    ) -> str:
        """Give the example of an operation at the end of a path; `resource` is None for
        an operation of the service itself."""
        imported = Imported(self._package)
        steps = self._requests.addresses.steps(path)
        chain = self._chains.chain(steps, imported)
        given = "credential, base_url=base_url" if self._needs_root else "credential"
        program = Program(imported, is_async, given)
        if operation.kind in CALLS:
            members = (
                self._names.client_members
                if resource is None
                else self._names.resource_members(resource)
            )
            self._call(program, chain, operation, call_name(members, operation))
        elif resource is not None:
            self._verb(
                program, self._with_queries(chain, operation), resource, operation, path
            )
        return program.text()

    def _with_queries(self, chain: Chain, operation: Operation) -> Chain:
        """The place with query parameters that the verb itself does not take."""
        queries = self._requests.queries(operation)
        if not queries or operation.kind in QUERIES:
            return chain
        return chain + f".with_options(query={flat(_texts(queries))})"

    # --- verbs

    def _verb(
        self,
        program: Program,
        chain: Chain,
        resource: Resource,
        operation: Operation,
        path: Way,
    ) -> None:
        more = self._options(resource, operation)
        match operation.kind:
            case Kind.READ:
                program.assign(chain.name, chain, "get", more)
                program.show(self._telling(chain.name, resource.type))
            case Kind.LIST:
                self._list(program, chain, resource, more)
            case Kind.CREATE:
                self._create(program, chain, resource, more)
            case Kind.UPDATE:
                self._update(program, chain, resource, more)
            case Kind.REPLACE:
                made = self._samples.object(resource.type, Purpose.CREATE)
                model = self._literals.model(resource.type, made, program.imported)
                program.send("", chain, "replace", model, more, chain.name)
            case Kind.DELETE:
                program.run(chain, "delete", more)
            case Kind.COUNT:
                program.show_result(chain, "count", more)
            case Kind.DOWNLOAD | Kind.UPLOAD:
                self._stream(program, chain, resource, operation)
            case _:
                self._refer(program, chain, resource, operation, path)

    def _options(self, resource: Resource, operation: Operation) -> list[Part]:
        """What the service demands beside the values."""
        headers = dict(self._requests.headers(resource, operation))
        etag = headers.pop("If-Match", "")
        options: list[Part] = []
        if etag:
            options.append(Pair("if_match=", literal(etag)))
        if headers:
            options.append(Pair("headers=", _texts(headers.items())))
        if operation.kind in QUERIES and (found := self._requests.queries(operation)):
            options.append(Pair("query=", _texts(found)))
        return options

    def _list(
        self, program: Program, chain: Chain, resource: Resource, more: list[Part]
    ) -> None:
        query = self._requests.list_query(resource)
        attributes = self._names.members(resource.type)
        arguments: list[Part] = []
        used = [*query.select, *([query.filter] if query.filter else [])]
        model = (
            self._literals.model_class(resource.type, program.imported) if used else ""
        )
        if query.filter is not None:
            value = self._literals.of(query.filter.type, query.value, program.imported)
            left = f"{model}.{attributes[query.filter.name]}"
            arguments.append(Pair("filter=", Join(left, "==", flat(value))))
        if query.select:
            names = tuple(f"{model}.{attributes[each.name]}" for each in query.select)
            arguments.append(Pair("select=", Group("[", names, "]")))
        item = self._item(chain, resource.type)
        program.loop(item, chain, "list", [*arguments, *more])
        members = query.select or self._samples.telling(resource.type)
        program.show(self._shown(item, resource.type, members), deeper=True)

    def _create(
        self, program: Program, chain: Chain, resource: Resource, more: list[Part]
    ) -> None:
        item = self._item(chain, resource.type) if resource.many else chain.name
        made = self._samples.object(resource.type, Purpose.CREATE)
        model = self._literals.model(resource.type, made, program.imported)
        name = program.send(item, chain, "create", model, more, item)
        keys = {part.path for part in self._samples.structure.key(resource.type)}
        telling = self._samples.telling(resource.type)
        known = [member for member in telling if member.name in keys]
        program.show(self._shown(name, resource.type, known))

    def _update(
        self, program: Program, chain: Chain, resource: Resource, more: list[Part]
    ) -> None:
        change = self._samples.object(resource.type, Purpose.UPDATE)
        actual = self._literals.actual(resource.type, change)
        model = self._literals.model_class(actual, program.imported)
        program.line("change = ", f"{model}.patch()")
        for name, part in self._literals.properties(actual, change, program.imported):
            program.line(f"change.{name} = ", part)
        program.run(chain, "update", ["change", *more])

    def _stream(
        self, program: Program, chain: Chain, resource: Resource, operation: Operation
    ) -> None:
        link = ResourceLink(operation.path[-1], "", LinkKind.STREAM)
        attribute = self._names.resource_members(resource)[link_key(link)]
        stream = chain + f".{attribute}"
        if operation.kind is Kind.DOWNLOAD:
            program.assign("content", stream, "download", [])
            program.show("len(content)")
            return
        what = content(resource, operation)
        kind = Pair("content_type=", literal(what.media_type))
        program.upload(stream, what.file, kind)

    def _refer(
        self,
        program: Program,
        chain: Chain,
        resource: Resource,
        operation: Operation,
        path: Way,
    ) -> None:
        addresses = self._requests.addresses
        imported = program.imported
        if operation.kind is Kind.REMOVE_REFERENCE:
            arguments: list[Part] = []
            keys = addresses.key(resource.type, ()) if resource.many else ()
            values = [self._literals.of(key.type, key.value, imported) for key in keys]
            if len(keys) > 1:
                named = zip(keys, values, strict=True)
                arguments = [mapping((literal(k.part.name), v) for k, v in named)]
            else:
                arguments = [*values]
            program.run(chain, "remove_reference", arguments)
            return
        home = addresses.home(resource.type)
        target = (
            str(self._chains.chain(home, imported))
            if home
            else literal(self._requests.reference(resource, path))
        )
        is_one = operation.kind is Kind.SET_REFERENCE
        program.run(chain, "set_reference" if is_one else "add_reference", [target])

    # --- actions and functions

    def _call(
        self, program: Program, chain: Chain, operation: Operation, name: str
    ) -> None:
        given = self._samples.arguments(operation)
        arguments = list(self._chains.arguments(operation, given, program.imported))
        result = operation.result
        if result is None or result.type is None:
            program.run(chain, name, arguments)
            return
        ref = self._samples.structure.settle(result.type)[0]
        if isinstance(ref, ListOf):
            self._loop(program, chain, operation, name, arguments, ref.item)
        elif isinstance(ref, StreamType):
            program.assign("content", chain, name, arguments)
            program.show("len(content)")
        elif isinstance(ref, Named) and self._samples.structure.struct(ref.id):
            variable = self._chains.type_name(ref.id)
            program.assign(variable, chain, name, arguments)
            if result.nullable:
                program.line(f"if {variable}:", "")
            program.show(self._telling(variable, ref.id), deeper=result.nullable)
        else:
            program.show_result(chain, name, arguments)

    def _loop(
        self,
        program: Program,
        chain: Chain,
        operation: Operation,
        name: str,
        arguments: list[Part],
        ref: TypeRef,
    ) -> None:
        ref = self._samples.structure.settle(ref)[0]
        struct = (
            self._samples.structure.struct(ref.id) if isinstance(ref, Named) else None
        )
        item = self._chains.type_name(struct.id) if struct else "item"
        item = "change" if operation.delta else item
        program.loop(item, chain, name, arguments)
        shown = self._telling(item, struct.id) if struct else item
        if operation.delta:
            program.removed(item, shown)
        else:
            program.show(shown, deeper=True)

    # --- what is shown of a result

    def _item(self, chain: Chain, type_id: str) -> str:
        return item_name(chain.name, self._chains.type_name(type_id))

    def _telling(self, variable: str, type_id: str) -> str:
        return self._shown(variable, type_id, self._samples.telling(type_id))

    def _shown(self, variable: str, type_id: str, members: Sequence[Property]) -> str:
        """The most telling of some properties, and of none the whole object."""
        keys = {part.path for part in self._samples.structure.key(type_id)}
        others = [member for member in members if member.name not in keys]
        found = next(iter([*others, *members]), None)
        if found is None:
            return f"{variable}.to_dict()"
        return f"{variable}.{self._names.members(type_id)[found.name]}"


def _texts(items: Iterable[tuple[str, str]]) -> Group:
    return mapping((literal(name), literal(text)) for name, text in items)
