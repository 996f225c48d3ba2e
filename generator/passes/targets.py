"""Targets: what each annotation is about.

The last part of `resolve`. Keys of `Api.annotations` come from the reader as they stand
in the source, with aliases expanded; here they are matched with what exists (CSDL 4.01
section 14.2.2), and those of operations are rewritten to operation ids, so that whoever
looks for the annotations of something finds them under one key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from functools import cached_property

from generator.diagnostics import Diagnostics
from generator.model import (
    Alias,
    Annotation,
    Api,
    Enum,
    Operation,
    Struct,
)
from generator.lineage import Lineage
from generator.passes.suggestions import Suggestions

Annotations = Mapping[str, tuple[Annotation, ...]]


def resolve_targets(
    api: Api, lineage: Lineage, overlays: frozenset[str], diagnostics: Diagnostics
) -> dict[str, tuple[Annotation, ...]]:
    """Give the annotations by targets that exist, one per term and qualifier.

    A target that matches nothing is left out: an error if the annotation stands in one
    of the files `overlays`, else a warning. Of a term applied twice the last one stays;
    this is a warning unless it stands in `overlays`, whose purpose is to replace.
    """
    index = TargetIndex(api, lineage)
    general: dict[str, tuple[Annotation, ...]] = {}
    special: dict[str, tuple[Annotation, ...]] = {}
    for target, annotations in api.annotations.items():
        single = _without_doubles(target, annotations, overlays, diagnostics)
        keys = index.keys(target)
        if not keys:
            _report_unknown(target, single, index, overlays, diagnostics)
        elif keys == (target,):
            special[target] = single
        else:
            layer = special if "(" in target else general
            for key in keys:
                layer[key] = _merged(layer.get(key, ()), single)
    for key, annotations in special.items():
        general[key] = _merged(general.get(key, ()), annotations)
    return general


def _merged(
    first: tuple[Annotation, ...], second: tuple[Annotation, ...]
) -> tuple[Annotation, ...]:
    if not first:
        return second
    found = {(item.term, item.qualifier): item for item in first}
    found.update({(item.term, item.qualifier): item for item in second})
    return tuple(found.values())


def _without_doubles(
    target: str,
    annotations: tuple[Annotation, ...],
    overlays: frozenset[str],
    diagnostics: Diagnostics,
) -> tuple[Annotation, ...]:
    if len(annotations) == 1:
        return annotations
    found: dict[tuple[str, str], Annotation] = {}
    for item in annotations:
        key = (item.term, item.qualifier)
        earlier = found.get(key)
        if earlier is not None and _contradicts(item, earlier, overlays):
            where = f", first at {earlier.place}" if earlier.place else ""
            diagnostics.warning(
                "annotation-duplicate",
                f"{item.term} is applied twice to {target}{where}; the last one holds",
                item.place,
            )
        found[key] = item
    return annotations if len(found) == len(annotations) else tuple(found.values())


def _contradicts(
    item: Annotation, earlier: Annotation, overlays: frozenset[str]
) -> bool:
    """Say whether a second saying is another one, and not meant to replace the
    first."""
    return item.value != earlier.value and not _stands_in(item, overlays)


def _stands_in(annotation: Annotation, files: frozenset[str]) -> bool:
    return annotation.place is not None and annotation.place.file in files


def _report_unknown(
    target: str,
    annotations: tuple[Annotation, ...],
    index: TargetIndex,
    overlays: frozenset[str],
    diagnostics: Diagnostics,
) -> None:
    own = [item for item in annotations if _stands_in(item, overlays)]
    first = (own or annotations)[0] if annotations else None
    report = diagnostics.error if own else diagnostics.warning
    report(
        "annotation-target",
        f"annotations are about {target!r}, which does not exist{index.hint(target)}",
        first.place if first else None,
    )


class TargetIndex:
    """What annotations can be about, looked up by target."""

    def __init__(self, api: Api, lineage: Lineage) -> None:
        self._types = api.types
        self._roots = {root.target: root for root in api.roots}
        self._containers = {root.target.partition("/")[0] for root in api.roots}
        self._containers.add(f"{api.namespace}.{api.name}")
        self._lineage = lineage
        self._members: dict[str, Suggestions] = {}
        self._enums: dict[str, Container[str]] = {}
        self._unread = api.included
        self._others = {*api.terms, *api.namespaces, *api.included}
        self._overloads: defaultdict[str, list[Operation]] = defaultdict(list)
        self._exact: defaultdict[str, list[Operation]] = defaultdict(list)
        self._bound: defaultdict[tuple[str, str], list[Operation]] = defaultdict(list)
        for operation in api.operations:
            name = operation.id.partition("(")[0]
            self._overloads[name].append(operation)
            self._exact[operation.id].append(operation)
            self._bound[name, _binding_type(operation)].append(operation)

    def keys(self, target: str) -> tuple[str, ...]:
        """Give the keys that a target stands for: several for all overloads of a
        name."""
        known = self._known_keys(target)
        return known or ((target,) if self._is_elsewhere(target) else ())

    def _known_keys(self, target: str) -> tuple[str, ...]:
        head, below = _split(target)
        if head in self._types:
            found = not below or self._is_member(head, below)
            return (target,) if found else ()
        if head in self._containers:
            return (target,) if self._is_in_container(head, below) else ()
        overloads = self._operations(head)
        if overloads:
            return tuple(
                [
                    f"{operation.id}/{below}" if below else operation.id
                    for operation in overloads
                    if not below or _is_part(operation, below)
                ]
            )
        return (target,) if head in self._others and not below else ()

    def _is_elsewhere(self, target: str) -> bool:
        """Say whether a target has a part in a document that was not read, so that
        nobody can tell whether it exists."""
        names = [part.partition("(")[0] for part in target.split("/")]
        return any(name.rpartition(".")[0] in self._unread for name in names)

    def _is_member(self, type_id: str, below: str) -> bool:
        path = _before_annotation(below)
        definition = self._types[type_id]
        if not path:
            return True
        if isinstance(definition, Struct):
            return self._is_below_struct(type_id, path)
        if isinstance(definition, Alias):
            return False
        return path in self._names(definition)

    def _names(self, definition: Enum) -> Container[str]:
        found = self._enums.get(definition.id)
        if found is None:
            found = frozenset([member.name for member in definition.members])
            self._enums[definition.id] = found
        return found

    def _is_below_struct(self, type_id: str, path: str) -> bool:
        """Say whether a path leads to a member, or to a part of a navigation property:
        ".../$OnDelete", ".../$ReferentialConstraint/<dependent property>"."""
        path, _, part = path.partition("/$")
        end = self._lineage.walk(type_id, path.split("/"))
        if end is None or not part:
            return end is not None
        _, member = end
        navigation = member.navigation if member is not None else None
        if navigation is None:
            return False
        kind, _, dependent = part.partition("/")
        if kind == "OnDelete":
            return bool(navigation.on_delete) and not dependent
        names = [own for own, _ in navigation.referential_constraints]
        return kind == "ReferentialConstraint" and dependent in names

    def _is_in_container(self, container: str, below: str) -> bool:
        path = _before_annotation(below)
        if not path:
            return True
        name, _, rest = path.partition("/")
        root = self._roots.get(f"{container}/{name}")
        if root is not None:
            segments = rest.split("/") if rest else []
            return self._lineage.walk(root.type, segments) is not None
        return any(
            operation.binding is None and (not rest or _is_part(operation, rest))
            for operation in self._imports.get(name, ())
        )

    @cached_property
    def _imports(self) -> Mapping[str, list[Operation]]:
        found: defaultdict[str, list[Operation]] = defaultdict(list)
        for overloads in self._overloads.values():
            for operation in overloads:
                found[operation.name].append(operation)
                found[operation.name.rpartition(".")[2]].append(operation)
        return found

    def _operations(self, head: str) -> list[Operation]:
        name, bracket, signature = head.partition("(")
        if not bracket:
            return self._overloads.get(name, [])
        binding = signature.removesuffix(")")
        return self._exact.get(head) or self._bound.get((name, binding), [])

    def hint(self, target: str) -> str:
        """Give a suggestion for a target that does not exist, or nothing."""
        head, below = _split(target)
        definition = self._types.get(head)
        if not below or not isinstance(definition, Struct | Enum):
            return self._suggestions.hint(head)
        if head not in self._members:
            names = (
                [*self._lineage.members(head)]
                if isinstance(definition, Struct)
                else [item.name for item in definition.members]
            )
            self._members[head] = Suggestions(names)
        return self._members[head].hint(below)

    @cached_property
    def _suggestions(self) -> Suggestions:
        ids = [item.id for group in self._overloads.values() for item in group]
        return Suggestions([*self._types, *ids, *self._containers])


def _split(target: str) -> tuple[str, str]:
    """Split before the first "/", but not inside the parentheses of an overload."""
    closing = target.rfind(")")
    if closing < 0:
        head, _, below = target.partition("/")
        return head, below
    return target[: closing + 1], target[closing + 2 :]


def _before_annotation(path: str) -> str:
    """Take off a last segment "@Term": that annotates an annotation (section
    14.2.2)."""
    head, at, _ = path.partition("@")
    return head.rstrip("/") if at else path


def _is_part(operation: Operation, below: str) -> bool:
    name = _before_annotation(below)
    if not name or name == "$ReturnType":
        return True
    if operation.binding is not None and name == operation.binding.parameter:
        return True
    return any(parameter.name == name for parameter in operation.parameters)


def _binding_type(operation: Operation) -> str:
    binding = operation.binding
    if binding is None:
        return ""
    return f"Collection({binding.type})" if binding.many else binding.type
