"""The packages of public OpenAPI descriptions: GitHub's above all, driven and checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from corpus.checkers import CHECKERS
from corpus.packages import run
from requests_api import described, imported, written
from server import Answer, Request, Server
from support import shared_data

pytestmark = pytest.mark.corpus

GITHUB = "openapi/api.github.com.json.gz"
OTHERS = (
    "DiscriminatorSample EnumHandling InheritingErrors ModelWithDerivedTypes"
    " ModelWithDictionary ModelWithMultipleSecurity SimpleModelOpenApi3_1 ToDoApi"
).split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the packages of all descriptions."""
    folder = tmp_path_factory.mktemp("openapi")
    written(folder, "github", shared_data(GITHUB))
    for name in OTHERS:
        written(folder, name.lower(), shared_data(f"openapi/{name}.yaml"))
    return folder


@pytest.fixture(scope="module")
def github(folder: Path) -> Iterator[ModuleType]:
    """The package of GitHub."""
    with imported(folder, "github") as package:
        yield package


@pytest.mark.parametrize("checker", CHECKERS)
def test_checkers_find_nothing(checker: str, folder: Path, tmp_path: Path) -> None:
    packages = ["github", *(name.lower() for name in OTHERS)]
    assert CHECKERS[checker](folder, packages, tmp_path) == []


def test_every_operation_is_there(github: ModuleType, folder: Path) -> None:
    api = described(shared_data(GITHUB))
    operations = [o for r in api.resources.values() for o in r.operations]
    assert len(operations) == 1223 and not api.operations
    methods = 0
    with github.Client() as client:
        for name, member in vars(type(client)).items():
            if isinstance(member, property):
                tag = vars(type(getattr(client, name)))
                methods += len([each for each in tag if not each.startswith("_")])
    assert methods == len(operations)
    classes = [
        name
        for path in (folder / "github" / "resources").glob("*.py")
        for name in re.findall(r"^class (\w+)", path.read_text("utf-8"), re.M)
    ]
    assert not [name for name in classes if re.search(r"\d$", name)]


IMPORT = """
import time, httpx
began = time.perf_counter()
import github
github.Client("token").issues
print((time.perf_counter() - began) * 1000)
"""


def test_the_import_is_quick(folder: Path) -> None:
    assert run("-m", "compileall", "-q", "github", cwd=folder).returncode == 0
    best = min(float(run("-c", IMPORT, cwd=folder).stdout) for _ in range(7))
    assert best <= 60


def script(request: Request) -> Answer:
    """Answer as GitHub would, in a few words."""
    told: dict[tuple[str, str], Answer] = {
        ("GET", "/repos/o/r"): (200, {}, {"id": 1, "full_name": "o/r"}),
        ("GET", "/repos/o/none"): (404, {}, {"message": "Not Found", "status": "404"}),
        ("POST", "/repos/o/r/issues"): (
            201,
            {},
            {"id": 5, "labels": ["a", {"name": "b"}]},
        ),
        ("GET", "/repos/o/r/issues"): (200, {}, [{"id": 5, "title": "t"}]),
        ("GET", "/repos/o/r/tarball/main"): (302, {"location": "/there"}, b""),
        ("GET", "/there"): (200, {}, b"packed"),
        ("POST", "/markdown/raw"): (200, {"content-type": "text/html"}, request.body),
        ("PUT", "/user/starred/o/r"): (204, {}, b""),
        ("GET", "/repos/o/r/contents/docs/a%20b.md"): (200, {}, {"type": "file"}),
        ("POST", "/repos/o/r/releases/1/assets"): (201, {}, {"name": "a.bin"}),
        ("PUT", "/repos/o/r/pulls/1/merge"): (405, {}, {"message": "no"}),
        ("GET", "/search/issues"): (200, {}, {"total_count": 1}),
    }
    return told.get((request.method, request.path), (599, {}, b""))


def test_operations_of_github(github: ModuleType) -> None:
    models = github.models
    with Server(script) as server, github.Client("t", base_url=server.url) as client:
        assert client.repos.get("o", "r").full_name == "o/r"
        made = client.issues.create("o", "r", title="It broke", labels=["bug"])
        assert made.labels[0] == "a" and made.labels[1].name == "b"
        assert json.loads(server.requests[-1].body) == {
            "title": "It broke",
            "labels": ["bug"],
        }
        state = models.IssuesListForRepoState("open")
        [issue] = client.issues.list_for_repo("o", "r", state=state, per_page=5)
        assert issue.title == "t"
        assert server.requests[-1].query == {"state": "open", "per_page": "5"}
        with client.stream(
            client.repos.download_tarball_archive, "o", "r", "main"
        ) as it:
            assert b"".join(it) == b"packed"
        assert client.markdown.render_raw("*x*") == "*x*"
        assert client.activity.star_repo_for_authenticated_user("o", "r") is None
        found = client.repos.get_content("o", "r", "docs/a b.md")
        assert isinstance(found, models.ContentFile)
        asset = client.repos.upload_release_asset("o", "r", 1, b"1", name="a.bin")
        assert asset.name == "a.bin" and server.requests[-1].body == b"1"
        assert client.search.issues_and_pull_requests(q="a b").total_count == 1
        with pytest.raises(github.NotFound, match="Not Found") as none:
            client.repos.get("o", "none")
        assert none.value.as_(models.BasicError).status == "404"
        with pytest.raises(github.MethodNotAllowed) as refused:
            client.pulls.merge("o", "r", 1, commit_title="x")
        assert isinstance(refused.value.model, models.PullsMergeConflict)
    sent = {each.headers.get("authorization") for each in server.requests}
    assert sent == {"Bearer t"}
    with github.Client("t") as client:
        prepared = client.prepare(
            client.repos.upload_release_asset, "o", "r", 1, b"", name="a.bin"
        )
    # the description names a server of its own for this
    assert prepared.url.startswith("https://uploads.github.com/repos/o/r/")
