"""From where a document is to its bytes: files, folders, standard input, and the copies
of what is at a URL, as a user meets them."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from server import Request, Server

from generator.cli import main
from generator.config import find_config, target_from
from generator.diagnostics import SpecError
from generator.locations import StandardInput, Url
from generator.sources import load, refresh
from generator.sources.copies import FOLDER, Copy

HEAD = '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">'
SPEC = (
    HEAD + '<edmx:DataServices><Schema Namespace="{0}" '
    'xmlns="http://docs.oasis-open.org/odata/ns/edm">'
    '<EntityType Name="{1}"><Key><PropertyRef Name="id"/></Key>'
    '<Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>'
    "</Schema></edmx:DataServices></edmx:Edmx>"
)
ZOO = SPEC.format("Zoo", "Animal")
API = '{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


class Published:
    """A document at a URL, with an ETag of what it says now."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, request: Request) -> Any:
        tag = f'"{len(self.text)}"'
        if request.headers.get("if-none-match") == tag:
            return (304, {}, None)
        return (200, {"ETag": tag}, self.text)


def test_a_file_may_be_compressed(folder: Path) -> None:
    (folder / "a.csdl.gz").write_bytes(gzip.compress(ZOO.encode()))
    (source,) = load(Path("a.csdl.gz"), Path())
    assert (source.name, source.data) == ("a.csdl.gz", ZOO.encode())


def test_a_folder_is_its_descriptions_by_name(folder: Path) -> None:
    specs = folder / "specs"
    (specs / "below").mkdir(parents=True)
    (specs / "below" / "c.csdl").write_text(ZOO)
    (specs / "b.XML").write_text(SPEC.format("Two", "B"))
    (specs / "a.csdl.gz").write_bytes(gzip.compress(SPEC.format("One", "A").encode()))
    (specs / "api.json").write_text(API)
    (specs / "part.yaml").write_text("Keeper: {type: object}\n")
    (specs / "readme.md").write_text("openapi: no\n")
    (specs / ".hidden.csdl").write_text(ZOO)
    assert [source.name for source in load(Path("specs"), Path())] == [
        "specs/a.csdl.gz",
        "specs/api.json",
        "specs/b.XML",
    ]


