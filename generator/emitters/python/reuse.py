"""Which modules of a package need not be rendered again: those of types about which
nothing is said that was not said before.

Each type and place is noted by a fingerprint. What is said of a type stands in its own
modules, and in those of types that are derived from it or mention it: all of these are
rendered again where it changes. Where a type comes or goes, or something changes that
concerns all, everything is.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from generator import model
from generator.model import Alias, Api, PathPermissions, Place, Struct

_WHOLE = "api"


@dataclass(frozen=True, slots=True)
class Prints:
    """The fingerprints of an Api, and what they were made of, by "type <id>" and
    "place <id>"; "api" is for all the rest."""

    hashes: Mapping[str, str]
    said: Mapping[str, bytes]


def fingerprints(api: Api) -> Prints:
    """Note what an Api says.

    Annotations are left out: the passes have read them, and no Python is made of them.
    The names are those of the catalogue, in which what was there keeps its name.
    """
    said = {f"type {id_}": _bytes(each) for id_, each in api.types.items()}
    said |= {f"place {id_}": _bytes(each) for id_, each in api.resources.items()}
    said[_WHOLE] = _bytes(_rest(api))
    hashes = {
        key: blake2b(data, digest_size=12).hexdigest() for key, data in said.items()
    }
    return Prints(hashes, said)


def _rest(api: Api) -> tuple[object, ...]:
    """What else an Api says; sets, which have no order, as lists."""
    sets = (api.namespaces, api.included, api.default_namespaces)
    rest = replace(
        api,
        types={},
        resources={},
        catalogue=None,
        annotations={},
        path_permissions=PathPermissions(),
        operations=tuple([each for each in api.operations if each.binding is None]),
        namespaces=frozenset(),
        included=frozenset(),
        default_namespaces=frozenset(),
    )
    return rest, *map(sorted, sets)


def changed_types(
    api: Api, before: Mapping[str, str], now: Prints
) -> frozenset[str] | None:
    """Give the types whose modules have to be rendered again, None for all of them."""
    if before.keys() != now.hashes.keys() or before[_WHOLE] != now.hashes[_WHOLE]:
        return None
    changed = {key for key, known in before.items() if known != now.hashes[key]}
    types = {id_ for id_ in api.types if f"type {id_}" in changed}
    types |= {
        each.type for id_, each in api.resources.items() if f"place {id_}" in changed
    }
    types = _with_derived(api, types)
    return frozenset(_with_derived(api, types | _mentioning(api, types, now)))


def _with_derived(api: Api, types: Iterable[str]) -> set[str]:
    """Add what stands on types: derived ones, and other names for them."""
    found = set(types)
    above: dict[str, list[str]] = {}
    for definition in api.types.values():
        if isinstance(definition, Struct) and definition.base is not None:
            above.setdefault(definition.base, []).append(definition.id)
    waiting = list(found)
    while waiting:
        for derived in above.get(waiting.pop(), ()):
            if derived not in found:
                found.add(derived)
                waiting.append(derived)
    return found


def _mentioning(api: Api, types: Iterable[str], now: Prints) -> set[str]:
    """Give the types that mention others, or whose places do; aliases of such count as
    what they stand for."""
    words = {type_id.encode("utf-8", "surrogatepass") for type_id in types}
    found: set[str] = set()
    while words:
        new = {
            owner
            for key, data in now.said.items()
            if (owner := _owner(api, key)) not in found
            and any(word in data for word in words)
        }
        found |= new
        aliases = {each for each in new if isinstance(api.types.get(each), Alias)}
        words = {each.encode("utf-8", "surrogatepass") for each in aliases}
    return found - {""}


def _owner(api: Api, key: str) -> str:
    kind, _, id_ = key.partition(" ")
    return api.resources[id_].type if kind == "place" else id_


def _bytes(said: object) -> bytes:
    """Give something as bytes, but for the lines where it is said."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCTIONS
    pickler.dump(said)
    return stream.getvalue()


def _reduction(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Give what takes a record apart: in half of the time that it takes by itself."""
    names = [each.name for each in fields(kind)]
    if kind is Place or not names:
        return lambda record: (kind, ())
    parts = attrgetter(*names)
    return lambda record: (kind, (parts(record),))


_REDUCTIONS: dict[type[Any], Callable[[Any], tuple[Any, ...]]] = {
    kind: _reduction(kind)
    for kind in vars(model).values()
    if isinstance(kind, type) and is_dataclass(kind)
}
