#!/usr/bin/env bash
# fetch-dectest.sh FOLDER: puts the General Decimal Arithmetic test cases (.decTest files, in Debian's libpython3.11-testsuite) into
# FOLDER and prints the folder's name. They are not part of this repository. Does nothing when they are already there.
set -euo pipefail

folder=$1
package=libpython3.11-testsuite

if [ ! -f "$folder/complete" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cd "$work"
  # An old package list names versions that the mirror no longer has; only then is it brought up to date.
  download() { apt-get download -q -o APT::Sandbox::User=root "$package" >&2; }
  if ! download; then
    if [ "$(id -u)" -eq 0 ]; then apt-get update -q >&2; else sudo apt-get update -q >&2; fi
    download
  fi
  dpkg-deb -x "$package"_*.deb tree
  mkdir -p "$folder"
  find tree -name '*.decTest' -exec cp {} "$folder/" \;
  touch "$folder/complete"
fi
echo "$folder"
