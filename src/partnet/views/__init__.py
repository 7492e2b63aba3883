"""What people look at: where marks lie, what they look like, which names fit, and the picture."""

import os

if os.path.lexists("matplotlibrc"):  # matplotlib takes its settings from the folder one stands in
    from ..core.storage.elsewhere import importing_elsewhere

    with importing_elsewhere():
        import matplotlib  # noqa: F401
