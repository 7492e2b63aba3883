"""Who is here, what they do, for whom, and with whose money."""
