"""The command line: which commands there are, and the options of each."""

from __future__ import annotations

import argparse
import os
from typing import Any

from generator import __version__
from generator.asking import LEVELS, OPENAPI_OPTIONS
from generator.commands import (
    FORMS,
    SHELLS,
    run_check,
    run_completion,
    run_config_schema,
    run_diff,
    run_docs_check,
    run_explain,
    run_fetch,
    run_gaps,
    run_generate,
    run_init,
    run_list,
    run_why,
)
from generator.template_commands import run_context, run_eject
from generator.template_commands import run_list as run_templates
from generator.usage import Parser


def parser() -> Parser:
    """Give what reads a command line."""
    whole = Parser(
        prog="specwright",
        description="Read what an API says of itself and write typed Python for it.",
        epilog="To begin: specwright init --spec FILE, then specwright generate.",
    )
    whole.add_argument(
        "--version", action="version", version=f"specwright {__version__}"
    )
    whole.set_defaults(parser=whole)  # for `completion`, which tells of all of it
    commands = whole.add_subparsers(required=True, title="commands", metavar="COMMAND")
    for add in (
        _add_init,
        _add_generate,
        _add_check,
        _add_fetch,
        _add_list,
        _add_why,
        _add_diff,
        _add_gaps,
        _add_docs,
        _add_explain,
        _add_templates,
        _add_config,
        _add_completion,
    ):
        add(commands)
    return whole


def _add_generate(commands: Any) -> None:
    parser = _command(commands, "generate", run_generate, "write the packages")
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace package folders even if files of others in them are lost",
    )
    _add_form(parser)
    parser.add_argument(
        "--watch",
        action="store_true",
        help="go on, and write again whenever an input or the configuration changes",
    )
    _add_target_options(parser, writes=True)


def _add_check(commands: Any) -> None:
    text = "compare with what was written; print a diff and exit with 1 if it differs"
    parser = _command(commands, "check", run_check, text)
    _add_form(parser)
    _add_target_options(parser, writes=True)


def _add_list(commands: Any) -> None:
    parser = commands.add_parser("list", help="list what there is")
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
    _add_allow_local(parser)
    parser.add_argument(
        "--format",
        choices=("text", "markdown", "json", "sarif", "github"),
        default="text",
        help="how to write the changes; default: text",
    )
    parser.add_argument(
        "--fail-on",
        choices=("breaking", "any"),
        help="exit with 1 if there is a breaking change, or any change at all",
    )
    _add_levels(parser)
    _add_amount(parser)


