"""Changes of operations and places: every kind, with its grade."""

from __future__ import annotations

import pytest
from differences.comparing import compare, told

from generator.diff import Change

BASE = """
<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String"/></EntityType>
<EntityType Name="animal" BaseType="ns.thing">
  <NavigationProperty Name="keeper" Type="ns.keeper" ContainsTarget="true"/>
  <NavigationProperty Name="young" Type="Collection(ns.animal)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="keeper" BaseType="ns.thing"/>
<EntityType Name="cat" BaseType="ns.animal"/>
<EntityContainer Name="Zoo"><EntitySet Name="animals" EntityType="ns.animal"/>
</EntityContainer>
"""
CORE, CAPABILITIES = "Org.OData.Core.V1.", "Org.OData.Capabilities.V1."


def action(more: str = "", result: str = "", binding: str = "ns.animal") -> str:
    returns = f"<ReturnType {result}/>" if result else ""
    return (
        '<Action Name="feed" IsBound="true">'
        f'<Parameter Name="it" Type="{binding}"/>{more}{returns}</Action>'
    )


def function(more: str = "", attributes: str = "", result: str = "ns.cat") -> str:
    return (
        f'<Function Name="oldest" IsBound="true" {attributes}>'
        f'<Parameter Name="it" Type="ns.animal"/>{more}<ReturnType Type="{result}"/>'
        "</Function>"
    )


def parameter(attributes: str = 'Type="Edm.String"', name: str = "x") -> str:
    return f'<Parameter Name="{name}" {attributes}/>'


OPTIONAL = (
    '<Parameter Name="x" Type="Edm.String" Nullable="false">'
    f'<Annotation Term="{CORE}OptionalParameter"/></Parameter>'
)
NEEDED = parameter('Type="Edm.String" Nullable="false"')
FEED, OLDEST = "ns.feed(ns.animal)", "ns.oldest(ns.animal)"


def changes_of(old: str, new: str) -> tuple[Change, ...]:
    changes = compare(BASE + old, BASE + new)
    assert all(item.text and item.consequence.endswith(".") for item in changes)
    return changes


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", action(), ("operation-added", FEED, "c")),
        (action(), "", ("operation-removed", FEED, "b")),
        (action(), action(OPTIONAL), ("parameter-added", f"{FEED}/x", "c")),
        (action(), action(NEEDED), ("parameter-added", f"{FEED}/x", "b")),
        (action(OPTIONAL), action(), ("parameter-removed", f"{FEED}/x", "b")),
        (action(NEEDED), action(OPTIONAL), ("required", f"{FEED}/x", "c")),
        (action(OPTIONAL), action(NEEDED), ("required", f"{FEED}/x", "b")),
        (
            action(parameter('Type="ns.cat" Nullable="false"')),
            action(parameter('Type="ns.animal" Nullable="false"')),
            ("type-widened", f"{FEED}/x", "c"),
        ),
        (
            action(parameter('Type="ns.animal" Nullable="false"')),
            action(parameter('Type="ns.cat" Nullable="false"')),
            ("type-narrowed", f"{FEED}/x", "b"),
        ),
        (
            action(parameter('Type="Edm.Int32" Nullable="false"')),
            action(parameter('Type="Collection(Edm.Int32)" Nullable="false"')),
            ("cardinality", f"{FEED}/x", "b"),
        ),
        (
            action(parameter('Type="Edm.String" MaxLength="9"')),
            action(parameter('Type="Edm.String" MaxLength="5"')),
            ("constraints", f"{FEED}/x", "b"),
        ),
        (
            function(parameter('Type="Edm.String" Nullable="false"')),
            function(parameter('Type="Edm.String" Nullable="true"')),
            ("nullability", f"{OLDEST}[x]/x", "c"),
        ),
        (
            function(parameter('Type="Edm.String" Nullable="true"')),
            function(parameter('Type="Edm.String" Nullable="false"')),
            ("nullability", f"{OLDEST}[x]/x", "b"),
        ),
        (function(), function(OPTIONAL), ("parameter-added", f"{OLDEST}/x", "c")),
        (function(), function(NEEDED), ("parameter-added", f"{OLDEST}/x", "b")),
        (action(), action(result='Type="Edm.Int32"'), ("result", FEED, "c")),
        (action(result='Type="Edm.Int32"'), action(), ("result", FEED, "b")),
        (function(), function(result="ns.animal"), ("type-widened", OLDEST, "b")),
        (function(result="ns.animal"), function(), ("type-narrowed", OLDEST, "c")),
        (
            function(),
            function(result="Collection(ns.cat)"),
            ("cardinality", OLDEST, "b"),
        ),
        (
            action(result='Type="Edm.Int32" Nullable="false"'),
            action(result='Type="Edm.Int32"'),
            ("nullability", FEED, "b"),
        ),
        (
            action(result='Type="Edm.Int32"'),
            action(result='Type="Edm.Int32" Nullable="false"'),
            ("nullability", FEED, "c"),
        ),
        (
            function(),
            function(attributes='IsComposable="true"'),
            ("composable", OLDEST, "b"),
        ),
        (
            function(result="Edm.Int32"),
            function(result="Edm.Int32", attributes='IsComposable="true"'),
            ("composable", OLDEST, "d"),
        ),
        (
            function(),
            function(attributes='EntitySetPath="it/keeper"'),
            ("entity-set-path", OLDEST, "d"),
        ),
    ],
)
def test_an_operation_changes(
    old: str, new: str, expected: tuple[str, str, str]
) -> None:
    changes = changes_of(old, new)
    assert told(changes) == [expected]
    assert changes[0].group == "ns.animal"


