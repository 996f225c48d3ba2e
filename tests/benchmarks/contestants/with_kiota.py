"""Microsoft's own package and its Kiota parser: with_kiota.py PAGE."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory
from kiota_serialization_json.json_serialization_writer import JsonSerializationWriter
from msgraph.generated.models.user_collection_response import UserCollectionResponse
from stopwatch import check, compete

FACTORY = JsonParseNodeFactory()


def decode_page(data: bytes) -> Any:
    """Make the page's object of it, as the package's request adapter does."""
    node = FACTORY.get_root_parse_node("application/json", data)
    return node.get_object_value(UserCollectionResponse)


def decode(data: bytes) -> Iterable[Any]:
    """Give the users of the page."""
    users: list[Any] = decode_page(data).value
    return users


def encode(page: Any) -> bytes:
    """Write the page back."""
    writer = JsonSerializationWriter()
    writer.write_object_value(None, page)
    return writer.get_serialized_content()


page = Path(sys.argv[1]).read_bytes()
decoded = decode_page(page)
check(decoded.value[0])
assert len(json.loads(encode(decoded))["value"]) == len(json.loads(page)["value"])
compete(page, decode, encode, decoded)
