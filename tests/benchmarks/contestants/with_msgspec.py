"""msgspec with structs written for just this page: with_msgspec.py PAGE."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from stopwatch import check, compete


class EmployeeOrgData(msgspec.Struct, rename="camel"):
    cost_center: str | None = None
    division: str | None = None


class AssignedLicense(msgspec.Struct, rename="camel"):
    disabled_plans: list[UUID] | None = None
    sku_id: UUID | None = None


class AssignedPlan(msgspec.Struct, rename="camel"):
    assigned_date_time: dt.datetime | None = None
    capability_status: str | None = None
    service: str | None = None
    service_plan_id: UUID | None = None


class ObjectIdentity(msgspec.Struct, rename="camel"):
    sign_in_type: str | None = None
    issuer: str | None = None
    issuer_assigned_id: str | None = None


class User(msgspec.Struct, rename="camel"):
    id: str | None = None
    account_enabled: bool | None = None
    assigned_licenses: list[AssignedLicense] | None = None
    assigned_plans: list[AssignedPlan] | None = None
    business_phones: list[str] | None = None
    city: str | None = None
    company_name: str | None = None
    country: str | None = None
    created_date_time: dt.datetime | None = None
    department: str | None = None
    display_name: str | None = None
    employee_hire_date: dt.datetime | None = None
    employee_id: str | None = None
    employee_org_data: EmployeeOrgData | None = None
    employee_type: str | None = None
    given_name: str | None = None
    identities: list[ObjectIdentity] | None = None
    im_addresses: list[str] | None = None
    is_resource_account: bool | None = None
    job_title: str | None = None
    last_password_change_date_time: dt.datetime | None = None
    mail: str | None = None
    mail_nickname: str | None = None
    mobile_phone: str | None = None
    office_location: str | None = None
    on_premises_sync_enabled: bool | None = None
    other_mails: list[str] | None = None
    postal_code: str | None = None
    preferred_language: str | None = None
    proxy_addresses: list[str] | None = None
    street_address: str | None = None
    surname: str | None = None
    user_principal_name: str | None = None
    user_type: str | None = None


class Page(msgspec.Struct):
    value: list[User]


DECODER = msgspec.json.Decoder(Page)
ENCODER = msgspec.json.Encoder()


def decode(data: bytes) -> Iterable[Any]:
    """Decode the page straight from its bytes."""
    return DECODER.decode(data).value


page = Path(sys.argv[1]).read_bytes()
decoded = DECODER.decode(page)
check(decoded.value[0])
assert json.loads(ENCODER.encode(decoded))["value"] == json.loads(page)["value"]
compete(page, decode, ENCODER.encode, decoded)
