#!/usr/bin/env bash
# The long run of the fuzz targets (clang, libFuzzer, ASan and UBSan). Use: scripts/fuzz.sh [SECONDS [TARGET…]]   (default: 600 seconds each, all)
# Targets that take text get the words that parsers look for and the tests' papers besides. Inputs found on the way are kept in build/fuzz/corpus
# (the first folder that a target is given), what crashes or hangs in build/fuzz/findings; copy a finding that was fixed to
# tests/fuzz/corpus/<target>/ so that the tests run it ever after. KUALIK_BUILD names another build folder.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
shift || true
build=${KUALIK_BUILD:-build/fuzz}
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  for source in tests/fuzz/*_fuzz.cpp; do targets+=("$(basename "$source" .cpp)"); done
fi
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
cmake --preset fuzz -B "$build" >/dev/null
cmake --build "$build" --target "${targets[@]}" >&2
mkdir -p "$build/findings"
tests/fuzz/dictionary.py "$build/words.dict"
failed=0
for target in "${targets[@]}"; do
  corpus=$build/corpus/$target
  log=$build/findings/$target.log
  mkdir -p "$corpus"
  more=()
  case $target in
    documents_fuzz | transcript_fuzz | text_fuzz | find_numbers_fuzz | names_fuzz) more=("-dict=$build/words.dict" tests/documents/papers) ;;
  esac
  if "$build/tests/fuzz/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix="$build/findings/$target-" "$corpus" "tests/fuzz/corpus/$target" "${more[@]}" >"$log" 2>&1; then
    echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs in $seconds s, nothing found"
  else
    echo "$target: FAILED, see $log" >&2
    failed=1
  fi
done
exit $failed