def _add_docs(commands: Any) -> None:
    text = "look after documentation"
    parser = commands.add_parser("docs", help=text)
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    text = "hold Markdown pages against the metadata; exit with 1 if they do not fit"
    check = _command(kinds, "check", run_docs_check, text)
    check.add_argument("folder", metavar="DIR", help="the folder of the pages")
    check.add_argument(
        "--format",
        choices=FORMS,
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


def _add_templates(commands: Any) -> None:
    text = "look at the templates, and take over some of them"
    parser = commands.add_parser("templates", help=text)
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    listed = _command(kinds, "list", run_templates, "list the templates and blocks")
    listed.add_argument("dir", nargs="?", metavar="DIR", help="a folder of your own")
    _add_amount(listed)
    text = "write out a template, to be changed"
    eject = _command(kinds, "eject", run_eject, text)
    eject.add_argument("name", metavar="NAME", help="as the list has it")
    text = "the folder of your templates; default: templates"
    eject.add_argument("dir", nargs="?", metavar="DIR", help=text)
    text = "write one that extends ours, with its blocks, not a copy"
    eject.add_argument("--blocks", action="store_true", help=text)
    _add_amount(eject)
    text = "tell in Markdown what templates are given"
    _add_amount(_command(kinds, "context", run_context, text))


def _add_completion(commands: Any) -> None:
    text = "print the script by which a shell completes command lines"
    parser = _command(commands, "completion", run_completion, text)
    parser.add_argument("shell", choices=SHELLS, help="bash, zsh or fish")
    _add_amount(parser)


def _add_fetch(commands: Any) -> None:
    text = "get the documents at URLs again, if they have changed"
    parser = _command(commands, "fetch", run_fetch, text)
    _add_target_options(parser, writes=False)


def _add_init(commands: Any) -> None:
    text = "begin a configuration: in pyproject.toml, if there is one, of what --spec names"
    parser = _command(commands, "init", run_init, text)
    _add_sources(parser)
    _add_slice(parser)
    _add_written(parser)
    _add_amount(parser)


def _add_config(commands: Any) -> None:
    text = "tell of the configuration"
    parser = commands.add_parser("config", help=text)
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    text = "print the JSON schema of the configuration"
    _add_amount(_command(kinds, "schema", run_config_schema, text))


def _add_explain(commands: Any) -> None:
    text = "tell what the code of a finding means, and what may be made of it"
    parser = _command(commands, "explain", run_explain, text)
    parser.add_argument(
        "code",
        nargs="?",
        default="*",
        metavar="CODE",
        help="a code such as csdl-bad-name, or a pattern with *; default: all of them",
    )
    _add_amount(parser)


def _command(commands: Any, name: str, run: Any, description: str) -> Parser:
    parser: Parser = commands.add_parser(
        name,
        help=description,
        description=f"{description[0].upper()}{description[1:]}.",
    )
    parser.set_defaults(command=run, fail=parser.error, refuse=parser.refuse)
    return parser


def _add_target_options(parser: argparse.ArgumentParser, *, writes: bool) -> None:
    """Add the options that say for which target; `writes` adds where its output
    goes."""
    only_written = ("package", "out", "emit", "base_url", "templates")
    parser.set_defaults(writes=writes, **dict.fromkeys(only_written))
    parser.set_defaults(**{f"openapi_{name}": None for name in OPENAPI_OPTIONS})
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="NAME",
        help="a target of the configuration; may be repeated; default: all of them",
    )
    group = parser.add_argument_group("a target that is not in the configuration")
    _add_sources(group)
    _add_slice(group)
    if writes:
        parser.add_argument(
            "--jobs",
            type=_number,
            default=os.cpu_count() or 1,
            metavar="N",
            help="work in this many processes; default: one a core",
        )
        _add_openapi_options(parser)
        _add_written(group)
    _add_levels(parser)
    _add_amount(parser)


def _add_sources(group: Any) -> None:
    """Add the options that say where documents are."""
    several: dict[str, Any] = {"action": "append", "metavar": "PATH"}
    group.add_argument(
        "--spec",
        **several,
        help="a file, a folder, an https:// URL, or - for standard input; "
        "may be repeated",
    )
    group.add_argument(
        "--annotations", **several, help="a document that annotates it; may be repeated"
    )
    group.add_argument(
        "--permissions", metavar="PATH", help="a list of permissions by request line"
    )
    _add_allow_local(group)


def _add_allow_local(group: Any) -> None:
    group.add_argument(
        "--allow-local",
        action="store_true",
        default=None,
        help="URLs may name servers of this machine and its network",
    )


def _add_slice(group: Any) -> None:
    """Add the options that say how documents are read and what of them is kept."""
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
    group.add_argument(
        "--pass",
        action="append",
        metavar="NAME",
        dest="passes",
        help="run a pass of another package; may be repeated",
    )


def _add_written(group: Any) -> None:
    """Add the options that say what is written and where."""
    group.add_argument("--package", metavar="NAME", help="name of the package")
    group.add_argument("--out", metavar="DIR", help="folder of the package folder")
    group.add_argument(
        "--emit",
        action="extend",
        type=_names,
        metavar="LIST",
        help="what to write, with commas between: python, docs, openapi, or of"
        " another package; may be repeated; default: python",
    )
    group.add_argument(
        "--templates", metavar="DIR", help="folder of templates in place of ours"
    )
    group.add_argument(
        "--base-url", metavar="URL", help="where the service answers by default"
    )


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


def _add_form(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=FORMS,
        default="text",
        dest="findings",
        help="how to write findings; all but text on standard output; default: text",
    )


def _add_levels(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("findings, by code or by pattern with *")
    texts = ("take for an error", "take for a warning", "leave out")
    for level, text in zip(LEVELS, texts, strict=True):
        group.add_argument(
            f"--{level}",
            dest=f"level_{level}",
            action="append",
            default=[],
            metavar="CODE",
            help=f"{text}; may be repeated",
        )


def _add_amount(parser: argparse.ArgumentParser) -> None:
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--quiet", action="store_true", help="print errors only")
    amount.add_argument("--verbose", action="store_true", help="print every finding")


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(
            f"a number of processes is 1 or more, not {text!r}"
        )
    return int(text)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]
