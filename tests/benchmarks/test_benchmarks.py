"""The parts of the benchmarks that can be wrong without a clock."""

from __future__ import annotations

import json
import sys
from functools import partial

import pytest

from .measure import BenchmarkError, Figure, Run, in_turns, markdown, run
from .page import FIVE, users_json, users_page


def test_the_page_is_the_same_bytes_every_time() -> None:
    assert users_json() == users_json()
    assert 140_000 < len(users_json()) < 145_000


def test_every_user_has_the_same_34_properties() -> None:
    users = users_page()["value"]
    assert len(users) == 100
    assert {tuple(user) for user in users} == {tuple(users[0])}
    assert len(users[0]) == 34
    assert set(FIVE) < set(users[0])
    assert len({user["id"] for user in users}) == 100


def test_the_bytes_are_the_page() -> None:
    assert json.loads(users_json(3)) == users_page(3)


def test_a_run_is_timed_and_weighed() -> None:
    result = run(
        [sys.executable, "-c", "import os; print(os.environ['X'])"], {"X": "y"}
    )
    assert result.output == "y\n"
    assert result.seconds > 0 and result.processor > 0
    assert result.peak_mb > 1


def test_a_failing_run_says_what_failed() -> None:
    with pytest.raises(BenchmarkError, match="ended with 1: .*no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"])


def test_contestants_take_turns_after_one_unmeasured_run() -> None:
    order: list[str] = []

    def contestant(name: str) -> Run:
        order.append(name)
        return Run(1.0, 1.0, name)

    results = in_turns({name: partial(contestant, name) for name in "ab"}, runs=2)
    assert order == ["a", "b", "a", "b", "a", "b"]
    assert [len(runs) for runs in results.values()] == [2, 2]


def test_a_figure_is_the_median_with_its_range() -> None:
    assert Figure((3.0, 1.0, 9.0)).text("s", 1) == "3.0 s (1.0–9.0)"


def test_tables_are_markdown() -> None:
    assert markdown(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
