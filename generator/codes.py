"""Every code of a finding, with what it means: for `specwright explain` and for policies.

Most tables stand beside what finds something; what belongs to neither a reader nor a
pass is here. A test looks for codes in the program that no table has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from types import MappingProxyType
from typing import Final

from generator.diagnostics import Code, Level, Severity

_ERROR = Severity.ERROR

_OTHERS: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "config-ambiguous": Code(_ERROR, "two files of one folder configure it"),
        "config-duplicate": Code(
            _ERROR, "two targets of one name or one folder, or one in the other"
        ),
        "config-missing": Code(_ERROR, "no configuration, or what it must have"),
        "config-toml": Code(_ERROR, "the configuration is not valid TOML"),
        "config-type": Code(_ERROR, "a value of the configuration is of another type"),
        "config-unknown-key": Code(_ERROR, "the configuration has a key that is none"),
        "config-unknown-target": Code(_ERROR, "no target has this name"),
        "config-unreadable": Code(_ERROR, "the configuration cannot be read"),
        "config-value": Code(_ERROR, "a value of the configuration cannot be used"),
        "docs-extra": Code(_ERROR, "the Markdown parser is not installed"),
        "docs-folder": Code(_ERROR, "there is no such folder of pages"),
        "lock-broken": Code(_ERROR, "what stands in place of the lock file is none"),
        "lock-conflict": Code(_ERROR, "a merge left conflicts in the lock file"),
        "lock-newer": Code(_ERROR, "a newer version wrote the lock file"),
        "lock-unreadable": Code(_ERROR, "the lock file cannot be read"),
        "output": Code(_ERROR, "the output cannot be written, or must not be"),
        "source-copy": Code(_ERROR, "the copy of a URL is not what was fetched"),
        "source-fetch": Code(_ERROR, "a URL cannot be fetched"),
        "source-refused": Code(
            _ERROR, "a URL that is not asked: its scheme or address"
        ),
        "source-missing": Code(_ERROR, "there is no such document"),
        "source-too-large": Code(_ERROR, "a document is larger than any is"),
        "source-unreadable": Code(_ERROR, "a document cannot be read"),
        "output-changed": Code(_ERROR, "a file is not what would be generated"),
        "output-missing": Code(_ERROR, "a file that would be generated is not there"),
        "output-stale": Code(_ERROR, "a file would not be generated any more"),
        "plugin-broken": Code(_ERROR, "an emitter or pass cannot be loaded"),
        "plugin-clash": Code(_ERROR, "two packages have an emitter of one name"),
        "plugin-failed": Code(_ERROR, "an emitter or pass of another package failed"),
        "plugin-missing": Code(_ERROR, "no package has this emitter or pass"),
        "spec-unknown": Code(_ERROR, "a document is neither CSDL nor OpenAPI"),
        "template-context": Code(
            Severity.WARNING, "a template was written for another context"
        ),
        "template-failed": Code(_ERROR, "a template cannot be rendered"),
        "template-mark": Code(_ERROR, "a template leaves out the mark of its files"),
        "template-missing": Code(_ERROR, "there is no such template"),
        "template-output": Code(_ERROR, "what a template gives is not Python"),
        "template-syntax": Code(_ERROR, "a template cannot be read"),
        "template-unused": Code(
            _ERROR, "a template, or a block, replaces none of ours"
        ),
        "spec-mixed": Code(_ERROR, "CSDL and OpenAPI documents for one target"),
    }
)


@cache
def all_codes() -> Mapping[str, Code]:
    """Give every code with its severity and meaning, in alphabetical order."""
    from generator.passes.check_pages.codes import CODES as of_checks
    from generator.passes.codes import CODES as of_passes
    from generator.readers.csdl.codes import CODES as of_csdl
    from generator.readers.documents.codes import CODES as of_documents
    from generator.readers.openapi.codes import CODES as of_openapi
    from generator.readers.overlay.codes import CODES as of_overlays
    from generator.readers.pages.codes import CODES as of_pages
    from generator.readers.permissions import CODES as of_permissions

    tables = (
        _OTHERS,
        of_checks,
        of_csdl,
        of_documents,
        of_openapi,
        of_overlays,
        of_pages,
        of_passes,
        of_permissions,
    )
    return {
        code: table[code] for code, table in sorted((c, t) for t in tables for c in t)
    }


def is_pattern(name: str) -> bool:
    """Tell whether a name may stand for several codes."""
    return "*" in name


def matching(pattern: str) -> list[str]:
    """Give the codes that a name or a pattern with * stands for."""
    if not is_pattern(pattern):
        return [pattern] if pattern in all_codes() else []
    # `*` alone has a meaning: what else fnmatch knows stands for itself
    plain = pattern.replace("[", "[[]").replace("?", "[?]")
    return [code for code in all_codes() if fnmatchcase(code, plain)]


def can_be(code: str, level: Level) -> bool:
    """Tell whether a policy may give a level to a code: not less than an error to what
    makes a document useless."""
    known = all_codes()[code]
    return level is Level.ERROR or known.may_pass or known.severity is not _ERROR


def resolved(levels: Iterable[tuple[str, Level]]) -> dict[str, Level]:
    """Give the level of each code that names and patterns settle.

    What is more specific wins, wherever it stands: a name over a pattern, a pattern over
    a shorter one. A pattern leaves out the codes that cannot have its level.
    """
    policy: dict[str, Level] = {}
    ordered = sorted(
        levels, key=lambda each: (not is_pattern(each[0]), len(each[0]), each)
    )
    for pattern, level in ordered:
        policy.update(
            {code: level for code in matching(pattern) if can_be(code, level)}
        )
    return policy


def code_lines(names: Iterable[str]) -> Iterator[str]:
    """Give "code TAB severity TAB meaning" for codes."""
    for name in names:
        known = all_codes()[name]
        yield f"{name}\t{known.severity}\t{known.meaning}"


def explanation(name: str) -> Iterator[str]:
    """Tell of one code what it means and what a policy may make of it."""
    known = all_codes()[name]
    yield f"{name} ({known.severity}): {known.meaning}"
    if not can_be(name, Level.IGNORE):
        yield "It cannot be less than an error: what is read or written is then of no use."
        return
    yield f"To make something else of it: --warn {name}, --ignore {name}, --error {name},"
    yield f'or "{name}" = "warn", "ignore" or "error" below [tool.specwright.diagnostics]'
