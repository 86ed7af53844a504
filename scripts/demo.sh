#!/usr/bin/env bash
# One command from a fresh Debian 12 machine to records: sets up, builds, scans the example video, prints what was read.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
scripts/build.sh release kualik_program >&2
out=build/demo
mkdir -p "$out"
program=build/release/src/cli/kualik
video=examples/testimony.mp4
"$program" scan "$video" --out "$out" --crops >"$out/testimony.jsonl"
"$program" export "$out/testimony.jsonl" --format table
echo "JSON Lines: $out/testimony.jsonl"
"$program" report "$out" --out "$out/report.html" >/dev/null && echo "Review page: $out/report.html"
