"""What a configuration says: one frozen `Config`, with a `Target` for each thing to make.

Records alone: `finding` finds them in a file, `targets` reads and checks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.diagnostics import Level
from generator.locations import Location

EMITTERS = ("python", "docs", "openapi")
"""What can be emitted; `generator.pipeline` holds the emitter for each."""

FIXED_FRONT_MATTER = ("title", "description", "namespace", "doc_type")
"""The entries at the head of a page that say something of this page alone."""


Policy = tuple[tuple[str, Level], ...]
"""The level of each code of findings that has one, in the order of the codes."""


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
    previous: tuple[Location, ...] = ()
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
    `allow_local`: its URLs may name servers of the own network. `diagnostics` says what is
    made of findings. `home` is the folder of the configuration.
    """

    name: str
    spec: tuple[Location, ...]
    annotations: tuple[Location, ...] = ()
    permissions: Location | None = None
    allow_local: bool = False
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
    plugins: Mapping[str, Mapping[str, Any]] = field(
        default_factory=dict[str, Mapping[str, Any]]
    )
    diagnostics: Policy = ()
    home: Path = Path()

    @property
    def locations(self) -> tuple[Location, ...]:
        """Where everything is that is read for this target."""
        listed = () if self.permissions is None else (self.permissions,)
        return (*self.spec, *self.annotations, *listed, *self.docs.previous)


@dataclass(frozen=True, slots=True)
class Config:
    """All targets of a configuration file, in its order."""

    file: Path
    targets: tuple[Target, ...]
