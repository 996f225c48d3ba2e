"""Names of requests: the classes of tags, the methods of operations, their parameters.

`names` names what OData has, and the types of both. As there, names are made from the
whole catalogue, of the words of the wire names, and told apart by words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from generator.emitters.python import reserved
from generator.emitters.python.names import Names, usable
from generator.emitters.python.spelling import (
    apart,
    numbered,
    pascal,
    shortened,
    snake,
)
from generator.model import Api, Catalogue, Operation, Parameter, Resource
from generator.pins import Pins, pinned

# What stands between the name of a tag and that of an operation of it: "repos/get".
_SEPARATOR = re.compile(r"[/._:-]+")
_SLOT = re.compile(r"\{([^{}]*)\}")


class RequestNames:
    """The Python names of the requests in a catalogue."""

    def __init__(self, api: Api, names: Names) -> None:
        if api.catalogue is None:
            raise ValueError("names are made from the catalogue of the whole spec")
        self._catalogue: Catalogue = api.catalogue
        self._names = names
        self._schemes = tuple(api.security_schemes)
        self._parameters: dict[str, dict[tuple[str, str], str]] = {}
        self._pins = Pins(api.catalogue.given, usable)

    # --- tags

    def tag_attribute(self, resource: Resource) -> str:
        """The attribute of the client by which a tag is reached."""
        return self._tags[resource.id][0]

    def tag_class(self, resource: Resource) -> str:
        """The class of a tag; its async twin has "Async" before it."""
        return self._tags[resource.id][1]

    def tag_module(self, resource: Resource) -> str:
        """The module of a tag, in `resources`."""
        return self._tags[resource.id][2]

    @cached_property
    def _tags(self) -> dict[str, tuple[str, str, str]]:
        tags = {
            resource.id: _tag(resource)
            for resource in self._catalogue.resources.values()
        }
        pins = {id_: self._pins.names("tag", id_) for id_ in tags}
        wishes = {id_: snake(shortened(tag, tag)) for id_, tag in tags.items()}
        given = {
            id_: names["attribute"]
            for id_, names in pins.items()
            if "attribute" in names
        }
        attributes = apart(
            tags, wishes, reserved.HTTP_CLIENT, self._kept_calls(), given
        )
        taken = {self._names.type_class(t) for t in self._catalogue.members}
        taken |= reserved.CLASS
        files: set[str] = set()
        tried: dict[str, int] = {}
        result: dict[str, tuple[str, str, str]] = {}
        for id_, attribute in sorted(
            attributes.items(), key=lambda item: (not pins[item[0]], item)
        ):
            pin = pins[id_]
            plain = pascal(shortened(tags[id_], tags[id_]))
            name = _free(plain, taken, pin.get("class", ""), tried)
            taken |= {name, f"Async{name}"}
            module = attribute + "_" * (attribute in reserved.MODULE)
            module = pin.get("module", module)
            while module.casefold() in files:
                module += "_"
            files.add(module.casefold())
            result[id_] = (attribute, name, module)
        return result

    def _kept_calls(self) -> set[str]:
        """What operations of the client are called: no new tag takes their names."""
        calls = [each.id for each in self._catalogue.operations]
        return {name for id_ in calls if (name := self._pins.name("method", id_))}

    # --- operations

    def method(self, operation: Operation) -> str:
        """The method of an operation, in the class of its tag or of the client."""
        return self._methods[operation.id]

    @cached_property
    def _methods(self) -> dict[str, str]:
        result: dict[str, str] = {}
        for resource in self._catalogue.resources.values():
            wishes = {
                each.id: _method(each, _tag(resource)) for each in resource.operations
            }
            result |= apart(
                wishes, wishes, reserved.REQUESTS, (), self._given_methods(wishes)
            )
        wishes = {each.id: _method(each, "") for each in self._catalogue.operations}
        attributes = [attribute for attribute, _, _ in self._tags.values()]
        given = self._given_methods(wishes)
        result |= apart(wishes, wishes, reserved.HTTP_CLIENT, attributes, given)
        return result

    def _given_methods(self, ids: Iterable[str]) -> dict[str, str]:
        return {id_: name for id_ in ids if (name := self._pins.name("method", id_))}

    # --- parameters

    def parameters(self, operation: Operation) -> dict[tuple[str, str], str]:
        """Names of the parameters of an operation, by place and wire name.

        Where two wish for the same, that of the path has it, and the place of the other
        is added to its name.
        """
        if operation.id not in self._parameters:
            taken = set(reserved.REQUEST_PARAMETER)
            if operation.body is not None:
                taken |= {"body", "content_type", "properties", "request_body"}
                taken.add("whole_request_body")
            result: dict[tuple[str, str], str] = {}
            tried: dict[str, int] = {}
            given = self._pins.names("argument", operation.id)
            keys = _ordered(operation.parameters)
            for key in keys:
                name = given.get("/".join(key), "")
                if name and name not in taken:
                    result[key] = name
                    taken.add(name)
            for key in keys:
                if key not in result:
                    result[key] = _parameter(key, taken, tried)
                    taken.add(result[key])
            self._parameters[operation.id] = result
        return self._parameters[operation.id]

    # --- security

    @cached_property
    def credentials(self) -> dict[str, str]:
        """The keys of the client's credentials, by security scheme."""
        wishes = {scheme: snake(scheme) for scheme in self._schemes}
        given = self._pins.names("credential")
        return apart(wishes, wishes, reserved.CREDENTIAL, (), given)

    @cached_property
    def credentials_class(self) -> str:
        """The class of the client's credentials."""
        taken = {self._names.type_class(t) for t in self._catalogue.members}
        taken |= reserved.CLASS
        name = self._pins.name("class", "credentials") or "Credentials"
        while {name, f"Async{name}"} & taken:
            name = f"Client{name}"
        return name

    # --- the lock

    def given(self, api: Api) -> dict[str, str]:
        """Give the names of all requests that an Api has, in the lines of a lock file."""
        lines = pinned("credential", "", self.credentials)
        lines |= pinned("class", "credentials", {"": self.credentials_class})
        for resource in api.resources.values():
            attribute, name, module = self._tags[resource.id]
            names = {"attribute": attribute, "class": name, "module": module}
            lines |= pinned("tag", resource.id, names)
        for operation in _operations(api):
            lines |= pinned("method", operation.id, {"": self.method(operation)})
            arguments = {"/".join(k): n for k, n in self.parameters(operation).items()}
            lines |= pinned("argument", operation.id, arguments)
        return lines


