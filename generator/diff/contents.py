"""Bodies and answers of requests compared, media type by media type.

A method takes the bodies of all media types, and gives what every answer of success
holds; other answers are errors that it raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.diff.changes import Change, Kind, Spot
from generator.diff.operations import compare_parameter, compare_required
from generator.diff.references import Way, compare_types, same_cardinality, shown
from generator.diff.statements import compare_docs
from generator.diff.versions import Versions
from generator.model import Body, Operation, Response


def compare_bodies(
    was: Operation, now: Operation, spot: Spot, versions: Versions
) -> Iterator[Change]:
    """Give the changes of a request's body."""
    at = replace(spot, target=f"{spot.target}/body")
    if was.body is None or now.body is None:
        yield from _body_or_none(was.body, now.body, at)
        return
    old = {each.media_type: each for each in (was.body, *was.other_bodies)}
    new = {each.media_type: each for each in (now.body, *now.other_bodies)}
    for media_type in old:
        if media_type in new:
            yield from _bodies(old[media_type], new[media_type], at, versions)
    lost, won = _only_in(old, new), _only_in(new, old)
    if lost:
        text = f"no longer taken: {', '.join(lost)}"
        consequence = "A call that sends the body so is refused."
        yield at.breaks(Kind.MEDIA_TYPE, text, consequence)
    if won:
        text = f"now taken as well: {', '.join(won)}"
        yield at.keeps(Kind.MEDIA_TYPE, text, "The body can be sent so, too.")
    yield from compare_required(was.body, now.body, at)
    yield from compare_docs(was.body, now.body, at)


def _body_or_none(was: Body | None, now: Body | None, spot: Spot) -> Iterator[Change]:
    if was is None and now is not None:
        text = f"a body of type {shown(now.type)} was added"
        if now.required:
            consequence = "A call without it is refused."
            yield spot.breaks(Kind.PARAMETER_ADDED, text, consequence)
        else:
            yield spot.keeps(Kind.PARAMETER_ADDED, text, "Calls go on without it.")
    elif was is not None:
        text, consequence = "the body was removed", "A call that gives it fails."
        yield spot.breaks(Kind.PARAMETER_REMOVED, text, consequence)


def _bodies(was: Body, now: Body, spot: Spot, versions: Versions) -> Iterator[Change]:
    yield from compare_types(was.type, now.type, Way.GIVEN, spot, versions)
    if same_cardinality(was.type, now.type, versions) and was.nullable != now.nullable:
        if now.nullable:
            text, consequence = "null is now allowed", "None may be given."
            yield spot.keeps(Kind.NULLABILITY, text, consequence)
        else:
            text, consequence = "null is no longer allowed", "None is refused."
            yield spot.breaks(Kind.NULLABILITY, text, consequence)
    if was.encodings != now.encodings:
        text = f"how its parts are written changed ({was.media_type})"
        consequence = "The method writes them so; calls stay as they are."
        yield spot.keeps(Kind.SERIALIZATION, text, consequence)


def compare_answers(
    was: Operation, now: Operation, spot: Spot, versions: Versions
) -> Iterator[Change]:
    """Give the changes of what a request answers, status by status."""
    old, new = _by_status(was.responses), _by_status(now.responses)
    for status in {**old, **new}:
        at = replace(spot, target=f"{spot.target}/{status}")
        before, after = old.get(status), new.get(status)
        if before is None and after is not None:
            yield _added(status, after, at)
        elif after is None:
            yield _removed(status, at)
        elif before is not None:
            yield from _answers(status, before, after, at, versions)


_Answers = Mapping[str, Response]


def _by_status(responses: Iterable[Response]) -> Mapping[str, _Answers]:
    """Give the answers by status and media type."""
    found: dict[str, dict[str, Response]] = {}
    for each in responses:
        found.setdefault(each.status, {})[each.media_type] = each
    return found


def _is_success(status: str) -> bool:
    return status.startswith("2")


def _added(status: str, answers: _Answers, spot: Spot) -> Change:
    types = list(dict.fromkeys(_shown(each) for each in answers.values()))
    text = f"the answer is new: {' or '.join(types)}"
    if _is_success(status):
        consequence = "The method may give what it holds, beside what it gave before."
        return spot.breaks(Kind.ANSWER_ADDED, text, consequence)
    consequence = "It was an error without a type before; the exception has one now."
    return spot.keeps(Kind.ANSWER_ADDED, text, consequence)


