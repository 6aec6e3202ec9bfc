#!/bin/bash
# Makes the root file system of a slim Debian (or Ubuntu, on Ubuntu) as a tar archive: debian-root.sh ARCHIVE
# Packages come from where this machine's own come from.
set -euo pipefail
archive=$1
# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
index=$(apt-get indextargets --format "\$(CODENAME) \$(REPO_URI) \$(COMPONENT)" 'Identifier: Packages' | awk -v r="$release" '$1 == r')
mirror=$(awk 'NR == 1 { print $2 }' <<<"$index")
components=$(awk '{ print $3 }' <<<"$index" | sort -u | paste -sd,)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

debootstrap --variant=minbase --components="$components" "$release" "$root" "$mirror"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* \
  "$root"/usr/share/{doc,man,locale,info} "$root"/usr/lib/locale/*
tar --create --file "$archive" --directory "$root" --one-file-system .
