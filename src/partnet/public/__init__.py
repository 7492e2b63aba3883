"""A network from public files, with a log of what became of every row."""
