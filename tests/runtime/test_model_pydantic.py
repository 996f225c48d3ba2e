"""Models as the type of a field of a pydantic model."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

pydantic = pytest.importorskip("pydantic")


@pytest.fixture
def holder(models: ModuleType) -> Any:
    """A pydantic model with a field of one of ours."""
    return pydantic.create_model("Holder", pin=(models.QrPin, ...))


def test_objects_pass_as_they_are(holder: Any, models: ModuleType) -> None:
    pin = models.QrPin(code="09599786")
    held = holder(pin=pin)
    assert held.pin is pin
    assert held.model_dump() == {"pin": {"code": "09599786"}}
    assert held.model_dump_json() == '{"pin":{"code":"09599786"}}'


def test_json_is_read_and_checked(holder: Any, models: ModuleType) -> None:
    held = holder.model_validate_json('{"pin": {"code": "09599786", "new": [1]}}')
    assert held.pin == models.QrPin.from_dict({"code": "09599786", "new": [1]})
    assert holder.model_validate_json(held.model_dump_json()) == held
    with pytest.raises(pydantic.ValidationError, match="code: has length 1, less"):
        holder.model_validate({"pin": {"code": "1"}})
    with pytest.raises(pydantic.ValidationError, match="expected QrPin or an object"):
        holder.model_validate({"pin": "09599786"})


def test_the_class_can_be_described(holder: Any) -> None:
    described = holder.model_json_schema()["properties"]["pin"]
    assert described["type"] == "object"
