"""The whole of Microsoft Graph as its users meet it: programs of theirs, what they send
and what they make of the answers.

The answers have the shape of Graph's own. What stands on another host (files, reports,
monitors, upload sessions) is served by a second server, which must not see the token.
"""

from __future__ import annotations

import asyncio
import importlib
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from corpus.checkers import mypy, pyright
from corpus.packages import Package
from server import Answer, Request, Script, Server

pytestmark = pytest.mark.corpus

SKU = uuid.UUID("06ebc4ee-1bb5-47dd-8120-11324bc54e06")
ADA = {"id": "1", "displayName": "Ada", "department": "Sales"}
A_USER = {"@odata.type": "#microsoft.graph.user"}
FILE = {"id": "01A", "name": "a.txt", "size": 3, "@odata.etag": '"{01A},1"'}
DONE: Answer = (204, {}, None)


@pytest.fixture(scope="module")
def programs(loaded: Package) -> ModuleType:
    """The programs, which import the package."""
    return importlib.import_module("corpus.scenarios")


class Tenant:
    """The servers of a test, Graph's and another host's, and clients of the first."""

    def __init__(self, package: Package, graph: Server, other: Server) -> None:
        self.graph, self.other = graph, other
        self.pauses: list[float] = []
        self._package = package

    def run(self, program: Callable[..., Any], *arguments: Any) -> Any:
        """Run a program with a sync client that does not really wait."""
        module = self._package.load()
        retry = module.Retry(sleep=self.pauses.append)
        url = f"{self.graph.url}/v1.0"
        with module.Client("token", base_url=url, retry=retry) as client:
            return program(client, *arguments)

    async def arun(self, program: Callable[..., Any]) -> Any:
        """Run a program with an async client."""
        url = f"{self.graph.url}/v1.0"
        async with self._package.load().AsyncClient("token", base_url=url) as client:
            return await program(client)

    @property
    def sent(self) -> list[str]:
        """What Graph was asked for, each with the version left out."""
        return [
            f"{each.method} {each.target.removeprefix('/v1.0')}"
            for each in self.graph.requests
        ]


@contextmanager
def tenant(loaded: Package, graph: Script, other: Script = ()) -> Iterator[Tenant]:
    """Serve two scripts; at the end see that the token went where it belongs."""
    with Server(graph) as home, Server(other) as away:
        yield Tenant(loaded, home, away)
    assert home.requests
    for request in home.requests:
        assert request.headers["authorization"] == "Bearer token"
    for request in away.requests:
        assert "authorization" not in request.headers


def page(*items: Any, **links: Any) -> Answer:
    """A page of a listing; the links are named without "@odata."."""
    named = {f"@odata.{name}": link for name, link in links.items()}
    return 200, {}, {"value": list(items), **named}


@pytest.mark.checkers
@pytest.mark.slow
def test_the_programs_pass_both_checkers(graph: Package, tmp_path: Path) -> None:
    (tmp_path / graph.name).symlink_to(graph.path, target_is_directory=True)
    (tmp_path / "programs").mkdir()
    shutil.copy(Path(__file__).with_name("scenarios.py"), tmp_path / "programs")
    for check in (mypy, pyright):
        assert check(tmp_path, ["programs"], tmp_path / "scratch") == []


def test_users_are_found_by_licence(loaded: Package, programs: ModuleType) -> None:
    def answer(request: Request) -> Answer:
        if "skiptoken" in request.target:
            return page({"id": "2", "displayName": "Bea"})
        manager = {**A_USER, "id": "3", "displayName": "Grace"}
        link = f"http://{request.headers['host']}/v1.0/users?$skiptoken=RFN"
        return page({**ADA, "manager": manager}, nextLink=link, count=2)

    with tenant(loaded, answer) as at:
        found = at.run(programs.licensed_users, SKU)
    assert found == {"Ada": "Grace", "Bea": None}
    first, second = at.graph.requests
    assert first.query == {
        "$filter": f"assignedLicenses/any(licence:licence/skuId eq {SKU})"
        " and accountEnabled eq true",
        "$select": "id,displayName",
        "$expand": "manager($select=id,displayName)",
        "$orderby": "displayName",
        "$count": "true",
    }
    assert second.target == "/v1.0/users?$skiptoken=RFN"
    for request in (first, second):
        assert request.headers["consistencylevel"] == "eventual"


