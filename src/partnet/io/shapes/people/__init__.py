"""Persons beside organizations and ties: they go into the table people."""
