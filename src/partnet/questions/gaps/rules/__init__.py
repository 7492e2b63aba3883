"""Whom a rule concerns, and who satisfies it."""
