"""Tables: the properties, relationships, parameters and members that a page lists.

A table is known by its first heading ("Property") and by the section in which it
stands; one of which neither tells what it is about is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.model import (
    Enum,
    OperationKind,
    ParameterIn,
    Property,
    TypeRef,
)
from generator.model.pages import Page, Table, Text
from generator.passes.check_pages.bodies import Purpose
from generator.passes.check_pages.findings import Findings, several
from generator.passes.check_pages.members import is_shown, read_only
from generator.passes.check_pages.subjects import Subject
from generator.passes.check_pages.type_names import parse_type, shown

_NAME: Final = re.compile(r"([A-Za-z_]\w*(?:/[A-Za-z_]\w*)*)\s*\*?\s*(?:\([^()]*\))?")
_LONGEST: Final = 200
_NO_NAMES: Final = ("none", "n/a")
_CALLS: Final = (OperationKind.ACTION, OperationKind.FUNCTION)


class Tables:
    """Checks the tables of pages."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def check(self, page: Page, subject: Subject) -> None:
        """Check the tables of a page, of which the subject is known."""
        by_kind: defaultdict[tuple[str, str], list[Table]] = defaultdict(list)
        for table in page.tables:
            head = table.head[0].text.strip().lower() if table.head else ""
            by_kind[_section(table), head].append(table)
        for (section, head), tables in by_kind.items():
            match section, head:
                case "request", "property":
                    self._request(tables, subject)
                case ("request" | "parameters"), "parameter":
                    self._parameters(tables, subject, section)
                case "properties", "property":
                    self._type(tables, subject.type, are_relations=False)
                case "relationships", "relationship":
                    self._type(tables, subject.type, are_relations=True)
                case _, "member":
                    for table in tables:
                        self._enum(table, subject)

    def _type(self, tables: list[Table], type_id: str, *, are_relations: bool) -> None:
        """Check the tables that together list what a type has."""
        if self._findings.struct(type_id) is None:
            return
        found = {name for table in tables for name in self._rows(table, type_id)}
        members = self._findings.lineage.members(type_id).values()
        missing = [
            member.name
            for member in members
            if member.name not in found and _belongs(member, are_relations)
        ]
        if missing:
            message = f"the table lacks {several(missing)}"
            place = tables[0].place
            self._findings.warning("page-property-missing", message, place)

    def _request(self, tables: list[Table], subject: Subject) -> None:
        """Check the tables of what a request sends. The first is about the object
        itself, others may be about parts of it."""
        type_id, purpose = subject.sent.type, subject.sent.purpose
        if self._findings.struct(type_id) is None:
            return
        members = self._findings.lineage.members(type_id)
        is_update = purpose is Purpose.UPDATE
        found: set[str] = set()
        for number, table in enumerate(tables):
            names = [name.text for name in _names(table)]
            known = [name for name in names if name in members]
            if number and len(known) * 2 < len(names):
                continue
            found.update(self._rows(table, type_id))
            for name in _names(table):
                member = members.get(name.text)
                why = read_only(member, is_update=is_update) if member else ""
                if why:
                    message = f"{name.text!r} {why}: a request leaves it out"
                    self._findings.error("page-property-readonly", message, name.place)
        if purpose is not Purpose.READ:
            keys = {part.path for part in self._findings.lineage.key(type_id)}
            missing = [
                member
                for member in members.values()
                if member.name not in found | keys
                and is_shown(member)
                and not read_only(member, is_update=is_update)
            ]
            self._omitted(tables[0], missing, purpose)

    def _omitted(
        self, table: Table, missing: Sequence[Property], purpose: Purpose
    ) -> None:
        """Report what a request must or may send and its table does not list."""
        is_create = purpose is Purpose.CREATE
        needed = [each.name for each in missing if each.required and is_create]
        others = [each.name for each in missing if not (each.required and is_create)]
        if needed:
            message = f"the table lacks {several(needed)}, which must be given"
            self._findings.warning("page-property-required", message, table.place)
        if others:
            message = f"the table does not list {several(others)}"
            self._findings.info("page-property-unlisted", message, table.place)

    def _rows(self, table: Table, type_id: str) -> Iterator[str]:
        """Check names and types of the rows; give the names that exist."""
        below = self._findings.members_below(type_id)
        types = dict(_types(table))
        for name in _names(table):
            end = self._findings.lineage.walk(type_id, name.text.split("/"))
            member = end[1] if end else None
            if member is not None:
                yield name.text
                self._compare(types.get(name), member.type, name.text)
            elif name.text not in below and name.text.lower() not in _NO_NAMES:
                self._findings.unknown_property(
                    "property", type_id, name.text, name.place
                )

    def _compare(self, cell: Text | None, ref: TypeRef, name: str) -> None:
        written = parse_type(cell.text) if cell is not None else None
        if cell is None or written is None or self._findings.names.fits(written, ref):
            return
        is_type = self._findings.names.is_type(written.name)
        found = (
            cell.text.strip() if is_type else f"{cell.text.strip()!r}, which is no type"
        )
        message = f"{name!r} is {shown(ref)}, found {found}"
        self._findings.error("page-property-type", message, cell.place)

    def _parameters(self, tables: list[Table], subject: Subject, section: str) -> None:
        """Check the tables of the parameters of actions and functions."""
        calls = [each for each in subject.operations if each.kind in _CALLS]
        if not calls:
            return
        place = ParameterIn.BODY if section == "request" else ParameterIn.PATH
        parameters = {
            each.name: each
            for call in calls
            for each in call.parameters
            if each.place is place
        }
        found: set[str] = set()
        for table in tables:
            types = dict(_types(table))
            for name in _names(table):
                parameter = parameters.get(name.text)
                if parameter is not None:
                    found.add(name.text)
                    self._compare(types.get(name), parameter.type, name.text)
                elif place is ParameterIn.BODY and name.text.lower() not in _NO_NAMES:
                    message = f"{name.text!r} is no parameter"
                    message += self._findings.hint(name.text, parameters)
                    self._findings.error("page-property-unknown", message, name.place)
        missing = [name for name in parameters if name not in found]
        if missing and place is ParameterIn.BODY and len(calls) == 1:
            message = f"the table lacks the parameters {several(missing)}"
            self._findings.warning("page-property-missing", message, tables[0].place)

    def _enum(self, table: Table, subject: Subject) -> None:
        enum = self._enum_of(table, subject)
        if enum is None:
            return
        members = [member.name for member in enum.members]
        found = {name.text for name in _names(table)}
        for name in _names(table):
            if name.text not in members:
                short = enum.id.rpartition(".")[2]
                message = f"{short} has no member {name.text!r}{self._findings.hint(name.text, members)}"
                self._findings.error("page-member-unknown", message, name.place)
        missing = [
            member.name
            for member in enum.members
            if member.name not in found and member.deprecation is None
        ]
        if missing:
            message = f"the table lacks {several(missing)}"
            self._findings.warning("page-member-missing", message, table.place)

    def _enum_of(self, table: Table, subject: Subject) -> Enum | None:
        """Give the enumeration of a table: that of the page, or the one that the
        heading above names ("errorCorrectionLevel values")."""
        names = [subject.type]
        if table.section:
            names.append(self._findings.names.find(table.section[-1].partition(" ")[0]))
        for name in names:
            definition = self._findings.api.types.get(name)
            if isinstance(definition, Enum):
                return definition
        return None


def _belongs(member: Property, are_relations: bool) -> bool:
    if are_relations:
        return member.navigation is not None and member.deprecation is None
    return is_shown(member)


def _section(table: Table) -> str:
    """Tell what the headings above a table say of it, the nearest first."""
    for heading in reversed(table.section):
        low = heading.strip().lower()
        if low.startswith("request body"):
            return "request"
        if low in ("properties", "relationships"):
            return low
        if low in ("function parameters", "parameters"):
            return "parameters"
    return ""


def _names(table: Table) -> Iterator[Text]:
    """Give the names that the first cells hold, where they hold names."""
    for row in table.rows:
        text = row[0].text.strip() if row else ""
        match = _NAME.fullmatch(text) if len(text) <= _LONGEST else None
        if match:
            yield Text(match[1], row[0].place)


def _types(table: Table) -> Iterable[tuple[Text, Text]]:
    """Give the cells of the column "Type", each with the name of its row."""
    heads = [cell.text.strip().lower() for cell in table.head]
    if "type" not in heads[1:]:
        return
    column = heads.index("type", 1)
    by_place = {row[0].place: row for row in table.rows if row}
    for name in _names(table):
        row = by_place[name.place]
        if column < len(row):
            yield name, row[column]
