"""Settings shared by all tests."""

from __future__ import annotations

import os
from functools import cache, wraps

from hypothesis import HealthCheck, settings

from partnet.core.network import Network
from partnet.io import samples

# pyxform brings a library that openpyxl would read workbooks with; who uses partnet has it not.
os.environ.setdefault("OPENPYXL_DEFUSEDXML", "False")

settings.register_profile(
    "partnet",
    deadline=None,
    derandomize=True,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("partnet")

# A network never changes, and remembers what was worked out of it: one of each sample serves all
# tests of a process. Who needs one of which nothing is known yet takes `builders.load_anew`.
_load = cache(samples.load_sample)


@wraps(samples.load_sample)
def _load_once(name: str = "prairie") -> Network:
    return _load(name)


samples.load_sample = _load_once
