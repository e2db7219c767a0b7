#!/bin/sh
# Names the Python to work with: the system's own when it will do, because one built by
# hand or by pyenv is seldom optimised and then half as fast; else what `python3` is.
fits='import ensurepip, sys; sys.exit(sys.version_info < (3, 11))'
if /usr/bin/python3 -c "$fits" 2>/dev/null; then
    echo /usr/bin/python3
else
    echo python3
fi
