"""Who belongs together: cores, communities, cliques, and whether ties cross their borders."""
