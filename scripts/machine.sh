# shellcheck shell=bash
# What ./run and ./test share: looking at this machine, and installing on it.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  say "$@"
  exit 1
}

has() {
  command -v "$1" >/dev/null 2>&1
}

is_root() {
  [ "$(id -u)" = 0 ]
}

is_debian() {
  has apt-get && has dpkg-query
}

# global.json says which SDK; `dotnet --version` fails where it can't be had.
require_dotnet() {
  has dotnet || fail 'Nexus needs the .NET 10 SDK and found no dotnet: https://dotnet.microsoft.com/download/dotnet/10.0'
  dotnet --version >/dev/null 2>&1 ||
    fail "Nexus needs the .NET 10 SDK; this machine has: $(dotnet --list-sdks | cut -d' ' -f1 | xargs). https://dotnet.microsoft.com/download/dotnet/10.0"
}

installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Prints those of the given Debian packages that aren't installed.
missing() {
  local package
  for package in "$@"; do
    installed "$package" || printf '%s\n' "$package"
  done
}

# Runs a command and shows what it wrote only when it fails.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -f "$log"
    fail "Failed: $*"
  fi
  rm -f "$log"
}

# Installs Debian packages, and starts none of the services that they bring.
install() {
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    # shellcheck disable=SC2064
    trap "rm -f $policy" EXIT
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod +x $policy
  fi
  quietly apt-get update
  quietly env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
  [ -z "$(trap -p EXIT)" ] || rm -f $policy
  trap - EXIT
}

build() {
  say 'Building Nexus …'
  # On a build machine nothing stays running after us.
  quietly dotnet build "$@" --configuration Release --verbosity quiet ${CI:+--disable-build-servers}
}

# Builds a program to be used and not only tested: what every start of the server runs is compiled ahead of time. Where the
# compiler for that can't be had, the server compiles all of it as it runs.
build_to_use() {
  if timeout 300 dotnet restore "$1" -p:AheadOfTime=true >/dev/null 2>&1 </dev/null; then
    build "$1" --no-restore -p:AheadOfTime=true
  else
    build "$1"
  fi
}
