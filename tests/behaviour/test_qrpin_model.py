"""QrPin as an object: what it refuses, and what it keeps."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from generated.graph_qrpin.models import ErrorCorrectionLevel, QrCode, QrPin

PIN = {
    "@odata.type": "#microsoft.graph.qrPin",
    "id": "0f0c2b1e-4b7e-4a64-9a8e-7d2a54d2f0d5",
    "code": "09599786",
    "createdDateTime": "2026-11-23T10:15:30.1234567Z",
    "updatedDateTime": None,
    "comesLater": {"unknown": [1, 2**70]},
}


def test_a_code_is_needed() -> None:
    with pytest.raises(TypeError, match="code"):
        QrPin()  # type: ignore[call-arg]


def test_what_the_service_computes_cannot_be_given() -> None:
    now = dt.datetime.now(dt.timezone.utc)
    with pytest.raises(TypeError, match="created_date_time"):
        QrPin(code="09599786", created_date_time=now)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="id"):
        QrPin(code="09599786", id="1")  # type: ignore[call-arg]


def test_what_there_is_not_cannot_be_given() -> None:
    with pytest.raises(TypeError, match="cod"):
        QrPin(cod="09599786")  # type: ignore[call-arg]


def test_null_is_no_code() -> None:
    with pytest.raises(TypeError, match="code"):
        QrPin(code=None)  # type: ignore[arg-type]


def test_what_the_service_computes_cannot_be_set() -> None:
    pin = QrPin.from_dict(dict(PIN))
    with pytest.raises(AttributeError, match="created_date_time"):
        pin.created_date_time = None  # type: ignore[assignment]
    assert pin.to_dict() == PIN


def test_the_annotated_limits_are_checked_when_asked() -> None:
    assert QrPin(code="09599786").validate() == []
    (violation,) = QrPin(code="0959").validate()
    assert violation.path == "code"


def test_absent_null_and_value_are_three_states() -> None:
    pin = QrPin.from_dict(dict(PIN))
    assert QrPin.code in pin
    assert QrPin.updated_date_time in pin
    assert pin.updated_date_time is None
    assert QrPin.force_change_pin_next_sign_in not in pin
    assert pin.force_change_pin_next_sign_in is None


def test_json_comes_back_as_it_was() -> None:
    text = json.dumps(PIN)
    assert json.loads(QrPin.from_json(text).to_json()) == PIN
    assert QrPin.from_dict(dict(PIN)).additional["comesLater"] == PIN["comesLater"]


def test_an_unknown_level_keeps_its_name() -> None:
    wire = {"image": {"errorCorrectionLevel": "xl", "binaryValue": "aGk="}}
    image = QrCode.from_dict(wire).image
    assert image is not None
    assert image.error_correction_level not in list(ErrorCorrectionLevel)
    assert str(image.error_correction_level) == "xl"
    assert image.binary_value == b"hi"
