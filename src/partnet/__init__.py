"""Partnership networks in health."""
