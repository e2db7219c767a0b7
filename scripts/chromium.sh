#!/bin/sh
# Browser tests need Chromium: root gets it from the distribution, others are told how.
command -v chromium >/dev/null && exit

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "· Chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null &&
        apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit
fi
echo "No Chromium here: browser tests are skipped. Get it: sudo apt install chromium"
