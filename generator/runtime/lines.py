"""Lines of a text that comes in pieces.

`streams` imports this module when lines or events are first asked for. A line ends with
LF, CR or both, as those of files do (and of events, WHATWG HTML section 9.2.5), at none of
the other characters at which `str.splitlines` ends one: JSON may hold those in its texts.
"""

from __future__ import annotations

from io import IncrementalNewlineDecoder

BOM = "\ufeff"


class LineReader:
    """Makes lines of pieces of text; a byte order mark before the first is no text."""

    def __init__(self) -> None:
        self._ends = IncrementalNewlineDecoder(None, translate=True)
        self._begun: list[str] = []
        self._is_first = True

    def read(self, piece: str, *, final: bool = False) -> list[str]:
        """Take a piece; give the lines that it ends."""
        if self._is_first and piece:
            self._is_first = False
            piece = piece.removeprefix(BOM)
        *lines, begun = self._ends.decode(piece, final=final).split("\n")
        if lines:
            lines[0] = "".join([*self._begun, lines[0]])
            self._begun = []
        if begun:
            self._begun.append(begun)
        return lines

    def end(self) -> list[str]:
        """Give what is left at the end of the text: the line that nothing ended."""
        lines = self.read("", final=True)
        begun, self._begun = "".join(self._begun), []
        return [*lines, begun] if begun else lines
