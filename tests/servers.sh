#!/bin/sh
# Makes sure that nginx and Caddy are there for tests/test_hosts.py, as far as this machine allows. Neither is started.
set -u
PATH="$PATH:/usr/sbin:/usr/local/sbin"
for name in nginx caddy; do
  command -v "$name" >/dev/null 2>&1 && continue
  if command -v apt-get >/dev/null 2>&1; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    echo "no $name was found: installing Debian's (apt-get install $name)"
    $as_root apt-get update -q >/dev/null 2>&1 &&
      DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends "$name" >/dev/null 2>&1
    # Debian starts what it installs; the tests start their own.
    command -v systemctl >/dev/null 2>&1 && $as_root systemctl disable --now "$name" >/dev/null 2>&1
  fi
  command -v "$name" >/dev/null 2>&1 || echo "NO ${name}: its recipe will not be tried. Install $name and run make check-hosts again."
done
exit 0
