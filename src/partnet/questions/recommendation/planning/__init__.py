"""Introductions that serve the whole network, chosen one after the other."""
