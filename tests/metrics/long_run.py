"""What long-run.sh runs: real senders for some minutes, the server killed in between, and everything acknowledged looked for.

A Prometheus scrapes a fleet that this program plays, and writes it on by remote write; OpenTelemetry's SDK sends counters and
a gauge over HTTP and over gRPC; dashboards ask; a rule over the gauge opens an incident. The server is killed with SIGKILL at
even intervals and started again on the same folder. At the end each sample that Prometheus kept, and each that an exporter was
told was taken, has to be there with its value; there has to be one incident, and no question may have been answered with an
error while the server was up.
"""

import argparse
import http.client
import http.server
import json
import math
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter as OverGrpc
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter as OverHttp
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricExporter, MetricExportResult, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource

FLEET = 20  # instances
SERIES = 50  # of each instance
DEEP = 100  # the queue at which the rule fires

ROUTES = """
route: { receiver: shop, group_wait: 1s }
receivers: [{ name: shop, webhook_configs: [{ url: "http://127.0.0.1:9/nobody" }] }]
"""
SHOP = """
apiVersion: evenkeel/v1
kind: Organization
metadata: { name: shop }
spec: { lastResort: { receiver: shop, policy: shop } }
---
apiVersion: evenkeel/v1
kind: Person
metadata: { name: ada }
spec: { contacts: [{ name: phone, webhook: { url: "http://127.0.0.1:9/nobody" } }] }
---
apiVersion: evenkeel/v1
kind: Team
metadata: { name: shop }
spec: { members: [ada], escalation: shop }
---
apiVersion: evenkeel/v1
kind: EscalationPolicy
metadata: { name: shop }
spec: { steps: [{ to: [person:ada], wait: 15m }] }
---
apiVersion: evenkeel/v1
kind: Workload
metadata: { name: shop, owner: team:shop }
spec: { tier: 1, environments: [production] }
---
apiVersion: evenkeel/v1
kind: ResponsePlan
metadata: { name: shop-slow }
spec: { receivers: [shop], workload: shop, environment: production, impact: degraded }
"""
RULES = f"""
groups:
- name: shop
  interval: 1s
  rules:
  - record: job:queue_depth:max
    expr: max by (job) (queue_depth)
  - alert: QueueDeep
    expr: job:queue_depth:max > {DEEP}
    for: 5s
    labels: {{ severity: critical }}
"""
ASKED = [
    ("query", 'sum by (job) (rate(fleet_requests_total[1m]))'),
    ("query_range", 'sum by (instance) (rate(fleet_requests_total[30s]))'),
    ("query_range", 'max_over_time(queue_depth[30s])'),
    ("query_range", 'topk(3, fleet_requests_total)'),
    ("query", 'count({__name__=~".+"})'),
    ("query", 'job:queue_depth:max'),
]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def get(port, path, token=None, timeout=30):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


