#!/usr/bin/env bash
# Installs what is missing, builds, starts PolarGrid. Arguments go to `polargrid up`: ./run.sh --urls http://127.0.0.1:8080
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/eng/common.sh"

need_dotnet
need_node
need_packages libsqlite3-0
# shellcheck disable=SC2086 # a list of names
want_packages speech $speech_packages
npm_packages "$root/native"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
say "building"
log=$(mktemp)
if ! dotnet build "$root/src/PolarGrid.Cli" -c Release -v quiet >"$log" 2>&1; then
  cat "$log" >&2
  rm -f "$log"
  fail "the build failed"
fi
rm -f "$log"
exec dotnet "$root/src/PolarGrid.Cli/bin/Release/net10.0/polargrid.dll" up "$@"
