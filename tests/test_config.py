"""Configuration: found upwards, every fault said at once, paths relative to its
file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.cli import main
from generator.config import Docs, OpenApi, Target, chosen, find_config, target_from
from generator.diagnostics import SpecError

TARGET = 'spec = "specs/a.csdl"\npackage = "pets"\nout = "src"\n'


def write(folder: Path, text: str, name: str = "specwright.toml") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def faults(folder: Path) -> list[str]:
    with pytest.raises(SpecError) as caught:
        find_config(folder)
    return [str(item) for item in caught.value.diagnostics]


def test_a_target_has_its_entries_and_defaults(tmp_path: Path) -> None:
    write(tmp_path, "[[target]]\n" + TARGET)
    assert find_config(tmp_path).targets == (
        Target(
            name="pets",
            spec=(Path("specs/a.csdl"),),
            package="pets",
            out=Path("src"),
            emit=("python",),
        ),
    )


def test_every_key_is_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        """
        [[tool.specwright.target]]
        name = "shop"
        spec = ["a.csdl", "b.csdl"]
        annotations = "more.csdl"
        permissions = "permissions.json.gz"
        include = ["Shop.Order", "GET /orders/**"]
        depth = 2
        package = "shop_client"
        out = "src"
        emit = ["python", "docs", "openapi"]
        base_url = "https://shop.example/odata"
        [tool.specwright.target.docs]
        title = "The shop"
        version = "beta"
        date = "11/25/2026"
        site_url = "https://docs.example/shop/"
        openapi = "openapi.json"
        link_base = "https://learn.example/"
        front_matter = { author = "ada", "ms.subservice" = "sales" }
        [tool.specwright.target.openapi]
        version = "3.0"
        format = "json"
        title = "Shop API"
        depth = 2
        ms_extensions = true
        """,
        "pyproject.toml",
    )
    (target,) = find_config(tmp_path).targets
    assert target == Target(
        name="shop",
        spec=(Path("a.csdl"), Path("b.csdl")),
        annotations=(Path("more.csdl"),),
        permissions=Path("permissions.json.gz"),
        include=("Shop.Order", "GET /orders/**"),
        depth=2,
        package="shop_client",
        out=Path("src"),
        emit=("python", "docs", "openapi"),
        base_url="https://shop.example/odata",
        docs=Docs(
            title="The shop",
            version="beta",
            date="11/25/2026",
            site_url="https://docs.example/shop/",
            openapi="openapi.json",
            link_base="https://learn.example/",
            front_matter=(("author", "ada"), ("ms.subservice", "sales")),
        ),
        openapi=OpenApi(
            version="3.0",
            format="json",
            title="Shop API",
            depth=2,
            ms_extensions=True,
        ),
    )


def test_faults_of_the_openapi_document_are_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        "[[target]]\n" + TARGET + '[target.openapi]\nversion = "2.0"\n'
        'format = "jaml"\ndepth = -1\nms_extensions = "yes"\n',
    )
    assert [line.split(": ", 2)[2] for line in faults(tmp_path)] == [
        "target 'pets': openapi: `version` is one of 3.1, 3.0; found '2.0'; did you "
        "mean '3.0'? [config-value]",
        "target 'pets': openapi: `format` is one of yaml, json; found 'jaml'; did you "
        "mean 'yaml'? [config-value]",
        "target 'pets': openapi: `ms_extensions` is true or false, found the text 'yes' "
        "[config-type]",
        "target 'pets': openapi: `depth` is 0 or more, found -1 [config-value]",
    ]


def test_faults_of_the_documents_are_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        "[[target]]\n" + TARGET + '[target.docs]\nsite_url = "x"\ntitel = "x"\n'
        'link_base = "file:///x"\n'
        'front_matter = { title = "x", author = 1 }\n',
    )
    assert [line.split(": ", 2)[2] for line in faults(tmp_path)] == [
        "target 'pets': docs: unknown key 'titel'; did you mean 'title'? "
        "[config-unknown-key]",
        "target 'pets': docs: front_matter: 'title' is different on every page "
        "[config-value]",
        "target 'pets': docs: front_matter: `author` is a text, found the number 1 "
        "[config-type]",
        "target 'pets': docs: `site_url` begins with https:// or http://, found 'x' "
        "[config-value]",
        "target 'pets': docs: `link_base` begins with https:// or http://, found "
        "'file:///x' [config-value]",
    ]
    write(tmp_path, "[[target]]\n" + TARGET + "docs = 1\n")
    assert "`docs` is a table, found the number 1" in faults(tmp_path)[0]


def test_the_nearest_configuration_above_holds(tmp_path: Path) -> None:
    write(tmp_path, "[[target]]\n" + TARGET)
    write(tmp_path / "a", "[tool.other]\nkey = 1\n", "pyproject.toml")
    config = find_config(tmp_path / "a" / "b")
    assert config.file == Path("../../specwright.toml")
    assert config.targets[0].spec == (Path("../../specs/a.csdl"),)
    assert config.targets[0].out == Path("../../src")


def test_no_configuration_says_what_to_do(tmp_path: Path) -> None:
    (message,) = faults(tmp_path)
    assert "specwright.toml" in message and "--spec" in message
    assert "[config-missing]" in message


def test_two_configurations_in_one_folder_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "[[target]]\n" + TARGET)
    write(tmp_path, "[[tool.specwright.target]]\n" + TARGET, "pyproject.toml")
    (message,) = faults(tmp_path)
    assert "specwright.toml and pyproject.toml both" in message


def test_broken_toml_is_placed(tmp_path: Path) -> None:
    write(tmp_path, "[[target]]\npackage = = 1\n")
    (message,) = faults(tmp_path)
    assert message.startswith("specwright.toml:2:11: error: not valid TOML: ")


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        'targets = 1\n[[target]]\nspec = []\npackge = "a"\npackage = "class"\n'
        'out = 3\nemit = ["pyhton"]\ndepth = -1\ninclude = [""]\nbase_url = "x"\n',
    )
    assert [line.split(": ", 2)[2] for line in faults(tmp_path)] == [
        "configuration: unknown key 'targets'; did you mean 'target'? "
        "[config-unknown-key]",
        "target 'class': unknown key 'packge'; did you mean 'package'? "
        "[config-unknown-key]",
        "target 'class': `spec` must be given [config-missing]",
        "target 'class': `include` is a text or a list of texts, none of them empty, "
        "found the array [''] [config-type]",
        "target 'class': `out` is a text, found the number 3 [config-type]",
        "target 'class': `package` is the name of a Python package, 'class' cannot be "
        "one [config-value]",
        "target 'class': `emit` knows python, docs, openapi; found 'pyhton'; did you "
        "mean 'python'? "
        "[config-value]",
        "target 'class': `depth` is 0 or more, found -1 [config-value]",
        "target 'class': `depth` (--depth) limits a slice and needs `include` "
        "(--include) [config-value]",
        "target 'class': `base_url` begins with https:// or http://, found 'x' "
        "[config-value]",
    ]


@pytest.mark.parametrize("name", ["../evil", "a.b", "a/b", "1a", "", "a b", "import"])
def test_a_package_name_cannot_leave_the_folder(name: str) -> None:
    with pytest.raises(SpecError, match="`package`"):
        target_from({"spec": ["a.csdl"], "package": name, "out": "."})


@pytest.mark.parametrize(
    "text", ["target = 1", "target = [1]", "[target]\nname = 'a'"], ids=repr
)
def test_targets_are_an_array_of_tables(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    (message,) = faults(tmp_path)
    assert "written [[target]]" in message
    (tmp_path / "specwright.toml").unlink()
    write(tmp_path, "[tool.specwright.target]\nname = 'a'\n", "pyproject.toml")
    (message,) = faults(tmp_path)
    assert "written [[tool.specwright.target]]" in message


@pytest.mark.parametrize("name", ["json", "types", "sys"])
def test_a_package_name_cannot_hide_the_standard_library(name: str) -> None:
    with pytest.raises(SpecError, match="standard library"):
        target_from({"spec": ["a.csdl"], "package": name, "out": "."})


@pytest.mark.parametrize("name", ["con", "CON", "nul", "lpt1"])
def test_a_package_has_no_name_of_a_device(name: str) -> None:
    with pytest.raises(SpecError, match="Windows keeps for a device"):
        target_from({"spec": ["a.csdl"], "package": name, "out": "."})


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://a.example/v1?x=1", "has no query"),
        ("https://a.example/v1?", "has no query"),
        ("https://a.example/v1#top", "has no query"),
        ("https://me:secret@a.example/", "has no query"),
        ("https://[a", "begins with https://"),
        ("https://?x", "begins with https://"),
    ],
)
def test_a_base_url_is_a_place_and_nothing_more(url: str, message: str) -> None:
    table = {"spec": ["a.csdl"], "package": "pets", "out": ".", "base_url": url}
    with pytest.raises(SpecError, match=message) as caught:
        target_from(table)
    assert "secret" not in str(caught.value)


def test_a_base_url_may_have_a_port_and_a_path() -> None:
    url = "https://a.example:8443/odata/v4"
    table = {"spec": ["a.csdl"], "package": "pets", "out": ".", "base_url": url}
    assert target_from(table).base_url == url


def test_a_section_without_targets_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "[tool.specwright]\n", "pyproject.toml")
    message = "there is no target; it is a table [[tool.specwright.target]]"
    assert message in faults(tmp_path)[0]


def test_the_tables_of_a_project_are_not_those_of_a_file_of_our_own(
    tmp_path: Path,
) -> None:
    write(tmp_path, "[[tool.specwright.target]]\n" + TARGET)
    (message,) = faults(tmp_path)
    assert "is for pyproject.toml; here it is [[target]]" in message


def test_without_a_configuration_it_is_said_how_to_begin_one(tmp_path: Path) -> None:
    (message,) = faults(tmp_path)
    assert "begin one with specwright init --spec FILE" in message


@pytest.mark.skipif(sys.platform == "win32", reason="keeps a current folder")
@pytest.mark.parametrize("command", [["check"], ["generate", "--watch"]])
def test_a_current_folder_that_is_gone_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(command) == 2
    assert capsys.readouterr().err.startswith("error: the current folder is gone")


def test_a_url_without_encryption_may_be_meant() -> None:
    table = {"spec": ["http://a.example/x"], "package": "pets", "out": "."}
    with pytest.raises(SpecError, match=r"set allow_local \(--allow-local\)"):
        target_from(table)
    assert target_from({**table, "allow_local": True})


def test_targets_must_differ_in_name_and_folder(tmp_path: Path) -> None:
    one = "[[target]]\nname = 'one'\n" + TARGET
    write(tmp_path, one + one + one.replace("one", "two"))
    messages = faults(tmp_path)
    assert "two targets are named 'one'" in messages[0]
    assert any("'one' and 'two' both write src/pets" in line for line in messages)


@pytest.mark.parametrize(
    ("old", "new"), [('out = "src"', 'out = "x/../src"'), ('"pets"', '"Pets"')]
)
def test_a_folder_may_be_spelled_in_many_ways(
    tmp_path: Path, old: str, new: str
) -> None:
    assert old in TARGET
    one = "[[target]]\nname = 'one'\n" + TARGET
    two = "[[target]]\nname = 'two'\n" + TARGET.replace(old, new)
    write(tmp_path, one + two)
    assert "'one' and 'two' both write " in faults(tmp_path)[0]


@pytest.mark.parametrize("out", ["src/pets", "src/pets/more", "src/../src/Pets"])
def test_a_package_has_no_place_for_another(tmp_path: Path, out: str) -> None:
    one = "[[target]]\nname = 'one'\n" + TARGET
    two = TARGET.replace('"src"', f'"{out}"').replace('"pets"', '"cats"')
    two = "[[target]]\nname = 'two'\n" + two
    for text in (one + two, two + one):
        write(tmp_path, text)
        (message,) = faults(tmp_path)
        assert "'two' writes into " in message and "the package of 'one'" in message
    write(tmp_path, one + 'emit = ["docs"]\n' + two)
    assert find_config(tmp_path)
    write(tmp_path, one + two.replace(out, "src/pets_more"))
    assert find_config(tmp_path)


def test_targets_are_chosen_by_name_in_the_configuration_s_order(
    tmp_path: Path,
) -> None:
    text = "[[target]]\n" + TARGET
    write(tmp_path, text + text.replace("pets", "cats"))
    config = find_config(tmp_path)
    assert [t.name for t in chosen(config, ["cats", "pets"])] == ["pets", "cats"]
    assert [t.name for t in chosen(config, ["cats"])] == ["cats"]
    with pytest.raises(SpecError, match="no target 'cat'; did you mean 'cats'"):
        chosen(config, ["cat"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "[" * 100_000, "nested too deeply"),
        ("a = " + "{b=" * 10_000, "nested too deeply"),
        ("a = " + "9" * 10_000, "cannot be read"),
        ("a." * 100_000 + "a = 1", "more than 200 parts"),
        ("# " + "x" * 1_000_000, "more than 1,000,000 characters"),
        ("[[target]]\na = [1, }", "not valid TOML: Invalid value"),
    ],
)
@pytest.mark.parametrize("name", ["specwright.toml", "pyproject.toml"])
def test_no_configuration_takes_for_ever(
    tmp_path: Path, text: str, message: str, name: str
) -> None:
    write(tmp_path, text, name)
    (fault,) = faults(tmp_path)
    assert message in fault and "[config-toml]" in fault


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('out = "a\\u0000b"', "`out` holds the character U+0000"),
        ('include = ["a\\u0000b"]', "`include` holds the character U+0000"),
        ('package = "\ufb01n"', "the name of a Python package"),
        ('base_url = "https://x/\\n"', "`base_url` is no URL"),
    ],
)
def test_values_that_nothing_can_be_made_of(
    tmp_path: Path, line: str, message: str
) -> None:
    key = line.partition(" ")[0]
    others = [each for each in TARGET.splitlines() if not each.startswith(key)]
    write(tmp_path, "\n".join(["[[target]]", *others, line, ""]))
    assert message in faults(tmp_path)[0]
