"""What is to be made of the findings of each code: `[tool.specwright.diagnostics]`.

A table of levels by code, or by pattern with *. It is checked against the codes that
there are and comes out as the level of each code, without patterns.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.config.entries import Entries, suggestion
from generator.config.records import Policy
from generator.diagnostics import Level

LEVELS = tuple(map(str, Level))


def read_policy(reader: Entries) -> Policy:
    """Read a table of levels; its faults are added to the diagnostics of the reader."""
    if not reader.table:
        return ()
    from generator import codes

    levels: list[tuple[str, Level]] = []
    for pattern in reader.table:
        text = reader.text(pattern, required=True) and reader.one_of(pattern, LEVELS)
        found = codes.matching(pattern)
        if not found:
            what = "no code fits" if codes.is_pattern(pattern) else "unknown code"
            hint = suggestion(pattern, tuple(codes.all_codes()))
            reader.fault("config-unknown-key", f"{what} {pattern!r}{hint}")
        elif text in LEVELS:
            level = Level(text)
            levels.append((pattern, level))
            if not any(codes.can_be(code, level) for code in found):
                reader.fault("config-value", _TOO_LOW.format(pattern))
    return over((), codes.resolved(levels))


_TOO_LOW = (
    "{!r} cannot be less than an error: a document with such a fault is of no use"
)


def over(base: Policy, levels: Mapping[str, Level]) -> Policy:
    """Give a policy in which some codes have other levels."""
    return tuple(sorted({**dict(base), **levels}.items()))
