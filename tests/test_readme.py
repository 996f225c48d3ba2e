"""README: every example in it is true."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import subprocess
import sys
import textwrap
import tomllib
import uuid
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from server import Answer, Request, Server

from generator.cli import main
from generator.completion import commands
from generator.config import find_config
from generator.options import parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    """Give the fenced blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def example(number: int) -> str:
    return blocks("python")[number]


def program(number: int) -> str:
    """Give an example as a program: on the generated package, awaiting where it does.

    What the text leaves to the reader, a `credential`, stands before it; a client of
    theirs is ours.
    """
    text = example(number).replace("from my_client", "from graph_qrpin")
    text = re.sub(r"(?m)^from (?=graph_|library)", "from generated.", text)
    given = 'credential = "<token>"\n' if "credential" in text else ""
    if "await " not in text:
        return given + text
    body = textwrap.indent(given + text, "    ")
    return (
        f"import asyncio\n\nasync def main() -> None:\n{body}\n\nasyncio.run(main())\n"
    )


EXAMPLES = range(len(blocks("python")))


ADA = {
    "@odata.etag": 'W/"1"',
    "id": "1",
    "displayName": "Ada",
    "jobTitle": "Analyst",
    "mail": "ada@contoso.com",
}
FAILED = {"error": {"code": "Request_ResourceNotFound", "message": "no such thing"}}


def service(request: Request) -> Answer:
    """Answer as the service of the examples would, enough for them to run."""
    path = request.path.removeprefix("/beta")
    if path.endswith("/pin") and request.method == "POST":
        sent = request.json
        return 201, {}, {**sent, "createdDateTime": "2026-11-23T10:15:30.1234567Z"}
    if path == "/$batch":
        parts = request.json["requests"]
        return 200, {}, {"responses": [answered(part) for part in parts]}
    if path == "/me" and request.method == "PATCH":
        return (204, {}, None) if "if-match" not in request.headers else (412, {}, None)
    if path == "/me" and "if-none-match" in request.headers:
        return 304, {}, None
    if path == "/users/delta()":
        removed = {"id": "1", "@removed": {"reason": "deleted"}}
        link = {"@odata.deltaLink": "/users/delta()?$deltatoken=1"}
        if "deltatoken" in request.target:
            return 410, {}, FAILED
        return 200, {}, {"value": [ADA, removed], **link}
    return stored(request, path)


def stored(request: Request, path: str) -> Answer:
    """Answer for objects, files and what takes long."""
    if path == "/users":
        return (
            200,
            {},
            {"value": [ADA], "@odata.count": 2, "@odata.nextLink": next_link(request)},
        )
    if path.endswith(("/methods", "Policies")):
        return 200, {}, {"value": []}
    if path.endswith("/resetPassword"):
        return 202, {"Location": "/operations/1"}, {"newPassword": "3k7-Tj9"}
    if path == "/operations/1":
        return 200, {}, {"status": "succeeded"}
    if path.endswith("/createUploadSession"):
        return 200, {}, {"uploadUrl": f"http://{request.headers['host']}/upload/1"}
    if path == "/upload/1":
        return 201, {}, {"id": "report", "name": "report.txt"}
    if path.endswith(":/content"):
        return 201, {}, {"id": "new"}
    if path.endswith("/content"):
        return (204, {}, None) if request.method == "PUT" else (200, {}, "content")
    if path.endswith("/$ref"):
        return 204, {}, None
    if path in (
        "/me",
        "/me/manager",
        "/users/ada@contoso.com/manager/microsoft.graph.user",
        "/users(userPrincipalName='ada@contoso.com')",
        "/users/ada%40contoso.com",
        "/users/ada@contoso.com",
    ):
        return (200, {}, ADA) if request.method == "GET" else (204, {}, None)
    return 404, {}, FAILED


ITEM = {"id": str(uuid.UUID(int=7)), "kind": "book", "title": "Atlas", "isbn": "978-1"}
EVENTS = [{"type": "extended", "until": "2026-12-01"}, {"type": "returned"}]


def library(request: Request) -> Answer:
    """Answer as the library of the examples would."""
    path = request.path
    if path == "/items" and request.method == "POST":
        known = request.json["authors"] == ["?"]
        until = {"message": "there", "until": "2026-12-01"}
        return (409, {}, until) if known else (201, {}, {**request.json, **ITEM})
    if path == "/items":
        last = "atlas" not in request.target or "page=2" in request.target
        link = {} if last else {"link": '</items?title=atlas&page=2>; rel="next"'}
        return 200, {"x-total": "1", **link}, [ITEM]
    told: dict[str, Answer] = {
        f"/items/{ITEM['id']}": (200, {}, ITEM),
        "/loans/7/events": (200, {}, EVENTS),
        "/report": (200, {"content-type": "text/csv"}, "Atlas,M 3\n"),
    }
    if path.endswith("/cover"):
        done: Answer = (204, {}, None)
        picture: Answer = (200, {"content-type": "image/png"}, b"\x89PNG")
        return done if request.method == "PUT" else picture
    return told.get(path, (599, {}, None))


