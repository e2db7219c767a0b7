"""`python -m suprovid.config`: the same as `suprovid`; the children of `run` use it."""

import sys

from suprovid.config.cli import main

sys.exit(main())
