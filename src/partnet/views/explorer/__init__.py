"""The explorer: one page that holds a network, to search and to walk through."""
