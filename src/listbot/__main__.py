"""`python -m listbot`."""

import sys

from listbot.cli import main

if __name__ == "__main__":
    sys.exit(main())
