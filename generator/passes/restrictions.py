"""Restrictions: what the Capabilities vocabulary says of places, looked up by target.

Used by `verbs` and `resources`. What a restriction means stands in `vocabulary`; here
is whose word counts: that of the set or navigation property, then that of the type,
then those of its bases (CSDL 4.01 section 14.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from generator.model import Record
from generator.passes.vocabulary import (
    CAPABILITIES,
    Annotations,
    Restriction,
    restriction_of,
)

_TERMS: Final = {
    CAPABILITIES + name: name
    for name in (
        "InsertRestrictions",
        "UpdateRestrictions",
        "DeleteRestrictions",
        "ReadRestrictions",
        "CountRestrictions",
        "NavigationRestrictions",
    )
}


class Restrictions:
    """The restrictions of all targets, each read when it is first asked for."""

    def __init__(self, annotations: Annotations) -> None:
        self._records: dict[str, dict[str, Record]] = {}
        self._known: dict[tuple[str, str], Restriction] = {}
        for target, items in annotations.items():
            for item in items:
                term = _TERMS.get(item.term)
                if term and not item.qualifier and isinstance(item.value, Record):
                    self._records.setdefault(target, {}).setdefault(term, item.value)

    def __contains__(self, target: str) -> bool:
        return target in self._records

    def get(self, target: str, term: str) -> Restriction | None:
        """Give what a target's restriction says; None if the target does not have
        it."""
        record = self._records.get(target, _NONE).get(term)
        if record is None:
            return None
        known = self._known.get((target, term))
        if known is None:
            known = self._known[target, term] = restriction_of(record, term)
        return known


_NONE: Final[Mapping[str, Record]] = {}


class Rules:
    """What is said of a place: of itself (its set or property, "" for none) and of its
    type.

    `types` are the type and its bases, the nearest first.
    """

    def __init__(
        self, restrictions: Restrictions, owner: str, types: tuple[str, ...]
    ) -> None:
        self._restrictions = restrictions
        self._owner = owner
        self._targets = [target for target in (owner, *types) if target in restrictions]

    @property
    def silent(self) -> bool:
        """Whether nothing at all is said."""
        return not self._targets

    def own(self, term: str) -> Restriction | None:
        """Give what is said of the place itself, whatever is said of its type."""
        return self._restrictions.get(self._owner, term)

    def of(self, term: str) -> Restriction | None:
        """Give what the nearest restriction says; what it leaves open, the next one
        says.

        A record may have nothing but prose, and then leaves open what is allowed.
        """
        return self._joined(term, self.own(term))

    def _joined(self, term: str, own: Restriction | None) -> Restriction | None:
        found = own
        for target in self._targets:
            said = self._restrictions.get(target, term)
            if said is not None and target != self._owner:
                found = said if found is None else _completed(found, said)
        return found

    def by_key(self, term: str) -> Restriction | None:
        """Give what is said of reading one item of the collection that the place is.

        What ReadByKeyRestrictions leaves open, ReadRestrictions says (Capabilities
        vocabulary), but for its prose, which is about reading the collection.
        """
        own = self.own(term)
        if own is not None:
            own = replace(own, description="", long_description="")
        whole = self._joined(term, own)
        if whole is None or whole.by_key is None:
            return whole
        return _completed(whole.by_key, whole)


def _completed(nearest: Restriction, other: Restriction) -> Restriction:
    allowed = other.allowed if nearest.allowed is None else nearest.allowed
    return replace(
        nearest,
        allowed=allowed,
        description=nearest.description or other.description,
        long_description=nearest.long_description or other.long_description,
        permissions=nearest.permissions or other.permissions,
        methods=nearest.methods or other.methods,
        by_key=nearest.by_key or other.by_key,
    )
