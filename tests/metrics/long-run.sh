#!/bin/sh
# Ten minutes of a real Prometheus and OpenTelemetry's SDK for Python against the program, which is killed twice in between:
# nothing that was acknowledged may be missing. Not part of `.ci/run`, because it takes its time.
#
# Usage: tests/metrics/long-run.sh PATH-OF-evenkeel [--minutes N] [--kills N]
# Exit: 0 good, 1 faults found, 0 with the word "skipped" where prometheus, python3, its venv or the registry is missing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/../../target}
venv=${OTEL_VENV:-$target/otel-venv}

skip() {
    echo "long run: skipped: $1"
    exit 0
}

[ $# -ge 1 ] && [ -x "$1" ] || { echo "name the program, such as target/release/evenkeel"; exit 1; }
command -v prometheus >/dev/null 2>&1 || skip "prometheus is not installed"
command -v python3 >/dev/null 2>&1 || skip "python3 is not installed"
if ! [ -x "$venv/bin/python" ]; then
    python3 -m venv "$venv" >/dev/null 2>&1 || skip "python3 has no venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check \
        'opentelemetry-sdk>=1.30,<2' 'opentelemetry-exporter-otlp-proto-http>=1.30,<2' 'opentelemetry-exporter-otlp-proto-grpc>=1.30,<2' \
        >/dev/null 2>&1 || { rm -rf "$venv"; skip "the registry of packages cannot be reached"; }
fi
exec "$venv/bin/python" "$here/long_run.py" "$@"
