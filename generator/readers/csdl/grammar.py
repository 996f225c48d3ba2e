"""The grammar of CSDL XML: which elements there are, what each must and may carry.

A table, used by xml.py to check elements while they are parsed, so that what comes
after can rely on it. The source is OData CSDL XML 4.01, sections 3 to 14; 4.0 is a
subset of it, but for the attribute spelling of LabeledElementReference, which is
accepted as well.
"""

from __future__ import annotations

from dataclasses import dataclass

EDM = "http://docs.oasis-open.org/odata/ns/edm"
EDMX = "http://docs.oasis-open.org/odata/ns/edmx"

CONSTANTS = frozenset(
    "Binary Bool Date DateTimeOffset Decimal Duration EnumMember Float Guid Int String"
    " TimeOfDay".split()
)
"""Constant expressions (section 14.3)."""

PATHS = frozenset(
    "AnnotationPath AnyPropertyPath ModelElementPath NavigationPropertyPath Path"
    " PropertyPath".split()
)
"""Path expressions (section 14.4.1)."""

_OPERATORS = frozenset(
    "Add And Div DivBy Eq Ge Gt Has If In Le Lt Mod Mul Ne Neg Not Or Sub".split()
)
_DYNAMIC = _OPERATORS | set(
    "Apply Cast Collection IsOf LabeledElement LabeledElementReference Null Record"
    " UrlRef".split()
)

EXPRESSIONS = CONSTANTS | PATHS | _DYNAMIC
"""Every element that is an expression."""

VALUE_ATTRIBUTES = CONSTANTS | PATHS | {"UrlRef"}
"""Every attribute that is an expression."""

FACETS = frozenset({"MaxLength", "Precision", "Scale", "SRID", "Unicode"})


MAX_NAME = 128
"""How many characters an identifier may have (section 15.2)."""

MAX_NAMESPACE = 511
"""How many characters a namespace may have (section 15.1)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What an element may look like.

    `named` says that its Name is a simple identifier, `text` that it holds characters,
    `annotation` that it is a part of an annotation, of which no fault is fatal.
    """

    name: str
    required: tuple[str, ...] = ()
    attributes: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    named: bool = False
    text: bool = False
    annotation: bool = False


def _schema_shape(
    name: str,
    required: str = "",
    optional: str = "",
    children: str = "",
    facets: bool = False,
) -> Shape:
    needed = tuple(required.split())
    attributes = frozenset(needed) | set(optional.split())
    return Shape(
        name,
        needed,
        attributes | FACETS if facets else attributes,
        frozenset(children.split()),
        named="Name" in needed and name != "PropertyRef",
    )


def _expression_shape(
    name: str,
    required: str = "",
    optional: str = "",
    values: bool = False,
    children: frozenset[str] = EXPRESSIONS | {"Annotation"},
) -> Shape:
    needed = tuple(required.split())
    attributes = frozenset(needed) | set(optional.split())
    return Shape(
        name,
        needed,
        attributes | VALUE_ATTRIBUTES if values else attributes,
        children,
        annotation=True,
    )


_ENVELOPE = (
    _schema_shape("edmx:Edmx", "Version", children="edmx:Reference edmx:DataServices"),
    _schema_shape("edmx:DataServices", children="Schema"),
    _schema_shape(
        "edmx:Reference",
        "Uri",
        children="edmx:Include edmx:IncludeAnnotations Annotation",
    ),
    _schema_shape("edmx:Include", "Namespace", "Alias", "Annotation"),
    _schema_shape(
        "edmx:IncludeAnnotations", "TermNamespace", "Qualifier TargetNamespace"
    ),
)

