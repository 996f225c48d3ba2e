"""Changes of documents as trees of elements: CSDL."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable

from lxml import etree

from . import words

Element = etree._Element
Change = Callable[[Element, random.Random, Element], None]
"""What changes a tree in place; the last argument is the tree of another document."""

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"

TAGS = """
EntityType ComplexType EnumType TypeDefinition Property NavigationProperty Key PropertyRef
Member Action Function Parameter ReturnType EntityContainer EntitySet Singleton
ActionImport FunctionImport NavigationPropertyBinding ReferentialConstraint OnDelete
Annotation Annotations Collection Record PropertyValue Term If Apply Cast Path Null
PropertyPath NavigationPropertyPath LabeledElement UrlRef String Int Bool EnumMember And
""".split()

ATTRIBUTES = """
Name Type BaseType Abstract OpenType HasStream Nullable MaxLength Precision Scale Unicode
DefaultValue ContainsTarget Partner IsFlags UnderlyingType Value IsBound IsComposable
EntitySetPath EntityType EntitySet Action Function Path Target Term Qualifier String Bool
Int Decimal EnumMember PropertyPath Property Extends Alias Namespace IncludeInServiceDocument
ReferencedProperty SRID AppliesTo Date Duration Guid AnnotationPath Uri Version
""".split()

VALUES = [
    *("true", "false", "max", "variable", "Edm.String", "Edm.Int32", "Edm.Stream"),
    *("Collection(Edm.String)", "Collection(Collection(Edm.Int32))", "Edm.EntityType"),
    *("Edm.ComplexType", "Edm.PrimitiveType", "Edm.Untyped", "Edm.DateTimeOffset"),
    *("Collection()", "Edm.", "Edm.Nothing", "self.x", "4.0", "4.01", "2.0", "id", ""),
    *("Org.OData.Core.V1.Description", "Org.OData.Capabilities.V1.InsertRestrictions"),
    *("Org.OData.Validation.V1.Pattern", "Org.OData.Core.V1.Revisions", "1", "-1"),
    *("Org.OData.Capabilities.V1.HttpMethod/PUT", "a/b/c", "/", "bindingParameter"),
]

PUBLIC_TERMS = [each for each in VALUES if each.startswith("Org.")]


def change(tree: Element, chance: random.Random, other: Element) -> None:
    """Change something of a tree; what is copied from `other` stays its own."""
    chance.choice(CHANGES)(tree, chance, other)


def fit(text: str) -> str:
    """Leave out what no XML document can hold."""
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def _elements(tree: Element) -> list[Element]:
    return list(tree.iter("{*}*", "*"))


def _some(tree: Element, chance: random.Random) -> Element:
    """Give an element below the outermost."""
    return chance.choice(_elements(tree)[1:] or [etree.SubElement(tree, "x")])


def _attribute(tree: Element, chance: random.Random) -> tuple[Element, str]:
    """Give an element that has attributes, and one of them."""
    found = [each for each in _elements(tree) if each.attrib]
    element = chance.choice(found or [tree])
    names = [name for name in map(str, element.attrib) if name != "Version"]
    return element, chance.choice(names or ["Name"])


def _values(tree: Element, chance: random.Random) -> str:
    """Give what stands in an attribute somewhere."""
    element, name = _attribute(tree, chance)
    return str(element.get(name, ""))


def _above(element: Element, tree: Element) -> Element:
    """Give the element that holds one, the outermost for that itself."""
    parent = element.getparent()
    return tree if parent is None else parent


def _put(parent: Element, child: Element, chance: random.Random) -> None:
    parent.insert(chance.randrange(len(parent) + 1), child)


# --- elements


def _delete(tree: Element, chance: random.Random, _other: Element) -> None:
    element = _some(tree, chance)
    parent = element.getparent()
    if parent is not None and len(_elements(element)) < 40:
        parent.remove(element)


def _double(tree: Element, chance: random.Random, _other: Element) -> None:
    element = _some(tree, chance)
    twin = copy.deepcopy(element)
    old = str(element.get("Name", ""))
    if old and chance.random() < 0.7:
        twin.set("Name", fit(chance.choice([old.swapcase(), words.name(chance)])))
    _put(_above(element, tree), twin, chance)


def _move(tree: Element, chance: random.Random, _other: Element) -> None:
    _put(_some(tree, chance), copy.deepcopy(_some(tree, chance)), chance)


def _swap(tree: Element, chance: random.Random, _other: Element) -> None:
    one, two = _some(tree, chance), _some(tree, chance)
    one.tag, two.tag = two.tag, one.tag


def _splice(tree: Element, chance: random.Random, other: Element) -> None:
    """Put a part of another document in, mostly where one like it stands."""
    part = copy.deepcopy(_some(other, chance))
    alike = [each for each in _elements(tree)[1:] if each.tag == part.tag]
    parent = _above(chance.choice(alike), tree) if alike else _some(tree, chance)
    _put(parent, part, chance)


def _retag(tree: Element, chance: random.Random, _other: Element) -> None:
    _some(tree, chance).tag = EDM + chance.choice(TAGS)


def _add(tree: Element, chance: random.Random, _other: Element) -> None:
    """Put an element of the language somewhere."""
    made = etree.Element(EDM + chance.choice(TAGS))
    for name in chance.sample(ATTRIBUTES, 3):
        made.set(name, fit(_any(tree, chance)))
    if chance.random() < 0.3:
        made.text = fit(words.text(chance))
    _put(_some(tree, chance), made, chance)


def _many(tree: Element, chance: random.Random, _other: Element) -> None:
    element = _some(tree, chance)
    if len(_elements(element)) > 30:
        return
    for number in range(chance.choice([3, 30, 200])):
        twin = copy.deepcopy(element)
        twin.set("Name", f"{element.get('Name', 'x')}{number}")
        _above(element, tree).append(twin)


def _nest(tree: Element, chance: random.Random, _other: Element) -> None:
    """Put an element into many of its kind."""
    element = _some(tree, chance)
    for _ in range(chance.choice([1, 2, 5, 50, 400])):
        outer = etree.Element(
            element.tag, attrib={str(k): str(v) for k, v in element.attrib.items()}
        )
        parent = element.getparent()
        if parent is None:
            return
        parent.replace(element, outer)
        outer.append(element)


def _sort(tree: Element, chance: random.Random, _other: Element) -> None:
    element = chance.choice(_elements(tree))
    children = list(element)
    chance.shuffle(children)
    element[:] = children


# --- attributes


def _any(tree: Element, chance: random.Random) -> str:
    kinds = [
        lambda: words.name(chance),
        lambda: words.text(chance),
        lambda: chance.choice(VALUES),
        lambda: chance.choice(VALUES),
        lambda: chance.choice(words.NUMBERS),
        lambda: _values(tree, chance),
        lambda: _values(tree, chance),
        lambda: _type(tree, chance),
    ]
    return chance.choice(kinds)()


def _set(tree: Element, chance: random.Random, _other: Element) -> None:
    element, name = _attribute(tree, chance)
    element.set(name, fit(_any(tree, chance)))


def _say(tree: Element, chance: random.Random, _other: Element) -> None:
    """Give an element an attribute that others have."""
    _some(tree, chance).set(chance.choice(ATTRIBUTES), fit(_any(tree, chance)))


def _drop(tree: Element, chance: random.Random, _other: Element) -> None:
    element, name = _attribute(tree, chance)
    if name in element.attrib:
        del element.attrib[name]


def _text(tree: Element, chance: random.Random, _other: Element) -> None:
    """Put a text where people are told something."""
    found = [each for each in _elements(tree) if each.get("String") is not None]
    if found:
        chance.choice(found).set("String", fit(words.text(chance)))
        return
    note = etree.SubElement(_some(tree, chance), f"{EDM}Annotation")
    note.set("Term", chance.choice(PUBLIC_TERMS))
    note.set("String", fit(words.text(chance)))


# --- names and references


def _names(tree: Element) -> list[str]:
    return sorted(
        {str(each.get("Name")) for each in _elements(tree) if each.get("Name")}
    )


def _type(tree: Element, chance: random.Random) -> str:
    """Give the name of a type, which may be there."""
    spaces = [str(each.get("Namespace") or "x") for each in _elements(tree)][:3]
    named = f"{chance.choice(spaces)}.{chance.choice([*_names(tree), 'x'])}"
    return chance.choice([named, named, f"Collection({named})"])


def _rename_all(tree: Element, chance: random.Random, _other: Element) -> None:
    """Call one thing otherwise wherever it is named, so that all still goes together."""
    old, new = chance.choice([*_names(tree), "x"]), fit(words.name(chance))
    if chance.random() < 0.7:
        new = re.sub(r"[./()\s]", "", new)  # such names refer to something else
    named = re.compile(rf"(?<![\w]){re.escape(old)}(?![\w])")
    for element in _elements(tree):
        for name, value in element.attrib.items():
            if name not in ("Namespace", "Term", "String") and old in str(value):
                element.set(name, named.sub(lambda _: new, str(value)))


def _retarget(tree: Element, chance: random.Random, _other: Element) -> None:
    """Let a type, a base or a path lead elsewhere, also to where it stands itself."""
    about = ("Type", "BaseType", "EntityType", "Target", "Path", "Partner", "Action")
    found = [each for each in _elements(tree) if set(about) & {*map(str, each.attrib)}]
    element = chance.choice(found or [tree])
    names = [name for name in about if name in element.attrib]
    if chance.random() < 0.3 and element.get("Name"):
        names = ["BaseType"]
    wanted = [_type(tree, chance), _values(tree, chance)]
    element.set(chance.choice(names or ["Type"]), fit(chance.choice(wanted)))


def _circle(tree: Element, chance: random.Random, _other: Element) -> None:
    """Let some types be derived from one another in a circle."""
    types = [each for each in _elements(tree) if each.tag in (f"{EDM}EntityType",)]
    space = next(
        (str(e.get("Namespace")) for e in _elements(tree) if e.get("Namespace")), "x"
    )
    chosen = chance.sample(types, min(len(types), chance.randint(1, 4)))
    for element, base in zip(chosen, [*chosen[1:], *chosen[:1]], strict=True):
        element.set("BaseType", f"{space}.{base.get('Name', 'x')}")


CHANGES: list[Change] = [
    *(_delete, _double, _double, _move, _swap, _splice, _splice, _retag, _add, _add),
    *(_many, _nest, _sort, _set, _set, _set, _say, _say, _say, _drop, _text, _text),
    *(
        _rename_all,
        _rename_all,
        _rename_all,
        _rename_all,
        _retarget,
        _retarget,
        _circle,
    ),
]
