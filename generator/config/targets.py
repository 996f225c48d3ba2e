"""From a table to a `Target`, with every check of its values."""

from __future__ import annotations

import keyword
import re
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from generator import plugins
from generator.config.entries import Entries, suggestion
from generator.config.locations import read_location, read_locations
from generator.config.policy import over, read_policy
from generator.config.records import (
    EMITTERS,
    FIXED_FRONT_MATTER,
    OPENAPI_FORMATS,
    OPENAPI_VERSIONS,
    Docs,
    OpenApi,
    Policy,
    Target,
)
from generator.files import DEVICES
from generator.locations import StandardInput

KEYS = tuple([name for name in Target.__slots__ if name not in ("home", "plugins")])
"""The keys of a target, beside the tables of emitters of other packages."""


def read_target(reader: Entries, base: Path, policy: Policy = ()) -> Target:
    """Make a target of a table whose paths are relative to `base`, judged by `policy`
    where it has none of its own; what is wrong with it is added to the diagnostics of the
    reader."""
    emit = reader.texts("emit") or ("python",)
    others = tuple([name for name in emit if name not in EMITTERS])
    reader.check_keys((*KEYS, *[name for name in others if name not in KEYS]))
    package = reader.text("package", required=True)
    templates = reader.text("templates")
    target = Target(
        name=reader.text("name") or package,
        spec=read_locations(reader, "spec", base, required=True),
        annotations=read_locations(reader, "annotations", base),
        permissions=read_location(reader, "permissions", base),
        allow_local=reader.flag("allow_local") or False,
        validate=reader.flag("validate"),
        include=reader.texts("include"),
        depth=reader.whole("depth"),
        package=package,
        out=base / reader.text("out", required=True),
        emit=emit,
        base_url=reader.text("base_url"),
        templates=base / templates if templates else None,
        passes=reader.texts("passes"),
        docs=_read_docs(reader.below("docs"), base, reader),
        openapi=_read_openapi(reader.below("openapi")),
        plugins={name: reader.below(name).table for name in others},
        diagnostics=over(policy, dict(read_policy(reader.below("diagnostics")))),
        home=base,
    )
    _check_values(target, reader)
    return target


def _read_docs(reader: Entries, base: Path, owner: Entries) -> Docs:
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
        previous=read_locations(reader, "previous", base, owner=owner),
        front_matter=tuple(
            [(key, front_matter.text(key)) for key in front_matter.table]
        ),
    )
    for key, url in (("site_url", docs.site_url), ("link_base", docs.link_base)):
        if url:
            _check_url(key, url, reader)
    return docs


def _read_openapi(reader: Entries) -> OpenApi:
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


def _check_values(target: Target, reader: Entries) -> None:
    piped = [each for each in target.locations if isinstance(each, StandardInput)]
    if len(piped) > 1:
        reader.fault("config-value", "standard input (-) is one document, not several")
    package = target.package
    is_name = package.isidentifier() and not keyword.iskeyword(package)
    # Python looks for a module by the normal form of its name (PEP 3131)
    if package and not (is_name and unicodedata.normalize("NFKC", package) == package):
        reader.fault(
            "config-value",
            f"`package` is the name of a Python package, {package!r} cannot be one",
        )
    if package in sys.stdlib_module_names:
        message = f"`package` {package!r} would hide a module of the standard library"
        reader.fault("config-value", message)
    if package.casefold() in DEVICES:
        message = f"`package` {package!r} is a name that Windows keeps for a device"
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
    key: str, given: Sequence[str], ours: Sequence[str], group: str, reader: Entries
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


def _check_url(key: str, url: str, reader: Entries) -> None:
    """Report a URL that paths cannot be put behind, or that holds a secret."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if not re.match(r"https?://[^/]", url) or not parts.netloc:
        message = f"`{key}` begins with https:// or http://, found {url!r}"
        reader.fault("config-value", message)
    elif re.search(r"[\s\x00-\x1f\x7f]", url):
        reader.fault("config-value", f"`{key}` is no URL, found {url!r}")
    elif set("?#") & set(url) or "@" in parts.netloc:
        message = f"`{key}` has no query, no fragment and no user or password"
        reader.fault("config-value", message)
