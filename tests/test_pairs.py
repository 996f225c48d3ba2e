"""Two things at once: in two processes where that pays, and the same either way."""

from __future__ import annotations

import os

import pytest

from generator.pairs import both


def told(number: int) -> tuple[int, int]:
    if number < 0:
        raise ValueError(f"{number} is too small")
    return number, os.getpid()


def gone(home: int) -> str:
    """Ends any process but one, at once."""
    if os.getpid() != home:
        os._exit(1)
    return "done at home"


@pytest.fixture
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.mark.usefixtures("_two_cores")
def test_the_first_is_done_in_a_process_of_its_own() -> None:
    (one, there), (other, here) = both(told, 1, 2, pays=True)
    assert (one, other) == (1, 2)
    assert here == os.getpid() != there


@pytest.mark.usefixtures("_two_cores")
def test_what_does_not_pay_is_done_here() -> None:
    assert both(told, 1, 2, pays=False) == ((1, os.getpid()), (2, os.getpid()))


def test_with_one_core_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert both(told, 1, 2, pays=True) == ((1, os.getpid()), (2, os.getpid()))


@pytest.mark.usefixtures("_two_cores")
@pytest.mark.parametrize(("first", "second"), [(-1, 2), (1, -1)])
def test_what_either_raises_is_raised(first: int, second: int) -> None:
    with pytest.raises(ValueError, match="-1 is too small"):
        both(told, first, second, pays=True)


@pytest.mark.usefixtures("_two_cores")
def test_a_process_that_dies_is_done_without() -> None:
    home = os.getpid()
    assert both(gone, home, home, pays=True) == ("done at home", "done at home")
