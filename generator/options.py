"""The command line: which commands there are, and the options of each."""

from __future__ import annotations

import argparse
import os
from typing import Any

from generator import __version__
from generator.commands import (
    OPENAPI_OPTIONS,
    run_check,
    run_diff,
    run_docs_check,
    run_gaps,
    run_generate,
    run_list,
    run_why,
)


def parser() -> argparse.ArgumentParser:
    """Give what reads a command line."""
    whole = argparse.ArgumentParser(
        prog="specwright",
        description="Read what an API says of itself and write typed Python for it.",
        allow_abbrev=False,
    )
    whole.add_argument(
        "--version", action="version", version=f"specwright {__version__}"
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    _add_generate(commands)
    _add_check(commands)
    _add_list(commands)
    _add_why(commands)
    _add_diff(commands)
    _add_docs(commands)
    _add_gaps(commands)
    return whole


def _add_generate(commands: Any) -> None:
    parser = _command(commands, "generate", run_generate, "write the packages")
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace package folders even if files of others in them are lost",
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="go on, and write again whenever an input or the configuration changes",
    )
    _add_target_options(parser, writes=True)


def _add_check(commands: Any) -> None:
    text = "compare with what was written; print a diff and exit with 1 if it differs"
    parser = _command(commands, "check", run_check, text)
    _add_target_options(parser, writes=True)


def _add_list(commands: Any) -> None:
    parser = commands.add_parser("list", help="list what there is", allow_abbrev=False)
    kinds = parser.add_subparsers(required=True, metavar="WHAT", dest="what")
    name = "part of a name, or a name with * and ?"
    path = "a path with {name} for a key, * for a segment and ** for any: '/users/**'"
    for what, pattern in (("types", name), ("operations", name), ("paths", path)):
        kind = _command(kinds, what, run_list, f"list {what}")
        kind.add_argument(
            "pattern", nargs="?", default="", metavar="PATTERN", help=pattern
        )
        _add_target_options(kind, writes=False)


def _add_why(commands: Any) -> None:
    text = "tell what brings a type or an operation into a slice"
    parser = _command(commands, "why", run_why, text)
    parser.add_argument("name", metavar="NAME")
    _add_target_options(parser, writes=False)


def _add_diff(commands: Any) -> None:
    text = "tell what has changed between two versions of an API, and what it breaks"
    parser = _command(commands, "diff", run_diff, text)
    parser.add_argument("old", metavar="OLD", help="the document of the old version")
    parser.add_argument("new", metavar="NEW", help="the document of the new version")
    parser.add_argument(
        "--annotations",
        action="append",
        default=[],
        metavar="PATH",
        help="a document that annotates both; may be repeated",
    )
    parser.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text"
    )
    parser.add_argument(
        "--fail-on",
        choices=("breaking", "any"),
        help="exit with 1 if there is a breaking change, or any change at all",
    )
    _add_amount(parser)


def _add_docs(commands: Any) -> None:
    text = "look after documentation"
    parser = commands.add_parser("docs", help=text, allow_abbrev=False)
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    text = "hold Markdown pages against the metadata; exit with 1 if they do not fit"
    check = _command(kinds, "check", run_docs_check, text)
    check.add_argument("folder", metavar="DIR", help="the folder of the pages")
    check.add_argument(
        "--format",
        choices=("text", "json", "sarif"),
        default="text",
        help="how to write what is found; default: text",
    )
    _add_target_options(check, writes=False)
    check.add_argument(
        "--base-url", metavar="URL", help="with --spec: where the service answers"
    )


def _add_gaps(commands: Any) -> None:
    text = "tell what documentation could not say, with the annotations to write"
    parser = _command(
        commands, "gaps", run_gaps, f"{text}; exit with 1 if there is any"
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="how to write what is found; default: text",
    )
    _add_target_options(parser, writes=False)


def _command(
    commands: Any, name: str, run: Any, description: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=description,
        description=f"{description[0].upper()}{description[1:]}.",
    )
    parser.set_defaults(command=run, fail=parser.error)
    return parser


def _add_target_options(parser: argparse.ArgumentParser, *, writes: bool) -> None:
    """Add the options that say for which target; `writes` adds where its output
    goes."""
    parser.set_defaults(writes=writes, package=None, out=None, emit=None, base_url=None)
    parser.set_defaults(**{f"openapi_{name}": None for name in OPENAPI_OPTIONS})
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="NAME",
        help="a target of the configuration; may be repeated; default: all of them",
    )
    group = parser.add_argument_group("a target that is not in the configuration")
    several: dict[str, Any] = {"action": "append", "metavar": "PATH"}
    group.add_argument("--spec", **several, help="a document; may be repeated")
    group.add_argument(
        "--annotations", **several, help="a document that annotates it; may be repeated"
    )
    group.add_argument(
        "--permissions", metavar="PATH", help="a list of permissions by request line"
    )
    group.add_argument(
        "--validate",
        action=argparse.BooleanOptionalAction,
        help="judge an OpenAPI document by its specification; default: up to 1 MB",
    )
    group.add_argument(
        "--include",
        action="append",
        metavar="PATTERN",
        help="keep a type, an operation or 'METHOD /path/**'; may be repeated",
    )
    group.add_argument(
        "--depth", type=int, metavar="N", help="follow this many navigation properties"
    )
    if writes:
        parser.add_argument(
            "--jobs",
            type=int,
            default=os.cpu_count() or 1,
            metavar="N",
            help="work in this many processes; default: one a core",
        )
        _add_openapi_options(parser)
        group.add_argument("--package", metavar="NAME", help="name of the package")
        group.add_argument("--out", metavar="DIR", help="folder of the package folder")
        group.add_argument(
            "--emit",
            type=_names,
            metavar="LIST",
            help="what to write: python, docs, openapi",
        )
        group.add_argument(
            "--base-url", metavar="URL", help="where the service answers by default"
        )
    _add_amount(parser)


def _add_openapi_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the OpenAPI document (--emit openapi)")
    group.add_argument(
        "--openapi-version", metavar="VERSION", help="3.1 or 3.0; default: 3.1"
    )
    group.add_argument(
        "--openapi-format", metavar="FORMAT", help="yaml or json; default: yaml"
    )
    group.add_argument(
        "--openapi-depth",
        type=int,
        metavar="N",
        help="follow this many navigation properties; default: 3",
    )
    group.add_argument(
        "--openapi-ms-extensions",
        action="store_true",
        default=None,
        help="add the x-ms-* members that Microsoft's tools write",
    )


def _add_amount(parser: argparse.ArgumentParser) -> None:
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--quiet", action="store_true", help="print errors only")
    amount.add_argument("--verbose", action="store_true", help="print every finding")


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]
