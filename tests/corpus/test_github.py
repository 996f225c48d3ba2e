"""The whole of GitHub's description as a package: what is in it, and operations of every
kind driven over HTTP."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus.checkers import CHECKERS
from corpus.packages import Package, generate, import_all, importable
from server import Answer, Request, Server
from support import shared_data

pytestmark = pytest.mark.corpus

DESCRIPTION = "openapi/api.github.com.json.gz"
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The package, as written."""
    spec = shared_data(DESCRIPTION)
    return generate("github", spec, tmp_path_factory.mktemp("github"))


@pytest.fixture(scope="module")
def loaded(package: Package) -> Iterator[Package]:
    """The same, importable."""
    with importable(package):
        yield package


@pytest.fixture(scope="module")
def described() -> Any:
    """The description, read independently."""
    return json.loads(gzip.decompress(shared_data(DESCRIPTION).read_bytes()))


def test_every_operation_is_there(loaded: Package, described: Any) -> None:
    """Each by its request line in the docstring of the one method that makes it."""
    lines = {
        f"{method.upper()} {path}"
        for path, item in described["paths"].items()
        for method in METHODS & item.keys()
    }
    assert len(lines) == 1223
    for prefix in ("", "Async"):
        found: list[str] = []
        for path in sorted(loaded.path.glob("resources/*.py")):
            if path.stem != "__init__":
                module = loaded.load(f"resources.{path.stem}")
                found.extend(requests_of(module, prefix))
        assert sorted(found) == sorted(lines)


def requests_of(module: Any, prefix: str) -> Iterator[str]:
    for name, cls in vars(module).items():
        own = isinstance(cls, type) and cls.__module__ == module.__name__
        if own and name.startswith("Async") == bool(prefix):
            for member in vars(cls).values():
                doc = getattr(member, "__doc__", None) or ""
                if callable(member) and doc:
                    yield doc.strip().splitlines()[-1].strip()


def test_every_module_can_be_imported(package: Package) -> None:
    import_all(package)


def test_no_name_has_a_number_that_the_description_does_not_have(
    loaded: Package, described: Any
) -> None:
    """A number at the end is what generators add where they run out of words."""
    index = loaded.load("models._index").TYPES
    names = [place.partition(":")[2].lower() for place in index.values()]
    assert len(names) > 900
    own = {re.sub(r"[^a-z0-9]", "", key.lower()) for key in keys(described)}
    ends = {key for key in own if key[-1:].isdigit()}
    numbered = [name for name in names if name[-1].isdigit()]
    assert [name for name in numbered if not any(map(name.endswith, ends))] == []
    modules = sorted(loaded.path.glob("resources/*.py"))
    classes = re.findall(
        r"^class (\w+)", "".join([path.read_text("utf-8") for path in modules]), re.M
    )
    assert len(classes) > 80 and not [name for name in classes if name[-1].isdigit()]


