"""``python -m partnet.cli`` is the same as ``partnet``."""

from . import main

main()
