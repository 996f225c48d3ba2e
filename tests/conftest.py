"""What all tests share: the option that rewrites snapshots, and steady property
tests."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

collect_ignore_glob = ["cases/*"]

settings.register_profile(
    "specwright",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("specwright")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one way of changing what the snapshots of tests/cases expect."""
    parser.addoption(
        "--rewrite-cases",
        action="store_true",
        help="write tests/cases/*/expected anew instead of comparing with it",
    )
