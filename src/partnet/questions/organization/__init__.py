"""One organization on one page."""
