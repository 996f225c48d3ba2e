"""What is asked for: one frozen `Config`, from a configuration file.

A configuration stands in `specwright.toml`, or below `[tool.specwright]` in
`pyproject.toml`, in the current folder or one above it. The command line makes a
`Target` of its options with the same checks (`target_from`). Everything wrong with a
configuration is said at once, as the `SpecError` that a broken spec raises too.
"""

from __future__ import annotations

import difflib
import keyword
import os
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator import plugins
from generator.diagnostics import Diagnostics, SpecError
from generator.model import Place

EMITTERS = ("python", "docs", "openapi")
"""What can be emitted; `generator.pipeline` holds the emitter for each."""

FIXED_FRONT_MATTER = ("title", "description", "namespace", "doc_type")
"""The entries at the head of a page that say something of this page alone."""


@dataclass(frozen=True, slots=True)
class Docs:
    """What the documents of a target are to say that no spec says.

    `version` is the label of a version that is not final ("beta"). `front_matter` are
    entries for the head of each page, `date` one for its `ms.date`. `openapi` is the
    address of the OpenAPI document, `link_base` that of the folder to which relative
    links in descriptions are meant. "" is for what is left out.
    """

    title: str = ""
    version: str = ""
    date: str = ""
    site_url: str = ""
    openapi: str = ""
    link_base: str = ""
    previous: tuple[Path, ...] = ()
    front_matter: tuple[tuple[str, str], ...] = ()


OPENAPI_VERSIONS = ("3.1", "3.0")
OPENAPI_FORMATS = ("yaml", "json")


