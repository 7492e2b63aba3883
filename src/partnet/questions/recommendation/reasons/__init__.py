"""Why: facts on file, contributions of a score, and their words."""
