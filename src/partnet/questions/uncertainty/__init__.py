"""How sure the numbers are, given who answered and that ties may be wrong."""