_SCHEMA = (
    _schema_shape(
        "Schema",
        "Namespace",
        "Alias",
        "Action Annotation Annotations ComplexType EntityContainer EntityType EnumType"
        " Function Term TypeDefinition",
    ),
    _schema_shape(
        "EntityType",
        "Name",
        "BaseType Abstract OpenType HasStream",
        "Key Property NavigationProperty Annotation",
    ),
    _schema_shape(
        "ComplexType",
        "Name",
        "BaseType Abstract OpenType",
        "Property NavigationProperty Annotation",
    ),
    _schema_shape("Key", children="PropertyRef"),
    _schema_shape("PropertyRef", "Name", "Alias"),
    _schema_shape(
        "Property", "Name Type", "Nullable DefaultValue", "Annotation", facets=True
    ),
    _schema_shape(
        "NavigationProperty",
        "Name Type",
        "Nullable Partner ContainsTarget",
        "ReferentialConstraint OnDelete Annotation",
    ),
    _schema_shape(
        "ReferentialConstraint", "Property ReferencedProperty", children="Annotation"
    ),
    _schema_shape("OnDelete", "Action", children="Annotation"),
    _schema_shape("EnumType", "Name", "UnderlyingType IsFlags", "Member Annotation"),
    _schema_shape("Member", "Name", "Value", "Annotation"),
    _schema_shape(
        "TypeDefinition", "Name UnderlyingType", children="Annotation", facets=True
    ),
    _schema_shape(
        "Action",
        "Name",
        "IsBound EntitySetPath",
        "Parameter ReturnType Annotation",
    ),
    _schema_shape(
        "Function",
        "Name",
        "IsBound IsComposable EntitySetPath",
        "Parameter ReturnType Annotation",
    ),
    _schema_shape("Parameter", "Name Type", "Nullable", "Annotation", facets=True),
    _schema_shape("ReturnType", "Type", "Nullable", "Annotation", facets=True),
    _schema_shape(
        "Term",
        "Name Type",
        "BaseTerm DefaultValue AppliesTo Nullable",
        "Annotation",
        facets=True,
    ),
)

_CONTAINER = (
    _schema_shape(
        "EntityContainer",
        "Name",
        "Extends",
        "EntitySet Singleton ActionImport FunctionImport Annotation",
    ),
    _schema_shape(
        "EntitySet",
        "Name EntityType",
        "IncludeInServiceDocument",
        "NavigationPropertyBinding Annotation",
    ),
    _schema_shape(
        "Singleton", "Name Type", "Nullable", "NavigationPropertyBinding Annotation"
    ),
    _schema_shape("NavigationPropertyBinding", "Path Target", children="Annotation"),
    _schema_shape("ActionImport", "Name Action", "EntitySet", "Annotation"),
    _schema_shape(
        "FunctionImport",
        "Name Function",
        "EntitySet IncludeInServiceDocument",
        "Annotation",
    ),
)

_FACET_NAMES = " ".join(sorted(FACETS))

_ANNOTATIONS = (
    _schema_shape("Annotations", "Target", "Qualifier", "Annotation"),
    _expression_shape("Annotation", "Term", "Qualifier", values=True),
    _expression_shape(
        "Record", "", "Type", children=frozenset({"PropertyValue", "Annotation"})
    ),
    _expression_shape("PropertyValue", "Property", values=True),
    _expression_shape("Apply", "Function"),
    _expression_shape("Cast", "Type", _FACET_NAMES),
    _expression_shape("IsOf", "Type", _FACET_NAMES),
    _expression_shape("LabeledElement", "Name", values=True),
    Shape(
        "LabeledElementReference",
        attributes=frozenset({"Name"}),
        text=True,
        annotation=True,
    ),
    _expression_shape("Null", children=frozenset({"Annotation"})),
    _expression_shape("Collection", children=EXPRESSIONS),
    _expression_shape("UrlRef"),
    *(_expression_shape(name) for name in sorted(_OPERATORS)),
    *(Shape(name, text=True, annotation=True) for name in sorted(CONSTANTS | PATHS)),
)


def _expanded_name(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{EDMX if prefix else EDM} {local}"


SHAPES = {
    _expanded_name(shape.name): shape
    for shape in (*_ENVELOPE, *_SCHEMA, *_CONTAINER, *_ANNOTATIONS)
}
"""Every element by its namespace and local name, a space between."""

ROOT = Shape("", children=frozenset({"edmx:Edmx"}))
"""What stands around the outermost element."""