class Fleet(http.server.BaseHTTPRequestHandler):
    """Every instance of the fleet: counters that grow at each scrape."""

    counts = {}
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        instance = self.path.strip("/")
        counts = self.counts.setdefault(instance, [0.0] * SERIES)
        for place in range(SERIES):
            counts[place] += random.randrange(100) / 4
        lines = [f'fleet_requests_total{{route="r{place}"}} {count}' for place, count in enumerate(counts)]
        body = ("# TYPE fleet_requests_total counter\n" + "\n".join(lines) + "\n").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Fleets(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A scrape that is given up is what Prometheus tells of itself."""


class Noted(MetricExporter):
    """Another exporter, with a note of every number that it was told was taken."""

    def __init__(self, inner):
        super().__init__(preferred_temporality=inner._preferred_temporality)
        self.inner, self.taken, self.failed = inner, {}, 0

    def export(self, metrics_data, timeout_millis=10_000, **kwargs):
        result = self.inner.export(metrics_data, timeout_millis=timeout_millis, **kwargs)
        if result is not MetricExportResult.SUCCESS:
            self.failed += 1
            return result
        for resource in metrics_data.resource_metrics:
            job = resource.resource.attributes["service.name"]
            for scope in resource.scope_metrics:
                for metric in scope.metrics:
                    for point in metric.data.data_points:
                        key = (job, metric.name, tuple(sorted(point.attributes.items())))
                        self.taken.setdefault(key, {})[point.time_unix_nano // 1_000_000] = float(point.value)
        return result

    def force_flush(self, timeout_millis=10_000):
        return self.inner.force_flush(timeout_millis)

    def shutdown(self, timeout_millis=30_000, **kwargs):
        self.inner.shutdown(timeout_millis)


class Server:
    """The program, started again and again on the same folder."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.port, self.otlp, self.up = free_port(), free_port(), False
        self.log = open(folder / "evenkeel.log", "wb")

    def start(self):
        listen = ["--listen", f"127.0.0.1:{self.port}", "--otlp-listen", f"127.0.0.1:{self.otlp}"]
        argv = [self.program, "serve", "--ops", self.folder / "ops", "--data", self.folder / "data", *listen]
        self.process = subprocess.Popen(argv, stdout=self.log, stderr=self.log)
        until(30, "the server is ready", lambda: self.process.poll() is not None or answers(self.port, "/readyz"))
        if self.process.poll() is not None:
            sys.exit(f"long run: the server ended, see {self.folder / 'evenkeel.log'}")
        self.token = (self.folder / "data" / "owner-token").read_text().strip()
        self.up = True

    def kill(self):
        self.up = False
        self.process.kill()
        self.process.wait()


def answers(port, path):
    try:
        return get(port, path)[0] == 200
    except OSError:
        return False


def until(seconds, what, holds):
    end = time.time() + seconds
    while not (seen := holds()):
        if time.time() > end:
            sys.exit(f"long run: after {seconds} s it is not so that {what}")
        time.sleep(0.1)
    return seen


def ask(server, outcome, stop):
    """Asks what dashboards ask; what went wrong while the server was up is kept."""
    while not stop.wait(0.2):
        for path, query in ASKED:
            lives, now = server.up and server.process.pid, time.time()
            when = {"time": now} if path == "query" else {"start": now - 300, "end": now, "step": 5}
            began = time.time()
            try:
                status, body = get(server.port, f"/prometheus/api/v1/{path}?" + urllib.parse.urlencode({"query": query, **when}))
            except (OSError, http.client.HTTPException) as error:
                status, body = 0, str(error).encode()
            if status == 200:
                outcome["answered"] += 1
                outcome["slowest_s"] = max(outcome["slowest_s"], time.time() - began)
            elif lives and server.up and server.process.pid == lives:
                outcome["failed"].append((query, status, body[:200]))


def prometheus(folder, fleet, server):
    port, config = free_port(), folder / "prometheus.yml"
    targets = "\n".join(
        f"  - {{ targets: ['127.0.0.1:{fleet}'], labels: {{ __metrics_path__: /i{number}, instance: i{number} }} }}" for number in range(FLEET)
    )
    config.write_text(
        "global: { scrape_interval: 1s, scrape_timeout: 1s }\n"
        f"scrape_configs:\n- job_name: fleet\n  static_configs:\n{targets}\n"
        f"- job_name: prometheus\n  static_configs: [{{ targets: ['127.0.0.1:{port}'] }}]\n"
        f"remote_write:\n- url: http://127.0.0.1:{server.port}/prometheus/api/v1/write\n"
    )
    argv = ["prometheus", f"--config.file={config}", f"--storage.tsdb.path={folder / 'prometheus'}", f"--web.listen-address=127.0.0.1:{port}"]
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=open(folder / "prometheus.log", "wb"))
    until(30, "Prometheus is ready", lambda: answers(port, "/-/ready"))
    return process, port


def value(port, query):
    _, body = get(port, "/api/v1/query?" + urllib.parse.urlencode({"query": query}))
    return sum(float(one["value"][1]) for one in json.loads(body)["data"]["result"])


def samples(port, prefix, selector, at, minutes):
    """Every raw sample of what is selected, by labels."""
    _, body = get(port, f"{prefix}/api/v1/query?" + urllib.parse.urlencode({"query": f"{selector}[{minutes}m]", "time": at}), timeout=120)
    answer = json.loads(body)
    if answer["status"] != "success":
        sys.exit(f"long run: {selector} is not answered: {answer}")
    series = answer["data"]["result"]
    return {tuple(sorted(one["metric"].items())): {round(t * 1000): float(v) for t, v in one["values"]} for one in series}


def same(a, b):
    return a == b or (math.isnan(a) and math.isnan(b))


def missing(expected, kept):
    """Samples that are not there as they should be, and how many should."""
    lost, count = [], 0
    for series, wanted in expected.items():
        there = kept.get(series, {})
        count += len(wanted)
        lost += [(series, at, v, there.get(at)) for at, v in wanted.items() if at not in there or not same(there[at], v)]
    return lost, count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--kills", type=int, default=2)
    args = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="evenkeel-long-run-"))
    for name, text in {"alertmanager.yml": ROUTES, "shop.yml": SHOP, "shop.rules.yml": RULES}.items():
        (folder / "ops").mkdir(exist_ok=True)
        (folder / "ops" / name).write_text(text)
    fleet = Fleets(("127.0.0.1", 0), Fleet)
    threading.Thread(target=fleet.serve_forever, daemon=True).start()
    server = Server(args.program, folder)
    server.start()
    scraper, scraper_port = prometheus(folder, fleet.server_address[1], server)
    try:
        run(args, folder, server, scraper_port)
    finally:
        scraper.terminate()
        server.process.send_signal(signal.SIGTERM)
        scraper.wait()
        server.process.wait()
    shutil.rmtree(folder)


