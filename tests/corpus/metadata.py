"""What a CSDL document says, read a second time and by other means than the program's.

Only as much as the tests compare with; nothing of generator/ is used, so that a
mistake there cannot hide here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

GRAPH = "graph/graph-v1.0-2026-08.csdl"

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
ALLOWANCES = ("Insertable", "Updatable", "Deletable", "Readable")

Tag = etree._Element


@dataclass(frozen=True)
class Use:
    """A type where it is used, by its full name."""

    name: str
    many: bool

    @property
    def is_edm(self) -> bool:
        """Whether it is a type of OData itself."""
        return self.name.startswith("Edm.")


@dataclass(frozen=True)
class Call:
    """An action or function, by its full name."""

    name: str
    is_action: bool
    parameters: tuple[str, ...]
    binding: Use | None = None
    composable: bool = False
    result: Use | None = None

    @property
    def short(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(".")[2]


@dataclass
class Type:
    """A structured type or an enumeration; its members are those that it declares."""

    name: str
    kind: str
    base: str | None = None
    properties: dict[str, Use] = field(default_factory=dict)
    navigation: dict[str, Use] = field(default_factory=dict)
    members: list[str] = field(default_factory=list)
    has_stream: bool = False
    is_flags: bool = False

    @property
    def is_enum(self) -> bool:
        """Whether it is an enumeration."""
        return self.kind == "EnumType"


class Metadata:
    """One document, with the aliases of its namespaces resolved."""

    def __init__(self, path: Path) -> None:
        self._schemas = list(etree.parse(path).iter(f"{EDM}Schema"))
        self._aliases = {
            schema.get("Alias", ""): schema.get("Namespace", "")
            for schema in self._schemas
        }
        self.types: dict[str, Type] = {}
        self.calls: list[Call] = []
        self.roots: dict[str, Use] = {}
        self.imports: dict[str, str] = {}
        self.allowances: dict[str, dict[str, bool]] = {}
        self.statements: dict[str, dict[str, bool]] = {}
        for schema in self._schemas:
            for element in schema:
                self._read(element, schema.get("Namespace", ""))

    # --- reading

    def full(self, name: str) -> str:
        """A name with its namespace in full."""
        namespace, _, short = name.rpartition(".")
        return f"{self._aliases.get(namespace) or namespace}.{short}"

    def use(self, text: str) -> Use:
        """A type as an attribute writes it."""
        many = text.startswith("Collection(")
        inner = text.removeprefix("Collection(").removesuffix(")")
        return Use(inner if inner.startswith("Edm.") else self.full(inner), many)

    def _read(self, element: Tag, namespace: str) -> None:
        tag = str(element.tag).removeprefix(EDM)
        name = f"{namespace}.{element.get('Name')}"
        if tag in ("EntityType", "ComplexType", "EnumType"):
            self.types[name] = self._type(element, name, tag)
        elif tag in ("Action", "Function"):
            self.calls.append(self._call(element, name, tag))
        elif tag == "EntityContainer":
            for child in element:
                self._root(child)
        elif tag == "Annotations":
            self._allow(element)
            self._note(element)

    def _type(self, element: Tag, name: str, kind: str) -> Type:
        found = Type(name, kind, has_stream=element.get("HasStream") == "true")
        found.is_flags = element.get("IsFlags") == "true"
        if element.get("BaseType"):
            found.base = self.full(element.get("BaseType", ""))
        for child in element:
            tag = str(child.tag).removeprefix(EDM)
            wire = child.get("Name", "")
            if tag == "Property":
                found.properties[wire] = self.use(child.get("Type", ""))
            elif tag == "NavigationProperty":
                found.navigation[wire] = self.use(child.get("Type", ""))
            elif tag == "Member":
                found.members.append(wire)
        return found

    def _call(self, element: Tag, name: str, tag: str) -> Call:
        parameters = [(p.get("Name", ""), p) for p in element.iter(f"{EDM}Parameter")]
        bound = element.get("IsBound") == "true"
        result = element.find(f"{EDM}ReturnType")
        return Call(
            name,
            tag == "Action",
            tuple(wire for wire, _ in parameters[bound:]),
            self.use(parameters[0][1].get("Type", "")) if bound else None,
            element.get("IsComposable") == "true",
            None if result is None else self.use(result.get("Type", "")),
        )

    def _root(self, element: Tag) -> None:
        tag = str(element.tag).removeprefix(EDM)
        name = element.get("Name", "")
        if tag == "EntitySet":
            self.roots[name] = Use(self.full(element.get("EntityType", "")), True)
        elif tag == "Singleton":
            self.roots[name] = Use(self.full(element.get("Type", "")), False)
        elif tag in ("ActionImport", "FunctionImport"):
            self.imports[name] = self.full(element.get(tag.removesuffix("Import"), ""))

    def _allow(self, element: Tag) -> None:
        """Note what is said to be allowed at a place, in so many words."""
        owner, slash, member = element.get("Target", "").partition("/")
        path = f"{EDM}Annotation/{EDM}Record/{EDM}PropertyValue[@Bool]"
        for value in element.iterfind(path):
            if value.get("Property") in ALLOWANCES:
                told = self.allowances.setdefault(
                    f"{self.full(owner)}{slash}{member}", {}
                )
                told[value.get("Property", "")] = value.get("Bool") == "true"

    def _note(self, element: Tag) -> None:
        """Note every yes and no, as "<term>" or "<term>/<property>", both without a
        namespace."""
        owner, slash, member = element.get("Target", "").partition("/")
        told = self.statements.setdefault(f"{self.full(owner)}{slash}{member}", {})
        for annotation in element.iterfind(f"{EDM}Annotation"):
            if annotation.get("Qualifier"):
                continue
            term = annotation.get("Term", "").rpartition(".")[2]
            if annotation.get("Bool"):
                told[term] = annotation.get("Bool") == "true"
            path = f"{EDM}Record/{EDM}PropertyValue[@Bool]"
            for value in annotation.iterfind(path):
                name = f"{term}/{value.get('Property')}"
                told[name] = value.get("Bool") == "true"

    # --- asking

    @cached_property
    def structs(self) -> list[Type]:
        """The entity types and complex types."""
        return [each for each in self.types.values() if not each.is_enum]

    def lineage(self, name: str) -> list[Type]:
        """A type and its bases, the type first."""
        found = []
        current: str | None = name
        while current is not None:
            found.append(self.types[current])
            current = self.types[current].base
        return found

    @cached_property
    def derived(self) -> dict[str, set[str]]:
        """All types derived from a type, directly or not."""
        found: dict[str, set[str]] = {name: set() for name in self.types}
        for name in self.types:
            for base in self.lineage(name)[1:]:
                found[base.name].add(name)
        return found

    def properties(self, name: str) -> dict[str, Use]:
        """The structural properties of a type, inherited ones too."""
        return {w: u for each in self.lineage(name) for w, u in each.properties.items()}

    def navigation(self, name: str) -> dict[str, Use]:
        """The navigation properties of a type, inherited ones too."""
        return {w: u for each in self.lineage(name) for w, u in each.navigation.items()}

    def owner(self, name: str, member: str) -> str:
        """The nearest "<type>/<member>" of which something is said."""
        for each in self.lineage(name):
            if f"{each.name}/{member}" in self.statements:
                return f"{each.name}/{member}"
        return ""

    def bound(self, name: str, many: bool) -> list[Call]:
        """What can be called on an instance of a type, or on a collection of them."""
        return [
            call
            for each in self.lineage(name)
            for call in self._bound.get(Use(each.name, many), ())
        ]

    @cached_property
    def _bound(self) -> dict[Use, list[Call]]:
        found: dict[Use, list[Call]] = {}
        for call in self.calls:
            if call.binding is not None:
                found.setdefault(call.binding, []).append(call)
        return found

    def is_entity(self, use: Use | None) -> bool:
        """Whether a type is an entity type, or a collection of one's instances."""
        return use is not None and (
            use.name in self.types and self.types[use.name].kind == "EntityType"
        )
