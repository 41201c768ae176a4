#!/bin/sh
# Makes sure that a Chromium is there for the browser tests, as far as this machine allows; never fails the tests itself.
set -u
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo -n"
  echo "no Chromium was found: installing Debian's (apt-get install chromium)"
  if $as_root apt-get update -q >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends chromium >/dev/null 2>&1; then
    command -v chromium >/dev/null 2>&1 && exit 0
  fi
fi
echo "NO BROWSER: the browser tests will be skipped. Install Chromium (or Chrome) and run make test again."
exit 0