def test_a_collection_that_may_be_null_need_not_be_given() -> None:
    needed = action(parameter('Type="Collection(Edm.Int32)" Nullable="false"'))
    free = action(parameter('Type="Collection(Edm.Int32)" Nullable="true"'))
    assert told(changes_of(needed, free)) == [
        ("nullability", f"{FEED}/x", "c"),
        ("required", f"{FEED}/x", "c"),
    ]


def test_an_operation_that_moves_to_a_base_is_called_where_it_was() -> None:
    assert changes_of(action(), action(binding="ns.thing")) == ()
    assert told(changes_of(action(binding="ns.thing"), action())) == [
        ("operation-added", FEED, "c"),
        ("operation-removed", "ns.feed(ns.thing)", "b"),
    ]


def test_overloads_of_a_function_come_and_go_one_by_one() -> None:
    one = function(NEEDED)
    other = function(parameter('Type="Edm.Int32" Nullable="false"', "y"))
    assert told(changes_of(one, one + other)) == [
        ("operation-added", f"{OLDEST}[y]", "c")
    ]
    assert told(changes_of(one + other, other)) == [
        ("operation-removed", f"{OLDEST}[x]", "b")
    ]


def test_an_overload_that_hides_an_inherited_one_is_called_in_its_place() -> None:
    inherited = action(binding="ns.thing", result='Type="ns.thing" Nullable="false"')
    same = action(result='Type="ns.thing" Nullable="false"')
    other = action(result='Type="Edm.Int32" Nullable="false"')
    assert told(changes_of(inherited, inherited + same)) == [
        ("operation-added", FEED, "c")
    ]
    changes = changes_of(inherited, inherited + other)
    assert told(changes) == [
        ("operation-added", FEED, "c"),
        ("type-changed", FEED, "b"),
    ]
    assert "bound to ns.thing" in changes[0].consequence
    assert told(changes_of(inherited, inherited + action(NEEDED))) == [
        ("operation-added", FEED, "c"),
        ("result", FEED, "b"),
        ("parameter-added", f"{FEED}/x", "b"),
    ]


def test_the_order_of_parameters_is_no_change() -> None:
    x, y = parameter(name="x"), parameter(name="y")
    assert changes_of(action(x + y), action(y + x)) == ()


def test_places_of_parameters_are_their_own() -> None:
    (found,) = changes_of(action(NEEDED), action("\n" + OPTIONAL))
    assert found.old and found.new
    assert (found.old.line + 1, found.new.file) == (found.new.line, "new.csdl")


def annotated(target: str, term: str, value: str) -> str:
    return (
        f'<Annotations Target="{target}"><Annotation Term="{term}"{value}'
        "</Annotations>"
    )


def record(*properties: str) -> str:
    return f"><Record>{''.join(properties)}</Record></Annotation>"


def flag(name: str, value: str) -> str:
    return f'<PropertyValue Property="{name}" Bool="{value}"/>'


def permissions(*scopes: str) -> str:
    listed = "".join(
        f'<Record><PropertyValue Property="Scope" String="{scope}"/></Record>'
        for scope in scopes
    )
    return (
        '<PropertyValue Property="Permissions"><Collection><Record>'
        '<PropertyValue Property="SchemeName" String="Delegated"/>'
        f'<PropertyValue Property="Scopes"><Collection>{listed}</Collection>'
        "</PropertyValue></Record></Collection></PropertyValue>"
    )