def run(args, folder, server, scraper_port):
    began, seconds = time.time(), args.minutes * 60
    endpoint = f"http://127.0.0.1:{server.otlp}"
    exporters = [Noted(OverHttp(endpoint=f"{endpoint}/v1/metrics")), Noted(OverGrpc(endpoint=endpoint, insecure=True))]
    providers, depth = [], [10]
    for name, exporter in zip(["over-http", "over-grpc"], exporters):
        reader = PeriodicExportingMetricReader(exporter, export_interval_millis=500, export_timeout_millis=3000)
        provider = MeterProvider([reader], resource=Resource.create({"service.name": name}))
        providers.append(provider)
    meters = [provider.get_meter("long-run") for provider in providers]
    counters = [meter.create_counter("work.done") for meter in meters]
    gauges = [meter.create_gauge("queue.depth") for meter in meters]
    outcome, stop = {"answered": 0, "slowest_s": 0.0, "failed": []}, threading.Event()
    asking = threading.Thread(target=ask, args=(server, outcome, stop))
    asking.start()
    kills = [began + seconds * (number + 1) / (args.kills + 1) for number in range(args.kills)]
    deep_from = began + seconds * 0.2
    while time.time() < began + seconds:
        for place, (counter, gauge) in enumerate(zip(counters, gauges)):
            counter.add(1 + place, {"kind": random.choice("abc")})
            gauge.set(depth[0])
        depth[0] = DEEP * 2 if time.time() > deep_from else 10
        if kills and time.time() > kills[0]:
            kills.pop(0)
            print(f"killed after {time.time() - began:.0f} s", flush=True)
            server.kill()
            time.sleep(2)
            server.start()
        time.sleep(0.02)
    stop.set()
    asking.join()
    for provider in providers:
        provider.shutdown()
    # What Prometheus took in by now is what has to be there once it has sent it.
    at = time.time()
    highest = lambda name: value(scraper_port, f"max(prometheus_remote_storage_{name}_seconds)")
    until(60, "Prometheus has sent everything", lambda: highest("queue_highest_sent_timestamp") > at)
    faults = check(args, server, scraper_port, exporters, outcome, began, at)
    if faults:
        print("\n".join(faults), f"what there was is in {folder}", sep="\n")
        sys.exit(1)


def check(args, server, scraper_port, exporters, outcome, began, at):
    faults, minutes = [], math.ceil(args.minutes) + 1
    # Remote write begins with what is scraped after it is set up.
    first = round((began + 5) * 1000)
    for selector in ['{job="fleet"}', '{job="prometheus"}']:
        expected = samples(scraper_port, "", selector, at, minutes)
        expected = {series: {t: v for t, v in of.items() if t >= first} for series, of in expected.items()}
        lost, count = missing(expected, samples(server.port, "/prometheus", selector, at, minutes))
        print(f"{selector}: {count} samples of {len(expected)} series, {len(lost)} missing")
        faults += [f"missing: {one}" for one in lost[:5]]
    names = {"work.done": "work_done_total", "queue.depth": "queue_depth"}
    for job, exporter in zip(["over-http", "over-grpc"], exporters):
        kept = samples(server.port, "/prometheus", f'{{job="{job}"}}', at, minutes)
        expected = {
            tuple(sorted([("__name__", names[name]), ("job", of), *attributes])): points
            for (of, name, attributes), points in exporter.taken.items()
        }
        # Where it was measured, which the exporter was not asked for.
        place = ("otel_scope", "instance")
        kept = {tuple(pair for pair in series if not pair[0].startswith(place)): points for series, points in kept.items()}
        if set(expected) - set(kept):
            faults.append(f"{job}: no series {sorted(set(expected) - set(kept))[0]}; there are {sorted(kept)[:2]}")
        lost, count = missing(expected, kept)
        print(f"{job}: {count} samples of {len(expected)} series taken, {exporter.failed} exports failed, {len(lost)} missing")
        faults += [f"missing: {one}" for one in lost[:5]]
        if not count:
            faults.append(f"{job}: nothing was taken")
    dropped = value(scraper_port, "sum(prometheus_remote_storage_samples_failed_total) + sum(prometheus_remote_storage_samples_dropped_total)")
    print(f"Prometheus gave up {dropped:.0f} samples")
    print(f"{outcome['answered']} questions answered, {len(outcome['failed'])} not; the slowest took {outcome['slowest_s']:.3f} s")
    faults += [f"not answered: {one}" for one in outcome["failed"][:5]]
    _, body = get(server.port, "/api/v1/incidents", server.token)
    incidents = json.loads(body)["incidents"]
    print(f"{len(incidents)} incidents: " + ", ".join(str(one.get("title")) for one in incidents))
    if len(incidents) != 1:
        faults.append("one incident was to be there")
    if dropped:
        faults.append("Prometheus gave up samples")
    return faults


main()
