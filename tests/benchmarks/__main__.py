"""Run the benchmarks and print what they find as Markdown."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from .again import measure_again
from .decoding import HEADINGS, measure_decoding, rate_rows, ratio_rows
from .generation import measure_generation
from .measure import RUNS, BenchmarkError, Row, markdown
from .openapi import measure_openapi
from .requests import measure_requests
from .setting import GITHUB, GRAPH, ROOT, Setting, peers_environment
from .startup import measure_startup

_LIMITS = """\
Promised: five read, 400 times Kiota and faster than pydantic; all 34 read, 200 times Kiota;
written back, 5 times Kiota."""


def main(arguments: list[str] | None = None) -> int:
    """Measure what is asked for; 2 if something measured could not run."""
    options = _options(arguments)
    peers = peers_environment(options.peers, options.install_peers)
    for spec in (options.spec, options.github):
        if not spec.is_file():
            print(f"no spec to measure with: {spec}", file=sys.stderr)
            return 2
    print(_machine(options.runs), "\n")
    if peers is None:
        print("No environment with peers: --install-peers makes one.\n")
    failed = False
    with tempfile.TemporaryDirectory() as work:
        setting = Setting(options.spec, Path(work), peers, options.runs, options.github)
        for name in options.what or _TABLES:
            try:
                print(f"{_TABLES[name](setting)}\n", flush=True)
            except BenchmarkError as error:
                print(f"{name}: {error}\n", file=sys.stderr)
                failed = True
    return 2 if failed else 0


def _generation(setting: Setting) -> str:
    return _table(measure_generation(setting))


def _again(setting: Setting) -> str:
    return _table(measure_again(setting))


def _openapi(setting: Setting) -> str:
    return _table(measure_openapi(setting))


def _startup(setting: Setting) -> str:
    return _table(measure_startup(setting))


def _requests(setting: Setting) -> str:
    return _table(measure_requests(setting))


def _page(setting: Setting) -> str:
    rates = measure_decoding(setting)
    parts = [markdown(HEADINGS, rate_rows(rates))]
    ratios = ratio_rows(rates)
    if ratios:
        parts += [markdown(("times as fast", *HEADINGS[1:]), ratios), _LIMITS]
    return "\n\n".join(parts)


_TABLES: dict[str, Callable[[Setting], str]] = {
    "generation": _generation,
    "again": _again,
    "openapi": _openapi,
    "startup": _startup,
    "requests": _requests,
    "page": _page,
}


def _table(rows: list[Row]) -> str:
    cells = [(row.subject, row.measured, row.limit) for row in rows]
    return markdown(("what", "measured", "at most"), cells)


def _machine(runs: int) -> str:
    return (
        f"Medians of {runs} runs, lowest and highest behind them; {os.cpu_count()} cores,"
        f" {platform.system()} {platform.machine()}, Python {platform.python_version()}."
    )


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("what", nargs="*", help=f"some of {', '.join(_TABLES)}")
    parser.add_argument("--spec", type=Path, default=GRAPH, help="the CSDL of Graph")
    parser.add_argument(
        "--github", type=Path, default=GITHUB, help="the OpenAPI description of GitHub"
    )
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv-peers")
    parser.add_argument("--install-peers", action="store_true")
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args(arguments)
    for name in options.what:
        if name not in _TABLES:
            parser.error(f"unknown benchmark {name!r}; there are {', '.join(_TABLES)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
