#!/bin/sh
# Makes .venv, or says in one sentence what is missing for it.
python=$1

if ! command -v "$python" >/dev/null; then
    echo "No $python here. Install Python 3.11 or newer (Debian: apt install python3 python3-venv)."
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" -V) is too old: Suprovid needs 3.11 or newer. Name another: make run PYTHON=python3.12"
    exit 1
fi
if ! said=$("$python" -m venv .venv 2>&1); then
    rm -rf .venv
    echo "$said"
    echo "No virtual environment could be made (Debian: apt install python3-venv)."
    exit 1
fi
