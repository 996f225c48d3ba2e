"""Containers: entity sets, singletons and imports, and the service they make.

A part of the reader's second step (CSDL 4.01 section 13). Each container is read as it
stands; when all documents are read, `complete` makes one service of them: a container
has what it extends, and imports give unbound operations their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.diagnostics import Diagnostics
from generator.model import Operation, Root
from generator.readers.csdl.annotations import annotate
from generator.readers.csdl.codes import report
from generator.readers.csdl.reading import Container, Draft, Import, Reading
from generator.readers.csdl.xml import Element

_CHILDREN = frozenset({"EntitySet", "Singleton", "ActionImport", "FunctionImport"})
_IMPORTS = {"ActionImport": "Action", "FunctionImport": "Function"}


@dataclass(frozen=True, slots=True)
class Service:
    """What can be called without having anything yet: the roots, and all operations."""

    containers: tuple[Container, ...]
    roots: tuple[Root, ...]
    operations: tuple[Operation, ...]


def read_container(reading: Reading, element: Element, namespace: str) -> None:
    """Put a container with its children and their annotations into the draft."""
    name = f"{namespace}.{element.attributes['Name']}"
    annotate(reading, element, name)
    children = tuple(_children(reading, element, name))
    container = Container(
        name=name,
        extends=reading.scope.name(element.attributes.get("Extends", "")),
        roots=tuple(child for child in children if isinstance(child, Root)),
        imports=tuple(child for child in children if isinstance(child, Import)),
        given=reading.document.given,
        place=element.place,
    )
    reading.define(reading.draft.containers, name, container, element.place)


def _children(
    reading: Reading, element: Element, container: str
) -> Iterator[Root | Import]:
    for child in reading.members(element, _CHILDREN, container):
        name = child.attributes["Name"]
        target = f"{container}/{name}"
        annotate(reading, child, target)
        if operation := _IMPORTS.get(child.name):
            called = reading.scope.name(child.attributes[operation])
            yield Import(name, called, child.place)
        else:
            yield _read_root(reading, child, target)


def _read_root(reading: Reading, element: Element, target: str) -> Root:
    many = element.name == "EntitySet"
    container = target.partition("/")[0]
    bindings = (
        (
            reading.scope.path(child.attributes["Path"]),
            reading.scope.path(child.attributes["Target"]).removeprefix(
                f"{container}/"
            ),
        )
        for child in element.children
        if child.name == "NavigationPropertyBinding"
    )
    return Root(
        name=element.attributes["Name"],
        type=reading.scope.name(element.attributes["EntityType" if many else "Type"]),
        many=many,
        target=target,
        bindings=tuple(bindings),
        place=element.place,
    )


def complete(draft: Draft, diagnostics: Diagnostics) -> Service:
    """Make the service of what all documents have said.

    Its containers are those of the given documents, and not those that another one
    extends. Annotations in `draft` that target an extended container or its children
    are moved to the container that extends it; those of other services' containers are
    left out.
    """
    given = [found for found in draft.containers.values() if found.given]
    extended = {container.extends for container in given}
    outermost = [found for found in given if found.name not in extended]
    containers = tuple(
        _extend(container, draft, diagnostics) for container in outermost or given
    )
    _drop_foreign(draft, {container.name for container in containers})
    roots = (root for container in containers for root in container.roots)
    return Service(
        containers,
        tuple(_distinct_roots(roots, diagnostics)),
        tuple(_operations(draft, containers, diagnostics)),
    )


def _extend(container: Container, draft: Draft, diagnostics: Diagnostics) -> Container:
    """Add to a container what those have that it extends (CSDL 4.01 section 13.1)."""
    seen = {container.name}
    roots = list(container.roots)
    imports = list(container.imports)
    base = container.extends
    while base:
        found = draft.containers.get(base)
        if found is None or base in seen:
            problem = "extends itself" if found else "is not in any document read"
            message = f"the container {base} {problem}"
            place = container.place
            report(diagnostics, "csdl-unknown-container", message, place)
            break
        seen.add(base)
        known = {root.name for root in roots} | {child.name for child in imports}
        roots += (
            replace(root, target=f"{container.name}/{root.name}")
            for root in found.roots
            if root.name not in known
        )
        imports += (child for child in found.imports if child.name not in known)
        _move_annotations(draft, base, container.name)
        base = found.extends
    return replace(container, roots=tuple(roots), imports=tuple(imports))


def _move_annotations(draft: Draft, base: str, container: str) -> None:
    """Move what is said of a container to another, which may say otherwise itself."""
    for target in list(draft.annotations):
        if target.partition("/")[0] == base:
            moved = f"{container}{target.removeprefix(base)}"
            own = draft.annotations.setdefault(moved, [])
            said = {(annotation.term, annotation.qualifier) for annotation in own}
            own += (
                annotation
                for annotation in draft.annotations.pop(target)
                if (annotation.term, annotation.qualifier) not in said
            )


def _drop_foreign(draft: Draft, own: set[str]) -> None:
    foreign = draft.containers.keys() - own
    if foreign:
        for target in list(draft.annotations):
            if target.partition("/")[0] in foreign:
                del draft.annotations[target]


def _distinct_roots(roots: Iterable[Root], diagnostics: Diagnostics) -> Iterator[Root]:
    known: dict[str, Root] = {}
    for root in roots:
        first = known.setdefault(root.name, root)
        if first is root:
            yield root
        else:
            message = f"{root.name} is already defined at {first.place}"
            report(diagnostics, "csdl-duplicate-name", message, root.place)


def _operations(
    draft: Draft, containers: tuple[Container, ...], diagnostics: Diagnostics
) -> Iterator[Operation]:
    """Give the bound operations as they are, the unbound ones as they are imported.

    A second import of an operation gets its own id: that of the operation, "@", its
    name.
    """
    unbound: dict[str, list[Operation]] = {}
    for operation in draft.operations.values():
        if operation.binding:
            yield operation
        else:
            unbound.setdefault(operation.name, []).append(operation)
    imported: set[str] = set()
    for exposed in (child for container in containers for child in container.imports):
        overloads = unbound.get(exposed.operation, [])
        if not overloads:
            message = f"{exposed.name} imports {exposed.operation}, which is not there"
            report(diagnostics, "csdl-unknown-operation", message, exposed.place)
        for operation in overloads:
            again = exposed.operation in imported
            suffix = f"@{exposed.name}" if again else ""
            yield replace(
                operation,
                id=f"{operation.id}{suffix}",
                name=exposed.name,
                path=(exposed.name,),
            )
        imported.add(exposed.operation)
    for name, overloads in unbound.items():
        for operation in overloads if name not in imported else ():
            message = f"no import exposes {operation.id}, so it cannot be called"
            report(diagnostics, "csdl-not-callable", message, operation.place)