def keys(value: Any) -> Iterator[str]:
    """Every name in the description: of components, properties and all else."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


@pytest.mark.slow
@pytest.mark.checkers
@pytest.mark.parametrize("checker", CHECKERS)
def test_nothing_is_found(package: Package, tmp_path: Path, checker: str) -> None:
    assert CHECKERS[checker](package.folder, [package.name], tmp_path) == []


# --- operations

REPO = {"id": 1296269, "name": "Hello-World", "full_name": "octocat/Hello-World"}
USER = {"login": "octocat", "id": 1, "type": "User", "site_admin": False}


def ask(
    loaded: Package,
    answer: Answer,
    use: Callable[[Any, Any], Any],
    use_async: Callable[[Any, Any], Awaitable[Any]] | None = None,
) -> tuple[Any, Request]:
    """Make one call with each client; give the result and the request, which are the
    same both times."""
    github = loaded.load()
    models = loaded.load("models")
    with Server([answer, answer]) as server:
        with github.Client("secret", base_url=server.url) as client:
            result = use(client, models)

        async def run() -> Any:
            url = server.url
            async with github.AsyncClient("secret", base_url=url) as client:
                return await (use_async or use)(client, models)

        assert asyncio.run(run()) == result
        first, second = server.requests
    assert (first.method, first.target, first.body) == (
        second.method,
        second.target,
        second.body,
    )
    for each in (first, second):
        assert each.headers["authorization"] == "Bearer secret"
    return result, first


def test_get_an_object(loaded: Package) -> None:
    user, request = ask(
        loaded, (200, {}, USER), lambda c, m: c.users.get_by_username("octocat")
    )
    assert request.target == "/users/octocat"
    # GitHub tells by user_view_type which of two classes a user is.
    assert (user.login, user.id, user.site_admin) == ("octocat", 1, False)


def test_list_with_enumerations(loaded: Package) -> None:
    repos, request = ask(
        loaded,
        (200, {}, [REPO]),
        lambda c, m: c.repos.list_for_org(
            "octo org", type=m.ReposListForOrgType.PUBLIC, direction="desc", per_page=5
        ),
    )
    assert request.path == "/orgs/octo%20org/repos"
    assert request.query == {"type": "public", "direction": "desc", "per_page": "5"}
    assert [each.full_name for each in repos] == ["octocat/Hello-World"]


def test_search(loaded: Package) -> None:
    found, request = ask(
        loaded,
        (200, {}, {"total_count": 1, "incomplete_results": False, "items": [REPO]}),
        lambda c, m: c.search.repos(q="language:python & stars:>9"),
    )
    assert request.query == {"q": "language:python & stars:>9"}
    assert (found.total_count, found.items[0].name) == (1, "Hello-World")


def test_create_with_keywords(loaded: Package) -> None:
    issue, request = ask(
        loaded,
        (201, {}, {"number": 7, "title": "It broke", "labels": ["a", {"name": "b"}]}),
        lambda c, m: c.issues.create(
            "octocat", "hello", title="It broke", body="Badly.", labels=["bug"]
        ),
    )
    assert (request.method, request.target) == ("POST", "/repos/octocat/hello/issues")
    assert request.json == {"title": "It broke", "body": "Badly.", "labels": ["bug"]}
    assert (issue.number, issue.title) == (7, "It broke")
    assert (issue.labels[0], issue.labels[1].name) == ("a", "b")


def test_create_with_a_model(loaded: Package) -> None:
    gist, request = ask(
        loaded,
        (201, {}, {"id": "aa5a315d61ae9438b18d"}),
        lambda c, m: c.gists.create(
            m.GistsCreateRequest(
                files={"a.py": m.GistsCreateRequestFilesValue(content="pass")},
                public=True,
            )
        ),
    )
    assert request.json == {"files": {"a.py": {"content": "pass"}}, "public": True}
    assert gist.id == "aa5a315d61ae9438b18d"


def test_a_union_of_results(loaded: Package) -> None:
    file = {"type": "file", "name": "a.py", "path": "src/a.py", "size": 4}
    found, request = ask(
        loaded,
        (200, {}, {**file, "content": "cGFzcw==", "encoding": "base64"}),
        lambda c, m: c.repos.get_content("octocat", "hello", "src/a b.py", ref="main"),
    )
    assert request.target == "/repos/octocat/hello/contents/src/a%20b.py?ref=main"
    assert isinstance(found, loaded.load("models").ContentFile)
    entries, _ = ask(
        loaded,
        (200, {}, [file]),
        lambda c, m: c.repos.get_content("octocat", "hello", "src"),
    )
    assert entries[0].name == "a.py"


def test_a_change_with_nothing_in_the_answer(loaded: Package) -> None:
    result, request = ask(
        loaded,
        (204, {}, b""),
        lambda c, m: c.activity.star_repo_for_authenticated_user("octocat", "hello"),
    )
    assert result is None
    assert (request.method, request.target) == ("PUT", "/user/starred/octocat/hello")


def test_text_in_and_text_out(loaded: Package) -> None:
    html, request = ask(
        loaded,
        (200, {"content-type": "text/html"}, "<p>Hello</p>"),
        lambda c, m: c.markdown.render_raw("Hello"),
    )
    assert (request.headers["content-type"], request.body) == (
        "text/plain; charset=utf-8",
        b"Hello",
    )
    assert html == "<p>Hello</p>"


def test_a_file_is_sent(loaded: Package) -> None:
    asset, request = ask(
        loaded,
        (201, {}, {"id": 1, "name": "a.zip", "state": "uploaded"}),
        lambda c, m: c.repos.upload_release_asset(
            "octocat", "hello", 1, b"PK", name="a.zip"
        ),
    )
    assert request.headers["content-type"] == "application/octet-stream"
    assert (request.body, request.query) == (b"PK", {"name": "a.zip"})
    assert asset.state == loaded.load("models").ReleaseAssetState.UPLOADED


def test_an_archive_is_streamed(loaded: Package) -> None:
    github = loaded.load()
    content = b"\x1f\x8b" + bytes(1000)
    away: Answer = (302, {"location": "/there"}, b"")
    archive: Answer = (200, {"content-type": "application/x-gzip"}, content)
    with Server([away, archive]) as server:
        with github.Client("secret", base_url=server.url) as client:
            method = client.repos.download_tarball_archive
            with client.stream(method, "octocat", "hello", "main") as download:
                assert b"".join(download) == content


def test_an_error_has_its_model(loaded: Package) -> None:
    github, models = loaded.load(), loaded.load("models")
    problem = {
        "message": "Validation Failed",
        "documentation_url": "https://docs.example",
        "errors": [{"code": "missing_field", "field": "title"}],
    }
    with Server([(422, {}, problem)]) as server:
        with github.Client("secret", base_url=server.url) as client:
            with pytest.raises(github.ApiError) as caught:
                client.issues.create("octocat", "hello", title="")
    assert (caught.value.status, caught.value.message) == (422, "Validation Failed")
    detail = caught.value.as_(models.ValidationError)
    assert detail.errors[0].field_ == "title"


def test_an_error_is_read_as_one_of_its_models(loaded: Package) -> None:
    github, models = loaded.load(), loaded.load("models")
    answers: list[Answer] = [
        (404, {}, {"message": "Not Found", "status": "404"}),
        (405, {}, {"message": "no"}),
    ]
    with Server(answers) as server:
        with github.Client("secret", base_url=server.url) as client:
            with pytest.raises(github.NotFound, match="Not Found") as none:
                client.repos.get("octocat", "none")
            assert none.value.as_(models.BasicError).status == "404"
            with pytest.raises(github.MethodNotAllowed) as refused:
                client.pulls.merge("octocat", "hello", 1, commit_title="x")
            assert isinstance(refused.value.model, models.PullsMergeConflict)


def test_a_server_of_its_own(loaded: Package) -> None:
    with loaded.load().Client("secret") as client:
        method = client.repos.upload_release_asset
        prepared = client.prepare(method, "octocat", "hello", 1, b"", name="a.bin")
    assert prepared.url.startswith("https://uploads.github.com/repos/octocat/hello/")


def test_all_pages_of_a_listing(loaded: Package) -> None:
    more = {"link": '</organizations/1/repos?page=2>; rel="next"'}
    with Server([(200, more, [REPO]), (200, {}, [REPO, REPO])]) as server:
        with loaded.load().Client("secret", base_url=server.url) as client:
            pages = client.paginate(client.repos.list_for_org, "octo", per_page=1)
            assert [len(page) for page in pages] == [1, 2]
    assert server.requests[1].target == "/organizations/1/repos?page=2"