@dataclass(frozen=True, slots=True)
class OpenApi:
    """What the OpenAPI document of a target is to be like.

    `depth` is how many navigation properties the paths of an OData service follow, None
    for as many as is usual. `ms_extensions` adds what Microsoft's tools write. A title
    "" is the API's own.
    """

    version: str = "3.1"
    format: str = "yaml"
    title: str = ""
    depth: int | None = None
    ms_extensions: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to make: from which specs, what of them, and where it goes.

    `out` is the folder in which the package folder stands: package `graph_v1` with
    `out` "src" is written to src/graph_v1/. `include` empty means everything. `depth`
    limits how many navigation properties a slice follows, None is no limit. The folder
    of the documents is `graph-v1-docs`, that of the OpenAPI document `graph-v1-openapi`.
    `permissions` is a document that lists permissions by request line, for the pages.
    `templates` is a folder of templates in place of ours. `passes` are those of other
    packages that run after ours; `plugins` are the options of emitters of other
    packages, by the names that they have in `emit`.
    """

    name: str
    spec: tuple[Path, ...]
    annotations: tuple[Path, ...] = ()
    permissions: Path | None = None
    validate: bool | None = None
    include: tuple[str, ...] = ()
    depth: int | None = None
    package: str = ""
    out: Path = Path()
    emit: tuple[str, ...] = ("python",)
    base_url: str = ""
    templates: Path | None = None
    passes: tuple[str, ...] = ()
    docs: Docs = Docs()
    openapi: OpenApi = OpenApi()
    plugins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """All targets of a configuration file, in its order."""

    file: Path
    targets: tuple[Target, ...]


def find_config(start: Path) -> Config:
    """Read the configuration that holds for a folder: the nearest, looking upwards.

    Paths in it are relative to its own folder; they are given relative to `start`, as a
    user there would write them. Raises SpecError if there is none, or if it is faulty.
    """
    diagnostics = Diagnostics()
    start = start.resolve()
    for folder in (start, *start.parents):
        found = _tables_in(folder, start, diagnostics)
        diagnostics.stop_on_errors()
        if len(found) > 1:
            names = " and ".join(str(file) for file, _ in found)
            diagnostics.error("config-ambiguous", f"{names} both configure specwright")
        if found:
            config = _read_config(*found[0], diagnostics)
            diagnostics.stop_on_errors()
            return config
    diagnostics.error(
        "config-missing",
        "no [[tool.specwright.target]] in a pyproject.toml, and no specwright.toml, "
        f"in {start} or above; write one, or give --spec, --package and --out",
    )
    raise SpecError(diagnostics.errors)


def chosen(config: Config, names: Sequence[str]) -> tuple[Target, ...]:
    """Give the targets of the names, in the configuration's order; all for no names.

    Raises SpecError for names that no target has.
    """
    known = tuple(target.name for target in config.targets)
    diagnostics = Diagnostics()
    for name in names:
        if name not in known:
            message = f"there is no target {name!r}{suggestion(name, known)}"
            diagnostics.error("config-unknown-target", message, Place(str(config.file)))
    diagnostics.stop_on_errors()
    return tuple(each for each in config.targets if not names or each.name in names)


def target_from(table: Mapping[str, Any]) -> Target:
    """Make a target of entries that stand in no file; paths are the current folder's.

    Raises SpecError with everything that is wrong with it.
    """
    diagnostics = Diagnostics()
    target = _read_target(_Entries(table, "options", None, diagnostics), Path())
    diagnostics.stop_on_errors()
    return target


def _tables_in(
    folder: Path, start: Path, diagnostics: Diagnostics
) -> list[tuple[Path, Mapping[str, Any]]]:
    """Give the configurations of one folder: none, one, or too many."""
    found: list[tuple[Path, Mapping[str, Any]]] = []
    for name in ("specwright.toml", "pyproject.toml"):
        path = folder / name
        if not path.is_file():
            continue
        shown = Path(os.path.relpath(path, start))
        table: Any = _parse(path, shown, diagnostics)
        if name == "pyproject.toml":
            tool = table.get("tool")
            table = tool.get("specwright") if isinstance(tool, dict) else None
        if isinstance(table, dict):
            found.append((shown, table))
        elif table is not None:
            message = f"[tool.specwright] is a table, found {_found(table)}"
            diagnostics.error("config-type", message, Place(str(shown)))
    return found


def _parse(path: Path, shown: Path, diagnostics: Diagnostics) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read: {error}"
        diagnostics.error("config-unreadable", message, Place(str(shown)))
    except tomllib.TOMLDecodeError as error:
        where = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        line, column = (int(where[1]), int(where[2])) if where else (0, 0)
        text = str(error)[: where.start()] if where else str(error)
        place = Place(str(shown), line, column)
        diagnostics.error("config-toml", f"not valid TOML: {text}", place)
    return {}


def _read_config(
    file: Path, table: Mapping[str, Any], diagnostics: Diagnostics
) -> Config:
    place = Place(str(file))
    _Entries(table, "configuration", place, diagnostics).check_keys(("target",))
    entries = table.get("target", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        section = "tool.specwright." if file.name == "pyproject.toml" else ""
        message = f"`target` is an array of tables, written [[{section}target]]"
        diagnostics.error("config-type", message, place)
        return Config(file, ())
    if not entries:
        diagnostics.error("config-missing", "there is no target", place)
    targets = [
        _read_target(_Entries(entry, _title(entry), place, diagnostics), file.parent)
        for entry in entries
    ]
    _check_distinct(targets, place, diagnostics)
    return Config(file, tuple(targets))


def _check_distinct(
    targets: list[Target], place: Place, diagnostics: Diagnostics
) -> None:
    """Report targets that could not be told apart, or would write to one folder."""
    for position, target in enumerate(targets):
        for other in targets[:position]:
            if target.name == other.name:
                message = f"two targets are named {target.name!r}"
                diagnostics.error("config-duplicate", message, place)
            elif (target.out, target.package) == (other.out, other.package):
                folder = target.out / target.package
                message = f"{other.name!r} and {target.name!r} both write {folder}"
                diagnostics.error("config-duplicate", message, place)


def _title(entry: Mapping[str, Any]) -> str:
    return f"target {entry.get('name', entry.get('package'))!r}"


def _read_target(reader: _Entries, base: Path) -> Target:
    emit = reader.texts("emit") or ("python",)
    others = tuple([name for name in emit if name not in EMITTERS])
    keys = tuple([name for name in Target.__slots__ if name != "plugins"])
    reader.check_keys((*keys, *[name for name in others if name not in keys]))
    package = reader.text("package", required=True)
    permissions = reader.text("permissions")
    templates = reader.text("templates")
    target = Target(
        name=reader.text("name") or package,
        spec=tuple(base / text for text in reader.texts("spec", required=True)),
        annotations=tuple(base / text for text in reader.texts("annotations")),
        permissions=base / permissions if permissions else None,
        validate=reader.flag("validate"),
        include=reader.texts("include"),
        depth=reader.whole("depth"),
        package=package,
        out=base / reader.text("out", required=True),
        emit=emit,
        base_url=reader.text("base_url"),
        templates=base / templates if templates else None,
        passes=reader.texts("passes"),
        docs=_read_docs(reader.below("docs"), base),
        openapi=_read_openapi(reader.below("openapi")),
        plugins={name: reader.below(name).table for name in others},
    )
    _check_values(target, reader)
    return target


def _read_docs(reader: _Entries, base: Path) -> Docs:
    reader.check_keys(tuple(Docs.__slots__))
    front_matter = reader.below("front_matter")
    front_matter.check_without(FIXED_FRONT_MATTER)
    docs = Docs(
        title=reader.text("title"),
        version=reader.text("version"),
        date=reader.text("date"),
        site_url=reader.text("site_url"),
        openapi=reader.text("openapi"),
        link_base=reader.text("link_base"),
        previous=tuple(base / text for text in reader.texts("previous")),
        front_matter=tuple(
            [(key, front_matter.text(key)) for key in front_matter.table]
        ),
    )
    for key, url in (("site_url", docs.site_url), ("link_base", docs.link_base)):
        if url:
            _check_url(key, url, reader)
    return docs


def _read_openapi(reader: _Entries) -> OpenApi:
    reader.check_keys(tuple(OpenApi.__slots__))
    openapi = OpenApi(
        version=reader.one_of("version", OPENAPI_VERSIONS),
        format=reader.one_of("format", OPENAPI_FORMATS),
        title=reader.text("title"),
        depth=reader.whole("depth"),
        ms_extensions=reader.flag("ms_extensions") or False,
    )
    if openapi.depth is not None and openapi.depth < 0:
        reader.fault("config-value", f"`depth` is 0 or more, found {openapi.depth}")
    return openapi


def _check_values(target: Target, reader: _Entries) -> None:
    package = target.package
    if package and (not package.isidentifier() or keyword.iskeyword(package)):
        reader.fault(
            "config-value",
            f"`package` is the name of a Python package, {package!r} cannot be one",
        )
    if package in sys.stdlib_module_names:
        message = f"`package` {package!r} would hide a module of the standard library"
        reader.fault("config-value", message)
    _check_known("emit", target.emit, EMITTERS, plugins.EMITTERS, reader)
    _check_known("passes", target.passes, (), plugins.PASSES, reader)
    if target.depth is not None and target.depth < 0:
        reader.fault("config-value", f"`depth` is 0 or more, found {target.depth}")
    if target.depth is not None and not target.include:
        reader.fault("config-value", _DEPTH_ALONE)
    if target.base_url:
        _check_url("base_url", target.base_url, reader)


def _check_known(
    key: str, given: Sequence[str], ours: Sequence[str], group: str, reader: _Entries
) -> None:
    """Report names that are neither ours nor those of an installed package."""
    if set(given) <= set(ours):
        return  # what is installed costs time to look for
    known = (*ours, *plugins.names(group))
    for name in given:
        if name not in known:
            message = f"`{key}` knows {', '.join(known) or 'nothing'}; found {name!r}"
            reader.fault("config-value", message + suggestion(name, known))


_DEPTH_ALONE = "`depth` (--depth) limits a slice and needs `include` (--include)"


def _check_url(key: str, url: str, reader: _Entries) -> None:
    """Report a URL that paths cannot be put behind, or that holds a secret."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if not re.match(r"https?://[^/]", url) or not parts.netloc:
        message = f"`{key}` begins with https:// or http://, found {url!r}"
        reader.fault("config-value", message)
    elif set("?#") & set(url) or "@" in parts.netloc:
        message = f"`{key}` has no query, no fragment and no user or password"
        reader.fault("config-value", message)


