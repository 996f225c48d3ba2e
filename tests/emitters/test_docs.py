"""The documents as a whole: which pages there are, what they say, and that all is well
with them whatever a spec says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
import yaml
from emitters.building import EVERYTHING, load, past_the_reader
from emitters.documents import documents, faults
from emitters.random_apis import AWKWARD, Words, apis
from emitters.reading import Page, read
from emitters.test_docs_markdown import texts
from emitters.test_hostile import WORDS
from hypothesis import given, settings

from generator.model import (
    Api,
    Deprecation,
    Doc,
    Enum,
    EnumMember,
    Grant,
    PathPermissions,
    Permission,
    Response,
    Struct,
)

HOSTILE = Words(texts, texts, texts, texts)


@cache
def everything() -> Mapping[str, str]:
    return documents(load(EVERYTHING), base_url="https://zoo.example")


def page(name: str) -> Page:
    return read(everything()[f"docs/{name}.md"])


def rows(name: str) -> dict[str, list[str]]:
    """The rows of all tables of a page by their first cells."""
    return {row[0]: row[1:] for row in page(name).rows}


def test_all_is_well_with_a_page_of_every_kind() -> None:
    assert list(faults(everything())) == []


def test_a_page_for_each_operation_and_type() -> None:
    names = {path.removeprefix("docs/") for path in everything() if path[-3:] == ".md"}
    assert {
        *("api/animal-get.md", "api/animal-list.md", "api/animal-create.md"),
        *("api/animal-update.md", "api/animal-delete.md", "api/animal-count.md"),
        *("api/animal-add-reference.md", "api/animal-feed.md", "api/animal-report.md"),
        *("api/animal-oldest.md", "api/animal-download.md", "api/animal-upload.md"),
        *("api/animal-download-photo.md", "api/animal-upload-photo.md"),
        *("api/egg-create.md", "api/egg-create-single.md", "api/egg-replace.md"),
        *("api/close.md", "api/count.md", "resources/animal.md", "resources/home.md"),
        *("resources/bird.md", "enums/kind.md", "enums/needs.md"),
        *("index.md", "glossary.md", "permissions.md"),
    } <= names
    assert "resources/grams.md" not in names


def test_a_call_bound_to_a_base_has_one_page() -> None:
    assert "docs/api/bird-feed.md" not in everything()
    assert "../api/animal-feed.md" in page("resources/bird").links


def test_overloads_share_a_page() -> None:
    (info, lines), *_ = page("api/animal-report").fences
    assert info == "http"
    called = {line.rpartition("/")[2] for line in lines.splitlines()}
    assert called == {"ns.report()", "ns.report(since={since})"}


def test_a_body_has_only_what_can_be_written() -> None:
    table = rows("api/animal-create")
    assert table.keys() >= {"must", "weight", "kind", "home"}
    assert not table.keys() & {"made", "years", "photo", "friend", "id"}
    assert list(table)[list(table).index("Property") + 1] in ("weight", "must")
    assert table["must"][1].endswith("Required.")
    assert "colour" not in rows("api/animal-update")


def test_values_and_limits_are_told() -> None:
    table = rows("resources/animal")
    assert "Possible values: cat, dog, unknownFutureValue." in table["kind"][1]
    assert table["weight"] == ["Decimal", "At most 1.5."]
    assert "Allowed values: red." in table["colour"][1]
    assert table["made"][1] == "Read-only."
    assert rows("resources/bird")["made"][1] == "Read-only. Inherited from animal."


def test_refused_options_are_left_out() -> None:
    assert "$top" in rows("api/animal-list") and "$top" not in rows("api/egg-list")
    assert "$select" not in rows("api/egg-get")
    assert rows("api/egg-list")["$filter"][1].endswith("Not for nest.")


def test_where_the_service_is_has_to_be_told_if_it_is_not_known() -> None:
    known = everything()["docs/api/animal-get.md"]
    assert "with Client(credential) as" in known and "base_url" not in known
    text = documents(load(EVERYTHING))["docs/api/animal-get.md"]
    assert "with Client(credential, base_url=base_url) as client:" in text
    assert "azure-identity, `base_url` the address of the service." in text


def test_headers_and_options_of_the_service_are_told() -> None:
    table = rows("api/egg-get")
    assert table["Torch"] == ["How bright. Required."]
    assert table["angle"][1] == "Optional."
    assert "If-Match" in rows("api/egg-delete")
    assert "If-Match" not in rows("api/animal-delete")


def test_examples_of_json_are_json() -> None:
    for path, text in everything().items():
        if not path.endswith(".md"):
            continue
        for info, content in read(text).fences:
            if info == "json":
                json.loads(content)
            head, _, body = content.partition("\n\n")
            if info == "http" and "Content-Type: application/json" in head:
                json.loads(body)


def test_a_picture_of_what_is_related() -> None:
    assert page("resources/animal").pictures == ["../diagrams/animal.svg"]
    picture = everything()["docs/diagrams/egg.svg"]
    assert "animal" in picture and "eggs [*]" in picture
    assert page("resources/report").pictures == []


def test_relations_that_only_lead_here_are_told_as_such() -> None:
    egg = everything()["docs/resources/egg.md"].partition("## Relationships\n\n")[2]
    start = "No relationship leads away from this type. These lead to it:\n\n!["
    assert egg.startswith(start)
    alone = everything()["docs/resources/report.md"]
    assert "## Relationships\n\nNone.\n\n## JSON" in alone
    assert "lead to it" not in everything()["docs/resources/animal.md"]


def test_members_that_come_later_are_told() -> None:
    api = past_the_reader(
        [Enum("ns.e", tuple(map(EnumMember, ("a", "unknownFutureValue", "b"))))]
    )
    text = documents(api)["docs/enums/e.md"]
    assert "`Prefer: include-unknown-enum-members`" in text and "with `b`;" in text


def test_what_ends_is_told_with_its_dates() -> None:
    ending = Deprecation("Use *x*.", "2026-01-01", "2027-01-01")
    text = documents(past_the_reader([Struct("ns.t", deprecation=ending)]))[
        "docs/resources/t.md"
    ]
    assert (
        "> **Deprecated** since 2026-01-01, to be removed on 2027-01-01. Use \\*x\\*."
        in text
    )


# --- permissions


def test_permissions_of_one_scheme_each() -> None:
    api = load(EVERYTHING)
    needed = (
        Permission(
            "DelegatedWork", ("Zoo.Read", "Zoo.Write"), also=(("Zoo.Read", ("x",)),)
        ),
        Permission("Application", ("Zoo.All",)),
    )
    feed = [item for item in api.operations if item.name == "ns.feed"]
    told = replace(feed[0], permissions=needed)
    resources = {
        key: replace(
            each,
            operations=tuple(
                told if o.name == "ns.feed" else o for o in each.operations
            ),
        )
        for key, each in api.resources.items()
    }
    files = documents(replace(api, resources=resources))
    table = {row[0]: row[1:] for row in read(files["docs/api/animal-feed.md"]).rows}
    assert table["Delegated (work or school account)"] == [
        "Zoo.Read (together with x)",
        "Zoo.Write",
    ]
    assert table["Delegated (personal Microsoft account)"] == ["Not supported."] * 2
    assert table["Application"] == ["Zoo.All", "Not available."]
    index = read(files["docs/permissions.md"])
    assert "### Zoo.Write" in index.headings
    assert list(faults(files)) == []


def test_permissions_by_path_are_told_with_their_paths() -> None:
    api = load(EVERYTHING)
    grants = {
        "/animals": (Grant("A", frozenset({"GET"}), ("Application",)),),
        "/star/friends": (Grant("B", frozenset({"GET"}), ("Application",)),),
    }
    files = documents(replace(api, path_permissions=PathPermissions(grants)))
    text = files["docs/api/animal-list.md"]
    assert "For `GET /animals`:" in text and "For `GET /star/friends`:" in text
    assert "## Permissions" not in files["docs/api/egg-get.md"]


# --- what the user decides


def test_front_matter_has_what_the_configuration_adds() -> None:
    files = documents(
        load(EVERYTHING),
        title="The zoo: #1",
        version="beta",
        date="11/25/2026",
        site_url="https://docs.example/zoo/",
        openapi="https://zoo.example/openapi.json",
        front_matter=(("author", "ada: x"), ("ms.subservice", "zoo")),
    )
    head = read(files["docs/api/animal-get.md"]).front_matter
    assert list(head.items()) == [
        ("title", "Get animal"),
        ("description", "Read the properties of an animal."),
        ("author", "ada: x"),
        ("ms.subservice", "zoo"),
        ("ms.date", "11/25/2026"),
        ("namespace", "ns"),
        ("doc_type", "apiPageType"),
    ]
    assert (
        "this is the beta version of The zoo: \\#1" in files["docs/api/animal-get.md"]
    )
    assert "https://zoo.example/openapi.json" in files["docs/index.md"]
    assert 'site_url: "https://docs.example/zoo/"' in files["mkdocs.yml"]
    assert list(faults(files)) == []


def test_without_a_version_there_is_no_warning_and_no_date() -> None:
    text = everything()["docs/api/animal-get.md"]
    assert "Important" not in text and "ms.date" not in text


@pytest.mark.parametrize(
    "name", ["null", "1", "1.5", "true", "2026-11-25", "0x1f", ".inf", "", "a: b", "~"]
)
def test_what_the_configuration_adds_stays_text(name: str) -> None:
    files = documents(load(EVERYTHING), front_matter=((name, "x"),))
    head = read(files["docs/index.md"]).front_matter
    assert list(head) == ["title", "description", name]


# --- hostile text


@given(apis(AWKWARD, every=True))
@settings(max_examples=60)
def test_names_that_get_into_each_others_way(api: Api) -> None:
    assert list(faults(documents(api, base_url="https://x.example"))) == []


@given(apis(HOSTILE, every=True), texts)
@settings(max_examples=60)
def test_hostile_text_in_every_place(api: Api, text: str) -> None:
    options = {"title": text, "version": text, "front_matter": (("author", text),)}
    assert list(faults(documents(api, **options))) == []


@pytest.mark.parametrize(
    "word", [*WORDS, "|x|", "`", "<b>", "# x", "[a](b)", "{{ x }}"]
)
def test_a_hostile_word_as_a_name(word: str) -> None:
    types = [
        Struct(f"ns.{word}", is_entity=True, doc=Doc(word, word)),
        Enum(f"ns.{word}e", (EnumMember(word, 1, Doc(word)),)),
    ]
    assert list(faults(documents(past_the_reader(types)))) == []


def test_names_that_differ_in_case_alone_have_files_of_their_own() -> None:
    ids = ["ns.Dictionary", "ns.dictionary", "ns.security.dictionary", "far.dictionary"]
    files = documents(past_the_reader([Struct(each) for each in ids]))
    found = {
        re.sub("-[0-9a-f]{8}", "-*", path)
        for path in files
        if path.startswith("docs/resources/")
    }
    assert found == {
        "docs/resources/dictionary.md",
        "docs/resources/dictionary-*.md",
        "docs/resources/security-dictionary.md",
        "docs/resources/far-dictionary.md",
    }


def test_entries_of_one_name_are_told_apart() -> None:
    animals = """
    <EntityType Name="cat"><Key><PropertyRef Name="id"/></Key>
      <Property Name="id" Type="Edm.String" Nullable="false"/>
      <NavigationProperty Name="friend" Type="self.cat"/>
      <NavigationProperty Name="friends" Type="Collection(self.cat)"/></EntityType>
    <EntityContainer Name="Zoo"><EntitySet Name="cats" EntityType="self.cat"/>
    </EntityContainer>"""
    nav = str(yaml.safe_load(documents(load(animals))["mkdocs.yml"])["nav"])
    for title in ("(one)", "(collection)"):
        assert nav.count(f"'Remove cat by reference {title}'") == 1
    assert "'Get cat'" in nav
    ids = ["ns.animal", "ns.far.animal", "ns.plant"]
    nav = documents(past_the_reader([Struct(each) for each in ids]))["mkdocs.yml"]
    for title in ("animal (ns)", "animal (ns.far)", "plant"):
        assert f'"{title}": resources/' in nav


def test_long_lists_are_divided_by_letter() -> None:
    ids = [f"ns.{letter}{number:02}" for letter in "aBc" for number in range(40)]
    files = documents(past_the_reader([Struct(each) for each in ids]))
    assert list(faults(files)) == []
    nav = yaml.safe_load(files["mkdocs.yml"])["nav"]
    (types,) = (each["Complex types"] for each in nav if "Complex types" in each)
    assert [list(each) for each in types] == [["A"], ["B"], ["C"]]
    assert types[1]["B"][0] == {"B00": "resources/b00.md"}
    few = documents(past_the_reader([Struct(each) for each in ids[:100]]))
    (types,) = yaml.safe_load(few["docs/toc.yml"])[1:2]
    assert len(types["items"]) == 100


def test_the_place_of_a_fault_would_be_found() -> None:
    files = dict(everything())
    files["docs/index.md"] += "\n\n## Odd\n\n[x](y.md) <b>\n\n|a|b|\n|:---|:---|\n|a|\n"
    files["docs/glossary.md"] += "\n|no table|\n"
    files["docs/odd name.md"] = "---\ntitle: x\ndescription: y\n---\n\n# x\n"
    found = "\n".join(faults(files))
    for each in ("y.md", "## Odd", "html_inline", "uneven row", "odd name", "rows"):
        assert each in found


def test_errors_that_a_pass_has_found_are_told() -> None:
    api = load(EVERYTHING)
    said = (Response("404", doc=Doc("No such egg.")), Response("418", doc=Doc("Tea.")))
    eggs = {
        id_: replace(
            each,
            operations=tuple(
                [
                    replace(call, responses=(*call.responses, *said))
                    for call in each.operations
                ]
            ),
        )
        for id_, each in api.resources.items()
        if each.type == "ns.egg"
    }
    files = documents(replace(api, resources={**api.resources, **eggs}))
    rows = {row[0]: row[1:] for row in read(files["docs/api/egg-get.md"]).rows}
    assert rows["404 Not Found"] == ["NotFound", "No such egg."]
    assert rows["418 I'm a Teapot"] == ["ApiError", "Tea."]
    assert rows["400 Bad Request"] == ["BadRequest", "The request is malformed."]


CAPABILITIES = "Org.OData.Capabilities.V1"
HOUSES = f"""
<EntityType Name="house"><Key><PropertyRef Name="at/street" Alias="street"/></Key>
  <Property Name="at" Type="self.address" Nullable="false"/>
  <Property Name="names" Type="Collection(Edm.String)" Nullable="false">
    <Annotation Term="Org.OData.Validation.V1.MinItems" Int="2"/>
    <Annotation Term="Org.OData.Validation.V1.MaxItems" Int="5"/></Property></EntityType>
