#!/usr/bin/env bash
# Takes the pictures of the documentation: docs/images/*.png. With a folder, every page is pictured into that instead, at 390
# and 1440 pixels, light and dark, in its worst state, to be looked at.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PICTURES_TO=${1:-} "$here/run.sh" --program "$here/support/screenshots.mjs"
