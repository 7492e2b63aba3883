"""Where a network stands among others."""
