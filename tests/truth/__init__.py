"""Every number that a sentence says, recomputed from the raw files without partnet's code."""
