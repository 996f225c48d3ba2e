"""Characters that hide: those at which people read something else than programs do.

No output holds any of a spec's. Every emitter replaces or escapes them by this one list.
"""

import re
from typing import Final

HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Control characters, bidirectional controls, surrogates, all that is invisible
(Unicode's Default_Ignorable_Code_Point) and every space but the one that it seems to
be."""


def without_hidden(text: str) -> str:
    """Give a text with a space for each character that hides."""
    return HIDDEN.sub(" ", text)
