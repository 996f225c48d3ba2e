"""What actions and functions wish to be called, and how their names are found again.

Overloads share a method as long as they give the same: what a method gives cannot depend
on the arguments that it is called with. `names` keeps what is wished for here apart from
the other attributes of a place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.emitters.python.spelling import snake, split_id
from generator.model import (
    ListOf,
    Named,
    Operation,
    OperationKind,
    Scalar,
    StreamType,
    TypeRef,
)


def in_order(overloads: Sequence[Operation]) -> list[Operation]:
    """The overload with the fewest parameters first, whatever the order of the source:
    checkers take the first that fits."""
    return sorted(
        overloads,
        key=lambda each: (len(each.parameters), [p.name for p in each.parameters]),
    )


def call_wishes(
    operations: Sequence[Operation], leading: Sequence[Operation]
) -> dict[str, str]:
    """What actions and functions wish to be called, by their key; `leading` are those
    that lead to a place.
    """
    actions = {each.name for each in operations if each.kind is OperationKind.ACTION}
    places = {each.name for each in leading}

    def place(each: Operation) -> str:
        wish = snake(split_id(each.name)[1])
        return f"{wish}_place" if each.name in actions else wish

    def call(each: Operation) -> str:
        wish = snake(split_id(each.name)[1])
        twin = each.kind is OperationKind.FUNCTION and each.name in actions | places
        return f"{wish}_function" if twin else wish

    wishes = _by_result(leading, _place_key, place)
    return wishes | _by_result(operations, _call_key, call)


def _by_result(
    operations: Sequence[Operation],
    key_of: Callable[[Operation], str],
    wish_of: Callable[[Operation], str],
) -> dict[str, str]:
    """One wish for all overloads, and one more for each other result than the first
    has."""
    wishes: dict[str, str] = {}
    first: dict[str, str] = {}
    for each in in_order(operations):
        key, result = key_of(each), _result(each)
        if first.setdefault(key, result) == result:
            wishes[key] = wish_of(each)
        else:
            word = snake(split_id(result)[1])
            wishes[f"{key} {result}"] = f"{wish_of(each)}_{word}"
    return wishes


def call_name(names: Mapping[str, str], operation: Operation) -> str:
    """The name of an action or function at a place whose names are given."""
    return _found(names, _call_key(operation), operation)


def place_name(names: Mapping[str, str], operation: Operation) -> str:
    """The name of a function that leads to a place, at a place whose names are given."""
    return _found(names, _place_key(operation), operation)


def _found(names: Mapping[str, str], key: str, operation: Operation) -> str:
    return names.get(f"{key} {_result(operation)}") or names[key]


def _call_key(operation: Operation) -> str:
    """What tells a call from the others of its place: overloads share it, an action and
    a function of one name do not.
    """
    kind = "function" if operation.kind is OperationKind.FUNCTION else ""
    return f"{operation.name}() {kind}"


def _place_key(operation: Operation) -> str:
    """What tells a function that leads to a place from its overloads that do not."""
    return f"{operation.name}() place"


def _result(operation: Operation) -> str:
    """What an operation gives, in a word."""
    result = operation.result
    return _word(result.type) if result and result.type else "nothing"


def _word(ref: TypeRef) -> str:
    match ref:
        case Named(type_id):
            return type_id
        case Scalar(kind):
            return kind.value
        case ListOf(item):
            return f"{_word(item)}-list"
        case StreamType():
            return "stream"
        case _:
            return "any"
