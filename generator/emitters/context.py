"""What templates are given, told from the classes of the views themselves.

`described` writes it as Markdown, `attributes` as names with types, by which a test
knows when CONTEXT_VERSION has to rise.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Final

from generator.emitters import overrides
from generator.emitters.docs import overview, resources
from generator.emitters.docs.diagrams import DiagramView
from generator.emitters.docs.operations import OperationView
from generator.emitters.docs.permissions import PermissionsIndexView
from generator.emitters.docs.plain_http.operations import RequestPageView
from generator.emitters.docs.plain_http.overview import ServiceView, TagView
from generator.emitters.docs.plain_http.security import SecurityView
from generator.emitters.docs.plain_http.types import TypeView
from generator.emitters.overrides import CONTEXT_VERSION, ORIGINAL, own_names
from generator.emitters.python.models import AliasView, ClassView
from generator.emitters.python.package import PackageView
from generator.emitters.python.request_modules import RequestModuleView
from generator.emitters.python.resources import ResourceModuleView
from generator.files import data_folder

Views = Mapping[str, type | None]

VIEWS: Final[Views] = {
    "docs/changelog.md.j2": overview.ChangesView,
    "docs/diagram.svg.j2": DiagramView,
    "docs/enum.md.j2": resources.EnumView,
    "docs/glossary.md.j2": overview.GlossaryView,
    "docs/index.md.j2": overview.IndexView,
    "docs/mkdocs.yml.j2": overview.ListingView,
    "docs/operation.md.j2": OperationView,
    "docs/permissions.md.j2": PermissionsIndexView,
    "docs/request.md.j2": RequestPageView,
    "docs/resource.md.j2": resources.ResourceView,
    "docs/security.md.j2": SecurityView,
    "docs/service.md.j2": ServiceView,
    "docs/site.css.j2": None,
    "docs/tag.md.j2": TagView,
    "docs/toc.yml.j2": overview.ListingView,
    "docs/type.md.j2": TypeView,
    "python/empty.py.j2": PackageView,
    "python/index.py.j2": PackageView,
    "python/model.py.j2": ClassView,
    "python/model_alias.py.j2": AliasView,
    "python/models.py.j2": PackageView,
    "python/models.pyi.j2": PackageView,
    "python/package.py.j2": PackageView,
    "python/places.py.j2": ResourceModuleView,
    "python/requests.py.j2": RequestModuleView,
}
"""The class of the view of each template, None for one that shows nothing. Templates
that stand in none of these keys are included by others and share their views."""


def attributes(view: type) -> dict[str, str]:
    """Give the attributes of a class of views: name and type."""
    hints = typing.get_type_hints(view)
    return {field.name: _shown(hints[field.name]) for field in fields(view)}


def classes(views: Views = VIEWS) -> dict[str, type]:
    """Give the classes of views, and those of what they hold, by their names, which
    differ."""
    found: dict[str, type] = {}
    waiting = [view for view in views.values() if view]
    while waiting:
        each = waiting.pop(0)
        if found.setdefault(each.__name__, each) is not each:
            raise ValueError(f"two classes of views are named {each.__name__}")
        waiting += [held for held in _held(each) if held not in found.values()]
    return dict(sorted(found.items()))


def names() -> tuple[str, ...]:
    """Give the names of all templates, sorted."""
    return own_names(data_folder("templates"))


def source(name: str) -> str:
    """Give the text of a template of ours."""
    return (data_folder("templates") / name).read_text("utf-8")


def blocks(name: str) -> tuple[str, ...]:
    """Give the names of the blocks of a template of ours, in their order."""
    return overrides.blocks(source(name))


_HEAD: Final = f"{{# specwright template context {CONTEXT_VERSION} #}}\n"


def ejected(name: str) -> str:
    """Give a template of ours as one that a user may change, with the version of the
    context that it is written for."""
    return _HEAD + source(name)


def extension(name: str) -> str:
    """Give a template that changes nothing yet, with the blocks of one of ours to be
    changed."""
    lines = [f'{{% extends "{ORIGINAL}{name}" %}}']
    for block in blocks(name):
        lines += [f"{{% block {block} %}}", "{{ super() -}}", "{% endblock %}"]
    return _HEAD + "\n".join(lines) + "\n"


_INTRODUCTION: Final = (
    f"Version {CONTEXT_VERSION}, which templates see as `context_version`. It rises when"
    " something below goes or changes its meaning; what is added does not raise it."
    " `{# specwright template context 1 #}` at the top of a template of yours says which"
    " version it was written for: with another one there is a warning.",
    "Every template has `view`, of the class that stands beside it; a template without"
    " one is included by others and has theirs.",
    "`Code` is Python, `Md` Markdown, YAML or SVG: text that is escaped for where it"
    " stands. Nothing else can be written out. Filters make it of any other text:"
    " `literal` a string of Python; `md` a line of Markdown, `cell` one in a table,"
    " `code` a code span, `yaml` a scalar.",
)


def described() -> Iterator[str]:
    """Give the lines of a page of Markdown that tells what templates are given."""
    yield "# What templates are given"
    yield ""
    for paragraph in _INTRODUCTION:
        yield paragraph
        yield ""
    yield "|Template|`view`|Blocks|"
    yield "|:---|:---|:---|"
    for name in names():
        view = VIEWS.get(name)
        shown = f"[{view.__name__}](#{view.__name__.lower()})" if view else ""
        listed = ", ".join(f"`{block}`" for block in blocks(name))
        yield f"|`{name}`|{shown}|{listed}|"
    for title, view in classes().items():
        yield ""
        yield f"## {title}"
        yield ""
        yield " ".join((inspect.getdoc(view) or "").split())
        yield ""
        yield "|Attribute|Type|"
        yield "|:---|:---|"
        for attribute, shown in attributes(view).items():
            yield f"|`{attribute}`|{shown}|"


def _held(view: type) -> list[type]:
    """Give the classes of views among the types of the attributes of one."""
    waiting: list[object] = list(typing.get_type_hints(view).values())
    found: list[type] = []
    while waiting:
        each = waiting.pop(0)
        waiting += typing.get_args(each)
        if isinstance(each, type) and is_dataclass(each):
            found.append(each)
    return found


def _shown(hint: object) -> str:
    """Show a type: lists of a kind, others by their names."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return f"list of {_shown(arguments[0])}"
    if arguments:
        shown = [_shown(each) for each in arguments if each is not type(None)]
        optional = " or none" if type(None) in arguments else ""
        return " or ".join(shown) + optional
    return getattr(hint, "__name__", str(hint))
