"""The generated qrPin package under both type checkers: what they infer and refuse."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

USE = """\
from __future__ import annotations

import datetime as dt
from typing import assert_type

from generated.graph_qrpin import AsyncClient, Client
from generated.graph_qrpin._runtime.batch import BatchItem
from generated.graph_qrpin._runtime.pages import Page
from generated.graph_qrpin.models import QrPin, User


def accepted(client: Client) -> None:
    device = client.authentication_method_devices["d"].hardware_oath_devices["t"]
    place = device.assign_to.authentication.qr_code_pin_method.pin
    pin = place.create(QrPin(code="09599786", force_change_pin_next_sign_in=True))
    assert_type(pin, QrPin)
    assert_type(pin.created_date_time, dt.datetime | None)
    assert_type(place.update(QrPin(code="12345678")), QrPin | None)
    place.update_pin(current_pin="09599786", new_pin="12345678")
    for user in client.users.list(filter=User.department == "Sales"):
        assert_type(user, User)


async def accepted_too(client: AsyncClient) -> None:
    place = client.me.authentication.qr_code_pin_method.pin
    assert_type(await place.create(QrPin(code="09599786")), QrPin)
    assert_type(await place.get(), QrPin)
    async for user in client.users.list():
        assert_type(user, User)


def batched(client: Client) -> None:
    pin = client.me.authentication.qr_code_pin_method.pin
    with client.batch(size=5) as batch:
        me = batch.submit(client.me.get, select=[User.id])
        people = batch.submit(client.users.list, top=5)
        made = batch.after(me, people).submit(pin.create, QrPin(code="09599786"))
        update = client.me.update
        changed = batch.after(made).submit(update, User())
        seen = batch.submit(update, User(), returns="representation")
        assert_type(batch.submit(client.users.count), BatchItem[int])
        assert_type(
            batch.submit(pin.update_pin, current_pin="1", new_pin="2"), BatchItem[None]
        )
    assert_type(me.result(), User)
    assert_type(people.result(), Page[User])
    assert_type(made.result(), QrPin)
    assert_type(changed.result(), User | None)
    assert_type(seen.result(), User)


async def batched_too(client: AsyncClient) -> None:
    pin = client.me.authentication.qr_code_pin_method.pin
    async with client.batch() as batch:
        me = batch.submit(client.me.get, select=[User.id])
        people = batch.submit(client.users.list, top=5)
        made = batch.after(me, people).submit(pin.create, QrPin(code="09599786"))
        await batch.send()
    assert_type(me.result(), User)
    assert_type(people.result(), Page[User])
    assert_type(made.result(), QrPin)
    batch.submit(client.me.get, selct=[User.id])  # no
    batch.submit(client.me.update, QrPin(code="1"))  # no
    batch.submit(client.users.list, top="5")  # no


def refused_in_a_batch(client: Client) -> None:
    batch = client.batch()
    batch.submit(client.me.get, selct=[User.id])  # no
    batch.submit(client.me.update)  # no
    batch.submit(client.me.update, QrPin(code="1"))  # no
    batch.submit(client.users.list, top="5")  # no
    batch.submit(client.me.get())  # no
    batch.after(client.me.get)  # no


def refused(client: Client, pin: QrPin, now: dt.datetime) -> None:
    QrPin()  # no
    QrPin(code="09599786", created_date_time=now)  # no
    QrPin(cod="09599786")  # no
    QrPin(code=None)  # no
    QrPin(code=9599786)  # no
    pin.created_date_time = now  # no
    pin.code = None  # no
    client.users.list(filter=User.department == 5)  # no
    client.me.delete()  # no
    client.me.authentication.qr_code_pin_method.pin.create(User())  # no
"""
REFUSED = [
    number for number, line in enumerate(USE.splitlines(), 1) if line.endswith("# no")
]


@pytest.fixture
def use(tmp_path: Path) -> Path:
    """Write the program that is checked."""
    path = tmp_path / "use.py"
    path.write_text(USE, encoding="utf-8")
    return path


@pytest.mark.checkers
def test_mypy_strict(use: Path, tmp_path: Path) -> None:
    options = ["--strict", "--no-error-summary", "--hide-error-context", "--no-pretty"]
    options += ["--cache-dir", str(tmp_path / "cache"), "--config-file", ""]
    result = run(["mypy", *options, str(use)])
    found = [line for line in result.stdout.splitlines() if ": error: " in line]
    assert [line for line in found if not line.startswith(f"{use}:")] == []
    lines = {int(line.removeprefix(f"{use}:").partition(":")[0]) for line in found}
    assert sorted(lines) == REFUSED, result.stdout + result.stderr


@pytest.mark.checkers
def test_pyright_strict(use: Path, tmp_path: Path) -> None:
    settings = {
        "include": [str(use)],
        "extraPaths": [str(ROOT)],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
    }
    project = tmp_path / "pyrightconfig.json"
    project.write_text(json.dumps(settings), encoding="utf-8")
    command = ["pyright", "--outputjson", "--pythonpath", sys.executable]
    result = run([*command, "--project", str(project)])
    found = [
        item["range"]["start"]["line"] + 1
        for item in json.loads(result.stdout)["generalDiagnostics"]
        if item["severity"] == "error"
    ]
    assert sorted(set(found)) == REFUSED, result.stdout


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a checker's module at the root of the repository."""
    return subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, cwd=ROOT
    )
