"""Names that are imported on first use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


def test_a_name_is_imported_once_and_kept(models: ModuleType) -> None:
    qr_pin = models.QrPin
    assert qr_pin.__module__ == "sample_graph.models.qr_pin"
    assert vars(models)["QrPin"] is qr_pin


def test_names_are_listed_and_others_refused(models: ModuleType) -> None:
    assert {"QrPin", "User", "__name__"} <= set(dir(models))
    message = "module 'sample_graph.models' has no attribute 'QrPins'"
    with pytest.raises(AttributeError, match=message):
        _ = models.QrPins


def test_a_part_of_a_name_is_none(models: ModuleType) -> None:
    for name in ("Qr", "Pin", "QrPin ", "qr_pin\nSampleValues", ""):
        with pytest.raises(AttributeError):
            getattr(models, name)


def test_a_name_alone_is_a_module(sample: ModuleType) -> None:
    get, listed = sample._runtime.lazy.lazy_names("sample_graph", "\nmodels\n")
    assert get("models") is sample.models
    assert "models" in listed()


def test_everything_can_be_imported_by_a_star(models: ModuleType) -> None:
    found: dict[str, object] = {}
    exec("from sample_graph.models import *", found)
    listed = {name for name in dir(models) if not name.startswith("_")}
    assert {"QrPin", "User"} <= set(found) - {"__builtins__"} <= listed
    assert "lazy_names" not in found and "annotations" not in found


PROGRAM = """
import sys
from sample_graph.models import User

user = User.from_dict({"displayName": "Ada", "mailboxSettings": {}, "manager": {}})
user.display_name, user.manager, user.modes
print(*sorted(name for name in sys.modules if name.startswith("sample_graph.models.")))
"""


def test_only_what_is_read_is_imported(sample_folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=sample_folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == [
        "sample_graph.models.entity",
        "sample_graph.models.user",
    ]
