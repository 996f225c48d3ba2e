"""XML in, checked elements out: the first half of reading a CSDL document.

The parser is expat, from the standard library: it calls back for each element with its
exact line and column. lxml gives no column and no line above 65535 (Graph beta has
more), and making elements of its tree takes as long as making them here, 0.2 s for
the 40,549 elements of Microsoft Graph v1.0.

lxml has the second look: expat stops at the first fault of a document that is not
well-formed, while libxml2 can go on and list them all. It is imported only then.

A document is hostile until proven otherwise: a document type declaration is refused
before anything in it is read (so there are no entities to expand and nothing external
to load), XInclude is an element like any other of a foreign namespace, and depth
and the number of elements are bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from generator.diagnostics import Diagnostics
from generator.model import Place
from generator.readers.csdl.codes import report
from generator.readers.csdl.grammar import EDM, EDMX, MAX_NAME, ROOT, SHAPES, Shape
from generator.readers.source import Source

MAX_DEPTH = 100
"""How deeply elements may be nested; annotations of real services stay under twenty."""

MAX_ELEMENTS = 500_000
"""How many elements a document may have; Microsoft Graph's has 40,549. What is made of
each takes some two kilobytes, and some 40 microseconds in all."""

MAX_FAULTS = 1000
"""How many faults of one document are reported before the rest is left unread."""

_OLD_EDMX = "http://schemas.microsoft.com/ado/2007/06/edmx Edmx"


@dataclass(slots=True)
class Element:
    """An element that keeps to the grammar: what it requires is there and not empty.

    `name` has the prefix edmx where it is of that namespace. Attributes and children
    which the grammar does not know are left out; `text` is "" but for expressions that
    hold characters. Nothing changes one after it is parsed; it is not frozen because
    that costs a tenth of the time of reading.
    """

    name: str
    attributes: dict[str, str]
    place: Place
    children: list[Element] = field(default_factory=list["Element"])
    text: str = ""


class _Refused(Exception):
    """The rest of the document is not worth reading; the reason has been reported."""


def parse(source: Source, diagnostics: Diagnostics) -> Element | None:
    """Parse a document and check it against the grammar.

    Answers the edmx:Edmx element, or None if the document is no CSDL. All that is wrong
    with its XML and with the names of its elements and attributes is added to
    `diagnostics`.
    """
    builder = _Builder(source, diagnostics)
    try:
        builder.run(source.data)
    except _Refused:
        return None
    except expat.ExpatError as error:
        _explain(error, source, diagnostics)
        return None
    except (LookupError, ValueError) as error:
        message = f"the encoding cannot be read: {error}"
        report(diagnostics, "csdl-not-well-formed", message, Place(source.name, 1))
        return None
    children = builder.children
    return children[0] if children else None


class _Builder:
    """Handlers for expat that build elements bottom up."""

    def __init__(self, source: Source, diagnostics: Diagnostics) -> None:
        self._file = source.name
        self._diagnostics = diagnostics
        # the elements whose ends have not been seen, and their shapes
        self._stack = [Element("", {}, Place(source.name))]
        self._shapes = [ROOT]
        self._broken: list[Element] = []
        self._text: list[str] = []
        self._skipped = 0
        self._faults = 0
        self._elements = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser

    @property
    def children(self) -> list[Element]:
        """What stands at the outermost level."""
        return self._stack[0].children

    def run(self, data: bytes) -> None:
        """Parse the whole document; raises ExpatError and _Refused."""
        self._parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            self._refuse_more()
        if self._skipped:
            self._skipped += 1
            return
        parser = self._parser
        place = Place(
            self._file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        )
        stack = self._stack
        shape = SHAPES.get(name)
        if shape is None or shape.name not in self._shapes[-1].children:
            self._misplaced(name, place)
            return
        element = Element(shape.name, attributes, place, [])
        if not attributes.keys() <= shape.attributes:
            self._drop_unknown(element, shape)
        for required in shape.required:
            if not attributes.get(required):
                self._missing(element, shape, required)
        if shape.named and attributes.get("Name"):
            self._check_name(element, attributes["Name"])
        if shape.text:
            self._text = []
            parser.CharacterDataHandler = self._text.append
        stack.append(element)
        self._shapes.append(shape)
        if len(stack) - 1 > MAX_DEPTH:
            message = f"elements are nested more than {MAX_DEPTH} deep"
            self._refuse("csdl-too-deep", message, place)

    def _end(self, _name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        element = self._stack.pop()
        if self._shapes.pop().text:
            self._parser.CharacterDataHandler = None
            element.text = "".join(self._text)
        if self._broken and self._broken[-1] is element:
            self._broken.pop()
        else:
            self._stack[-1].children.append(element)

    def _doctype(self, *_declaration: object) -> None:
        parser = self._parser
        place = Place(
            self._file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        )
        message = "a document type declaration is refused: CSDL has no use for one"
        self._refuse("csdl-doctype", message, place)

    def _refuse_more(self) -> NoReturn:
        place = Place(self._file, self._parser.CurrentLineNumber)
        message = f"the document has more than {MAX_ELEMENTS:,} elements"
        self._refuse("csdl-too-large", message, place)

    def _misplaced(self, name: str, place: Place) -> None:
        namespace, _, local = name.rpartition(" ")
        parent = self._shapes[-1]
        if parent is ROOT:
            self._refuse_root(name, place)
        self._skipped = 1
        if namespace in (EDM, EDMX):
            message = f"{local} does not belong in {parent.name}; it is ignored"
        elif not namespace:
            message = f'{local} is in no XML namespace; expected xmlns="{EDM}"'
        else:
            return
        self._report("csdl-unknown-element", message, place)

    def _refuse_root(self, name: str, place: Place) -> NoReturn:
        if name == _OLD_EDMX:
            message = (
                "this is OData V2 or V3 metadata; only V4 can be read (ask the service"
                " for $metadata with the header OData-MaxVersion: 4.0)"
            )
            self._refuse("csdl-bad-version", message, place)
        namespace, _, local = name.rpartition(" ")
        where = f"of namespace {namespace}" if namespace else "of no namespace"
        message = f"expected the element edmx:Edmx of {EDMX}, found {local} {where}"
        self._refuse("csdl-wrong-root", message, place)

    def _report(self, code: str, message: str, place: Place) -> None:
        report(self._diagnostics, code, message, place)
        self._faults += 1
        if self._faults == MAX_FAULTS:
            message = f"{MAX_FAULTS} faults; the rest of the document is not read"
            self._refuse("csdl-too-many-faults", message, place)

    def _refuse(self, code: str, message: str, place: Place) -> NoReturn:
        report(self._diagnostics, code, message, place)
        raise _Refused

    def _drop_unknown(self, element: Element, shape: Shape) -> None:
        unknown = [name for name in element.attributes if name not in shape.attributes]
        for name in unknown:
            del element.attributes[name]
            namespace, _, local = name.rpartition(" ")
            if namespace in ("", EDM, EDMX):
                message = f"{shape.name} has no attribute {local}; it is ignored"
                self._report("csdl-unknown-attribute", message, element.place)

    def _missing(self, element: Element, shape: Shape, attribute: str) -> None:
        self._break(element)
        code = "csdl-bad-annotation" if shape.annotation else "csdl-missing-attribute"
        message = f"{shape.name} needs the attribute {attribute}"
        self._report(code, message, element.place)

    def _break(self, element: Element) -> None:
        """Leave an element out when its end comes."""
        if not self._broken or self._broken[-1] is not element:
            self._broken.append(element)

    def _check_name(self, element: Element, name: str) -> None:
        if len(name) > MAX_NAME:
            self._break(element)
            message = f"a name may have {MAX_NAME} characters, {name!r} has more"
            self._report("csdl-long-name", message, element.place)
        elif not name.isidentifier():
            message = f"{name!r} is no OData identifier (letters, digits, underscores)"
            self._report("csdl-bad-name", message, element.place)


def _explain(error: expat.ExpatError, source: Source, diagnostics: Diagnostics) -> None:
    """Report why a document is not well-formed: all that lxml finds, or expat's
    word."""
    faults = _all_faults(source) or [
        (error.lineno, error.offset + 1, expat.ErrorString(error.code))
    ]
    for line, column, message in faults[:MAX_FAULTS]:
        place = Place(source.name, line, column)
        report(diagnostics, "csdl-not-well-formed", message, place)


def _all_faults(source: Source) -> list[tuple[int, int, str]]:
    """Parse once more, with a parser that goes on after a fault and lists them."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError:
        return []
    faults: dict[tuple[int, int], str] = {}
    for entry in parser.error_log:
        faults.setdefault((entry.line, max(entry.column, 0)), entry.message)
    return [(line, column, message) for (line, column), message in faults.items()]
