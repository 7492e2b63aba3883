"""Partnership networks in health: who is central, where the gaps are, whom to approach next.

Every verb is here, and is loaded on first use, so that ``import partnet`` costs next to nothing::

    import partnet as pn
    net = pn.read_network("data/samples/prairie")
    pn.find_bridges(net)
    pn.recommend_partners(net, "Cedar County Hospital", n=5)
"""

from __future__ import annotations

# Nothing is imported here before it is needed: what starts takes no time, and Ctrl-C meets none of
# it. The names are listed once, in __init__.pyi beside this file: name -> module that holds it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("partnet")
    elif name == "_HOMES":
        value = _read_homes()
    elif name == "__all__":
        value = sorted(__getattr__("_HOMES"))
    elif name in (homes := globals().get("_HOMES") or __getattr__("_HOMES")):
        from importlib import import_module

        value = getattr(import_module(f".{homes[name]}", __name__), name)
    else:
        raise AttributeError(f"module 'partnet' has no attribute {name!r}")
    globals()[name] = value
    return value


def _read_homes() -> dict[str, str]:
    import re
    from pathlib import Path

    listed = re.compile(r"^from \.([\w.]+) import \(?\s*(\w+) as \2\b", re.MULTILINE)
    text = Path(__file__).with_suffix(".pyi").read_text("utf-8")
    return {name: module for module, name in listed.findall(text)}


def __dir__() -> list[str]:
    return sorted({*globals(), *__getattr__("__all__")})
