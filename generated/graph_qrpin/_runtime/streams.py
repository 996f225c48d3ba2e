"""Streams: content that is not JSON, read and written whole or piece by piece.

`resources` and `aio` import this module when a stream is first used.
"""

# pyright: reportPrivateUsage=false
# Places tell the runtime alone what is said of them.

from __future__ import annotations

from .calls import make_call
from .conditions import ETag, if_match
from .exchange import Call, lower
from .location import Location
from .options import Headers
from .results import BYTES, NOTHING
from typing import Any


def download_call(at: Location[Any], headers: Headers) -> Call[bytes]:
    """GET a stream (OData Protocol 4.01 section 11.2.4)."""
    return make_call(at, "GET", BYTES, lower({"accept": "*/*"}, headers))


def upload_call(
    at: Location[Any], content: Any, content_type: str, state: ETag, headers: Headers
) -> Call[None]:
    """PUT a stream (OData Protocol 4.01 section 11.4.7)."""
    ours = {"content-type": content_type}
    if state is not None:
        ours |= if_match(state, None, False)
    return make_call(at, "PUT", NOTHING, lower(ours, headers), content)
