"""An Api that has every kind of type which OpenAPI brings, made by hand: what a front
end has to do with it is tested elsewhere."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from emitters.building import past_the_reader

from generator.model import (
    Access,
    Alias,
    AnyType,
    Api,
    Constraints,
    Discriminator,
    Doc,
    Enum,
    EnumMember,
    ListOf,
    LiteralType,
    MapOf,
    Named,
    Property,
    Protocol,
    Scalar,
    ScalarKind,
    Struct,
    UnionOf,
)

TEXT = Scalar(ScalarKind.STRING)
NUMBER = Scalar(ScalarKind.INT64)
MOMENT = Scalar(ScalarKind.DATE_TIME)

PETS = Discriminator("petType", (("cat", "Cat"), ("dog", "Dog"), ("pug", "Pug")))
SHAPES = Discriminator("kind", (("circle", "circle"), ("box", "square-box")))

ENUMS = (
    Enum("sort-order", (EnumMember("asc"), EnumMember("desc")), ScalarKind.STRING),
    Enum(
        "reaction",
        (EnumMember("+1"), EnumMember("-1"), EnumMember("heart")),
        ScalarKind.STRING,
    ),
    Enum(
        "level",
        (EnumMember("1", 1, "low"), EnumMember("-1", -1), EnumMember("30", 30)),
        ScalarKind.INT64,
        is_numeric=True,
    ),
)

ALIASES = (
    Alias("slug", TEXT, constraints=Constraints(pattern="^[a-z]+$")),
    Alias("matrix", ListOf(ListOf(Scalar(ScalarKind.DOUBLE)))),
    Alias("labels", MapOf(TEXT)),
    Alias(
        "JSON value",
        UnionOf(
            (
                TEXT,
                Scalar(ScalarKind.DOUBLE),
                Scalar(ScalarKind.BOOLEAN),
                ListOf(Named("JSON value"), nullable=True),
                MapOf(Named("JSON value"), nullable=True),
            )
        ),
        nullable=True,
        doc=Doc("Whatever JSON can say."),
    ),
    Alias("nest", ListOf(Named("nest"))),
    Alias("egg", UnionOf((Named("hen"), TEXT))),
    Alias("hen", UnionOf((Named("egg"), NUMBER))),
    Alias("loop", Named("pool")),
    Alias("pool", Named("loop")),
    Alias("shape", UnionOf((Named("circle"), Named("square-box")), SHAPES)),
    Alias(
        "owner",
        UnionOf((Named("simple-user"), Named("full-user"), TEXT), exclusive=False),
    ),
)

STRUCTS = (
    Struct(
        "Pet",
        properties=(
            Property("petType", TEXT, nullable=False, required=True),
            Property("name", TEXT, required=True),
        ),
        discriminator=PETS,
    ),
    Struct("Cat", base="Pet", tag="cat", properties=(Property("indoor", MOMENT),)),
    Struct(
        "Dog",
        base="Pet",
        tag="dog",
        properties=(
            Property("petType", LiteralType('"dog"'), nullable=False, required=True),
            Property("good", Scalar(ScalarKind.BOOLEAN), nullable=False, required=True),
        ),
    ),
    Struct("Pug", base="Dog", tag="pug"),
    Struct(
        "circle",
        properties=(
            Property("kind", LiteralType('"circle"'), nullable=False, required=True),
            Property("radius", Scalar(ScalarKind.DOUBLE), required=True),
        ),
    ),
    Struct(
        "square-box",
        properties=(
            Property("kind", TEXT, nullable=False),
            Property("side", Scalar(ScalarKind.DOUBLE), required=True),
        ),
    ),
    Struct(
        "simple-user",
        properties=(
            Property("login", TEXT, nullable=False, required=True),
            Property("id", NUMBER, nullable=False, required=True),
        ),
    ),
    Struct(
        "full-user",
        properties=(
            Property("login", TEXT, nullable=False, required=True),
            Property("id", NUMBER, nullable=False, required=True),
            Property("email", TEXT, nullable=False, required=True),
            Property("order", Named("sort-order")),
        ),
    ),
    Struct(
        "counters", open=True, additional=NUMBER, properties=(Property("name", TEXT),)
    ),
    Struct(
        "property",
        open=True,
        additional=UnionOf((ListOf(Named("shape"), nullable=True), MOMENT)),
        properties=(Property("property", TEXT), Property("str", TEXT)),
    ),
    Struct(
        "everything",
        open=True,
        properties=(
            Property("slug", Named("slug"), default="a-slug"),
            Property("password", TEXT, required=True, access=Access.WRITE),
            Property("matrix", Named("matrix")),
            Property("labels", Named("labels"), nullable=False, required=True),
            Property("users", MapOf(Named("simple-user"))),
            Property("by_year", MapOf(ListOf(Named("owner"), nullable=True))),
            Property("value", Named("JSON value")),
            Property("nest", Named("nest")),
            Property("egg", Named("egg")),
            Property("hen", Named("hen"), required=True),
            Property("loop", Named("loop")),
            Property("shape", Named("shape")),
            Property("shapes", ListOf(Named("shape"))),
            Property("owner", Named("owner"), nullable=False, required=True),
            Property(
                "either",
                UnionOf(
                    (
                        MOMENT,
                        NUMBER,
                        Named("level"),
                        Named("sort-order"),
                        LiteralType("null"),
                    )
                ),
                constraints=Constraints(minimum=Decimal("0.5")),
            ),
            Property("version", LiteralType('"v1 | [x], y"'), nullable=False),
            Property("three", LiteralType("3"), nullable=False, required=True),
            Property("yes", LiteralType("true")),
            Property("half", LiteralType("0.5")),
            Property("nothing", LiteralType("null")),
            Property("list", LiteralType("[1]")),
            Property("level", Named("level"), required=True),
            Property("reactions", ListOf(Named("reaction"))),
            Property("any", UnionOf((TEXT, AnyType()))),
            Property("pet", Named("Pet")),
            Property("pets", ListOf(Named("Pet"))),
            Property("created", MOMENT, access=Access.READ, computed=True),
            *(
                Property(name, TEXT)
                for name in (
                    *("", "class", "self", "from_dict", "コード", "🚀", "a-b", "a_b"),
                    *("+1", "-1", "@odata.type", "@id", "a@b", "a/b", "$ref", "__x__"),
                    *("map_of", "union_of", "literal_of", "additional"),
                )
            ),
        ),
    ),
    Struct("Pet[]", properties=(Property("items", ListOf(Named("Pet"))),)),
    Struct("コード", properties=(Property("値", TEXT),)),
    *(Struct(name) for name in ("Union", "CODEC", "literal", "api overview")),
)


def every_kind(protocol: Protocol = Protocol.HTTP) -> Api:
    """The Api, of no particular front end."""
    api = past_the_reader((*ENUMS, *ALIASES, *STRUCTS))
    return replace(api, protocol=protocol, namespace="")
