"""The output folders: the only part of the program that writes to the disk.

It stands at the end of the flow. What emitters gave is compared with what is there
(`compare`); the difference is shown (`unified_diff`) or, with those of all other targets,
carried out (`write`).

A package folder is replaced as a whole. The new tree is made beside the old one,
unchanged files being linked into it, and takes its place by renaming. A journal makes one
step of all folders of a run and its lock file: a crash leaves the old trees, or what
`recover` turns into the new ones. What stands in a package folder and was not generated,
or was edited since, is somebody's work: it is neither overwritten nor removed unless the
caller insists.
"""

from generator.writer.comparison import (
    Difference,
    OutputError,
    compare,
    content,
    folders,
    is_intact,
    refuse_foreign,
    unified_diff,
)
from generator.writer.journal import is_interrupted, is_littered, recover, write
from generator.writer.locking import alone, locked

__all__ = [
    "Difference",
    "OutputError",
    "alone",
    "compare",
    "content",
    "folders",
    "is_intact",
    "is_interrupted",
    "is_littered",
    "locked",
    "recover",
    "refuse_foreign",
    "unified_diff",
    "write",
]