def test_a_folder_gives_one_package(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    specs = folder / "specs"
    specs.mkdir()
    (specs / "a.csdl").write_text(SPEC.format("One", "A"))
    (specs / "b.csdl").write_text(SPEC.format("Two", "B"))
    assert main(["list", "types", "--spec", "specs"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "One.A\tentity type",
        "Two.B\tentity type",
    ]


def test_annotations_may_stand_in_a_folder(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "zoo.csdl").write_text(ZOO)
    (folder / "more").mkdir()
    note = (
        HEAD + '<edmx:DataServices><Schema Namespace="More" '
        'xmlns="http://docs.oasis-open.org/odata/ns/edm">'
        '<Annotations Target="Zoo.Nothing"><Annotation '
        'Term="Org.OData.Core.V1.Description" String="x"/></Annotations>'
        "</Schema></edmx:DataServices></edmx:Edmx>"
    )
    (folder / "more" / "a.csdl").write_text(note)
    options = ["list", "types", "--verbose", "--spec", "zoo.csdl", "--annotations"]
    main([*options, "more/a.csdl"])
    as_file = capsys.readouterr().err
    main([*options, "more"])
    assert capsys.readouterr().err == as_file
    assert "more/a.csdl" in as_file


def test_a_folder_without_descriptions_says_so(folder: Path) -> None:
    (folder / "specs").mkdir()
    with pytest.raises(SpecError, match="no description in this folder"):
        load(Path("specs"), Path())


def test_standard_input_is_a_document(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(monkeypatch, gzip.compress(ZOO.encode()))
    assert main(["list", "types", "--spec", "-"]) == 0
    assert capsys.readouterr().out == "Zoo.Animal\tentity type\n"
    piped(monkeypatch, b"<edmx")
    assert main(["list", "types", "--spec", "-"]) == 2
    assert capsys.readouterr().err.startswith("<stdin>:1:")


def test_standard_input_can_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"x" * 20)
    source = StandardInput()
    assert [load(source, Path())[0].data for _ in range(2)] == [b"x" * 20] * 2
    piped(monkeypatch, b"x" * 20)
    with pytest.raises(SpecError, match="more than 10 bytes"):
        load(StandardInput(), Path(), limit=10)


def test_a_url_is_fetched_once_and_read_from_its_copy(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Server(Published(ZOO)) as server:
        url = f"{server.url}/zoo/$metadata"
        options = ["list", "types", "--allow-local", "--spec", url]
        assert main(options) == 0
        assert main(options) == 0
    assert capsys.readouterr().out == "Zoo.Animal\tentity type\n" * 2
    assert len(server.requests) == 1
    assert main(options) == 0  # the server is gone
    names = sorted(path.name for path in (folder / FOLDER).iterdir())
    assert names == [f"{Url(url).key}.json", f"{Url(url).key}.source"]


def test_versions_at_urls_are_compared(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "old.csdl").write_text(SPEC.format("Zoo", "Zookeeper"))
    with Server(Published(ZOO)) as server:
        options = ["diff", "old.csdl", f"{server.url}/zoo"]
        assert main(options) == 2
        assert "--allow-local" in capsys.readouterr().err
        assert main([*options, "--allow-local"]) == 0
    assert "Zoo.Animal: the entity type is new" in capsys.readouterr().out


def test_fetch_refreshes_the_copies_beside_the_configuration(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    published = Published(ZOO)
    with Server(published) as server:
        (folder / "specwright.toml").write_text(
            f'[[target]]\nspec = "{server.url}/zoo?token=secret"\npackage = "zoo"\n'
            'out = "."\nallow_local = true\n'
        )
        (folder / "below").mkdir()
        monkeypatch.chdir(folder / "below")
        size = len(ZOO)
        for change in ("new", "the same", "the same"):
            assert main(["fetch"]) == 0
            out = capsys.readouterr().out
            assert out.endswith(f": {change}, {size} bytes\n")
        published.text = SPEC.format("Zoo", "Zookeeper")
        assert main(["list", "types"]) == 0
        assert capsys.readouterr().out == "Zoo.Animal\tentity type\n"
        assert main(["fetch"]) == 0
        assert ": changed, " in capsys.readouterr().out
        assert main(["list", "types"]) == 0
        assert capsys.readouterr().out == "Zoo.Zookeeper\tentity type\n"
    assert [r.headers.get("if-none-match") for r in server.requests] == [
        None,
        f'"{size}"',
        f'"{size}"',
        f'"{size}"',
    ]
    assert (folder / FOLDER).is_dir() and not (folder / "below" / FOLDER).exists()


@pytest.mark.parametrize("first", [True, False])
def test_a_url_is_local_if_one_target_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str], first: bool
) -> None:
    for allow_local in (first, not first):
        with (folder / "specwright.toml").open("a") as file:
            file.write(
                '[[target]]\nspec = "https://127.0.0.1:1/zoo"\nout = "."\n'
                f'package = "zoo_{allow_local}"\n'
                f"allow_local = {str(allow_local).lower()}\n"
            )
    assert main(["fetch"]) == 2
    # it is asked, and nobody answers there
    assert "cannot be fetched" in capsys.readouterr().err


def test_a_copy_is_what_was_fetched_or_is_not_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Server(Published(ZOO)) as server:
        url = Url(f"{server.url}/zoo")
        options = ["list", "types", "--allow-local", "--spec", url.text]
        assert main(options) == 0
        document = Copy(url, Path()).document
        document.write_text(ZOO.replace("Animal", "Virus"))
        assert main(options) == 2
        err = capsys.readouterr().err
        assert "is not what was fetched; specwright fetch gets it again" in err
        assert "[source-copy]" in err
        assert main(["fetch", *options[2:]]) == 0
        assert document.read_text() == ZOO
        assert "if-none-match" not in server.requests[-1].headers
        Copy(url, Path()).record.write_text("[" * 100_000)
        assert main(options) == 2
        document.unlink()
        assert main(options) == 2
        assert refresh(url, Path(), allow_local=True).change == "new"


def test_a_copy_holds_whatever_line_ends_git_writes(folder: Path) -> None:
    sent = ZOO.replace("><", ">\r\n<")
    with Server([(200, {}, sent)] * 2) as server:
        url = Url(server.url)
        load(url, Path(), allow_local=True)
        document = Copy(url, Path()).document
        assert document.read_bytes() == sent.encode()
        for text in (sent.replace("\r\n", "\n"), sent):
            document.write_bytes(text.encode())
            (source,) = load(url, Path())
            assert source.data == text.encode()
        document.write_bytes(sent.replace("\r\n", "\n").encode())
        assert refresh(url, Path(), allow_local=True).change == "the same"


@pytest.mark.parametrize("nothing", [b"", gzip.compress(b"")], ids=["plain", "gzip"])
def test_an_empty_answer_does_not_replace_a_copy(folder: Path, nothing: bytes) -> None:
    with Server([(200, {}, ZOO), (200, {}, nothing)]) as server:
        url = Url(server.url)
        load(url, Path(), allow_local=True)
        with pytest.raises(SpecError, match="the server sends nothing"):
            refresh(url, Path(), allow_local=True)
    (source,) = load(url, Path())
    assert source.data == ZOO.encode()


def test_what_is_packed_is_kept_unpacked(folder: Path) -> None:
    data = gzip.compress(ZOO.encode())
    with Server([(200, {"Content-Encoding": "gzip"}, data)]) as server:
        url = Url(server.url)
        (source,) = load(url, Path(), allow_local=True)
    assert source.data == Copy(url, Path()).document.read_bytes() == ZOO.encode()


def test_what_unpacks_to_too_much_is_not_kept(folder: Path) -> None:
    data = gzip.compress(b"x" * 100_000)
    with Server([(200, {}, data)]) as server:
        with pytest.raises(SpecError, match="more than 50,000 bytes"):
            load(Url(server.url), Path(), allow_local=True, limit=50_000)
    assert not (folder / FOLDER).exists()


def test_secrets_of_a_url_are_nowhere(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Server([(200, {}, ZOO), (500, {}, "")]) as server:
        url = f"{server.url}/zoo?token=s3cret"
        options = ["--verbose", "--allow-local", "--spec", url]
        main(["list", "types", *options])
        assert main(["fetch", *options]) == 2
    shown = "".join(capsys.readouterr())
    assert "[source-fetch]" in shown and "/zoo?...(" in shown
    kept = [path for path in (folder / FOLDER).iterdir()]
    texts = [shown, repr(Url(url)), *(p.read_text() + p.name for p in kept)]
    assert len(kept) == 2
    assert not [text for text in texts if "s3cret" in text]


def test_every_url_that_fails_is_told_and_the_others_are_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(request: Request) -> Any:
        return (200, {}, ZOO) if request.path == "/b" else (404, {}, "")

    with Server(answer) as server:
        specs = [f"--spec={server.url}/{name}" for name in "abc"]
        assert main(["fetch", "--allow-local", *specs]) == 2
    out, err = capsys.readouterr()
    assert out == f"{server.url}/b: new, {len(ZOO)} bytes\n"
    assert err.count("[source-fetch]") == 2


def test_nothing_to_fetch_is_no_fault(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fetch", "--spec", "zoo.csdl"]) == 0
    assert capsys.readouterr().err == "no target has a URL\n"


def test_a_local_server_is_refused_unless_it_is_allowed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["list", "types", "--spec", "https://127.0.0.1:9/x"]) == 2
    err = capsys.readouterr().err
    assert "[source-refused]" in err and "--allow-local" in err


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://a.example/x?token=s3cret", "write https://"),
        ("ftp://a.example/x", "begins with https://, found ftp:"),
        ("file:///etc/passwd", "begins with https://, found file:"),
        ("https:///x", "is no URL"),
        ("https://[a/x", "this is no URL"),
        ("https://a.example:x/", "this is no URL"),
        ("https://a.example/a b", "is no URL"),
        ("https://\u0430.example/", "is no URL"),
        ("https://me:s3cret@a.example/", "has a user or a password"),
        ("https://a.example/#s3cret", "has a fragment"),
        ("https:/a.example/x", "is no URL"),
    ],
)
def test_a_url_is_judged_before_it_is_asked(url: str, message: str) -> None:
    with pytest.raises(SpecError, match=message) as caught:
        target_from({"spec": url, "package": "zoo", "out": "."})
    assert "s3cret" not in str(caught.value)
    assert "[config-value]" in str(caught.value)


def test_urls_stand_in_every_entry_for_documents(folder: Path) -> None:
    (folder / "specwright.toml").write_text(
        '[[target]]\nspec = ["a.csdl", "https://a.example/s"]\npackage = "zoo"\n'
        'annotations = "https://a.example/a"\nout = "."\n'
        'permissions = "https://a.example/p"\n'
        '[target.docs]\nprevious = "https://a.example/o"\n'
    )
    (target,) = find_config(folder).targets
    assert list(map(str, target.locations)) == [
        "a.csdl",
        "https://a.example/s",
        "https://a.example/a",
        "https://a.example/p",
        "https://a.example/o",
    ]


def test_standard_input_is_for_the_command_line_and_once(folder: Path) -> None:
    text = '[[target]]\nspec = "-"\npackage = "zoo"\nout = "."\n'
    (folder / "specwright.toml").write_text(text)
    with pytest.raises(SpecError, match="is for the command line"):
        find_config(folder)
    with pytest.raises(SpecError, match="one document, not several"):
        target_from({"spec": ["-", "-"], "package": "zoo", "out": "."})


@pytest.mark.parametrize("large", [0, 1_000_000])
def test_a_version_may_be_piped_in(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    large: int,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)  # so that a large one is read aside
    (folder / "new.csdl").write_text(ZOO.replace("id", "key") + " " * large)
    piped(monkeypatch, ZOO.encode())
    assert main(["diff", "-", "new.csdl", "--fail-on", "breaking"]) == 1
    assert "Zoo.Animal/id: the property was removed" in capsys.readouterr().out
    (folder / "old.csdl").write_text(ZOO)
    piped(monkeypatch, HEAD.encode() + b"<edmx:DataServices/></edmx:Edmx>")
    assert main(["diff", "old.csdl", "new.csdl", "--annotations", "-"]) == 0
    assert "Zoo.Animal/id: the property was removed" in capsys.readouterr().out


def test_both_versions_cannot_be_piped_in(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, ZOO.encode())
    with pytest.raises(SystemExit) as ended:
        main(["diff", "-", "-"])
    assert ended.value.code == 2
    assert "holds one version" in capsys.readouterr().err


def test_what_both_versions_lack_is_said_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "old.csdl").write_text(ZOO)
    assert main(["diff", "old.csdl", "old.csdl", "--annotations", "none.csdl"]) == 2
    assert capsys.readouterr().err.count("there is no such file") == 1


