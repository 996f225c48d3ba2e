"""README: every example in it is true."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path
from typing import Any, cast

import pytest
from server import Answer, Request, Server

from generator.cli import main
from generator.config import find_config

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    """Give the fenced blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def program(number: int) -> str:
    """Give an example as a program: on the generated package, awaiting where it does.

    What the text leaves to the reader, a `credential`, stands before it.
    """
    text = blocks("python")[number].replace("from graph_", "from generated.graph_")
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

    with Server(service) as server:
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


def test_the_configuration_is_read(tmp_path: Path) -> None:
    example = "\n".join(blocks("toml"))
    assert tomllib.loads(example)
    (tmp_path / "pyproject.toml").write_text(example)
    (target,) = find_config(tmp_path).targets
    assert (target.name, target.package) == ("graph", "my_client")


def test_commands_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    named = set(re.findall(r"`?specwright (\w+)", README))
    assert {"generate", "check", "list", "why"} <= named
    for command in named - {"reads"}:
        with pytest.raises(SystemExit) as end:
            main([command, "--help"])
        assert end.value.code == 0, command
    assert "usage" in capsys.readouterr().out
