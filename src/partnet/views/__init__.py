"""What people look at: where marks lie, what they look like, which names fit, and the picture."""

import os
import sys

# Matplotlib takes settings from the folder one stands in, and does not start where a variable names
# a backend that there is not; partnet draws without one.
if "matplotlib" not in sys.modules and (
    os.path.lexists("matplotlibrc") or "MPLBACKEND" in os.environ
):
    from contextlib import suppress

    from ..core.storage.elsewhere import importing_elsewhere

    backend = os.environ.pop("MPLBACKEND", "")
    with importing_elsewhere():
        import matplotlib
    if backend:
        os.environ["MPLBACKEND"] = backend
        with suppress(ValueError):
            matplotlib.rcParams["backend"] = backend
