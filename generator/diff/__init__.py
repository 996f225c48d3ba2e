"""Differences between two versions of an Api: two models in, graded changes out.

Stands beside the emitters, at the end of the way through the program: `diff` compares
what the passes have made, `rendering` gives the changes as text, Markdown or JSON.
Nothing here reads or writes a file.
"""

from generator.diff.changes import KINDS, Change, Grade, Kind
from generator.diff.comparison import diff

__all__ = ["KINDS", "Change", "Grade", "Kind", "diff"]
