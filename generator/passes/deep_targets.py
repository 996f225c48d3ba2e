"""Deep targets: what is said of places below a set or singleton, said of properties.

A part of `annotate`. A resource is keyed by its type, so one path of the many that lead
to it cannot differ from the others: "<container>/users/authentication/methods" speaks
for "<type of authentication>/methods".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from generator.diagnostics import Diagnostics
from generator.model import Annotation, Named, Root, Struct, TypeDef
from generator.lineage import Lineage
from generator.passes.vocabulary import CAPABILITIES, CORE, Annotations

_Key: TypeAlias = tuple[str, str]
_Told: TypeAlias = dict[_Key, tuple[str, Annotation]]

_FOLDED: Final = frozenset(
    {
        CORE + "Description",
        CORE + "LongDescription",
        CORE + "Links",
        CORE + "ExplicitOperationBindings",
    }
)
"""Terms of Core that are about a place; the others are about the property's values."""


class DeepTargets:
    """Finds the property at the end of each path."""

    def __init__(
        self, types: Mapping[str, TypeDef], roots: tuple[Root, ...], lineage: Lineage
    ) -> None:
        self._types = types
        self._roots = {root.target: root for root in roots}
        self._lineage = lineage

    def fold(self, annotations: Annotations, diagnostics: Diagnostics) -> Annotations:
        """Give the annotations with those of paths added to those of properties.

        What a property says itself holds, and then what the first path says, in the
        order of the paths. Where another path says something else there is an
        "annotation-path" in `diagnostics`.
        """
        said: dict[str, _Told] = {}
        for target, owner in sorted(self._ends(annotations)):
            places = [item for item in annotations[target] if _is_of_place(item)]
            if places and owner not in said:
                own = annotations.get(owner, ())
                said[owner] = {_key(item): (owner, item) for item in own}
            for item in places:
                _tell(said[owner], item, target, owner, diagnostics)
        if not said:
            return annotations
        found = {
            owner: tuple([item for _, item in told.values()])
            for owner, told in said.items()
        }
        return {**annotations, **found}

    def _ends(self, targets: Annotations) -> Iterator[tuple[str, str]]:
        """Give the targets that are paths, each with "<declaring type>/<property>"."""
        for target in targets:
            container, _, path = target.partition("/")
            name, _, below = path.partition("/")
            root = self._roots.get(f"{container}/{name}")
            owner = self._end(root, below.split("/")) if root and below else ""
            if owner:
                yield target, owner

    def _end(self, root: Root, segments: list[str]) -> str:
        start = self._lineage.walk(root.type, segments[:-1])
        if start is None or "." in segments[-1]:
            return ""
        type_id, _ = start
        member = self._lineage.member(type_id, segments[-1])
        if member is None:
            return ""
        # A property that leads to no other place has nothing of its own to say.
        is_place = member.navigation is not None or (
            isinstance(member.type, Named)
            and isinstance(self._types.get(member.type.id), Struct)
        )
        owner = f"{self._lineage.declaring(type_id, member.name)}/{member.name}"
        return owner if is_place else ""


def _key(item: Annotation) -> _Key:
    return item.term, item.qualifier


def _tell(
    told: _Told, item: Annotation, target: str, owner: str, diagnostics: Diagnostics
) -> None:
    source, first = told.setdefault(_key(item), (target, item))
    if first.value != item.value:
        diagnostics.info(
            "annotation-path",
            f"{item.term} of {target!r} differs from that of {source!r}, which holds "
            f"for every place of {owner}",
            item.place,
        )


def _is_of_place(item: Annotation) -> bool:
    return item.term.startswith(CAPABILITIES) or item.term in _FOLDED