def test_a_copy_that_cannot_be_kept_is_a_fault(folder: Path) -> None:
    (folder / ".specwright").write_text("in the way")
    with Server(Published(ZOO)) as server:
        with pytest.raises(SpecError, match=r"source-copy"):
            load(Url(server.url), Path(), allow_local=True)


def test_the_record_says_what_the_document_must_be(folder: Path) -> None:
    with Server(Published(ZOO)) as server:
        url = Url(f"{server.url}/zoo")
        load(url, Path(), allow_local=True)
    record = json.loads(Copy(url, Path()).record.read_text())
    assert record.keys() == {"url", "sha256", "size", "etag", "last_modified"}
    assert (record["url"], record["size"]) == (url.text, len(ZOO))


def test_documents_at_urls_refer_to_one_another(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are given; what is not is not fetched for a reference to it."""
    refers = {"schemas": {"Zoo": {"$ref": "parts.json#/Keeper"}}}
    api = json.dumps({**json.loads(API), "components": refers})

    def answer(request: Request) -> Any:
        parts = {"Keeper": {"type": "object", "properties": {"name": {}}}}
        return (200, {}, api if request.path == "/api.json" else parts)

    with Server(answer) as server:
        specs = ["--spec", f"{server.url}/api.json"]
        assert main(["list", "types", "--allow-local", *specs]) == 2
        assert "[openapi-reference-not-read]" in capsys.readouterr().err
        assert len(server.requests) == 1
        specs += ["--spec", f"{server.url}/parts.json"]
        assert main(["list", "types", "--allow-local", *specs]) == 0
    assert "Zoo" in capsys.readouterr().out


def test_a_name_that_no_file_can_have_is_of_no_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", "types", "--spec", "a" * 300]) == 2
    assert "File name too long [source-unreadable]" in capsys.readouterr().err