<ComplexType Name="address">
  <Property Name="street" Type="Edm.String" Nullable="false"/></ComplexType>
<EntityType Name="cellar"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.String" Nullable="false"/>
  <Annotation Term="{CAPABILITIES}.ReadRestrictions"><Record>
    <PropertyValue Property="Readable" Bool="false"/></Record></Annotation></EntityType>
<Function Name="below" IsBound="true" IsComposable="true">
  <Parameter Name="it" Type="self.house"/>
  <Parameter Name="level" Type="Edm.Int32" Nullable="false">
    <Annotation Term="Org.OData.Core.V1.Description" String="How deep."/></Parameter>
  <ReturnType Type="self.cellar"/></Function>
<EntityContainer Name="Town"><EntitySet Name="houses" EntityType="self.house"/>
</EntityContainer>
"""


def test_a_function_that_leads_to_what_cannot_be_read_has_no_example() -> None:
    files = documents(load(HOUSES))
    assert list(faults(files)) == []
    assert "## Examples" not in files["docs/api/house-below.md"]
    (_, line), (_, request), *_ = read(files["docs/api/cellar-delete.md"]).fences
    assert line == "DELETE /houses({houseStreet})/ns.below(level={level})\n"
    assert request == "DELETE /houses('1%20Main%20Street')/ns.below(level=8)\n"


def test_what_stands_in_the_way_is_told_on_every_page_behind_it() -> None:
    files = documents(load(HOUSES))
    for name in ("house-below", "cellar-delete", "cellar-update"):
        rows = {row[0]: row[1:] for row in read(files[f"docs/api/{name}.md"]).rows}
        assert rows["level"] == ["Int32", "How deep. Required."]
        assert rows["houseStreet"] == ["String", "The street of the house."]


def test_limits_of_both_kinds_are_told_as_one() -> None:
    rows = read(documents(load(HOUSES))["docs/resources/house.md"]).rows
    (told,) = (row[2] for row in rows if row[0] == "names")
    assert told == "2 to 5 items."
