"""The old place of :mod:`partnet.core.wording.safety`, kept for one release."""

from __future__ import annotations

import warnings
from typing import Any

from .core.wording import safety


def __getattr__(name: str) -> Any:
    """Give what has moved, and say where to."""
    value = getattr(safety, name)
    message = f"partnet.safety has moved: import {name} from partnet.core.wording.safety."
    warnings.warn(message, DeprecationWarning, stacklevel=2)
    return value
