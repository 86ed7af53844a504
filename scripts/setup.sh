#!/usr/bin/env bash
# Installs the Debian packages of scripts/packages.txt that are missing, and nothing else. Quick when there is nothing to do.
# Use: scripts/setup.sh [LIST…]   further lists (e.g. scripts/packages-bench.txt) are installed as well.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

for list in "$@"; do
  [ -f "$list" ] || { echo "setup.sh: no such list: $list" >&2; exit 2; }
done
missing=()
while read -r package; do
  dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done < <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$here/packages.txt" "$@")
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "setup.sh: these packages are missing and neither root nor sudo is at hand: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
echo "setup.sh: installing ${#missing[@]} packages: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A list of packages may be old or absent on a fresh machine; another package run may hold the lock for a while.
{ "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 update &&
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}"; } \
  >"$log" 2>&1 || { tail -n 20 "$log" >&2; echo "setup.sh: installing failed, see above" >&2; exit 1; }
