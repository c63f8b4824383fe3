#!/bin/sh
# A Chromium for the browser tests: the headless one there is, else Debian's (as root), else any
# other there is, else Playwright's.
set -eu
command -v chromium-headless-shell >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && apt-get install -y -qq chromium-headless-shell >/dev/null && exit 0
fi
command -v chromium >/dev/null 2>&1 && exit 0
"$1/playwright" install chromium
