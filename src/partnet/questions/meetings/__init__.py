"""Who comes to which meeting."""
