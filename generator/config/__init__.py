"""What is asked for: one frozen `Config`, from a configuration file.

`finding` looks for the file and reads it, `targets` makes a `Target` of each table by way
of `entries`, `policy` reads what is to be made of findings, and `records` is what comes
of it. The command line makes a `Target` of its
options with the same checks (`target_from`). Everything wrong with a configuration is
said at once, as the `SpecError` that a broken spec raises too.
"""

from __future__ import annotations

from generator.config.entries import suggestion
from generator.config.finding import (
    FILES,
    chosen,
    find_config,
    judged,
    target_from,
)
from generator.config.records import EMITTERS, Config, Docs, OpenApi, Target

__all__ = [
    "EMITTERS",
    "FILES",
    "Config",
    "Docs",
    "OpenApi",
    "Target",
    "chosen",
    "find_config",
    "judged",
    "suggestion",
    "target_from",
]