class _Entries:
    """The entries of one table, each demanded to be of its type."""

    def __init__(
        self,
        table: Mapping[str, Any],
        owner: str,
        place: Place | None,
        diagnostics: Diagnostics,
    ) -> None:
        self.table = table
        self.owner = owner
        self.place = place
        self.diagnostics = diagnostics

    def fault(self, code: str, message: str) -> None:
        """Report something wrong with this table."""
        self.diagnostics.error(code, f"{self.owner}: {message}", self.place)

    def check_keys(self, known: tuple[str, ...]) -> None:
        """Report every key that is none of the known ones."""
        for key in self.table:
            if key not in known:
                message = f"unknown key {key!r}{suggestion(key, known)}"
                self.fault("config-unknown-key", message)

    def check_without(self, taken: tuple[str, ...]) -> None:
        """Report keys that are not to be set here."""
        for key in self.table:
            if key in taken:
                self.fault("config-value", f"{key!r} is different on every page")

    def below(self, key: str) -> _Entries:
        """Give the entries of a table in this one, none where there is none."""
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            self.fault("config-type", f"`{key}` is a table, found {_found(value)}")
            value = {}
        owner = f"{self.owner}: {key}"
        return _Entries(value, owner, self.place, self.diagnostics)

    def text(self, key: str, *, required: bool = False) -> str:
        """Give a text, "" where there is none."""
        value = self.table.get(key, "")
        if isinstance(value, str):
            if required and not value:
                self.fault("config-missing", f"`{key}` must be given")
            return value
        self.fault("config-type", f"`{key}` is a text, found {_found(value)}")
        return ""

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Give a list of texts; one text alone is a list of one."""
        value = self.table.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list | tuple) or not all(
            isinstance(item, str) and item for item in items
        ):
            expected = "a text or a list of texts, none of them empty"
            self.fault("config-type", f"`{key}` is {expected}, found {_found(value)}")
            return ()
        if required and not items:
            self.fault("config-missing", f"`{key}` must be given")
        return tuple(items)

    def one_of(self, key: str, known: tuple[str, ...]) -> str:
        """Give one of the known texts, the first where there is none."""
        value = self.text(key) or known[0]
        if value not in known:
            message = f"`{key}` is one of {', '.join(known)}; found {value!r}"
            self.fault("config-value", message + suggestion(value, known))
        return value

    def flag(self, key: str) -> bool | None:
        """Give a truth value, None where there is none."""
        value = self.table.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.fault("config-type", f"`{key}` is true or false, found {_found(value)}")
        return None

    def whole(self, key: str) -> int | None:
        """Give a whole number, None where there is none."""
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault("config-type", f"`{key}` is a whole number, found {_found(value)}")
        return None


def suggestion(name: str, known: tuple[str, ...]) -> str:
    """Give "; did you mean ...?" if one of the known names is close, else ""."""
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _found(value: object) -> str:
    """Name a TOML value's type the way TOML does, with the value itself."""
    names: dict[type, str] = {
        bool: "the boolean",
        int: "the number",
        float: "the number",
        str: "the text",
        list: "the array",
        dict: "the table",
    }
    return f"{names.get(type(value), 'the value')} {value!r}"
