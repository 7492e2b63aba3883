"""Who works with whom, as people keep it: matrices, grids, answers, pairs, bare lists."""
