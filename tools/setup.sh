# Sourced by the other tools: installs what is missing, and builds.
# shellcheck shell=bash

CDPATH='' cd -- "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# Packages of the named groups of tools/packages.
packages_of() {
  awk -v groups=" $* " '!/^#/ && index(groups, " " $1 " ") { print $2 }' tools/packages
}

missing_packages() {
  local package
  for package in $(packages_of "$@"); do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "needs root or sudo to run: $*"
  fi
}

# Installs what is missing of the named groups, and says so. Silent when nothing is.
install_packages() {
  command -v dpkg-query >/dev/null || {
    echo "This is not Debian; it needs the equivalents of: $(packages_of "$@" | xargs)" >&2
    return 0
  }
  local missing
  missing=$(missing_packages "$@" | xargs)
  [ -n "$missing" ] || return 0
  echo "Installing Debian packages: $missing" >&2
  as_root apt-get update -qq >&2 || fail "apt-get update failed"
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    $missing >&2 || fail "could not install: $missing"
}

# configure DIRECTORY OPTION...: once; a second call does nothing.
configure() {
  local directory=$1
  shift
  [ -f "$directory/build.ninja" ] && return 0
  mkdir -p "$directory"
  meson setup "$directory" "$@" >"$directory/setup.log" 2>&1 || {
    cat "$directory/setup.log" >&2
    fail "could not configure $directory"
  }
}

# build DIRECTORY TARGET...: quiet unless it fails. One at a time, as when several terminals begin.
build() {
  local directory=$1
  shift
  [ -w "$directory" ] || fail "$directory cannot be written; was it made by root?"
  flock "$directory/lock" ninja -C "$directory" "$@" >"$directory/build.log" 2>&1 || {
    cat "$directory/build.log" >&2
    fail "could not build $directory"
  }
}
