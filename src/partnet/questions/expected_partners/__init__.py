"""Which partners a program is expected to have."""