def test_mail_carries_an_attachment(loaded: Package, programs: ModuleType) -> None:
    with tenant(loaded, [(202, {}, None)]) as at:
        at.run(programs.send_report, b"Hello World!")
    assert at.sent == ["POST /users/ada@contoso.com/sendMail"]
    sent = at.graph.requests[0].json
    assert sent["SaveToSentItems"] is False
    assert sent["Message"]["body"] == {
        "contentType": "text",
        "content": "See the attachment.",
    }
    assert sent["Message"]["toRecipients"] == [
        {"emailAddress": {"address": "grace@contoso.com"}}
    ]
    assert sent["Message"]["attachments"] == [
        {
            "@odata.type": "#microsoft.graph.fileAttachment",
            "name": "a.csv",
            "contentType": "text/csv",
            "contentBytes": "SGVsbG8gV29ybGQh",
        }
    ]


def test_a_meeting_is_planned(loaded: Package, programs: ModuleType) -> None:
    start = {
        "dateTime": "2026-11-25T12:00:00.0000000",
        "timeZone": "Pacific Standard Time",
    }
    script = [(201, {}, {"id": "e"}), page({"subject": "Lunch", "start": start})]
    with tenant(loaded, script) as at:
        assert at.run(programs.plan_meeting) == ["Pacific Standard Time"]
    made, listed = at.graph.requests
    assert (made.method, made.path) == ("POST", "/v1.0/me/events")
    assert made.json == {
        "subject": "Lunch",
        "start": {**start, "dateTime": "2026-11-25T12:00:00"},
        "end": {**start, "dateTime": "2026-11-25T13:00:00"},
        "attendees": [
            {"emailAddress": {"address": "grace@contoso.com"}, "type": "required"}
        ],
    }
    assert listed.path == "/v1.0/me/calendarView"
    assert listed.query == {
        "$select": "subject,start",
        "startDateTime": "2026-11-01T00:00:00+01:00",
        "endDateTime": "2026-12-01T00:00:00+01:00",
    }
    for request in (made, listed):
        told = request.headers["prefer"]
        assert 'outlook.timezone="Pacific Standard Time"' in told
        assert "include-unknown-enum-members" in told


def test_changes_are_followed(loaded: Package, programs: ModuleType) -> None:
    def answer(request: Request) -> Answer:
        link = f"http://{request.headers['host']}/v1.0/users/delta?$deltatoken=2"
        if "/drive/" in request.path:
            gone = {"id": "0", "name": "b.txt", "deleted": {"state": "deleted"}}
            return page(FILE, gone, deltaLink=link)
        if "deltatoken=1" in request.target:
            removed = {"id": "3", "@removed": {"reason": "changed"}}
            return page(removed, deltaLink=link)
        return page(ADA, deltaLink=link.replace("=2", "=1"))

    files = ["a.txt 3", "b.txt deleted"]
    with tenant(loaded, answer) as at:
        told, link = at.run(programs.changes, None)
        assert told == ["Ada Sales", *files]
        told, link = at.run(programs.changes, link)
        assert told == ["3 changed", *files]
        assert link == f"{at.graph.url}/v1.0/users/delta?$deltatoken=2"
    assert at.sent == [
        "GET /users/delta()?$select=displayName",
        "GET /me/drive/root/delta()",
        "GET /users/delta?$deltatoken=1",
        "GET /me/drive/root/delta()",
    ]


def test_a_file_is_stored_and_read(loaded: Package, programs: ModuleType) -> None:
    def answer(request: Request) -> Answer:
        if request.method == "PUT":
            return 201, {}, FILE
        return 302, {"Location": f"{at.other.url}/content?tempauth=1"}, None

    with tenant(loaded, answer, [(200, {}, b"abc")]) as at:
        assert at.run(programs.store_file, b"abc") == ("01A", b"abc")
    assert at.sent == [
        "PUT /me/drive/root:/Reports%202026/a.txt:/content",
        "GET /me/drive/items/01A/content",
    ]
    put = at.graph.requests[0]
    assert (put.body, put.headers["content-type"]) == (b"abc", "text/plain")


