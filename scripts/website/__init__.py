"""The documentation site: what is written by hand in `docs/`, and what is read from the code."""
