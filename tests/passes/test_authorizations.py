"""Authorizations of a container's annotations become security schemes."""

from __future__ import annotations

import pytest
from support import read_csdl

from generator.diagnostics import Diagnostics
from generator.model import Doc, OAuthFlow, SecurityScheme
from generator.passes.annotations import annotate
from generator.passes.resolve import resolve

AUTHORIZATION = "Org.OData.Authorization.V1"


def schemes(*records: str) -> list[SecurityScheme]:
    """Read the schemes that records of the annotation give."""
    api, diagnostics = read_csdl(
        f"""<EntityContainer Name="C"><Annotation Term="{AUTHORIZATION}.Authorizations">
        <Collection>{"".join(records)}</Collection></Annotation></EntityContainer>"""
    )
    api = annotate(resolve(api, diagnostics), Diagnostics())
    assert list(diagnostics) == []
    assert list(api.security_schemes) == [
        each.id for each in api.security_schemes.values()
    ]
    return list(api.security_schemes.values())


def record(kind: str, inside: str = "", **values: str) -> str:
    told = "".join(
        f'<PropertyValue Property="{name}" String="{text}"/>'
        for name, text in values.items()
    )
    return f'<Record Type="{AUTHORIZATION}.{kind}">{told}{inside}</Record>'


SCOPES = """<PropertyValue Property="Scopes"><Collection>
  <Record><PropertyValue Property="Scope" String="read"/>
    <PropertyValue Property="Description" String="To read."/></Record>
  <Record><PropertyValue Property="Description" String="Without a name."/></Record>
  <Record><PropertyValue Property="Scope" String="write"/></Record>
  </Collection></PropertyValue>"""


@pytest.mark.parametrize(
    ("kind", "flow"),
    [
        ("OAuth2AuthCode", "authorizationCode"),
        ("OAuth2ClientCredentials", "clientCredentials"),
        ("OAuth2Implicit", "implicit"),
        ("OAuth2Password", "password"),
    ],
)
def test_flows_of_oauth(kind: str, flow: str) -> None:
    urls = {"AuthorizationUrl": "a", "TokenUrl": "t", "RefreshUrl": "r"}
    (found,) = schemes(
        record(kind, SCOPES, Name="login", Description="Log in.", **urls)
    )
    assert found == SecurityScheme(
        "login",
        "oauth2",
        flows=(
            OAuthFlow(
                flow,
                authorization_url="a",
                token_url="t",
                refresh_url="r",
                scopes=(("read", "To read."), ("write", "")),
            ),
        ),
        doc=Doc("Log in."),
    )


def test_other_kinds() -> None:
    place = (
        '<PropertyValue Property="Location"'
        f' EnumMember="{AUTHORIZATION}.KeyLocation/QueryOption"/>'
    )
    assert schemes(
        record("ApiKey", Name="key", KeyName="X-Key"),
        record("ApiKey", place, Name="other", KeyName="k"),
        record("Http", Name="token", Scheme="bearer", BearerFormat="JWT"),
        record("OpenIDConnect", Name="known", IssuerUrl="https://x.example"),
    ) == [
        SecurityScheme("key", "apiKey", name="X-Key", place="header"),
        SecurityScheme("other", "apiKey", name="k", place="query"),
        SecurityScheme("token", "http", scheme="bearer", bearer_format="JWT"),
        SecurityScheme("known", "openIdConnect", address="https://x.example"),
    ]


def test_what_says_too_little_is_no_scheme() -> None:
    assert schemes(record("Http", Scheme="basic"), record("Magic", Name="wand")) == []
