"""Who leads each organization, and who can decide for it."""
