#!/usr/bin/env bash
# Installs what is missing, builds, runs all tests. Ends with a line: N passed, N failed, N skipped.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/eng/common.sh"

need_dotnet
need_node
need_packages libsqlite3-0
# shellcheck disable=SC2086 # a list of names
want_packages speech $speech_packages
want_packages "tests of voices that are given phonemes" espeak-ng-data
npm_packages "$root/native"
for folder in "$root"/tests/*/*/package-lock.json "$root"/tests/*/*/*/package-lock.json; do
  [ -f "$folder" ] && case $folder in *node_modules*) ;; *) npm_packages "$(dirname "$folder")" ;; esac
done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if [ -z "${POLARGRID_SHARED:-}" ] && [ -d "$root/../shared" ]; then
  POLARGRID_SHARED=$(cd "$root/../shared" && pwd)
  export POLARGRID_SHARED
fi
[ -n "${POLARGRID_SHARED:-}" ] || say "tests that run on models, audio and templates outside the repository are skipped: POLARGRID_SHARED names their folder"

cd "$root"
say "building"
dotnet build PolarGrid.slnx -c Release -v quiet
say "testing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet test PolarGrid.slnx -c Release --no-build -m:1 "$@" 2>&1 | tee "$log" || status=$?
awk '
  /(Passed|Failed|Skipped)! +- Failed:/ {
    gsub(",", "")
    for (i = 1; i < NF; i++) {
      if ($i == "Failed:") failed += $(i + 1)
      if ($i == "Passed:") passed += $(i + 1)
      if ($i == "Skipped:") skipped += $(i + 1)
    }
  }
  END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit passed == 0 }
' "$log" || status=1
exit "$status"
