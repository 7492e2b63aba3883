"""A report as a Word file and as slides."""
