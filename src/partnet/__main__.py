"""``python -m partnet`` is the same as ``partnet``."""

from .cli import main

main()