def _operations(api: Api) -> Iterator[Operation]:
    for resource in api.resources.values():
        yield from resource.operations
    yield from api.operations


def _tag(resource: Resource) -> str:
    return resource.id.removeprefix("#")


def _free(plain: str, taken: set[str], pin: str, tried: dict[str, int]) -> str:
    """The name of a class that no other has, with that of its twin: the one that it
    has had, if it may."""
    if pin and not {pin, f"Async{pin}"} & taken:
        return pin
    for ending in ("Resource", "Operations"):
        if not {plain + ending, f"Async{plain}{ending}"} & taken:
            return plain + ending
    names = numbered(f"{plain}Resource_", tried)
    return next(name for name in names if not {name, f"Async{name}"} & taken)


def _method(operation: Operation, tag: str) -> str:
    """What an operation wishes to be called in its tag."""
    if not operation.name:
        name = " ".join(_path_words(operation))
        return snake(shortened(name, operation.id))
    name = operation.name
    if tag:
        for found in _SEPARATOR.finditer(name):
            before, rest = name[: found.start()], name[found.end() :]
            if rest and before and snake(before) == snake(tag):
                name = rest
                break
    return snake(shortened(name, operation.id))


def _path_words(operation: Operation) -> Iterator[str]:
    """Words for an operation without a name: "get users by id"."""
    yield operation.method.lower()
    for segment in "".join(operation.path).split("/"):
        yield _SLOT.sub("", segment)
        slots = _SLOT.findall(segment)
        if slots:
            yield f"by {' and '.join(slots)}"


def _ordered(parameters: Sequence[Parameter]) -> list[tuple[str, str]]:
    """The parameters by place and wire name, those of the path first; the order of the
    source does not matter beyond that."""
    places = ("path", "query", "header", "cookie")
    keys = [(each.place.value, each.name) for each in parameters]
    return sorted(keys, key=lambda key: (places.index(key[0]), key[1]))


def _parameter(key: tuple[str, str], taken: set[str], tried: dict[str, int]) -> str:
    place, wire = key
    wish = snake(wire)
    if wish in reserved.REQUEST_PARAMETER:
        wish += "_"
    if wish in taken:
        wish = f"{wish.rstrip('_')}_{place}"
    return next(name for name in numbered(wish, tried) if name not in taken)
