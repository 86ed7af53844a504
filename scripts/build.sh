#!/usr/bin/env bash
# Configures and builds one preset (default: release) in build/<preset>. Use: scripts/build.sh [PRESET [TARGET…]]
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-release}
shift || true
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
log=build/$preset.configure.log
mkdir -p build
cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
cmake --build "build/$preset" ${1:+--target "$@"}
