"""Request paths: few, the best first, and none missing where a way leads."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

from pace import at_most
from passes.zoo import load
from support import read_csdl

from generator.config import target_from
from generator.diagnostics import Diagnostics
from generator.files import data_folder
from generator.model import Api, best_paths
from generator.passes.request_paths import request_paths
from generator.passes.request_ways import MOST_STEPS
from generator.pipeline import load as load_target

ZOO = replace(load(), key_as_segment=True)

THING = (
    '<EntityType Name="{}"{}><Key><PropertyRef Name="{}"/></Key>'
    '<Property Name="{}" Type="Edm.String" Nullable="false"/>{}</EntityType>'
)
CONTAINED = (
    '<NavigationProperty Name="{}" Type="Collection({})" ContainsTarget="true"/>'
)


def thing(name: str, *members: str, key: str = "id", base: str = "") -> str:
    if base:
        return f'<EntityType Name="{name}" BaseType="{base}">{"".join(members)}</EntityType>'
    return THING.format(name, "", key, key, "".join(members))


def service(*parts: str, **sets: str) -> Api:
    roots = [
        f'<EntitySet Name="{name}" EntityType="ns.{type_}"/>'
        for name, type_ in sets.items()
    ]
    container = f'<EntityContainer Name="C">{"".join(roots)}</EntityContainer>'
    return replace(load("".join(parts) + container), key_as_segment=True)


def texts(api: Api, resource: str, most: int = 8) -> list[str]:
    return [path.text for path in request_paths(api, most).get(resource, ())]


def bundled() -> Api:
    specs = data_folder("specs")
    target = target_from(
        {
            "package": "p",
            "out": ".",
            "spec": [str(specs / "graph-qrpin.csdl")],
            "annotations": [str(specs / "graph-qrpin.annotations.csdl")],
        }
    )
    return load_target(target, Diagnostics())


def test_the_pin_has_the_paths_of_its_page() -> None:
    paths = request_paths(bundled())["microsoft.graph.qrPin"]
    pin = "/authentication/qrCodePinMethod/pin"
    assert [(path.text, path.contained) for path in paths] == [
        (f"/users/{{userId}}{pin}", True),
        (f"/me{pin}", True),
        (
            "/authenticationMethodDevices/{authenticationMethodDeviceId}"
            "/hardwareOathDevices/{hardwareOathTokenAuthenticationMethodDeviceId}"
            f"/assignTo{pin}",
            False,
        ),
    ]


def test_the_steps_lead_to_the_place() -> None:
    api = bundled()
    for resource, paths in request_paths(api).items():
        for path in paths:
            links = api.links
            for step in path.steps:
                assert step in links
                links = api.resources[step.target].links
            assert path.steps[-1].target == resource


def test_a_path_knows_what_may_be_annotated_for_its_place() -> None:
    found = request_paths(ZOO)
    assert found["ns.desk"][0].owner == "ns.person/desk"
    assert [path.owner for path in found["ns.animal[]"]][0] == "ns.Zoo/animals"
    assert found["ns.person"][0].owner == "ns.Zoo/people"


def test_what_is_contained_comes_first_then_what_is_short() -> None:
    assert texts(ZOO, "ns.desk") == [
        "/keepers/{keeperId}/desk",
        "/people/{personId}/desk",
        "/boss/desk",
        "/animals/{animalId}/keeper/desk",
        "/keepers/{keeperId}/boss/desk",
        "/people/{personId}/boss/desk",
        "/boss/boss/desk",
        "/animals/{animalId}/young/{animalId2}/keeper/desk",
    ]
    assert texts(ZOO, "ns.desk", most=2) == [
        "/keepers/{keeperId}/desk",
        "/people/{personId}/desk",
    ]


def test_a_relationship_stands_once_on_a_path() -> None:
    young = texts(ZOO, "ns.animal", most=99)
    assert "/animals/{animalId}/young/{animalId2}" in young
    assert max(text.count("/young") for text in young) == 1


def test_casts_are_for_what_is_not_reached_without_them() -> None:
    api = service(
        thing("animal", CONTAINED.format("young", "ns.animal")),
        thing("bird", CONTAINED.format("feathers", "ns.feather"), base="ns.animal"),
        thing("fish", base="ns.animal"),
        thing("feather"),
        animals="animal",
        fish="fish",
    )
    assert texts(api, "ns.fish") == ["/fish/{fishId}"]
    assert texts(api, "ns.bird") == [
        "/animals/{animalId}/ns.bird",
        "/animals/{animalId}/young/{animalId2}/ns.bird",
        "/fish/{fishId}/young/{animalId}/ns.bird",
    ]
    assert "/animals/ns.bird" in texts(api, "ns.bird[]")
    assert "/animals/{animalId}/ns.bird/feathers/{featherId}" in texts(
        api, "ns.feather"
    )


def test_a_function_leads_on_where_nothing_else_does() -> None:
    api = service(
        thing("box"),
        thing("key", CONTAINED.format("marks", "ns.mark")),
        thing("mark"),
        '<Function Name="find" IsBound="true" IsComposable="true">'
        '<Parameter Name="it" Type="ns.box"/><Parameter Name="id" Type="Edm.Int32"/>'
        '<ReturnType Type="ns.key"/></Function>',
        boxes="box",
    )
    assert texts(api, "ns.key") == ["/boxes/{boxId}/ns.find(id={id})"]
    assert texts(api, "ns.mark") == ["/boxes/{boxId}/ns.find(id={id})/marks/{markId}"]


def test_keys_have_names_that_tell_them_apart() -> None:
    api = service(
        thing("mailFolder", CONTAINED.format("childFolders", "ns.mailFolder")),
        thing("box", CONTAINED.format("inside", "ns.box")),
        thing("Airport", key="IcaoCode"),
        thing("product", key="productID"),
        folders="mailFolder",
        boxes="box",
        airports="Airport",
        products="product",
    )
    assert texts(api, "ns.mailFolder")[1] == (
        "/folders/{mailFolderId}/childFolders/{childFolderId}"
    )
    assert texts(api, "ns.box")[1] == "/boxes/{boxId}/inside/{boxId2}"
    assert texts(api, "ns.Airport") == ["/airports/{airportIcaoCode}"]
    assert texts(api, "ns.product") == ["/products/{productID}"]


def test_keys_in_brackets_and_of_several_parts() -> None:
    api = service(
        '<EntityType Name="line"><Key><PropertyRef Name="a"/><PropertyRef Name="b"/>'
        '</Key><Property Name="a" Type="Edm.Int32"/><Property Name="b" Type="Edm.Int32"'
        "/></EntityType>",
        lines="line",
    )
    assert texts(api, "ns.line") == ["/lines(a={a},b={b})"]
    assert texts(replace(ZOO, key_as_segment=False), "ns.key")[0] == (
        "/keepers({keeperId})/desk/key"
    )


def test_what_no_way_leads_to_has_no_path() -> None:
    assert texts(ZOO, "ns.thing") == []
    api, _ = read_csdl("")
    assert request_paths(api) == {}


def test_an_operation_as_a_request_line() -> None:
    first = request_paths(ZOO)["ns.animal[]"][0]
    lines = [
        first.line(operation) for operation in ZOO.resources["ns.animal[]"].operations
    ]
    assert "GET /animals" in lines
    assert "GET /animals/$count" in lines
    assert "GET /animals/ns.oldest()" in lines


def test_the_paths_of_several_places_together() -> None:
    found = request_paths(ZOO)
    together = best_paths([*found["ns.keeper"], *found["ns.desk"]], 3)
    assert [path.text for path in together] == [
        "/keepers/{keeperId}",
        "/keepers/{keeperId}/desk",
        "/people/{personId}/desk",
    ]
    assert best_paths([], 3) == ()


def test_a_chain_of_types_takes_no_square_of_its_length() -> None:
    length = 3_000
    types = [
        thing(
            f"t{number}",
            f'<NavigationProperty Name="n{number}" Type="ns.t{(number + 1) % length}" '
            'ContainsTarget="true"/>',
        )
        for number in range(length)
    ]
    api = service(*types, roots="t0")
    tracemalloc.start()
    try:
        with at_most(2):
            found = request_paths(api)
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()
    longest = max(len(path.steps) for paths in found.values() for path in paths)
    assert longest == MOST_STEPS


def test_types_that_are_all_related_take_no_time() -> None:
    size = 100
    ways = "".join(
        f'<NavigationProperty Name="n{number}" Type="Collection(ns.t{number})" '
        'ContainsTarget="true"/>'
        for number in range(size)
    )
    api = service(*[thing(f"t{number}", ways) for number in range(size)], roots="t0")
    with at_most(10):
        found = request_paths(api)
    assert {len(paths) for paths in found.values()} == {8}
