"""Relationships that a request is to make: `bind`."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

import pytest

BOUND = "manager@odata.bind"
ONE = "https://example.com/users/1"
TWO = "https://example.com/users/2"


@pytest.fixture
def bodies(sample: ModuleType) -> Any:
    """The module that makes bodies."""
    return sample._runtime.bodies


@pytest.fixture(params=["resources:Resource", "aio:AsyncResource"])
def place(request: pytest.FixtureRequest, sample: ModuleType) -> Any:
    """A place of a service, sync or async."""
    client = importlib.import_module(f"{sample.__name__}._runtime.client")
    module, _, name = request.param.partition(":")
    resources = importlib.import_module(f"{sample.__name__}._runtime.{module}")
    kind = client.SyncClient if name == "Resource" else client.AsyncClientBase
    service = kind(base_url="https://example.com").with_options(query={"a": "b"})
    return getattr(resources, name).at(service, "/users/1")


def test_a_resource_is_bound_by_its_url(
    models: ModuleType, bodies: Any, place: Any
) -> None:
    user = models.User(display_name="Ada")
    user.bind(models.User.manager, place)
    user.bind(models.User.members, place)
    expected = {"displayName": "Ada", BOUND: ONE, "members@odata.bind": [ONE]}
    for write in (bodies.create_body, bodies.replace_body, bodies.update_body):
        assert write(user, models.User) == expected
    assert user.changes() == expected


@pytest.mark.parametrize("url", [TWO, "/users/1", "users('1')"])
def test_a_text_is_sent_as_it_stands(models: ModuleType, url: str) -> None:
    user = models.User()
    user.bind(models.User.manager, url)
    assert user.to_dict() == {BOUND: url}


def test_what_was_read_is_updated_by_exactly_what_was_bound(
    models: ModuleType, bodies: Any
) -> None:
    read = {
        "id": "7",
        "displayName": "Ada",
        "manager": {"id": "1", "displayName": "Bob"},
        "manager@odata.navigationLink": "https://example.com/m",
        "members": [{"id": "2"}],
    }
    user = models.User.from_dict(read)
    bob = user.manager
    user.manager.display_name = "changed"
    user.bind(models.User.manager, ONE)
    user.bind(models.User.members, [ONE, TWO])
    expected = {BOUND: ONE, "members@odata.bind": [ONE, TWO]}
    assert bodies.update_body(user, models.User) == expected
    assert user.changes() == expected
    assert user.manager is None
    assert models.User.manager not in user
    assert models.User.members not in user
    bob.display_name = "no longer of this user"
    assert bodies.update_body(user, models.User) == expected


def test_binding_again_and_setting_replace_what_was_bound(
    models: ModuleType, bodies: Any
) -> None:
    user = models.User.from_dict({"manager": {"id": "1"}})
    user.bind(models.User.manager, ONE)
    user.bind(models.User.manager, TWO)
    assert bodies.update_body(user, models.User) == {BOUND: TWO}
    user.manager = None
    assert bodies.update_body(user, models.User) == {"manager": None}
    user.bind(models.User.manager, ONE)
    assert bodies.update_body(user, models.User) == {BOUND: ONE}
    del user.manager
    assert bodies.update_body(user, models.User) == {}
    assert user.to_dict() == {}


def test_an_object_within_another_is_bound(models: ModuleType, bodies: Any) -> None:
    user = models.User.from_dict({"manager": {"id": "1"}, "members": [{"id": "2"}]})
    user.manager.bind(models.User.manager, ONE)
    assert bodies.update_body(user, models.User) == {"manager": {BOUND: ONE}}
    assert user.changes() == {"manager": {BOUND: ONE}}
    user.members[0].bind(models.User.manager, TWO)
    assert user.changes()["members"] == [{"id": "2", BOUND: TWO}]


def test_copies_keep_what_is_bound(models: ModuleType, bodies: Any) -> None:
    import copy

    user = models.User.from_dict({"id": "1"})
    user.bind(models.User.manager, ONE)
    assert bodies.update_body(copy.copy(user), models.User) == {BOUND: ONE}
    assert copy.copy(user) == user
    assert user != models.User.from_dict({"id": "1"})


def test_a_property_of_a_base_class_is_a_relationship_too(models: ModuleType) -> None:
    guest = models.Guest.patch()
    guest.bind(models.Guest.manager, ONE)
    guest.bind(models.User.members, [])
    assert guest.to_dict() == {BOUND: ONE, "members@odata.bind": []}


def test_what_is_bound_is_not_missed(sample: ModuleType, models: ModuleType) -> None:
    model = sample._runtime.model
    codec = sample._runtime.codecs.nested("user", "User")

    class Team(model.Model):  # type: ignore[misc, name-defined]
        __slots__ = ()
        _type_name = "microsoft.graph.team"
        owner = model.field("owner", codec)
        log = model.field("log", codec, init=False)
        origin = model.field("origin", codec, default=None, immutable=True)

    with pytest.raises(TypeError, match="needs 'owner'"):
        Team()
    team = Team.patch()
    assert [each.path for each in team.validate()] == ["owner"]
    team.bind(Team.owner, ONE)
    team.bind(Team.origin, TWO)
    assert team.validate() == []
    update, create = (
        getattr(sample._runtime.bodies, name)(team, Team)
        for name in ("update_body", "create_body")
    )
    assert update == {"owner@odata.bind": ONE}
    assert create == {"owner@odata.bind": ONE, "origin@odata.bind": TWO}
    with pytest.raises(AttributeError, match="Team.log is computed"):
        team.bind(Team.log, ONE)


def test_what_is_no_relationship_is_refused(models: ModuleType) -> None:
    user = models.User()
    for path, message in (
        ("manager", "takes a property, as in User.manager"),
        (models.User.manager / models.User.manager, "takes a property"),
        (models.QrPin.code, "QrPin.code is no property of User"),
        (models.Guest.sponsor, "Guest.sponsor is no property of User"),
        (models.User.display_name, "User.display_name is no relationship"),
        (models.User.tags, "User.tags is no relationship"),
        (models.User.modes, "User.modes is no relationship"),
        (models.User.anything, "User.anything is no relationship"),
    ):
        with pytest.raises(TypeError, match=message):
            user.bind(path, ONE)
    assert user.to_dict() == {}


@pytest.mark.parametrize("target", [None, "", 5, [ONE], {"id": "1"}])
def test_what_has_no_url_is_refused(models: ModuleType, target: object) -> None:
    user = models.User()
    with pytest.raises(TypeError, match="takes a resource"):
        user.bind(models.User.manager, target)
    with pytest.raises(TypeError, match="takes a resource"):
        user.bind(models.User.members, [target])
    with pytest.raises(TypeError, match="takes a resource"):
        user.bind(models.User.manager, user)
    assert user.to_dict() == {}