def next_link(request: Request) -> str | None:
    """Give a second page, and no third."""
    return None if "skiptoken" in request.target else "/users?$skiptoken=2"


def answered(part: dict[str, Any]) -> dict[str, Any]:
    """Answer a part of a batch as if it had come alone."""
    request = Request(part["method"], "/" + part["url"], part.get("headers", {}), b"")
    status, headers, body = cast("tuple[int, Any, Any]", service(request))
    return {"id": part["id"], "status": status, "headers": headers, "body": body}


@pytest.mark.parametrize("number", EXAMPLES)
def test_examples_run(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from generated import graph_qrpin
    from generated.library import client as of_library

    of_graph = "graph_qrpin" in program(number)
    with Server(service if of_graph else library) as server:
        monkeypatch.setattr(of_library, "server_url", lambda *_: server.url)
        for client in (graph_qrpin.Client, graph_qrpin.AsyncClient):
            monkeypatch.setattr(client, "_base_url", server.url)
        code = compile(program(number), f"README example {number + 1}", "exec")
        exec(code, {"__name__": "__main__"})
        assert server.requests


def test_the_first_example_sends_what_the_text_says() -> None:
    from generated.graph_qrpin import Client

    with Server(service) as server:
        text = program(0).replace(
            'Client("<token>")', f'Client("<token>", base_url={server.url!r})'
        )
        exec(compile(text, "README", "exec"), {"Client": Client})
    (request,) = server.requests
    told = re.search(r"POST (/\S+)\s+(/\S+)", README)
    assert told is not None
    path = "".join(told.groups()).replace("{device}", "%7Bdevice%7D")
    assert (request.method, request.path) == (
        "POST",
        path.replace("{token}", "%7Btoken%7D"),
    )
    assert request.json == {"code": "09599786", "forceChangePinNextSignIn": True}


def test_the_query_of_the_example_is_what_the_service_understands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from generated import graph_qrpin

    (number,) = [n for n in EXAMPLES if "employee_hire_date" in program(n)]
    with Server(service) as server:
        monkeypatch.setattr(graph_qrpin.Client, "_base_url", server.url)
        exec(compile(program(number), "README", "exec"), {"__name__": "__main__"})
    users, *_, policies = server.requests
    assert users.query == {
        "$filter": "(employeeHireDate gt now() sub duration'P30D'"
        " or employeeOrgData/division eq 'Sales')"
        " and (businessPhones/any(phone:startswith(phone,'+49')) or assignedLicenses"
        "/any(licence:licence/skuId eq 06ebc4ee-1bb5-47dd-8120-11324bc54e06))"
        " and not endswith(mail,'@example.org')",
        "$search": '"displayName:Ada" OR "mail:ada"',
        "$expand": "manager($select=displayName)",
        "$orderby": "tolower(displayName) desc",
        "$count": "true",
    }
    assert policies.query == {
        "$filter": "allowedCombinations/any(way:way has 'sms,password')"
    }


@pytest.mark.checkers
def test_examples_pass_both_checkers(tmp_path: Path) -> None:
    files = []
    for number in EXAMPLES:
        file = tmp_path / f"example_{number}.py"
        file.write_text(program(number))
        files.append(str(file))
    settings = {"typeCheckingMode": "strict", "extraPaths": [str(ROOT)]}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    for command in (
        ["mypy", "--strict", "--explicit-package-bases", *files],
        ["pyright", "--project", str(tmp_path), "--pythonpath", sys.executable],
    ):
        run = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True
        )
        assert run.returncode == 0, run.stdout + run.stderr


def test_the_examples_of_the_library_send_what_the_text_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from generated.library import client as of_library

    with Server(library) as server:
        monkeypatch.setattr(of_library, "server_url", lambda *_: server.url)
        for number in EXAMPLES:
            if "from library" in example(number):
                exec(compile(program(number), "README", "exec"), {})
    told = {f"{each.method} {each.path}" for each in server.requests}
    cover = "/items/06ebc4ee-1bb5-47dd-8120-11324bc54e06/cover"
    assert told == {
        "GET /items",
        "POST /items",
        f"PATCH /items/{ITEM['id']}",
        "GET /loans/7/events",
        f"PUT {cover}",
        f"GET {cover}",
        "GET /report",
    }
    added, refused = [each.json for each in server.requests if each.method == "POST"]
    assert added == {
        "title": "Atlas",
        "authors": ["G. Mercator"],
        "shelf": None,
        "pages": 107,
        "kind": "book",
    }
    assert refused["kind"] == "book"
    sent = [each.headers for each in server.requests]
    assert {each.get("authorization") for each in sent} == {"Bearer <token>", None}
    assert {each.get("x-library-key") for each in sent} == {"s3cret", None}
    pages = [each.target for each in server.requests if "title=atlas" in each.target]
    assert pages == ["/items?title=atlas", "/items?title=atlas&page=2"] * 2


