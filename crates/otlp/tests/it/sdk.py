import sys

from opentelemetry.metrics import Observation
from opentelemetry.sdk.metrics import Counter, Histogram, MeterProvider, UpDownCounter
from opentelemetry.sdk.metrics.export import AggregationTemporality, PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import ExplicitBucketHistogramAggregation, ExponentialBucketHistogramAggregation, View
from opentelemetry.sdk.resources import Resource

protocol, address, temporality = sys.argv[1:]
wanted = {}
if temporality == "delta":
    wanted = {kind: AggregationTemporality.DELTA for kind in (Counter, Histogram, UpDownCounter)}
if protocol == "grpc":
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from grpc import Compression
    exporter = OTLPMetricExporter(address, insecure=True, compression=Compression.Gzip, preferred_temporality=wanted)
else:
    from opentelemetry.exporter.otlp.proto.http import Compression
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    exporter = OTLPMetricExporter(f"http://{address}/v1/metrics", compression=Compression.Gzip, preferred_temporality=wanted)

reader = PeriodicExportingMetricReader(exporter, export_interval_millis=3_600_000)
resource = Resource.create({
    "service.name": "shop", "service.namespace": "payments", "service.instance.id": "i-1", "host.name": protocol,
})
views = [
    View(instrument_name="shop.duration", aggregation=ExplicitBucketHistogramAggregation([0.1, 1])),
    View(instrument_name="shop.size", aggregation=ExponentialBucketHistogramAggregation()),
]
provider = MeterProvider([reader], resource=resource, views=views)
meter = provider.get_meter("shop", "1.2")
orders = meter.create_counter("shop.orders", unit="{order}", description="Orders.")
queue = meter.create_up_down_counter("shop.queue.length")
meter.create_observable_gauge("shop.load", [lambda _: [Observation(0.25)]], unit="1")
duration = meter.create_histogram("shop.duration", unit="s")
size = meter.create_histogram("shop.size", unit="By")

orders.add(5, {"kind": "new"})
queue.add(4)
duration.record(0.05)
duration.record(2)
size.record(100)
size.record(3)
assert provider.force_flush()
orders.add(2, {"kind": "new"})
queue.add(-1)
duration.record(0.1)
size.record(1_000_000)
provider.shutdown()
