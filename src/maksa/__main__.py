"""Run the command line with `python -m maksa`."""

from __future__ import annotations

import sys

from maksa.cli.main import main

if __name__ == "__main__":  # A worker process imports this file too.
    sys.exit(main())