def test_the_overlay_changes_the_library(tmp_path: Path) -> None:
    (overlay,) = [each for each in blocks("yaml") if each.startswith("overlay:")]
    (tmp_path / "overlay.yaml").write_text(overlay)
    spec = str(ROOT / "specs" / "library.openapi.yaml")
    given = ["--spec", spec, "--annotations", str(tmp_path / "overlay.yaml")]
    out = ["--package", "changed", "--out", str(tmp_path)]
    assert main(["generate", *given, *out]) == 0
    items = (tmp_path / "changed" / "resources" / "items.py").read_text()
    assert "def report(" in items and "def remove(" not in items


def test_the_configuration_is_read(tmp_path: Path) -> None:
    example = "\n".join(blocks("toml")[:2])
    assert tomllib.loads(example)
    (tmp_path / "pyproject.toml").write_text(example)
    (target,) = find_config(tmp_path).targets
    assert (target.name, target.package) == ("graph", "my_client")


def test_the_recipes_name_what_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, hatch, points, plugin = map(tomllib.loads, blocks("toml"))
    own = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    hooks = hatch["tool"]["hatch"]["build"]["hooks"]
    assert hooks.keys() == own["entry-points"]["hatch"].keys()
    example = ROOT / "tests" / "plugins" / "specwright_typescript-1.0.dist-info"
    installed = configparser.ConfigParser(delimiters="=")
    installed.read(example / "entry_points.txt", "utf-8")
    assert points["project"]["entry-points"] == {
        name: dict(installed[name]) for name in installed.sections()
    }
    monkeypatch.syspath_prepend(str(example.parent))
    (tmp_path / "pyproject.toml").write_text(blocks("toml")[-1])
    (target,) = find_config(tmp_path).targets
    assert target.plugins == {
        "typescript": plugin["tool"]["specwright"]["target"][0]["typescript"]
    }
    documents = list(map(yaml.safe_load, blocks("yaml")))
    workflow, hooks = [each for each in documents if "overlay" not in each]
    steps = [step.get("run", "") for step in workflow["jobs"]["client"]["steps"]]
    lines = [
        line.split()[1:]
        for run in steps
        for line in run.splitlines()
        if line.startswith("specwright ")
    ]
    assert [parser().parse_args(line).command.__name__ for line in lines] == [
        "run_check",
        "run_diff",
    ]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    named = {hook["id"] for repo in hooks["repos"] for hook in repo["hooks"]}
    assert named <= {hook["id"] for hook in offered}


def test_the_template_is_rendered(tmp_path: Path) -> None:
    (text,) = blocks("jinja")
    path = tmp_path / "templates" / "docs" / "operation.md.j2"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    options = ["--spec", str(ROOT / "specs" / "graph-qrpin.csdl"), "--emit", "docs"]
    options += ["--package", "pins", "--out", str(tmp_path)]
    assert main(["generate", *options, "--templates", str(tmp_path / "templates")]) == 0
    page = (tmp_path / "pins-docs" / "docs" / "api" / "qrpin-get.md").read_text("utf-8")
    assert "\nAsk [the team](../team.md) if it is slow.\n\n## Examples" in page


def command_lines() -> list[list[str]]:
    """Give the command lines that the text shows, without the name of the program."""
    shown = re.findall(r"(?m)^    specwright (?:.*\\\n)*.*$", README)
    return [
        shlex.split(text.replace("\\\n", " ").partition(" > ")[0], comments=True)[1:]
        for text in shown
    ]


@pytest.mark.parametrize("words", command_lines(), ids=" ".join)
def test_command_lines_are_understood(words: list[str]) -> None:
    assert parser().parse_args(words).command


def test_every_command_and_option_is_told_of() -> None:
    for command in commands(parser()):
        name = " ".join(command.path)
        assert f"specwright {name}" in README or f"`{name}`" in README, name
        for option, _, _ in command.options:
            if option.startswith("--") and option != "--help":
                assert re.search(rf"{option}(?![\w-])", README), (name, option)


def test_options_that_are_told_of_exist() -> None:
    known = {name for each in commands(parser()) for name, _, _ in each.options}
    known |= {"--ours", "--strict", "--config-file", "--install-peers", "--github"}
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]*", README)) <= known


def test_links_within_the_page_lead_somewhere() -> None:
    titles = re.findall(r"(?m)^#+ (.+)$", README)
    anchors = {
        re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in titles
    }
    wanted = set(re.findall(r"\(#([\w-]+)\)", README))
    assert wanted and wanted <= anchors
    text = re.sub(r"(?ms)^```.*?^```", "", README)
    files = set(re.findall(r"\]\(([^)#:]+)\)", text))
    assert files and all((ROOT / file).exists() for file in files)


def test_commands_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    named = set(re.findall(r"`?specwright (\w+)", README))
    assert {"generate", "check", "list", "why"} <= named
    for command in named - {"reads", "httpx"}:
        with pytest.raises(SystemExit) as end:
            main([command, "--help"])
        assert end.value.code == 0, command
    assert "usage" in capsys.readouterr().out