KEEPER = "ns.animal/keeper"
SET = "ns.Zoo/animals"


def restriction(target: str, term: str, *properties: str) -> str:
    return annotated(target, CAPABILITIES + term, record(*properties))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "",
            restriction(KEEPER, "DeleteRestrictions", flag("Deletable", "false")),
            [("capability", KEEPER, "b", "delete is no longer offered")],
        ),
        (
            restriction(KEEPER, "DeleteRestrictions", flag("Deletable", "false")),
            "",
            [("capability", KEEPER, "c", "delete is now offered")],
        ),
        (
            "",
            restriction(SET, "UpdateRestrictions", flag("Updatable", "false")),
            [("capability", SET, "b", "update of one item is no longer offered")],
        ),
        (
            "",
            restriction(SET, "FilterRestrictions", flag("Filterable", "false")),
            [
                (
                    "query-option",
                    SET,
                    "b",
                    "$filter is no longer taken (FilterRestrictions/Filterable)",
                )
            ],
        ),
        (
            restriction(SET, "ExpandRestrictions", flag("Expandable", "false")),
            "",
            [("query-option", SET, "c", "$expand is taken now")],
        ),
        (
            restriction(KEEPER, "ReadRestrictions", permissions("A.Read", "B.Read")),
            restriction(KEEPER, "ReadRestrictions", permissions("A.Read")),
            [
                (
                    "permissions",
                    KEEPER,
                    "b",
                    "permissions of read for Delegated changed; no longer: B.Read",
                )
            ],
        ),
        (
            restriction(KEEPER, "ReadRestrictions", permissions("A.Read")),
            restriction(KEEPER, "ReadRestrictions", permissions("A.Read", "B.Read")),
            [
                (
                    "permissions",
                    KEEPER,
                    "c",
                    "permissions of read for Delegated changed; now also: B.Read",
                )
            ],
        ),
        (
            restriction(KEEPER, "ReadRestrictions", permissions("A.Read", "B.Read")),
            restriction(KEEPER, "ReadRestrictions", permissions("B.Read", "A.Read")),
            [
                (
                    "permissions",
                    KEEPER,
                    "d",
                    "permissions of read for Delegated changed",
                )
            ],
        ),
        (
            "",
            restriction(
                KEEPER,
                "ReadRestrictions",
                '<PropertyValue Property="Description" String="Who."/>',
            ),
            [("description", KEEPER, "d", "the description of read changed")],
        ),
        (
            "",
            annotated(SET, f"{CAPABILITIES}TopSupported", ' Bool="false"/>'),
            [("query-option", SET, "b", "$top is no longer taken (TopSupported)")],
        ),
    ],
)
def test_what_can_be_done_at_a_place_changes(
    old: str, new: str, expected: list[tuple[str, str, str, str]]
) -> None:
    changes = changes_of(old, new)
    found = [(*one, item.text) for one, item in zip(told(changes), changes)]
    assert found == expected
    for item in changes:
        assert item.group == ("ns.animal" if item.target == KEEPER else "")
        assert item.old and item.new


def test_an_etag_that_changes_need_breaks_blind_ones() -> None:
    term = f"{CORE}OptimisticConcurrency"
    needs = annotated(SET, term, "><Collection/></Annotation>")
    assert ("concurrency", SET, "b") in told(changes_of("", needs))
    assert ("concurrency", SET, "c") in told(changes_of(needs, ""))


def test_permissions_and_ends_of_operations_change() -> None:
    def body(*properties: str) -> str:
        target = "ns.feed(ns.animal)"
        return action() + restriction(target, "OperationRestrictions", *properties)

    old, new = body(permissions("A.Read")), body(permissions("B.Read"))
    (found,) = changes_of(old, new)
    assert told((found,)) == [("permissions", FEED, "b")]
    assert found.text.endswith("no longer: A.Read; now also: B.Read")
    ended = annotated(
        "ns.feed(ns.animal)",
        f"{CORE}Revisions",
        '><Collection><Record><PropertyValue Property="Kind"'
        f' EnumMember="{CORE}RevisionKind/Deprecated"/></Record></Collection>'
        "</Annotation>",
    )
    assert told(changes_of(action(), action() + ended)) == [("deprecation", FEED, "c")]


