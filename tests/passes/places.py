"""Short ways to say something of a place in CSDL, and to look at what came of it."""

from __future__ import annotations

from generator.model import Api, LinkKind, ResourceLink

CAPABILITIES = "Org.OData.Capabilities.V1."


def properties(**values: object) -> str:
    """Write a record; a value is True, False, a text, or a record as this gives it."""
    return f"<Record>{''.join(_property(*each) for each in values.items())}</Record>"


def _property(name: str, value: object) -> str:
    if isinstance(value, bool):
        return f'<PropertyValue Property="{name}" Bool="{str(value).lower()}"/>'
    if str(value).startswith("<"):
        return f'<PropertyValue Property="{name}">{value}</PropertyValue>'
    return f'<PropertyValue Property="{name}" String="{value}"/>'


def said(target: str, term: str, **values: object) -> str:
    """Write an annotation of the Capabilities vocabulary with a record."""
    return (
        f'<Annotations Target="{target}"><Annotation Term="{CAPABILITIES}{term}">'
        f"{properties(**values)}</Annotation></Annotations>"
    )


def kinds(api: Api, resource_id: str) -> list[str]:
    """Give what may be done at a resource, calls included."""
    return [item.kind.value for item in api.resources[resource_id].operations]


def links(api: Api, resource_id: str, kind: LinkKind) -> list[ResourceLink]:
    """Give the links of a kind."""
    return [link for link in api.resources[resource_id].links if link.kind is kind]


def targets(api: Api, resource_id: str) -> dict[str, str]:
    """Give where the links of a resource lead, by their names; a key's is ""."""
    return {link.name: link.target for link in api.resources[resource_id].links}
