#!/usr/bin/env bash
# The browser tests need Chromium and a font for Chinese; install them when we may.
set -euo pipefail
need=()
command -v chromium >/dev/null || need+=(chromium)
dpkg-query -W -f '${Status}' fonts-noto-cjk 2>/dev/null | grep -q 'ok installed' || need+=(fonts-noto-cjk)
[ "${#need[@]}" = 0 ] && exit 0
if [ "$(id -u)" != 0 ]; then
  echo "The browser tests need: ${need[*]}. Install them with: apt-get install ${need[*]}" >&2
  exit 1
fi
echo "Installing ${need[*]}"
apt-get update -q >/dev/null
DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${need[@]}" >/dev/null
