"""OpenTelemetry traces of what is asked of an LLM, by LlamaIndex's own instrumentation. Off unless it is started."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from index.errors import SettingsError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor


def start_tracing(destination: "str | SpanProcessor") -> Callable[[], None]:
    """Send a span for each call of an LLM, prompt and reply included, until what is returned is called.

    Args:
        destination: URL of an OTLP collector (gRPC, such as http://localhost:4317), or a span processor.

    Raises SettingsError if the extra is not installed.
    """
    try:
        from openinference.instrumentation.llama_index import LlamaIndexInstrumentor
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise SettingsError(
            "Traces need the extra 'tracing'; install it with: pip install 'footnote[tracing]'."
        ) from error
    # A provider of our own: what other libraries trace is none of the collector's business.
    provider = TracerProvider(resource=Resource.create({"service.name": "footnote"}), shutdown_on_exit=True)
    if isinstance(destination, str):
        insecure = not destination.startswith("https://")
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=destination, insecure=insecure)))
    else:
        provider.add_span_processor(destination)
    instrumentor = LlamaIndexInstrumentor()
    instrumentor.instrument(tracer_provider=provider)

    def stop() -> None:
        instrumentor.uninstrument()
        provider.shutdown()

    return stop
