#!/bin/sh
# Exercises every operation of a running server against docs/schema/openapi.json by schemathesis: no 500, and no status,
# content type, header or body that is not documented. Seeded, so that it does the same each time.
#
# Usage: tests/api/schemathesis.sh [PATH-OF-evenkeel]
# Exit: 0 good, 1 faults found, 0 with the word "skipped" where python3, its venv or the registry is missing.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
program=${1:-$root/target/debug/evenkeel}
target=${CARGO_TARGET_DIR:-$root/target}
venv=$target/schemathesis-venv
seed=20261130
examples=${SCHEMATHESIS_EXAMPLES:-5}
seconds=${SCHEMATHESIS_SECONDS:-170}

skip() {
    echo "schemathesis: skipped: $1"
    exit 0
}

command -v python3 >/dev/null 2>&1 || skip "python3 is not installed"
[ -x "$program" ] || skip "there is no program at $program; build it by \`cargo build -p evenkeel\`"
if ! [ -x "$venv/bin/schemathesis" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv" >/dev/null 2>&1 || skip "python3 has no venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check 'schemathesis>=4,<5' >/dev/null 2>&1 \
        || { rm -rf "$venv"; skip "the registry of packages cannot be reached"; }
fi

work=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

cp "$root/crates/api/tests/it/shop/ops.yml" "$work/alertmanager.yml"
mkdir "$work/ops" && mv "$work/alertmanager.yml" "$work/ops/"
"$program" serve --ops "$work/ops" --data "$work/data" --listen 127.0.0.1:0 >"$work/out" 2>"$work/log" &
server=$!
tries=0
until url=$(grep -ho 'http://127\.0\.0\.1:[0-9][0-9]*' "$work/out" "$work/log" 2>/dev/null | head -n 1) && [ -n "$url" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then
        cat "$work/out" "$work/log"
        echo "schemathesis: the server does not start"
        exit 1
    fi
    sleep 0.1
done

token=$(cat "$work/data/owner-token")
# Something is wrong in the shop, so that there is something to look at and to act on; what is there is named to schemathesis.
"$venv/bin/python" "$root/tests/api/prepare.py" "$url" "$token" >"$work/schemathesis.toml"

# The stream never ends by itself: its own tests read it.
cd "$work"
set +e
timeout "$seconds" "$venv/bin/schemathesis" --config-file "$work/schemathesis.toml" run "$root/docs/schema/openapi.json" \
    --url "$url" \
    --header "Authorization: Bearer $token" \
    --exclude-path /api/v1/stream \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance \
    --phases examples,coverage,fuzzing \
    --mode all \
    --max-examples "$examples" \
    --seed "$seed" \
    --generation-deterministic \
    --suppress-health-check all \
    --request-timeout 20 \
    --no-color
code=$?
set -e
if [ "$code" -eq 124 ]; then
    echo "schemathesis: not done after $seconds s"
    exit 1
fi
if grep -q 'because of a bug in evenkeel\|panicked' "$work/log"; then
    grep -n 'because of a bug in evenkeel\|panicked' "$work/log"
    exit 1
fi
exit "$code"
