"""What people look at: where marks lie, what they look like, which names fit, and the picture."""

import os

# Matplotlib takes settings from the folder one stands in, and a backend from a variable: partnet
# draws without one, so that a variable that names none is no hindrance.
if os.path.lexists("matplotlibrc") or "MPLBACKEND" in os.environ:
    from ..core.storage.elsewhere import importing_elsewhere

    with importing_elsewhere():
        try:
            import matplotlib
        except ValueError:
            del os.environ["MPLBACKEND"]
            import matplotlib  # noqa: F401
