"""Front matter: the YAML between two lines of "---" at the top of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import yaml

from generator.diagnostics import Diagnostics
from generator.model import Place

_LONGEST: Final = 50_000


class FrontMatter(NamedTuple):
    """The entries whose values are texts, and how many lines of the page all of it
    takes."""

    entries: Mapping[str, str]
    lines: int


def read_front_matter(
    file: str, lines: Sequence[str], diagnostics: Diagnostics
) -> FrontMatter:
    """Read the front matter of a page; a page without one has no entries in no lines.

    What is not closed, not valid YAML or no mapping is reported.
    """
    if not lines or lines[0].rstrip() != "---":
        return FrontMatter({}, 0)
    for number in range(1, len(lines)):
        if lines[number].rstrip() in ("---", "..."):
            break
    else:
        message = "the front matter is not closed by a line of '---'"
        diagnostics.error("page-front-matter", message, Place(file, 1, 1))
        return FrontMatter({}, 0)
    text = "\n".join(lines[1:number])
    if len(text) > _LONGEST:
        message = f"the front matter has more than {_LONGEST:,} characters"
        diagnostics.error("page-front-matter", message, Place(file, 1, 1))
        return FrontMatter({}, number + 1)
    try:
        # the C loader follows nested collections without a limit
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError:
        message = "the front matter is nested too deep"
        diagnostics.error("page-front-matter", message, Place(file, 2))
        return FrontMatter({}, number + 1)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(file, mark.line + 2, mark.column + 1) if mark else Place(file, 2)
        problem = getattr(error, "problem", None) or getattr(error, "reason", "")
        message = f"the front matter is not valid YAML: {problem}"
        diagnostics.error("page-front-matter", message, place)
        return FrontMatter({}, number + 1)
    return FrontMatter(_entries(file, node, diagnostics), number + 1)


def _entries(
    file: str, node: yaml.Node | None, diagnostics: Diagnostics
) -> Mapping[str, str]:
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        message = "the front matter is a mapping of names to values"
        diagnostics.error("page-front-matter", message, Place(file, 2))
        return {}
    return {
        str(key.value): str(value.value)
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
    }
