"""Enumerations that stay open, and sets of flags."""

from __future__ import annotations

import copy
import pickle
from types import ModuleType
from typing import Any

import pytest

from generator.runtime.enums import Flags, OpenEnum, OpenFlag, flags_of, parse_flags


class Level(OpenEnum):
    """An enumeration."""

    L = "l"
    M = "m"


class Mode(OpenFlag):
    """An enumeration of flags."""

    READ = "read"
    WRITE = "write"


class Other(OpenFlag):
    """Another one."""

    READ = "read"


class Empty(OpenEnum):
    """Graph has enumerations without members."""


def test_members_are_their_texts() -> None:
    assert Level("l") is Level.L
    assert Level.L == "l"
    assert f"{Level.L}" == str(Level.L) == "l"
    assert Level.L.is_known
    assert repr(Level.L) == "<Level.L: 'l'>"
    assert list(Level) == [Level.L, Level.M]


def test_unknown_members_keep_their_text() -> None:
    new = Level("newest")
    assert isinstance(new, Level)
    assert new == "newest" == new.value
    assert new == Level("newest")
    assert hash(new) == hash("newest")
    assert new != Level.L
    assert not new.is_known
    assert not Level("L").is_known
    assert repr(new) == "<Level: 'newest', unknown>"
    assert "newest" not in Level.__members__


def test_numeric_text_is_kept() -> None:
    assert Level("7").value == "7"


@pytest.mark.parametrize("value", [Level.L, Level("newest"), Empty._load("x")])
def test_copies_and_pickles(value: OpenEnum) -> None:
    for same in (
        copy.copy(value),
        copy.deepcopy(value),
        pickle.loads(pickle.dumps(value)),
    ):
        assert same == value
        assert type(same) is type(value)


def test_only_text_is_a_member() -> None:
    for wire in (5, None, ["l"], {}):
        with pytest.raises(TypeError):
            Level._codec().load(wire)


def test_combined_flags_are_a_set_in_the_order_given() -> None:
    modes = Mode.WRITE | Mode.READ
    assert str(modes) == "write,read"
    assert modes == {Mode.READ, Mode.WRITE} == modes
    assert hash(modes) == hash(frozenset([Mode.READ, Mode.WRITE]))
    assert Mode.READ in modes
    assert "write" in modes
    assert len(modes) == 2
    assert str(modes | Mode.READ | Mode("later")) == "write,read,later"
    assert modes - Mode.READ == Flags(Mode, [Mode.WRITE])
    assert modes & [Mode.READ] == {Mode.READ}
    assert not modes & []
    assert modes != Mode.READ
    assert repr(Mode.READ | Mode.READ) == "Flags(Mode, [<Mode.READ: 'read'>])"
    assert pickle.loads(pickle.dumps(modes)) == modes


def test_flags_are_read_with_unknown_names() -> None:
    modes = parse_flags(Mode, "read, later,4")
    assert list(modes) == [Mode.READ, Mode("later"), Mode("4")]
    assert str(modes) == "read,later,4"
    assert len(parse_flags(Mode, "")) == 0


def test_no_flags_have_no_text() -> None:
    with pytest.raises(ValueError, match="no Mode given: name one, or use None"):
        str(Flags(Mode))


@pytest.mark.parametrize(
    "given", [Mode.READ, [Mode.READ], Flags(Mode, [Mode.READ]), "read", ("read",)]
)
def test_flags_are_made_from(given: object) -> None:
    assert flags_of(Mode, given) == {Mode.READ}


@pytest.mark.parametrize("given", [Other.READ, [Other.READ], 5, [5]])
def test_flags_are_not_made_from(given: object) -> None:
    with pytest.raises(TypeError, match="expected Mode, not"):
        flags_of(Mode, given)


def test_in_models(models: ModuleType) -> None:
    user: Any = models.User.from_dict({"modes": "sms,newer", "manager": None})
    assert user.modes == {models.AuthMode.SMS, "newer"}
    user.modes = user.modes - models.AuthMode.SMS
    assert user.to_dict()["modes"] == "newer"
    user.modes = models.AuthMode.SMS
    assert user.modes == {models.AuthMode.SMS}
    pin = models.QrPin.from_dict({"code": "1", "level": "newer"})
    assert not pin.level.is_known
    pin.level = "m"
    assert pin.level is models.ErrorCorrectionLevel.M


def test_members_of_a_set_are_ordered_by_declaration() -> None:
    declared = list(Mode)
    unknown = {Mode._load("zeta"), Mode._load("alpha")}
    given = flags_of(Mode, {*reversed(declared), *unknown})
    assert list(given) == [*declared, "alpha", "zeta"]
