"""Against chance, and how sure: permutation tests, the bootstrap, ranges."""
