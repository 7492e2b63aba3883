"""Answers of any survey tool: a wide grid, and the mapping that says what its columns ask."""
