"""What annotations say, by the terms of the vocabularies Core, Capabilities,
Authorization.

Used by `annotate` and by the pass that makes resources. Validation is in `validation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from generator.model import (
    Annotation,
    Doc,
    KeyPart,
    Link,
    Parameter,
    ParameterIn,
    Permission,
    Record,
    Scalar,
    ScalarKind,
    Value,
)
from generator.passes.values import enum_members, flag, items, paths, records, text

CORE: Final = "Org.OData.Core.V1."
CAPABILITIES: Final = "Org.OData.Capabilities.V1."
AUTHORIZATION: Final = "Org.OData.Authorization.V1."
COMMUNITY_KEYS: Final = "OData.Community.Keys.V1."

Annotations: TypeAlias = Mapping[str, tuple[Annotation, ...]]

_ALLOWS: Final = {
    "InsertRestrictions": "Insertable",
    "UpdateRestrictions": "Updatable",
    "DeleteRestrictions": "Deletable",
    "ReadRestrictions": "Readable",
    "ReadByKeyRestrictions": "Readable",
    "CountRestrictions": "Countable",
    "NavigationRestrictions": "Referenceable",
}
_PERMISSIONS: Final = {1: "Read", 2: "Write", 4: "Filter", 8: "Invoke"}


def find(annotations: Iterable[Annotation], term: str) -> Annotation | None:
    """Give the annotation with a term, by its qualified name and without a qualifier.

    A qualifier means that the statement holds in some circumstances only (section
    14.2.1), so that it decides nothing here.
    """
    for annotation in annotations:
        if annotation.term == term and not annotation.qualifier:
            return annotation
    return None


def value_of(annotations: Iterable[Annotation], term: str) -> Value:
    """Give the value of the annotation with a term, None without one."""
    found = find(annotations, term)
    return found.value if found is not None else None


def doc(annotations: Iterable[Annotation], otherwise: Doc = Doc()) -> Doc:
    """Give what Core.Description, LongDescription and Links say.

    What they leave open is taken from `otherwise`.
    """
    summary = description = ""
    links: tuple[Link, ...] = ()
    for annotation in annotations:
        if annotation.qualifier or not annotation.term.startswith(CORE):
            continue
        name = annotation.term[len(CORE) :]
        if name == "Description":
            summary = text(annotation.value)
        elif name == "LongDescription":
            description = text(annotation.value)
        elif name == "Links":
            links = _links(annotation.value)
    if not (summary or description or links):
        return otherwise
    return Doc(
        summary or otherwise.summary,
        description or otherwise.description,
        links or otherwise.links,
    )


def _links(value: Value) -> tuple[Link, ...]:
    found = [(text(item.get("rel")), text(item.get("href"))) for item in records(value)]
    return tuple([Link(relation, href) for relation, href in found if href])


def permissions_on_property(annotations: Iterable[Annotation]) -> frozenset[str] | None:
    """Give the members of Core.Permissions ("Read", "Write", ...), None without it.

    No member at all, or the member None, is the empty set.
    """
    found = find(annotations, CORE + "Permissions")
    if found is None:
        return None
    names = set(enum_members(found.value, _PERMISSIONS))
    if "ReadWrite" in names:
        names |= {"Read", "Write"}
    if not names:
        return None
    return frozenset(names - {"None", "ReadWrite"})


def alternate_keys(
    annotations: Iterable[Annotation],
) -> tuple[tuple[KeyPart, ...], ...]:
    """Give the keys of Core.AlternateKeys, or of its predecessor Community.Keys."""
    keys: list[tuple[KeyPart, ...]] = []
    for annotation in annotations:
        if annotation.term not in (
            CORE + "AlternateKeys",
            COMMUNITY_KEYS + "AlternateKeys",
        ):
            continue
        for record in records(annotation.value):
            key = _key(record)
            if key and key not in keys:
                keys.append(key)
    return tuple(keys)


def _key(record: Record) -> tuple[KeyPart, ...]:
    """Give the parts of a key; a name that is given to several is that of the first."""
    parts: dict[str, KeyPart] = {}
    for part in records(record.get("Key")):
        path = next(iter(paths(part.get("Name"))), "")
        if path:
            alias = text(part.get("Alias"))
            found = KeyPart(path, "" if alias == path else alias)
            parts.setdefault(found.name, found)
    return tuple(parts.values())


def needs_etag(annotations: Iterable[Annotation]) -> bool:
    """Say whether changes must name the version that they are about.

    Core.OptimisticConcurrency may list what an ETag is made of, or nothing at all;
    OptimisticConcurrencyControl says the same in an entry of NavigationRestrictions.
    """
    said = value_of(annotations, CORE + "OptimisticConcurrency")
    if said is not None and flag(said) is not False:
        return True
    control = value_of(annotations, CAPABILITIES + "OptimisticConcurrencyControl")
    return flag(control) is True


def permissions(value: Value) -> tuple[Permission, ...]:
    """Give the Permissions of a restriction (Capabilities.PermissionType), by
    scheme."""
    found: dict[str, dict[str, None]] = {}
    for record in records(value):
        scopes = found.setdefault(text(record.get("SchemeName")), {})
        for scope in records(record.get("Scopes")):
            scopes[text(scope.get("Scope"))] = None
    return tuple(
        [
            Permission(scheme, tuple([scope for scope in scopes if scope]))
            for scheme, scopes in found.items()
        ]
    )


def security(annotations: Iterable[Annotation]) -> tuple[Permission, ...]:
    """Give what Authorization.SecuritySchemes asks of every caller, by scheme.

    RequiredScopes are required together: they become one scope with spaces between, as
    RFC 6749 section 3.3 writes a list of scopes.
    """
    schemes = records(value_of(annotations, AUTHORIZATION + "SecuritySchemes"))
    return tuple(
        [
            Permission(
                text(scheme.get("Authorization")),
                (
                    (scopes,)
                    if (
                        scopes := " ".join(
                            map(text, items(scheme.get("RequiredScopes")))
                        )
                    )
                    else ()
                ),
            )
            for scheme in schemes
        ]
    )


@dataclass(frozen=True, slots=True)
class Restriction:
    """What an Insert-, Update-, Delete-, Read-, Count- or NavigationRestrictions says.

    `allowed` is None where it says neither yes nor no: a record with nothing but prose
    restricts nothing. For NavigationRestrictions it is Referenceable (Microsoft Graph's
    word for: entities can be linked and unlinked with $ref). `methods` are those of
    UpdateMethod. `excluded` are the properties that cannot be written (NonInsertable-,
    NonUpdatableProperties), `required` those that must be. `parameters` are the headers
    and query options that a call may or must carry. `by_key` is what
    ReadByKeyRestrictions says about reading one item of a collection.
    """

    allowed: bool | None = None
    description: str = ""
    long_description: str = ""
    permissions: tuple[Permission, ...] = ()
    methods: tuple[str, ...] = ()
    upsertable: bool | None = None
    excluded: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    by_key: Restriction | None = None


def restriction(annotations: Annotations, target: str, term: str) -> Restriction | None:
    """Give what a target's restriction says, None where the target does not have it.

    `term` is the plain name of a term of the Capabilities vocabulary:
    InsertRestrictions, UpdateRestrictions, DeleteRestrictions, ReadRestrictions,
    CountRestrictions or NavigationRestrictions. Targets are "<container>/<set>",
    "<type>", "<type>/<navigation property>" or longer paths. Ask the most special one
    first: a set or navigation property, the type, its bases; the first answer replaces
    the others (CSDL 4.01 section 14.2). RestrictedProperties need no care: `annotate`
    has put them where they belong.
    """
    value = value_of(annotations.get(target, ()), CAPABILITIES + term)
    return restriction_of(value, term) if isinstance(value, Record) else None


def restriction_of(record: Record, term: str) -> Restriction:
    """Give what the record of a restriction says."""
    by_key = record.get("ReadByKeyRestrictions")
    methods = enum_members(record.get("UpdateMethod"))
    # UpsertSupported is Microsoft Graph's own name for Upsertable.
    upsertable = record.get("Upsertable", record.get("UpsertSupported"))
    return Restriction(
        allowed=flag(record.get(_ALLOWS.get(term, ""))),
        description=text(record.get("Description")),
        long_description=text(record.get("LongDescription")),
        permissions=permissions(record.get("Permissions")),
        methods=tuple([method.upper() for method in methods]),
        upsertable=flag(upsertable),
        excluded=(
            *paths(record.get("NonInsertableProperties")),
            *paths(record.get("NonUpdatableProperties")),
        ),
        required=paths(record.get("RequiredProperties")),
        parameters=(
            *_custom(record.get("CustomHeaders"), ParameterIn.HEADER),
            *_custom(record.get("CustomQueryOptions"), ParameterIn.QUERY),
        ),
        by_key=(
            restriction_of(by_key, "ReadByKeyRestrictions")
            if isinstance(by_key, Record)
            else None
        ),
    )


def _custom(value: Value, place: ParameterIn) -> Iterator[Parameter]:
    for record in records(value):
        name = text(record.get("Name"))
        if name:
            yield Parameter(
                name,
                Scalar(ScalarKind.STRING),
                place,
                required=flag(record.get("Required")) or False,
                doc=Doc(text(record.get("Description"))),
            )
