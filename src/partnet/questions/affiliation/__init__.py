"""Organizations and what they share, as two modes."""
