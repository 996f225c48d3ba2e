"""Annotations compared, of which nothing in the model follows that would be told
elsewhere: so that no difference goes unsaid.

The last step of a comparison. Permissions are among it: a place that several ways lead
to has none of its own in the model, although something is said of each way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.diff.changes import Change, Kind, Spot
from generator.diff.operations import signature
from generator.diff.statements import compare_permissions
from generator.diff.versions import Versions
from generator.model import Annotation, Permission, Record, Value
from generator.passes.vocabulary import CAPABILITIES, CORE, restriction_of

_PROSE = (f"{CORE}Description", f"{CORE}LongDescription")
_Items = tuple[Annotation, ...]


def compare_annotations(versions: Versions, told: Iterable[Change]) -> Iterator[Change]:
    """Give the changes of annotations at targets that stand in both versions, but for
    those of which `told` tells the consequence."""
    kinds: dict[str, set[Kind]] = {}
    for change in told:
        kinds.setdefault(change.target, set()).add(change.kind)
    calls = {
        item.id: (str(signature(item)), item.binding.type if item.binding else "")
        for item in versions.new.api.operations
    }
    old, new = versions.old.api.annotations, versions.new.api.annotations
    for target in sorted({*old, *new}):
        if not versions.both_have(target):
            continue
        head, slash, member = target.partition("/")
        own_group = head if head in versions.new.types else ""
        name, group = calls.get(head, (head, own_group))
        name += slash + member
        was, now = _by_term(old.get(target, ())), _by_term(new.get(target, ()))
        for term in sorted({*was, *now}):
            before, after = was.get(term, ()), now.get(term, ())
            if _bare(before) != _bare(after):
                places = [each[0].place if each else None for each in (before, after)]
                spot = Spot(name, group, *places)
                yield from _one_term(term, before, after, spot, kinds.get(name, set()))


def _one_term(
    term: str, before: _Items, after: _Items, spot: Spot, told: set[Kind]
) -> Iterator[Change]:
    """Give what is to be told of a term, given the kinds of what is told already."""
    restricts = term.startswith(CAPABILITIES) and "Restrictions" in term
    if restricts and Kind.PERMISSIONS not in told:
        of = f" in {term.removeprefix(CAPABILITIES)}"
        found = list(
            compare_permissions(_permissions(before), _permissions(after), spot, of)
        )
        if found:
            yield from found
            return
    # restrictions hold prose of their own
    prose = {Kind.DESCRIPTION} if restricts or term in _PROSE else set[Kind]()
    if told & prose or (term not in _PROSE and told - {Kind.DESCRIPTION}):
        return
    what = "is new" if not before else "says otherwise" if after else "is gone"
    consequence = "What follows from it, if anything, is listed where it shows."
    yield spot.tells(Kind.ANNOTATION, f"the annotation {term} {what}", consequence)


def _permissions(items: _Items) -> tuple[Permission, ...]:
    for each in items:
        if isinstance(each.value, Record):
            return restriction_of(each.value, "").permissions
    return ()


def _by_term(annotations: _Items) -> Mapping[str, _Items]:
    found: dict[str, _Items] = {}
    for each in annotations:
        name = f"{each.term}#{each.qualifier}" if each.qualifier else each.term
        found[name] = (*found.get(name, ()), each)
    return found


def _bare(annotations: _Items) -> object:
    """Give what annotations say, without where they stand."""
    return [
        (each.term, each.qualifier, _bare_value(each.value), _bare(each.annotations))
        for each in annotations
    ]


def _bare_value(value: Value) -> object:
    if isinstance(value, tuple):
        return [_bare_value(item) for item in value]
    if isinstance(value, Record):
        members = {name: _bare_value(item) for name, item in value.properties}
        return value.type, members, _bare(value.annotations)
    return value
