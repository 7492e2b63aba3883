"""Money on file: each dollar once, by award, by year, and where it ends up."""
