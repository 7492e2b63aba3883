"""What a reader sees first: a sentence with its caveat, what to do, figures, a map."""
