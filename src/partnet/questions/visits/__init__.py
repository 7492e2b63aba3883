"""Whom to visit next, in which order, and what to bring up."""
