"""Small Apis at random, of names that get into each other's way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from emitters.building import past_the_reader
from hypothesis import strategies as st

from generator.model import (
    Alias,
    Annotation,
    AnyType,
    Api,
    Binding,
    Constraints,
    Deprecation,
    Doc,
    Enum,
    EnumMember,
    KeyPart,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Navigation,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    Property,
    Record,
    Response,
    Root,
    Scalar,
    ScalarKind,
    StreamType,
    Struct,
    TypeRef,
    UnionOf,
    Value,
)

TEXT = Scalar(ScalarKind.STRING)

NAMESPACES = ("ns", "ns.sub", "far")

TYPES = """
user User users userResource userCollection asyncUser userReference userMember
userLinks userPlace none class Pages any DATE decimal resource con foo_bar fooBar
FooBar 用户 straße strasse x2 sequence asyncPages model field
""".split()

MEMBERS = """
id ID Id fooBar foo_bar FooBar Limits limits LIMITS STRING class field list update get
delete self asUser as_user delta dt str property overload tuple key nested toDict
to_dict cast at user 用户 _x __x__ x- x.y a1 1a value @ additional optional UNSET create
""".split()


@dataclass(frozen=True)
class Words:
    """Where an Api takes its names and its prose from."""

    namespaces: st.SearchStrategy[str]
    types: st.SearchStrategy[str]
    members: st.SearchStrategy[str]
    texts: st.SearchStrategy[str]


AWKWARD = Words(
    st.sampled_from(NAMESPACES),
    st.sampled_from(TYPES),
    st.sampled_from(MEMBERS),
    st.just(""),
)


def apis(words: Words = AWKWARD, *, every: bool = False) -> st.SearchStrategy[Api]:
    """Apis with some types, operations and ways in; `every` kind of type, or only those
    that OData has."""
    return _apis(words, every)


@st.composite
def _apis(draw: st.DrawFn, words: Words, every: bool) -> Api:
    names = st.builds("{}.{}".format, words.namespaces, words.types)
    ids = draw(st.lists(names, min_size=1, max_size=7, unique=True))
    possible = ["entity", "complex", "enum", *["alias"] * every]
    kinds = {id_: draw(st.sampled_from(possible)) for id_ in ids}
    kinds[ids[0]] = "entity"
    world = _World(draw, words, kinds, every)
    for id_ in ids:
        world.add_type(id_)
    operations = [world.operation() for _ in range(draw(st.integers(0, 6)))]
    roots = world.roots()
    return past_the_reader(
        world.types.values(),
        {call.id: call for call in operations}.values(),
        roots,
        name=draw(words.texts) or "Zoo",
        annotations={root.target: world.annotations() for root in roots},
    )


def _record(**properties: Value) -> Record:
    return Record("", tuple(properties.items()))


class _World:
    """What is there already while an Api is made."""

    def __init__(
        self, draw: st.DrawFn, words: Words, kinds: dict[str, str], every: bool
    ) -> None:
        self._draw = draw
        self._words = words
        self._kinds = kinds
        self._every = every
        self.types: dict[str, Any] = {}

    def add_type(self, id_: str) -> None:
        """Make a type; those before it may be its bases."""
        makers = {"enum": self._enum, "alias": self._alias}
        self.types[id_] = makers.get(self._kinds[id_], self._struct)(id_)

    def operation(self) -> Operation:
        """Make an action or a function."""
        structs = [
            id_ for id_, kind in self._kinds.items() if kind not in ("enum", "alias")
        ]
        name = f"{self._draw(self._words.namespaces)}.{self._draw(self._words.members)}"
        bound = None
        if self._coin():
            bound = Binding(self._draw(st.sampled_from(structs)), self._coin())
        is_action = self._coin()
        kind = OperationKind.ACTION if is_action else OperationKind.FUNCTION
        parameters = tuple(self._parameter(wire) for wire in self._members(3))
        given = " ".join(sorted(parameter.name for parameter in parameters))
        result = self._ref() if self._coin() else None
        return Operation(
            id=f"{name} {kind} {bound} {given}",
            name=name,
            kind=kind,
            method="POST" if is_action else "GET",
            binding=bound,
            parameters=parameters,
            responses=(Response("200", result, self._coin()),),
            composable=not is_action and self._coin(),
            doc=self._doc(),
            deprecation=self._deprecation(),
        )

    def roots(self) -> list[Root]:
        """Make ways into the service."""
        entities = [id_ for id_ in self._kinds if self._kinds[id_] == "entity"]
        return [
            Root(
                name,
                self._draw(st.sampled_from(entities)),
                self._coin(),
                f"ns.C/{name}",
                doc=self._doc(),
            )
            for name in self._members(4)
        ]

    def annotations(self) -> tuple[Annotation, ...]:
        """Say something of a way in."""
        header = {"Name": self._text(), "Description": self._text()}
        said: dict[str, Value] = {
            "Capabilities.V1.FilterRestrictions": _record(
                NonFilterableProperties=(self._text(), self._text())
            ),
            "Capabilities.V1.SelectSupport": _record(Supported=False),
            "Capabilities.V1.ReadRestrictions": _record(
                CustomHeaders=(_record(**header),)
            ),
            "Core.V1.OptimisticConcurrency": (),
        }
        return tuple(
            Annotation(f"Org.OData.{term}", value)
            for term, value in said.items()
            if self._coin()
        )

    def _text(self) -> str:
        return self._draw(self._words.texts)

    def _coin(self) -> bool:
        return self._draw(st.booleans())

    def _members(self, most: int = 6) -> list[str]:
        return self._draw(st.lists(self._words.members, max_size=most, unique=True))

    def _doc(self) -> Doc:
        return Doc(self._draw(self._words.texts), self._draw(self._words.texts))

    def _deprecation(self) -> Deprecation | None:
        texts = self._words.texts
        return self._draw(st.none() | st.builds(Deprecation, texts, texts, texts))

    def _enum(self, id_: str) -> Enum:
        members = tuple(EnumMember(name, doc=self._doc()) for name in self._members())
        return Enum(id_, members, is_flags=self._coin(), doc=self._doc())

    def _alias(self, id_: str) -> Alias:
        """Definitions may well be of one another, or of themselves."""
        constraints = self._constraints() if self._coin() else None
        return Alias(id_, self._ref(), self._coin(), constraints, doc=self._doc())

    def _struct(self, id_: str) -> Struct:
        is_entity = self._kinds[id_] == "entity"
        bases = [each for each in self.types if self._kinds[each] == self._kinds[id_]]
        base = self._draw(st.sampled_from([None, *bases]))
        taken = {"id"} | self._inherited(base)
        names = [name for name in self._members() if name not in taken]
        properties = [self._property(name) for name in names]
        is_first = is_entity and base is None
        if is_first:
            properties.append(Property("id", TEXT, nullable=False))
        return Struct(
            id_,
            base=base,
            open=self._coin(),
            additional=self._ref() if self._every and self._coin() else None,
            is_entity=is_entity,
            has_stream=is_entity and self._coin(),
            key=(KeyPart("id"),) if is_first else (),
            properties=tuple(properties),
            doc=self._doc(),
            deprecation=self._deprecation(),
        )

    def _inherited(self, base: str | None) -> set[str]:
        found: set[str] = set()
        while base is not None:
            found |= {member.name for member in self.types[base].properties}
            base = self.types[base].base
        return found

    def _property(self, name: str) -> Property:
        if self._coin():
            entities = [id_ for id_ in self._kinds if self._kinds[id_] == "entity"]
            target: TypeRef = Named(self._draw(st.sampled_from(entities)))
            return Property(
                name,
                ListOf(target) if self._coin() else target,
                navigation=Navigation(contains=self._coin()),
                doc=self._doc(),
            )
        return Property(
            name,
            self._ref(),
            nullable=self._coin(),
            required=self._coin(),
            computed=self._coin(),
            immutable=self._coin(),
            default=self._draw(self._words.texts),
            constraints=self._constraints() if self._coin() else None,
            doc=self._doc(),
            deprecation=self._deprecation(),
        )

    def _constraints(self) -> Constraints:
        texts = self._words.texts
        numbers = st.sampled_from(["1", "-2", "0.5", "1E+40", "NaN", "Infinity"])
        return Constraints(
            max_length=self._draw(st.none() | st.integers(0, 9)),
            pattern=self._draw(texts),
            minimum=self._draw(st.none() | numbers.map(Decimal)),
            allowed_values=tuple(self._draw(st.lists(texts, max_size=2))),
        )

    def _parameter(self, name: str) -> Parameter:
        return Parameter(
            name,
            self._ref(),
            ParameterIn.BODY,
            required=self._coin(),
            nullable=self._coin(),
            default=self._draw(self._words.texts),
            doc=self._doc(),
        )

    def _ref(self) -> TypeRef:
        scalars: list[TypeRef] = [Scalar(kind) for kind in ScalarKind]
        named: list[TypeRef] = [Named(id_) for id_ in self._kinds]
        others: list[TypeRef] = [AnyType(), StreamType()]
        ref = self._draw(
            st.one_of([st.sampled_from(x) for x in (scalars, named, others)])
        )
        if not self._every:
            return ListOf(ref) if self._coin() and self._coin() else ref
        if self._coin():
            return ref
        constant = LiteralType(json.dumps(self._draw(self._words.members)))
        holders: list[TypeRef] = [
            ListOf(ref),
            MapOf(ref, nullable=True),
            UnionOf((ref, constant)),
            UnionOf((ListOf(ref), TEXT, self._draw(st.sampled_from(scalars)))),
            constant,
        ]
        return self._draw(st.sampled_from(holders))
