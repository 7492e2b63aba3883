"""Whom to approach next, why, through whom, and how sure that is."""
