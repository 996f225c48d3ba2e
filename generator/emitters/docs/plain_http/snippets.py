"""Python examples: the program that makes the request of the HTTP example.

`requests` decides what is sent and `literals` writes values; here they become the few
lines that a person would write with the generated package.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from generator.emitters.docs.chains import Chain, Piece, variable
from generator.emitters.docs.literals import PATH, Imported, Literals
from generator.emitters.docs.markdown import Md, code, join
from generator.emitters.docs.plain_http.requests import File, Request, Requests
from generator.emitters.docs.plain_http.site import HttpSite
from generator.emitters.docs.program import Program
from generator.emitters.python.code import literal
from generator.emitters.python.layout import Pair, Part, call, flat, mapping
from generator.emitters.python.names import Names
from generator.emitters.python.request_answers import is_json, successes_of
from generator.emitters.python.request_modules import has_key, scheme_kind
from generator.emitters.python.request_names import RequestNames
from generator.emitters.samples import Json
from generator.model import (
    AnyType,
    Body,
    ListOf,
    Named,
    Operation,
    ParameterIn,
    Property,
    Resource,
    SecurityScheme,
    StreamType,
    Struct,
    TypeRef,
)

_MULTIPART: Final = "multipart/"
_OURS: Final = frozenset({"body", "content_type", "properties", "self"})
_CREDENTIAL: Final = Md(
    "`credential` is a token, a function that gives one, or a credential object of"
    " azure-identity"
)


class _Given(NamedTuple):
    """What a client is made with: its argument, and what the names in it are."""

    argument: str
    told: Md


class Snippets:
    """Writes the Python examples of an Api for its generated package."""

    def __init__(self, site: HttpSite, names: Names, requests: Requests) -> None:
        self._site = site
        self._names = names
        self._python = RequestNames(site.api, names)
        self._requests = requests
        self._samples = requests.samples
        self._literals = Literals(site.api, names, requests.samples.structure)

    def text(
        self, resource: Resource | None, operation: Operation, is_async: bool
    ) -> str:
        """Give the example of an operation; `resource` is that of its tag."""
        imported = Imported(self._site.options.package)
        arguments = ", ".join(each.argument for each in self._givens(operation))
        program = Program(imported, is_async, arguments)
        chain = Chain()
        if resource is not None:
            name = self._python.tag_attribute(resource)
            chain = Chain((Piece(f".{name}", variable(name)),))
        request = self._requests.request(operation)
        call = _Call(chain, self._python.method(operation), program)
        self._show(
            call, operation, request, self._arguments(operation, request, imported)
        )
        return program.text()

    def given(self, operation: Operation) -> Md:
        """Tell what the names stand for that an example takes from its reader."""
        return join(", ", [each.told for each in self._givens(operation)])

    # --- what the client is made with

    def _givens(self, operation: Operation) -> Iterator[_Given]:
        needed = self._site.requirements(operation)
        schemes = [
            self._site.api.security_schemes[name]
            for name, _ in next(iter(needed), ())
            if name in self._site.api.security_schemes
        ]
        schemes = list(filter(has_key, schemes))
        if schemes and all(scheme_kind(each) == "bearer" for each in schemes):
            yield _Given("credential", _CREDENTIAL)
        elif schemes:
            yield self._keys(schemes)
        if not self._requests.root(operation).startswith(("http://", "https://")):
            told = Md("`base_url` is the address of the service")
            yield _Given("base_url=base_url", told)

    def _keys(self, schemes: Sequence[SecurityScheme]) -> _Given:
        keys = {each.id: self._python.credentials[each.id] for each in schemes}
        entries = []
        told = []
        for scheme in schemes:
            name = variable(keys[scheme.id])
            if scheme_kind(scheme) == "basic":
                entries.append((literal(keys[scheme.id]), "(user, password)"))
                told.append(Md("`user` and `password` are those of the caller"))
            else:
                entries.append((literal(keys[scheme.id]), name))
                told.append(Md(f"{code(name)} is the key of the caller"))
        return _Given(f"credentials={flat(mapping(entries))}", join(", ", told))

    # --- what is sent

    def _arguments(
        self, operation: Operation, request: Request, imported: Imported
    ) -> list[Part]:
        names = self._python.parameters(operation)
        positional: list[Part] = []
        keywords: list[Part] = []
        for parameter, value in request.arguments:
            part = self._literals.of(parameter.type, value, imported)
            if parameter.place is ParameterIn.PATH:
                positional.append(part)
            else:
                name = names[parameter.place.value, parameter.name]
                keywords.append(Pair(f"{name}=", part))
        if request.body is not None:
            given = self._body(operation, request.body, request.value, imported)
            return [*positional, *given, *keywords]
        return [*positional, *keywords]

    def _body(
        self, operation: Operation, body: Body, value: Json | File, imported: Imported
    ) -> Iterator[Part]:
        """A model, a value, or the properties of a body in several parts."""
        in_parts = body.media_type.startswith(_MULTIPART)
        struct = self._struct(body.type) if in_parts else None
        if isinstance(value, File):
            yield "file"
        elif struct is None or not isinstance(value, dict):
            yield self._literals.of(body.type, value, imported)
        else:
            members = self._samples.structure.members(struct.id)
            parts = [
                (name, self._part(member, value[name], imported))
                for name, member in members.items()
                if name in value
            ]
            keywords = self._keywords(operation, struct)
            if keywords is None:
                yield mapping((literal(name), part) for name, part in parts)
            else:
                yield from (Pair(f"{keywords[name]}=", part) for name, part in parts)

    def _part(self, member: Property, value: Json | File, imported: Imported) -> Part:
        if isinstance(value, File):
            imported.library.add(PATH)
            return call("Path", literal(value.name))
        return self._literals.of(member.type, value, imported)

    def _keywords(self, operation: Operation, struct: Struct) -> dict[str, str] | None:
        """The names by which the properties of a body are given, None where they are
        those of parameters too."""
        names = self._names.members(struct.id)
        taken = _OURS | set(self._python.parameters(operation).values())
        return None if taken & set(names.values()) else names

    # --- what is shown of the result

    def _show(
        self,
        made: _Call,
        operation: Operation,
        request: Request,
        arguments: Sequence[Part],
    ) -> None:
        result = self._result(operation)
        if isinstance(request.value, File):
            self._send(made, result, request.value, arguments)
        elif result.type is None:
            made.run(arguments)
        elif isinstance(result.type, StreamType) and not result.optional:
            made.assign("content", arguments, "len(content)")
        elif isinstance(result.type, ListOf) and not result.optional:
            self._loop(made, result.type, arguments)
        elif (struct := self._struct(result.type)) is not None:
            self._object(made, struct, arguments, result.optional)
        else:
            made.show(arguments)

    def _result(self, operation: Operation) -> _Result:
        """What a call gives: where there are several things, one that says nothing of
        them."""
        found = list(successes_of(operation))
        kinds = [each.type for each in found if each.type is not None]
        is_optional = (
            len(kinds) < len(found)
            or any(each.nullable for each in found)
            or any(map(self._takes_null, kinds))
        )
        if not kinds:
            return _Result(None, False)
        first = self._samples.structure.settle(kinds[0])[0]
        is_known = all(
            each.type is None or is_json(each.media_type) for each in found
        ) or isinstance(first, StreamType)
        if len(set(kinds)) > 1 or not is_known:
            return _Result(AnyType(), is_optional)
        return _Result(first, is_optional)

    def _takes_null(self, ref: TypeRef) -> bool:
        return any(each.nullable for each in self._samples.structure.aliases(ref))

    def _send(
        self, made: _Call, result: _Result, file: File, arguments: Sequence[Part]
    ) -> None:
        """A call that sends a file, and what is shown of the answer behind it."""
        if result.type is None:
            made.send_file("", file, arguments)
            return
        struct = None if result.optional else self._struct(result.type)
        name = variable(self._names.type_module(struct.id)) if struct else "result"
        made.send_file(f"{name} = ", file, arguments)
        made.program.show(self._telling(name, struct) if struct else name)

    def _loop(self, made: _Call, ref: ListOf, arguments: Sequence[Part]) -> None:
        struct = None if ref.nullable else self._struct(ref.item)
        name = "item"
        if isinstance(ref.item, Named):
            name = variable(self._names.type_module(ref.item.id))
        made.program.loop_over_result(name, made.chain, made.method, arguments)
        shown = name if struct is None else self._telling(name, struct)
        made.program.show(shown, deeper=True)

    def _object(
        self, made: _Call, struct: Struct, arguments: Sequence[Part], is_optional: bool
    ) -> None:
        name = variable(self._names.type_module(struct.id))
        made.assign(name, arguments)
        if is_optional:
            made.program.line(f"if {name}:", "")
        made.program.show(self._telling(name, struct), deeper=is_optional)

    def _telling(self, name: str, struct: Struct) -> str:
        """The most telling property of an object, of one without any the whole."""
        names = self._names.members(struct.id)
        for member in self._samples.telling(struct.id):
            return f"{name}.{names[member.name]}"
        return f"{name}.to_dict()"

    def _struct(self, ref: TypeRef) -> Struct | None:
        ref = self._samples.structure.settle(ref)[0]
        return (
            self._samples.structure.struct(ref.id) if isinstance(ref, Named) else None
        )


class _Result(NamedTuple):
    """What a call gives: None for nothing."""

    type: TypeRef | None
    optional: bool


class _Call(NamedTuple):
    """A call under construction: the way to its method, and the program."""

    chain: Chain
    method: str
    program: Program

    def run(self, arguments: Sequence[Part]) -> None:
        self.program.run(self.chain, self.method, arguments)

    def show(self, arguments: Sequence[Part]) -> None:
        self.program.show_result(self.chain, self.method, arguments)

    def assign(self, name: str, arguments: Sequence[Part], shown: str = "") -> None:
        self.program.assign(name, self.chain, self.method, arguments)
        if shown:
            self.program.show(shown)

    def send_file(self, prefix: str, file: File, arguments: Sequence[Part]) -> None:
        self.program.send_file(prefix, self.chain, self.method, file.name, arguments)
