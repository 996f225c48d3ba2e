"""microsoft.graph.sampleValues."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from .._runtime.codecs import (
    BINARY,
    DATE,
    DATE_TIME,
    DECIMAL,
    DOUBLE,
    DURATION,
    GUID,
    INT64,
    TIME,
)
from .._runtime.model import Field, Model, field


class SampleValues(Model):
    """A property of each type.

    Wire name: microsoft.graph.sampleValues
    """

    __slots__ = ()
    _type_name = "microsoft.graph.sampleValues"

    binary: Field[bytes] = field("binary", BINARY, default=None)
    boolean: Field[bool] = field("boolean", default=None)
    date: Field[dt.date] = field("date", DATE, default=None)
    date_time: Field[dt.datetime] = field("dateTime", DATE_TIME, default=None)
    decimal: Field[Decimal] = field("decimal", DECIMAL, default=None)
    double: Field[float] = field("double", DOUBLE, default=None)
    duration: Field[dt.timedelta] = field("duration", DURATION, default=None)
    guid: Field[uuid.UUID] = field("guid", GUID, default=None)
    int64: Field[int] = field("int64", INT64, default=None)
    integer: Field[int] = field("integer", default=None)
    string: Field[str] = field("string", default=None)
    time: Field[dt.time] = field("time", TIME, default=None)
