"""Who an organization is: its owners, its names, and what may be it a second time."""
