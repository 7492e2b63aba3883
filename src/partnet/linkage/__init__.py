"""Who is who: rows of several files that are one organization."""
