"""Who may be named."""
