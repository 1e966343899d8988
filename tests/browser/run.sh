#!/usr/bin/env bash
# The pages in a real browser: the real program, Debian's Chromium, playwright-core and axe-core from npm.
# Skips with one line where the machine lacks something. Arguments are names of tests: `run.sh live phone`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
[[ $target == /* ]] || target=$root/$target

skip() { echo "browser tests: skipped, $1"; exit 0; }
for program in node npm; do
    command -v "$program" >/dev/null || skip "$program is not installed"
done
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[[ -n $chromium ]] || skip "chromium is not installed"
node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' || skip "node is older than version 20"

# Packages lie beside what was built, not in the tree.
modules=$target/browser
if ! cmp -s "$here/package.json" "$modules/installed.json"; then
    mkdir -p "$modules"
    cp "$here/package.json" "$modules/package.json"
    (cd "$modules" && timeout 120 npm install --no-audit --no-fund --ignore-scripts --loglevel=error >"$modules/npm.log" 2>&1) ||
        skip "npm could not install playwright-core and axe-core (see $modules/npm.log)"
    cp "$here/package.json" "$modules/installed.json"
fi

# EVENKEEL names a program that is built already.
if [[ -z ${EVENKEEL:-} ]]; then
    (cd "$root" && cargo build --quiet --package evenkeel)
fi
program=$(realpath "${EVENKEEL:-$target/debug/evenkeel}")

if [[ ${1:-} == --program ]]; then
    tests=("$2")
elif (($# > 0)); then
    tests=("${@/#/$here/}")
    tests=("${tests[@]/%/.test.mjs}")
else
    tests=("$here"/*.test.mjs)
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export BROWSER_MODULES=$modules CHROMIUM=$chromium EVENKEEL=$program BROWSER_SCRATCH=$scratch
# Whoever hangs is ended, with all it started; a whole run takes less than four minutes on two cores.
runner=(node --test --test-concurrency="${BROWSER_JOBS:-2}" --test-reporter=spec)
[[ ${1:-} == --program ]] && runner=(node)
timeout --kill-after=10 600 "${runner[@]}" "${tests[@]}"
