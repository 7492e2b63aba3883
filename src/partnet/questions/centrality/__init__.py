"""Who is central."""
