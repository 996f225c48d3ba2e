"""What can be asked of a service, place by place: its own operations, the functions that
lead on to other places, and the streams that hang on it.

The pages are about these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from generator.model import (
    Body,
    LinkKind,
    Operation,
    OperationKind,
    Resource,
    ResourceLink,
    Response,
    StreamType,
)

_BYTES: Final = "application/octet-stream"


def offered(
    resources: Iterable[Resource], operations: Iterable[Operation]
) -> Iterator[tuple[Resource | None, Operation]]:
    """Give every operation with its place, None for the service itself."""
    for resource in resources:
        for operation in resource.operations:
            yield resource, operation
        for link in resource.links:
            if link.operation is not None:
                yield resource, link.operation
            elif link.kind is LinkKind.STREAM:
                yield resource, _download(resource, link)
                yield resource, _upload(resource, link)
    for operation in operations:
        if operation.binding is None:
            yield None, operation


def _download(resource: Resource, link: ResourceLink) -> Operation:
    return Operation(
        id=f"{resource.type}/{link.name}:download",
        name=link.name,
        kind=OperationKind.DOWNLOAD,
        method="GET",
        path=(link.name,),
        responses=(Response("200", StreamType(), media_type=_BYTES),),
        doc=link.doc,
        deprecation=link.deprecation,
    )


def _upload(resource: Resource, link: ResourceLink) -> Operation:
    """OData lets a service answer with the media entity (Protocol section 11.4.7.2)."""
    return Operation(
        id=f"{resource.type}/{link.name}:upload",
        name=link.name,
        kind=OperationKind.UPLOAD,
        method="PUT",
        path=(link.name,),
        body=Body(StreamType(), media_type=_BYTES),
        responses=(Response("2XX"),),
        doc=link.doc,
        deprecation=link.deprecation,
    )
