"""A page of users as Microsoft Graph sends it, made from nothing but numbers.

What the benchmarks decode: each user has 34 of the properties that Graph v1.0 declares for
`microsoft.graph.user`, of every kind that it declares: texts, truth values, dates, nulls,
lists of texts, an object, lists of objects. The same number of users is the same bytes on
every machine.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

FIVE = ("id", "displayName", "mail", "accountEnabled", "createdDateTime")
"""The properties read where a benchmark reads five."""

_GIVEN = ("Ada", "Björn", "Chiara", "Dmitri", "Eleni", "Farid", "Grace", "Haruko")
_FAMILY = ("Lovelace", "Ek", "Rossi", "Orlov", "Papas", "Haddad", "Hopper", "Sato")
_CITIES = ("London", "Malmö", "Torino", "Riga", "Athens", "Tunis", "Boston", "Osaka")
_JOBS = ("Engineer", "Nurse", "Accountant", "Store manager", "Analyst")
_DEPARTMENTS = ("Sales", "Research", "Finance", "Retail operations")


def users_page(count: int = 100) -> dict[str, Any]:
    """Give the decoded JSON of a page of `count` users."""
    return {
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users",
        "value": [_user(number) for number in range(count)],
    }


def users_json(count: int = 100) -> bytes:
    """Give the page as the bytes that a server would send."""
    page = users_page(count)
    return json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode()


def _user(number: int) -> dict[str, Any]:
    given = _pick(_GIVEN, number)
    family = _pick(_FAMILY, number // len(_GIVEN))
    return {
        "id": _guid(number),
        "displayName": f"{given} {family}",
        "givenName": given,
        "surname": family,
        **_work(number),
        **_addresses(f"user{number:04}", number),
        **_account(number),
        **_licences(number),
    }


def _work(number: int) -> dict[str, Any]:
    return {
        "jobTitle": _pick(_JOBS, number),
        "department": _pick(_DEPARTMENTS, number),
        "companyName": "Contoso Holdings",
        "officeLocation": f"{number % 40}/{1000 + number}",
        "employeeId": f"E{100000 + number}",
        "employeeType": "Employee",
        "employeeHireDate": _moment(2015, number),
        "employeeOrgData": {"costCenter": f"CC{number % 17:03}", "division": "EMEA"},
    }


def _addresses(alias: str, number: int) -> dict[str, Any]:
    mail = f"{alias}@contoso.com"
    return {
        "mail": mail,
        "mailNickname": alias,
        "userPrincipalName": mail,
        "otherMails": [f"{alias}@fabrikam.example"],
        "proxyAddresses": [f"SMTP:{mail}", f"smtp:{alias}@contoso.onmicrosoft.com"],
        "imAddresses": [mail],
        "businessPhones": [f"+1 425 555 {number % 10000:04}"],
        "mobilePhone": None if number % 3 else f"+1 425 556 {number % 10000:04}",
        "city": _pick(_CITIES, number),
        "country": "United States",
        "postalCode": f"{98000 + number}",
        "streetAddress": f"{number + 1} Example Way",
    }


def _account(number: int) -> dict[str, Any]:
    return {
        "accountEnabled": number % 10 != 0,
        "createdDateTime": _moment(2019, number),
        "lastPasswordChangeDateTime": _moment(2025, number),
        "isResourceAccount": None,
        "onPremisesSyncEnabled": None,
        "preferredLanguage": "en-US",
        "userType": "Member",
    }


def _licences(number: int) -> dict[str, Any]:
    return {
        "assignedLicenses": [
            {"disabledPlans": [_guid(number, 2)], "skuId": _guid(number % 5, 3)}
        ],
        "assignedPlans": [
            {
                "assignedDateTime": _moment(2023, number),
                "capabilityStatus": "Enabled",
                "service": "exchange",
                "servicePlanId": _guid(number % 7, 4),
            }
        ],
        "identities": [
            {
                "signInType": "userPrincipalName",
                "issuer": "contoso.onmicrosoft.com",
                "issuerAssignedId": f"user{number:04}@contoso.com",
            }
        ],
    }


def _pick(choices: tuple[str, ...], number: int) -> str:
    return choices[number % len(choices)]


def _guid(number: int, kind: int = 1) -> str:
    return str(
        UUID(int=(number + 1) * kind * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128)
    )


def _moment(year: int, number: int) -> str:
    day, minute = number % 28 + 1, number % 60
    return f"{year}-{number % 12 + 1:02}-{day:02}T{number % 24:02}:{minute:02}:07Z"
