#!/bin/sh
# A Chromium for the browser tests: the one there is, else Debian's (as root), else Playwright's.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && apt-get install -y -qq chromium >/dev/null && exit 0
fi
"$1/playwright" install chromium