def test_a_parameter_of_a_verb_is_told_with_the_verb() -> None:
    header = (
        '<PropertyValue Property="CustomHeaders"><Collection><Record>'
        '<PropertyValue Property="Name" String="Level"/>'
        f'{flag("Required", "true")}</Record></Collection></PropertyValue>'
    )
    (found,) = changes_of("", restriction(KEEPER, "ReadRestrictions", header))
    assert told((found,)) == [("parameter-added", KEEPER, "b")]
    assert found.text.startswith("read, Level: a parameter")
    assert found.old and found.new
    assert (found.old.line, found.new.file) == (6, "new.csdl")


def roots(content: str) -> str:
    return BASE.replace("</EntityContainer>", f"{content}</EntityContainer>")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "",
            '<Singleton Name="me" Type="ns.cat"/>',
            [("root-added", "ns.Zoo/me", "c")],
        ),
        (
            '<EntitySet Name="me" EntityType="ns.cat"/>',
            "",
            [("root-removed", "ns.Zoo/me", "b")],
        ),
        (
            '<EntitySet Name="me" EntityType="ns.cat"/>',
            '<EntitySet Name="me" EntityType="ns.animal"/>',
            [("type-widened", "ns.Zoo/me", "b")],
        ),
        (
            '<EntitySet Name="me" EntityType="ns.cat"/>',
            '<Singleton Name="me" Type="ns.cat"/>',
            [("cardinality", "ns.Zoo/me", "b")],
        ),
    ],
)
def test_the_ways_into_a_service_change(
    old: str, new: str, expected: list[tuple[str, str, str]]
) -> None:
    changes = compare(roots(old), roots(new))
    assert told(changes) == expected
    assert [item.group for item in changes] == [""]


def test_bindings_tell_where_related_entities_live() -> None:
    def body(*targets: str) -> str:
        bound = "".join(
            f'<NavigationPropertyBinding Path="friend" Target="{target}"/>'
            for target in targets
        )
        return f"""
        <EntityType Name="person"><Key><PropertyRef Name="id"/></Key>
          <Property Name="id" Type="Edm.String"/>
          <NavigationProperty Name="friend" Type="ns.person"/></EntityType>
        <EntityContainer Name="C"><EntitySet Name="people" EntityType="ns.person">
        {bound}</EntitySet><EntitySet Name="others" EntityType="ns.person"/>
        </EntityContainer>"""

    for old, new, kind in (
        (body(), body("people"), "binding-added"),
        (body("people"), body(), "binding-removed"),
        (body("people"), body("others"), "binding-target"),
    ):
        assert told(compare(old, new)) == [(kind, "ns.C/people/friend", "d")]


def test_terms_and_what_nothing_follows_from_are_told_too() -> None:
    term = '<Term Name="color" Type="Edm.String"/>'
    assert told(changes_of("", term)) == [("term", "ns.color", "d")]
    assert told(changes_of(term, "")) == [("term", "ns.color", "d")]
    said = annotated("ns.animal", "ns.color", ' String="{}"/>')
    red, blue = term + said.format("red"), term + said.format("blue")
    (found,) = changes_of(red, blue)
    assert told((found,)) == [("annotation", "ns.animal", "d")]
    assert found.text == "the annotation ns.color says otherwise"
    assert changes_of(red, term + "\n" + said.format("red")) == ()
    on_action = annotated("ns.feed(ns.animal)", "ns.color", ' String="red"/>')
    changes = changes_of(term + action(), term + action() + on_action)
    assert told(changes) == [("annotation", FEED, "d")]
    assert changes[0].group == "ns.animal"


def test_permissions_of_one_of_several_ways_to_a_place_are_told_of_that_way() -> None:
    young = "ns.animal/young"
    old = restriction(young, "ReadRestrictions", permissions("A.Read", "B.Read"))
    new = restriction(young, "ReadRestrictions", permissions("B.Read"))
    (found,) = changes_of(old, new)
    assert told((found,)) == [("permissions", young, "b")]
    assert found.text == (
        "permissions in ReadRestrictions for Delegated changed; no longer: A.Read"
    )


def test_a_description_does_not_hide_what_else_is_said() -> None:
    prose = annotated("ns.animal/young", f"{CORE}Description", ' String="Young."/>')
    more = annotated("ns.animal/young", "other.Term", ' String="x"/>')
    assert told(changes_of("", prose + more)) == [
        ("annotation", "ns.animal/young", "d"),
        ("description", "ns.animal/young", "d"),
    ]