def _removed(status: str, spot: Spot) -> Change:
    text = "the answer is no longer described"
    if _is_success(status):
        consequence = "The method no longer gives what it held."
        return spot.keeps(Kind.ANSWER_REMOVED, text, consequence)
    consequence = "Such an error is raised without a type of its own."
    return spot.keeps(Kind.ANSWER_REMOVED, text, consequence)


def _shown(answer: Response) -> str:
    if answer.item_type is not None:
        return f"a sequence of {shown(answer.item_type)}"
    return shown(answer.type) if answer.type is not None else "nothing"


def _answers(
    status: str, old: _Answers, new: _Answers, spot: Spot, versions: Versions
) -> Iterator[Change]:
    told: set[tuple[Kind, str]] = set()
    for media_type, was in old.items():
        now = new.get(media_type)
        for change in _pair(was, now, spot, versions) if now else ():
            # what holds of the answer in each of its media types is told once
            if (change.kind, change.text) not in told:
                told.add((change.kind, change.text))
                yield change
    lost, won = _only_in(old, new), _only_in(new, old)
    if lost:
        text = f"no longer comes as {_named(lost)}"
        if _is_success(status):
            consequence = "A call that asks for it so is refused."
            yield spot.breaks(Kind.MEDIA_TYPE, text, consequence)
        else:
            yield spot.keeps(Kind.MEDIA_TYPE, text, "The error says so otherwise.")
    if won:
        text = f"now comes as {_named(won)} as well"
        yield spot.keeps(Kind.MEDIA_TYPE, text, "It can be asked for so, too.")


def _named(media_types: Iterable[str]) -> str:
    return ", ".join(each or "(none)" for each in media_types)


def _pair(
    was: Response, now: Response, spot: Spot, versions: Versions
) -> Iterator[Change]:
    before, after = was.item_type or was.type, now.item_type or now.type
    if (was.item_type is None) != (now.item_type is None):
        text = f"{_shown(was)} became {_shown(now)}"
        consequence = "The method gives it in another way."
        yield spot.breaks(Kind.RESULT, text, consequence)
    elif before is None or after is None:
        if before is not after:
            text = f"{_shown(was)} became {_shown(now)}"
            consequence = "The method gives " + (
                "None where it gave a value."
                if after is None
                else "a value where it gave None."
            )
            change = spot.breaks if after is None else spot.keeps
            yield change(Kind.RESULT, text, consequence)
    else:
        yield from compare_types(before, after, Way.READ, spot, versions)
        yield from _nullability(was, now, spot, versions)
    yield from _headers(was, now, spot, versions)
    yield from compare_docs(was, now, spot)


def _nullability(
    was: Response, now: Response, spot: Spot, versions: Versions
) -> Iterator[Change]:
    if was.type is None or now.type is None or was.nullable == now.nullable:
        return
    if not same_cardinality(was.type, now.type, versions):
        return
    if now.nullable:
        text, consequence = "the result may now be null", "It may be None."
        yield spot.breaks(Kind.NULLABILITY, text, consequence)
    else:
        text, consequence = "the result is never null now", "It is never None."
        yield spot.keeps(Kind.NULLABILITY, text, consequence)


def _headers(
    was: Response, now: Response, spot: Spot, versions: Versions
) -> Iterator[Change]:
    """Headers are read from the answer by name, whatever its case, as text."""
    old = {header.name.lower(): header for header in was.headers}
    new = {header.name.lower(): header for header in now.headers}
    for name, header in {**old, **new}.items():
        at = replace(spot, target=f"{spot.target}/{header.name}")
        if name not in new:
            text = "the header is no longer described"
            consequence = "Code that reads it may not find it."
            yield at.breaks(Kind.HEADER, text, consequence)
        elif name not in old:
            text, consequence = "the header is new", "It can be read of the answer."
            yield at.keeps(Kind.HEADER, text, consequence)
        else:
            for change in compare_parameter(old[name], new[name], at, versions):
                said = change.kind in (Kind.DESCRIPTION, Kind.DEPRECATION)
                text = f"the header: {change.text}"
                consequence = "Headers are read as text, whatever their type."
                yield change if said else at.keeps(Kind.HEADER, text, consequence)


def _only_in(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    return [name for name in one if name not in other]
