"""Texts of examples: what a property or parameter of a certain name is likely to hold.

`scalars` asks for one. A description that says what the values look like is believed
first, then the name is: by all of its words, then by the last ones. Names and domains
are those that are kept for examples (RFC 2606, RFC 5737, RFC 7042 section 2.1.1), or
Contoso's.
"""

from __future__ import annotations

import re

from generator.emitters.samples.chance import Chance
from generator.model import Doc
from generator.words import split_words

# What a description says of values: one in quotes or as code, or the first of a list.
_SAID = re.compile(
    r"(?:for example|e\.g\.|such as|(?P<listed>(?:possible|valid|allowed) values)"
    r"(?: are)?)[,:]? {0,2}(?P<quote>[`'\"]?)"
    r"(?P<value>[A-Za-z0-9][\w.:/@+-]{0,60})(?P=quote)",
    re.IGNORECASE | re.ASCII,
)

_WHOLE = {
    "alias": "ada",
    "birthday": "1990-12-10",
    "city": "Berlin",
    "comment": "Agreed with the owner.",
    "companyname": "Contoso",
    "consistencylevel": "eventual",
    "contenttype": "text/plain",
    "costcenter": "4711",
    "countrycode": "DE",
    "currencycode": "EUR",
    "drivetype": "business",
    "givenname": "Ada",
    "host": "server.contoso.com",
    "ifmatch": 'W/"1"',
    "jobtitle": "Analyst",
    "macaddress": "00-00-5E-00-53-01",
    "mailnickname": "ada",
    "mimetype": "text/plain",
    "officelocation": "Building 2",
    "operatingsystem": "Windows",
    "postalcode": "10115",
    "preferredlanguage": "en-US",
    "usagelocation": "DE",
    "userprincipalname": "mail",
    "username": "ada",
    "zipcode": "10115",
}

_LAST = {
    "address": "mail",
    "algorithm": "SHA-256",
    "body": "The figures of March are attached.",
    "category": "Finance",
    "city": "Berlin",
    "code": "digits",
    "color": "blue",
    "company": "Contoso",
    "content": "The figures of March are attached.",
    "country": "Germany",
    "culture": "en-US",
    "currency": "EUR",
    "date": "2026-03-31",
    "datetime": "2026-03-31T09:00:00Z",
    "department": "Sales",
    "description": "For the people of the sales department.",
    "division": "Sales",
    "domain": "contoso.com",
    "detail": "The figures of March are attached.",
    "email": "mail",
    "emails": "mail",
    "etag": 'W/"1"',
    "endpoint": "url",
    "fax": "phone",
    "filter": "department eq 'Sales'",
    "guid": "guid",
    "href": "url",
    "id": "guid",
    "ids": "guid",
    "identifier": "guid",
    "initials": "AL",
    "ip": "203.0.113.7",
    "key": "hex",
    "keyword": "finance",
    "keywords": "finance",
    "kind": "standard",
    "language": "en-US",
    "languages": "en-US",
    "link": "url",
    "locale": "en-US",
    "location": "Berlin",
    "mail": "mail",
    "mails": "mail",
    "manufacturer": "Contoso",
    "message": "The figures of March are attached.",
    "mobile": "phone",
    "model": "Contoso 200",
    "name": "name",
    "nickname": "ada",
    "note": "Agreed with the owner.",
    "notes": "Agreed with the owner.",
    "number": "digits",
    "os": "Windows",
    "password": "password",
    "path": "/reports/2026",
    "phone": "phone",
    "phones": "phone",
    "pin": "digits",
    "platform": "Windows",
    "publisher": "Contoso",
    "ranges": "0-",
    "reason": "Agreed with the owner.",
    "region": "Europe",
    "role": "Reader",
    "roles": "Reader",
    "secret": "password",
    "state": "active",
    "status": "active",
    "street": "1 Main Street",
    "subject": "Figures of March",
    "summary": "The figures of March.",
    "surname": "Lovelace",
    "tag": "finance",
    "tags": "finance",
    "text": "The figures of March are attached.",
    "thumbprint": "hex",
    "title": "Figures of March",
    "token": "hex",
    "type": "standard",
    "uri": "url",
    "uris": "url",
    "url": "url",
    "urls": "url",
    "vendor": "Contoso",
    "version": "1.2.0",
    "zone": "Europe/Berlin",
}

_NAMES = {
    "app": "Contoso Reports",
    "application": "Contoso Reports",
    "domain": "contoso.com",
    "family": "Lovelace",
    "file": "report.docx",
    "first": "Ada",
    "given": "Ada",
    "host": "server.contoso.com",
    "last": "Lovelace",
    "user": "ada",
}

_PEOPLE = {"user", "person", "contact", "member", "owner", "identity", "recipient"}
_FILES = {"file", "attachment", "document"}


def text_for(owner: str, name: str, doc: Doc, chance: Chance) -> str:
    """Give a text for the property or parameter `name` of `owner`, a qualified name."""
    said = _said(f"{doc.summary} {doc.description}")
    if said:
        return said
    words = [word.lower() for word in split_words(name)]
    if not words:
        return "value"
    found = _WHOLE.get("".join(words)) or _LAST.get(words[-1]) or ""
    if words[-1] in ("time", "date") and "date" in words:
        found = _LAST["datetime" if words[-1] == "time" else "date"]
    if words[-1] == "address":
        found = _address(words)
    kinds = split_words(owner.rpartition(".")[2])
    return _made(found, words, [kind.lower() for kind in kinds], chance)


def _said(text: str) -> str:
    """The value that a description names first, without a full stop at its end.

    A single word without quotes is one only where values are listed.
    """
    found = _SAID.search(text[:2000])
    if found is None or not (found["quote"] or found["listed"]):
        return ""
    value = found["value"].rstrip(".:")
    return "" if value in ("null", "true", "false", "the") else value


def _address(words: list[str]) -> str:
    if "ip" in words:
        return "203.0.113.7"
    if "street" in words or "postal" in words:
        return "1 Main Street"
    return "url" if "web" in words else "mail"


def _made(found: str, words: list[str], kinds: list[str], chance: Chance) -> str:
    """A text of the kind that was found; of none, the name in words."""
    match found:
        case "guid":
            return chance.guid()
        case "mail":
            return "ada@contoso.com"
        case "phone":
            return "+1 425 555 0100"
        case "digits":
            return chance.digits(8)
        case "hex":
            return f"{chance.number(16**15, 16**16 - 1):X}"
        case "password":
            return f"{chance.digits(2)}-Rain-{chance.digits(3)}-Stone"
        case "url":
            return f"https://www.contoso.com/{'-'.join(kinds[-3:])}"
        case "name":
            return _name(words, kinds)
        case "":
            return " ".join(words).capitalize()
        case _:
            return found


def _name(words: list[str], kinds: list[str]) -> str:
    """The name of something: of what the words before "name" say, else of its owner."""
    before = words[-2] if len(words) > 1 else ""
    if before in _NAMES:
        return _NAMES[before]
    if before not in ("", "display", "friendly", "full"):
        return f"Contoso {' '.join(words[:-1])}"
    if (kinds and kinds[-1] in _PEOPLE) or kinds == ["email", "address"]:
        return "Ada Lovelace"
    if (kinds and kinds[-1] in _FILES) or kinds[:2] == ["drive", "item"]:
        return "report.docx"
    return " ".join(["Contoso", *kinds[-3:]])
