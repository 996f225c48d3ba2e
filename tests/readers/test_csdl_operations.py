"""Operations: actions and functions, bound and imported."""

from __future__ import annotations

from support import read_csdl

from generator.model import (
    Api,
    Binding,
    ListOf,
    Named,
    Operation,
    OperationKind,
    Parameter,
    ParameterIn,
    Place,
    Response,
    Scalar,
    ScalarKind,
)

STRING = Scalar(ScalarKind.STRING)


def read_clean(body: str) -> Api:
    """Read a document without any finding."""
    api, diagnostics = read_csdl(body)
    assert list(diagnostics) == []
    return api


def test_bound_action() -> None:
    [found] = read_clean("""<Action Name="updatePin" IsBound="true">
      <Parameter Name="bindingParameter" Type="self.qrPin"/>
      <Parameter Name="currentPin" Type="Edm.String" Nullable="false"/></Action>
      """).operations
    assert found == Operation(
        id="ns.updatePin(ns.qrPin,Edm.String)",
        name="ns.updatePin",
        kind=OperationKind.ACTION,
        method="POST",
        path=("ns.updatePin",),
        binding=Binding("ns.qrPin", parameter="bindingParameter"),
        parameters=(
            Parameter(
                "currentPin",
                STRING,
                ParameterIn.BODY,
                source=Place("test.csdl", 4, 7),
            ),
        ),
        responses=(Response("204"),),
        place=Place("test.csdl", 2, 1),
    )


def test_function_bound_to_a_collection() -> None:
    [found] = read_clean("""<Function Name="delta" IsBound="true" IsComposable="true"
        EntitySetPath="users">
      <Parameter Name="users" Type="Collection(self.user)"/>
      <Parameter Name="token" Type="Edm.String"/>
      <ReturnType Type="Collection(self.user)"/></Function>""").operations
    assert found.id == "ns.delta(Collection(ns.user),Edm.String)"
    assert found.kind is OperationKind.FUNCTION
    assert found.method == "GET"
    assert found.composable
    assert found.binding == Binding("ns.user", many=True, parameter="users")
    [token] = found.parameters
    assert token.place is ParameterIn.PATH
    assert token.nullable
    assert token.required
    assert found.result == Response("200", ListOf(Named("ns.user")))


def test_parameters_of_actions_that_are_not_demanded_may_be_left_out() -> None:
    parameters = """<Parameter Name="it" Type="self.e"/>
      <Parameter Name="a" Type="Edm.String"/>
      <Parameter Name="b" Type="Edm.String" Nullable="false"/>
      <Parameter Name="c" Type="Collection(Edm.String)" Nullable="true"/>
      <Parameter Name="d" Type="Collection(Edm.String)"/>
      <Parameter Name="e" Type="Collection(Edm.String)" Nullable="false"/>"""
    action, function = read_clean(
        f'<Action Name="a" IsBound="true">{parameters}</Action>'
        f'<Function Name="f" IsBound="true">{parameters}'
        '<ReturnType Type="Edm.String"/></Function>'
    ).operations
    required = {item.name: item.required for item in action.parameters}
    assert required == {"a": False, "b": True, "c": False, "d": False, "e": True}
    assert [item.required for item in function.parameters] == [True] * 5


def test_where_a_result_belongs() -> None:
    [found] = read_clean("""<Action Name="copy" IsBound="true"
        EntitySetPath="it/self.folder/children"><Parameter Name="it" Type="self.item"/>
      <ReturnType Type="self.item"/></Action>""").operations
    assert found.entity_set_path == "it/ns.folder/children"


def test_nullability_of_results() -> None:
    api = read_clean("""
      <Function Name="a" IsBound="true"><Parameter Name="it" Type="self.E"/>
        <ReturnType Type="self.E"/></Function>
      <Function Name="b" IsBound="true"><Parameter Name="it" Type="self.E"/>
        <ReturnType Type="self.E" Nullable="false"/></Function>
      <Function Name="c" IsBound="true"><Parameter Name="it" Type="self.E"/>
        <ReturnType Type="Collection(Edm.String)" Nullable="true"/></Function>""")
    assert [operation.result for operation in api.operations] == [
        Response("200", Named("ns.E"), nullable=True),
        Response("200", Named("ns.E"), nullable=False),
        Response("200", ListOf(STRING, nullable=True)),
    ]


def test_overloads_are_told_apart_by_their_types() -> None:
    api = read_clean("""
      <Action Name="like" IsBound="true"><Parameter Name="it" Type="self.A"/></Action>
      <Action Name="like" IsBound="true">
        <Parameter Name="it" Type="Collection(self.A)"/></Action>
      <Action Name="like" IsBound="true"><Parameter Name="it" Type="self.A"/>
        <Parameter Name="much" Type="Edm.Boolean"/></Action>""")
    assert [operation.id for operation in api.operations] == [
        "ns.like(ns.A)",
        "ns.like(Collection(ns.A))",
        "ns.like(ns.A,Edm.Boolean)",
    ]


def test_unbound_operations_have_the_names_of_their_imports() -> None:
    api = read_clean("""
      <Action Name="Reset"/>
      <Function Name="Near"><Parameter Name="lat" Type="Edm.Double"/>
        <ReturnType Type="self.A"/></Function>
      <Function Name="Near"><ReturnType Type="self.A"/></Function>
      <EntityContainer Name="C"><ActionImport Name="ResetAll" Action="self.Reset"/>
        <FunctionImport Name="Nearest" Function="self.Near" EntitySet="As"/>
        <FunctionImport Name="Closest" Function="self.Near"/></EntityContainer>""")
    assert [(each.id, each.name, each.path) for each in api.operations] == [
        ("ns.Reset()", "ResetAll", ("ResetAll",)),
        ("ns.Near(Edm.Double)", "Nearest", ("Nearest",)),
        ("ns.Near()", "Nearest", ("Nearest",)),
        ("ns.Near(Edm.Double)@Closest", "Closest", ("Closest",)),
        ("ns.Near()@Closest", "Closest", ("Closest",)),
    ]
    assert all(operation.binding is None for operation in api.operations)


def test_what_no_import_exposes_cannot_be_called() -> None:
    api, diagnostics = read_csdl('<Action Name="hidden"/>')
    assert api.operations == ()
    [found] = diagnostics
    assert (found.code, found.severity) == ("csdl-not-callable", "info")


def test_import_of_nothing() -> None:
    api, diagnostics = read_csdl("""<EntityContainer Name="C">
      <ActionImport Name="x" Action="self.none"/></EntityContainer>""")
    assert api.operations == ()
    [found] = diagnostics
    assert found.code == "csdl-unknown-operation"
    assert found.place == Place("test.csdl", 3, 7)


def test_bound_operations_need_something_to_be_bound_to() -> None:
    api, diagnostics = read_csdl("""<Action Name="a" IsBound="true"/>
      <Action Name="b" IsBound="true"><Parameter Name="it" Type="Edm.String"/></Action>
      """)
    assert api.operations == ()
    codes = [found.code for found in diagnostics]
    assert codes == ["csdl-missing-binding", "csdl-not-callable"]


def test_function_without_result() -> None:
    api, diagnostics = read_csdl("""<Function Name="f" IsBound="true">
      <Parameter Name="it" Type="self.E"/></Function>""")
    assert api.operations[0].result == Response("204")
    assert [found.code for found in diagnostics] == ["csdl-missing-result"]
