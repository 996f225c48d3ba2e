"""Names taken apart into words, once for every output.

Wire names are written in camelCase, PascalCase, snake_case and mixtures of them, with
acronyms in the middle. `split_words` gives the words; a target language puts them
together again in its own manner.
"""

import re
import unicodedata
from functools import lru_cache

# The order matters: whole words that break the rules of case, plural acronyms, then the
# rules. A letter that is not ASCII counts as a lower-case one.
_WORD = re.compile(
    r"""
    iOS (?![a-z]) | macOS (?![a-z]) | [iI]Cloud | IPv[46] (?!\d) | OAuth2? (?![a-z])
    | [eE]Tag (?![a-z]) | [bB]2[bBcC] (?![a-z]) | OS (?![a-z])
    | [A-Z]{2,} s (?![a-z])
    | [A-Z]+ (?=[A-Z][^\W\d_A-Z])
    | [A-Z]? [^\W\d_A-Z]+ \d*
    | [A-Z]+ \d*
    | \d+
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=65536)
def split_words(name: str) -> tuple[str, ...]:
    """Give the words of a name in their own case: "standardQRCode" -> standard, QR,
    Code.

    What is neither letter nor digit only separates; a name of such characters alone has
    no words.
    """
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", name)))
