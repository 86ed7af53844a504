#!/usr/bin/env bash
# clang-tidy (.clang-tidy, every finding an error) over the sources, and the whole tree compiled by clang with -Wall -Wextra -Wconversion as errors.
# Use: scripts/tidy.sh [PATTERN…]   (regular expressions of paths; default: everything under src, bindings, tests, benchmarks, examples)
# KUALIK_BUILD names a build folder of clang that is there already (default: build/dev-clang, which is built first).
# Needs Debian's clang-14 and clang-tidy-14.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${KUALIK_BUILD:-build/dev-clang}
[ -n "${KUALIK_BUILD:-}" ] || scripts/build.sh dev-clang >&2
patterns=("$@")
[ ${#patterns[@]} -gt 0 ] || patterns=("$PWD/(src|bindings|tests|benchmarks|examples)/")
log=$build/tidy.log
if run-clang-tidy-14 -quiet -p "$build" -j "${KUALIK_JOBS:-$(nproc)}" "${patterns[@]}" >"$log" 2>&1; then
  echo "$(grep -c '^clang-tidy-14 ' "$log") files, nothing found"
else
  grep -E '(warning|error):' "$log" | sort -u >&2
  exit 1
fi
