# Shared by run.sh and test.sh: finds out what is missing, says what it installs, installs it.
# Sourced, not run. Needs $root, the repository's folder.

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Runs a command as root: directly when we are, through sudo when there is one.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo "$@"
  else fail "this needs root and there is no sudo; run as root once: $*"
  fi
}

# need_packages NAME... : installs the Debian packages of these names that are not there yet.
need_packages() {
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null 2>&1 || fail "missing: ${missing[*]}, and there is no apt-get to install them with"
  say "installing Debian packages: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# want_packages WHAT NAME... : the same for packages that something optional needs; without them it goes on and says what is left out.
want_packages() {
  local what=$1
  shift
  if command -v apt-get >/dev/null 2>&1 && (need_packages "$@"); then return 0; fi
  say "$what is left out where these packages are missing: $*"
}

# What speech needs: engines that come from the system, and libraries for audio files.
speech_packages="libflite1 libpocketsphinx3 pocketsphinx-en-us libsndfile1 libsoxr0"

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 || fail "the .NET 10 SDK is missing; install it (package dotnet-sdk-10.0) and run this again"
  dotnet --list-sdks | grep -q '^10\.' || fail "the .NET SDK here is $(dotnet --version 2>/dev/null || echo unusable); version 10 is needed"
}

# Node brings the native inference libraries as npm packages; it does not run in the server.
need_node() {
  command -v npm >/dev/null 2>&1 && return 0
  need_packages nodejs npm
}

# npm_packages FOLDER : brings what its lock file pins, unless that is there already.
npm_packages() {
  local folder=$1 stamp=$1/node_modules/.lock-hash hash
  hash=$(sha256sum "$folder/package-lock.json" | cut -d' ' -f1)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$hash" ] && return 0
  say "bringing npm packages of ${folder#"$root"/}"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  printf '%s' "$hash" >"$stamp"
}
