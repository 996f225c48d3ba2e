"""OpenTelemetry's httpx instrumentation on our client as it is: traced_requests.py ROOT.

Run by the peers' interpreter. Reads a PIN with either client within a span of our own,
and prints every span that was recorded.
"""

from __future__ import annotations

import asyncio
import json
import sys

from graph_qrpin import AsyncClient, Client
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import format_span_id, format_trace_id


async def read_async(root: str) -> None:
    """Read a PIN with the async client."""
    async with AsyncClient("token-1", base_url=root) as client:
        await client.me.authentication.qr_code_pin_method.pin.get()


def main(root: str) -> None:
    """Read with either client, then print the spans."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    tracer = provider.get_tracer("test")
    with tracer.start_as_current_span("sync"), Client("token-1", base_url=root) as ours:
        ours.me.authentication.qr_code_pin_method.pin.get()
    with tracer.start_as_current_span("async"):
        asyncio.run(read_async(root))
    spans = [
        {
            "name": span.name,
            "kind": span.kind.name,
            "trace": format_trace_id(span.context.trace_id),
            "id": format_span_id(span.context.span_id),
            "parent": format_span_id(span.parent.span_id) if span.parent else None,
            "attributes": dict(span.attributes or {}),
        }
        for span in exporter.get_finished_spans()
    ]
    print(json.dumps(spans))


if __name__ == "__main__":
    main(sys.argv[1])
