#!/usr/bin/env bash
# One command from a fresh Debian 12 machine to a tested build: sets up, builds, runs ctest and pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
scripts/build.sh dev
ctest --test-dir build/dev --output-on-failure -j "$(nproc)"
export KUALIK_PROGRAM=$PWD/build/dev/src/cli/kualik PYTHONPATH=$PWD/build/dev/bindings/python
/usr/bin/python3 -m pytest -q tests/python