def test_a_large_file_is_stored(loaded: Package, programs: ModuleType) -> None:
    def take(request: Request) -> Answer:
        told = re.fullmatch(r"bytes \d+-(\d+)/(\d+)", request.headers["content-range"])
        assert told is not None
        last, size = map(int, told.groups())
        if last + 1 == size:
            return 201, {}, {**FILE, "name": "big 1.bin"}
        return 202, {}, {"nextExpectedRanges": [f"{last + 1}-"]}

    def begin(request: Request) -> Answer:
        ranges = {"nextExpectedRanges": ["0-"]}
        return 200, {}, {"uploadUrl": f"{at.other.url}/up/1", **ranges}

    content = bytes(range(256)) * 2_800
    with tenant(loaded, begin, take) as at:
        assert at.run(programs.store_large_file, content) == "big 1.bin"
    (begun,) = at.graph.requests
    assert begun.path == "/v1.0/me/drive/items/01P:/big.bin:/createUploadSession"
    assert begun.json == {
        "item": {"name": "big.bin", "@microsoft.graph.conflictBehavior": "rename"}
    }
    assert [len(each.body) for each in at.other.requests] == [327_680, 327_680, 61_440]
    assert b"".join(each.body for each in at.other.requests) == content


def test_many_users_are_read_in_few_requests(
    loaded: Package, programs: ModuleType
) -> None:
    missing = {"error": {"code": "Request_ResourceNotFound", "message": "None."}}

    def answer(request: Request) -> Answer:
        answers: list[Any] = []
        for part in request.json["requests"]:
            assert part["method"] == "GET"
            key = (
                part["url"].removeprefix("users/").removesuffix("?$select=displayName")
            )
            one = {"id": part["id"], "status": 200, "body": {"displayName": key}}
            lost = {**one, "status": 404, "body": missing}
            answers.insert(0, lost if key == "7" else one)
        return 200, {}, {"responses": answers}

    ids = [str(number) for number in range(45)]
    with tenant(loaded, answer) as at:
        names, codes = at.run(programs.read_many, ids)
    assert names == [each for each in ids if each != "7"]
    assert codes == ["Request_ResourceNotFound"]
    assert at.sent == ["POST /$batch"] * 3
    sizes = [len(request.json["requests"]) for request in at.graph.requests]
    assert sizes == [20, 20, 5]


def test_a_group_is_filled(loaded: Package, programs: ModuleType) -> None:
    group = {"@odata.type": "#microsoft.graph.group", "displayName": "Sales"}
    script = [DONE, DONE, DONE, page({**A_USER, **ADA}, group), page(ADA)]
    with tenant(loaded, script) as at:
        names = at.run(programs.fill_group, "g", ["1", "2", "3"])
    assert names == ["Ada", "Sales", "1"]
    assert at.sent == [
        "POST /groups/g/members/$ref",
        "PATCH /groups/g",
        "DELETE /groups/g/members/old/$ref",
        "POST /directoryObjects/getByIds",
        "GET /groups/g/members/microsoft.graph.user?$select=id&$count=true",
    ]
    added, changed, _, looked_up, _ = at.graph.requests
    objects = f"{at.graph.url}/v1.0/directoryObjects"
    assert added.json == {"@odata.id": f"{objects}/1"}
    assert changed.json == {"members@odata.bind": [f"{objects}/2", f"{objects}/3"]}
    assert looked_up.json == {"ids": ["1", "2", "3"], "types": ["user", "group"]}


def test_a_user_is_created_and_licensed(loaded: Package, programs: ModuleType) -> None:
    with tenant(loaded, [(201, {}, ADA), DONE, (200, {}, ADA)]) as at:
        assert at.run(programs.hire, SKU) == "1"
    created, changed, licensed = at.graph.requests
    assert created.json == {
        "accountEnabled": True,
        "displayName": "Adele Vance",
        "mailNickname": "AdeleV",
        "userPrincipalName": "AdeleV@contoso.com",
        "passwordProfile": {
            "forceChangePasswordNextSignIn": True,
            "password": "xWwvJ]6NMw+bWH-d",
        },
    }
    assert (changed.method, changed.path) == ("PATCH", "/v1.0/users/1")
    assert changed.json == {"department": None, "businessPhones": []}
    assert licensed.path == "/v1.0/users/1/assignLicense"
    assert licensed.json == {
        "addLicenses": [{"skuId": str(SKU), "disabledPlans": []}],
        "removeLicenses": [],
    }


