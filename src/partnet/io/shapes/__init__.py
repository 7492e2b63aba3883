"""Shapes that people keep tables in, each turned into one row an entry."""
