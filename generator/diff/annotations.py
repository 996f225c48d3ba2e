"""Annotations compared, of which nothing in the model follows that would be told
elsewhere: so that no difference goes unsaid."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from generator.diff.changes import Change, Kind, Spot
from generator.diff.operations import signature
from generator.diff.versions import Versions
from generator.model import Annotation, Record, Value


def compare_annotations(versions: Versions, told: Collection[str]) -> Iterator[Change]:
    """Give the changes of annotations at targets that stand in both versions.

    `told` are the targets of which a change is reported already: what an annotation
    does to the model is said there.
    """
    calls = {
        item.id: (str(signature(item)), item.binding.type if item.binding else "")
        for item in versions.new.api.operations
    }
    old, new = versions.old.api.annotations, versions.new.api.annotations
    for target in sorted({*old, *new}):
        head, slash, member = target.partition("/")
        name, group = calls.get(
            head, (head, head if head in versions.new.types else "")
        )
        if f"{name}{slash}{member}" in told or not versions.both_have(target):
            continue
        was, now = _by_term(old.get(target, ())), _by_term(new.get(target, ()))
        for term in sorted({*was, *now}):
            before, after = was.get(term), now.get(term)
            if _bare(before) == _bare(after):
                continue
            what = (
                "is new" if not before else "is gone" if not after else "says otherwise"
            )
            spot = Spot(
                f"{name}{slash}{member}",
                group,
                before[0].place if before else None,
                after[0].place if after else None,
            )
            text = f"the annotation {term} {what}"
            consequence = "What follows from it, if anything, is listed where it shows."
            yield spot.tells(Kind.ANNOTATION, text, consequence)


def _by_term(
    annotations: tuple[Annotation, ...],
) -> Mapping[str, tuple[Annotation, ...]]:
    found: dict[str, tuple[Annotation, ...]] = {}
    for each in annotations:
        name = f"{each.term}#{each.qualifier}" if each.qualifier else each.term
        found[name] = (*found.get(name, ()), each)
    return found


def _bare(annotations: tuple[Annotation, ...] | None) -> object:
    """Give what annotations say, without where they stand."""
    return [
        (each.term, each.qualifier, _bare_value(each.value), _bare(each.annotations))
        for each in annotations or ()
    ]


def _bare_value(value: Value) -> object:
    if isinstance(value, tuple):
        return [_bare_value(item) for item in value]
    if isinstance(value, Record):
        members = {name: _bare_value(item) for name, item in value.properties}
        return value.type, members, _bare(value.annotations)
    return value
