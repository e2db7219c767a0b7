#!/bin/sh
# Writes the locks from pyproject.toml: every package with its version and hashes.
# Give --upgrade to take newer versions.
set -eu
cd "$(dirname "$0")/.."

lock() {
    out=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-annotate --no-header --output-file "$out" "$@"
}

lock requirements.lock pyproject.toml --group build "$@"
lock requirements-dev.lock pyproject.toml --group build --group dev \
    --constraints requirements.lock "$@"
lock requirements-node.lock --group node "$@"
