"""Partnership networks in health: who is central, where the gaps are, whom to approach next.

Every verb is here, and is loaded on first use, so that ``import partnet`` costs next to nothing::

    import partnet as pn
    net = pn.read_network("data/samples/prairie")
    pn.find_bridges(net)
    pn.recommend_partners(net, "Cedar County Hospital", n=5)
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

# The names are listed once, in __init__.pyi beside this file: name -> module that holds it.
_LISTED = re.compile(r"^from \.([\w.]+) import \(?\s*(\w+) as \2\b", re.MULTILINE)
_HOMES = {
    name: module
    for module, name in _LISTED.findall(Path(__file__).with_suffix(".pyi").read_text("utf-8"))
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("partnet")
    elif name in _HOMES:
        value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    else:
        raise AttributeError(f"module 'partnet' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