def test_a_task_is_taken_over(loaded: Package, programs: ModuleType) -> None:
    """Planner demands the ETag of what is changed, and the type of an assignment."""
    kind = {"@odata.type": "#microsoft.graph.plannerAssignment", "orderHint": " !"}

    def task(version: int) -> Answer:
        etag = {"@odata.etag": f'W/"{version}"'}
        return 200, {}, {**etag, "id": "t", "assignments": {"u1": kind}}

    outdated: Answer = (412, {}, {"error": {"code": "", "message": "Conflict."}})
    changed: Answer = (200, {}, {"@odata.etag": 'W/"3"', "percentComplete": 50})
    with tenant(loaded, [task(1), outdated, task(2), changed]) as at:
        assert at.run(programs.take_over, "t", "u2") == 50
    assert [each.split()[0] for each in at.sent] == ["GET", "PATCH", "GET", "PATCH"]
    for version, request in zip((1, 2), at.graph.requests[1::2], strict=True):
        assert request.headers["if-match"] == f'W/"{version}"'
        assert "return=representation" in request.headers["prefer"]
        assert request.json == {
            "percentComplete": 50,
            "assignments": {"u1": None, "u2": kind},
        }


def test_a_copy_is_waited_for(loaded: Package, programs: ModuleType) -> None:
    def begin(request: Request) -> Answer:
        return 202, {"Location": f"{at.other.url}/monitor/1?sig=s"}, None

    going = {"operation": "ItemCopy", "percentageComplete": 27.8}
    monitor: list[Answer] = [
        (202, {}, {**going, "status": "inProgress"}),
        (202, {"Retry-After": "5"}, {**going, "status": "inProgress"}),
        (200, {}, {"status": "completed", "resourceId": "01B"}),
    ]
    with tenant(loaded, begin, monitor) as at:
        assert at.run(programs.copy_file) == "01B"
    assert at.sent == ["POST /me/drive/items/01A/copy"]
    assert at.graph.requests[0].json == {
        "name": "copy.txt",
        "parentReference": {"driveId": "b!1", "id": "01P"},
    }
    assert [each.target for each in at.other.requests] == ["/monitor/1?sig=s"] * 3
    assert at.pauses == [1.0, 5.0]


def test_a_report_is_read(loaded: Package, programs: ModuleType) -> None:
    def answer(request: Request) -> Answer:
        return 302, {"Location": f"{at.other.url}/report.csv?token=1"}, None

    text = "\ufeffReport Refresh Date,User Principal Name\r\n2026-11-01,ada@contoso.com\r\n"
    kind = {"Content-Type": "application/octet-stream"}
    with tenant(loaded, answer, [(200, kind, text)]) as at:
        assert at.run(programs.active_users) == ["ada@contoso.com"]
    assert at.sent == ["GET /reports/getTeamsUserActivityUserDetail(period='D7')"]


def test_five_things_at_once(loaded: Package, programs: ModuleType) -> None:
    """The first request for users is throttled; nothing else waits for it."""
    throttled = iter([(429, {"Retry-After": "0"}, {"error": {"code": "x"}})])

    def answer(request: Request) -> Answer:
        path = request.path.removeprefix("/v1.0")
        answers: dict[str, Answer] = {
            "/me/photo/$value": (200, {"Content-Type": "image/jpeg"}, b"\xff\xd8"),
            "/me/drive/root/delta(token='latest')": page(deltaLink=f"{at.graph.url}/d"),
            "/me/drive/items/1/copy": (202, {"Location": f"{at.other.url}/1"}, None),
        }
        if path == "/users":
            return next(throttled, page(ADA))
        if path != "/$batch":
            return answers[path]
        parts = [
            {"id": part["id"], "status": 200, "body": {"id": part["url"]}}
            for part in request.json["requests"]
        ]
        return 200, {}, {"responses": parts}

    with tenant(loaded, answer, [(200, {}, {"status": "completed"})]) as at:
        results = asyncio.run(at.arun(programs.at_once))
    names, link, managers, status, photo = results
    assert names == ["Ada"]
    assert link == f"{at.graph.url}/d"
    assert managers == ["users/a/manager", "users/b/manager"]
    assert (status, photo) == ("completed", b"\xff\xd8")
